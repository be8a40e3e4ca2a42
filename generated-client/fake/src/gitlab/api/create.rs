//! Creation, by administrators for others and by users for themselves. Knows tokens and scopes.

use jiff::civil::Date;
use serde_json::Value;

use super::auth::{Requirement, authenticate};
use super::call::Call;
use super::checks::Checks;
use super::entity::{Representation, token};
use super::errors;
use super::lifetime;
use crate::gitlab::token::{GranularScope, TokenSpec};
use crate::gitlab::world::World;
use crate::response::FakeResponse;

const CREATE: Requirement = Requirement {
    scopes: &["api"],
    registered: "api read_api",
    permission: "create_personal_access_token",
};

/// Every classic scope of a current instance.
const SCOPES: [&str; 21] = [
    "api",
    "read_api",
    "read_user",
    "read_repository",
    "write_repository",
    "read_registry",
    "write_registry",
    "read_virtual_registry",
    "write_virtual_registry",
    "create_runner",
    "manage_runner",
    "ai_features",
    "k8s_proxy",
    "self_rotate",
    "sudo",
    "admin_mode",
    "read_service_ping",
    "read_observability",
    "write_observability",
    "mcp",
    "mcp_orbit",
];

/// The scopes that a user's own token can get through the API.
const OWN_SCOPES: [&str; 2] = ["k8s_proxy", "self_rotate"];

const MAX_DESCRIPTION: usize = 255;

pub(crate) fn for_user(world: &mut World, call: &Call<'_>) -> Result<FakeResponse, FakeResponse> {
    let caller = authenticate(world, call, &CREATE)?;
    if !caller.admin {
        return Err(errors::forbidden(""));
    }
    let mut checks = Checks::new(&call.parameters);
    let user_id = call.segment(1).parse::<i64>().ok();
    if user_id.is_none() {
        checks.problem("user_id", "is invalid");
    }
    let granular = world.settings.version.admins_create_granular_tokens();
    let request = NewTokenRequest::read(checks, call, &SCOPES, granular)?;
    let user_id = user_id.filter(|id| world.users.contains_key(id));
    let user_id = user_id.ok_or_else(|| FakeResponse::message(404, "404 User Not Found"))?;
    create(world, user_id, request, None)
}

pub(crate) fn for_caller(world: &mut World, call: &Call<'_>) -> Result<FakeResponse, FakeResponse> {
    let caller = authenticate(world, call, &CREATE)?;
    let version = world.settings.version;
    let scopes = if version.knows_self_rotate_scope() {
        &OWN_SCOPES[..]
    } else {
        &OWN_SCOPES[..1]
    };
    let checks = Checks::new(&call.parameters);
    let request =
        NewTokenRequest::read(checks, call, scopes, version.users_create_granular_tokens())?;
    let default = (!version.defaults_to_longest_lifetime()).then(|| world.in_days(1));
    create(world, caller.user_id, request, default)
}

struct NewTokenRequest {
    name: String,
    description: Option<String>,
    scopes: Vec<String>,
    granular_scopes: Vec<GranularScope>,
    expires_at: Option<Date>,
}

impl NewTokenRequest {
    fn read(
        mut checks: Checks<'_>,
        call: &Call<'_>,
        allowed: &[&str],
        granular: bool,
    ) -> Result<Self, FakeResponse> {
        let parameters = &call.parameters;
        let name = parameters.text("name");
        if !parameters.has("name") {
            checks.problem("name", "is missing");
        }
        let granular_scopes = parameters.get("granular_scopes").filter(|_| granular);
        let scopes = parameters.list("scopes");
        match (&scopes, granular_scopes) {
            (None, None) => checks.problem("scopes", "is missing"),
            (Some(_), Some(_)) => {
                checks.problem("scopes, granular_scopes", "are mutually exclusive")
            }
            (Some(scopes), None) => {
                if !scopes.iter().all(|scope| allowed.contains(&scope.as_str())) {
                    checks.problem("scopes", "does not have a valid value");
                }
            }
            (None, Some(_)) => {}
        }
        let granular_scopes = granular_scopes.map(|value| read_granular_scopes(value, &mut checks));
        let expires_at = checks.date("expires_at");
        checks.finish()?;
        Ok(Self {
            name: name.unwrap_or_default(),
            description: parameters.text("description"),
            scopes: scopes.unwrap_or_else(|| vec!["granular".to_owned()]),
            granular_scopes: granular_scopes.unwrap_or_default(),
            expires_at,
        })
    }
}

/// Converts the items of a request, which name many projects and groups, to those of a token, which name one each.
fn read_granular_scopes(value: &Value, checks: &mut Checks<'_>) -> Vec<GranularScope> {
    let Some(items) = value.as_array() else {
        checks.problem("granular_scopes", "is invalid");
        return Vec::new();
    };
    let mut scopes = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let member = |name: &str| format!("granular_scopes[{index}][{name}]");
        let Some(access) = item.get("access").and_then(Value::as_str) else {
            checks.problem(&member("access"), "is missing");
            continue;
        };
        let Some(permissions) = item.get("permissions").and_then(Value::as_array) else {
            checks.problem(&member("permissions"), "is missing");
            continue;
        };
        let scope = GranularScope::new(access, permissions.iter().filter_map(Value::as_str));
        let projects = ids(item.get("project_ids"))
            .into_iter()
            .map(|id| scope.clone().project(id));
        let groups = ids(item.get("group_ids"))
            .into_iter()
            .map(|id| scope.clone().group(id));
        let before = scopes.len();
        scopes.extend(projects.chain(groups));
        if scopes.len() == before {
            scopes.push(scope);
        }
    }
    scopes
}

/// An array of ids or a list of them with commas.
fn ids(value: Option<&Value>) -> Vec<i64> {
    match value {
        Some(Value::Array(items)) => items.iter().filter_map(Value::as_i64).collect(),
        Some(Value::String(text)) => text
            .split(',')
            .filter_map(|id| id.trim().parse().ok())
            .collect(),
        _ => Vec::new(),
    }
}

fn create(
    world: &mut World,
    user_id: i64,
    request: NewTokenRequest,
    default: Option<Date>,
) -> Result<FakeResponse, FakeResponse> {
    let mut problems = Vec::new();
    if request.name.trim().is_empty() {
        problems.push("Name can't be blank".to_owned());
    }
    if request.scopes.is_empty() {
        problems.push("Scopes can't be blank".to_owned());
    }
    if request
        .description
        .as_ref()
        .is_some_and(|text| text.chars().count() > MAX_DESCRIPTION)
    {
        problems.push(format!(
            "Description is too long (maximum is {MAX_DESCRIPTION} characters)"
        ));
    }
    if let Err(problem) = lifetime::check(world, request.expires_at) {
        problems.push(problem);
    }
    if !problems.is_empty() {
        return Err(FakeResponse::message(422, &sentence(&problems)));
    }
    let owner = world.users.get(&user_id).map(|record| record.user.clone());
    let owner = owner.ok_or_else(|| FakeResponse::message(404, "404 User Not Found"))?;
    let longest = world.in_days(world.settings.max_lifetime_days);
    let mut spec = TokenSpec::new(&owner, request.name).scopes(request.scopes);
    spec.description = request.description;
    spec.granular_scopes = request.granular_scopes;
    spec.expires_at = request
        .expires_at
        .or(default)
        .or(world.settings.require_expiry.then_some(longest));
    let new = world.add_token(spec);
    let created = world.tokens.get(&new.id()).ok_or_else(errors::not_found)?;
    Ok(FakeResponse::json(
        201,
        &token(world, created, Representation::New),
    ))
}

/// Joins the problems of a model as Rails does: "a", "a and b", "a, b, and c".
fn sentence(problems: &[String]) -> String {
    match problems {
        [] => String::new(),
        [problem] => problem.clone(),
        [first, second] => format!("{first} and {second}"),
        [others @ .., last] => format!("{}, and {last}", others.join(", ")),
    }
}
