//! Static descriptions of the effects of operations on credentials: plain data that the generator writes once.

/// The effect of an operation on a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CredentialEffect {
    /// The credential that is affected.
    pub target: CredentialTarget,
    /// The JSON pointer of the new secret in the response.
    pub secret: Option<&'static str>,
    /// The path of the operation that checks whether the old credential is still active (a `GET` without parameters).
    pub check_path: Option<&'static str>,
    /// The response that proves that the effect took place.
    pub settled: Option<ResponsePattern>,
    /// The responses of the check operation that prove that the credential is active.
    pub active: CredentialStatusInfo,
}

/// The credential that an operation affects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialTarget {
    /// The credential of the request.
    Caller,
    /// The credential that a path parameter identifies.
    Parameter {
        /// The name of the path parameter.
        name: &'static str,
        /// The JSON pointer of the same identity in the response of the check operation.
        ///
        /// If this pointer or the check operation is missing, a request that replaces a credential may always replace its own. Without the
        /// check operation, it then remains unknown whether that one is active. The generator emits neither case.
        identity: Option<&'static str>,
    },
}

/// The responses that prove that a credential is active. Responses of proxies and login pages don't prove it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CredentialStatusInfo {
    /// The JSON pointer of a member that is `true` in a response with a 2xx status. If it is `None`, any JSON object is a proof.
    pub member: Option<&'static str>,
    /// Error responses that the server sends only after it has accepted the credential. Their body is a JSON object.
    pub error_responses: &'static [ResponsePattern],
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
