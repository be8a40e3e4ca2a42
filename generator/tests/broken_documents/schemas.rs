//! Faults of schemas.

use openapiv3::{ReferenceOr, Schema, SchemaKind, Type};

use super::{Outcome, one_fault, run, with_schemas};

fn schema<'outcome>(outcome: &'outcome Outcome, name: &str) -> &'outcome Schema {
    let components = outcome.api().components.as_ref().expect("components");
    match components.schemas.get(name) {
        Some(ReferenceOr::Item(schema)) => schema,
        other => panic!("{name} is {other:?}"),
    }
}

#[test]
fn required_that_is_a_boolean() {
    one_fault(
        "required_that_is_a_boolean",
        "wrong-type-for-required",
        &with_schemas(
            "    Pet:\n      type: object\n      properties:\n        name:\n          type: string\n          ▸required: true\n",
        ),
    );
}

#[test]
fn required_that_is_a_string() {
    let outcome = one_fault(
        "required_that_is_a_string",
        "wrong-type-for-required",
        &with_schemas(
            "    Pet:\n      type: object\n      ▸required: name\n      properties:\n        name: {type: string}\n",
        ),
    );
    match &schema(&outcome, "Pet").schema_kind {
        SchemaKind::Type(Type::Object(object)) => assert_eq!(object.required, ["name"]),
        other => panic!("{other:?}"),
    }
}

#[test]
fn required_with_an_element_that_is_none() {
    one_fault(
        "required_with_an_element_that_is_none",
        "wrong-type",
        &with_schemas("    Pet:\n      type: object\n      required: [name, ▸[tag]]\n"),
    );
}

#[test]
fn type_list() {
    let outcome = one_fault(
        "type_list",
        "type-list",
        &with_schemas("    Name:\n      ▸type: [string, 'null']\n"),
    );
    let name = schema(&outcome, "Name");
    assert!(name.schema_data.nullable);
    assert!(matches!(
        name.schema_kind,
        SchemaKind::Type(Type::String(_))
    ));
}

#[test]
fn type_list_of_two() {
    one_fault(
        "type_list_of_two",
        "type-list",
        &with_schemas("    Id:\n      ▸type: [string, integer]\n"),
    );
}

#[test]
fn null_type() {
    let outcome = one_fault(
        "null_type",
        "null-type",
        &with_schemas("    Nothing:\n      ▸type: null\n"),
    );
    assert!(schema(&outcome, "Nothing").schema_data.nullable);
}

#[test]
fn unknown_type() {
    let outcome = one_fault(
        "unknown_type",
        "unknown-type",
        &with_schemas("    Name:\n      ▸type: text\n      description: kept\n"),
    );
    let name = schema(&outcome, "Name");
    assert_eq!(name.schema_data.description.as_deref(), Some("kept"));
    assert!(matches!(name.schema_kind, SchemaKind::Any(_)));
}

#[test]
fn constant() {
    let outcome = one_fault(
        "constant",
        "json-schema-keyword",
        &with_schemas("    Kind:\n      type: string\n      ▸const: cat\n"),
    );
    match &schema(&outcome, "Kind").schema_kind {
        SchemaKind::Type(Type::String(string)) => {
            assert_eq!(string.enumeration, [Some("cat".to_owned())])
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn numeric_exclusive_minimum() {
    let outcome = one_fault(
        "numeric_exclusive_minimum",
        "json-schema-keyword",
        &with_schemas("    Age:\n      type: integer\n      ▸exclusiveMinimum: 0\n"),
    );
    match &schema(&outcome, "Age").schema_kind {
        SchemaKind::Type(Type::Integer(integer)) => assert_eq!(
            (integer.minimum, integer.exclusive_minimum),
            (Some(0), true)
        ),
        other => panic!("{other:?}"),
    }
}

#[test]
fn array_without_items() {
    let outcome = one_fault(
        "array_without_items",
        "array-without-items",
        &with_schemas("    ▸Names:\n      type: array\n"),
    );
    assert!(
        matches!(&schema(&outcome, "Names").schema_kind, SchemaKind::Type(Type::Array(array)) if array.items.is_none())
    );
}

#[test]
fn bounds_beyond_64_bits_lose_only_themselves() {
    let outcome = one_fault(
        "bounds_beyond_64_bits",
        "number-out-of-range",
        &with_schemas(
            "    Big:\n      type: integer\n      minimum: 0\n      ▸maximum: 36893488147419103232\n",
        ),
    );
    match &schema(&outcome, "Big").schema_kind {
        SchemaKind::Type(Type::Integer(integer)) => {
            assert_eq!((integer.minimum, integer.maximum), (Some(0), None))
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn whole_numbers_may_have_a_point() {
    let outcome = run(
        &with_schemas(
            "    Name: {type: string, minLength: 1.0, maxLength: 1e2}\n    Age: {type: integer, minimum: 0.0, enum: [1.0, 2]}\n",
        ),
        None,
    );
    assert_eq!(outcome.codes(), Vec::<&str>::new());
    match (
        &schema(&outcome, "Name").schema_kind,
        &schema(&outcome, "Age").schema_kind,
    ) {
        (SchemaKind::Type(Type::String(name)), SchemaKind::Type(Type::Integer(age))) => {
            assert_eq!((name.min_length, name.max_length), (Some(1), Some(100)));
            assert_eq!(
                (age.minimum, age.enumeration.clone()),
                (Some(0), vec![Some(1), Some(2)])
            );
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn enum_values_of_another_type() {
    let outcome = one_fault(
        "enum_values_of_another_type",
        "enum-value-type",
        &with_schemas("    Answer:\n      type: string\n      ▸enum: [true, 1.0, no]\n"),
    );
    match &schema(&outcome, "Answer").schema_kind {
        SchemaKind::Type(Type::String(string)) => {
            let values: Vec<_> = string
                .enumeration
                .iter()
                .flatten()
                .map(String::as_str)
                .collect();
            assert_eq!(values, ["true", "1.0", "no"]);
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn enum_value_that_cannot_be_of_the_type() {
    one_fault(
        "enum_value_that_cannot_be_of_the_type",
        "enum-value-type",
        &with_schemas("    Level:\n      type: integer\n      ▸enum: [1, two, 3]\n"),
    );
}

#[test]
fn duplicate_enum_value() {
    one_fault(
        "duplicate_enum_value",
        "duplicate-enum-value",
        &with_schemas("    Level:\n      type: string\n      ▸enum: [low, high, low]\n"),
    );
}

#[test]
fn empty_enum() {
    one_fault(
        "empty_enum",
        "empty-list",
        &with_schemas("    Level:\n      type: string\n      ▸enum: []\n"),
    );
}

#[test]
fn enum_with_null_is_fine() {
    let outcome = run(
        &with_schemas("    Level: {type: string, nullable: true, enum: [low, null]}\n"),
        None,
    );
    assert!(outcome.diagnostics.is_empty());
}

#[test]
fn keyword_not_applicable() {
    let outcome = one_fault(
        "keyword_not_applicable",
        "keyword-not-applicable",
        &with_schemas("    Name:\n      type: string\n      ▸minItems: 1\n"),
    );
    assert!(matches!(
        schema(&outcome, "Name").schema_kind,
        SchemaKind::Type(Type::String(_))
    ));
    assert!(!outcome.diagnostics.stops(true));
}

#[test]
fn keyword_of_json_schema() {
    one_fault(
        "keyword_of_json_schema",
        "json-schema-keyword",
        &with_schemas(
            "    Map:\n      type: object\n      ▸patternProperties: {'^x': {type: string}}\n",
        ),
    );
}

#[test]
fn property_outside_of_properties() {
    one_fault(
        "property_outside_of_properties",
        "unknown-keyword",
        &with_schemas("    Pet:\n      type: object\n      ▸name: {type: string}\n"),
    );
}

#[test]
fn schema_that_is_no_object() {
    let outcome = one_fault(
        "schema_that_is_no_object",
        "wrong-type",
        &with_schemas(
            "    Pet:\n      type: object\n      properties:\n        ▸name: string\n        tag: {type: string}\n",
        ),
    );
    match &schema(&outcome, "Pet").schema_kind {
        SchemaKind::Type(Type::Object(object)) => {
            assert_eq!(object.properties.keys().collect::<Vec<_>>(), ["tag"])
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn null_member() {
    let outcome = one_fault(
        "null_member",
        "null-value",
        &with_schemas("    Pet:\n      type: object\n      ▸description:\n"),
    );
    assert!(!outcome.diagnostics.stops(true));
}

#[test]
fn discriminator_that_is_a_string() {
    one_fault(
        "discriminator_that_is_a_string",
        "wrong-type",
        &with_schemas("    Pet:\n      type: object\n      ▸discriminator: kind\n"),
    );
}

#[test]
fn type_in_another_case() {
    let outcome = one_fault(
        "type_in_another_case",
        "unknown-type",
        &with_schemas("    Age:\n      ▸type: Integer\n      minimum: 1\n"),
    );
    let schemas = &outcome.api().components.as_ref().expect("schemas").schemas;
    let Some(ReferenceOr::Item(age)) = schemas.get("Age") else {
        panic!("no schema");
    };
    let SchemaKind::Type(Type::Integer(age)) = &age.schema_kind else {
        panic!("{age:?}");
    };
    assert_eq!(age.minimum, Some(1));
}

#[test]
fn property_that_may_be_anything() {
    let outcome = one_fault(
        "property_that_may_be_anything",
        "wrong-type",
        &with_schemas(
            "    Pet:\n      type: object\n      properties:\n        ▸extra: true\n        name: {type: string}\n",
        ),
    );
    let schemas = &outcome.api().components.as_ref().expect("schemas").schemas;
    let Some(ReferenceOr::Item(pet)) = schemas.get("Pet") else {
        panic!("no schema");
    };
    let SchemaKind::Type(Type::Object(pet)) = &pet.schema_kind else {
        panic!("{pet:?}");
    };
    let names: Vec<&str> = pet.properties.keys().map(String::as_str).collect();
    assert_eq!(names, ["extra", "name"]);
}
