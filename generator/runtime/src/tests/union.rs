//! The selection of variants, unknown values, and the paths of errors.
#![expect(
    dead_code,
    unreachable_pub,
    reason = "the macros are for types that a crate exports"
)]

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use serde_json::{Value, json};

use crate::runtime::decode::json::{JsonErrorKind, decode};
use crate::runtime::decode::string_enum::UnknownString;
use crate::runtime::decode::union::UnknownValue;

#[derive(Debug, Clone, PartialEq)]
struct Cat {
    kind: String,
    lives: Vec<i64>,
    friend: Option<Box<Pet>>,
}

crate::record! {
    Cat: both { kind: "kind", defaulted("cat".to_owned()); lives: "lives", required; friend: "friend", optional; }
}

#[derive(Debug, Clone, PartialEq)]
struct Dog {
    kind: String,
    name: Option<String>,
}

crate::record! { Dog: both { kind: "kind", required; name: "name", optional; } }

#[derive(Debug, Clone, PartialEq)]
enum Pet {
    Cat(Cat),
    Dog(Box<Dog>),
    Unknown(UnknownValue),
}

crate::tagged_union! { Pet: both by "kind" { Cat = "cat" | "kitten", Dog = "dog"; Unknown } }

#[derive(Debug, Clone, PartialEq)]
struct OtherPet {
    kind: Option<String>,
    legs: i64,
}

crate::record! { OtherPet: both { kind: "kind", optional; legs: "legs", required; } }

#[derive(Debug, Clone, PartialEq)]
enum AnyPet {
    Cat(Cat),
    Other(OtherPet),
    Unknown(UnknownValue),
}

crate::tagged_union! { AnyPet: both by "kind" else Other { Cat = "cat", Other = "OtherPet"; Unknown } }

#[test]
fn an_unlisted_or_absent_tag_selects_the_default_variant() {
    for kind in [Some("fish"), None, Some("OtherPet")] {
        let other = AnyPet::Other(OtherPet {
            kind: kind.map(str::to_owned),
            legs: 0,
        });
        let json = serde_json::to_string(&other).unwrap();
        assert_eq!(decode::<AnyPet>(json.as_bytes()).unwrap(), other, "{json}");
    }
    for json in [r#"{"kind":"fish"}"#, r#"{"legs":"none"}"#, "[]", "1"] {
        let read = decode::<AnyPet>(json.as_bytes()).unwrap();
        let AnyPet::Unknown(value) = &read else {
            panic!("{json} is {read:?}");
        };
        assert_eq!(value.as_value().to_string(), json);
    }
    let error = decode::<AnyPet>(br#"{"kind":"OtherPet"}"#).unwrap_err();
    assert!(error.to_string().contains("legs"), "{error}");
    assert!(decode::<AnyPet>(br#"{"kind":"cat"}"#).is_err());
}

fn cat(kind: &str) -> Cat {
    Cat {
        kind: kind.to_owned(),
        lives: vec![9],
        friend: None,
    }
}

#[test]
fn the_tag_selects_the_variant_at_any_position() {
    for kind in ["cat", "kitten"] {
        for json in [
            format!(r#"{{"kind":"{kind}","lives":[9]}}"#),
            format!(r#"{{"new":{{}},"lives":[9],"kind":"{kind}"}}"#),
        ] {
            assert_eq!(decode::<Pet>(json.as_bytes()).unwrap(), Pet::Cat(cat(kind)));
        }
    }
    let dog = Dog {
        kind: "dog".to_owned(),
        name: None,
    };
    assert_eq!(
        decode::<Pet>(br#"{"kind":"cat","kind":"dog"}"#).unwrap(),
        Pet::Dog(Box::new(dog))
    );
}

#[test]
fn a_value_with_an_unknown_tag_is_kept() {
    for json in [
        json!({"kind": "fish", "fins": [1, 2.5]}),
        json!({"lives": [9]}),
        json!({"kind": 1}),
        json!({"kind": null}),
        json!(["cat"]),
        json!("cat"),
        json!(-7),
        json!(1.5),
        json!(true),
        json!(null),
    ] {
        let pet: Pet = decode(json.to_string().as_bytes()).unwrap();
        let Pet::Unknown(unknown) = &pet else {
            panic!("{json}: {pet:?}");
        };
        assert_eq!(unknown.as_value(), &json);
        assert_eq!(serde_json::to_value(&pet).unwrap(), json);
        assert_eq!(unknown.clone().into_value(), json);
    }
}

#[test]
fn errors_inside_of_a_variant_have_their_path() {
    let cases = [
        (
            r#"{"kind":"cat"}"#,
            "`lives` is missing (line 1, column 14)",
        ),
        (
            r#"{"kind":"cat","lives":[1,"2"]}"#,
            "expected an integer of 64 bits at `lives[1]` (line 1, column 30)",
        ),
        (
            r#"{"kind":"cat","lives":[],"friend":{"kind":"cat","lives":[1,2,[]]}}"#,
            "expected an integer of 64 bits at `friend.lives[2]` (line 1, column 66)",
        ),
    ];
    for (json, expected) in cases {
        assert_eq!(
            decode::<Pet>(json.as_bytes()).unwrap_err().to_string(),
            expected
        );
        let list = format!(r#"[{{"kind":"fish"}}, {json}, {json}]"#);
        let error = decode::<Vec<Pet>>(list.as_bytes()).unwrap_err();
        let inner = decode::<Pet>(json.as_bytes()).unwrap_err();
        assert_eq!(error.path(), format!("[1].{}", inner.path()));
        assert_eq!(
            (error.kind(), error.expected()),
            (inner.kind(), inner.expected())
        );
    }
    let last = decode::<Cat>(br#"{"lives":[],"friend":{"kind":"cat"}}"#).unwrap_err();
    assert_eq!(
        (last.kind(), last.path()),
        (JsonErrorKind::Missing, "friend.lives")
    );
    let error = decode::<Pet>(br#"{"kind":"cat","lives":["s3cr3t"]}"#).unwrap_err();
    assert!(!format!("{error}{error:?}").contains("s3cr3t"));
}

#[test]
fn a_variant_is_encoded_as_its_content() {
    assert_eq!(
        serde_json::to_string(&Pet::Cat(cat("kitten"))).unwrap(),
        r#"{"kind":"kitten","lives":[9]}"#
    );
}

#[test]
fn debug_does_not_show_unknown_json() {
    let pet: Pet = decode(br#"{"token":"s3cr3t"}"#).unwrap();
    assert_eq!(format!("{pet:?}"), "Unknown(UnknownValue(object))");
    for (json, shown) in [
        ("null", "null"),
        ("true", "boolean"),
        ("1", "number"),
        ("\"a\"", "string"),
        ("[]", "array"),
    ] {
        let pet: Pet = decode(json.as_bytes()).unwrap();
        assert_eq!(
            format!("{pet:?}"),
            format!("Unknown(UnknownValue({shown}))")
        );
    }
}

#[test]
fn deep_nesting_in_unions_is_an_error() {
    for depth in [10, 60, 5_000, 100_000] {
        let json = format!(
            "{}null{}",
            r#"{"kind":"cat","lives":[],"friend":"#.repeat(depth),
            "}".repeat(depth)
        );
        let decoded = decode::<Pet>(json.as_bytes());
        if depth <= 60 {
            assert!(decoded.is_ok(), "{depth}");
        } else {
            assert_eq!(
                decoded.unwrap_err().kind(),
                JsonErrorKind::TooDeep,
                "{depth}"
            );
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
struct Small {
    id: i64,
}

crate::record! { Small: both { id: "id", required; } }

#[derive(Debug, Clone, PartialEq)]
struct Large {
    id: i64,
    name: Option<String>,
    inner: Option<Inner>,
}

crate::record! { Large: both { id: "id", required; name: "name", optional; inner: "inner", optional; } }

#[derive(Debug, Clone, PartialEq)]
struct Other {
    id: i64,
    inner: Value,
    extra: std::collections::BTreeMap<String, Value>,
}

crate::record! { Other: both { id: "id", required; inner: "inner", required; ..extra; } }

#[derive(Debug, Clone, PartialEq)]
struct Inner {
    a: i64,
}

crate::record! { Inner: both { a: "a", required; } }

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Fruit {
    Apple,
    Unknown(UnknownString),
}

crate::string_enum! { Fruit { Apple = "apple"; Unknown } }

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Nut {
    Almond,
    Unknown(UnknownString),
}

crate::string_enum! { Nut { Almond = "almond"; Unknown } }

#[derive(Debug, Clone, PartialEq)]
enum Thing {
    Small(Small),
    Large(Large),
    Other(Other),
    Integer(i64),
    Fruit(Fruit),
    Nut(Nut),
    List(Vec<Thing>),
    Unknown(UnknownValue),
}

crate::untagged_union! { Thing: both { Small, Large, Other, Integer, Fruit, Nut, List; Unknown } }

fn thing(json: &Value) -> Thing {
    decode(json.to_string().as_bytes()).unwrap()
}

#[test]
fn the_variant_that_knows_most_is_selected() {
    let small = Thing::Small(Small { id: 1 });
    assert_eq!(thing(&json!({"id": 1})), small);
    let large = |name: Option<&str>, inner| Large {
        id: 1,
        name: name.map(str::to_owned),
        inner,
    };
    assert_eq!(
        thing(&json!({"id": 1, "name": "n"})),
        Thing::Large(large(Some("n"), None))
    );
    assert_eq!(
        thing(&json!({"id": 1, "name": "n", "new": 1})),
        Thing::Large(large(Some("n"), None))
    );
    // The first two have equally many unknown members, so the first is selected.
    assert_eq!(thing(&json!({"id": 1, "new": 1})), small);
    assert_eq!(
        thing(&json!({"id": 1, "inner": {"a": 1}})),
        Thing::Large(large(None, Some(Inner { a: 1 })))
    );
    // A nested unknown member counts like another one, whether or not a map keeps it.
    assert_eq!(
        thing(&json!({"id": 1, "inner": {"a": 1, "b": 2}})),
        Thing::Other(Other {
            id: 1,
            inner: json!({"a": 1, "b": 2}),
            extra: [].into(),
        })
    );
    assert!(matches!(
        thing(&json!({"id": 1, "inner": "x"})),
        Thing::Other(_)
    ));
}

#[test]
fn a_known_value_of_an_enumeration_is_preferred_to_an_unknown_one() {
    assert_eq!(thing(&json!("apple")), Thing::Fruit(Fruit::Apple));
    assert_eq!(thing(&json!("almond")), Thing::Nut(Nut::Almond));
    assert_eq!(thing(&json!("stone")), Thing::Fruit(Fruit::from("stone")));
}

#[test]
fn scalars_and_lists_find_their_variants() {
    assert_eq!(thing(&json!(7)), Thing::Integer(7));
    assert_eq!(thing(&json!(7.0)), Thing::Integer(7));
    assert_eq!(
        thing(&json!([1, "almond", {"id": 1}])),
        Thing::List(vec![
            Thing::Integer(1),
            Thing::Nut(Nut::Almond),
            Thing::Small(Small { id: 1 })
        ])
    );
    for json in [json!(null), json!(true), json!(7.5), json!({"id": "x"})] {
        let Thing::Unknown(unknown) = thing(&json) else {
            panic!("{json}");
        };
        assert_eq!(unknown.as_value(), &json);
    }
}

#[derive(Debug, PartialEq)]
enum Outer {
    Loose(Loose),
    Strict(Strict),
    Unknown(UnknownValue),
}

#[derive(Debug, PartialEq)]
struct Loose {
    thing: Thing,
}

#[derive(Debug, PartialEq)]
struct Strict {
    thing: Fruit,
    more: Option<i64>,
}

crate::record! { Loose: both { thing: "thing", required; } }
crate::record! { Strict: both { thing: "thing", required; more: "more", optional; } }
crate::untagged_union! { Outer: both { Loose, Strict; Unknown } }

#[test]
fn an_unknown_value_of_a_nested_union_counts_once() {
    let found = decode::<Outer>(br#"{"thing":"almond","more":1}"#).unwrap();
    assert_eq!(
        found,
        Outer::Loose(Loose {
            thing: Thing::Nut(Nut::Almond)
        })
    );
    let found = decode::<Outer>(br#"{"thing":"apple","more":1}"#).unwrap();
    assert!(matches!(found, Outer::Strict(_)));
    let found = decode::<Outer>(br#"{"thing":true}"#).unwrap();
    assert!(matches!(
        found,
        Outer::Loose(Loose {
            thing: Thing::Unknown(_)
        })
    ));
}

struct Sent {
    a: i64,
}

crate::record! { Sent: write { a: "a", required; } }

enum Tagged {
    Sent(Sent),
    Unknown(UnknownValue),
}

crate::tagged_union! { Tagged: write by "kind" { Sent = "sent"; Unknown } }

enum Either {
    Sent(Sent),
    Text(String),
    Unknown(UnknownValue),
}

crate::untagged_union! { Either: write { Sent, Text; Unknown } }

#[test]
fn a_union_that_is_only_encoded_can_contain_types_that_are_only_encoded() {
    assert_eq!(
        serde_json::to_string(&Tagged::Sent(Sent { a: 1 })).unwrap(),
        r#"{"a":1}"#
    );
    assert_eq!(
        serde_json::to_string(&[Either::Sent(Sent { a: 1 }), Either::Text("x".to_owned())])
            .unwrap(),
        r#"[{"a":1},"x"]"#
    );
}

#[derive(Debug, PartialEq)]
struct Whole {
    whole: i64,
    more: i64,
}

crate::record! { Whole: read { whole: "whole", required; more: "more", required; } }

#[derive(Debug, PartialEq)]
struct Fraction {
    whole: f64,
    more: Option<i64>,
}

crate::record! { Fraction: read { whole: "whole", required; more: "more", optional; } }

#[derive(Debug, PartialEq)]
enum Number {
    Whole(Whole),
    Fraction(Fraction),
    Unknown(UnknownValue),
}

crate::untagged_union! { Number: read { Whole, Fraction; Unknown } }

#[test]
fn a_second_reading_does_not_count_twice() {
    // Decoded as `Whole` only after `1.0` was replaced by `1`. The unknown member before it counts once, as in `Fraction`.
    let number: Number = decode(br#"{"other":0,"whole":1.0,"more":2}"#).unwrap();
    assert_eq!(number, Number::Whole(Whole { whole: 1, more: 2 }));
}

#[derive(Debug, PartialEq)]
enum Moment {
    At(Timestamp),
    All(Vec<Timestamp>),
    Count(i64),
    Unknown(UnknownValue),
}

crate::untagged_union! { Moment: both { At as time, All as time, Count; Unknown } }

#[derive(Debug, PartialEq)]
enum MomentOrText {
    At(Timestamp),
    Text(String),
    Unknown(UnknownValue),
}

crate::untagged_union! { MomentOrText: both { At as time, Text; Unknown } }

#[derive(Debug, PartialEq)]
enum Day {
    On(Date),
    At(Timestamp),
    Unknown(UnknownValue),
}

crate::untagged_union! { Day: both { On as time, At as time; Unknown } }

#[derive(Debug, PartialEq)]
struct OnDay {
    at: Date,
}

crate::record! { OnDay: both { at: "at", required as time; } }

#[derive(Debug, PartialEq)]
struct AtTime {
    at: Timestamp,
}

crate::record! { AtTime: both { at: "at", required as time; } }

#[derive(Debug, PartialEq)]
enum Event {
    OnDay(OnDay),
    AtTime(AtTime),
    Unknown(UnknownValue),
}

crate::untagged_union! { Event: both { OnDay, AtTime; Unknown } }

#[test]
fn times_in_a_union_are_decoded_as_those_in_records() {
    let read = |json: &str| decode::<Moment>(json.as_bytes()).unwrap();
    let leap: Timestamp = "2024-02-29T12:30:59.123456789Z".parse().unwrap();
    assert_eq!(
        read(r#""2024-02-29t12:30:60.1234567891z""#),
        Moment::At(leap)
    );
    assert_eq!(
        read(r#""9999-12-31T23:59:59Z""#),
        Moment::At(Timestamp::MAX)
    );
    let all = Moment::All(vec![Timestamp::MAX, leap]);
    let list = r#"["9999-12-31T23:59:59Z","2024-02-29 12:30:59.123456789 UTC"]"#;
    assert_eq!(read(list), all);
    assert_eq!(read("7"), Moment::Count(7));
    assert!(matches!(read(r#""soon""#), Moment::Unknown(_)));
}

#[test]
fn a_text_that_a_time_does_not_hold_as_it_is_is_a_text() {
    let read = |text: &str| decode::<MomentOrText>(json!(text).to_string().as_bytes()).unwrap();
    let time = "2024-02-29T00:00:00Z";
    assert_eq!(read(time), MomentOrText::At(time.parse().unwrap()));
    for text in ["9999-12-31T23:59:59Z", "2024-02-29", "soon", ""] {
        assert_eq!(read(text), MomentOrText::Text(text.to_owned()));
    }
}

#[test]
fn a_time_is_not_taken_for_its_date() {
    let time: Timestamp = "2024-02-29T10:00:00Z".parse().unwrap();
    let day = date(2024, 2, 29);
    for (text, expected) in [
        ("2024-02-29", Day::On(day)),
        ("2024-02-29T10:00:00Z", Day::At(time)),
        ("2024-02-29t10:00:00+00:00", Day::At(time)),
    ] {
        let json = json!(text).to_string();
        assert_eq!(decode::<Day>(json.as_bytes()).unwrap(), expected, "{text}");
    }
    let read = |json: &str| decode::<Event>(json.as_bytes()).unwrap();
    assert_eq!(
        read(r#"{"at":"2024-02-29T10:00:00Z"}"#),
        Event::AtTime(AtTime { at: time })
    );
    assert_eq!(
        read(r#"{"at":"2024-02-29"}"#),
        Event::OnDay(OnDay { at: day })
    );
}

#[derive(Debug, PartialEq)]
enum Amount {
    Whole(i64),
    Large(u64),
    Fraction(f64),
    All(Vec<Amount>),
    Named(BTreeMap<String, Amount>),
    Unknown(UnknownValue),
}

crate::untagged_union! { Amount: both { Whole, Large, Fraction, All, Named; Unknown } }

#[derive(Debug, PartialEq)]
enum Count {
    Whole(i64),
    Text(String),
    Unknown(UnknownValue),
}

crate::untagged_union! { Count: both { Whole, Text; Unknown } }

#[test]
fn large_integers_with_a_fraction_keep_their_digits_in_a_union() {
    let read = |json: &str| decode::<Amount>(json.as_bytes()).unwrap();
    const LARGE: i64 = 9_007_199_254_740_993;
    for text in ["9007199254740993.0", "9007199254740.993e3"] {
        assert_eq!(read(text), Amount::Whole(LARGE), "{text}");
        let nested = read(&format!(r#"[{{"a":[{text}]}}]"#));
        let all = Amount::All(vec![Amount::Whole(LARGE)]);
        let named = BTreeMap::from([("a".to_owned(), all)]);
        assert_eq!(nested, Amount::All(vec![Amount::Named(named)]), "{text}");
    }
    assert_eq!(read("18446744073709551615.0"), Amount::Large(u64::MAX));
    assert_eq!(read("-9223372036854775808.0"), Amount::Whole(i64::MIN));
    let counts: Vec<Count> = decode(b"[1.0, 9007199254740993.0]").unwrap();
    assert_eq!(counts, [Count::Whole(1), Count::Whole(LARGE)]);
}

#[test]
fn doubles_that_no_integer_holds_are_decoded_in_a_union() {
    for text in ["-9223372036854775809", "1e300", "18446744073709551616.0"] {
        let expected = text.parse::<f64>().unwrap();
        let read = decode::<Amount>(text.as_bytes()).unwrap();
        let Amount::Fraction(read) = read else {
            panic!("{text}: {read:?}");
        };
        assert_eq!(read.to_bits(), expected.to_bits(), "{text}");
    }
    let read = decode::<Count>(b"-9223372036854775809").unwrap();
    assert!(matches!(read, Count::Unknown(_)));
}

#[test]
fn a_union_is_decoded_without_this_reader() {
    let read: Count = serde_json::from_str("9007199254740992.0").unwrap();
    assert_eq!(read, Count::Whole(9_007_199_254_740_992));
}
