//! One token: read by id or by its bearer. Knows tokens and their owners.

use super::auth::{Caller, Requirement, authenticate};
use super::call::Call;
use super::entity::{Representation, token};
use super::errors;
use super::list::READ;
use crate::gitlab::world::World;
use crate::response::FakeResponse;

const READ_SELF: Requirement = Requirement {
    scopes: &[],
    registered: "",
    permission: "read_personal_access_token",
};

pub(crate) fn get(world: &mut World, call: &Call<'_>) -> Result<FakeResponse, FakeResponse> {
    let caller = authenticate(world, call, &READ)?;
    let id = visible_token(world, call, &caller)?;
    show(world, id)
}

pub(crate) fn get_self(world: &mut World, call: &Call<'_>) -> Result<FakeResponse, FakeResponse> {
    let caller = authenticate(world, call, &READ_SELF)?;
    let id = caller
        .token_id
        .ok_or_else(errors::not_a_personal_access_token)?;
    show(world, id)
}

fn show(world: &World, id: i64) -> Result<FakeResponse, FakeResponse> {
    let found = world.tokens.get(&id).ok_or_else(errors::not_found)?;
    Ok(FakeResponse::json(
        200,
        &token(world, found, Representation::Single),
    ))
}

/// Returns the id of the path's token if the caller is its owner or an administrator. The error does not reveal to
/// others whether the token exists.
pub(crate) fn visible_token(
    world: &World,
    call: &Call<'_>,
    caller: &Caller,
) -> Result<i64, FakeResponse> {
    let hidden = || {
        if caller.admin {
            errors::not_found()
        } else {
            errors::unauthorized()
        }
    };
    let id = token_id(world, call)?.ok_or_else(hidden)?;
    let found = world.tokens.get(&id).ok_or_else(hidden)?;
    if caller.admin || found.user_id == caller.user_id {
        Ok(id)
    } else {
        Err(errors::unauthorized())
    }
}

/// Returns the id of the path. Newer versions reject a segment that is not a number, older ones find no token.
pub(crate) fn token_id(world: &World, call: &Call<'_>) -> Result<Option<i64>, FakeResponse> {
    match call.segment(1).parse() {
        Ok(id) => Ok(Some(id)),
        Err(_) if world.settings.version.checks_ids() => {
            Err(FakeResponse::error(400, "id is invalid"))
        }
        Err(_) => Ok(None),
    }
}
