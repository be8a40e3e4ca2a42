//! GitLab's error bodies. Knows texts and shapes.

use crate::json::Object;
use crate::response::FakeResponse;

pub(crate) fn unauthorized() -> FakeResponse {
    FakeResponse::message(401, "401 Unauthorized")
}

/// A known credential that is rejected.
fn invalid_token(description: &str) -> FakeResponse {
    FakeResponse::oauth_error(401, "invalid_token", description)
}

pub(crate) fn expired() -> FakeResponse {
    invalid_token("Token is expired. You can either do re-authorization or token refresh.")
}

pub(crate) fn revoked() -> FakeResponse {
    invalid_token("Token was revoked. You have to re-authorize from the user.")
}

pub(crate) fn impersonation_disabled() -> FakeResponse {
    invalid_token("Token is an impersonation token but impersonation was disabled.")
}

pub(crate) fn insufficient_scope(scopes: &str) -> FakeResponse {
    let description = "The request requires higher privileges than provided by the access token.";
    let body = Object::new()
        .with("error", "insufficient_scope")
        .with("error_description", description);
    FakeResponse::json(403, &body.with("scope", scopes))
}

pub(crate) fn insufficient_granular_scope(permission: &str) -> FakeResponse {
    let description =
        format!("The fine-grained token lacks the permission {permission} for its user.");
    FakeResponse::oauth_error(403, "insufficient_granular_scope", &description)
}

pub(crate) fn bad_request(reason: &str) -> FakeResponse {
    if reason.is_empty() {
        FakeResponse::message(400, "400 Bad request")
    } else {
        FakeResponse::message(400, &format!("400 Bad request - {reason}"))
    }
}

pub(crate) fn forbidden(reason: &str) -> FakeResponse {
    if reason.is_empty() {
        FakeResponse::message(403, "403 Forbidden")
    } else {
        FakeResponse::message(403, &format!("403 Forbidden - {reason}"))
    }
}

pub(crate) fn not_found() -> FakeResponse {
    FakeResponse::message(404, "404 Not Found")
}

pub(crate) fn not_a_personal_access_token() -> FakeResponse {
    bad_request("This endpoint requires token type to be a personal access token")
}
