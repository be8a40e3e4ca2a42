//! The ten operations, each with all its inputs.

use gitlab_pat::types::{GranularAccess, GranularScopeRequest};
use jiff::civil::date;

use crate::support::{Exchange, exchange};

pub(super) const ALL: &[Exchange] = &[
    exchange!("personal_access_tokens.list", |tokens| tokens
        .list()
        .search("ci")
        .per_page(2)),
    exchange!("personal_access_tokens.get", |tokens| tokens.get(1)),
    exchange!("personal_access_tokens.get_self", |tokens| tokens
        .get_self()),
    exchange!("personal_access_tokens.revoke", |tokens| tokens.revoke(1)),
    exchange!("personal_access_tokens.revoke_self", |tokens| tokens
        .revoke_self()),
    exchange!("personal_access_tokens.rotate", |tokens| tokens
        .rotate(1)
        .expires_at(date(2027, 1, 31))),
    exchange!("personal_access_tokens.rotate_self", |tokens| tokens
        .rotate_self()
        .expires_at(date(2027, 1, 31))),
    exchange!("personal_access_tokens.associations_self", |tokens| tokens
        .associations_self()
        .page(1)),
    exchange!("personal_access_tokens.create_for_current_user", |tokens| {
        tokens
            .create_for_current_user("n", ["k8s_proxy"])
            .granular_scopes([granular()])
    }),
    exchange!("personal_access_tokens.create_for_user", |tokens| tokens
        .create_for_user(1, "n", ["api"])
        .description("d")),
];

fn granular() -> GranularScopeRequest {
    GranularScopeRequest::new(GranularAccess::User, ["read_job".to_owned()])
}
