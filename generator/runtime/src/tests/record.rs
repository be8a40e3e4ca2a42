//! Every presence against absent, null and a value, in both directions.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use serde_json::Value;

use crate::runtime::json::{JsonErrorKind, decode};
use crate::runtime::nullable::Nullable;

#[derive(Debug, Clone, PartialEq)]
struct Pet {
    id: i64,
    owner: Option<String>,
    nickname: Option<String>,
    weight: Option<Nullable<f64>>,
    alive: bool,
}

crate::record! {
    Pet: both {
        id: "id", required;
        owner: "owner", required_nullable;
        nickname: "nick-name", optional;
        weight: "weight", optional_nullable;
        alive: "alive", defaulted(true);
    }
}

fn pet() -> Pet {
    Pet {
        id: 1,
        owner: None,
        nickname: None,
        weight: None,
        alive: true,
    }
}

fn read(json: &str) -> Pet {
    decode(json.as_bytes()).unwrap()
}

#[test]
fn every_presence_reads_absent_null_and_value() {
    assert_eq!(read(r#"{"id":1}"#), pet());
    let nulls = r#"{"id":1,"owner":null,"nick-name":null,"weight":null,"alive":null}"#;
    let expected = Pet {
        weight: Some(Nullable::Null),
        ..pet()
    };
    assert_eq!(read(nulls), expected);
    let values = r#"{"id":2,"owner":"o","nick-name":"n","weight":1.5,"alive":false}"#;
    let expected = Pet {
        id: 2,
        owner: Some("o".to_owned()),
        nickname: Some("n".to_owned()),
        weight: Some(Nullable::Value(1.5)),
        alive: false,
    };
    assert_eq!(read(values), expected);
}

#[test]
fn every_presence_writes_absent_null_and_value() {
    let write = |pet: &Pet| serde_json::to_string(pet).unwrap();
    assert_eq!(write(&pet()), r#"{"id":1,"owner":null,"alive":true}"#);
    let nulled = Pet {
        weight: Some(Nullable::Null),
        ..pet()
    };
    assert_eq!(
        write(&nulled),
        r#"{"id":1,"owner":null,"weight":null,"alive":true}"#
    );
    let full = Pet {
        id: 2,
        owner: Some("o".to_owned()),
        nickname: Some("n".to_owned()),
        weight: Some(Nullable::Value(1.5)),
        alive: false,
    };
    assert_eq!(
        write(&full),
        r#"{"id":2,"owner":"o","nick-name":"n","weight":1.5,"alive":false}"#
    );
}

#[test]
fn a_required_member_is_neither_absent_nor_null() {
    let missing = decode::<Pet>(b"{}").unwrap_err();
    assert_eq!(
        (missing.kind(), missing.path()),
        (JsonErrorKind::Missing, "id")
    );
    let null = decode::<Pet>(br#"{"id":null}"#).unwrap_err();
    assert_eq!(
        (null.kind(), null.path(), null.expected()),
        (JsonErrorKind::Mismatch, "id", Some("an integer of 64 bits"))
    );
}

#[test]
fn unknown_members_are_ignored_and_the_last_duplicate_wins() {
    let json = r#"{"new":{"id":[1,{"id":2}]},"id":1,"alive":false,"id":7,"alive":null}"#;
    assert_eq!(read(json), Pet { id: 7, ..pet() });
}

#[test]
fn names_with_escapes_are_recognised() {
    assert_eq!(read(r#"{"\u0069d":3}"#).id, 3);
    let value: Value = serde_json::from_str(r#"{"id":4}"#).unwrap();
    assert_eq!(serde_json::from_value::<Pet>(value).unwrap().id, 4);
    let reader = br#"{"id":5}"#.as_slice();
    assert_eq!(serde_json::from_reader::<_, Pet>(reader).unwrap().id, 5);
}

#[test]
fn only_objects_are_records() {
    for json in ["[1,null,null,null,true]", "null", "1", "\"a\"", "true"] {
        let error = decode::<Pet>(json.as_bytes()).unwrap_err();
        assert_eq!(
            (error.path(), error.expected()),
            ("", Some("an object")),
            "{json}"
        );
    }
}

struct Empty {}

crate::record! { Empty: both {} }

#[test]
fn a_record_may_have_no_fields() {
    let Empty {} = decode(br#"{"a":1}"#).unwrap();
    assert_eq!(serde_json::to_string(&Empty {}).unwrap(), "{}");
}

#[derive(Debug, PartialEq)]
struct Labels {
    id: i64,
    extra: BTreeMap<String, String>,
}

crate::record! {
    Labels: both {
        id: "id", required;
        ..extra;
    }
}

struct Only {
    extra: BTreeMap<String, Date>,
}

crate::record! { Only: both { ..extra as time; } }

#[test]
fn members_without_a_field_are_kept_where_there_is_a_place() {
    let labels: Labels = decode(br#"{"b":"2","id":1,"a":"1"}"#).unwrap();
    let extra = [("a", "1"), ("b", "2")];
    let extra = extra.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(
        labels,
        Labels {
            id: 1,
            extra: extra.into()
        }
    );
    assert_eq!(
        serde_json::to_string(&labels).unwrap(),
        r#"{"id":1,"a":"1","b":"2"}"#
    );
    let error = decode::<Labels>(br#"{"id":1,"a":2}"#).unwrap_err();
    assert_eq!((error.path(), error.expected()), ("a", Some("a string")));

    let only: Only = decode(br#"{"born":"2024-02-29T00:00:00Z"}"#).unwrap();
    assert_eq!(only.extra["born"], date(2024, 2, 29));
    assert_eq!(
        serde_json::to_string(&only).unwrap(),
        r#"{"born":"2024-02-29"}"#
    );
}

struct Times {
    required: Timestamp,
    nullable: Option<Timestamp>,
    optional: Option<Date>,
    three: Option<Nullable<Date>>,
    defaulted: Date,
    list: Vec<Option<Timestamp>>,
}

crate::record! {
    Times: both {
        required: "required", required as time;
        nullable: "nullable", required_nullable as time;
        optional: "optional", optional as time;
        three: "three", optional_nullable as time;
        defaulted: "defaulted", defaulted(Date::ZERO) as time;
        list: "list", required as time;
    }
}

#[test]
fn a_codec_reads_every_presence() {
    let json = br#"{"required":"2024-01-02 03:04:05","nullable":"2024-01-02T03:04:05","optional":"2024-01-02T03:04:05Z",
        "three":"2024-01-02 00:00:00","defaulted":"2024-01-02","list":["2024-01-02",null]}"#;
    let times: Times = decode(json).unwrap();
    let day = date(2024, 1, 2);
    let at: Timestamp = "2024-01-02T03:04:05Z".parse().unwrap();
    assert_eq!(times.required, at);
    assert_eq!(times.nullable, Some(at));
    assert_eq!(times.optional, Some(day));
    assert_eq!(times.three, Some(Nullable::Value(day)));
    assert_eq!(times.defaulted, day);
    assert_eq!(
        times.list,
        [Some("2024-01-02T00:00:00Z".parse().unwrap()), None]
    );
    assert_eq!(
        serde_json::to_string(&times).unwrap(),
        r#"{"required":"2024-01-02T03:04:05Z","nullable":"2024-01-02T03:04:05Z","optional":"2024-01-02","three":"2024-01-02","defaulted":"2024-01-02","list":["2024-01-02T00:00:00Z",null]}"#
    );

    let json = br#"{"required":"2024-01-02","nullable":null,"optional":null,"three":null,"defaulted":null,"list":[]}"#;
    let times: Times = decode(json).unwrap();
    assert_eq!(times.nullable, None);
    assert_eq!(times.optional, None);
    assert_eq!(times.three, Some(Nullable::Null));
    assert_eq!(times.defaulted, Date::ZERO);

    let error = decode::<Times>(br#"{"required":"2024-01-02","list":["2024-01-02","soon"]}"#);
    let error = error.err().unwrap();
    assert_eq!(
        error.to_string(),
        "expected a timestamp (RFC 3339) at `list[1]` (line 1, column 52)"
    );
}

#[derive(Debug, PartialEq)]
struct Basket {
    items: Vec<i64>,
    labels: BTreeMap<String, String>,
    days: Vec<Date>,
}

crate::record! {
    Basket: both {
        items: "items", omitted_when_empty;
        labels: "labels", omitted_when_empty;
        days: "days", omitted_when_empty as time;
    }
}

#[test]
fn an_empty_list_or_map_is_not_written_where_it_is_omitted() {
    let empty = Basket {
        items: Vec::new(),
        labels: BTreeMap::new(),
        days: Vec::new(),
    };
    let full = Basket {
        items: vec![1],
        labels: BTreeMap::from([("a".to_owned(), "b".to_owned())]),
        days: vec![date(2024, 1, 2)],
    };
    let null = r#"{"items":null,"labels":null,"days":null}"#;
    let json = r#"{"items":[1],"labels":{"a":"b"},"days":["2024-01-02"]}"#;
    assert_eq!(serde_json::to_string(&empty).unwrap(), "{}");
    assert_eq!(serde_json::to_string(&full).unwrap(), json);
    assert_eq!(decode::<Basket>(b"{}").unwrap(), empty);
    assert_eq!(decode::<Basket>(null.as_bytes()).unwrap(), empty);
    assert_eq!(decode::<Basket>(json.as_bytes()).unwrap(), full);
}
