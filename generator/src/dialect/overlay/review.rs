//! What became of each action of an overlay.

use super::action::Action;
use crate::diagnostic::{Place, Pointer};
use crate::source::Value;

/// What became of an action.
#[derive(Debug, Clone)]
pub struct Review {
    /// Its place in the overlay.
    pub place: Place,
    /// The id of the correction; none for an addition.
    pub correction: Option<String>,
    /// The JSONPath of its target.
    pub target: String,
    /// Its reason.
    pub description: String,
    /// Whether it removes its targets.
    pub removes: bool,
    /// Whether it is the `update` of a correction whose `remove` is the action before.
    pub is_second_half: bool,
    /// The members that it says were published, with their values; none where there was no such member.
    pub published: Vec<(String, Option<Value>)>,
    /// What the JSONPath selected in the document as it was when the action's turn came.
    pub targets: Vec<Pointer>,
    /// Whether there is anything that a target could be a member or an element of.
    pub has_owner: bool,
    /// Whether the targets had each member that it gives them, with the same value.
    pub is_met: bool,
    /// Where the document is no longer as it was published.
    pub differences: Vec<Difference>,
    /// What it did.
    pub outcome: Outcome,
}

/// What an action did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It changed the document, which is as it was published.
    Applied,
    /// It changed the document, which is no longer as it was published.
    OutOfDate,
    /// It changed nothing.
    NoEffect,
    /// It has no target.
    NoMatch,
    /// Its update does not fit its target.
    Unfit,
}

/// A member of a target that is not as it was published.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// The target.
    pub target: Pointer,
    /// The member.
    pub key: String,
    /// What was published; none where there was no such member.
    pub published: Option<Value>,
    /// What is there now.
    pub present: Option<Value>,
}

/// Returns the members that an action says were published.
pub(super) fn published(action: &Action<'_>) -> Vec<(String, Option<Value>)> {
    let published = action.published.into_iter().flatten();
    let published = published.map(|(key, value)| {
        let value = Some(value).filter(|value| !value.is_null());
        (key.clone(), value.cloned())
    });
    published.collect()
}
