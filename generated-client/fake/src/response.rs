//! Responses: what a server says, as data. Knows HTTP's shape and nothing of connections or of GitLab.

use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;

use crate::gzip;

/// An HTTP response: a status, headers in order (duplicates and illegal ones allowed) and a body.
///
/// `Content-Length` is added when the response is sent, unless the response has one of its own, which is then sent as it
/// is, right or wrong.
#[derive(Clone, Debug)]
pub struct FakeResponse {
    status: u16,
    headers: Vec<(String, Vec<u8>)>,
    body: Payload,
}

/// A body: bytes, or so many of them that they are made while they are sent.
#[derive(Clone, Debug)]
pub(crate) enum Payload {
    Bytes(Bytes),
    Repeat { unit: Bytes, times: u64 },
}

impl Payload {
    pub(crate) fn len(&self) -> u64 {
        match self {
            Self::Bytes(bytes) => bytes.len() as u64,
            Self::Repeat { unit, times } => (unit.len() as u64).saturating_mul(*times),
        }
    }
}

impl FakeResponse {
    /// A response without headers and body.
    #[must_use]
    pub fn new(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Payload::Bytes(Bytes::new()),
        }
    }

    /// Creates a response whose body is this value in JSON, as `application/json`. A value that can't be written in JSON gives an empty
    /// body.
    #[must_use]
    pub fn json(status: u16, body: &impl Serialize) -> Self {
        Self::raw_json(status, serde_json::to_vec(body).unwrap_or_default())
    }

    /// Creates a response whose body is this text, as `application/json`. The text is sent as it is, valid or not.
    #[must_use]
    pub fn raw_json(status: u16, body: impl Into<Bytes>) -> Self {
        Self::new(status)
            .header("Content-Type", "application/json")
            .body(body)
    }

    /// A `text/plain` response.
    #[must_use]
    pub fn text(status: u16, body: impl Into<String>) -> Self {
        Self::new(status)
            .header("Content-Type", "text/plain")
            .body(body.into())
    }

    /// A `text/html` response, as proxies give.
    #[must_use]
    pub fn html(status: u16, body: impl Into<String>) -> Self {
        Self::new(status)
            .header("Content-Type", "text/html; charset=utf-8")
            .body(body.into())
    }

    /// A redirect of any status to any location.
    #[must_use]
    pub fn redirect(status: u16, location: impl AsRef<[u8]>) -> Self {
        Self::new(status).header("Location", location)
    }

    /// GitLab's throttled response: 429, `text/plain`, `Retry later`, without `Retry-After`, which
    /// [`FakeResponse::header`] adds in whatever form a test wants.
    #[must_use]
    pub fn too_many_requests() -> Self {
        Self::text(429, "Retry later\n")
    }

    /// The page of a proxy that has no response from the server behind it: 502, 503, 504.
    #[must_use]
    pub fn proxy_error(status: u16) -> Self {
        let reason = reason(status);
        Self::html(
            status,
            format!(
                "<html>\n<head><title>{status} {reason}</title></head>\n<body><h1>{status} {reason}</h1></body>\n</html>\n"
            ),
        )
    }

    /// A gzip response of a few kilobytes for each megabyte that it becomes when decompressed: `mebibytes` of zeros.
    #[must_use]
    pub fn gzip_bomb(mebibytes: u32) -> Self {
        Self::new(200)
            .header("Content-Type", "application/json")
            .header("Content-Encoding", "gzip")
            .body(gzip::bomb(mebibytes))
    }

    /// Adds a header after those that are there, also when there is one of the same name.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl AsRef<[u8]>) -> Self {
        self.headers.push((name.into(), value.as_ref().to_vec()));
        self
    }

    /// Replaces every header of this name by one.
    #[must_use]
    pub fn set_header(self, name: impl Into<String>, value: impl AsRef<[u8]>) -> Self {
        let name = name.into();
        self.without_header(&name).header(name, value)
    }

    /// Removes every header of this name.
    #[must_use]
    pub fn without_header(mut self, name: &str) -> Self {
        self.headers
            .retain(|(other, _)| !other.eq_ignore_ascii_case(name));
        self
    }

    /// Replaces the status.
    #[must_use]
    pub fn status_code(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// Replaces the body.
    #[must_use]
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = Payload::Bytes(body.into());
        self
    }

    /// Replaces the body by `unit` sent `times` times, which is never held in memory as a whole.
    #[must_use]
    pub fn repeated_body(mut self, unit: impl Into<Bytes>, times: u64) -> Self {
        self.body = Payload::Repeat {
            unit: unit.into(),
            times,
        };
        self
    }

    /// Compresses the body and adds `Content-Encoding: gzip`. A repeated body stays as it is.
    #[must_use]
    pub fn gzip(self) -> Self {
        match &self.body {
            Payload::Bytes(bytes) => {
                let compressed = gzip::compress(bytes);
                self.body(compressed).set_header("Content-Encoding", "gzip")
            }
            Payload::Repeat { .. } => self,
        }
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The headers in the order in which they are sent.
    #[must_use]
    pub fn headers(&self) -> &[(String, Vec<u8>)] {
        &self.headers
    }

    /// The first header of this name, if its value is text.
    #[must_use]
    pub fn header_text(&self, name: &str) -> Option<&str> {
        let (_, value) = self
            .headers
            .iter()
            .find(|(other, _)| other.eq_ignore_ascii_case(name))?;
        std::str::from_utf8(value).ok()
    }

    /// The body; empty when it is a repeated one.
    #[must_use]
    pub fn body_bytes(&self) -> &[u8] {
        match &self.body {
            Payload::Bytes(bytes) => bytes,
            Payload::Repeat { .. } => &[],
        }
    }

    /// The body as JSON, if it is that.
    #[must_use]
    pub fn body_json(&self) -> Option<Value> {
        serde_json::from_slice(self.body_bytes()).ok()
    }

    pub(crate) fn payload(&self) -> &Payload {
        &self.body
    }

    pub(crate) fn has_header(&self, name: &str) -> bool {
        self.headers
            .iter()
            .any(|(other, _)| other.eq_ignore_ascii_case(name))
    }
}

/// The reason phrase of a status, empty for one that has none.
pub(crate) fn reason(status: u16) -> &'static str {
    http::StatusCode::from_u16(status)
        .ok()
        .and_then(|status| status.canonical_reason())
        .unwrap_or("")
}
