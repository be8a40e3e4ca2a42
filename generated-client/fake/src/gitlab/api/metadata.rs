//! `GET /version` and `GET /metadata`.

use serde_json::Value;

use super::auth::authenticate;
use super::call::Call;
use super::user::READ_USER;
use crate::gitlab::world::World;
use crate::json::Object;
use crate::response::FakeResponse;

/// The commit that the instance claims to be built from.
const REVISION: &str = "0fa4e0fa4e0";

pub(crate) fn respond(world: &mut World, call: &Call<'_>) -> Result<FakeResponse, FakeResponse> {
    authenticate(world, call, &READ_USER)?;
    let version = world.settings.version;
    let mut body = Object::new()
        .with("version", format!("{version}.0"))
        .with("revision", REVISION);
    if version.has_metadata() {
        let agent_server = Object::new()
            .with("enabled", false)
            .with("externalUrl", Value::Null)
            .with("externalK8sProxyUrl", Value::Null)
            .with("version", Value::Null);
        body = body.with("kas", agent_server).with("enterprise", false);
    }
    Ok(FakeResponse::json(200, &body))
}
