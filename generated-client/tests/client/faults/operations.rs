//! The operations of the tables, by what a retry of each does.

use crate::support::{Exchange, exchange};

/// The id of a token that is not the calling one.
pub(super) const OTHER: i64 = 4_002;

/// What a retry does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing.
    Safe,
    /// What the first did, once more: nothing.
    Idempotent,
    /// Another token that nobody asked for.
    Create,
    /// The end of a family of tokens.
    Replace,
}

use Kind::{Create, Idempotent, Replace, Safe};

/// Every kind.
pub(super) const ALL: &[Kind] = &[Safe, Idempotent, Create, Replace];

/// The kinds that may be repeated whatever happened.
pub(super) const REPEATABLE: &[Kind] = &[Safe, Idempotent];

/// The kinds that believe whatever responds them: a rotation believes only what looks like the server's own.
pub(super) const CREDULOUS: &[Kind] = &[Safe, Idempotent, Create];

/// The same where the response has a body.
pub(super) const SAFE_OR_CREATE: &[Kind] = &[Safe, Create];

pub(super) const SAFE: &[Kind] = &[Safe];
pub(super) const IDEMPOTENT: &[Kind] = &[Idempotent];
pub(super) const ONCE: &[Kind] = &[Create, Replace];
pub(super) const CREATE: &[Kind] = &[Create];
pub(super) const REPLACE: &[Kind] = &[Replace];

/// The operations of these kinds.
pub(super) fn of(kinds: &'static [Kind]) -> impl Iterator<Item = (Kind, Exchange)> {
    OPERATIONS
        .iter()
        .filter(move |(kind, _)| kinds.contains(kind))
        .copied()
}

const OPERATIONS: &[(Kind, Exchange)] = &[
    (Safe, exchange!("get_self", |tokens| tokens.get_self())),
    (Safe, exchange!("list", |tokens| tokens.list())),
    (
        Idempotent,
        exchange!("revoke_self", |tokens| tokens.revoke_self()),
    ),
    (
        Idempotent,
        exchange!("revoke", |tokens| tokens.revoke(OTHER)),
    ),
    (
        Create,
        exchange!("create_for_current_user", |tokens| tokens
            .create_for_current_user("new", ["k8s_proxy"])),
    ),
    (
        Replace,
        exchange!("rotate_self", |tokens| tokens.rotate_self()),
    ),
    (Replace, exchange!("rotate", |tokens| tokens.rotate(OTHER))),
];
