use std::collections::BTreeSet;

use super::{document, node};
use crate::diagnostic::Diagnostics;
use crate::source::{Data, Document, Origin, Value};

fn origins(value: &Value, into: &mut Vec<Origin>) {
    into.push(value.origin());
    match value.data() {
        Data::Array(elements) => elements.iter().for_each(|value| origins(value, into)),
        Data::Object(members) => members.values().for_each(|value| origins(value, into)),
        _ => {}
    }
}

fn all(value: &Value) -> Vec<Origin> {
    let mut all = Vec::new();
    origins(value, &mut all);
    all
}

#[test]
fn nodes_are_numbered_in_the_order_of_the_text() {
    for text in [
        "a: {b: [1, x: y], c: d}\ne: f\n",
        "{\"a\": {\"b\": [1, {\"x\": \"y\"}], \"c\": \"d\"}, \"e\": \"f\"}",
    ] {
        let document = document(text);
        let all = all(document.value());
        assert!(all.is_sorted(), "{text}");
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), 8, "{text}");
    }
}

#[test]
fn what_a_repeated_key_holds_is_counted() {
    let once = document("a: 1\nb: 2\nc: 3\n");
    for text in ["a: 1\na: 2\nc: 3\n", "{\"a\": 1, \"a\": 2, \"c\": 3}"] {
        let (twice, _) = super::read(text);
        assert_eq!(
            node(&twice, "/c").origin(),
            node(&once, "/c").origin(),
            "{text}"
        );
    }
}

#[test]
fn aliases_and_merges_have_the_origins_of_their_anchor() {
    let document = document("a: &a {b: [1]}\nc: *a\nd: {<<: *a, e: 2}\nf: [*a]\n");
    let anchor = all(node(&document, "/a"));
    assert_eq!(all(node(&document, "/c")), anchor);
    assert_eq!(all(node(&document, "/f/0")), anchor);
    assert_eq!(all(node(&document, "/d/b")), anchor[1..]);
    assert!(node(&document, "/d/e").origin() > node(&document, "/d").origin());
    assert!(node(&document, "/f").origin() > node(&document, "/d/e").origin());
}

#[test]
fn documents_have_origins_of_their_own() {
    let parse = |file| {
        Document::parse_file(file, "a.yaml", b"a: 1", &mut Diagnostics::new()).expect("a document")
    };
    assert_eq!(all(parse(1).value()), all(parse(1).value()));
    assert!(all(parse(1).value()) < all(parse(2).value()));
}

#[test]
fn equality_ignores_origins() {
    let document = document("a: {b: 1}\nc: {b: 1}\n");
    assert_ne!(
        node(&document, "/a").origin(),
        node(&document, "/c").origin()
    );
    assert_eq!(node(&document, "/a"), node(&document, "/c"));
}

#[test]
fn what_a_pass_makes_has_the_origin_of_what_it_replaces_or_is_added_to() {
    let mut document = document("a: {b: 1}\nc: [d]\n");
    let (replaced, parent) = (
        node(&document, "/a/b").origin(),
        node(&document, "/c").origin(),
    );
    let kept = node(&document, "/c/0").clone();
    let origin = kept.origin();
    let made = Data::Array(vec![Value::from(true), kept]);
    assert!(document.set(&super::pointer("/a/b"), made.clone()));
    assert!(document.set(&super::pointer("/c/1"), made));
    assert_eq!(all(node(&document, "/a/b")), [replaced, replaced, origin]);
    assert_eq!(all(node(&document, "/c/1")), [parent, parent, origin]);
}
