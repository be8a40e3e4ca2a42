//! Numbers as documents write them.

use std::fmt;
use std::hash::{Hash, Hasher};

/// A number of any size. It keeps the text it was written as, so that nothing is lost: neither the digits beyond 64 bits nor the
/// last zero of a version `1.10` that somebody forgot to quote.
#[derive(Debug, Clone)]
pub struct Number(Box<str>);

impl Number {
    /// Reads a number as JSON or YAML's core schema writes it: decimal, `0x1f`, `0o17`, `1e3`, `.inf`, `.nan`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
        let is_number = match unsigned.as_bytes() {
            [b'0', b'x', digits @ ..] if unsigned == text => {
                !digits.is_empty() && digits.iter().all(u8::is_ascii_hexdigit)
            }
            [b'0', b'o', digits @ ..] if unsigned == text => {
                !digits.is_empty() && digits.iter().all(|digit| matches!(digit, b'0'..=b'7'))
            }
            [b'0'..=b'9', ..] | [b'.', b'0'..=b'9', ..] => is_decimal(unsigned),
            _ => is_infinite(unsigned) || matches!(text, ".nan" | ".NaN" | ".NAN"),
        };
        is_number.then(|| Self(text.into()))
    }

    /// The text it was written as.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The value, when it is a whole number within 128 bits; `3.0` and `1e3` are whole numbers too.
    #[must_use]
    pub fn as_i128(&self) -> Option<i128> {
        let text: &str = &self.0;
        if let Some(digits) = text.strip_prefix("0x") {
            return i128::from_str_radix(digits, 16).ok();
        }
        if let Some(digits) = text.strip_prefix("0o") {
            return i128::from_str_radix(digits, 8).ok();
        }
        if let Ok(integer) = text.parse() {
            return Some(integer);
        }
        if !text.contains(['.', 'e', 'E']) {
            return None;
        }
        let float = self.as_f64();
        // Doubles hold every whole number up to 2^53; beyond it, the text may have another one.
        (float.fract() == 0.0 && float.abs() <= 9_007_199_254_740_992.0).then_some(float as i128)
    }

    /// The value, when it is a whole number within 64 bits.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        self.as_i128()?.try_into().ok()
    }

    /// The value, when it is a whole number within 64 bits without a sign.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        self.as_i128()?.try_into().ok()
    }

    /// The nearest double, which may be infinite or not a number.
    #[must_use]
    pub fn as_f64(&self) -> f64 {
        let text: &str = &self.0;
        let (sign, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (-1.0, rest),
            None => (1.0, text.strip_prefix('+').unwrap_or(text)),
        };
        if is_infinite(unsigned) {
            return sign * f64::INFINITY;
        }
        if text.starts_with("0x") || text.starts_with("0o") {
            return self
                .as_i128()
                .map_or(f64::INFINITY, |integer| integer as f64);
        }
        text.parse().unwrap_or(f64::NAN)
    }

    /// Whether the text says a whole number: no fraction, no exponent.
    #[must_use]
    pub fn is_integer(&self) -> bool {
        self.0.starts_with("0x") || !self.0.contains(['.', 'e', 'E'])
    }
}

/// Equal when they mean the same number, however it is written.
impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        match (self.as_i128(), other.as_i128()) {
            (Some(left), Some(right)) => left == right,
            (None, None) => self.0 == other.0 || self.as_f64() == other.as_f64(),
            _ => false,
        }
    }
}

impl Eq for Number {}

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self.as_i128() {
            Some(integer) => integer.hash(state),
            // Zero and negative zero are equal.
            None => (self.as_f64() + 0.0).to_bits().hash(state),
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self(value.to_string().into())
    }
}

impl From<u64> for Number {
    fn from(value: u64) -> Self {
        Self(value.to_string().into())
    }
}

fn is_infinite(unsigned: &str) -> bool {
    matches!(unsigned, ".inf" | ".Inf" | ".INF")
}

/// Digits with at most one point among them and at most one exponent after them.
fn is_decimal(unsigned: &str) -> bool {
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    is_digits(whole)
        && is_digits(fraction)
        && exponent.is_none_or(|exponent| {
            let digits = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
            !digits.is_empty() && is_digits(digits)
        })
}
