//! `GET /user`: the caller.

use serde_json::Value;

use super::auth::{Requirement, authenticate};
use super::call::Call;
use super::dates::write_moment;
use super::errors;
use crate::gitlab::user::UserRecord;
use crate::gitlab::world::World;
use crate::json::{Json, Object};
use crate::response::FakeResponse;

pub(crate) const READ_USER: Requirement = Requirement {
    scopes: &["api", "read_api", "read_user"],
    registered: "read_user api read_api",
    permission: "read_user",
};

pub(crate) fn respond(world: &mut World, call: &Call<'_>) -> Result<FakeResponse, FakeResponse> {
    let caller = authenticate(world, call, &READ_USER)?;
    let record = world
        .users
        .get(&caller.user_id)
        .ok_or_else(errors::unauthorized)?;
    let mut body = user(world, record);
    // An administrator's own view has members that others do not see.
    if caller.admin {
        body = body
            .with("is_admin", record.admin)
            .with("note", Value::Null)
            .with("namespace_id", record.user.id());
    }
    Ok(FakeResponse::json(200, &body))
}

fn user(world: &World, record: &UserRecord) -> Object {
    let username = record.user.username();
    let base = world.settings.external_url.as_deref().unwrap_or(&world.url);
    let email = format!("{username}@example.com");
    let created_at = write_moment(record.created_at);
    let created_on = created_at.get(..10).unwrap_or_default().to_owned();
    let texts = |object: Object, names: &[&str]| {
        names
            .iter()
            .fold(object, |object, name| object.with(name, ""))
    };

    let object = Object::new()
        .with("id", record.user.id())
        .with("username", username)
        .with("public_email", Value::Null)
        .with("name", username)
        .with("state", "active")
        .with("locked", false)
        .with("avatar_url", Value::Null)
        .with("web_url", format!("{base}/{username}"))
        .with("created_at", created_at.as_str());
    let object = texts(
        object,
        &[
            "bio",
            "location",
            "linkedin",
            "twitter",
            "discord",
            "website_url",
            "github",
            "job_title",
        ],
    );
    object
        .with("pronouns", Value::Null)
        .with("organization", "")
        .with("bot", !record.human)
        .with("work_information", Value::Null)
        .with("followers", 0)
        .with("following", 0)
        .with("local_time", Value::Null)
        .with("last_sign_in_at", Value::Null)
        .with("confirmed_at", created_at)
        .with("last_activity_on", created_on)
        .with("email", email.as_str())
        .with("theme_id", 1)
        .with("color_scheme_id", 1)
        .with("projects_limit", 100_000)
        .with("current_sign_in_at", Value::Null)
        .with("identities", Json::Array(Vec::new()))
        .with("can_create_group", true)
        .with("can_create_project", true)
        .with("two_factor_enabled", false)
        .with("external", false)
        .with("private_profile", false)
        .with("commit_email", email)
        .with("preferred_language", "en")
}
