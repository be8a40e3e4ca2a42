//! The base URL of an API, the URLs below it, and the comparison of origins.

use std::fmt;
use std::net::IpAddr;

use percent_encoding::percent_decode_str;
use url::{Host, Url};

use crate::runtime::error::Error;

/// A valid base URL, without a trailing slash and without the API's own base path.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct BaseUrl {
    url: Url,
}

impl BaseUrl {
    /// Parses `https://host[:port][/path]`. Trailing slashes are removed, and so is `base_path` at the end, once, because the path of every
    /// request begins with it.
    pub(crate) fn parse(text: &str, base_path: Option<&str>) -> Result<Self, Error> {
        let mut url = Url::parse(text).map_err(|_| {
            Error::configuration("the base URL is not an absolute URL such as https://example.com")
        })?;
        if !matches!(url.scheme(), "https" | "http") {
            return Err(Error::configuration(
                "the base URL's scheme is neither https nor http",
            ));
        }
        if !url.has_host() {
            return Err(Error::configuration("the base URL has no host"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Error::configuration(
                "the base URL contains user information; set credentials with `auth`",
            ));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(Error::configuration(
                "the base URL contains a query or a fragment",
            ));
        }
        let path = url.path().trim_end_matches('/');
        let path = match base_path.and_then(|base_path| without_end(path, base_path)) {
            Some(path) => path.trim_end_matches('/'),
            None => path,
        };
        let path = path.to_owned();
        url.set_path(&path);
        Ok(Self { url })
    }

    /// Returns whether requests are sent without encryption.
    pub(crate) fn is_plain_http(&self) -> bool {
        self.url.scheme() == "http"
    }

    /// The server's name or address, as spans and errors show it.
    pub(crate) fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    /// Returns the server's port.
    pub(crate) fn port(&self) -> u16 {
        self.url.port_or_known_default().unwrap_or_default()
    }

    /// Returns whether the server is on this machine.
    pub(crate) fn is_loopback(&self) -> bool {
        is_loopback(&self.url)
    }

    /// Returns the URL of a path below the base URL. The path and the query are already percent-encoded. A path that URL parsers would
    /// change (because of `..`, for example) is rejected, since it would reach another resource.
    pub(crate) fn join(&self, path: &str, query: &str) -> Result<Url, Error> {
        if !path.starts_with('/') {
            return Err(Error::invalid_request("the path does not begin with `/`"));
        }
        let wanted = format!("{}{path}", self.url.path().trim_end_matches('/'));
        let mut url = self.url.clone();
        url.set_path(&wanted);
        if url.path() != wanted {
            return Err(Error::invalid_request(
                "the path contains `.` or `..` as a segment, or a character that is not percent-encoded",
            ));
        }
        url.set_query(Some(query).filter(|query| !query.is_empty()));
        Ok(url)
    }
}

/// Returns the path without `end` if its last segments are those of `end`. Segments are decoded before the case-sensitive comparison.
fn without_end<'path>(path: &'path str, end: &str) -> Option<&'path str> {
    let mut rest = path;
    for wanted in end.trim_matches('/').rsplit('/') {
        let (before, segment) = rest.rsplit_once('/')?;
        if !percent_decode_str(segment).eq(percent_decode_str(wanted)) {
            return None;
        }
        rest = before;
    }
    Some(rest)
}

/// The URL contains no secret, because user information and queries are rejected.
impl fmt::Display for BaseUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.url.as_str().trim_end_matches('/'))
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

/// Returns whether the URL's host is this machine, by name or address.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        Some(Host::Ipv4(address)) => IpAddr::V4(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::V6(address).is_loopback(),
        None => false,
    }
}

/// Returns a URL from a server in the form for errors: scheme, host, port and path, without user information, query and fragment.
pub(crate) fn shown(url: &Url) -> String {
    let mut shown = url.clone();
    shown.set_query(None);
    shown.set_fragment(None);
    // This fails only for URLs that cannot have user information.
    let _ = shown.set_username("");
    let _ = shown.set_password(None);
    shown.to_string()
}
