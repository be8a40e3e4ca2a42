//! Responses as data, independent of connections and of GitLab.

use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;

use crate::gzip;

/// An HTTP response: a status, headers in order and a body.
///
/// Duplicate and invalid headers are allowed. `Content-Length` is added when the response is sent, unless the
/// response has one. Its own one is sent unchanged, right or wrong.
#[derive(Clone, Debug)]
pub struct FakeResponse {
    status: u16,
    headers: Vec<(String, Vec<u8>)>,
    body: Payload,
}

/// A body: bytes, or a repeated unit that is expanded while it is sent.
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
    /// Creates a response without headers and without a body.
    #[must_use]
    pub fn new(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Payload::Bytes(Bytes::new()),
        }
    }

    /// Creates an `application/json` response with this value as its body. The body is empty if the value can't be
    /// written in JSON.
    #[must_use]
    pub fn json(status: u16, body: &impl Serialize) -> Self {
        Self::raw_json(status, serde_json::to_vec(body).unwrap_or_default())
    }

    /// Creates an `application/json` response with this text as its body. The text is sent unchanged, valid or not.
    #[must_use]
    pub fn raw_json(status: u16, body: impl Into<Bytes>) -> Self {
        Self::new(status)
            .header("Content-Type", "application/json")
            .body(body)
    }

    /// Creates a `text/plain` response.
    #[must_use]
    pub fn text(status: u16, body: impl Into<String>) -> Self {
        Self::new(status)
            .header("Content-Type", "text/plain")
            .body(body.into())
    }

    /// Creates a `text/html` response, as proxies send.
    #[must_use]
    pub fn html(status: u16, body: impl Into<String>) -> Self {
        Self::new(status)
            .header("Content-Type", "text/html; charset=utf-8")
            .body(body.into())
    }

    /// Creates a redirect with this status to this location.
    #[must_use]
    pub fn redirect(status: u16, location: impl AsRef<[u8]>) -> Self {
        Self::new(status).header("Location", location)
    }

    /// Creates GitLab's response to a throttled request: 429, `text/plain`, `Retry later`.
    ///
    /// It has no `Retry-After`. [`FakeResponse::header`] adds one in any form.
    #[must_use]
    pub fn too_many_requests() -> Self {
        Self::text(429, "Retry later\n")
    }

    /// Creates the error page of a proxy whose upstream server did not respond, with status 502, 503 or 504.
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

    /// Creates a gzip response that decompresses to `mebibytes` MiB of zeros. It is about a thousand times smaller.
    #[must_use]
    pub fn gzip_bomb(mebibytes: u32) -> Self {
        Self::new(200)
            .header("Content-Type", "application/json")
            .header("Content-Encoding", "gzip")
            .body(gzip::bomb(mebibytes))
    }

    /// Adds a header after the existing ones, even if one of them has the same name.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl AsRef<[u8]>) -> Self {
        self.headers.push((name.into(), value.as_ref().to_vec()));
        self
    }

    /// Replaces all headers of this name by one.
    #[must_use]
    pub fn set_header(self, name: impl Into<String>, value: impl AsRef<[u8]>) -> Self {
        let name = name.into();
        self.without_header(&name).header(name, value)
    }

    /// Removes all headers of this name.
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

    /// Replaces the body with `unit`, `times` times. The whole body is never in memory.
    #[must_use]
    pub fn repeated_body(mut self, unit: impl Into<Bytes>, times: u64) -> Self {
        self.body = Payload::Repeat {
            unit: unit.into(),
            times,
        };
        self
    }

    /// Compresses the body and adds `Content-Encoding: gzip`. A repeated body is left as it is.
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

    /// Returns the status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// Returns the headers in the order in which they are sent.
    #[must_use]
    pub fn headers(&self) -> &[(String, Vec<u8>)] {
        &self.headers
    }

    /// Returns the first header of this name if its value is text.
    #[must_use]
    pub fn header_text(&self, name: &str) -> Option<&str> {
        let (_, value) = self
            .headers
            .iter()
            .find(|(other, _)| other.eq_ignore_ascii_case(name))?;
        std::str::from_utf8(value).ok()
    }

    /// Returns the body. It is empty for a repeated body.
    #[must_use]
    pub fn body_bytes(&self) -> &[u8] {
        match &self.body {
            Payload::Bytes(bytes) => bytes,
            Payload::Repeat { .. } => &[],
        }
    }

    /// Returns the body as JSON if it is valid JSON.
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

/// Returns the reason phrase of a status, or an empty text if it has none.
pub(crate) fn reason(status: u16) -> &'static str {
    http::StatusCode::from_u16(status)
        .ok()
        .and_then(|status| status.canonical_reason())
        .unwrap_or("")
}
