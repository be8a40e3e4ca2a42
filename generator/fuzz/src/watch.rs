//! What must not show: the credential of the calls, and the secret in a response.

use std::cell::Cell;
use std::error::Error as _;
use std::fmt::Debug;

use gitlab_pat::testing::ScriptedTransport;
use gitlab_pat::types::PersonalAccessTokenWithToken;
use gitlab_pat::{Client, Error, ReplacementOutcome, Secret};
use serde_json::Value;

use crate::responses::{Response, contains, count};

/// The credential of every client. Lower case, so that it is still itself where it replaces a host.
pub(crate) const CALLING: &str = "glpat-the.calling.token";

/// The secret in responses.
pub(crate) const FRESH: &str = "glpat-the.fresh.token";

/// Knows what the server has shown by itself, so that it may show.
pub(crate) struct Watch {
    /// The credential that the calls carry now, where it is one of the two.
    carried: Cell<Option<&'static str>>,
    /// A body repeats the credential, which a result may then hold.
    is_calling_in_a_body: bool,
    /// Whether the fresh secret is nowhere but where one belongs.
    is_fresh_in_place: bool,
    /// Whether the fresh secret is only in the bodies of successes, and there only where a value begins. No error shows a value of
    /// a success; where it could not be read the names on the way there are shown, and what a server calls a member is no secret.
    is_fresh_in_successes: bool,
}

impl Watch {
    pub(crate) fn new(responses: &[Response]) -> Self {
        let all = |holds: fn(&Response) -> bool| responses.iter().all(holds);
        let is_fresh_in_headers = !all(|response| !response.is_in_headers(FRESH));
        Self {
            carried: Cell::new(Some(CALLING)),
            is_calling_in_a_body: !all(|response| {
                !contains(&response.body, CALLING)
                    && !response.body.contains(&b'\\')
                    && !response.is_opaque()
            }),
            is_fresh_in_place: !is_fresh_in_headers
                && all(|response| !response.is_opaque() && is_in_place(&response.body)),
            is_fresh_in_successes: !is_fresh_in_headers
                && all(|response| {
                    !response.is_opaque()
                        && match response.status {
                            200..300 => begins_values(&response.body),
                            _ => !contains(&response.body, FRESH),
                        }
                }),
        }
    }

    /// The calls carry this credential from now on; none where it is another than the two.
    pub(crate) fn carries(&self, credential: Option<&'static str>) {
        self.carried.set(credential);
    }

    /// Fails where the credential that the calls carry is in the text.
    fn carried_is_hidden(&self, text: &str) {
        if let Some(carried) = self.carried.get() {
            hidden(carried, text);
        }
    }

    /// A client and its transport, as they print.
    pub(crate) fn client(&self, client: &Client, script: &ScriptedTransport) {
        for text in [
            format!("{client:?}"),
            format!("{client:#?}"),
            format!("{script:?}"),
        ] {
            hidden(CALLING, &text);
            hidden(FRESH, &text);
        }
    }

    /// The outcome of a call.
    pub(crate) fn sent<T: Debug>(&self, result: Result<gitlab_pat::Response<T>, Error>) {
        let result = result.inspect(|response| {
            self.carried_is_hidden(response.request_id().unwrap_or_default());
            self.carried_is_hidden(&format!("{:?}", response.rate_limit()));
        });
        self.outcome(result);
    }

    /// The outcome of a call that replaces a token.
    pub(crate) fn replaced(
        &self,
        result: Result<gitlab_pat::Response<PersonalAccessTokenWithToken>, Error>,
    ) {
        if let Err(error) = &result {
            let outcome = error.replacement_outcome();
            let is_unknown = outcome == Some(ReplacementOutcome::Unknown);
            assert_eq!(error.is_outcome_unknown(), is_unknown, "{error}");
            assert!(
                !error.is_retryable()
                    || matches!(outcome, None | Some(ReplacementOutcome::NotReplaced)),
                "{error} is retryable: {outcome:?}"
            );
        }
        self.made(result);
    }

    /// The outcome of a call that made a token.
    pub(crate) fn made(
        &self,
        result: Result<gitlab_pat::Response<PersonalAccessTokenWithToken>, Error>,
    ) {
        if let Ok(response) = &result {
            let value = response.value();
            let mut other = value.clone();
            other.token = Secret::from("glpat-another.token");
            assert_eq!(
                format!("{value:?}"),
                format!("{other:?}"),
                "what is printed depends on the secret"
            );
        }
        self.sent(result);
    }

    /// The outcome of a call, or an item of a stream.
    pub(crate) fn outcome<T: Debug>(&self, result: Result<T, Error>) {
        match &result {
            Ok(value) => self.shown(&[format!("{value:?}"), format!("{value:#?}")]),
            Err(error) => self.error(error),
        }
    }

    /// Whatever else prints.
    pub(crate) fn printed(&self, text: &str) {
        self.shown(&[text.to_owned()]);
    }

    fn shown(&self, texts: &[String]) {
        for text in texts {
            if !self.is_calling_in_a_body && self.carried.get() == Some(CALLING) {
                hidden(CALLING, text);
            }
            if self.is_fresh_in_place {
                hidden(FRESH, text);
            }
        }
    }

    fn error(&self, error: &Error) {
        let mut texts = vec![
            error.to_string(),
            format!("{error:?}"),
            format!("{error:#?}"),
            format!("{:?} {:?}", error.message(), error.code()),
            format!("{:?} {:?}", error.request_id(), error.json_path()),
            error.required_scopes().join(" "),
        ];
        let mut source = error.source();
        while let Some(cause) = source {
            texts.push(format!("{cause} {cause:?}"));
            source = cause.source();
        }
        for text in &texts {
            self.carried_is_hidden(text);
            if self.is_fresh_in_place || self.is_fresh_in_successes {
                hidden(FRESH, text);
            }
        }
    }
}

/// Fails where the secret is in the text.
pub(crate) fn hidden(secret: &str, text: &str) {
    assert!(!text.contains(secret), "{secret} shows: {text}");
}

/// Whether the fresh secret is nowhere but where a member's value begins.
fn begins_values(body: &[u8]) -> bool {
    count(body, FRESH) == count(body, &format!(":\"{FRESH}"))
}

/// Whether the fresh secret is in members that are called `token` and nowhere else. Escapes could hide it from the count.
fn is_in_place(body: &[u8]) -> bool {
    let everywhere = count(body, FRESH);
    if everywhere == 0 && !body.contains(&b'\\') {
        return true;
    }
    let Ok(value) = serde_json::from_slice::<Value>(body) else {
        return false;
    };
    !body.contains(&b'\\') && everywhere == in_tokens(&value)
}

fn in_tokens(value: &Value) -> usize {
    match value {
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| match value {
                Value::String(text) if name == "token" => count(text.as_bytes(), FRESH),
                value => in_tokens(value),
            })
            .sum(),
        Value::Array(items) => items.iter().map(in_tokens).sum(),
        _ => 0,
    }
}
