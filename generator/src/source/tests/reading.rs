use std::collections::HashSet;
use std::hash::BuildHasher;

use serde::Deserialize;

use super::{document, json, node, read};
use crate::diagnostic::Diagnostics;
use crate::source::{Data, Document, Number, Object, from_value};

#[test]
fn yaml_scalars() {
    let text = "[a, 'b', \"c\\n\", 1, -2, 1.5, true, False, null, ~, '1', yes, no, on, 2020-01-01, 1_000, 0x1F, 0o17, !!str 5]";
    assert_eq!(
        json(&format!("list: {text}")),
        r#"{"list":["a","b","c\n",1,-2,1.5,true,false,null,null,"1","yes","no","on","2020-01-01","1_000",31,15,"5"]}"#
    );
}

#[test]
fn keys_are_strings_whatever_they_look_like() {
    assert_eq!(
        json("200: a\ntrue: b\nnull: c\n1.10: d\n~: e\n"),
        r#"{"1.10":"d","200":"a","null":"c","true":"b","~":"e"}"#
    );
}

#[test]
fn aliases_and_merge_keys() {
    let text = "base: &base {a: 1, b: 2}\nother: &other {b: 3, c: 4}\none: {<<: *base, a: 5}\nboth: {<<: [*base, *other], d: 6}\nsame: *base\n";
    assert_eq!(
        json(text),
        r#"{"base":{"a":1,"b":2},"both":{"a":1,"b":2,"c":4,"d":6},"one":{"a":5,"b":2},"other":{"b":3,"c":4},"same":{"a":1,"b":2}}"#
    );
}

#[test]
fn a_quoted_merge_key_is_a_key() {
    assert_eq!(json("'<<': {a: 1}"), r#"{"<<":{"a":1}}"#);
}

#[test]
fn aliases_may_be_keys() {
    assert_eq!(json("a: &name b\n*name : c\n"), r#"{"a":"b","b":"c"}"#);
}

#[test]
fn json_is_read_as_json() {
    let text = "\t{\"a\\u00e9\\ud83d\\ude00\": [1, -2.50, 1e3, true, null, \"b\\/\"], \"c\": {}}";
    assert_eq!(
        json(text),
        "{\"aé😀\":[1,-2.5,1000.0,true,null,\"b/\"],\"c\":{}}"
    );
}

#[test]
fn yaml_that_begins_like_json_is_read() {
    assert_eq!(json("{a: 1, b: [c, d,],}"), r#"{"a":1,"b":["c","d"]}"#);
}

#[test]
fn a_byte_order_mark_is_skipped() {
    assert_eq!(json("\u{feff}a: 1"), r#"{"a":1}"#);
    assert_eq!(json("\u{feff}{\"a\": 1}"), r#"{"a":1}"#);
}

#[test]
fn carriage_returns_are_line_breaks() {
    assert_eq!(json("a: 1\r\nb:\r\n- c\r\n"), r#"{"a":1,"b":["c"]}"#);
}

#[test]
fn integers_of_any_size_survive() {
    for text in [
        "a: 340282366920938463463374607431768211455",
        "{\"a\": 340282366920938463463374607431768211455}",
    ] {
        let document = document(text);
        let number = node(&document, "/a")
            .as_number()
            .cloned()
            .expect("a number");
        assert_eq!(number.as_str(), "340282366920938463463374607431768211455");
        assert_eq!(
            (number.as_i128(), number.as_i64(), number.is_integer()),
            (None, None, true)
        );
    }
    let document = document("a: -9223372036854775809");
    assert_eq!(
        node(&document, "/a").as_number().and_then(Number::as_i128),
        Some(-9_223_372_036_854_775_809)
    );
}

#[test]
fn numbers_are_equal_when_they_mean_the_same() {
    let number = |text: &str| Number::parse(text).expect("a number");
    assert_eq!(number("1"), number("1.0"));
    assert_eq!(number("1e3"), number("1000"));
    assert_eq!(number("0x10"), number("16"));
    assert_ne!(number("1"), number("1.5"));
    assert_ne!(number("9007199254740993"), number("9007199254740992"));
    assert_ne!(
        number("18446744073709551617"),
        number("18446744073709551616")
    );
}

#[test]
fn what_is_no_number() {
    for text in [
        "", "-", "+", ".", "1.2.3", "1e", "e1", "0x", "0xg", "-0x1", "0o8", "1a", "1 ", "--1",
        ".e1", "inf", "nan",
    ] {
        assert!(Number::parse(text).is_none(), "{text:?}");
    }
    for text in [
        "0", "-1", "+1", "1.", ".5", "-.5", "1e5", "1E-5", ".inf", "-.Inf", ".nan", "007",
    ] {
        assert!(Number::parse(text).is_some(), "{text:?}");
    }
}

#[test]
fn duplicates_are_reported_and_the_first_wins() {
    for text in [
        "a: 1\nb: 2\na: 3\n",
        "{\"a\": 1, \"b\": 2, \"a\": 3}",
        "{\"a\": 1, \"b\": 2, \"\\u0061\": 3}",
    ] {
        let (document, codes) = read(text);
        assert_eq!(codes, ["duplicate-key"], "{text}");
        assert_eq!(
            node(&document, "/a").as_number().and_then(Number::as_i64),
            Some(1)
        );
    }
}

fn fault(bytes: &[u8]) -> (&'static str, usize, usize, String) {
    let mut diagnostics = Diagnostics::new();
    assert!(Document::parse("a", bytes, &mut diagnostics).is_none());
    assert_eq!(diagnostics.len(), 1);
    let diagnostic = diagnostics.iter().next().expect("a diagnostic");
    let location = diagnostic.location.as_ref().expect("a location");
    (
        diagnostic.code.as_str(),
        location.line,
        location.column,
        diagnostic.message.clone(),
    )
}

#[test]
fn what_cannot_be_read() {
    assert_eq!(
        fault(b"a: 1\nb: \xff\n"),
        (
            "invalid-utf8",
            2,
            4,
            "the file is not valid UTF-8".to_owned()
        )
    );
    assert_eq!(
        fault(b"\xff\xfea\0:\0\n\0\0\xd8 \0"),
        (
            "invalid-utf8",
            2,
            1,
            "the file is not valid UTF-16".to_owned()
        )
    );
    assert_eq!(fault(b"").0, "empty-document");
    assert_eq!(fault(b"\n \n# nothing\n").0, "empty-document");
    assert_eq!(fault(b"---\n").0, "empty-document");
    assert_eq!(
        fault("{\"a\": 1,\n \"\u{fc}\u{fc}\": \"\\q\"}".as_bytes()),
        (
            "syntax",
            2,
            10,
            "this is not valid JSON: invalid escape".to_owned()
        )
    );
    assert_eq!(fault(b"{\"a\": \"\\ud83d\"}").0, "syntax");
    assert_eq!(fault(b"{\"a\": 1} x").0, "syntax");
    assert_eq!(fault(b"a: [1, 2").0, "syntax");
    assert_eq!(fault(b"a: 'b").0, "syntax");
    assert_eq!(fault(b"a: {b: 1\nc: 2").0, "syntax");
}

#[test]
fn byte_order_marks_say_how_a_text_is_encoded() {
    let text = "a: ü\nb: 𝄞\n";
    let units: Vec<u16> = text.encode_utf16().collect();
    let with = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
    let little = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let big = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
    for bytes in [
        with(b"\xef\xbb\xbf", text.as_bytes().to_vec()),
        with(b"\xff\xfe", little),
        with(b"\xfe\xff", big),
    ] {
        let mut diagnostics = Diagnostics::new();
        let read = Document::parse("a", &bytes, &mut diagnostics).expect("a document");
        assert!(diagnostics.is_empty());
        assert_eq!(*read.value(), *document(text).value());
        let written = read.locate(&super::pointer("/b")).expect("a place");
        assert_eq!((written.location.line, written.location.column), (2, 1));
    }
    assert_eq!(fault(b"\xfe\xff\0a\0").3, "the file is not valid UTF-16");
}

#[test]
fn null_bytes_do_no_harm() {
    let mut diagnostics = Diagnostics::new();
    let _ = Document::parse("a", b"a: b\0c\nd: \0\n", &mut diagnostics);
    let _ = Document::parse("a", b"\0", &mut diagnostics);
    let _ = Document::parse("a", b"{\"a\": \"\0\"}", &mut diagnostics);
    assert!(diagnostics.has_fatal());
}

#[test]
fn types_are_read_from_values() {
    #[derive(Debug, PartialEq, Deserialize)]
    enum Kind {
        Unit,
        New(u8),
        Tuple(u8, u8),
        Struct { a: u8 },
    }
    #[derive(Debug, PartialEq, Deserialize)]
    struct Everything {
        text: String,
        small: u8,
        large: u64,
        negative: i64,
        float: f64,
        truth: bool,
        none: Option<u8>,
        some: Option<u8>,
        unit: (),
        list: Vec<(u8, char)>,
        kinds: Vec<Kind>,
    }
    let document = document(
        "text: a\nsmall: 1\nlarge: 18446744073709551615\nnegative: -1\nfloat: 1\ntruth: true\nnone:\nsome: 2\nunit: null\nlist: [[1, a]]\nkinds: [Unit, {New: 1}, {Tuple: [1, 2]}, {Struct: {a: 1}}]\n",
    );
    let everything: Everything = from_value(document.value()).expect("everything");
    assert_eq!(
        everything,
        Everything {
            text: "a".to_owned(),
            small: 1,
            large: u64::MAX,
            negative: -1,
            float: 1.0,
            truth: true,
            none: None,
            some: Some(2),
            unit: (),
            list: vec![(1, 'a')],
            kinds: vec![
                Kind::Unit,
                Kind::New(1),
                Kind::Tuple(1, 2),
                Kind::Struct { a: 1 }
            ],
        }
    );
}

#[test]
fn the_order_of_members_does_not_count() {
    let document = document("[{a: 1, b: {c: 2, d: 3}}, {b: {d: 3, c: 2}, a: 1}, {a: 1}]");
    let values = document.value().as_array().expect("a list");
    assert_eq!(values.iter().collect::<HashSet<_>>().len(), 2);
}

#[test]
fn keys_that_collide_cannot_be_known() {
    let hash = |object: Object| object.hasher().hash_one("a");
    assert_ne!(hash(Object::default()), hash(Object::default()));
}

#[test]
fn what_a_type_does_not_take_is_an_error() {
    assert!(from_value::<u8>(document("300").value()).is_err());
    assert!(from_value::<Vec<u8>>(document("a: 1").value()).is_err());
    assert!(from_value::<(u8, u8)>(document("[1, 2, 3]").value()).is_err());
    assert!(from_value::<String>(&Data::Null.into()).is_err());
}

#[test]
fn numbers_beyond_64_bits_come_as_doubles() {
    let document = document("[18446744073709551616, 1e400]");
    let values: Vec<serde_json::Value> = from_value(document.value()).expect("values");
    assert_eq!(
        serde_json::to_string(&values).expect("JSON"),
        "[1.8446744073709552e+19,null]"
    );
}
