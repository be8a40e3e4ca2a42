use super::{document, node, pointer};
use crate::diagnostic::Diagnostics;
use crate::source::{Data, Document, Value};

const TEXT: &str = "a:
- one
- two: 2
- three: 3
b:
  c: d
";

fn line(document: &Document, at: &str) -> (String, usize) {
    let (location, _) = document.locate(&pointer(at)).expect("a place");
    (location.file, location.line)
}

fn other() -> Document {
    let text = "first: 1\nmore:\n  new: {x: 1}\n  list: [p,\n    q]\n";
    Document::parse("other.yaml", text.as_bytes(), &mut Diagnostics::new()).expect("a document")
}

#[test]
fn elements_behind_a_removed_one_keep_their_place() {
    let mut document = document(TEXT);
    assert_eq!(document.remove(&pointer("/a/0")), Some(Value::from("one")));
    assert_eq!(line(&document, "/a/0/two"), ("a.yaml".to_owned(), 3));
    assert_eq!(line(&document, "/a/1/three"), ("a.yaml".to_owned(), 4));
    document.remove(&pointer("/a/0"));
    assert_eq!(line(&document, "/a/0/three"), ("a.yaml".to_owned(), 4));
    assert_eq!(line(&document, "/b/c"), ("a.yaml".to_owned(), 6));
}

#[test]
fn what_comes_from_another_document_is_placed_there() {
    let (mut document, other) = (document(TEXT), other());
    let from = pointer("/more/new");
    assert!(document.set_from(
        &pointer("/b/new"),
        node(&other, "/more/new").clone(),
        &other,
        &from
    ));
    assert_eq!(line(&document, "/b/new"), ("other.yaml".to_owned(), 3));
    assert_eq!(line(&document, "/b/new/x"), ("other.yaml".to_owned(), 3));
    assert_eq!(line(&document, "/b/c"), ("a.yaml".to_owned(), 6));
}

#[test]
fn what_was_appended_moves_with_its_list() {
    let (mut document, other) = (document(TEXT), other());
    assert!(document.set_from(
        &pointer("/a/3"),
        Value::from("q"),
        &other,
        &pointer("/more/list/1")
    ));
    document.remove(&pointer("/a/1"));
    assert_eq!(node(&document, "/a/2"), &Value::from("q"));
    assert_eq!(line(&document, "/a/2"), ("other.yaml".to_owned(), 5));
    assert_eq!(line(&document, "/a/1/three"), ("a.yaml".to_owned(), 4));
}

#[test]
fn the_last_to_place_a_node_counts() {
    let (mut document, other) = (document(TEXT), other());
    document.set_from(
        &pointer("/b"),
        node(&other, "/more").clone(),
        &other,
        &pointer("/more"),
    );
    document.set_from(
        &pointer("/b/new"),
        Value::from("x"),
        &other,
        &pointer("/first"),
    );
    assert_eq!(line(&document, "/b/new"), ("other.yaml".to_owned(), 1));
    assert_eq!(line(&document, "/b/list/1"), ("other.yaml".to_owned(), 5));
}

#[test]
fn a_replaced_node_stays_where_it_was() {
    let mut document = document(TEXT);
    assert!(document.set(&pointer("/b/c"), true));
    assert_eq!(
        (node(&document, "/b/c"), line(&document, "/b/c").1),
        (&Value::from(true), 6)
    );
}

#[test]
fn what_has_no_parent_cannot_be_set() {
    let mut document = document(TEXT);
    let before = document.value().clone();
    for at in ["/x/y", "/a/9", "/a/x", "/a/01", "/b/c/d"] {
        assert!(!document.set(&pointer(at), Data::Null), "{at}");
        assert_eq!(document.remove(&pointer(at)), None, "{at}");
    }
    assert_eq!(document.remove(&pointer("")), None);
    assert_eq!(*document.value(), before);
}
