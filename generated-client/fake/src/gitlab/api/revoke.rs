//! Revocation. Knows tokens, their owners, and the groups that provision service accounts.

use super::auth::{Caller, Requirement, authenticate};
use super::call::Call;
use super::errors;
use super::single::token_id;
use crate::gitlab::token::TokenRecord;
use crate::gitlab::world::World;
use crate::response::FakeResponse;

const REVOKE: Requirement = Requirement {
    scopes: &["api"],
    registered: "api read_api",
    permission: "revoke_personal_access_token",
};

const REVOKE_SELF: Requirement = Requirement {
    scopes: &[],
    registered: "",
    permission: "revoke_personal_access_token",
};

/// The access level of a group's owners.
const OWNER: u32 = 50;

pub(crate) fn by_id(world: &mut World, call: &Call<'_>) -> Result<FakeResponse, FakeResponse> {
    let caller = authenticate(world, call, &REVOKE)?;
    let missing = || FakeResponse::message(404, "404 Not found");
    let id = token_id(world, call)?.ok_or_else(missing)?;
    let token = world.tokens.get(&id).ok_or_else(missing)?;
    let permitted = may_revoke(world, &caller, token);
    revoke(world, id, permitted)
}

pub(crate) fn by_bearer(world: &mut World, call: &Call<'_>) -> Result<FakeResponse, FakeResponse> {
    let requirement = if world.settings.version.self_revoke_takes_any_scope() {
        &REVOKE_SELF
    } else {
        &REVOKE
    };
    let caller = authenticate(world, call, requirement)?;
    let id = caller
        .token_id
        .ok_or_else(errors::not_a_personal_access_token)?;
    let token = world.tokens.get(&id).ok_or_else(errors::not_found)?;
    let permitted = may_revoke(world, &caller, token);
    revoke(world, id, permitted)
}

/// Returns whether the caller may revoke the token: its owner, except an impersonation token; an administrator; in the newest versions
/// an owner of the group that provisioned the service account.
fn may_revoke(world: &World, caller: &Caller, token: &TokenRecord) -> bool {
    if caller.admin || (token.user_id == caller.user_id && !token.impersonation) {
        return true;
    }
    let group = world
        .users
        .get(&token.user_id)
        .and_then(|owner| owner.provisioned_by);
    world.settings.version.lets_group_owners_revoke()
        && group.is_some_and(|group| {
            world
                .memberships
                .inherited_level(group, caller.user_id)
                .is_some_and(|level| level >= OWNER)
        })
}

fn revoke(world: &mut World, id: i64, permitted: bool) -> Result<FakeResponse, FakeResponse> {
    if permitted {
        world.revoke(id);
        return Ok(FakeResponse::new(204));
    }
    let reason = if world.settings.version.explains_rejected_revocation() {
        "Not permitted to revoke"
    } else {
        ""
    };
    Err(errors::bad_request(reason))
}
