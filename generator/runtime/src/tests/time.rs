//! The texts that are decoded as timestamps and dates.

use jiff::Timestamp;
use jiff::civil::{Date, date};

use crate::runtime::decode::json::decode;
use crate::runtime::decode::time::Decoded;

struct At(Timestamp);
struct On(Date);

impl<'de> serde::Deserialize<'de> for At {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::runtime::decode::member::Codec::decode(
            crate::runtime::decode::time::Codec,
            deserializer,
        )
        .map(At)
    }
}

impl<'de> serde::Deserialize<'de> for On {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::runtime::decode::member::Codec::decode(
            crate::runtime::decode::time::Codec,
            deserializer,
        )
        .map(On)
    }
}

fn at(text: &str) -> Option<String> {
    let json = serde_json::to_string(text).unwrap();
    decode::<At>(json.as_bytes())
        .ok()
        .map(|at| at.0.to_string())
}

fn on(text: &str) -> Option<Date> {
    let json = serde_json::to_string(text).unwrap();
    decode::<On>(json.as_bytes()).ok().map(|on| on.0)
}

#[test]
fn timestamps() {
    let cases = [
        ("2024-02-29T12:30:45Z", "2024-02-29T12:30:45Z"),
        ("2024-02-29t12:30:45z", "2024-02-29T12:30:45Z"),
        (
            "2024-02-29T12:30:45.123456789Z",
            "2024-02-29T12:30:45.123456789Z",
        ),
        ("2024-02-29T12:30:45+02:00", "2024-02-29T10:30:45Z"),
        ("2024-02-29T12:30:45-0530", "2024-02-29T18:00:45Z"),
        ("2024-02-29T12:30:45+02", "2024-02-29T10:30:45Z"),
        ("2024-02-29T12:30:45-00:00", "2024-02-29T12:30:45Z"),
        ("2024-02-29T12:30:45", "2024-02-29T12:30:45Z"),
        ("2024-02-29T12:30", "2024-02-29T12:30:00Z"),
        ("2024-02-29 12:30:45.5", "2024-02-29T12:30:45.5Z"),
        ("2024-02-29 12:30:45 UTC", "2024-02-29T12:30:45Z"),
        ("2024-02-29 12:30:45 Z", "2024-02-29T12:30:45Z"),
        ("2024-02-29 12:30:45 +0200", "2024-02-29T10:30:45Z"),
        ("2024-02-29 12:30:45 -05:30", "2024-02-29T18:00:45Z"),
        ("2024-02-29", "2024-02-29T00:00:00Z"),
        ("2024-02-29T23:59:60Z", "2024-02-29T23:59:59Z"),
        ("2024-02-29T23:59:60.5z", "2024-02-29T23:59:59.5Z"),
        ("1990-12-31T15:59:60-08:00", "1990-12-31T23:59:59Z"),
        (
            "2024-02-29T12:30:45.12345678901234567890Z",
            "2024-02-29T12:30:45.123456789Z",
        ),
        (
            "2024-02-29 12:30:45.1234567890 +02:00",
            "2024-02-29T10:30:45.123456789Z",
        ),
        ("2024-02-29T12:30:45+23:59", "2024-02-28T12:31:45Z"),
        ("2024-02-29T12:30:45-23:59", "2024-03-01T12:29:45Z"),
        ("2024-02-29T24:00:00Z", "2024-03-01T00:00:00Z"),
        ("2024-02-29T24:00:00.000+02:00", "2024-02-29T22:00:00Z"),
        ("2024-02-29 24:00", "2024-03-01T00:00:00Z"),
        ("0000-01-01T00:00:00Z", "0000-01-01T00:00:00Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
        ("0000-01-01T00:00:00+23:59", "-000001-12-31T00:01:00Z"),
    ];
    for (text, expected) in cases {
        assert_eq!(at(text).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn a_timestamp_after_the_last_is_the_last() {
    for text in [
        "9999-12-31T23:59:59Z",
        "9999-12-31t23:59:59.9999999z",
        "9999-12-31T23:59:60Z",
        "9999-12-31T23:59:59.999999999999Z",
        "9999-12-31T24:00:00Z",
        "9999-12-31T00:00:00",
        "9999-12-31 23:59:59 UTC",
        "9999-12-31 23:59:59 +0000",
        "9999-12-31T23:59:59+14:00",
        "9999-12-31T23:59:59-23:59",
        "9999-12-31",
        "9999-12-30T22:00:01Z",
    ] {
        assert_eq!(at(text), Some(Timestamp::MAX.to_string()), "{text}");
    }
    assert_eq!(at("9999-12-30T22:00:00Z").unwrap(), "9999-12-30T22:00:00Z");
    assert_eq!(
        at("9999-12-31T23:59:59+23:59").unwrap(),
        Timestamp::MAX.to_string()
    );
}

#[test]
fn timestamps_of_no_record_are_decoded_alike() {
    let never = b"[\"9999-12-31T23:59:59Z\",\"2024-02-29\"]";
    let read = decode::<Decoded<Vec<Timestamp>>>(never)
        .unwrap()
        .into_inner();
    assert_eq!(read[0], Timestamp::MAX);
    assert_eq!(read[1].to_string(), "2024-02-29T00:00:00Z");
}

#[test]
fn no_timestamps() {
    for text in [
        "2024-02-29T12:30:45+05:00Z",
        "2024-02-29T12:30:45+05:00 UTC",
        "2024-02-29T12:30:45[America/New_York]",
        "2024-02-29T24:00:01Z",
        "2024-02-29T24:01:00Z",
        "2024-02-29T24Z",
        "2024-02-29T23:59:61Z",
        "2024-02-29T12:30:45.Z",
        "2024-02-29T12:30:45.1234567890xZ",
        "2024-02-29T12:30:45+02:60",
        "2024-02-29T12:30:45+2",
        "2024-02-29T12:30:45+02:0",
        "2024-02-29T12:30:45+-2:00",
        "9999-12-32T00:00:00Z",
        "9999-12-31T23:59:59 PST",
        "10000-01-01T00:00:00Z",
        "日本日本日本日本日本",
        "2024-02-2日T24:00",
        "",
        "soon",
        "12:30:45",
        "2024-02-30T00:00:00Z",
        "2024-13-01",
        "2024-02-29T25:00:00Z",
        "1709210000",
        "2024-02-29T12:30:45 PST",
        "99999-01-01T00:00:00Z",
        "+",
        " ",
    ] {
        assert_eq!(at(text), None, "{text}");
    }
    for json in ["1709210000", "null", "true", "[]", "{}"] {
        let error = decode::<At>(json.as_bytes()).err().unwrap();
        assert_eq!(error.expected(), Some("a timestamp (RFC 3339)"), "{json}");
    }
}

#[test]
fn dates() {
    let day = date(2024, 2, 29);
    for text in [
        "2024-02-29",
        "20240229",
        "2024-02-29T12:30:45",
        "2024-02-29T12:30:45Z",
        "2024-02-29T23:30:45.000-08:00",
        "2024-02-29 12:30:45 UTC",
        "2024-02-29 12:30:45 +0200",
        "2024-02-29T23:59:60Z",
        "2024-02-29T24:00:00Z",
    ] {
        assert_eq!(on(text), Some(day), "{text}");
    }
    for text in ["9999-12-31", "9999-12-31T23:59:59Z"] {
        assert_eq!(on(text), Some(date(9999, 12, 31)), "{text}");
    }
    assert_eq!(on("0000-01-01"), Some(date(0, 1, 1)));
    for text in [
        "",
        "2024-02-30",
        "29.02.2024",
        "2024-02",
        "2024-02-29T99:00:00Z",
        "2024-02-29x",
        "soon",
        "日本日本日",
    ] {
        assert_eq!(on(text), None, "{text}");
    }
    let error = decode::<On>(b"20240229").err().unwrap();
    assert_eq!(
        error.to_string(),
        "expected a date (RFC 3339) (line 1, column 8)"
    );
}

#[test]
fn timestamps_are_encoded_as_rfc_3339() {
    let at: Timestamp = "2024-02-29T12:30:45.5+02:00".parse().unwrap();
    assert_eq!(
        serde_json::to_string(&at).unwrap(),
        "\"2024-02-29T10:30:45.5Z\""
    );
    assert_eq!(
        serde_json::to_string(&date(2024, 2, 9)).unwrap(),
        "\"2024-02-09\""
    );
}
