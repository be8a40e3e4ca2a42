//! `$defs`, `$id`, `$anchor`, `$dynamicRef`, `$self`.

use super::{at, pass, schemas};
use crate::openapi::Version;

fn normal(text: &str) -> (serde_json::Value, Vec<String>) {
    let (schemas, reports) = schemas(Version::OpenApi31, text);
    (schemas.expect("schemas").to_json(), reports)
}

fn expected(text: &str) -> serde_json::Value {
    super::parse(text).value().to_json()
}

#[test]
fn definitions_are_components() {
    for (text, normal_form) in [
        (
            "{A: {$ref: '#/components/schemas/B/$defs/C'}, B: {type: object, $defs: {C: {type: [string]}}}}",
            "{A: {$ref: '#/components/schemas/C'}, B: {type: object}, C: {type: string}}",
        ),
        (
            "{A: {$defs: {C: {type: string}}, $ref: '#/components/schemas/A/$defs/C'}, B: {$defs: {C: {}}}}",
            "{A: {$ref: '#/components/schemas/A.C'}, B: {}, A.C: {type: string}, B.C: {}}",
        ),
        (
            "{A: {$defs: {B: {$defs: {C: {type: string}}, $ref: '#/components/schemas/A/$defs/B/$defs/C'}}}, B: {$ref: '#/components/schemas/A/$defs/B/properties/x'}}",
            "{A: {}, B: {$ref: '#/components/schemas/A.B/properties/x'}, C: {type: string}, A.B: {$ref: '#/components/schemas/C'}}",
        ),
        (
            "{A: {items: {$defs: {C: {type: string}}, properties: {x: {$ref: '#/components/schemas/A/items/$defs/C'}}}}}",
            "{A: {items: {properties: {x: {$ref: '#/components/schemas/C'}}}}, C: {type: string}}",
        ),
    ] {
        let (found, reports) = normal(text);
        assert_eq!(found, expected(normal_form), "{text}");
        assert!(reports.is_empty());
    }
}

#[test]
fn references_follow_what_moves() {
    let (found, _) = normal(
        "{A: {type: [object, string], properties: {b: {type: integer}}}, B: {$ref: '#/components/schemas/A/properties/b'}}",
    );
    assert_eq!(
        found["B"],
        expected("{$ref: '#/components/schemas/A/anyOf/0/properties/b'}")
    );
}

#[test]
fn a_discriminator_maps_to_what_moved() {
    let (found, _) = normal(
        "{A: {oneOf: [{$ref: '#/components/schemas/A/$defs/C'}], discriminator: {propertyName: t, mapping: {c: '#/components/schemas/A/$defs/C'}}, $defs: {C: {type: object}}}}",
    );
    assert_eq!(
        found["A"]["discriminator"]["mapping"]["c"],
        "#/components/schemas/C"
    );
}

#[test]
fn anchors_and_ids_are_pointers() {
    for (text, pointer) in [
        (
            "{A: {$ref: '#b'}, B: {$anchor: b}}",
            "#/components/schemas/B",
        ),
        (
            "{A: {$ref: '#b'}, B: {properties: {x: {$anchor: b}}}}",
            "#/components/schemas/B/properties/x",
        ),
        (
            "{A: {$ref: 'https://a.example/b'}, B: {$id: 'https://a.example/b'}}",
            "#/components/schemas/B",
        ),
        (
            "{A: {$ref: 'b.json#/items'}, B: {$id: 'b.json', items: {}}}",
            "#/components/schemas/B/items",
        ),
        (
            "{A: {$ref: 'b#c'}, B: {$id: b, items: {$anchor: c}}}",
            "#/components/schemas/B/items",
        ),
        (
            "{A: {$ref: 'https://a.example/x/c'}, B: {$id: 'https://a.example/x/b', items: {$id: c}}}",
            "#/components/schemas/B/items",
        ),
        (
            "{A: {$id: a, $ref: '#/$defs/C', $defs: {C: {}}}}",
            "#/components/schemas/C",
        ),
        (
            "{A: {$id: a, $ref: '#/components/schemas/B'}, B: {}}",
            "#/components/schemas/B",
        ),
        (
            "{A: {$dynamicRef: '#t'}, B: {$dynamicAnchor: t}}",
            "#/components/schemas/B",
        ),
        (
            "{A: {$dynamicRef: '#t'}, B: {$anchor: t}}",
            "#/components/schemas/B",
        ),
    ] {
        let (found, reports) = normal(text);
        assert_eq!(found["A"]["$ref"], pointer, "{text}");
        assert!(found["A"].get("$dynamicRef").is_none());
        assert!(reports.is_empty(), "{text}");
    }
}

#[test]
fn a_dynamic_reference_that_depends_on_its_use_is_reported() {
    let (found, reports) = normal(
        "{A: {type: array, items: {$dynamicRef: '#t'}, $defs: {d: {$dynamicAnchor: t}}}, B: {$id: b, $ref: '#/components/schemas/A', $defs: {e: {$dynamicAnchor: t, type: string}}}}",
    );
    assert_eq!(found["A"]["items"], expected("{}"));
    assert_eq!(
        reports,
        ["json-schema-keyword /components/schemas/A/items/$dynamicRef"]
    );
}

#[test]
fn a_dynamic_reference_is_that_of_the_only_resource_that_leads_to_it() {
    let tree = |id: &str| {
        format!(
            "{{$id: {id}, $dynamicAnchor: node, type: object, properties: {{children: {{items: {{$dynamicRef: '#node'}}}}}}}}"
        )
    };
    let without_ids = "{$dynamicAnchor: node, properties: {next: {$dynamicRef: '#node'}}}";
    for (text, place, pointer) in [
        // Two that have nothing to do with each other.
        (
            format!("{{A: {}, B: {}}}", tree("a"), tree("b")),
            "B/properties/children/items",
            "#/components/schemas/B",
        ),
        (
            format!("{{A: {without_ids}, B: {without_ids}}}"),
            "B/properties/next",
            "#/components/schemas/B",
        ),
        // What the other one refers to does not lead back.
        (
            "{A: {$id: a, $dynamicAnchor: node, $ref: b}, B: {$id: b, $dynamicAnchor: node}, C: {$id: c, $dynamicAnchor: node, not: {$dynamicRef: '#node'}}}".to_owned(),
            "C/not",
            "#/components/schemas/C",
        ),
        // Two that refer to a third one are each the outermost.
        (
            "{A: {$id: a, $dynamicAnchor: node, $ref: c, not: {$dynamicRef: '#node'}}, B: {$id: b, $dynamicAnchor: node, $ref: c}, C: {$id: c, $dynamicAnchor: node}}".to_owned(),
            "A/not",
            "#/components/schemas/A",
        ),
        // One that leads to itself only.
        (
            "{A: {$id: a, $dynamicAnchor: node, properties: {x: {$ref: c}, y: {$dynamicRef: '#node'}}}, B: {$id: b, $dynamicAnchor: node}, C: {$id: c, properties: {x: {$ref: a}}}}".to_owned(),
            "A/properties/y",
            "#/components/schemas/A",
        ),
        // An anchor that is not dynamic.
        (
            "{A: {$id: a, $anchor: t, not: {$dynamicRef: '#t'}}, B: {$dynamicAnchor: t}}".to_owned(),
            "A/not",
            "#/components/schemas/A",
        ),
    ] {
        let (found, reports) = normal(&text);
        let found = place.split('/').fold(&found, |node, key| &node[key]);
        assert_eq!(found["$ref"], pointer, "{text}");
        assert!(reports.is_empty(), "{text}: {reports:?}");
    }
}

#[test]
fn a_dynamic_reference_of_a_resource_that_others_extend_is_reported() {
    for text in [
        "{A: {$id: a, $dynamicAnchor: node, not: {$dynamicRef: '#node'}}, B: {$id: b, $dynamicAnchor: node, $ref: a}}",
        // By way of a third one.
        "{A: {$id: a, $dynamicAnchor: node, not: {$dynamicRef: '#node'}}, B: {$id: b, $dynamicAnchor: node, $ref: c}, C: {$id: c, $ref: a}}",
        // By way of one that leads to itself and has such an anchor, too.
        "{A: {$id: a, $dynamicAnchor: node, not: {$dynamicRef: '#node'}}, B: {$id: b, $dynamicAnchor: node, $ref: c}, C: {$id: c, $dynamicAnchor: node, items: {$ref: c}, $ref: a}}",
        // In a circle.
        "{A: {$id: a, $dynamicAnchor: node, $ref: b, not: {$dynamicRef: '#node'}}, B: {$id: b, $dynamicAnchor: node, $ref: a}}",
        // In what is around it.
        "{B: {$id: b, $dynamicAnchor: node, not: {$id: a, $dynamicAnchor: node, not: {$dynamicRef: '#node'}}}}",
    ] {
        let (_, reports) = normal(text);
        assert_eq!(reports.len(), 1, "{text}: {reports:?}");
    }
}

#[test]
fn a_document_knows_its_own_uri() {
    let (document, reports) = pass(
        Version::OpenApi32,
        "{openapi: 3.2.0, $self: 'https://a.example/api.yaml', components: {schemas: {A: {$ref: 'https://a.example/api.yaml#/components/schemas/B'}, B: {}, C: {$ref: 'api.yaml#/components/schemas/B'}}}}",
    );
    for name in ["A", "C"] {
        let found = at(&document, &format!("/components/schemas/{name}/$ref"));
        let found = found.expect("a reference");
        assert_eq!(found.as_str(), Some("#/components/schemas/B"));
    }
    assert!(reports.is_empty());
}
