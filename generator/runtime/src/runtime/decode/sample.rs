//! Values for tests, made without JSON: the macros of records, enumerations and unions implement [`Sample`].

use std::collections::BTreeMap;

use bytes::Bytes;
use serde_json::Value;

use crate::runtime::redact::secret::Secret;

/// How deep a sample may be nested.
const MAX_DEPTH: usize = 12;

/// The depth at which a union falls back to the variant for unknown JSON.
pub(crate) const LAST_RESORT: usize = 8;

/// A type with a value for tests, which is made without JSON: response types can't be built otherwise, since they are `#[non_exhaustive]`.
///
/// In a sample, required members have some value of their type, and optional ones, lists and maps have none. An enumeration is the first
/// of its documented values, a union the first of its variants with the least depth.
pub trait Sample: Sized {
    /// Returns a value in which objects and unions are nested no deeper than this, if the type has one.
    #[doc(hidden)]
    fn within(depth: usize) -> Option<Self>;

    /// Returns a value for tests.
    ///
    /// # Panics
    /// Panics if every object of the type contains another one. No server can satisfy the document of such a type.
    #[must_use]
    fn sample() -> Self {
        (0..=MAX_DEPTH)
            .find_map(Self::within)
            .expect("every object of the type contains another one")
    }
}

/// Returns the first of a union's variants with the least depth.
#[doc(hidden)]
#[must_use]
pub fn least_of<T>(depth: usize, variants: &[fn(usize) -> Option<T>]) -> Option<T> {
    let depth = depth.checked_sub(1)?;
    (0..=depth).find_map(|depth| variants.iter().find_map(|variant| variant(depth)))
}

macro_rules! values {
    ($($type:ty = $value:expr),* $(,)?) => {
        $(
            impl Sample for $type {
                fn within(_: usize) -> Option<Self> {
                    Some($value)
                }
            }
        )*
    };
}

values! {
    () = (),
    bool = false,
    i32 = 0,
    i64 = 0,
    f32 = 0.0,
    f64 = 0.0,
    String = "sample".to_owned(),
    Secret = Secret::new("sample"),
    Bytes = Bytes::new(),
    Value = Value::Null,
}

impl<T> Sample for Vec<T> {
    fn within(_: usize) -> Option<Self> {
        Some(Self::new())
    }
}

impl<T> Sample for BTreeMap<String, T> {
    fn within(_: usize) -> Option<Self> {
        Some(Self::new())
    }
}

impl<T> Sample for Option<T> {
    fn within(_: usize) -> Option<Self> {
        Some(None)
    }
}

impl<T: Sample> Sample for Box<T> {
    fn within(depth: usize) -> Option<Self> {
        T::within(depth).map(Self::new)
    }
}
