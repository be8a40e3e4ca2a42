use super::check;
use super::edits::Edits;
use crate::diagnostic::{Diagnostics, Pointer};
use crate::openapi::Version;
use crate::source::{Document, Value, reference_target, resolve};

fn pointer(text: &str) -> Pointer {
    Pointer::parse(text).expect("a pointer")
}

fn document(text: &str) -> Document {
    Document::parse("a.yaml", text.as_bytes(), &mut Diagnostics::new()).expect("a document")
}

#[test]
fn edits_are_carried_out_together() {
    let mut document =
        document("list: [a, b, c, d]\nobject: {x: {y: 1}, z: 2}\nemptied: {a: 1, b: 2}\n");
    let mut edits = Edits::default();
    edits.remove(pointer("/list/0"));
    edits.remove(pointer("/list/2"));
    edits.remove(pointer("/object/x"));
    edits.empty(pointer("/object/x/y"));
    edits.empty(pointer("/emptied"));
    edits.remove(pointer("/emptied/a"));
    edits.apply(&mut document);
    assert_eq!(
        document.value().to_json().to_string(),
        r#"{"emptied":{},"list":["b","d"],"object":{"z":2}}"#
    );
}

#[test]
fn elements_beyond_ten_are_cut_in_their_order() {
    let mut document = document("[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]");
    let mut edits = Edits::default();
    for index in [2, 9, 10, 11] {
        edits.remove(Pointer::root().index(index));
    }
    edits.apply(&mut document);
    assert_eq!(document.value().to_json().to_string(), "[0,1,3,4,5,6,7,8]");
}

#[test]
fn compositions_that_lose_everything_go() {
    let mut document = document("{allOf: [{}, {}], properties: {oneOf: {}}, enum: [a]}");
    let mut edits = Edits::default();
    for at in ["/allOf/0", "/allOf/1", "/enum/0"] {
        edits.remove(pointer(at));
    }
    edits.apply(&mut document);
    assert_eq!(
        document.value().to_json().to_string(),
        r#"{"enum":[],"properties":{"oneOf":{}}}"#
    );
}

#[test]
fn references_are_followed_to_their_end() {
    let document = document(
        "components: {schemas: {A: {$ref: '#/components/schemas/B%20C'}, B C: {type: string}, D: {$ref: '#/x'}}}",
    );
    let at = |name: &str| Pointer::root().key("components").key("schemas").key(name);
    let (end, node) = resolve(document.value(), &at("A")).expect("a schema");
    assert_eq!(
        (end, node.get("type")),
        (at("B C"), Some(&Value::from("string")))
    );
    assert_eq!(
        resolve(document.value(), &at("B C")).map(|(end, _)| end),
        Some(at("B C"))
    );
    assert_eq!(resolve(document.value(), &at("D")), None);
    assert_eq!(
        reference_target("#/components/schemas/B%20C"),
        Some(at("B C"))
    );
    assert_eq!(reference_target("other.yaml#/A"), None);
    assert_eq!(reference_target("#A"), None);
}

/// What the check reports, and what it leaves of the document.
fn checked(version: Version, text: &str) -> (Vec<String>, String) {
    let mut document = document(text);
    let mut diagnostics = Diagnostics::new();
    check(&mut document, version, &mut diagnostics);
    let reported = diagnostics.iter().map(|diagnostic| {
        let pointer = diagnostic.pointer.as_str();
        format!("{:?} {} {pointer}", diagnostic.severity, diagnostic.code)
    });
    let rest = document.get(&pointer("/components/schemas"));
    (
        reported.collect(),
        rest.map(|rest| rest.to_json().to_string())
            .unwrap_or_default(),
    )
}

/// A document of one schema, `A`.
fn schema(text: &str) -> String {
    format!(
        "{{openapi: x, info: {{title: T, version: '1'}}, paths: {{}}, components: {{schemas: {{A: {text}, B: {{}}}}}}}}"
    )
}

#[test]
fn what_json_schema_has_is_silent_where_the_version_has_it() {
    for keyword in [
        "type: [string, 'null']",
        "type: 'null'",
        "const: 1",
        "type: number, exclusiveMinimum: 1",
        "type: array",
        "prefixItems: [{}], items: false",
        "properties: {a: true, b: false}",
        "$defs: {C: {type: string}}",
        "patternProperties: {^x: {}}",
        "if: {}, then: {}, else: {}",
        "unevaluatedProperties: false",
        "contentEncoding: base64",
        "examples: [1]",
        "$ref: '#/components/schemas/B', minLength: 3",
        "definitions: {C: {}}",
    ] {
        let text = schema(&format!("{{{keyword}}}"));
        for version in [Version::OpenApi31, Version::OpenApi32] {
            assert_eq!(checked(version, &text).0, [""; 0], "{keyword} in {version}");
        }
        let (reported, _) = checked(Version::OpenApi30, &text);
        assert!(!reported.is_empty(), "{keyword}");
    }
}

#[test]
fn what_3_0_has_alone_is_reported_after_it() {
    for (keyword, code) in [
        ("type: string, nullable: true", "json-schema-keyword"),
        (
            "type: integer, minimum: 1, exclusiveMinimum: true",
            "json-schema-keyword",
        ),
    ] {
        let text = schema(&format!("{{{keyword}}}"));
        assert_eq!(checked(Version::OpenApi30, &text).0, [""; 0], "{keyword}");
        let (reported, rest) = checked(Version::OpenApi31, &text);
        assert!(
            reported.len() == 1 && reported[0].contains(code),
            "{reported:?}"
        );
        assert!(rest.contains("true"), "what is read so stays: {rest}");
    }
}

#[test]
fn faults_of_json_schema_have_their_places() {
    let at = "/components/schemas/A";
    for (keyword, reported, rest) in [
        (
            "type: [strng, 'null']",
            format!("Error unknown-type {at}/type/0"),
            r#"{"type":["null"]}"#,
        ),
        (
            "type: [String, 'null']",
            format!("Error unknown-type {at}/type/0"),
            r#"{"type":["String","null"]}"#,
        ),
        ("type: []", format!("Error empty-list {at}/type"), "{}"),
        (
            "exclusiveMinimum: [1]",
            format!("Error wrong-type {at}/exclusiveMinimum"),
            "{}",
        ),
        (
            "$ref: '#/components/schemas/C', minLength: 3",
            format!("Error dangling-reference {at}/$ref"),
            r#"{"minLength":3}"#,
        ),
        (
            "$ref: '#/components/schemas/B', items: {typ: string}",
            format!("Warning unknown-keyword {at}/items/typ"),
            r##"{"$ref":"#/components/schemas/B","items":{"typ":"string"}}"##,
        ),
        (
            "flavour: sour",
            format!("Note unknown-keyword {at}/flavour"),
            r#"{"flavour":"sour"}"#,
        ),
    ] {
        let found = checked(Version::OpenApi31, &schema(&format!("{{{keyword}}}")));
        let rest = format!(r#"{{"A":{rest},"B":{{}}}}"#);
        assert_eq!(found, (vec![reported], rest), "{keyword}");
    }
}

#[test]
fn columns_decide_what_other_objects_have() {
    let text = "{openapi: x, info: {title: T, version: '1', summary: S, license: {name: L, identifier: MIT}},
      webhooks: {}, components: {pathItems: {}, securitySchemes: {m: {type: mutualTLS}}}}";
    assert_eq!(checked(Version::OpenApi31, text).0, [""; 0]);
    let (reported, _) = checked(Version::OpenApi30, text);
    assert_eq!(
        reported,
        [
            "Warning unknown-keyword /info/license/identifier",
            "Warning unknown-keyword /info/summary",
            "Error unknown-security-type /components/securitySchemes/m/type",
            "Warning unknown-keyword /components/pathItems",
            "Error missing-member ",
            "Warning unknown-keyword /webhooks",
        ]
    );
    let text = "{openapi: x, info: {title: T, version: '1'}, paths: {/a: {query: {operationId: a, responses: {'204': {description: D}}},
      additionalOperations: {COPY: {operationId: b}}}}}";
    assert_eq!(checked(Version::OpenApi32, text).0, [""; 0]);
    assert_eq!(
        checked(Version::OpenApi31, text).0,
        [
            "Warning unknown-keyword /paths/~1a/query",
            "Warning unknown-keyword /paths/~1a/additionalOperations",
        ]
    );
}
