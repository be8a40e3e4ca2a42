//! Reads how long a server wants to be left alone.

use std::time::{Duration, SystemTime};

use http::header::RETRY_AFTER;
use http::{HeaderMap, StatusCode};

use crate::runtime::response::RateLimit;

/// The pause that an error answer asks for: `Retry-After` in seconds or as a date (RFC 9110, section 10.2.3), and after 429 without it
/// the end of the rate limit's window. A date in the past is no pause at all.
pub(crate) fn retry_after(
    status: StatusCode,
    headers: &HeaderMap,
    rate_limit: Option<&RateLimit>,
    now: SystemTime,
) -> Option<Duration> {
    let until = |time: SystemTime| time.duration_since(now).unwrap_or_default();
    let named = headers
        .get(RETRY_AFTER)
        .and_then(|value| value.to_str().ok())
        .map(str::trim)
        .and_then(|value| {
            seconds(value).or_else(|| httpdate::parse_http_date(value).ok().map(until))
        });
    named.or_else(|| {
        let reset = rate_limit?.reset?;
        (status == StatusCode::TOO_MANY_REQUESTS).then(|| until(reset))
    })
}

/// Digits alone: no sign, no fraction. More than a `u64` holds is the largest pause.
fn seconds(value: &str) -> Option<Duration> {
    let is_number = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| Duration::from_secs(value.parse().unwrap_or(u64::MAX)))
}
