//! The static description of an API and its operations: plain data, written once per operation by the generator.
//!
//! Knows nothing of requests in flight. Every value is `'static`, so that errors, spans and retries can name an operation for free.

use std::fmt;

/// What a client knows of its API as a whole.
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
    /// Where the API lives when the caller does not say, without a trailing slash.
    pub default_base_url: Option<&'static str>,
    /// The path with which the path of every operation begins, without a trailing slash. A base URL may end with it.
    pub base_path: Option<&'static str>,
    /// Where a server's error body says what.
    pub error_body: ErrorBodyInfo,
    /// Headers that hold the request's id; the first that is present wins.
    pub request_id_headers: &'static [&'static str],
    /// Headers about the rate limit.
    pub rate_limit_headers: RateLimitHeaders,
    /// Where the API's credentials travel. These places are closed to everything else, so that a request has one credential.
    pub credential_places: &'static [CredentialPlace],
}

/// A place in a request where a credential travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialPlace {
    /// The header of this name.
    Header(&'static str),
    /// The query parameter of this name.
    Query(&'static str),
    /// The cookie of this name.
    Cookie(&'static str),
}

/// JSON pointers into a server's error body; in each list the first that yields wins.
#[derive(Debug, Clone, Copy)]
pub struct ErrorBodyInfo {
    /// A text for people.
    pub message: &'static [&'static str],
    /// A code for programs: a string without white space.
    pub code: &'static [&'static str],
    /// The scopes that the call needs, separated by spaces.
    pub required_scopes: &'static [&'static str],
}

/// Names of the headers that describe a rate limit.
#[derive(Debug, Clone, Copy, Default)]
pub struct RateLimitHeaders {
    /// Requests allowed in the window.
    pub limit: Option<&'static str>,
    /// Requests left in the window.
    pub remaining: Option<&'static str>,
    /// Requests counted in the window.
    pub observed: Option<&'static str>,
    /// The limit's name.
    pub name: Option<&'static str>,
    /// End of the window, in Unix seconds.
    pub reset: Option<&'static str>,
}

/// What is known of an operation before it is called.
#[derive(Debug, Clone, Copy)]
pub struct OperationInfo {
    /// The `operationId` of the document.
    pub id: &'static str,
    /// The operation as callers know it: group and method, `pets.list`.
    pub name: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path with `{name}` for parameters.
    pub path: &'static str,
    /// The value of `Accept`: the media types that the client can read, joined with `, `.
    pub accept: Option<&'static str>,
    /// Whether a credential is sent.
    pub security: SecurityRequirement,
    /// What a retry does.
    pub retry: RetryClass,
    /// Whether the request or the response carries a secret.
    pub secret: bool,
    /// JSON pointer of the secret in the response, where it stands in one place.
    pub new_secret: Option<&'static str>,
}

/// The HTTP methods that OpenAPI knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// `GET`.
    Get,
    /// `PUT`.
    Put,
    /// `POST`.
    Post,
    /// `DELETE`.
    Delete,
    /// `OPTIONS`.
    Options,
    /// `HEAD`.
    Head,
    /// `PATCH`.
    Patch,
    /// `TRACE`.
    Trace,
}

impl Method {
    /// The method as it stands in a request line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

impl From<Method> for http::Method {
    fn from(method: Method) -> Self {
        match method {
            Method::Get => Self::GET,
            Method::Put => Self::PUT,
            Method::Post => Self::POST,
            Method::Delete => Self::DELETE,
            Method::Options => Self::OPTIONS,
            Method::Head => Self::HEAD,
            Method::Patch => Self::PATCH,
            Method::Trace => Self::TRACE,
        }
    }
}

/// Whether an operation sends a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecurityRequirement {
    /// Always.
    Required,
    /// Where there is one.
    Optional,
    /// Never.
    Anonymous,
}

/// What a retry of a request does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetryClass {
    /// Twice is the same as once.
    Idempotent,
    /// May be repeated only when it certainly was not executed.
    NonIdempotent,
}
