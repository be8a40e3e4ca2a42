use super::{document, pointer};
use crate::diagnostic::{Locate, Location, Pointer, SourceLine};
use crate::source::Document;

/// `line:column` of a node.
fn place(document: &Document, at: &str) -> String {
    let (location, _) = document.locate(&pointer(at)).expect("a place");
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
fn what_stands_behind_an_alias_is_at_its_use() {
    let document = document(YAML);
    assert_eq!(place(&document, "/j/k"), "9:3");
    assert_eq!(place(&document, "/m/k"), "10:1");
    assert_eq!(place(&document, "/n/k"), "11:1");
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
                .map(|(location, _)| location.line),
            Some(1),
            "{text}"
        );
    }
}

#[test]
fn the_line_comes_with_the_place() {
    let document = document(YAML);
    let (location, line) = document.locate(&pointer("/a/b")).expect("a place");
    assert_eq!(
        (location.file.as_str(), line.text.as_str()),
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
        let together = document.locate_all(&pointers.iter().collect::<Vec<_>>());
        for (at, place) in pointers.iter().zip(together) {
            assert_eq!(document.locate(at), place, "{at}");
            let line = |place: Option<(Location, SourceLine)>| place.map(|(location, _)| location);
            let ancestor = at.parent().and_then(|parent| document.locate(&parent));
            assert!(
                line(place) >= line(ancestor),
                "{at} stands before its parent"
            );
        }
    }
}
