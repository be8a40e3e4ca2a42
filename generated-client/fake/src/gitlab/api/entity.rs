//! Tokens as JSON, with the members and the order of each version. Knows tokens and JSON.

use serde_json::Value;

use super::dates::write_moment;
use crate::gitlab::token::{GranularScope, TokenRecord};
use crate::gitlab::world::World;
use crate::json::Object;

/// The kind of response that contains a token. It decides which members the token has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Representation {
    List,
    Single,
    /// With its secret: after its creation or rotation.
    New,
}

pub(crate) fn token(world: &World, token: &TokenRecord, representation: Representation) -> Object {
    let version = world.settings.version;
    let mut object = Object::new()
        .with("id", token.id)
        .with("name", token.name.as_str())
        .with("revoked", token.revoked)
        .with("created_at", write_moment(token.created_at));
    if version.has_description() {
        object.set("description", token.description.clone());
    }
    object.set("scopes", token.scopes.clone());
    object.set("user_id", token.user_id);
    if version.has_last_used_at() {
        object.set("last_used_at", token.last_used_at.map(write_moment));
    }
    if version.has_ips_everywhere() {
        object.set("last_used_ips", token.last_used_ips.clone());
    }
    object.set("active", token.is_active(world.today()));
    if version.has_granular_flag() {
        object.set("granular", token.is_granular());
    }
    object.set("expires_at", token.expires_at.map(|date| date.to_string()));
    if version.has_ips_of_single_tokens()
        && !version.has_ips_everywhere()
        && representation == Representation::Single
    {
        object.set("last_used_ips", token.last_used_ips.clone());
    }
    if version.has_granular_scopes() && token.is_granular() {
        object = object.with_objects(
            "granular_scopes",
            token.granular_scopes.iter().map(granular_scope),
        );
    }
    if representation == Representation::New {
        object.set("token", token.secret.0.as_str());
    }
    for (name, value) in &token.overrides {
        match value {
            Some(value) => object.set(name, value.clone()),
            None => object.remove(name),
        }
    }
    object
}

fn granular_scope(scope: &GranularScope) -> Object {
    Object::new()
        .with("access", scope.access.as_str())
        .with("permissions", scope.permissions.clone())
        .with(
            "project_id",
            scope.project_id.map_or(Value::Null, Value::from),
        )
        .with("group_id", scope.group_id.map_or(Value::Null, Value::from))
}
