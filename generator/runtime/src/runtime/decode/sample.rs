//! Values for tests, created without JSON. The macros for records, enumerations and unions implement [`Sample`].

use std::collections::BTreeMap;

use bytes::Bytes;
use serde_json::Value;

use crate::runtime::redact::secret::Secret;

/// The maximum nesting depth of a sample.
const MAX_DEPTH: usize = 12;

/// A type that can create a value for tests without JSON. Response types are `#[non_exhaustive]`, so tests can't create them otherwise.
///
/// In a sample, a required member has some value of its type. Optional members, lists and maps are empty. An enumeration is the first of
/// its documented values. A union is the first variant with the smallest depth.
pub trait Sample: Sized {
    /// Returns a value in which objects and unions are nested at most `depth` levels deep, if the type has one.
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

/// Returns the first of a union's variants with the smallest depth.
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
    u64 = 0,
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
