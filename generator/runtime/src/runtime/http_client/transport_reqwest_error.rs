//! Converts reqwest's errors to kinds and fixed texts.
//!
//! No text of reqwest is passed on, because reqwest quotes URLs, including the URL of a proxy with its password.

use std::error::Error as StdError;
use std::io;

#[cfg(feature = "rustls-no-provider")]
use crate::runtime::http_client::tls_rustls;
use crate::runtime::transport::{TransportError, TransportErrorKind};

/// Converts an error of reqwest.
pub(crate) fn reduced(error: &reqwest::Error) -> TransportError {
    let (kind, reason) = kind_and_reason(error);
    let mut failure = TransportError::new(kind);
    let tunnel = Tunnel::of(error);
    if tunnel == Some(Tunnel::NoProxy) {
        failure = failure.at_proxy();
    }
    match tunnel.and_then(Tunnel::reason).or(reason) {
        Some(reason) => failure.with_reason(reason),
        None => failure,
    }
}

fn kind_and_reason(error: &reqwest::Error) -> (TransportErrorKind, Option<&'static str>) {
    let kind = if error.is_connect() {
        if error.is_dns() {
            TransportErrorKind::Dns
        } else if error.is_timeout() {
            TransportErrorKind::ConnectTimeout
        } else if let Some(reason) = tls_reason(error) {
            return (TransportErrorKind::Tls, Some(reason));
        } else {
            TransportErrorKind::Connect
        }
    } else if error.is_timeout() {
        TransportErrorKind::ReadTimeout
    } else if is_invalid_response(error) {
        TransportErrorKind::InvalidResponse
    } else if error.is_request() || error.is_body() || error.is_decode() {
        TransportErrorKind::ConnectionLost
    } else {
        TransportErrorKind::Other
    };
    (kind, io_reason(error))
}

/// The failure of a tunnel through a proxy to a server with TLS. For a server without TLS, the library does not distinguish the proxy from
/// the server.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tunnel {
    /// The connection to the proxy failed.
    NoProxy,
    /// The proxy requires a user name and a password.
    Unauthorized,
    /// The proxy rejected the tunnel or sent an invalid response.
    Rejected,
}

impl Tunnel {
    /// The library's error type is private, so its fixed messages are compared. No part of them is passed on.
    fn of(error: &reqwest::Error) -> Option<Self> {
        find_cause(error, |cause| {
            let text = cause.to_string();
            Some(match text.strip_prefix("tunnel error: ")? {
                "failed to create underlying connection" => Self::NoProxy,
                "proxy authorization required" => Self::Unauthorized,
                "unsuccessful" | "unexpected end of file" | "proxy response headers too long" => {
                    Self::Rejected
                }
                _ => return None,
            })
        })
    }

    fn reason(self) -> Option<&'static str> {
        match self {
            Self::NoProxy => None,
            Self::Unauthorized => Some("the proxy requires a user name and a password"),
            Self::Rejected => Some("the proxy rejected the connection"),
        }
    }
}

/// Returns the first result of `pick` for an error or one of its causes.
fn find_cause<T>(
    error: &(dyn StdError + 'static),
    pick: impl Fn(&(dyn StdError + 'static)) -> Option<T>,
) -> Option<T> {
    let mut next = Some(error);
    while let Some(cause) = next {
        if let Some(found) = pick(cause) {
            return Some(found);
        }
        // The source of an `io::Error` is the source of the wrapped error, so the wrapped error is visited first.
        next = match cause
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref)
        {
            Some(wrapped) => Some(wrapped),
            None => cause.source(),
        };
    }
    None
}

/// Returns whether a response was malformed. A malformed head is an error of hyper, and a malformed chunked body is an I/O error.
fn is_invalid_response(error: &reqwest::Error) -> bool {
    find_cause(error, |cause| {
        let invalid_head = cause
            .downcast_ref::<hyper::Error>()
            .is_some_and(hyper::Error::is_parse);
        let invalid_body = cause.downcast_ref::<io::Error>().is_some_and(|error| {
            matches!(
                error.kind(),
                io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData
            )
        });
        (invalid_head || invalid_body).then_some(())
    })
    .is_some()
}

fn io_reason(error: &reqwest::Error) -> Option<&'static str> {
    find_cause(error, |cause| {
        match cause.downcast_ref::<io::Error>()?.kind() {
            io::ErrorKind::ConnectionRefused => Some("connection refused"),
            io::ErrorKind::ConnectionReset => Some("connection reset"),
            io::ErrorKind::HostUnreachable => Some("host unreachable"),
            io::ErrorKind::NetworkUnreachable => Some("network unreachable"),
            io::ErrorKind::UnexpectedEof => Some("unexpected end"),
            _ => None,
        }
    })
}

#[cfg(feature = "rustls-no-provider")]
fn tls_reason(error: &reqwest::Error) -> Option<&'static str> {
    find_cause(error, |cause| {
        cause
            .downcast_ref::<rustls::Error>()
            .map(tls_rustls::reason)
    })
}

#[cfg(not(feature = "rustls-no-provider"))]
fn tls_reason(_: &reqwest::Error) -> Option<&'static str> {
    None
}
