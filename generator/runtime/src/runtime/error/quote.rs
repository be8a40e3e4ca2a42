//! Recognizes the result of an operation in the message of an error response. A proxy may quote it, and it may contain a secret.

use std::borrow::Cow;

use serde_json::Value;

/// Whether the result of an operation contains a secret.
pub(crate) enum SecretInResult {
    /// It contains none.
    None,
    /// The member of this name is a secret.
    Member(Cow<'static, str>),
    /// It may contain any number of secrets in any places.
    Unknown,
}

impl SecretInResult {
    /// Returns whether a message quotes a result, as an object or in a text. A validation error can name the secret's member too, but holds a
    /// list of texts there.
    pub(crate) fn is_quoted_by(&self, message: &Value) -> bool {
        match message {
            Value::String(text) => self.is_quoted_in(text),
            Value::Array(items) => items.iter().any(|item| self.is_quoted_by(item)),
            Value::Object(members) => members.iter().any(|(name, value)| {
                self.is_quoted_by(value) || is_text(value) && self.is_member(name)
            }),
            Value::Null | Value::Bool(_) | Value::Number(_) => false,
        }
    }

    /// Returns whether a text quotes a JSON document.
    pub(crate) fn is_quoted_in(&self, text: &str) -> bool {
        !matches!(self, Self::None) && text.split('{').skip(1).any(begins_with_member)
    }

    /// Returns whether a text may quote an object in any notation, such as that of Ruby or Go: after a brace, there is a name with a value.
    /// An API's own message may look like that, so this decides only what is shown.
    pub(crate) fn may_be_quoted_in(&self, text: &str) -> bool {
        let has_value = |rest: &str| {
            let inside = rest.split('}').next().unwrap_or_default();
            inside.contains([':', '='])
        };
        self.is_quoted_in(text)
            || !matches!(self, Self::None) && text.split('{').skip(1).any(has_value)
    }

    /// Returns whether an object in place of a message may be a result, since nothing is known of its secrets.
    pub(crate) fn may_be(&self, message: &Value) -> bool {
        matches!(self, Self::Unknown) && has_text_member(message)
    }

    fn is_member(&self, name: &str) -> bool {
        matches!(self, Self::Member(secret) if secret == name)
    }
}

fn is_text(value: &Value) -> bool {
    value.as_str().is_some_and(|text| !text.is_empty())
}

/// Returns whether a member of an object is a text. An item of a list is not.
fn has_text_member(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().any(has_text_member),
        Value::Object(members) => members
            .values()
            .any(|value| is_text(value) || has_text_member(value)),
        _ => false,
    }
}

/// How a quotation mark is escaped in HTML, and in JSON itself.
const ESCAPED_QUOTES: [&str; 6] = ["&quot;", "&#34;", "&#x22;", "&#39;", "&#x27;", "u0022"];

/// Returns whether the text after a brace is that of an object, in JSON or as Python prints it. Quotes and white space may be escaped.
/// `{read,write}` is none.
fn begins_with_member(mut text: &str) -> bool {
    loop {
        text = text.trim_start();
        let rest = text.trim_start_matches('\\');
        let is_escaped = rest.len() < text.len();
        match rest.strip_prefix(['n', 'r', 't']) {
            Some(rest) if is_escaped => text = rest,
            _ => {
                let is_python = rest.starts_with('\'') && rest.contains("':");
                let is_json = rest.starts_with('"')
                    || ESCAPED_QUOTES.iter().any(|quote| rest.starts_with(quote));
                return is_python || is_json;
            }
        }
    }
}
