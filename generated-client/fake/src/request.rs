//! Recorded requests, byte for byte. Knows the places of credentials in a request, not their meaning.

use std::fmt;

use bytes::Bytes;
use serde_json::Value;

/// A request as it arrived: the request line, the headers in their order and spelling, and the body.
///
/// `Debug` shows neither credentials nor the body, which may contain one.
#[derive(Clone)]
pub struct RecordedRequest {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) request_line: String,
    pub(crate) headers: Vec<(String, Vec<u8>)>,
    pub(crate) body: Bytes,
    pub(crate) complete: bool,
    pub(crate) connection: u64,
}

/// The place of a credential in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum CredentialKind {
    /// `Authorization: Bearer …`
    Bearer,
    /// `Authorization` with any other scheme; the value is everything after the scheme.
    OtherAuthorization,
    /// `PRIVATE-TOKEN`
    PrivateToken,
    /// `JOB-TOKEN`
    JobToken,
    /// `DEPLOY-TOKEN`
    DeployToken,
    /// `Cookie`; the value is the whole header.
    Cookie,
    /// `private_token` in the query
    PrivateTokenQuery,
    /// `access_token` in the query
    AccessTokenQuery,
    /// `job_token` in the query
    JobTokenQuery,
}

/// A credential that a request contained. `Debug` shows its kind only.
#[derive(Clone, PartialEq, Eq)]
pub struct SeenCredential {
    kind: CredentialKind,
    value: String,
}

impl SeenCredential {
    /// Returns the place of the credential.
    #[must_use]
    pub fn kind(&self) -> CredentialKind {
        self.kind
    }

    /// Returns the credential itself.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }
}

impl fmt::Debug for SeenCredential {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("SeenCredential")
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

impl RecordedRequest {
    /// Creates a record from a head that a library has parsed, so the names of its headers are in lower case. It has
    /// no body yet.
    pub(crate) fn parsed(head: &http::request::Parts, target: String, connection: u64) -> Self {
        Self {
            method: head.method.to_string(),
            request_line: format!("{} {target} {:?}", head.method, head.version),
            target,
            headers: head
                .headers
                .iter()
                .map(|(name, value)| (name.to_string(), value.as_bytes().to_vec()))
                .collect(),
            body: Bytes::new(),
            complete: false,
            connection,
        }
    }

    /// Returns the method.
    #[must_use]
    pub fn method(&self) -> &str {
        &self.method
    }

    /// Returns path and query as they were sent.
    #[must_use]
    pub fn target(&self) -> &str {
        &self.target
    }

    /// Returns the first line as it was sent, without its line end.
    #[must_use]
    pub fn request_line(&self) -> &str {
        &self.request_line
    }

    /// Returns the path as it was sent.
    #[must_use]
    pub fn path(&self) -> &str {
        self.target
            .split_once('?')
            .map_or(self.target.as_str(), |(path, _)| path)
    }

    /// Returns the query as it was sent, without its question mark.
    #[must_use]
    pub fn query(&self) -> Option<&str> {
        self.target.split_once('?').map(|(_, query)| query)
    }

    /// Returns the decoded parameters of the query in their order.
    #[must_use]
    pub fn query_pairs(&self) -> Vec<(String, String)> {
        form_urlencoded::parse(self.query().unwrap_or_default().as_bytes())
            .into_owned()
            .collect()
    }

    /// Returns the headers as they were sent: in order, with duplicates, with the spelling of their names.
    #[must_use]
    pub fn headers(&self) -> &[(String, Vec<u8>)] {
        &self.headers
    }

    /// Returns the first header of this name if its value is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.header_values(name).into_iter().next()
    }

    /// Returns every header of this name whose value is text.
    #[must_use]
    pub fn header_values(&self, name: &str) -> Vec<&str> {
        let values = self
            .headers
            .iter()
            .filter(|(other, _)| other.eq_ignore_ascii_case(name));
        values
            .filter_map(|(_, value)| std::str::from_utf8(value).ok())
            .collect()
    }

    /// Returns the body without its transfer coding.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// Returns the body if it is text.
    #[must_use]
    pub fn body_text(&self) -> Option<&str> {
        std::str::from_utf8(&self.body).ok()
    }

    /// Returns the body as JSON if it is valid JSON.
    #[must_use]
    pub fn body_json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }

    /// Returns whether the whole body arrived. If a fault interrupted the request, the record holds the part that
    /// arrived.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.complete
    }

    /// Returns the number of the request's connection, counted from 1. It is 0 for a request that was passed to
    /// [`FakeGitLab::execute`](crate::FakeGitLab::execute).
    #[must_use]
    pub fn connection(&self) -> u64 {
        self.connection
    }

    /// Returns every credential in the request line and the headers.
    #[must_use]
    pub fn credentials(&self) -> Vec<SeenCredential> {
        let mut seen = Vec::new();
        for (name, value) in &self.headers {
            let value = String::from_utf8_lossy(value);
            let kind = match name.to_ascii_lowercase().as_str() {
                "authorization" => {
                    let (scheme, rest) = value.split_once(' ').unwrap_or(("", &value));
                    let bearer = scheme.eq_ignore_ascii_case("bearer");
                    let kind = if bearer {
                        CredentialKind::Bearer
                    } else {
                        CredentialKind::OtherAuthorization
                    };
                    seen.push(SeenCredential {
                        kind,
                        value: rest.trim().to_owned(),
                    });
                    continue;
                }
                "private-token" => CredentialKind::PrivateToken,
                "job-token" => CredentialKind::JobToken,
                "deploy-token" => CredentialKind::DeployToken,
                "cookie" => CredentialKind::Cookie,
                _ => continue,
            };
            seen.push(SeenCredential {
                kind,
                value: value.into_owned(),
            });
        }
        for (name, value) in self.query_pairs() {
            let kind = match name.as_str() {
                "private_token" => CredentialKind::PrivateTokenQuery,
                "access_token" => CredentialKind::AccessTokenQuery,
                "job_token" => CredentialKind::JobTokenQuery,
                _ => continue,
            };
            seen.push(SeenCredential { kind, value });
        }
        seen
    }

    /// Returns whether the request contains `secret`: in the target (percent-encoded or not), in a header or in the
    /// body.
    #[must_use]
    pub fn carries(&self, secret: &str) -> bool {
        self.target.contains(secret)
            || self
                .query_pairs()
                .iter()
                .any(|(name, value)| name.contains(secret) || value.contains(secret))
            || self
                .headers
                .iter()
                .any(|(_, value)| contains(value, secret.as_bytes()))
            || contains(&self.body, secret.as_bytes())
    }
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    needle.is_empty()
        || haystack
            .windows(needle.len())
            .any(|window| window == needle)
}

impl fmt::Debug for RecordedRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        formatter
            .debug_struct("RecordedRequest")
            .field("method", &self.method)
            .field("path", &self.path())
            .field("headers", &headers)
            .field("body_length", &self.body.len())
            .field("complete", &self.complete)
            .field("connection", &self.connection)
            .finish_non_exhaustive()
    }
}
