//! The classes of errors, and what a call can have done to a credential. Plain data.

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

/// What a failed call did to the credential that it was to replace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ReplacementOutcome {
    /// Nothing: the server refused the call, or it was not sent.
    NotReplaced,
    /// The credential was replaced, and its successor did not reach the caller. What arrived of the response is in
    /// [`Error::body`](crate::runtime::error::Error::body), and the new secret may be in it; otherwise it is lost, and another
    /// credential is needed to find and revoke the successor.
    Replaced,
    /// Not known: there was no response, or one that anybody on the way can have given, or it was refused where an earlier call may have
    /// been carried out. Do not repeat the call: ask with the old credential whether it is still active, and once more after some minutes,
    /// since the request may still be on its way. Of a response with success [`Error::body`](crate::runtime::error::Error::body) may hold
    /// the new secret in a form that was not understood.
    Unknown,
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
