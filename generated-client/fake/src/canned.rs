//! Responses that GitLab gives and the stand-in has no reason of its own to give, for faults. Knows GitLab's words.

use serde_json::{Value, json};

use crate::json::Object;
use crate::response::FakeResponse;

impl FakeResponse {
    /// `{"message": …}`, the form of GitLab's own checks.
    #[must_use]
    pub fn message(status: u16, text: &str) -> Self {
        Self::json(status, &Object::new().with("message", text))
    }

    /// `{"error": …}`, the form of its web framework.
    #[must_use]
    pub fn error(status: u16, text: &str) -> Self {
        Self::json(status, &Object::new().with("error", text))
    }

    /// `{"error": …, "error_description": …}`, the form of OAuth. A 401 has a challenge in `WWW-Authenticate` as well.
    #[must_use]
    pub fn oauth_error(status: u16, code: &str, description: &str) -> Self {
        let response = Self::json(
            status,
            &Object::new()
                .with("error", code)
                .with("error_description", description),
        );
        if status == 401 {
            response.challenge(code, description)
        } else {
            response
        }
    }

    fn challenge(self, code: &str, description: &str) -> Self {
        let challenge = format!(
            "Bearer realm=\"The API\", error=\"{code}\", error_description=\"{description}\""
        );
        self.header("WWW-Authenticate", challenge)
    }

    /// `{"message": {attribute: [problem, …]}}`, the form of a model's validation.
    #[must_use]
    pub fn validation_error(status: u16, attribute: &str, problems: &[&str]) -> Self {
        Self::json(status, &json!({ "message": { attribute: problems } }))
    }

    /// 401: the user's tokens need a proof of possession, and there is none or a wrong one.
    #[must_use]
    pub fn dpop_error(problem: &str) -> Self {
        Self::oauth_error(
            401,
            "dpop_error",
            &format!("DPoP validation error: {problem}"),
        )
    }

    /// 401: the instance restricts language servers.
    #[must_use]
    pub fn language_server_restriction() -> Self {
        let description =
            "Requests from this language server client are not allowed on this instance";
        Self::oauth_error(401, "restricted_language_server_client_error", description)
    }

    /// 403 in plain text: the address is banned, after too many 401s or distinct addresses.
    #[must_use]
    pub fn banned() -> Self {
        Self::text(403, "Forbidden\n")
    }

    /// 409: somebody else holds the lock.
    #[must_use]
    pub fn conflict() -> Self {
        Self::message(409, "409 Conflict: Resource lock")
    }

    /// 429 in JSON, of the limits inside the application.
    #[must_use]
    pub fn application_limit() -> Self {
        let text = "This endpoint has been requested too many times. Try again later.";
        let body: Value = json!({ "message": { "error": text } });
        Self::json(429, &body)
    }

    /// 500: a bug.
    #[must_use]
    pub fn internal_error() -> Self {
        Self::message(500, "500 Internal Server Error")
    }
}
