//! Reads an input: responses as text, so that seeds can be read and written by people. Any bytes are an input.
//!
//! ```text
//! clock: 1800000000
//! 503 split
//! Retry-After: 3
//!
//! a body, without limits
//! %%
//! 200
//! ```
//!
//! The clock is optional. A status is followed by what happens to the body: `gzip` (it is compressed), `split` (it arrives in small
//! pieces), `broken` (it breaks off), `unfinished` (its end never comes). `fail`, with a word for how, and `hang` replace a
//! status. Lines that are no header are left out.

use std::borrow::Cow;
use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use gitlab_pat::http::header::CONTENT_ENCODING;
use gitlab_pat::http::{HeaderName, HeaderValue};

/// More would only be slow.
const MOST_RESPONSES: usize = 8;

/// What an input says.
pub(crate) struct Input {
    /// The wall clock, in seconds since 1970.
    pub(crate) clock: u64,
    pub(crate) responses: Vec<Response>,
}

/// One response.
#[derive(Clone)]
pub(crate) struct Response {
    /// Zero where there is no response.
    pub(crate) status: u16,
    pub(crate) headers: Vec<(Vec<u8>, Vec<u8>)>,
    pub(crate) body: Vec<u8>,
    failure: Option<String>,
    hangs: bool,
    pub(crate) gzip: bool,
    split: bool,
    broken: bool,
    /// Whether its end never comes.
    pub(crate) unfinished: bool,
}

/// A method that makes the response that a transport gives: the runtime is in two crates, and so are its types.
macro_rules! scripted {
    ($name:ident: $($module:ident)::+, $($kind:ident)::+) => {
        pub(crate) fn $name(&self) -> $($module)::+::ScriptedResponse {
            use $($module)::+::ScriptedResponse;
            use $($kind)::+ as Kind;

            if let Some(how) = &self.failure {
                return ScriptedResponse::failure(match how.as_str() {
                    "dns" => Kind::Dns,
                    "connect" => Kind::Connect,
                    "connect timeout" => Kind::ConnectTimeout,
                    "tls" => Kind::Tls,
                    "read timeout" => Kind::ReadTimeout,
                    "lost" => Kind::ConnectionLost,
                    "invalid" => Kind::InvalidResponse,
                    _ => Kind::Other,
                });
            }
            if self.hangs {
                return ScriptedResponse::hang();
            }
            let response = ScriptedResponse::new(self.status).body_chunks(self.chunks(&self.sent_body()));
            let response = self.sendable_headers().fold(response, |response, (name, value)| {
                response.header(name, value)
            });
            match (self.broken, self.unfinished) {
                (true, _) => response.broken_off(Kind::ConnectionLost),
                (false, true) => response.unfinished(),
                (false, false) => response,
            }
        }
    };
}

impl Input {
    pub(crate) fn read(input: &[u8]) -> Self {
        let (first, rest) = cut(input, b"\n");
        let clock = std::str::from_utf8(first)
            .ok()
            .and_then(|line| line.strip_prefix("clock:")?.trim().parse().ok());
        let mut rest = if clock.is_some() { rest } else { input };
        let mut responses = Vec::new();
        while responses.len() < MOST_RESPONSES {
            let (response, more) = cut(rest, b"\n%%\n");
            responses.push(Response::read(response));
            if more.is_empty() {
                break;
            }
            rest = more;
        }
        Self {
            clock: clock.unwrap_or(1_800_000_000),
            responses,
        }
    }
}

impl Response {
    fn read(text: &[u8]) -> Self {
        let (head, body) = cut(text, b"\n\n");
        let (line, mut lines) = cut(head, b"\n");
        let line = String::from_utf8_lossy(line);
        let has = |word| line.split_ascii_whitespace().any(|other| other == word);
        let failure = line.strip_prefix("fail").map(|how| how.trim().to_owned());
        let hangs = has("hang");
        let mut headers = Vec::new();
        while !lines.is_empty() {
            let (line, more) = cut(lines, b"\n");
            let (name, value) = cut(line, b":");
            headers.push((name.to_vec(), value.trim_ascii().to_vec()));
            lines = more;
        }
        Self {
            status: match line.split_ascii_whitespace().next() {
                _ if failure.is_some() || hangs => 0,
                word => word
                    .and_then(|word| word.parse().ok())
                    .filter(|status| (100..1000).contains(status))
                    .unwrap_or(200),
            },
            headers,
            body: body.to_vec(),
            failure,
            hangs,
            gzip: has("gzip"),
            split: has("split"),
            broken: has("broken"),
            unfinished: has("unfinished"),
        }
    }

    pub(crate) fn with_body(&self, body: &[u8]) -> Self {
        Self {
            body: body.to_vec(),
            ..self.clone()
        }
    }

    /// Whether the request of this response certainly never left.
    pub(crate) fn is_unsent(&self) -> bool {
        let failure = self.failure.as_deref();
        failure.is_some_and(|how| matches!(how, "dns" | "connect" | "connect timeout" | "tls"))
    }

    /// Whether the body may say in compressed form what cannot be seen in it.
    pub(crate) fn is_opaque(&self) -> bool {
        self.headers
            .iter()
            .any(|(name, _)| name.eq_ignore_ascii_case(b"content-encoding"))
    }

    /// Whether a value of a header holds these bytes.
    pub(crate) fn is_in_headers(&self, needle: &str) -> bool {
        self.headers
            .iter()
            .any(|(_, value)| contains(value, needle))
    }

    scripted! { for_client: gitlab_pat::testing, gitlab_pat::transport::TransportErrorKind }
    scripted! {
        for_runtime: generator_runtime::runtime::transport::scripted_transport,
        generator_runtime::runtime::transport::TransportErrorKind
    }

    /// The headers that can exist.
    fn sendable_headers(&self) -> impl Iterator<Item = (HeaderName, HeaderValue)> {
        let written = self.headers.iter().filter_map(|(name, value)| {
            let name = HeaderName::from_bytes(name).ok()?;
            Some((name, HeaderValue::from_bytes(value).ok()?))
        });
        let coding = self
            .gzip
            .then_some((CONTENT_ENCODING, HeaderValue::from_static("gzip")));
        written.chain(coding)
    }

    /// The body as it travels.
    fn sent_body(&self) -> Cow<'_, [u8]> {
        if !self.gzip {
            return Cow::Borrowed(&self.body);
        }
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        let compressed = encoder
            .write_all(&self.body)
            .and_then(|()| encoder.finish());
        Cow::Owned(compressed.expect("memory takes everything"))
    }

    fn chunks<'body>(&self, body: &'body [u8]) -> Vec<&'body [u8]> {
        match self.split {
            true => body.chunks(7).collect(),
            false => vec![body],
        }
    }
}

pub(crate) fn contains(haystack: &[u8], needle: &str) -> bool {
    count(haystack, needle) > 0
}

pub(crate) fn count(haystack: &[u8], needle: &str) -> usize {
    let windows = haystack.windows(needle.len());
    windows
        .filter(|window| *window == needle.as_bytes())
        .count()
}

/// Divides at the first `separator`; without one everything is before it.
fn cut<'text>(text: &'text [u8], separator: &[u8]) -> (&'text [u8], &'text [u8]) {
    let place = text
        .windows(separator.len())
        .position(|window| window == separator);
    match place {
        Some(place) => (&text[..place], &text[place + separator.len()..]),
        None => (text, &[]),
    }
}
