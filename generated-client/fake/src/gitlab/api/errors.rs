//! GitLab's error bodies, in its words. Knows texts and shapes.

use crate::answer::Answer;
use crate::json::Object;

/// `{"message": …}`, the form of GitLab's own checks.
pub(crate) fn message(status: u16, text: &str) -> Answer {
    Answer::json(status, &Object::new().with("message", text))
}

/// `{"error": …}`, the form of its web framework.
pub(crate) fn error(status: u16, text: &str) -> Answer {
    Answer::json(status, &Object::new().with("error", text))
}

fn described(code: &str, description: &str) -> Object {
    Object::new()
        .with("error", code)
        .with("error_description", description)
}

pub(crate) fn unauthorized() -> Answer {
    message(401, "401 Unauthorized")
}

/// A credential that is known and not accepted.
pub(crate) fn invalid_token(description: &str) -> Answer {
    let challenge = format!(
        "Bearer realm=\"The API\", error=\"invalid_token\", error_description=\"{description}\""
    );
    Answer::json(401, &described("invalid_token", description))
        .header("WWW-Authenticate", challenge)
}

pub(crate) fn expired() -> Answer {
    invalid_token("Token is expired. You can either do re-authorization or token refresh.")
}

pub(crate) fn revoked() -> Answer {
    invalid_token("Token was revoked. You have to re-authorize from the user.")
}

pub(crate) fn impersonation_disabled() -> Answer {
    invalid_token("Token is an impersonation token but impersonation was disabled.")
}

pub(crate) fn insufficient_scope(scopes: &str) -> Answer {
    let description = "The request requires higher privileges than provided by the access token.";
    Answer::json(
        403,
        &described("insufficient_scope", description).with("scope", scopes),
    )
}

pub(crate) fn insufficient_granular_scope(permission: &str) -> Answer {
    let description =
        format!("The fine-grained token lacks the permission {permission} for its user.");
    Answer::json(403, &described("insufficient_granular_scope", &description))
}

pub(crate) fn bad_request(reason: &str) -> Answer {
    if reason.is_empty() {
        message(400, "400 Bad request")
    } else {
        message(400, &format!("400 Bad request - {reason}"))
    }
}

pub(crate) fn forbidden(reason: &str) -> Answer {
    if reason.is_empty() {
        message(403, "403 Forbidden")
    } else {
        message(403, &format!("403 Forbidden - {reason}"))
    }
}

pub(crate) fn not_found() -> Answer {
    message(404, "404 Not Found")
}

pub(crate) fn not_a_personal_access_token() -> Answer {
    bad_request("This endpoint requires token type to be a personal access token")
}
