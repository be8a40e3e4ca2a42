use super::{document, node, pointer};
use crate::diagnostic::{Diagnostics, Severity, codes};
use crate::source::{Data, Document, Value};

const TEXT: &str = "a:
- one
- two: 2
- three: 3
b:
  c: d
";

fn line(document: &Document, at: &str) -> (String, usize) {
    let written = document.locate(&pointer(at)).expect("a place");
    (written.location.file, written.location.line)
}

fn other() -> Document {
    let text = "first: 1\nmore:\n  new: {x: 1}\n  list: [p,\n    q]\n";
    Document::parse_file(1, "other.yaml", text.as_bytes(), &mut Diagnostics::new())
        .expect("a document")
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
    document.include(&other);
    assert!(document.set(&pointer("/b/new"), node(&other, "/more/new").clone()));
    assert_eq!(line(&document, "/b/new"), ("other.yaml".to_owned(), 3));
    assert_eq!(line(&document, "/b/new/x"), ("other.yaml".to_owned(), 3));
    assert_eq!(line(&document, "/b/c"), ("a.yaml".to_owned(), 6));
}

#[test]
fn what_was_appended_moves_with_its_list() {
    let (mut document, other) = (document(TEXT), other());
    document.include(&other);
    assert!(document.set(&pointer("/a/3"), node(&other, "/more/list/1").clone()));
    document.remove(&pointer("/a/1"));
    assert_eq!(node(&document, "/a/2"), &Value::from("q"));
    assert_eq!(line(&document, "/a/2"), ("other.yaml".to_owned(), 5));
    assert_eq!(line(&document, "/a/1/three"), ("a.yaml".to_owned(), 4));
}

#[test]
fn the_last_to_place_a_node_counts() {
    let (mut document, other) = (document(TEXT), other());
    document.include(&other);
    document.set(&pointer("/b"), node(&other, "/more").clone());
    document.set(&pointer("/b/new"), node(&other, "/first").clone());
    assert_eq!(line(&document, "/b/new"), ("other.yaml".to_owned(), 1));
    assert_eq!(line(&document, "/b/list/1"), ("other.yaml".to_owned(), 5));
}

#[test]
fn what_is_moved_or_copied_within_a_document_keeps_its_place() {
    let mut document = document(TEXT);
    let moved = document.remove(&pointer("/a/1")).expect("a node");
    assert!(document.set(&pointer("/b/moved"), moved.clone()));
    assert!(document.set(&pointer("/b/copied"), moved));
    document.remove(&pointer("/a"));
    for at in ["/b/moved", "/b/moved/two", "/b/copied/two"] {
        let written = document.locate(&pointer(at)).expect("a place");
        assert_eq!(written.location.line, 3, "{at}");
        assert!(written.pointer.starts_with(&pointer("/a/1")), "{at}");
    }
    assert_eq!(line(&document, "/b/moved/nothing").1, 3);
}

#[test]
fn a_diagnostic_of_a_node_that_is_cut_later_keeps_its_place() {
    let mut document = document(TEXT);
    let mut diagnostics = Diagnostics::new();
    let place = document.place(&pointer("/a/2/three/missing"));
    diagnostics.push(codes::INTERNAL.rated(Severity::Note), &place, "", "");
    document.remove(&pointer("/a/0"));
    document.remove(&pointer("/a/1"));
    diagnostics.locate(&[&document]);
    let located = diagnostics.iter().next().expect("one");
    let line = located.location.as_ref().map(|location| location.line);
    assert_eq!(
        (line, located.pointer.as_str()),
        (Some(4), "/a/2/three/missing")
    );
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
