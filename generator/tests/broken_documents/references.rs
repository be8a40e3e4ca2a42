//! Faults of references.

use openapiv3::{ReferenceOr, SchemaKind, Type};

use super::{one_fault, run, with_operation, with_schemas};

#[test]
fn dangling_reference() {
    let outcome = one_fault(
        "dangling_reference",
        "dangling-reference",
        &with_schemas(
            "    Pet:\n      type: object\n      properties:\n        owner:\n          ▸$ref: '#/components/schemas/Owners'\n    Owner: {type: object}\n",
        ),
    );
    let schemas = &outcome
        .api()
        .components
        .as_ref()
        .expect("components")
        .schemas;
    match schemas.get("Pet") {
        Some(ReferenceOr::Item(pet)) => match &pet.schema_kind {
            SchemaKind::Type(Type::Object(object)) => {
                assert!(object.properties.contains_key("owner"))
            }
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

#[test]
fn dangling_parameter() {
    // Nobody can know whether it would have declared `toy`, so that is not reported.
    let outcome = one_fault(
        "dangling_parameter",
        "dangling-reference",
        "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\npaths:\n  /toys/{toy}:\n    get:\n      parameters:\n      - ▸$ref: '#/components/parameters/Toy'\n      - {name: a, in: query, schema: {type: string}}\n      responses: {}\n",
    );
    let (.., operation) = outcome.api().operations().next().expect("the operation");
    let parameters = operation
        .parameters
        .iter()
        .filter_map(|parameter| parameter.as_item());
    let names: Vec<_> = parameters
        .map(|parameter| parameter.parameter_data_ref().name.as_str())
        .collect();
    assert_eq!(names, ["a", "toy"]);
}

#[test]
fn dangling_element_of_one_of() {
    let outcome = one_fault(
        "dangling_element_of_one_of",
        "dangling-reference",
        &with_schemas(
            "    Pet:\n      oneOf:\n      - {type: string}\n      - ▸$ref: '#/components/schemas/Nobody'\n",
        ),
    );
    match outcome
        .api()
        .components
        .as_ref()
        .and_then(|components| components.schemas.get("Pet"))
    {
        Some(ReferenceOr::Item(pet)) => {
            assert!(matches!(&pet.schema_kind, SchemaKind::OneOf { one_of } if one_of.len() == 1))
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn dangling_mapping() {
    one_fault(
        "dangling_mapping",
        "dangling-reference",
        &with_schemas(
            "    Cat: {type: object}\n    Pet:\n      oneOf: [{$ref: '#/components/schemas/Cat'}]\n      discriminator:\n        propertyName: kind\n        mapping:\n          cat: Cat\n          tom: '#/components/schemas/Cat'\n          ▸dog: Dog\n",
        ),
    );
}

#[test]
fn reference_loop() {
    one_fault(
        "reference_loop",
        "reference-loop",
        &with_schemas(
            "    A:\n      ▸$ref: '#/components/schemas/B'\n    B:\n      $ref: '#/components/schemas/A'\n    C:\n      $ref: '#/components/schemas/A'\n",
        ),
    );
}

#[test]
fn reference_to_itself() {
    one_fault(
        "reference_to_itself",
        "reference-loop",
        &with_schemas("    A:\n      ▸$ref: '#/components/schemas/A'\n"),
    );
}

#[test]
fn loop_through_all_of() {
    one_fault(
        "loop_through_all_of",
        "reference-loop",
        &with_schemas(
            "    A:\n      allOf:\n      - ▸$ref: '#/components/schemas/B'\n      - type: object\n    B:\n      allOf:\n      - $ref: '#/components/schemas/A'\n",
        ),
    );
}

#[test]
fn loop_of_parameters() {
    let codes = run("openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\npaths: {}\ncomponents:\n  parameters:\n    A: {$ref: '#/components/parameters/B'}\n    B: {$ref: '#/components/parameters/A'}\n", None).codes();
    assert_eq!(codes, ["reference-loop"]);
}

#[test]
fn long_chains_of_references_are_followed() {
    let length = 20_000;
    let mut lines: String = (0..length)
        .map(|number| {
            format!(
                "    S{number}: {{$ref: '#/components/schemas/S{}'}}\n",
                number + 1
            )
        })
        .collect();
    lines.push_str(&format!("    S{length}: {{type: string}}\n"));
    assert_eq!(run(&with_schemas(&lines), None).codes(), Vec::<&str>::new());
}

#[test]
fn recursion_through_properties_is_fine() {
    let outcome = run(
        &with_schemas(
            "    Node:\n      type: object\n      properties:\n        next: {$ref: '#/components/schemas/Node'}\n        all: {type: array, items: {$ref: '#/components/schemas/Node'}}\n      additionalProperties: {$ref: '#/components/schemas/Node'}\n    Tree:\n      oneOf:\n      - {type: string}\n      - {type: array, items: {$ref: '#/components/schemas/Tree'}}\n",
        ),
        None,
    );
    assert_eq!(outcome.codes(), Vec::<&str>::new());
}

#[test]
fn external_reference() {
    let outcome = one_fault(
        "external_reference",
        "external-reference",
        &with_operation(
            "      responses:\n        '200':\n          ▸$ref: 'responses.yaml#/Pet'\n        '404': {description: no such pet}\n",
        ),
    );
    let (.., operation) = outcome.api().operations().next().expect("the operation");
    assert_eq!(operation.responses.responses.len(), 1);
}

#[test]
fn mismatched_reference() {
    one_fault(
        "mismatched_reference",
        "mismatched-reference",
        "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\npaths:\n  /pets:\n    get:\n      responses:\n        '200':\n          ▸$ref: '#/components/schemas/Pet'\ncomponents:\n  schemas:\n    Pet: {type: object}\n",
    );
}

#[test]
fn reference_into_no_object() {
    one_fault(
        "reference_into_no_object",
        "mismatched-reference",
        &with_schemas("    Pet:\n      ▸$ref: '#/components/schemas'\n"),
    );
}

#[test]
fn reference_that_is_no_string() {
    one_fault(
        "reference_that_is_no_string",
        "wrong-type",
        &with_schemas("    Pet:\n      ▸$ref: [a]\n      type: object\n"),
    );
}

#[test]
fn reference_to_what_was_cut_goes_silently() {
    let outcome = one_fault(
        "reference_to_what_was_cut",
        "missing-member",
        "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\npaths:\n  /pets:\n    get:\n      parameters:\n      - $ref: '#/components/parameters/Alias'\n      - {name: a, in: query, schema: {type: string}}\n      responses: {}\ncomponents:\n  parameters:\n    Alias: {$ref: '#/components/parameters/Limit'}\n    Limit:\n      ▸in: query\n      schema: {type: integer}\n".replace("    Limit:\n      ▸in", "    ▸Limit:\n      in").as_str(),
    );
    assert_eq!(
        outcome
            .api()
            .operations()
            .next()
            .map(|(.., operation)| operation.parameters.len()),
        Some(1)
    );
    assert_eq!(
        outcome
            .api()
            .components
            .as_ref()
            .map(|components| components.parameters.len()),
        Some(0)
    );
}

#[test]
fn references_to_any_place_of_the_document_are_fine() {
    let outcome = run(
        "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\npaths:\n  /pets/{id}:\n    get:\n      parameters: [{name: id, in: path, required: true, schema: {type: string}}]\n      responses: {'200': {description: fine, content: {application/json: {schema: {$ref: '#/components/schemas/A%20B/properties/c'}}}}}\n    delete:\n      parameters: [{$ref: '#/paths/~1pets~1%7Bid%7D/get/parameters/0'}]\n      responses: {}\ncomponents:\n  schemas:\n    A B: {type: object, properties: {c: {type: string}}}\n",
        None,
    );
    assert_eq!(outcome.codes(), Vec::<&str>::new());
}

#[test]
fn keywords_beside_a_reference() {
    let outcome = one_fault(
        "keywords_beside_a_reference",
        "ignored-beside-reference",
        &with_schemas(
            "    Name: {type: string}\n    Pet:\n      type: object\n      properties:\n        ▸name:\n          $ref: '#/components/schemas/Name'\n          nullable: true\n          description: ignored by the specification, and nobody minds\n",
        ),
    );
    assert!(!outcome.diagnostics.stops(true));
}

#[test]
fn references_by_name_alone_are_told_how_they_are_written() {
    let outcome = one_fault(
        "reference_by_name_alone",
        "external-reference",
        &with_schemas(
            "    Pet: {type: object}\n    Pets:\n      type: array\n      items:\n        ▸$ref: Pet\n",
        ),
    );
    assert_eq!(
        outcome
            .api()
            .components
            .as_ref()
            .map(|components| components.schemas.len()),
        Some(2)
    );
}

#[test]
fn references_of_swagger_2_are_told_where_their_target_is() {
    one_fault(
        "reference_of_swagger_2",
        "dangling-reference",
        &with_schemas(
            "    Pet: {type: object}\n    Pets:\n      type: array\n      items:\n        ▸$ref: '#/definitions/Pet'\n",
        ),
    );
}

#[test]
fn mappings_may_name_schemas_with_points() {
    let outcome = run(
        &with_schemas(
            "    com.example.Cat: {type: object}\n    Pet:\n      oneOf: [{$ref: '#/components/schemas/com.example.Cat'}]\n      discriminator: {propertyName: kind, mapping: {cat: com.example.Cat}}\n",
        ),
        None,
    );
    assert_eq!(outcome.codes(), Vec::<&str>::new());
}

#[test]
fn references_may_lead_beside_the_specification() {
    let document = "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\npaths:\n  /pets: {$ref: '#/x-path-items/pets'}\n  /others: {$ref: '#/x-path-items/pets'}\nx-path-items:\n  pets:\n    get:\n      parameters:\n      - {$ref: '#/x-parts/page'}\n      responses:\n        '200':\n          description: ok\n          content: {application/json: {schema: {$ref: '#/x-parts/schemas/Pet'}}}\nx-parts:\n  page: {name: page, in: query, schema: {type: integer}}\n  schemas:\n    Pet: {type: object, properties: {owner: {$ref: '#/x-parts/schemas/Pet/properties/name'}, name: {type: string}}}\n";
    let outcome = run(document, None);
    assert_eq!(outcome.codes(), Vec::<&str>::new());
}

#[test]
fn what_stands_beside_the_specification_is_checked_when_it_is_referred_to() {
    one_fault(
        "fault_beside_the_specification",
        "unknown-style",
        "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\npaths:\n  /pets: {$ref: '#/x-path-items/pets'}\n  /more: {$ref: '#/x-path-items/pets'}\nx-unused: {style: commas}\nx-path-items:\n  pets:\n    get:\n      parameters:\n      - name: page\n        in: query\n        ▸style: commas\n        schema: {type: integer}\n      responses: {}\n",
    );
}

#[test]
fn a_target_beside_the_specification_has_one_kind() {
    one_fault(
        "two_kinds_beside_the_specification",
        "mismatched-reference",
        "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\npaths:\n  /pets:\n    get:\n      parameters:\n      - {$ref: '#/x-parts/a'}\n      responses:\n        '200':\n          ▸$ref: '#/x-parts/a'\nx-parts:\n  a: {name: a, in: query, schema: {type: string}}\n",
    );
}

#[test]
fn keywords_beside_a_reference_to_a_parameter() {
    one_fault(
        "keywords_beside_a_reference_to_a_parameter",
        "ignored-beside-reference",
        "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\npaths:\n  /pets:\n    get:\n      parameters:\n      - ▸$ref: '#/components/parameters/a'\n        required: true\n      responses: {}\ncomponents:\n  parameters:\n    a: {name: a, in: query, schema: {type: string}}\n",
    );
}

#[test]
fn parameters_beside_a_reference_to_a_path_item() {
    one_fault(
        "parameters_beside_a_reference_to_a_path_item",
        "ignored-beside-reference",
        "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\npaths:\n  ▸/pets:\n    $ref: '#/paths/~1all'\n    parameters: [{name: a, in: query, schema: {type: string}}]\n    post: {responses: {}}\n  /all:\n    get: {responses: {}}\n",
    );
}
