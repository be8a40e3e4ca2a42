//! The classes of errors. Plain data.

/// The kind of an [`Error`](crate::runtime::error::Error).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client cannot be built, or cannot work in the current context.
    Configuration,
    /// An argument is invalid. Nothing was sent.
    InvalidRequest,
    /// No credential is available, or the credential must not be used for this call now. Nothing was sent.
    Credential,
    /// The exchange with the server failed. [`transport_error`](crate::runtime::error::Error::transport_error) returns the stage.
    Transport,
    /// The call did not complete before its deadline.
    Timeout,
    /// The server responded with a redirect that the client does not follow.
    Redirect,
    /// The server responded with an error status.
    Status,
    /// The status is a success, but the response does not match the API's description.
    Decode,
    /// The response is larger than the client accepts.
    TooLarge,
}

/// Whether a request was executed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Execution {
    /// The server did not execute the request: it was not sent, or it was rejected.
    NotExecuted,
    /// The server may have executed the request or may still execute it.
    Unknown,
    /// The server executed the request, since the status is a success.
    Executed,
}
