use super::edits::Edits;
use crate::diagnostic::{Diagnostics, Pointer};
use crate::source::{Document, Value, reference_target, resolve};

fn pointer(text: &str) -> Pointer {
    Pointer::parse(text).expect("a pointer")
}

fn document(text: &str) -> Document {
    Document::parse("a.yaml", text.as_bytes(), &mut Diagnostics::new()).expect("a document")
}

#[test]
fn edits_are_carried_out_together() {
    let mut document = document("list: [a, b, c, d]\nobject: {x: {y: 1}, z: 2}\n");
    let mut edits = Edits::default();
    edits.remove(pointer("/list/0"));
    edits.remove(pointer("/list/2"));
    edits.replace(pointer("/list/3"), Value::from("D"));
    edits.replace(pointer("/list/4"), Value::from("e"));
    edits.remove(pointer("/object/x"));
    edits.replace(pointer("/object/x/y"), Value::from("lost with its parent"));
    edits.replace(pointer("/object/new"), true);
    edits.apply(&mut document);
    assert_eq!(
        document.value().to_json().to_string(),
        r#"{"list":["b","D","e"],"object":{"new":true,"z":2}}"#
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
fn what_is_replaced_after_it_was_cut_stays() {
    let mut document = document("{a: 1, b: 2}");
    let mut edits = Edits::default();
    edits.remove(pointer("/a"));
    edits.remove(pointer("/b"));
    edits.replace(pointer("/a"), true);
    edits.replace_kept(pointer("/b"), true);
    edits.apply(&mut document);
    assert_eq!(document.value().to_json().to_string(), r#"{"a":true}"#);
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
