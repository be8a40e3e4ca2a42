//! One row of the table of errors: a response, the operations that can get it, and the whole content of the error.

use gitlab_pat::types::{AccessError, ErrorMessage, ErrorText, RequestError, TokenErrorCode};
use gitlab_pat::{Error, ErrorKind};
use gitlab_pat_fake::FakeResponse;

use crate::support::{Exchange, block_on, exchange, failure, server_with};

/// The ten operations.
pub(super) const ALL: &[Exchange] = &[
    LIST,
    GET,
    GET_SELF,
    REVOKE,
    REVOKE_SELF,
    ROTATE,
    ROTATE_SELF,
    ASSOCIATIONS,
    CREATE,
    CREATE_FOR_USER,
];

pub(super) const LIST: Exchange = exchange!("personal_access_tokens.list", |tokens| tokens.list());
pub(super) const GET: Exchange = exchange!("personal_access_tokens.get", |tokens| tokens.get(1));
pub(super) const GET_SELF: Exchange = exchange!("personal_access_tokens.get_self", |tokens| tokens
    .get_self());
pub(super) const REVOKE: Exchange =
    exchange!("personal_access_tokens.revoke", |tokens| tokens.revoke(1));
pub(super) const REVOKE_SELF: Exchange =
    exchange!("personal_access_tokens.revoke_self", |tokens| tokens
        .revoke_self());
pub(super) const ROTATE: Exchange =
    exchange!("personal_access_tokens.rotate", |tokens| tokens.rotate(1));
pub(super) const ROTATE_SELF: Exchange =
    exchange!("personal_access_tokens.rotate_self", |tokens| tokens
        .rotate_self());
pub(super) const ASSOCIATIONS: Exchange =
    exchange!("personal_access_tokens.associations_self", |tokens| tokens
        .associations_self());
pub(super) const CREATE: Exchange =
    exchange!("personal_access_tokens.create_for_current_user", |tokens| {
        tokens.create_for_current_user("n", ["k8s_proxy"])
    });
pub(super) const CREATE_FOR_USER: Exchange =
    exchange!("personal_access_tokens.create_for_user", |tokens| tokens
        .create_for_user(1, "n", ["api"]));

/// A row. [`Row::new`] sets only status, body and message. Other methods set the rest.
#[derive(Clone)]
pub(super) struct Row {
    operations: &'static [Exchange],
    response: FakeResponse,
    message: Option<&'static str>,
    code: Option<&'static str>,
    scopes: &'static [&'static str],
    is: &'static [&'static str],
    retry_after: Option<u64>,
    body: Body,
}

/// The body as a documented type.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Body {
    /// `{"message": "…"}`
    Message(&'static str),
    /// `{"message": {…}}`
    Messages,
    /// `{"error": "…"}`
    Parameter(&'static str),
    /// `{"error": "…", "error_description": "…"}`, and perhaps `scope`
    Token(&'static str, Option<&'static str>),
    /// No JSON.
    None,
}

impl Row {
    /// Creates a row for a JSON response to these operations.
    pub(super) fn json(
        operations: &'static [Exchange],
        status: u16,
        body: &'static str,
        expected: Body,
    ) -> Self {
        Self::new(
            operations,
            crate::support::json(body).status_code(status),
            expected,
        )
    }

    pub(super) fn new(operations: &'static [Exchange], response: FakeResponse, body: Body) -> Self {
        let message = match body {
            Body::Message(message) | Body::Parameter(message) => Some(message),
            Body::Messages | Body::Token(..) | Body::None => None,
        };
        Self {
            operations,
            is: by_status(response.status()),
            response,
            message,
            code: None,
            scopes: &[],
            retry_after: None,
            body,
        }
    }

    /// Creates a row for `{"message": "…"}` with this status.
    pub(super) fn message(
        operations: &'static [Exchange],
        status: u16,
        text: &'static str,
    ) -> Self {
        let body = serde_json::json!({ "message": text }).to_string();
        Self::new(
            operations,
            crate::support::json(&body).status_code(status),
            Body::Message(text),
        )
    }

    /// Creates a row for `{"error": "…"}` with this status.
    pub(super) fn parameter(
        operations: &'static [Exchange],
        status: u16,
        text: &'static str,
    ) -> Self {
        let body = serde_json::json!({ "error": text }).to_string();
        Self::new(
            operations,
            crate::support::json(&body).status_code(status),
            Body::Parameter(text),
        )
    }

    pub(super) fn with_message(mut self, message: &'static str) -> Self {
        self.message = Some(message);
        self
    }

    pub(super) fn code(mut self, code: &'static str) -> Self {
        self.code = Some(code);
        self
    }

    pub(super) fn scopes(mut self, scopes: &'static [&'static str]) -> Self {
        self.scopes = scopes;
        self
    }

    pub(super) fn is(mut self, is: &'static [&'static str]) -> Self {
        self.is = is;
        self
    }

    pub(super) fn header(mut self, name: &str, value: &str) -> Self {
        self.response = self.response.header(name, value);
        self
    }

    pub(super) fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// Runs the row's operations, and compares everything.
    pub(super) fn check(self) {
        let raw = self.response.body_bytes().to_vec();
        let response = self.response.clone().header("X-Request-Id", "01ROW");
        for operation in self.operations {
            let (_server, client) = server_with(response.clone());
            let error = failure(block_on((operation.send)(&client)));
            self.check_error(&error, operation, &raw);

            #[cfg(feature = "blocking")]
            {
                let (server, _client) = server_with(response.clone());
                let client = crate::support::blocking_client(&server.url(), crate::support::TOKEN);
                let error = failure((operation.send_blocking)(&client));
                self.check_error(&error, operation, &raw);
            }
        }
    }

    fn check_error(&self, error: &Error, operation: &Exchange, raw: &[u8]) {
        let row = format!(
            "{} {} {}",
            operation.name,
            self.response.status(),
            String::from_utf8_lossy(raw)
        );
        assert_eq!(error.kind(), ErrorKind::Status, "{row}");
        assert_eq!(error.operation(), Some(operation.name), "{row}");
        let status = error.status().map(|status| status.as_u16());
        assert_eq!(status, Some(self.response.status()), "{row}");
        assert_eq!(error.request_id(), Some("01ROW"), "{row}");
        assert_eq!(error.message(), self.message, "{row}");
        assert_eq!(error.code(), self.code, "{row}");
        assert_eq!(error.required_scopes(), self.scopes, "{row}");
        assert_eq!(predicates(error), self.is, "{row}");
        let pause = error.retry_after().map(|pause| pause.as_secs());
        assert_eq!(pause, self.retry_after, "{row}");
        assert_eq!(error.body().as_ref(), raw, "{row}");
        assert_eq!(error.json_path(), None, "{row}");
        self.check_body(error, &row);

        let shown = error.to_string();
        assert!(!shown.contains('\n'), "{shown}");
        assert!(
            shown.starts_with(&format!("{}: {}", operation.name, self.response.status())),
            "{shown}"
        );
        // A message that only repeats the status, in upper or lower case, is not printed again.
        let message = self.message.unwrap_or_default().to_lowercase();
        assert!(shown.to_lowercase().contains(&message), "{shown}");
        assert!(shown.contains("01ROW"), "{shown}");
    }

    /// Decodes the body as its documented type.
    fn check_body(&self, error: &Error, row: &str) {
        match &self.body {
            Body::Message(text) => {
                let message: ErrorMessage = error.body_as().expect(row);
                assert_text(&message.message, text, row);
                match error.body_as::<RequestError>().expect(row) {
                    RequestError::ErrorMessage(message) => assert_text(&message.message, text, row),
                    other => panic!("{row}: {other:?}"),
                }
                match error.body_as::<AccessError>().expect(row) {
                    AccessError::ErrorMessage(message) => assert_text(&message.message, text, row),
                    other => panic!("{row}: {other:?}"),
                }
            }
            Body::Messages => {
                let message: ErrorMessage = error.body_as().expect(row);
                assert!(
                    matches!(message.message, ErrorText::Object(_)),
                    "{row}: {message:?}"
                );
            }
            Body::Parameter(text) => match error.body_as::<RequestError>().expect(row) {
                RequestError::ParameterError(error) => assert_eq!(&error.error, text, "{row}"),
                other => panic!("{row}: {other:?}"),
            },
            Body::Token(description, scope) => match error.body_as::<AccessError>().expect(row) {
                AccessError::TokenError(error) => {
                    let code = TokenErrorCode::from(self.code.expect("a code"));
                    assert!(TokenErrorCode::KNOWN.contains(&code), "{row}");
                    assert_eq!(error.error, code, "{row}");
                    assert_eq!(&error.error_description, description, "{row}");
                    assert_eq!(error.scope.as_deref(), *scope, "{row}");
                }
                other => panic!("{row}: {other:?}"),
            },
            Body::None => {
                let error = failure(error.body_as::<ErrorMessage>());
                assert!(error.is_decode(), "{row}: {error}");
            }
        }
    }
}

#[track_caller]
fn assert_text(text: &ErrorText, expected: &str, row: &str) {
    match text {
        ErrorText::String(text) => assert_eq!(text, expected, "{row}"),
        other => panic!("{row}: {other:?}"),
    }
}

/// Returns the predicates that are true for a status alone.
fn by_status(status: u16) -> &'static [&'static str] {
    match status {
        401 => &["unauthorized"],
        403 => &["forbidden"],
        404 => &["not_found"],
        409 => &["conflict"],
        429 => &["rate_limited"],
        500..=599 => &["server_error"],
        _ => &[],
    }
}

/// Returns the names of the predicates that are true.
fn predicates(error: &Error) -> Vec<&'static str> {
    [
        ("not_found", error.is_not_found()),
        ("unauthorized", error.is_unauthorized()),
        ("credential_rejected", error.is_credential_rejected()),
        ("forbidden", error.is_forbidden()),
        ("conflict", error.is_conflict()),
        ("rate_limited", error.is_rate_limited()),
        ("server_error", error.is_server_error()),
        ("timeout", error.is_timeout()),
        ("connect", error.is_connect()),
        ("decode", error.is_decode()),
    ]
    .into_iter()
    .filter_map(|(name, holds)| holds.then_some(name))
    .collect()
}
