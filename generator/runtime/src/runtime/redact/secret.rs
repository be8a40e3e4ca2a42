//! Secret strings.
//!
//! Only the encoder of requests (`encoder`) may obtain the text through serde.

use std::cell::Cell;
use std::fmt;

use secrecy::zeroize::Zeroize;
use secrecy::{ExposeSecret, SecretString};
use serde::de::{self, Visitor};
use serde::ser::{self, Serialize, Serializer};
use serde::{Deserialize, Deserializer};
use subtle::ConstantTimeEq;

/// A string that is never displayed: a token, a password, a key.
///
/// Its memory is overwritten when it is dropped. Its `Debug` output is redacted, and it does not implement `Display`. The time to compare
/// two secrets depends on their lengths only.
///
/// A secret is serialized only while the client encodes a request, or with the feature `serialize-secrets`. Any other serializer gets an
/// error.
#[derive(Clone)]
pub struct Secret(SecretString);

impl Secret {
    /// Creates a secret from a text.
    #[must_use]
    pub fn new(text: impl Into<Self>) -> Self {
        text.into()
    }

    /// Returns the text. The caller is responsible for protecting it.
    #[must_use]
    pub fn expose_secret(&self) -> &str {
        self.0.expose_secret()
    }
}

impl From<String> for Secret {
    fn from(mut text: String) -> Self {
        // `String::into_boxed_str` may move the text without overwriting the old memory.
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

/// The name of the newtype struct as which a [`Secret`] is serialized.
pub(crate) const SECRET: &str = "$secret";

thread_local! {
    static REVEALING: Cell<bool> = const { Cell::new(false) };
}

/// Allows a [`Secret`] to be serialized while `take` runs on this thread. serde's traits have no parameter for it.
///
/// Only the encoder of requests calls this, around the step that takes the text. No code of a caller runs inside.
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

/// The content of the newtype struct.
struct Content<'a>(&'a Secret);

impl Serialize for Content<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if cfg!(feature = "serialize-secrets") || REVEALING.get() {
            serializer.serialize_str(self.0.expose_secret())
        } else {
            Err(ser::Error::custom(
                "a secret is serialized only in requests",
            ))
        }
    }
}
