//! Credentials. They are validated before anything is sent, and never printed.

use std::borrow::Cow;
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::{AUTHORIZATION, COOKIE};
use http::{HeaderName, HeaderValue};

use crate::runtime::credential::header::is_query_name;
use crate::runtime::encode::percent::component;
use crate::runtime::error::Error;
use crate::runtime::redact::redactor::Redactor;
use crate::runtime::redact::secret::Secret;

/// The credential of a client or of a single call.
///
/// The constructors accept any text. [`build`](crate::runtime::call::builder::ClientBuilder::build) returns an error for a credential that
/// cannot be sent, without printing it.
#[derive(Clone)]
pub struct Auth {
    pub(crate) kind: Kind,
}

#[derive(Clone, PartialEq)]
pub(crate) enum Kind {
    None,
    Header {
        name: Cow<'static, str>,
        value: Secret,
    },
    Bearer(Secret),
    Basic {
        user: Secret,
        password: Secret,
    },
    Query {
        name: Cow<'static, str>,
        value: Secret,
    },
    Cookie {
        name: Cow<'static, str>,
        value: Secret,
    },
}

impl Auth {
    /// Creates a credential that is sent unchanged in a header of this name. `Authorization` with a value that begins with `Bearer` equals
    /// [`bearer_token`](Self::bearer_token).
    pub fn header(name: impl Into<Cow<'static, str>>, secret: impl Into<Secret>) -> Self {
        let (name, value) = (name.into(), secret.into());
        if name.eq_ignore_ascii_case(AUTHORIZATION.as_str())
            && let Some((scheme, bare)) = value.expose_secret().split_once(' ')
            && scheme.eq_ignore_ascii_case("bearer")
        {
            return Self::bearer_token(bare);
        }
        Self {
            kind: Kind::Header { name, value },
        }
    }

    /// Creates a bearer token, sent as `Authorization: Bearer …` (RFC 6750).
    pub fn bearer_token(secret: impl Into<Secret>) -> Self {
        Self {
            kind: Kind::Bearer(secret.into()),
        }
    }

    /// Creates a user name and password for basic authentication, sent as `Authorization: Basic …` in UTF-8 (RFC 7617).
    ///
    /// If the password is empty, the user name is the secret. Otherwise, credentials with equal passwords count as the same credential,
    /// even with different user names.
    pub fn basic(user: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self {
            kind: Kind::Basic {
                user: user.into().into(),
                password: password.into(),
            },
        }
    }

    /// Creates a credential that is sent as a query parameter. Servers and proxies log query strings, so any other form is safer.
    pub fn query(name: impl Into<Cow<'static, str>>, secret: impl Into<Secret>) -> Self {
        Self {
            kind: Kind::Query {
                name: name.into(),
                value: secret.into(),
            },
        }
    }

    /// Creates a credential that is sent as a cookie.
    pub fn cookie(name: impl Into<Cow<'static, str>>, secret: impl Into<Secret>) -> Self {
        Self {
            kind: Kind::Cookie {
                name: name.into(),
                value: secret.into(),
            },
        }
    }

    /// Sends no credential.
    #[must_use]
    pub fn none() -> Self {
        Self { kind: Kind::None }
    }

    /// Returns the secret, in whatever form it is sent.
    pub(crate) fn secret(&self) -> Option<&Secret> {
        match &self.kind {
            Kind::None => None,
            Kind::Basic { user, password } if is_empty(password) => Some(user),
            Kind::Header { value, .. }
            | Kind::Bearer(value)
            | Kind::Basic {
                password: value, ..
            }
            | Kind::Query { value, .. }
            | Kind::Cookie { value, .. } => Some(value),
        }
    }

    /// Validates the credential and prepares it for requests.
    pub(crate) fn prepare(&self) -> Result<Credential, Error> {
        let mut redactor = Redactor::default();
        let placement = match &self.kind {
            Kind::None => AuthPlacement::None,
            Kind::Header { name, value } => {
                let name = header_name(name)?;
                let value = checked(value, &mut redactor)?;
                if name == AUTHORIZATION
                    && let Some((_, bare)) = value.split_once(' ')
                {
                    redactor.hide(bare.trim());
                }
                AuthPlacement::Header(name, header_value("", value)?)
            }
            Kind::Bearer(value) => AuthPlacement::Header(
                AUTHORIZATION,
                header_value("Bearer ", checked(value, &mut redactor)?)?,
            ),
            Kind::Basic { user, password } => {
                let encoded = basic(user, password, &mut redactor)?;
                AuthPlacement::Header(AUTHORIZATION, header_value("Basic ", &encoded)?)
            }
            Kind::Query { name, value } => AuthPlacement::Query {
                name: component(name).into_owned(),
                value: component(checked(value, &mut redactor)?).into_owned(),
            },
            Kind::Cookie { name, value } => {
                let value = checked(value, &mut redactor)?;
                if !is_cookie_name(name) || !value.bytes().all(is_cookie_byte) {
                    return Err(Error::configuration(
                        "the credential contains a byte that is not allowed in a cookie",
                    ));
                }
                AuthPlacement::Cookie {
                    name: name.to_string(),
                    value: Secret::from(value.to_owned()),
                }
            }
        };
        // The secret as it appears in URLs, in its own form or in one that a server created.
        if let Some(secret) = self.secret() {
            redactor.hide(&component(secret.expose_secret()));
        }
        Ok(Credential {
            auth: self.clone(),
            placement,
            redactor,
        })
    }
}

/// Prints the form in which the credential is sent, but not the credential.
impl fmt::Debug for Auth {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::None => formatter.write_str("Auth(none)"),
            Kind::Header { name, .. } => write!(formatter, "Auth(header {name:?}, [redacted])"),
            Kind::Bearer(_) => formatter.write_str("Auth(bearer, [redacted])"),
            Kind::Basic { .. } => formatter.write_str("Auth(basic, [redacted])"),
            Kind::Query { name, .. } => write!(formatter, "Auth(query {name:?}, [redacted])"),
            Kind::Cookie { name, .. } => write!(formatter, "Auth(cookie {name:?}, [redacted])"),
        }
    }
}

impl PartialEq for Auth {
    fn eq(&self, other: &Self) -> bool {
        match (&self.kind, &other.kind) {
            (
                Kind::Header { name, value },
                Kind::Header {
                    name: other_name,
                    value: other_value,
                },
            ) => name.eq_ignore_ascii_case(other_name) && value == other_value,
            (own, other) => own == other,
        }
    }
}

/// A valid credential.
pub struct Credential {
    pub(crate) auth: Auth,
    placement: AuthPlacement,
    redactor: Redactor,
}

/// The part of a request that contains the credential.
pub(crate) enum AuthPlacement {
    None,
    /// A header, whose value is marked as sensitive.
    Header(HeaderName, HeaderValue),
    /// A query parameter, with name and value percent-encoded.
    Query {
        name: String,
        value: String,
    },
    Cookie {
        name: String,
        value: Secret,
    },
}

impl Credential {
    pub(crate) fn placement(&self) -> &AuthPlacement {
        &self.placement
    }

    /// Returns whether the credential is sent as the query parameter of this name.
    pub(crate) fn is_query_parameter(&self, name: &str) -> bool {
        matches!(&self.auth.kind, Kind::Query { name: own, .. } if is_query_name(name, own))
    }

    /// Returns the redactor that removes this credential from texts.
    pub(crate) fn redactor(&self) -> &Redactor {
        &self.redactor
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.auth.fmt(formatter)
    }
}

fn checked<'secret>(
    value: &'secret Secret,
    redactor: &mut Redactor,
) -> Result<&'secret str, Error> {
    let text = value.expose_secret();
    if text.is_empty() {
        return Err(Error::configuration("the credential is empty"));
    }
    if text.trim() != text {
        return Err(Error::configuration(
            "the credential begins or ends with white space or a line break",
        ));
    }
    if text.bytes().any(|byte| byte.is_ascii_control()) {
        return Err(Error::configuration(
            "the credential contains a byte that is not allowed in a header",
        ));
    }
    redactor.hide(text);
    Ok(text)
}

fn is_empty(secret: &Secret) -> bool {
    secret.expose_secret().is_empty()
}

/// The minimum length of a user name to redact. Shorter names may be words of any text. They are redacted only if the password is empty.
const SHORTEST_HIDDEN_USER: usize = 8;

fn basic(user: &Secret, password: &Secret, redactor: &mut Redactor) -> Result<String, Error> {
    let (user, secret) = (user.expose_secret(), password.expose_secret());
    if user.contains(':') || user.bytes().any(|byte| byte.is_ascii_control()) {
        return Err(Error::configuration(
            "the user name contains a byte that is not allowed in basic authentication",
        ));
    }
    if secret.bytes().any(|byte| byte.is_ascii_control()) {
        return Err(Error::configuration(
            "the credential contains a byte that is not allowed in a header",
        ));
    }
    // Many servers accept a token as the user name.
    if secret.is_empty() || user.len() >= SHORTEST_HIDDEN_USER {
        redactor.hide(user);
        redactor.hide(&component(user));
    }
    redactor.hide(secret);
    let encoded = STANDARD.encode(format!("{user}:{secret}"));
    redactor.hide(&encoded);
    // Some programs print base64 without its padding.
    redactor.hide(encoded.trim_end_matches('='));
    Ok(encoded)
}

fn header_name(name: &str) -> Result<HeaderName, Error> {
    HeaderName::from_bytes(name.as_bytes())
        .map_err(|_| Error::configuration("the credential's header has an invalid name"))
}

fn header_value(prefix: &str, secret: &str) -> Result<HeaderValue, Error> {
    let invalid =
        || Error::configuration("the credential contains a byte that is not allowed in a header");
    if !secret.is_ascii() {
        return Err(invalid());
    }
    let mut value = HeaderValue::from_str(&format!("{prefix}{secret}")).map_err(|_| invalid())?;
    value.set_sensitive(true);
    Ok(value)
}

/// Returns whether a byte is allowed in a cookie's value (RFC 6265, section 4.1.1).
fn is_cookie_byte(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'"' | b',' | b';' | b'\\')
}

fn is_cookie_name(name: &str) -> bool {
    HeaderName::from_bytes(name.as_bytes()).is_ok()
}

/// Returns the `Cookie` header with an additional cookie.
pub(crate) fn with_cookie(
    cookies: Option<&HeaderValue>,
    name: &str,
    value: &Secret,
) -> Result<HeaderValue, Error> {
    let invalid =
        || Error::invalid_request("the cookies contain a byte that is not allowed in a header");
    let others = match cookies {
        Some(cookies) => format!("{}; ", cookies.to_str().map_err(|_| invalid())?),
        None => String::new(),
    };
    let mut line = HeaderValue::from_str(&format!("{others}{name}={}", value.expose_secret()))
        .map_err(|_| invalid())?;
    line.set_sensitive(true);
    Ok(line)
}

/// The header for cookies.
pub(crate) const COOKIES: HeaderName = COOKIE;
