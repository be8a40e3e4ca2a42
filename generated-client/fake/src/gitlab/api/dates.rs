//! Dates and times in the formats that GitLab accepts and returns. Knows only texts.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::Offset;

/// Reads a date and ignores a time after it.
pub(crate) fn date(text: &str) -> Option<Date> {
    let (date, rest) = split_date(text)?;
    (rest.is_empty() || rest.starts_with(['T', 't', ' '])).then_some(date)
}

/// Reads a moment: a date alone (its midnight), a time without zone (UTC), RFC 3339, and the malformed
/// `2022-01-01T:12:30:26` that GitLab's own tests have. A zone whose `+` became a space in a query is lost.
pub(crate) fn moment(text: &str) -> Option<Timestamp> {
    let (date, rest) = split_date(text)?;
    let rest = rest.trim();
    let rest = if rest.is_empty() {
        "00:00"
    } else {
        rest.trim_start_matches(['T', 't', ':', ' '])
    };
    let end = rest
        .find(|character: char| !matches!(character, '0'..='9' | ':' | '.'))
        .unwrap_or(rest.len());
    let (time, zone) = rest.split_at_checked(end)?;
    let offset = offset(zone)?;
    offset.to_timestamp(date.to_datetime(clock(time)?)).ok()
}

fn split_date(text: &str) -> Option<(Date, &str)> {
    let text = text.trim();
    let (date, rest) = text.split_at_checked(10)?;
    let well_formed = date.bytes().enumerate().all(|(index, byte)| match index {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    if well_formed {
        Some((date.parse().ok()?, rest))
    } else {
        None
    }
}

/// `12:30`, `12:30:25`, `12:30:25.5`.
fn clock(text: &str) -> Option<Time> {
    let mut parts = text.split(':');
    let hour = parts.next()?.parse().ok()?;
    let minute = parts.next()?.parse().ok()?;
    let (second, fraction) = match parts.next() {
        None => ("0", ""),
        Some(seconds) => seconds.split_once('.').unwrap_or((seconds, "")),
    };
    let nanoseconds = format!("{fraction:0<9}").get(..9)?.parse().ok()?;
    if parts.next().is_some() {
        return None;
    }
    Time::new(hour, minute, second.parse().ok()?, nanoseconds).ok()
}

fn offset(zone: &str) -> Option<Offset> {
    if zone.is_empty() || zone.eq_ignore_ascii_case("z") || zone.starts_with(' ') {
        return Some(Offset::UTC);
    }
    let (sign, digits) = match zone.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let digits: String = digits
        .chars()
        .filter(|character| *character != ':')
        .collect();
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let hours: i32 = digits.get(..2)?.parse().ok()?;
    let minutes: i32 = match digits.get(2..)? {
        "" => 0,
        minutes => minutes.parse().ok()?,
    };
    Offset::from_seconds(sign * (hours * 3600 + minutes.checked_mul(60)?)).ok()
}

/// Writes a time in RFC 3339, in UTC with milliseconds.
pub(crate) fn write_moment(moment: Timestamp) -> String {
    moment.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// Writes a time as HTTP headers do (RFC 9110, section 5.6.7).
pub(crate) fn write_http(moment: Timestamp) -> String {
    moment.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}
