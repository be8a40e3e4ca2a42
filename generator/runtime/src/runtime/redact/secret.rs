//! A string that never shows itself.
//!
//! Knows nothing of HTTP. Only the encoder of requests (`encoder`) may take the text through serde.

use std::cell::Cell;
use std::fmt;

use secrecy::zeroize::Zeroize;
use secrecy::{ExposeSecret, SecretString};
use serde::de::{self, Visitor};
use serde::ser::{self, Serialize, Serializer};
use serde::{Deserialize, Deserializer};
use subtle::ConstantTimeEq;

/// A string that never shows itself: a token, a password, a key.
///
/// Its memory is overwritten when it is dropped. `Debug` is redacted, there is no `Display`, and two secrets are compared in a time
/// that depends on their lengths alone. serde writes it only while the client encodes a request (or with the feature
/// `serialize-secrets`); any other serializer gets an error.
#[derive(Clone)]
pub struct Secret(SecretString);

impl Secret {
    /// Wraps a text.
    #[must_use]
    pub fn new(text: impl Into<Self>) -> Self {
        text.into()
    }

    /// The text itself. What the caller does with it is no longer protected.
    #[must_use]
    pub fn expose_secret(&self) -> &str {
        self.0.expose_secret()
    }
}

impl From<String> for Secret {
    fn from(mut text: String) -> Self {
        // `String::into_boxed_str` may move the text and leave the old memory as it was.
        let secret = Self::from(text.as_str());
        text.zeroize();
        secret
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(SecretString::new(Box::from(text)))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret([redacted])")
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.expose_secret()
            .as_bytes()
            .ct_eq(other.expose_secret().as_bytes())
            .into()
    }
}

impl Eq for Secret {}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_string(SecretVisitor)
    }
}

struct SecretVisitor;

impl Visitor<'_> for SecretVisitor {
    type Value = Secret;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a string")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Secret, E> {
        Ok(Secret::from(text))
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<Secret, E> {
        Ok(Secret::from(text))
    }
}

/// The name of the newtype struct as which a [`Secret`] presents itself to serializers.
pub(crate) const SECRET: &str = "$secret";

thread_local! {
    static REVEALING: Cell<bool> = const { Cell::new(false) };
}

/// Lets the content of a [`Secret`] pass while `take` runs on this thread.
///
/// For the encoder of requests alone, around the step that takes the text: no code of a caller runs inside.
pub(crate) fn reveal<T>(take: impl FnOnce() -> T) -> T {
    struct Scope(bool);
    impl Drop for Scope {
        fn drop(&mut self) {
            REVEALING.set(self.0);
        }
    }
    let _scope = Scope(REVEALING.replace(true));
    take()
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(SECRET, &Content(self))
    }
}

/// What stands inside the newtype struct.
struct Content<'a>(&'a Secret);

impl Serialize for Content<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if cfg!(feature = "serialize-secrets") || REVEALING.get() {
            serializer.serialize_str(self.0.expose_secret())
        } else {
            Err(ser::Error::custom("a secret is written only in requests"))
        }
    }
}
