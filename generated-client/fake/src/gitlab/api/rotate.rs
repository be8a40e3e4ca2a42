//! Rotation: revokes a token and creates one with the same name, scopes and kind. Knows tokens.

use jiff::civil::Date;

use super::auth::{Requirement, authenticate};
use super::call::Call;
use super::checks::Checks;
use super::entity::{Representation, token};
use super::errors;
use super::lifetime;
use super::single::visible_token;
use crate::gitlab::token::{TokenRecord, TokenSpec};
use crate::gitlab::user::User;
use crate::gitlab::world::World;
use crate::response::FakeResponse;

const ROTATE: Requirement = Requirement {
    scopes: &["api"],
    registered: "api read_api",
    permission: "rotate_personal_access_token",
};

const ROTATE_SELF: Requirement = Requirement {
    scopes: &["api", "self_rotate"],
    registered: "api self_rotate api read_api",
    permission: "rotate_personal_access_token",
};

const ROTATE_SELF_BEFORE_ITS_SCOPE: Requirement = Requirement {
    scopes: &["api"],
    registered: "api read_api",
    permission: "rotate_personal_access_token",
};

/// Lifetime in days of a new token for which the request has no date.
const DEFAULT_DAYS: i32 = 7;

pub(crate) fn by_id(world: &mut World, call: &Call<'_>) -> Result<FakeResponse, FakeResponse> {
    let caller = authenticate(world, call, &ROTATE)?;
    let expires_at = read_expiry(world, call)?;
    let id = visible_token(world, call, &caller)?;
    rotate(world, id, expires_at)
}

pub(crate) fn by_bearer(world: &mut World, call: &Call<'_>) -> Result<FakeResponse, FakeResponse> {
    let has_scope = world.settings.version.knows_self_rotate_scope();
    let caller = authenticate(
        world,
        call,
        if has_scope {
            &ROTATE_SELF
        } else {
            &ROTATE_SELF_BEFORE_ITS_SCOPE
        },
    )?;
    let expires_at = read_expiry(world, call)?;
    let id = caller
        .token_id
        .ok_or_else(|| FakeResponse::message(405, "405 Method Not Allowed"))?;
    rotate(world, id, expires_at)
}

fn read_expiry(world: &World, call: &Call<'_>) -> Result<Option<Date>, FakeResponse> {
    if !world.settings.version.rotates_to_date() {
        return Ok(None);
    }
    let mut checks = Checks::new(&call.parameters);
    let date = checks.date("expires_at");
    checks.finish()?;
    Ok(date)
}

/// Rotates in one transaction: an error leaves the old token unchanged.
fn rotate(
    world: &mut World,
    id: i64,
    expires_at: Option<Date>,
) -> Result<FakeResponse, FakeResponse> {
    let old = world
        .tokens
        .get(&id)
        .cloned()
        .ok_or_else(errors::not_found)?;
    if old.revoked {
        return Err(errors::bad_request("Token already revoked"));
    }
    let human = world
        .users
        .get(&old.user_id)
        .is_some_and(|owner| owner.human);
    if !world.settings.legacy_rotation && human && !old.is_granular() {
        let reason = "Rotation of legacy personal access tokens is disabled. Use a fine-grained token instead.";
        return Err(errors::bad_request(reason));
    }
    lifetime::check(world, expires_at).map_err(|problem| errors::bad_request(&problem))?;
    let default = world
        .settings
        .require_expiry
        .then(|| world.in_days(DEFAULT_DAYS));
    world.revoke(id);
    let new = world.add_token(successor(world, &old, expires_at.or(default)));
    let created = world.tokens.get(&new.id()).ok_or_else(errors::not_found)?;
    Ok(FakeResponse::json(
        200,
        &token(world, created, Representation::New),
    ))
}

fn successor(world: &World, old: &TokenRecord, expires_at: Option<Date>) -> TokenSpec {
    let owner = world
        .users
        .get(&old.user_id)
        .map(|record| record.user.clone());
    let owner = owner.unwrap_or(User {
        id: old.user_id,
        username: String::new(),
    });
    let mut spec = TokenSpec::new(&owner, old.name.as_str())
        .scopes(old.scopes.clone())
        .impersonation(old.impersonation);
    spec.description.clone_from(&old.description);
    spec.granular_scopes.clone_from(&old.granular_scopes);
    spec.expires_at = expires_at;
    spec.parent = Some(old.id);
    spec
}
