//! Reads how long a server wants to be left alone.

use std::time::{Duration, SystemTime};

use http::header::{DATE, RETRY_AFTER};
use http::{HeaderMap, HeaderName, StatusCode};

use crate::runtime::transport::head::RateLimit;

/// The pause that an error response asks for: `Retry-After` in seconds or as a date (RFC 9110, section 10.2.3), and after 429 without it
/// the end of the rate limit's window. Moments are held against the server's own clock, where the response tells it (`Date`); one that is
/// over asks for nothing.
pub(crate) fn retry_after(
    status: StatusCode,
    headers: &HeaderMap,
    rate_limit: Option<&RateLimit>,
    now: SystemTime,
) -> Option<Duration> {
    let now = date(headers, DATE).unwrap_or(now);
    let until = |time: SystemTime| {
        let pause = time.duration_since(now).ok()?;
        Some(pause).filter(|pause| !pause.is_zero())
    };
    let named = headers
        .get(RETRY_AFTER)
        .and_then(|value| value.to_str().ok())
        .map(str::trim)
        .and_then(seconds)
        .or_else(|| date(headers, RETRY_AFTER).and_then(until));
    named.or_else(|| {
        let reset = rate_limit?.reset?;
        until(reset).filter(|_| status == StatusCode::TOO_MANY_REQUESTS)
    })
}

/// A header that is a date.
fn date(headers: &HeaderMap, name: HeaderName) -> Option<SystemTime> {
    httpdate::parse_http_date(headers.get(name)?.to_str().ok()?.trim()).ok()
}

/// Digits alone: no sign, no fraction. More than a `u64` holds is the largest pause.
fn seconds(value: &str) -> Option<Duration> {
    let is_number = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| Duration::from_secs(value.parse().unwrap_or(u64::MAX)))
}
