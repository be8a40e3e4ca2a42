//! Reads the pause that a server requests.

use std::time::{Duration, SystemTime};

use http::header::{DATE, RETRY_AFTER};
use http::{HeaderMap, HeaderName, StatusCode};

use crate::runtime::transport::head::text;

/// Returns the pause that an error response requests: `Retry-After` in seconds or as a date (RFC 9110, section 10.2.3), or after a 429
/// without that header the end of the rate limit's window. Times are compared with the server's own clock if the response contains it
/// (`Date`). A time in the past requests no pause.
pub(crate) fn retry_after(
    status: StatusCode,
    headers: &HeaderMap,
    reset_header: Option<&str>,
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
        let reset = rate_limit_reset(headers, reset_header?)?;
        until(reset).filter(|_| status == StatusCode::TOO_MANY_REQUESTS)
    })
}

/// Returns the end of the rate limit's window, which this header has in Unix seconds.
pub(crate) fn rate_limit_reset(headers: &HeaderMap, name: &str) -> Option<SystemTime> {
    let seconds = text(headers, name)?.parse().ok()?;
    SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds))
}

/// Returns the value of a header that is a date.
fn date(headers: &HeaderMap, name: HeaderName) -> Option<SystemTime> {
    httpdate::parse_http_date(headers.get(name)?.to_str().ok()?.trim()).ok()
}

/// Parses a number of seconds that consists of digits only. A value larger than a `u64` is the maximum duration.
fn seconds(value: &str) -> Option<Duration> {
    let is_number = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| Duration::from_secs(value.parse().unwrap_or(u64::MAX)))
}
