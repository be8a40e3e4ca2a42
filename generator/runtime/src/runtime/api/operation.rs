//! Static descriptions of an API and its operations: plain data that the generator writes once.
//!
//! Every value is `'static`, so that errors, spans and retries can refer to an operation without a copy.

use std::borrow::Cow;

use http::Method;

use crate::runtime::redact::secret::Secret;

/// A description of an API as a whole.
#[derive(Debug, Clone, Copy)]
pub struct ApiInfo {
    /// The API's title.
    pub name: &'static str,
    /// The version of the document that the client was generated from.
    pub version: &'static str,
    /// The name of the client's package, for the `User-Agent`.
    pub package: &'static str,
    /// The version of the client's package.
    pub package_version: &'static str,
    /// The base URL that is used by default, without a trailing slash.
    pub default_base_url: Option<&'static str>,
    /// The prefix of every operation's path, without a trailing slash. A base URL may end with it.
    pub base_path: Option<&'static str>,
    /// The members of the server's error bodies.
    pub error_body: ErrorBodyInfo,
    /// The headers that contain the request id. The first one that is present is used.
    pub request_id_headers: &'static [&'static str],
    /// The headers that describe the rate limit.
    pub rate_limit_headers: RateLimitHeaders,
    /// The places in a request for the API's credentials. Nothing else may be sent there, so that a request has one credential.
    pub credential_places: &'static [CredentialPlace],
}

/// A place in a request for a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialPlace {
    /// The header of this name.
    Header(&'static str),
    /// The query parameter of this name.
    Query(&'static str),
    /// The cookie of this name.
    Cookie(&'static str),
}

/// The members of a server's error body, as JSON pointers. The first pointer of each list that yields a value is used. If the API's
/// description names none, the lists are empty, and the usual members are read.
#[derive(Debug, Clone, Copy)]
pub struct ErrorBodyInfo {
    /// The message for people.
    pub message: &'static [&'static str],
    /// The code for programs: a string without white space.
    pub code: &'static [&'static str],
    /// The scopes that the operation requires, separated by spaces.
    pub required_scopes: &'static [&'static str],
}

/// The names of the headers that describe a rate limit.
#[derive(Debug, Clone, Copy, Default)]
pub struct RateLimitHeaders {
    /// The number of requests allowed in the window.
    pub limit: Option<&'static str>,
    /// The number of requests left in the window.
    pub remaining: Option<&'static str>,
    /// The number of requests counted in the window.
    pub observed: Option<&'static str>,
    /// The name of the limit.
    pub name: Option<&'static str>,
    /// The end of the window, in Unix seconds.
    pub reset: Option<&'static str>,
}

/// A description of an operation.
#[derive(Debug, Clone, Copy)]
pub struct OperationInfo {
    /// The `operationId` in the document.
    pub id: &'static str,
    /// The name of the operation in the client: group and method, such as `pets.list`.
    pub name: &'static str,
    /// The HTTP method.
    pub method: &'static Method,
    /// The path, with `{name}` for parameters.
    pub path: &'static str,
    /// The value of the `Accept` header: the media types that the client can decode, joined with `, `.
    pub accept: Option<&'static str>,
    /// Whether a credential is sent.
    pub security: SecurityRequirement,
    /// Whether a retry can repeat an effect.
    pub retry: RetryClass,
    /// Whether the request or the response contains a secret.
    pub secret: bool,
    /// The secret in the response, if it has a fixed position.
    pub new_secret: Option<NewSecret>,
    /// The possible meanings of error responses without a code, by status.
    pub error_advice: &'static [ErrorAdvice],
}

/// The secret in a response.
#[derive(Debug, Clone, Copy)]
pub struct NewSecret {
    /// The JSON pointer of the secret.
    pub(crate) pointer: &'static str,
    /// Returns the secret at a pointer, as far as the response can be read.
    pub(crate) find: fn(&[u8], &str) -> Option<Secret>,
}

impl NewSecret {
    /// Returns the name of the secret's member.
    pub(crate) fn member(&self) -> Option<Cow<'static, str>> {
        self.pointer
            .rsplit_once('/')
            .map(|(_, name)| unescaped(name))
    }
}

/// Returns the name that a segment of a JSON pointer stands for.
pub(crate) fn unescaped(segment: &str) -> Cow<'_, str> {
    if segment.contains('~') {
        Cow::Owned(segment.replace("~1", "/").replace("~0", "~"))
    } else {
        Cow::Borrowed(segment)
    }
}

/// A possible meaning of an error response without a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ErrorAdvice {
    /// The HTTP status.
    pub status: u16,
    /// A text for people, which errors show.
    pub text: &'static str,
}

/// Whether an operation sends a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecurityRequirement {
    /// A credential is required.
    Required,
    /// A credential is sent if the client has one.
    Optional,
    /// No credential is sent.
    Anonymous,
}

/// The safety of retries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetryClass {
    /// A retry has no further effect.
    Idempotent,
    /// A retry is safe only if the request certainly was not executed.
    NonIdempotent,
}
