//! What an operation does to a credential, as the API's description has it: plain data, written once per operation by the generator.

/// What an operation does to a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CredentialEffect {
    /// Whose credential.
    pub target: CredentialTarget,
    /// JSON pointer of the new secret in the response.
    pub secret: Option<&'static str>,
    /// Path of the operation that tells whether the old credential is still active (a `GET` without parameters).
    pub check_path: Option<&'static str>,
    /// The response that proves that the effect took place.
    pub settled: Option<ResponsePattern>,
    /// What of the check operation's responses proves that the credential is active.
    pub active: CredentialStatusInfo,
}

/// Whose credential an operation acts on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialTarget {
    /// The one that the request carries.
    Caller,
    /// The one that a path parameter names.
    Parameter {
        /// The name of the path parameter.
        name: &'static str,
        /// JSON pointer of the same identity in the response of the check operation. A request that replaces a credential may always
        /// replace the one that it carries where this or the check operation is missing; without the latter it stays uncertain for
        /// good whether that one is active. The generator emits neither.
        identity: Option<&'static str>,
    },
}

/// What proves that a credential is active. Responses of proxies and login pages do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CredentialStatusInfo {
    /// JSON pointer of a member that is `true` in a response with a 2xx status; without it any JSON object proves it.
    pub member: Option<&'static str>,
    /// Error responses for a reason that the server only finds once it has accepted the credential. Their body is a JSON object.
    pub error_responses: &'static [ResponsePattern],
}

/// An error response that proves something of a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResponsePattern {
    /// Its status.
    pub status: u16,
    /// The code in its body.
    pub code: Option<&'static str>,
    /// What the server's message begins with, in this case; a code alone may stand for other ends of a credential, too.
    pub message: Option<&'static str>,
}
