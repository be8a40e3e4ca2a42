//! Reads the error body of a server: the message for people, the code for programs, and the required scopes.
//!
//! The API's description contains their positions as JSON pointers.

use serde_json::Value;

use crate::runtime::api::operation::ErrorBodyInfo;
use crate::runtime::error::quote::SecretInResult;
use crate::runtime::redact::redactor::{Redactor, one_line};

/// The contents of a server's error body.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ServerMessage {
    /// The message, unless it may quote a result with a secret.
    pub(crate) message: Option<String>,
    pub(crate) code: Option<String>,
    pub(crate) required_scopes: Vec<String>,
    /// Whether the body has the API's form: a message, shown or not, or a code. One that quotes a result comes from a proxy.
    pub(crate) is_from_api: bool,
    /// Whether the body quotes a result with a secret, so the request was executed.
    pub(crate) quotes_result: bool,
}

/// The members of a message that RFC 9457 defines, then others that are common. They apply if the API's description names none.
const COMMON_MESSAGES: &[&str] = &[
    "/detail",
    "/title",
    "/message",
    "/error_description",
    "/error",
    "/error/message",
];

/// The members of a code that are common. They apply if the API's description says nothing about error bodies.
const COMMON_CODES: &[&str] = &["/code", "/error/code", "/error"];

/// The maximum length of a message in the one-line text of an error, in characters.
const MESSAGE_LIMIT: usize = 500;

/// The maximum length of a code. A longer text is not a code.
const CODE_LIMIT: usize = 64;

/// The maximum number of scopes. A request requires only a few.
const SCOPE_LIMIT: usize = 64;

impl ServerMessage {
    /// Reads an error body. HTML is ignored, because it comes from proxies and login pages.
    pub(crate) fn read(
        content_type: Option<&str>,
        body: &[u8],
        places: &ErrorBodyInfo,
        result: &SecretInResult,
        redactor: &Redactor,
    ) -> Self {
        let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
        if let Ok(value) = serde_json::from_slice::<Value>(body) {
            return Self::from_json(&value, places, result, redactor);
        }
        let is_plain_text = content_type.is_some_and(|value| {
            let essence = value.split(';').next().unwrap_or_default().trim();
            essence.eq_ignore_ascii_case("text/plain")
        });
        let text = String::from_utf8_lossy(body);
        let text = text.trim();
        if !is_plain_text || text.starts_with('<') {
            return Self::default();
        }
        Self {
            message: Some(text)
                .filter(|text| !result.may_be_quoted_in(text))
                .and_then(|text| shown(text, redactor)),
            quotes_result: result.is_quoted_in(text),
            ..Self::default()
        }
    }

    fn from_json(
        value: &Value,
        places: &ErrorBodyInfo,
        result: &SecretInResult,
        redactor: &Redactor,
    ) -> Self {
        let messages = match places.message {
            [] => COMMON_MESSAGES,
            named => named,
        };
        let codes = match (places.message, places.code, places.required_scopes) {
            ([], [], []) => COMMON_CODES,
            (_, named, _) => named,
        };
        let found: Vec<(&Value, String)> = messages
            .iter()
            .filter_map(|pointer| value.pointer(pointer))
            .filter_map(|value| Some((value, shown(&flatten(value), redactor)?)))
            .collect();
        let code = first(value, codes, |value| {
            value
                .as_str()
                .filter(|code| is_code(code) && !result.may_be_quoted_in(code))
                .map(|code| redactor.redact(code).into_owned())
        });
        let has_form = !found.is_empty() || code.is_some();
        let is_quote = found.iter().any(|(value, _)| result.is_quoted_by(value));
        Self {
            message: found
                .into_iter()
                .find(|(value, text)| {
                    let is_hidden = result.is_quoted_by(value) || result.may_be(value);
                    !is_hidden && !result.may_be_quoted_in(text)
                })
                .map(|(_, text)| text),
            code,
            required_scopes: first(value, places.required_scopes, |value| {
                let names = value.as_str();
                let names = names.filter(|names| !result.may_be_quoted_in(names));
                names.map(|names| scopes(names, redactor))
            })
            .unwrap_or_default(),
            is_from_api: has_form && !is_quote,
            quotes_result: is_quote,
        }
    }
}

fn first<T>(value: &Value, pointers: &[&str], read: impl Fn(&Value) -> Option<T>) -> Option<T> {
    pointers
        .iter()
        .filter_map(|pointer| value.pointer(pointer))
        .find_map(read)
}

/// Returns a string, or joins the strings in an object or list: `name: too short; scopes: missing`. The key `base`, by a convention of
/// Rails, refers to the object as a whole and is omitted. serde_json limits the depth.
fn flatten(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => join(items.iter().map(flatten), ", "),
        Value::Object(members) => join(
            members.iter().map(|(name, value)| {
                let text = flatten(value);
                if text.is_empty() || name == "base" {
                    text
                } else {
                    format!("{name}: {text}")
                }
            }),
            "; ",
        ),
        Value::Null | Value::Bool(_) | Value::Number(_) => String::new(),
    }
}

fn join(texts: impl Iterator<Item = String>, separator: &str) -> String {
    texts
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join(separator)
}

fn shown(text: &str, redactor: &Redactor) -> Option<String> {
    Some(one_line(&redactor.redact(text), MESSAGE_LIMIT)).filter(|text| !text.is_empty())
}

fn is_code(code: &str) -> bool {
    !code.is_empty() && code.len() <= CODE_LIMIT && code.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Duplicates are removed, since some servers repeat scopes.
fn scopes(names: &str, redactor: &Redactor) -> Vec<String> {
    let mut scopes: Vec<String> = Vec::new();
    for name in names.split_ascii_whitespace().take(SCOPE_LIMIT) {
        let name = one_line(&redactor.redact(name), CODE_LIMIT);
        if !scopes.contains(&name) {
            scopes.push(name);
        }
    }
    scopes
}
