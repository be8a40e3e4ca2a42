//! Every presence with absent, null and a value, in both directions.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use serde_json::Value;

use crate::runtime::decode::json::{JsonErrorKind, decode};
use crate::runtime::decode::nullable::Nullable;

#[derive(Debug, Clone, PartialEq)]
struct Pet {
    id: i64,
    owner: Option<String>,
    nickname: Option<String>,
    weight: Option<Nullable<f64>>,
    active: bool,
}

crate::record! {
    Pet: both {
        id: "id", required;
        owner: "owner", required_nullable;
        nickname: "nick-name", optional;
        weight: "weight", optional_nullable;
        active: "active", defaulted(true);
    }
}

fn pet() -> Pet {
    Pet {
        id: 1,
        owner: None,
        nickname: None,
        weight: None,
        active: true,
    }
}

fn read(json: &str) -> Pet {
    decode(json.as_bytes()).unwrap()
}

#[test]
fn every_presence_decodes_absent_null_and_value() {
    assert_eq!(read(r#"{"id":1}"#), pet());
    let nulls = r#"{"id":1,"owner":null,"nick-name":null,"weight":null,"active":null}"#;
    let expected = Pet {
        weight: Some(Nullable::Null),
        ..pet()
    };
    assert_eq!(read(nulls), expected);
    let values = r#"{"id":2,"owner":"o","nick-name":"n","weight":1.5,"active":false}"#;
    let expected = Pet {
        id: 2,
        owner: Some("o".to_owned()),
        nickname: Some("n".to_owned()),
        weight: Some(Nullable::Value(1.5)),
        active: false,
    };
    assert_eq!(read(values), expected);
}

#[test]
fn every_presence_encodes_absent_null_and_value() {
    let write = |pet: &Pet| serde_json::to_string(pet).unwrap();
    assert_eq!(write(&pet()), r#"{"id":1,"owner":null,"active":true}"#);
    let nulled = Pet {
        weight: Some(Nullable::Null),
        ..pet()
    };
    assert_eq!(
        write(&nulled),
        r#"{"id":1,"owner":null,"weight":null,"active":true}"#
    );
    let full = Pet {
        id: 2,
        owner: Some("o".to_owned()),
        nickname: Some("n".to_owned()),
        weight: Some(Nullable::Value(1.5)),
        active: false,
    };
    assert_eq!(
        write(&full),
        r#"{"id":2,"owner":"o","nick-name":"n","weight":1.5,"active":false}"#
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
    let json = r#"{"new":{"id":[1,{"id":2}]},"id":1,"active":false,"id":7,"active":null}"#;
    assert_eq!(read(json), Pet { id: 7, ..pet() });
}

#[test]
fn names_with_escapes_are_recognized() {
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
fn members_without_a_field_are_kept_in_the_map() {
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

    let only: Only = decode(br#"{"birth":"2024-02-29T00:00:00Z"}"#).unwrap();
    assert_eq!(only.extra["birth"], date(2024, 2, 29));
    assert_eq!(
        serde_json::to_string(&only).unwrap(),
        r#"{"birth":"2024-02-29"}"#
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
fn a_codec_decodes_every_presence() {
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
fn an_empty_list_or_map_can_be_omitted() {
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

macro_rules! many {
    ($($field:ident $name:literal)*) => {
        #[derive(Debug, Clone, PartialEq)]
        struct Many {
            $($field: Option<i64>,)*
        }

        crate::record! { Many: both { $($field: $name, optional;)* } }
    };
}

#[rustfmt::skip]
many! {
    a0 "a0" a1 "a1" a2 "a2" a3 "a3" a4 "a4" a5 "a5" a6 "a6" a7 "a7" a8 "a8" a9 "a9"
    a10 "a10" a11 "a11" a12 "a12" a13 "a13" a14 "a14" a15 "a15" a16 "a16" a17 "a17" a18 "a18" a19 "a19"
    a20 "a20" a21 "a21" a22 "a22" a23 "a23" a24 "a24" a25 "a25" a26 "a26" a27 "a27" a28 "a28" a29 "a29"
    a30 "a30" a31 "a31" a32 "a32" a33 "a33" a34 "a34" a35 "a35" a36 "a36" a37 "a37" a38 "a38" a39 "a39"
    a40 "a40" a41 "a41" a42 "a42" a43 "a43" a44 "a44" a45 "a45" a46 "a46" a47 "a47" a48 "a48" a49 "a49"
    a50 "a50" a51 "a51" a52 "a52" a53 "a53" a54 "a54" a55 "a55" a56 "a56" a57 "a57" a58 "a58" a59 "a59"
    a60 "a60" a61 "a61" a62 "a62" a63 "a63" a64 "a64" a65 "a65" a66 "a66" a67 "a67" a68 "a68" a69 "a69"
    a70 "a70" a71 "a71" a72 "a72" a73 "a73" a74 "a74" a75 "a75" a76 "a76" a77 "a77" a78 "a78" a79 "a79"
    a80 "a80" a81 "a81" a82 "a82" a83 "a83" a84 "a84" a85 "a85" a86 "a86" a87 "a87" a88 "a88" a89 "a89"
    a90 "a90" a91 "a91" a92 "a92" a93 "a93" a94 "a94" a95 "a95" a96 "a96" a97 "a97" a98 "a98" a99 "a99"
    a100 "a100" a101 "a101" a102 "a102" a103 "a103" a104 "a104" a105 "a105" a106 "a106" a107 "a107" a108 "a108" a109 "a109"
    a110 "a110" a111 "a111" a112 "a112" a113 "a113" a114 "a114" a115 "a115" a116 "a116" a117 "a117" a118 "a118" a119 "a119"
    a120 "a120" a121 "a121" a122 "a122" a123 "a123" a124 "a124" a125 "a125" a126 "a126" a127 "a127" a128 "a128" a129 "a129"
    a130 "a130" a131 "a131" a132 "a132" a133 "a133" a134 "a134" a135 "a135" a136 "a136" a137 "a137" a138 "a138" a139 "a139"
    a140 "a140" a141 "a141" a142 "a142" a143 "a143" a144 "a144" a145 "a145" a146 "a146" a147 "a147" a148 "a148" a149 "a149"
    a150 "a150" a151 "a151" a152 "a152" a153 "a153" a154 "a154" a155 "a155" a156 "a156" a157 "a157" a158 "a158" a159 "a159"
    a160 "a160" a161 "a161" a162 "a162" a163 "a163" a164 "a164" a165 "a165" a166 "a166" a167 "a167" a168 "a168" a169 "a169"
    a170 "a170" a171 "a171" a172 "a172" a173 "a173" a174 "a174" a175 "a175" a176 "a176" a177 "a177" a178 "a178" a179 "a179"
    a180 "a180" a181 "a181" a182 "a182" a183 "a183" a184 "a184" a185 "a185" a186 "a186" a187 "a187" a188 "a188" a189 "a189"
    a190 "a190" a191 "a191" a192 "a192" a193 "a193" a194 "a194" a195 "a195" a196 "a196" a197 "a197" a198 "a198" a199 "a199"
    a200 "a200" a201 "a201" a202 "a202" a203 "a203" a204 "a204" a205 "a205" a206 "a206" a207 "a207" a208 "a208" a209 "a209"
    a210 "a210" a211 "a211" a212 "a212" a213 "a213" a214 "a214" a215 "a215" a216 "a216" a217 "a217" a218 "a218" a219 "a219"
    a220 "a220" a221 "a221" a222 "a222" a223 "a223" a224 "a224" a225 "a225" a226 "a226" a227 "a227" a228 "a228" a229 "a229"
    a230 "a230" a231 "a231" a232 "a232" a233 "a233" a234 "a234" a235 "a235" a236 "a236" a237 "a237" a238 "a238" a239 "a239"
    a240 "a240" a241 "a241" a242 "a242" a243 "a243" a244 "a244" a245 "a245" a246 "a246" a247 "a247" a248 "a248" a249 "a249"
    a250 "a250" a251 "a251" a252 "a252" a253 "a253" a254 "a254" a255 "a255" a256 "a256" a257 "a257" a258 "a258" a259 "a259"
    a260 "a260" a261 "a261" a262 "a262" a263 "a263" a264 "a264" a265 "a265" a266 "a266" a267 "a267" a268 "a268" a269 "a269"
    a270 "a270" a271 "a271" a272 "a272" a273 "a273" a274 "a274" a275 "a275" a276 "a276" a277 "a277" a278 "a278" a279 "a279"
    a280 "a280" a281 "a281" a282 "a282" a283 "a283" a284 "a284" a285 "a285" a286 "a286" a287 "a287" a288 "a288" a289 "a289"
    a290 "a290" a291 "a291" a292 "a292" a293 "a293" a294 "a294" a295 "a295" a296 "a296" a297 "a297" a298 "a298" a299 "a299"
}

#[test]
fn a_record_may_have_hundreds_of_fields() {
    let members: BTreeMap<String, i64> =
        (0..300).map(|index| (format!("a{index}"), index)).collect();
    let json = serde_json::to_string(&members).unwrap();
    let many: Many = decode(json.as_bytes()).unwrap();
    assert_eq!((many.a0, many.a299), (Some(0), Some(299)));
    assert_eq!(
        serde_json::to_value(&many).unwrap(),
        serde_json::to_value(&members).unwrap()
    );
}

#[test]
fn nullable_distinguishes_null_from_a_value() {
    let value = Nullable::from(1);
    assert_eq!(
        (value.as_option(), value.into_option(), value.is_null()),
        (Some(&1), Some(1), false)
    );
    let null = Nullable::<i64>::Null;
    assert_eq!(
        (null.as_option(), null.into_option(), null.is_null()),
        (None, None, true)
    );
    assert_eq!(
        decode::<[Nullable<i64>; 2]>(b"[null,1]").unwrap(),
        [null, value]
    );
    assert_eq!(serde_json::to_string(&[null, value]).unwrap(), "[null,1]");
}
