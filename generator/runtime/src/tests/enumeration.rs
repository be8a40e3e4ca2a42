//! Open enumerations: known and unknown values are never confused.
#![expect(
    unreachable_pub,
    reason = "the macros are for types that a crate exports"
)]

use super::json_in_request;
use crate::runtime::decode::integer_enum::UnknownInteger;
use crate::runtime::decode::json::decode;
use crate::runtime::decode::string_enum::UnknownString;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum State {
    Active,
    OnHold,
    Empty,
    Unknown(UnknownString),
}

crate::string_enum! { State { Active = "active", OnHold = "on hold", Empty = ""; Unknown } }

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Level {
    None,
    Guest,
    Minus,
    Other(UnknownInteger),
}

crate::integer_enum! { Level { None = 0, Guest = 10, Minus = -5; Other } }

#[test]
fn known_strings_are_their_variants_by_every_conversion() {
    assert_eq!(State::KNOWN, [State::Active, State::OnHold, State::Empty]);
    for state in State::KNOWN {
        let text = state.as_str();
        let json = serde_json::to_string(text).unwrap();
        assert_eq!(&State::from(text), state);
        assert_eq!(&State::from(text.to_owned()), state);
        assert_eq!(&text.parse::<State>().unwrap(), state);
        assert_eq!(&decode::<State>(json.as_bytes()).unwrap(), state);
        assert_eq!(
            &serde_json::from_value::<State>(text.into()).unwrap(),
            state
        );
        assert_eq!(serde_json::to_string(state).unwrap(), json);
        assert_eq!(state.to_string(), text);
    }
    assert_eq!(decode::<State>(br#""\u0061ctive""#).unwrap(), State::Active);
}

#[test]
fn unknown_strings_are_kept() {
    for text in ["Active", "active ", "on_hold", "日本"] {
        let state = State::from(text);
        assert!(matches!(&state, State::Unknown(unknown) if unknown.as_str() == text));
        assert_eq!(state.as_str(), text);
        assert_eq!(state.to_string(), text);
        let json = serde_json::to_string(text).unwrap();
        assert_eq!(decode::<State>(json.as_bytes()).unwrap(), state);
        assert_eq!(serde_json::to_string(&state).unwrap(), json);
        assert!(!State::KNOWN.contains(&state));
    }
    assert_eq!(format!("{:>8}|", State::Active), "  active|");
}

#[test]
fn only_strings_are_decoded() {
    for json in ["1", "null", "true", "[]", "{}", r#"{"active":null}"#] {
        let error = decode::<State>(json.as_bytes()).unwrap_err();
        assert_eq!(error.expected(), Some("a string"), "{json}");
    }
}

#[test]
fn known_integers_are_their_variants_by_every_conversion() {
    assert_eq!(Level::KNOWN, [Level::None, Level::Guest, Level::Minus]);
    for level in Level::KNOWN {
        let value = level.as_i64();
        assert_eq!(Level::from(value), *level);
        assert_eq!(
            decode::<Level>(value.to_string().as_bytes()).unwrap(),
            *level
        );
        assert_eq!(serde_json::to_string(level).unwrap(), value.to_string());
        assert_eq!(level.to_string(), value.to_string());
    }
    assert_eq!(decode::<Level>(b"10.0").unwrap(), Level::Guest);
    assert_eq!(json_in_request(&Level::Guest).unwrap(), "10");
}

#[test]
fn unknown_integers_are_kept() {
    for value in [1, -10, i64::MAX, i64::MIN] {
        let level = Level::from(value);
        assert!(matches!(level, Level::Other(unknown) if unknown.as_i64() == value));
        assert_eq!(
            decode::<Level>(value.to_string().as_bytes()).unwrap(),
            level
        );
        assert_eq!(serde_json::to_string(&level).unwrap(), value.to_string());
        assert_eq!(level.to_string(), value.to_string());
    }
}

/// Comparing with a listed value decides what a caller may do, for example with levels of access.
#[test]
fn integers_are_ordered_by_number_whether_they_are_known_or_not() {
    let mut levels: Vec<Level> = [15, 0, 10, -5, -7].map(Level::from).to_vec();
    levels.sort();

    assert_eq!(levels, [-7, -5, 0, 10, 15].map(Level::from));
    assert!(Level::from(5) < Level::Guest);
}

#[test]
fn only_integers_are_decoded() {
    for json in ["\"10\"", "null", "10.5", "9223372036854775808", "[10]"] {
        let error = decode::<Level>(json.as_bytes()).unwrap_err();
        assert_eq!(error.expected(), Some("an integer"), "{json}");
    }
}
