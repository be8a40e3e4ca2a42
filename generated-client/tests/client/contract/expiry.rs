//! A token expires at 00:00 UTC, at the beginning of its expiry date.

use gitlab_pat::expiry::end_of_token;
use gitlab_pat::testing::Sample;
use gitlab_pat::types::{PersonalAccessToken, PersonalAccessTokenWithToken};
use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};

fn at(text: &str) -> Timestamp {
    text.parse().expect("a timestamp")
}

fn token(expires_at: Option<Date>) -> PersonalAccessToken {
    let mut token = PersonalAccessToken::sample();
    token.created_at = at("2026-01-01T12:00:00Z");
    token.expires_at = expires_at;
    token
}

#[test]
fn a_token_expires_at_the_beginning_of_its_date() {
    let token = token(Some(date(2026, 1, 31)));
    for (now, is_expired) in [
        ("2026-01-30T23:59:59.999Z", false),
        ("2026-01-31T00:00:00Z", true),
        ("2026-01-31T12:00:00Z", true),
        // The date has begun in Tokyo, but not in UTC.
        ("2026-01-31T08:59:59+09:00", false),
        ("2026-02-01T00:00:00Z", true),
    ] {
        assert_eq!(token.is_expired(at(now)), is_expired, "{now}");
    }
    assert_eq!(token.ends_at(), Some(at("2026-01-31T00:00:00Z")));
}

#[test]
fn the_time_left_is_negative_after_the_expiry() {
    let token = token(Some(date(2026, 1, 31)));
    let hours = |now| token.time_left(at(now)).map(|left| left.as_hours());
    assert_eq!(hours("2026-01-30T00:00:00Z"), Some(24));
    assert_eq!(hours("2026-01-31T06:00:00Z"), Some(-6));
    assert_eq!(
        token.lifetime(),
        Some(SignedDuration::from_hours(29 * 24 + 12))
    );
}

#[test]
fn a_token_without_a_date_never_expires() {
    let token = token(None);
    assert!(!token.is_expired(Timestamp::MAX));
    assert_eq!(
        (
            token.ends_at(),
            token.time_left(Timestamp::UNIX_EPOCH),
            token.lifetime()
        ),
        (None, None, None)
    );
}

#[test]
fn a_new_token_has_the_same_methods() {
    let mut token = PersonalAccessTokenWithToken::sample();
    token.expires_at = Some(date(2026, 1, 31));
    assert!(token.is_expired(at("2026-01-31T00:00:00Z")));
}

#[test]
fn no_date_panics() {
    assert_eq!(end_of_token(Date::MAX), Timestamp::MAX);
    assert_eq!(end_of_token(Date::MIN), Timestamp::MIN);
}
