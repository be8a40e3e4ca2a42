//! Which headers belong to the client itself, so that nothing else sets them.

use http::HeaderName;
use http::header::{
    AUTHORIZATION, CONNECTION, CONTENT_LENGTH, COOKIE, HOST, PROXY_AUTHORIZATION, TE,
    TRANSFER_ENCODING, UPGRADE,
};

use crate::runtime::operation::{ApiInfo, CredentialPlace};

/// Whether a header carries a credential or belongs to the connection. Users set neither by hand: a request has exactly one
/// credential, and a wrong length or host is a way to smuggle a second request.
pub(crate) fn is_reserved(name: &HeaderName, api: &ApiInfo) -> bool {
    const ALWAYS: [HeaderName; 9] = [
        AUTHORIZATION,
        COOKIE,
        PROXY_AUTHORIZATION,
        HOST,
        CONTENT_LENGTH,
        CONNECTION,
        TRANSFER_ENCODING,
        TE,
        UPGRADE,
    ];
    ALWAYS.contains(name)
        || api.credential_places.iter().any(|place| {
            matches!(place, CredentialPlace::Header(header) if name.as_str().eq_ignore_ascii_case(header))
        })
}

/// Whether a cookie carries a credential.
pub(crate) fn is_reserved_cookie(name: &str, api: &ApiInfo) -> bool {
    api.credential_places
        .iter()
        .any(|place| matches!(place, CredentialPlace::Cookie(cookie) if name == *cookie))
}

/// Whether a query parameter carries a credential.
pub(crate) fn is_reserved_query(name: &str, api: &ApiInfo) -> bool {
    api.credential_places
        .iter()
        .any(|place| matches!(place, CredentialPlace::Query(parameter) if name == *parameter))
}
