//! Errors have the path and never a value.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::runtime::decode::json::{JsonErrorKind, decode};
use crate::runtime::decode::words;

#[derive(Debug, PartialEq)]
struct Owner {
    id: i64,
    emails: Vec<String>,
    manager: Option<Box<Owner>>,
    labels: BTreeMap<String, i64>,
}

crate::record! {
    Owner: both {
        id: "id", required;
        emails: "emails", defaulted(Vec::new());
        manager: "manager", optional;
        labels: "labels", defaulted(BTreeMap::new());
    }
}

fn text<T: DeserializeOwned>(json: &str) -> String {
    match decode::<T>(json.as_bytes()) {
        Ok(_) => "decoded".to_owned(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn errors_have_the_path() {
    let cases = [
        (r#"{}"#, "`id` is missing (line 1, column 2)"),
        (
            r#"{"id":"x"}"#,
            "expected an integer of 64 bits at `id` (line 1, column 9)",
        ),
        (
            r#"{"id":1.5}"#,
            "expected an integer of 64 bits at `id` (line 1, column 9)",
        ),
        (
            r#"{"id":{"a":1}}"#,
            "expected an integer of 64 bits at `id` (line 1, column 6)",
        ),
        (
            r#"{"id": {"a":1}}"#,
            "expected an integer of 64 bits at `id` (line 1, column 7)",
        ),
        (
            r#"{"id":[1]}"#,
            "expected an integer of 64 bits at `id` (line 1, column 6)",
        ),
        (
            r#"{"id":null, "emails":[]}"#,
            "expected an integer of 64 bits at `id` (line 1, column 10)",
        ),
        (
            r#"{"id":true}"#,
            "expected an integer of 64 bits at `id` (line 1, column 10)",
        ),
        (
            r#"{"id":9223372036854775808}"#,
            "expected an integer of 64 bits at `id` (line 1, column 25)",
        ),
        (
            r#"{"id":1,"emails":["a",2]}"#,
            "expected a string at `emails[1]` (line 1, column 23)",
        ),
        (
            r#"{"id":1,"emails":["a",[]]}"#,
            "expected a string at `emails[1]` (line 1, column 22)",
        ),
        (
            r#"{"id":1,"emails":[{}]}"#,
            "expected a string at `emails[0]` (line 1, column 18)",
        ),
        (
            r#"{"id":1,"emails":["a", 2 , "b"]}"#,
            "expected a string at `emails[1]` (line 1, column 24)",
        ),
        (
            r#"{"id":1,"emails":"a"}"#,
            "expected an array at `emails` (line 1, column 20)",
        ),
        (
            r#"{"id":1,"manager":{"emails":[]}}"#,
            "`manager.id` is missing (line 1, column 31)",
        ),
        (
            r#"{"id":1,"manager":{"id":2,"manager":{"id":3,"emails":["x",null]}},"emails":["y"]}"#,
            "expected a string at `manager.manager.emails[1]` (line 1, column 62)",
        ),
        (
            r#"{"id":1,"labels":{"a":1,"b c.d":"2"}}"#,
            "expected an integer of 64 bits at `labels[\"b c.d\"]` (line 1, column 35)",
        ),
        (
            r#"{"id":1,"labels":{"a":1,"日本":"2"}}"#,
            "expected an integer of 64 bits at `labels.日本` (line 1, column 36)",
        ),
        (
            "{\n  \"id\": 1,\n  \"emails\": [\n    3\n  ]\n}",
            "expected a string at `emails[0]` (line 4, column 5)",
        ),
        (
            "{\n\n\"emails\":[]\n}",
            "`id` is missing (line 4, column 1)",
        ),
    ];
    for (json, expected) in cases {
        assert_eq!(text::<Owner>(json), expected, "{json}");
    }
    assert_eq!(
        text::<Vec<Owner>>(r#"[{"id":1},{"id":2},{}]"#),
        "`[2].id` is missing (line 1, column 21)"
    );
    assert_eq!(
        text::<Vec<Owner>>(r#"[{"id":1},{"id":{}}]"#),
        "expected an integer of 64 bits at `[1].id` (line 1, column 16)"
    );
    assert_eq!(
        text::<Vec<Owner>>(r#"{"a":{}}"#),
        "expected an array (line 1, column 0)"
    );
    assert_eq!(
        text::<i32>("3000000000"),
        "expected an integer of 32 bits (line 1, column 10)"
    );
    assert_eq!(
        text::<(i64, i64)>(r#"[1]"#),
        "expected a tuple of size 2 (line 1, column 3)"
    );
}

#[test]
fn invalid_json_is_distinguished_from_json_of_another_type() {
    let cases = [
        ("", JsonErrorKind::Truncated),
        ("  ", JsonErrorKind::Truncated),
        (r#"{"id":"#, JsonErrorKind::Truncated),
        (r#"{"id":1"#, JsonErrorKind::Truncated),
        (r#"{"emails":["a"#, JsonErrorKind::Truncated),
        ("<html>", JsonErrorKind::Syntax),
        (r#"{"id":1}}"#, JsonErrorKind::Syntax),
        (r#"{"id":1,}"#, JsonErrorKind::Syntax),
        (r#"{"id":01}"#, JsonErrorKind::Syntax),
        ("{'id':1}", JsonErrorKind::Syntax),
        (r#"{"id":"1"}"#, JsonErrorKind::Mismatch),
        (r#"{"emails":[]}"#, JsonErrorKind::Missing),
    ];
    for (json, kind) in cases {
        let error = decode::<Owner>(json.as_bytes()).unwrap_err();
        assert_eq!(error.kind(), kind, "{json}");
    }
    let invalid = decode::<Owner>(b"{\"id\":1,\"emails\":[\"\xff\"]}").unwrap_err();
    assert_eq!(invalid.kind(), JsonErrorKind::Syntax);
}

#[test]
fn a_byte_order_mark_is_skipped() {
    assert_eq!(decode::<i64>(b"\xEF\xBB\xBF7").unwrap(), 7);
}

#[test]
fn an_integer_may_be_written_with_a_fraction_or_an_exponent() {
    let read = |json: &str| decode::<Owner>(json.as_bytes());
    for (number, expected) in [
        ("1.0", 1),
        ("-12.000", -12),
        ("1e3", 1000),
        ("1E+3", 1000),
        ("1.0e1", 10),
        ("1.25e2", 125),
        ("1200e-2", 12),
        ("-0.5e1", -5),
        ("-0", 0),
        ("-0.0", 0),
        ("0e99999999999999999999", 0),
        ("0.000e-5", 0),
        ("9007199254740993.0", 9_007_199_254_740_993),
        ("9.223372036854775807e18", i64::MAX),
        ("-9.223372036854775808e18", i64::MIN),
    ] {
        let id = read(&format!(r#"{{"id":{number} ,"emails":["1.0"]}}"#));
        assert_eq!(id.unwrap().id, expected, "{number}");
    }
    let strings = r#"{"emails":["1.0","\"2.0","1e3\\"],"id":1e0}"#;
    assert_eq!(read(strings).unwrap().emails, ["1.0", "\"2.0", "1e3\\"]);
    let labels = read(r#"{"labels":{"a":3.0,"b":3e2},"id":1}"#)
        .unwrap()
        .labels;
    assert_eq!((labels["a"], labels["b"]), (3, 300));
    assert_eq!(
        decode::<Vec<f64>>(b"[1.0,2,1e3]").unwrap(),
        [1.0, 2.0, 1000.0]
    );
    assert_eq!(
        decode::<Vec<u64>>(b"[18446744073709551615.0]").unwrap(),
        [u64::MAX]
    );
}

#[derive(Debug)]
struct Measure {
    id: i64,
    ratio: f64,
    other: Value,
}

crate::record! { Measure: read { id: "id", required; ratio: "ratio", required; other: "other", required; } }

#[test]
fn a_negative_zero_keeps_its_sign_beside_whole_numbers() {
    for id in ["1", "1.0", "1e0", "[1.0]"] {
        let json = format!(r#"{{"ratio":-0.0,"id":{id},"other":[-0.0]}}"#);
        match decode::<Measure>(json.as_bytes()) {
            Ok(measure) => {
                assert_eq!(measure.id, 1);
                assert!(measure.ratio.is_sign_negative(), "{id}");
                assert_eq!(measure.other, serde_json::json!([-0.0]), "{id}");
            }
            Err(error) => assert_eq!((id, error.path(), error.column()), ("[1.0]", "id", 19)),
        }
    }
    // Where an integer is, it has no sign.
    let zero: Measure = decode(br#"{"id":-0.0,"ratio":1,"other":-0}"#).unwrap();
    assert_eq!(zero.id, 0);
}

#[test]
fn a_fraction_is_no_integer() {
    for number in [
        "1.5",
        "1.01",
        "1e-1",
        "125e-2",
        "0.5e-99999999999999999999",
        "1e99999999999999999999",
        "1e19",
        "9.3e18",
        "1e39",
        "\"1\"",
        "\"1.0\"",
    ] {
        let error = decode::<Owner>(format!(r#"{{"id":{number}}}"#).as_bytes()).unwrap_err();
        assert_eq!(error.kind(), JsonErrorKind::Mismatch, "{number}");
    }
}

#[test]
fn an_error_after_a_whole_number_has_its_place() {
    for (json, line, column) in [
        (r#"{"id":1.0,"emails":[1.0]}"#, 1, 21),
        (r#"{"id":1e1,"emails":[1]}"#, 1, 21),
        (r#"{"id":1e18,"emails":[1]}"#, 1, 22),
        ("{\"id\":1e18,\n\"emails\":[1]}", 2, 11),
        (
            "{\"labels\":{\"a\":1e9,\n\"b\":1e9},\"id\":1e18,\"emails\":[1]}",
            2,
            30,
        ),
    ] {
        let error = decode::<Owner>(json.as_bytes()).unwrap_err();
        assert_eq!(error.path(), "emails[0]", "{json}");
        assert_eq!((error.line(), error.column()), (line, column), "{json}");
    }
}

#[test]
fn what_is_no_number_does_not_become_one() {
    for number in [
        "01.0", "00e1", "1.", "1.e3", "1e", "1e+", "-", "1.0.0", "1e3e3", "--1", "+1.0",
    ] {
        let json = format!("[1.0,{number}]");
        assert!(decode::<Vec<i64>>(json.as_bytes()).is_err(), "{number}");
    }
}

#[test]
fn a_number_that_no_double_holds_is_a_mismatch_at_its_place() {
    for json in ["{\"a\":[1,1e400]}", "{\"a\":[1,-1.5E+999 ,2]}"] {
        let error = decode::<BTreeMap<String, Vec<f64>>>(json.as_bytes()).unwrap_err();
        assert_eq!(error.kind(), JsonErrorKind::Mismatch, "{json}");
        assert_eq!(error.path(), "a[1]", "{json}");
        assert_eq!(error.expected(), Some("a number of 64 bits"), "{json}");
    }
    for json in ["[NaN]", "[Infinity]", "[-Infinity]", "[1e4x]"] {
        let error = decode::<Vec<f64>>(json.as_bytes()).unwrap_err();
        assert_ne!(
            error.expected(),
            Some("a number of 64 bits"),
            "{json}: {error}"
        );
    }
    assert!(decode::<Vec<f64>>(br#"["NaN"]"#).is_err());
}

#[test]
fn doubles_are_read_to_their_last_digit() {
    let doubles = [
        "51.24817837550540",
        "-93.3113703768803",
        "-36.5739948427534",
        "52.31400820410624",
        "97.4536532003468",
        "2.0030397744267762e-253",
        "7.038531e-26",
        "1.7976931348623157e308",
        "5e-324",
    ];
    for text in doubles {
        let read: f64 = decode(text.as_bytes()).unwrap();
        assert_eq!(read, text.parse::<f64>().unwrap(), "{text}");
    }
}

#[test]
fn deep_nesting_is_an_error() {
    let lists = "[".repeat(100_000);
    assert_eq!(
        decode::<Value>(lists.as_bytes()).unwrap_err().kind(),
        JsonErrorKind::TooDeep
    );
    let closed = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(
        decode::<Value>(closed.as_bytes()).unwrap_err().kind(),
        JsonErrorKind::TooDeep
    );
    let managers = format!(
        "{}{}",
        r#"{"id":1,"manager":"#.repeat(100_000),
        "}".repeat(100_000)
    );
    let error = decode::<Owner>(managers.as_bytes()).unwrap_err();
    assert_eq!(error.kind(), JsonErrorKind::TooDeep);
    assert!(error.path().len() < 300, "{}", error.path().len());

    let ignored = format!(r#"{{"id":1,"unknown":{closed}}}"#);
    assert_eq!(decode::<Owner>(ignored.as_bytes()).unwrap().id, 1);

    let within = format!(
        "{}{}{}",
        r#"{"id":1,"manager":"#.repeat(126),
        r#"{"id":2}"#,
        "}".repeat(126)
    );
    assert!(decode::<Owner>(within.as_bytes()).is_ok());
}

#[test]
fn long_paths_are_cut() {
    let name = "日本".repeat(1_000);
    let json = format!(r#"{{"{name}":[1,{{"{name}":2}}]}}"#);
    let error =
        decode::<BTreeMap<String, Vec<BTreeMap<String, String>>>>(json.as_bytes()).unwrap_err();
    assert!(
        error.path().starts_with("日本") && error.path().ends_with("[0]"),
        "{error}"
    );
    assert!(error.path().chars().count() <= 201, "{error}");
}

/// Every value of every document contains this. No error may contain it.
const VALUE: &str = "s3cr3t";

#[test]
fn no_error_shows_a_value() {
    let values = [
        format!(r#""{VALUE}""#),
        format!(r#""{VALUE}, expected {VALUE}""#),
        format!(r#""`{VALUE}`: missing field `{VALUE}`""#),
        format!(r#""\u0001{VALUE}\u0001missing""#),
        format!(r#"[["{VALUE}"]]"#),
        format!(r#"{{"manager":{{"id":"{VALUE}"}}}}"#),
        VALUE.to_owned(),
        "987654321987654321987654321".to_owned(),
        "9876543.21".to_owned(),
        "987654321".to_owned(),
        format!(r#""{VALUE}"#),
        format!(r#"{{"{VALUE}":}}"#),
    ];
    let mut seen = 0;
    for value in &values {
        for json in [
            value.clone(),
            format!(r#"{{"id":{value}}}"#),
            format!(r#"{{"id":1,"emails":{value}}}"#),
            format!(r#"{{"id":1,"emails":["{VALUE}",{value}]}}"#),
            format!(r#"{{"id":1,"labels":{{"a":{value}}}}}"#),
            format!(r#"{{"id":1,"manager":{value}}}"#),
        ] {
            if let Err(error) = decode::<Owner>(json.as_bytes()) {
                seen += 1;
                let shown = format!("{error} {error:?}").replace(error.path(), "");
                assert!(
                    !shown.contains(VALUE) && !shown.contains("98765"),
                    "{json}: {shown}"
                );
            }
        }
    }
    assert!(seen > 60, "{seen}");
}

#[derive(Debug)]
struct Custom;

impl<'de> serde::Deserialize<'de> for Custom {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Err(serde::de::Error::custom(format!(
            "what is {text}, expected {text}"
        )))
    }
}

#[test]
fn the_message_of_a_foreign_type_is_dropped() {
    let error = decode::<BTreeMap<String, Custom>>(br#"{"a":"s3cr3t"}"#).unwrap_err();
    assert_eq!(error.kind(), JsonErrorKind::Mismatch);
    assert_eq!(error.expected(), None);
    assert!(!format!("{error} {error:?}").contains(VALUE));
}

/// An integer whose type has other error messages, as a later serde_json may have.
#[derive(Debug)]
struct Reworded(i64);

impl<'de> serde::Deserialize<'de> for Reworded {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)?.as_i64() {
            Some(value) => Ok(Self(value)),
            None => Err(serde::de::Error::custom(
                "found a decimal where digits belong",
            )),
        }
    }
}

#[test]
fn an_integer_with_a_zero_fraction_is_decoded_whatever_serdes_message() {
    let read = |json: &str| decode::<BTreeMap<String, Reworded>>(json.as_bytes());
    assert_eq!(read(r#"{"a":1.0}"#).unwrap()["a"].0, 1);
    let error = read(r#"{"a":1.5,"b":1.0}"#).unwrap_err();
    assert_eq!(
        error.to_string(),
        "unexpected value at `a` (line 1, column 8)"
    );
}

/// Reads an owner, and changes the message of its error.
#[derive(Debug)]
struct Recovers;

impl<'de> serde::Deserialize<'de> for Recovers {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Owner::deserialize(deserializer) {
            Ok(_) => Ok(Self),
            Err(_) => Err(serde::de::Error::custom("no owner")),
        }
    }
}

#[test]
fn an_error_that_a_type_replaced_is_not_reported() {
    let error = decode::<Recovers>(b"{}").unwrap_err();
    assert_eq!(error.kind(), JsonErrorKind::Mismatch);
    assert_eq!(error.path(), "");
}

#[test]
fn an_unknown_message_adds_nothing_to_an_error() {
    for (message, expected) in [
        (
            "invalid type: string \"s3cr3t\", expected i64 at line 1 column 9",
            "an integer of 64 bits",
        ),
        (
            "invalid length 1, expected a tuple of size 2",
            "a tuple of size 2",
        ),
        ("expected a boolean", "a boolean"),
        ("invalid type: expected i64, found string \"s3cr3t\"", ""),
        ("invalid type: expected \"s3cr3t\"", ""),
        ("wanted i64, got \"s3cr3t\"", ""),
        ("expected a tuple of size s3cr3t", ""),
        ("", ""),
    ] {
        assert_eq!(words::expected(message), expected, "{message}");
    }
    assert_eq!(words::missing("missing field `a` at line 1"), Some("a"));
    assert_eq!(words::missing("field `a` is absent"), None);
}

#[test]
fn other_readers_show_the_message_of_a_records_error() {
    let error = serde_json::from_str::<Owner>("{}").unwrap_err();
    assert_eq!(error.to_string(), "`id` is missing at line 1 column 2");
}

#[test]
fn only_the_text_of_an_error_depends_on_serdes_message() {
    let runtime = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/runtime");
    let mut seen = 0;
    for folder in ["decode", "encode"] {
        for file in std::fs::read_dir(runtime.join(folder)).unwrap() {
            let path = file.unwrap().path();
            let source = std::fs::read_to_string(&path).unwrap();
            let code = source.lines().filter(|line| !line.trim().starts_with("//"));
            let source: String = code.collect();
            let is_words = path.ends_with("decode/words.rs");
            for text in [
                "\"missing field",
                "\"invalid type",
                "\"invalid value",
                "\"invalid length",
                "floating point `",
                "\"recursion limit",
                "serde_json::private",
                "\"expected \"",
            ] {
                assert!(
                    is_words || !source.contains(text),
                    "{}: {text}",
                    path.display()
                );
            }
            seen += 1;
        }
    }
    assert!(seen > 20, "{seen}");
}
