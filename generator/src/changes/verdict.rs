//! Which version a difference asks for, by [Cargo's rules](https://doc.rust-lang.org/cargo/reference/semver.html).
//!
//! Emitted structs and enums are `#[non_exhaustive]`, so new fields and variants are compatible. Callers pass required inputs as arguments,
//! whose names do not matter, and set optional ones by methods, whose names do.

use std::fmt;

use super::surface::ORDER_OF_VARIANTS;
use super::{Kind, What};

/// The version that a difference asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Nothing differs.
    None,
    /// No program has to change, and none can do more.
    Patch,
    /// Programs can do more; those that exist compile as they are.
    Minor,
    /// Programs may have to change.
    Major,
}

impl Verdict {
    /// Returns the verdict in lower case.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }

    /// Returns the version after `version`: Cargo treats the leftmost number that is not zero as the major one. Returns nothing where
    /// `version` is not three numbers.
    #[must_use]
    pub fn next(self, version: &str) -> Option<String> {
        let numbers: Result<Vec<u64>, _> = version.split('.').map(str::parse).collect();
        let Ok([major, minor, patch]) = <[u64; 3]>::try_from(numbers.ok()?) else {
            return None;
        };
        let next = match (self, major, minor) {
            (Self::None, ..) => [major, minor, patch],
            (Self::Major, 1.., _) => [major + 1, 0, 0],
            (Self::Minor, 1.., _) | (Self::Major, 0, 1..) => [major, minor + 1, 0],
            _ => [major, minor, patch + 1],
        };
        Some(next.map(|number| number.to_string()).join("."))
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// Returns the version that a difference asks for. An argument is what callers must pass.
pub(super) fn verdict(what: What, kind: Kind, is_argument: bool) -> Verdict {
    match (what, kind) {
        // Errors are documented, and no signature has them.
        (_, Kind::Error) | (What::Documented, _) => Verdict::Patch,
        // Programs compile as they are, and may get another variant for the same response.
        (What::Http(ORDER_OF_VARIANTS), _) => Verdict::Minor,
        (What::Http(_), _) => Verdict::Patch,
        (What::Added, Kind::Input | Kind::Field) if is_argument => Verdict::Major,
        (What::Added, _) => Verdict::Minor,
        (What::Renamed, Kind::Input) if is_argument => Verdict::Patch,
        // Only methods and fields have the attribute.
        (What::Deprecated, Kind::Type) => Verdict::Patch,
        (What::Deprecated, Kind::Input) if is_argument => Verdict::Patch,
        (What::Deprecated, _) => Verdict::Minor,
        (What::Undeprecated, _) => Verdict::Patch,
        (
            What::Removed
            | What::Renamed
            | What::Retyped
            | What::Required
            | What::Optional
            | What::Nullable
            | What::NotNullable
            | What::Reordered
            // Cargo counts the order of an enum that is `Ord` to its API.
            | What::Resorted,
            _,
        ) => Verdict::Major,
    }
}
