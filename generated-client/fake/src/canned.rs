//! GitLab's error responses that only a fault causes. Knows GitLab's messages.

use serde_json::{Value, json};

use crate::json::Object;
use crate::response::FakeResponse;

impl FakeResponse {
    /// Creates a response with the body `{"message": …}`, the form of errors in GitLab's own code.
    #[must_use]
    pub fn message(status: u16, text: &str) -> Self {
        Self::json(status, &Object::new().with("message", text))
    }

    /// Creates a response with the body `{"error": …}`, the form of errors in GitLab's web framework.
    #[must_use]
    pub fn error(status: u16, text: &str) -> Self {
        Self::json(status, &Object::new().with("error", text))
    }

    /// Creates a response with the body `{"error": …, "error_description": …}`, the form of OAuth. A 401 also has a
    /// challenge in `WWW-Authenticate`.
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

    /// Creates a response with the body `{"message": {attribute: [problem, …]}}`, the form of a model's validation
    /// errors.
    #[must_use]
    pub fn validation_error(status: u16, attribute: &str, problems: &[&str]) -> Self {
        Self::json(status, &json!({ "message": { attribute: problems } }))
    }

    /// Creates a 401 for a missing or wrong proof of possession.
    #[must_use]
    pub fn dpop_error(problem: &str) -> Self {
        Self::oauth_error(
            401,
            "dpop_error",
            &format!("DPoP validation error: {problem}"),
        )
    }

    /// Creates a 401 of an instance that restricts language servers.
    #[must_use]
    pub fn language_server_restriction() -> Self {
        let description =
            "Requests from this language server client are not allowed on this instance";
        Self::oauth_error(401, "restricted_language_server_client_error", description)
    }

    /// Creates a 403 in plain text, as a banned address gets after too many 401s or distinct addresses.
    #[must_use]
    pub fn banned() -> Self {
        Self::text(403, "Forbidden\n")
    }

    /// Creates a 409, because another request has the lock.
    #[must_use]
    pub fn conflict() -> Self {
        Self::message(409, "409 Conflict: Resource lock")
    }

    /// Creates a 429 in JSON, as the limits inside the application send.
    #[must_use]
    pub fn application_limit() -> Self {
        let text = "This endpoint has been requested too many times. Try again later.";
        let body: Value = json!({ "message": { "error": text } });
        Self::json(429, &body)
    }

    /// Creates a 500 in JSON.
    #[must_use]
    pub fn internal_error() -> Self {
        Self::message(500, "500 Internal Server Error")
    }
}
