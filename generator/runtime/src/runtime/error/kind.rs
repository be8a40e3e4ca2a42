//! The classes of errors. Plain data.

/// The class of an [`Error`](crate::runtime::error::Error).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client cannot be built, or cannot work where it is used.
    Configuration,
    /// An argument cannot be sent. Nothing was sent.
    InvalidRequest,
    /// No credential could be had, or it must not be used for this call now. Nothing was sent.
    Credential,
    /// The exchange with the server failed; [`source`](std::error::Error::source) says at which stage.
    Transport,
    /// The call did not end before its deadline.
    Timeout,
    /// The server named another place, to which the client does not go.
    Redirect,
    /// The server responded with an error status.
    Status,
    /// The server responded with success, and the response is not what the API's description says.
    Decode,
    /// The response is larger than the client accepts.
    TooLarge,
}

/// How far a request got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Execution {
    /// The server did nothing: it was not asked, or it refused.
    NotExecuted,
    /// The server may have acted, or may still.
    Unknown,
    /// The server acted: its response says success.
    Executed,
}
