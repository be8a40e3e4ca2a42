//! The caller, and whether its credential permits the call. Knows credentials and users. The checks have GitLab's order: expired,
//! revoked, scope, impersonation, and then the user.

use super::call::Call;
use super::errors;
use crate::gitlab::token::TokenRecord;
use crate::gitlab::world::World;
use crate::request::RecordedRequest;
use crate::response::FakeResponse;

/// The credential of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Presented {
    Token(i64),
    OAuth(String),
    Session(i64),
    /// A credential that matches nothing.
    Unknown,
    Nothing,
}

/// The requirements of an operation.
pub(crate) struct Requirement {
    /// One of these scopes. An empty list means any scope.
    pub(crate) scopes: &'static [&'static str],
    /// The list in the error.
    pub(crate) registered: &'static str,
    /// The permission of a fine-grained token for its user.
    pub(crate) permission: &'static str,
}

pub(crate) struct Caller {
    pub(crate) user_id: i64,
    /// Whether the user acts as an administrator.
    pub(crate) admin: bool,
    /// The personal access token, if the credential is one.
    pub(crate) token_id: Option<i64>,
}

/// The prefix of CI job tokens, which the lookup of personal access tokens ignores.
const JOB_TOKEN_PREFIX: &str = "glcbt-";

/// Finds the credential: a Bearer that is an OAuth token, `private_token`, `PRIVATE-TOKEN`, the Bearer as a personal
/// access token, `access_token`, the session.
pub(crate) fn presented(world: &World, request: &RecordedRequest) -> Presented {
    let query = request.query_pairs();
    let parameter = |name: &str| {
        query
            .iter()
            .find(|(other, value)| other == name && !value.is_empty())
            .map(|(_, value)| value.as_str())
    };
    let bearer = request.header("authorization").and_then(|value| {
        let (scheme, token) = value.split_once(' ')?;
        scheme
            .eq_ignore_ascii_case("bearer")
            .then_some(token.trim())
    });
    let oauth = [bearer, parameter("access_token"), parameter("bearer_token")]
        .into_iter()
        .flatten();
    if let Some(token) = oauth
        .into_iter()
        .find(|token| world.oauth_tokens.contains_key(*token))
    {
        return Presented::OAuth(token.to_owned());
    }
    let header = request
        .header("private-token")
        .filter(|token| !token.is_empty());
    let private =
        parameter("private_token").or(header.filter(|token| !token.starts_with(JOB_TOKEN_PREFIX)));
    match private.or(bearer) {
        Some(secret) => world
            .secrets
            .get(secret)
            .map_or(Presented::Unknown, |id| Presented::Token(*id)),
        None => session(world, request),
    }
}

fn session(world: &World, request: &RecordedRequest) -> Presented {
    let cookies = request.header("cookie").unwrap_or_default();
    let cookie = cookies
        .split(';')
        .find_map(|pair| pair.trim().strip_prefix("_gitlab_session="));
    let Some(session) = cookie.and_then(|cookie| world.sessions.get(cookie)) else {
        return Presented::Nothing;
    };
    let reads = matches!(request.method(), "GET" | "HEAD");
    if reads || request.header("x-csrf-token") == Some(session.csrf_token()) {
        Presented::Session(session.user_id)
    } else {
        Presented::Nothing
    }
}

/// Authenticates the caller, or returns the error response.
pub(crate) fn authenticate(
    world: &mut World,
    call: &Call<'_>,
    requirement: &Requirement,
) -> Result<Caller, FakeResponse> {
    let presented = presented(world, call.request);
    let (user_id, scopes) = match &presented {
        Presented::Unknown | Presented::Nothing => return Err(errors::unauthorized()),
        Presented::Token(id) => {
            let token = world.tokens.get(id).ok_or_else(errors::unauthorized)?;
            check_token(world, token, requirement)?;
            (token.user_id, Some(token.scopes.clone()))
        }
        Presented::OAuth(secret) => {
            let token = world
                .oauth_tokens
                .get(secret)
                .ok_or_else(errors::unauthorized)?;
            if token.expires_at.is_some_and(|at| at <= world.now()) {
                return Err(errors::expired());
            }
            if token.revoked {
                return Err(errors::revoked());
            }
            check_scopes(&token.scopes, requirement)?;
            (token.user_id, Some(token.scopes.clone()))
        }
        Presented::Session(user_id) => (*user_id, None),
    };
    let user = world.users.get(&user_id).ok_or_else(errors::unauthorized)?;
    if let Some(reason) = &user.forbidden {
        return Err(errors::forbidden(reason));
    }
    let has_scope = |name: &str| scopes.iter().flatten().any(|scope| scope == name);
    let admin = user.admin && (!world.settings.admin_mode || has_scope("admin_mode"));
    let token_id = match presented {
        Presented::Token(id) => Some(id),
        _ => None,
    };
    let mut caller = Caller {
        user_id,
        admin,
        token_id,
    };
    if let Some(wanted) = sudo(call) {
        become_user(world, &mut caller, &wanted, scopes.as_deref())?;
    }
    if let Some(id) = token_id {
        world.note_use(id);
    }
    Ok(caller)
}

fn check_token(
    world: &World,
    token: &TokenRecord,
    requirement: &Requirement,
) -> Result<(), FakeResponse> {
    if token.is_expired(world.today()) {
        return Err(errors::expired());
    }
    if token.revoked {
        return Err(errors::revoked());
    }
    if token.is_granular() {
        let permitted = token.granular_scopes.iter().any(|scope| {
            scope.access == "user"
                && scope
                    .permissions
                    .iter()
                    .any(|permission| permission == requirement.permission)
        });
        if !permitted {
            return Err(errors::insufficient_granular_scope(requirement.permission));
        }
    } else {
        check_scopes(&token.scopes, requirement)?;
    }
    if token.impersonation && !world.settings.impersonation {
        return Err(errors::impersonation_disabled());
    }
    Ok(())
}

fn check_scopes(scopes: &[String], requirement: &Requirement) -> Result<(), FakeResponse> {
    let enough = if requirement.scopes.is_empty() {
        !scopes.is_empty()
    } else {
        scopes
            .iter()
            .any(|scope| requirement.scopes.contains(&scope.as_str()))
    };
    if enough {
        Ok(())
    } else {
        Err(errors::insufficient_scope(requirement.registered))
    }
}

fn sudo(call: &Call<'_>) -> Option<String> {
    let parameter = call.parameters.text("sudo");
    parameter
        .or_else(|| call.request.header("sudo").map(str::to_owned))
        .filter(|wanted| !wanted.is_empty())
}

/// Makes an administrator act as another user. `scopes` is `None` for a session.
fn become_user(
    world: &World,
    caller: &mut Caller,
    wanted: &str,
    scopes: Option<&[String]>,
) -> Result<(), FakeResponse> {
    if !caller.admin {
        return Err(errors::forbidden("Must be admin to use sudo"));
    }
    let Some(scopes) = scopes else {
        return Err(errors::forbidden(
            "Must be authenticated using an OAuth or personal access token to use sudo",
        ));
    };
    if !scopes.iter().any(|scope| scope == "sudo") {
        return Err(errors::insufficient_scope("sudo"));
    }
    let mut users = world.users.values();
    let found =
        users.find(|record| record.user.username == wanted || record.user.id.to_string() == wanted);
    let Some(user) = found else {
        return Err(FakeResponse::message(
            404,
            &format!("404 User with ID or username '{wanted}' Not Found"),
        ));
    };
    caller.user_id = user.user.id;
    caller.admin = user.admin;
    Ok(())
}
