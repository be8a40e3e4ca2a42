//! The expiry of tokens.
//!
//! The server stores a token's expiry as a date. The token expires at 00:00 UTC, at the beginning of that day. A token without a date never
//! expires. These methods do not consider revocation, which is in the field `revoked`.
//!
//! ```
//! # fn example(token: gitlab_pat::types::PersonalAccessToken) {
//! use gitlab_pat::jiff::{SignedDuration, Timestamp};
//!
//! let now = Timestamp::now();
//! let ends_soon = token.time_left(now).is_some_and(|left| left < SignedDuration::from_hours(24 * 7));
//! println!("expired: {}, ends within a week: {ends_soon}", token.is_expired(now));
//! # }
//! ```

use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};

use crate::types::{PersonalAccessToken, PersonalAccessTokenWithToken};

/// Returns the time at which a token with this `expires_at` expires: 00:00 UTC, at the beginning of that day.
///
/// A time outside the range of [`Timestamp`] becomes its minimum or maximum.
#[must_use]
pub fn end_of_token(expires_at: Date) -> Timestamp {
    let midnight = expires_at.at(0, 0, 0, 0);
    Offset::UTC.to_timestamp(midnight).unwrap_or({
        if expires_at.year() < 0 {
            Timestamp::MIN
        } else {
            Timestamp::MAX
        }
    })
}

macro_rules! expiry {
    ($($token:ident),*) => {
        $(
            impl $token {
                /// Returns the time at which the token expires, or `None` if it never expires.
                #[must_use]
                pub fn ends_at(&self) -> Option<Timestamp> {
                    self.expires_at.map(end_of_token)
                }

                /// Returns whether the token is expired at the given time. A token that is not expired may be revoked.
                #[must_use]
                pub fn is_expired(&self, now: Timestamp) -> bool {
                    self.ends_at().is_some_and(|end| end <= now)
                }

                /// Returns the time until the token expires, or `None` if it never expires. The time is negative if the token is expired.
                #[must_use]
                pub fn time_left(&self, now: Timestamp) -> Option<SignedDuration> {
                    self.ends_at().map(|end| end.duration_since(now))
                }

                /// Returns the time from the token's creation to its expiry, or `None` if it never expires.
                #[must_use]
                pub fn lifetime(&self) -> Option<SignedDuration> {
                    self.time_left(self.created_at)
                }
            }
        )*
    };
}

expiry!(PersonalAccessToken, PersonalAccessTokenWithToken);
