//! The tables hang together, and views read what they name.

use std::collections::BTreeSet;

use super::{
    Field, Kind, Node, ObjectDefinition, OpenApi, Presence, Schema, Shape, Size, SpecObject,
    Version, object_at,
};
use crate::diagnostic::{Diagnostics, Pointer};
use crate::source::Document;

fn pointer(text: &str) -> Pointer {
    Pointer::parse(text).expect("a pointer")
}

fn document(text: &str) -> Document {
    let document = Document::parse("api.yaml", text.as_bytes(), &mut Diagnostics::new());
    document.expect("a document")
}

#[test]
fn the_object_of_every_place_is_known() {
    for (at, kind) in [
        ("", Kind::OpenApi),
        ("/components/schemas/A", Kind::Schema),
        ("/components/schemas/A/properties/b/items", Kind::Schema),
        (
            "/components/schemas/A/additionalProperties/allOf/0",
            Kind::Schema,
        ),
        ("/paths/~1a", Kind::PathItem),
        ("/paths/~1a/get/responses/200", Kind::Response),
        (
            "/paths/~1a/get/responses/2XX/content/application~1json/schema",
            Kind::Schema,
        ),
        ("/paths/~1a/parameters/0", Kind::Parameter),
        ("/components/requestBodies/A", Kind::RequestBody),
    ] {
        let object = object_at(&pointer(at), Version::OpenApi30);
        assert_eq!(object.map(|object| object.kind), Some(kind), "{at}");
    }
    for at in [
        "/components/schemas",
        "/components/schemas/A/example/x",
        "/components/schemas/A/$defs/B",
        "/definitions/A",
        "/paths/a",
        "/paths/~1a/get/responses/999",
        "/x-extra/A",
        "/info/title",
    ] {
        assert!(
            object_at(&pointer(at), Version::OpenApi30).is_none(),
            "{at}"
        );
    }
}

#[test]
fn a_place_depends_on_the_version() {
    for (at, versions) in [
        ("/definitions/A", &[Version::Swagger2][..]),
        (
            "/components/schemas/A/$defs/B",
            &[Version::OpenApi31, Version::OpenApi32],
        ),
        (
            "/components/pathItems/A",
            &[Version::OpenApi31, Version::OpenApi32],
        ),
        ("/paths/~1a/query", &[Version::OpenApi32]),
        (
            "/paths/~1a/get/requestBody",
            &[Version::OpenApi30, Version::OpenApi31, Version::OpenApi32],
        ),
        ("/paths/~1a/get/responses/200/schema", &[Version::Swagger2]),
    ] {
        for version in Version::ALL.iter().copied() {
            let is_known = object_at(&pointer(at), version).is_some();
            assert_eq!(is_known, versions.contains(&version), "{at} in {version:?}");
        }
    }
}

/// Every table that the document leads to.
fn tables() -> Vec<&'static ObjectDefinition> {
    fn visit(
        shape: &Shape,
        seen: &mut BTreeSet<Kind>,
        tables: &mut Vec<&'static ObjectDefinition>,
    ) {
        if let Shape::List(inner) | Shape::Map(inner) = shape {
            return visit(inner, seen, tables);
        }
        let Some(definition) = shape.object() else {
            return;
        };
        if !seen.insert(definition.kind) {
            return;
        }
        tables.push(definition);
        let fixed = definition.fixed.iter().map(|field| &field.shape);
        let extensions = definition.extensions.iter().map(|field| &field.shape);
        let patterned = definition.patterned.iter().map(|fields| &fields.shape);
        for shape in fixed.chain(extensions).chain(patterned) {
            visit(shape, seen, tables);
        }
    }
    let mut tables = Vec::new();
    let root = Shape::Object(OpenApi::definition);
    visit(&root, &mut BTreeSet::new(), &mut tables);
    tables
}

#[test]
fn no_version_has_a_field_twice() {
    let tables = tables();
    assert!(tables.len() > 40, "the tables hang together");
    for table in tables {
        for version in Version::ALL.iter().copied() {
            let mut names = BTreeSet::new();
            for (field, _) in table.fields(version) {
                assert!(names.insert(field.name), "{} of {}", field.name, table.name);
            }
        }
        let mut extensions = table.extensions.iter();
        assert!(extensions.all(|field| field.name.starts_with("x-")));
    }
}

#[test]
fn columns_are_read_by_version() {
    let (_, responses) = super::Operation::definition()
        .field("responses", Version::OpenApi30)
        .expect("a field");
    assert_eq!(responses, Presence::Defaulted);
    let (_, responses) = super::Operation::definition()
        .field("responses", Version::OpenApi31)
        .expect("a field");
    assert_eq!(responses, Presence::Optional);
    let schema = Schema::definition();
    assert!(schema.field("const", Version::OpenApi30).is_none());
    assert!(schema.field("const", Version::OpenApi31).is_some());
    let constant = schema.field_of_any_version("const").expect("a field");
    assert_eq!(constant.columns.first(), Some(Version::OpenApi31));
    let shape = |version| {
        let (field, _) = schema.field("discriminator", version).expect("a field");
        field.shape.name()
    };
    assert_eq!(shape(Version::Swagger2), "a value");
    assert_eq!(shape(Version::OpenApi30), "an object");
}

#[test]
fn views_read_what_they_name() {
    let document = document(
        "{type: object, required: [a], nullable: true, minLength: 2, properties: {a/b: {type: string}},
          items: {$ref: '#/x'}, allOf: [{format: uuid}], additionalProperties: false, x-rust-name: Thing}",
    );
    let schema: Node<'_, Schema> = Node::new(document.value(), pointer("/s"));
    assert_eq!(schema.schema_type().text(), Some("object"));
    assert!(schema.nullable().is_true() && !schema.deprecated().is_true());
    assert_eq!(schema.deprecated().flag(), None);
    assert!(schema.additional_properties().is_false());
    let length: fn(&Node<'_, Schema>) -> Option<String> = |schema| {
        let length: Field<'_, '_, Size> = schema.min_length();
        Some(length.number()?.as_str().to_owned())
    };
    assert_eq!(length(&schema).as_deref(), Some("2"));
    let required: Vec<_> = schema.required().elements().collect();
    assert_eq!(
        (required[0].text(), required[0].pointer.as_str()),
        (Some("a"), "/s/required/0")
    );
    let properties: Vec<_> = schema.properties().entries().collect();
    assert_eq!(
        (properties[0].0, properties[0].1.pointer.as_str()),
        ("a/b", "/s/properties/a~1b")
    );
    let items = schema.items().node().expect("items");
    assert_eq!(items.reference(), Some("#/x"));
    let part = schema.all_of().elements().next().expect("a part");
    assert_eq!(part.format().text(), Some("uuid"));
    assert_eq!(schema.rust_name().text(), Some("Thing"));
    assert_eq!(schema.title().pointer().as_str(), "/s/title");
    assert!(!schema.title().is_present() && schema.one_of().elements().next().is_none());
}
