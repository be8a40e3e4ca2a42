//! Neither the credential nor the secret of a new token is ever printed, logged or part of a panic message.
//!
//! The model determines what must be covered. [`coverage`] fails for a type or operation that reaches a secret and has no row here.

mod coverage;
mod credentials;
mod logs;
mod operations;
mod panics;
mod responses;
mod serialized;
mod values;

use std::error::Error as _;
use std::fmt::{Debug, Write as _};

use gitlab_pat::Error;

/// The secrets that a test must not find in any text.
struct Watch {
    needles: Vec<String>,
}

impl Watch {
    /// Searches for these secrets, whole or in part, in plain and encoded form.
    fn new(secrets: &[&str]) -> Self {
        use base64::Engine as _;
        let mut needles = Vec::new();
        for secret in secrets {
            // A part that is long enough not to occur by chance.
            let part: String = secret.chars().take(12).collect();
            let encoded = base64::engine::general_purpose::STANDARD.encode(secret);
            let percent: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
            needles.extend([part, encoded, percent]);
        }
        Self { needles }
    }

    /// Returns whether a text contains a secret.
    fn finds(&self, text: &str) -> bool {
        self.needles
            .iter()
            .any(|needle| text.contains(needle.as_str()))
    }

    /// Asserts that a text may be printed.
    #[track_caller]
    fn text(&self, what: &str, text: &str) {
        assert!(!text.is_empty(), "{what} prints nothing");
        // The text is not shown: a failure of this test must not print the secret either.
        assert!(
            !self.finds(text),
            "{what} shows a secret, in a text of {} bytes",
            text.len()
        );
    }

    /// Asserts that a value may be printed.
    #[track_caller]
    fn debug(&self, what: &str, value: &impl Debug) {
        self.text(what, &format!("{value:?} {value:#?}"));
    }

    /// Asserts that an error and all its sources may be printed.
    #[track_caller]
    fn error(&self, what: &str, error: &Error) {
        self.text(what, &printed(error));
    }
}

/// Returns everything that can be printed of an error.
fn printed(error: &Error) -> String {
    let mut text = format!("{error} {error:#} {error:?} {error:#?}");
    let mut source = error.source();
    while let Some(cause) = source {
        let _ = write!(text, " {cause} {cause:#} {cause:?} {cause:#?}");
        source = cause.source();
    }
    text
}

/// The control: the watch finds secrets.
#[test]
fn a_watch_finds_a_secret_in_every_form() {
    let secret = "glpat-a+b/c d&e.f=g";
    let watch = Watch::new(&[secret]);
    for text in [
        "x glpat-a+b/c d&e.f=g y",
        "glpat-a+b/c d&e",
        "?private_token=glpat-a%2Bb%2Fc+d%26e.f%3Dg",
        "Basic Z2xwYXQtYStiL2MgZCZlLmY9Zw==",
    ] {
        assert!(watch.finds(text), "{text}");
    }
    assert!(!watch.finds("glpat-another"));
}
