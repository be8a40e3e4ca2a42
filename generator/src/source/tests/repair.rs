use serde_json::json;

use super::{document, pointer, read};
use crate::diagnostic::Diagnostics;
use crate::source::Document;

/// The lines that are warned of, and what is read.
fn lenient(text: &str) -> (Vec<usize>, serde_json::Value) {
    let mut diagnostics = Diagnostics::new();
    let document = Document::parse("a.yaml", text.as_bytes(), &mut diagnostics)
        .unwrap_or_else(|| panic!("{text} can't be read: {diagnostics:?}"));
    let lines = diagnostics.iter().map(|one| {
        assert_eq!(one.code.as_str(), "lenient-yaml", "{text}");
        one.location.as_ref().expect("a place").line
    });
    (lines.collect(), document.value().to_json())
}

#[test]
fn closing_brackets_may_be_indented_no_deeper_than_their_dash() {
    let text = "examples:
  - {
    \"a\": 1,
    \"b\": [
      2
  ]
  }
  - {
    c: 3
}
after: d
";
    assert_eq!(
        lenient(text),
        (
            vec![10],
            json!({"examples": [{"a": 1, "b": [2]}, {"c": 3}], "after": "d"})
        )
    );
}

#[test]
fn strings_in_quotes_may_go_on_no_deeper_than_their_key() {
    let text = "a:\n  b: \"one\n  two\nthree\n    four\"\n  c: d\n";
    assert_eq!(
        lenient(text),
        (
            vec![3, 4],
            json!({"a": {"b": "one two three four", "c": "d"}})
        )
    );
}

#[test]
fn places_are_those_of_the_author() {
    let (document, _) = read("a:\n- {\n  b: 1,\nü: 2, d: e }\nc: 3\n");
    for (at, expected) in [
        ("/a", (1, 1)),
        ("/a/0", (2, 3)),
        ("/a/0/b", (3, 3)),
        ("/a/0/ü", (4, 1)),
        ("/a/0/d", (4, 7)),
        ("/c", (5, 1)),
    ] {
        let location = document.locate(&pointer(at)).expect("a place").location;
        assert_eq!((location.line, location.column), expected, "{at}");
    }
    let written = document.locate(&pointer("/a/0/ü")).expect("a place");
    assert_eq!(written.source_line.text, "ü: 2, d: e }");
}

#[test]
fn tabs_are_read_where_libyaml_takes_them() {
    for (text, expected) in [
        ("a: {\n\tb: 1\n}\n", json!({"a": {"b": 1}})),
        (
            "a: [\n  1,\n\t2\n  ]\nb: c\t\n",
            json!({"a": [1, 2], "b": "c"}),
        ),
    ] {
        assert_eq!(lenient(text).1, expected, "{text:?}");
    }
}

#[test]
fn what_libyaml_refuses_too_is_a_fault() {
    for text in ["a: {b: 1\nc: 2", "a:\n\tb: 1\n", "- {\n}\n- ]"] {
        let mut diagnostics = Diagnostics::new();
        let read = Document::parse("a.yaml", text.as_bytes(), &mut diagnostics);
        assert!(read.is_none(), "{text:?}");
        let codes: Vec<_> = diagnostics.iter().map(|one| one.code.as_str()).collect();
        assert_eq!(codes, ["syntax"], "{text:?}");
    }
}

#[test]
fn what_is_yaml_is_not_touched() {
    let text = "a:\n  - {\n    b: 1\n    }\n";
    assert_eq!(document(text).value().to_json(), json!({"a": [{"b": 1}]}));
}

#[test]
fn what_is_left_out_for_its_long_key_does_not_keep_the_rest_from_being_read() {
    let key = "k".repeat(1025);
    let text = format!("a:\n  - {{\n    b: 1\n}}\n? {key}\n: c\nd: e\n");
    let mut diagnostics = Diagnostics::new();
    let document = Document::parse("a.yaml", text.as_bytes(), &mut diagnostics);
    let codes: Vec<&str> = diagnostics.iter().map(|one| one.code.as_str()).collect();
    assert_eq!(codes, ["lenient-yaml", "too-large"], "{diagnostics:?}");
    let read = document.expect("a document").value().to_json();
    assert_eq!(read, json!({"a": [{"b": 1}], "d": "e"}));
}
