//! Static descriptions of the effects of operations on credentials: plain data that the generator writes once.

/// The effect of an operation on a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CredentialEffect {
    /// The credential that is affected.
    pub target: CredentialTarget,
    /// The JSON pointer of the new secret in the response.
    pub secret: Option<&'static str>,
    /// The description of the status of credentials, for the whole API.
    pub status: &'static CredentialStatusInfo,
}

/// The credential that an operation affects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialTarget {
    /// The credential of the request.
    Caller,
    /// The credential that the path parameter with this name identifies.
    Parameter(&'static str),
}

/// The responses that prove the status of a credential. Responses of proxies and login pages prove nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CredentialStatusInfo {
    /// The path of the operation that checks whether a credential is still active (a `GET` without parameters).
    pub check_path: Option<&'static str>,
    /// The JSON pointer of the credential's identity in the response of the check operation: the value of the path parameter that
    /// identifies it.
    ///
    /// If this pointer or the check operation is missing, a request that replaces a credential by its name may always replace its own.
    /// Without the check operation, it then remains unknown whether that one is active. The generator emits neither case.
    pub identity: Option<&'static str>,
    /// The response that proves that the credential of the request has ended.
    pub ended: Option<ResponsePattern>,
    /// The JSON pointer of a member that is `true` in a response with a 2xx status of the check operation, which proves that the
    /// credential is active. If it is `None`, any JSON object is a proof.
    pub active_member: Option<&'static str>,
    /// Error responses that the server sends only after it has accepted the credential. Their body is a JSON object.
    pub active_error_responses: &'static [ResponsePattern],
}

/// An error response that proves the status of a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResponsePattern {
    /// The HTTP status.
    pub status: u16,
    /// The code in the body.
    pub code: Option<&'static str>,
    /// The beginning of the server's message, case-sensitive. A code alone may also describe other ways in which a credential ends.
    pub message: Option<&'static str>,
}
