//! The operations of the tables, by the effect of a retry.

use crate::support::{Exchange, exchange};

/// The id of a token other than the calling one.
pub(super) const OTHER: i64 = 4_002;

/// The effect of a retry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// No execution has an effect.
    Safe,
    /// A second execution changes nothing more.
    Idempotent,
    /// A second execution creates another token.
    Create,
    /// A second execution revokes a family of tokens.
    Replace,
}

use Kind::{Create, Idempotent, Replace, Safe};

/// Every kind.
pub(super) const ALL: &[Kind] = &[Safe, Idempotent, Create, Replace];

/// The kinds that may be retried after any failure.
pub(super) const RETRYABLE: &[Kind] = &[Safe, Idempotent];

/// The kinds that trust a response of any origin. A rotation trusts only a response in the server's own form.
pub(super) const CREDULOUS: &[Kind] = &[Safe, Idempotent, Create];

/// Those of them whose response has a body.
pub(super) const SAFE_OR_CREATE: &[Kind] = &[Safe, Create];

pub(super) const SAFE: &[Kind] = &[Safe];
pub(super) const IDEMPOTENT: &[Kind] = &[Idempotent];
pub(super) const ONCE: &[Kind] = &[Create, Replace];
pub(super) const CREATE: &[Kind] = &[Create];
pub(super) const REPLACE: &[Kind] = &[Replace];

/// Returns the operations of these kinds.
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
