//! What a new description changes for the users of a client: two [`Surface`]s are compared item by item, and a semver verdict follows.
//!
//! It compares what two documents give with one generator. What a new version of the generator or its runtime changes is not part of it.

mod changelog;
mod compare;
mod merge;
mod names;
mod pair;
mod report;
mod surface;
mod verdict;

pub use changelog::insert;
pub use compare::compare;
pub use surface::{Fact, Item, Kind, Side, Surface};
pub use verdict::Verdict;

use crate::diagnostic::{Location, Pointer};

/// The differences between two clients.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// The differences in the order of the items: the crate, its operations, its types.
    pub list: Vec<Change>,
}

/// A difference between two clients.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What happened to the item.
    pub what: What,
    /// What the item is.
    pub kind: Kind,
    /// The item's public path: the new one, or that of an item that is gone.
    pub path: String,
    /// The item's own name.
    pub name: String,
    /// The public path of what the item belongs to.
    pub owner: String,
    /// Other items to which the same happened, because they come from one part of the document.
    pub also: Vec<String>,
    /// Whether callers must pass the item.
    pub is_argument: bool,
    /// What it was, where that says more than the path.
    pub before: Option<String>,
    /// What it is now.
    pub after: Option<String>,
    /// The version that the difference asks for.
    pub verdict: Verdict,
    /// The pointer of the item in its document, as lowering found it.
    pub pointer: Pointer,
    /// The item's place in its document: the old one for what is gone.
    pub location: Option<Location>,
}

/// What happened to an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It has another name.
    Renamed,
    /// Its type or signature is another one.
    Retyped,
    /// It was optional and is required.
    Required,
    /// It was required and is optional.
    Optional,
    /// It was never null and may be.
    Nullable,
    /// It might be null and never is.
    NotNullable,
    /// Arguments have another order.
    Reordered,
    /// The values of an enum have another order, which its `Ord` follows.
    Resorted,
    /// Its use is discouraged.
    Deprecated,
    /// Its use is no longer discouraged.
    Undeprecated,
    /// A request or response is another one, which no type shows.
    Http(&'static str),
    /// Its documentation is another one.
    Documented,
}

impl Changes {
    /// Returns the version that the differences ask for.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let verdicts = self.list.iter().map(|change| change.verdict);
        verdicts.max().unwrap_or(Verdict::None)
    }

    /// Returns the verdict and the number of differences on one line.
    #[must_use]
    pub fn summary(&self) -> String {
        report::summary(self)
    }

    /// Returns the report for a terminal. `version` is the version of the crate before, where it is known.
    #[must_use]
    pub fn text(&self, version: Option<&str>) -> String {
        report::text(self, version)
    }

    /// Returns a section for a changelog: headings of the third level and lists, without places, which go stale.
    #[must_use]
    pub fn markdown(&self) -> String {
        report::markdown(self)
    }

    /// Returns the report as a JSON object.
    ///
    /// `verdict` is `none`, `patch`, `minor` or `major`. `changes` is a list of objects with the members `what`, `kind`, `path`, `also`,
    /// `before`, `after`, `aspect` (of the HTTP side; null elsewhere), `verdict`, `text`, `file`, `line`, `column` (from 1; null where
    /// there is no place) and `pointer`.
    ///
    /// `what` is `added`, `removed`, `renamed`, `retyped`, `required`, `optional`, `nullable`, `not-nullable`, `reordered` (arguments),
    /// `resorted` (values), `deprecated`, `undeprecated`, `http` or `documented`.
    #[must_use]
    pub fn json(&self) -> String {
        report::json(self)
    }
}
