use super::{document, pointer};
use crate::diagnostic::{Locate, NodeLocation, Pointer};
use crate::source::Document;

/// `line:column` of a node.
fn place(document: &Document, at: &str) -> String {
    let location = document.locate(&pointer(at)).expect("a place").location;
    format!("{}:{}", location.line, location.column)
}

const YAML: &str = "# a comment
a:
  b: [1, {c: 2}, 3]
  'd e':
  - f
  - g:
      h: i
j: &anchor
  k: l
m: *anchor
n:
  <<: *anchor
  o: p
\"q/r~s\": t
ü: {ö: 1, ä: 2}
";

#[test]
fn members_are_at_their_keys_and_elements_at_their_values() {
    let document = document(YAML);
    for (at, expected) in [
        ("", "2:1"),
        ("/a", "2:1"),
        ("/a/b", "3:3"),
        ("/a/b/0", "3:7"),
        ("/a/b/1", "3:10"),
        ("/a/b/1/c", "3:11"),
        ("/a/b/2", "3:18"),
        ("/a/d e", "4:3"),
        ("/a/d e/0", "5:5"),
        ("/a/d e/1", "6:5"),
        ("/a/d e/1/g/h", "7:7"),
        ("/q~1r~0s", "14:1"),
        ("/ü/ä", "15:11"),
    ] {
        assert_eq!(place(&document, at), expected, "{at}");
    }
}

#[test]
fn what_does_not_exist_is_at_its_nearest_ancestor() {
    let document = document(YAML);
    for (at, expected) in [
        ("/x", "2:1"),
        ("/a/b/9/z", "3:3"),
        ("/a/b/1/c/y/z", "3:11"),
        ("/a/d e/1/x", "6:5"),
    ] {
        assert_eq!(place(&document, at), expected, "{at}");
    }
}

#[test]
fn what_stands_behind_an_alias_is_at_its_anchor() {
    let document = document(YAML);
    assert_eq!(place(&document, "/j/k"), "9:3");
    assert_eq!(place(&document, "/m"), "8:1");
    assert_eq!(place(&document, "/m/k"), "9:3");
    assert_eq!(place(&document, "/n"), "11:1");
    assert_eq!(place(&document, "/n/k"), "9:3");
    assert_eq!(place(&document, "/n/o"), "13:3");
}

const JSON: &str = "{
  \"a\": {\"b\": [1, {\"c\": 2}, 3],
         \"d\\u0065\": \"f\"},
  \"g/h\": null, \"ü\": {\"ö\": 1, \"ä\": 2}
}";

#[test]
fn places_in_json() {
    let document = document(JSON);
    for (at, expected) in [
        ("", "1:1"),
        ("/a", "2:3"),
        ("/a/b", "2:9"),
        ("/a/b/0", "2:15"),
        ("/a/b/1", "2:18"),
        ("/a/b/1/c", "2:19"),
        ("/a/b/7", "2:9"),
        ("/a/de", "3:10"),
        ("/a/de/x", "3:10"),
        ("/g~1h", "4:3"),
        ("/ü/ä", "4:30"),
    ] {
        assert_eq!(place(&document, at), expected, "{at}");
    }
}

#[test]
fn the_first_of_two_equal_keys_counts() {
    for text in [
        "a: {b: 1}\na: {b: 2}\n",
        "{\"a\": {\"b\": 1},\n\"a\": {\"b\": 2}}",
    ] {
        let (document, _) = super::read(text);
        assert_eq!(
            document
                .locate(&pointer("/a/b"))
                .map(|written| written.location.line),
            Some(1),
            "{text}"
        );
    }
}

#[test]
fn the_line_comes_with_the_place() {
    let document = document(YAML);
    let written = document.locate(&pointer("/a/b")).expect("a place");
    assert_eq!(
        (
            written.location.file.as_str(),
            written.source_line.text.as_str()
        ),
        ("a.yaml", "  b: [1, {c: 2}, 3]")
    );
}

#[test]
fn every_node_is_found_by_its_own_pointer() {
    for text in [
        YAML.replace("m: *anchor\nn:\n  <<: *anchor\n  o: p\n", ""),
        JSON.to_owned(),
    ] {
        let document = document(&text);
        let mut pointers = vec![];
        let mut pending = vec![Pointer::root()];
        while let Some(at) = pending.pop() {
            match document.get(&at).map(crate::source::Value::data) {
                Some(crate::source::Data::Object(members)) => {
                    pending.extend(members.keys().map(|key| at.key(key)))
                }
                Some(crate::source::Data::Array(elements)) => {
                    pending.extend((0..elements.len()).map(|index| at.index(index)))
                }
                _ => {}
            }
            pointers.push(at);
        }
        let origins = pointers.iter().map(|at| document.place(at).origin);
        let together = document.locate_all(&origins.collect::<Vec<_>>());
        for (at, place) in pointers.iter().zip(together) {
            assert_eq!(document.locate(at), place, "{at}");
            let line = |place: Option<NodeLocation>| place.map(|written| written.location);
            assert_eq!(
                place.as_ref().map(|written| &written.pointer),
                Some(at),
                "{text}"
            );
            let ancestor = at.parent().and_then(|parent| document.locate(&parent));
            assert!(
                line(place) >= line(ancestor),
                "{at} stands before its parent"
            );
        }
    }
}

#[test]
fn keys_with_escapes_and_brackets_in_strings_do_not_confuse_the_walk() {
    let text = r#"{"a\"b\\": ["}", "\\", -1.5e3, true], "\u00fc": {"c": "]"}}"#;
    let document = document(text);
    for (at, expected) in [
        ("/a\"b\\/0", "1:13"),
        ("/a\"b\\/1", "1:18"),
        ("/a\"b\\/2", "1:24"),
        ("/a\"b\\/3", "1:32"),
        ("/ü", "1:39"),
        ("/ü/c", "1:50"),
    ] {
        assert_eq!(place(&document, at), expected, "{at}");
        let written = document.locate(&pointer(at)).expect("a place");
        assert_eq!(written.pointer, pointer(at));
    }
}

#[test]
fn merged_and_aliased_nodes_have_the_pointer_of_their_author() {
    let document =
        document("k: &k x\na: &a {b: 1}\nc:\n  <<: *a\n  *k : {e: f}\n  g:\n    <<: {d: 2}\n");
    let written = |at: &str| document.locate(&pointer(at)).expect("a place").pointer;
    assert_eq!(written("/c/b"), pointer("/a/b"));
    assert_eq!(written("/c/x/e"), pointer("/c/x/e"));
    assert_eq!(written("/c/g/d"), pointer("/c/g/<</d"));
}
