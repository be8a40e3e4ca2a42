//! When tokens end.
//!
//! The server has a date for a token's expiry, and ends the token at 00:00 UTC, when that day begins. A token without a date never expires.
//! Whether a token is revoked is another question, which `revoked` answers.
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

/// Returns the moment at which a token with this `expires_at` ends: 00:00 UTC, when that day begins.
///
/// A moment that no [`Timestamp`] can hold becomes the last or the first one.
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
                /// Returns the moment at which the token ends, or `None` if it never expires.
                #[must_use]
                pub fn ends_at(&self) -> Option<Timestamp> {
                    self.expires_at.map(end_of_token)
                }

                /// Returns whether the token has ended by its expiry date. It may be revoked all the same.
                #[must_use]
                pub fn is_expired(&self, now: Timestamp) -> bool {
                    self.ends_at().is_some_and(|end| end <= now)
                }

                /// Returns the time until the token ends, negative once it has, or `None` if it never expires.
                #[must_use]
                pub fn time_left(&self, now: Timestamp) -> Option<SignedDuration> {
                    self.ends_at().map(|end| end.duration_since(now))
                }

                /// Returns the time from the token's creation to its end, or `None` if it never expires.
                #[must_use]
                pub fn lifetime(&self) -> Option<SignedDuration> {
                    self.time_left(self.created_at)
                }
            }
        )*
    };
}

expiry!(PersonalAccessToken, PersonalAccessTokenWithToken);
