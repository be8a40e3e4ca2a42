//! The names of the headers, cookies and query parameters that only the client may set. This module handles names, never values.

use std::borrow::Cow;

use http::HeaderName;
use http::header::{
    AUTHORIZATION, CONNECTION, CONTENT_LENGTH, COOKIE, HOST, PROXY_AUTHORIZATION, TE,
    TRANSFER_ENCODING, UPGRADE,
};
use percent_encoding::percent_decode_str;

use crate::runtime::api::operation::{ApiInfo, CredentialPlace};

/// Returns whether a header carries a credential or belongs to the connection. Users can't set such a header: a request has exactly one
/// credential, and a wrong length or host allows request smuggling.
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
    let is = |own: &str| is_header_name(name.as_str(), own);
    ALWAYS.iter().any(|own| is(own.as_str()))
        || api
            .credential_places
            .iter()
            .any(|place| matches!(place, CredentialPlace::Header(own) if is(own)))
}

/// Returns whether a server may treat a header as this one. Case is ignored, and `_` equals `-`, as in CGI and related interfaces.
fn is_header_name(name: &str, own: &str) -> bool {
    let fold = |byte: u8| match byte {
        b'_' => b'-',
        byte => byte.to_ascii_lowercase(),
    };
    name.len() == own.len() && name.bytes().map(fold).eq(own.bytes().map(fold))
}

/// Returns whether a cookie carries a credential.
pub(crate) fn is_reserved_cookie(name: &str, api: &ApiInfo) -> bool {
    api.credential_places
        .iter()
        .any(|place| matches!(place, CredentialPlace::Cookie(cookie) if name == *cookie))
}

/// Returns the names of the parameters in a query. Some servers separate parameters at `;` too.
pub(crate) fn query_names(query: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let at_semicolons = Some(query).filter(|query| query.contains(';'));
    let divided = at_semicolons
        .into_iter()
        .flat_map(|query| query.split(['&', ';']));
    query.split('&').chain(divided).map(query_name)
}

/// Returns the decoded name in `name=value`.
fn query_name(pair: &str) -> Cow<'_, str> {
    let name = pair.split_once('=').map_or(pair, |(name, _)| name);
    if name.contains(['%', '+']) {
        let name = name.replace('+', " ");
        let decoded = percent_decode_str(&name).decode_utf8_lossy();
        Cow::Owned(decoded.into_owned())
    } else {
        Cow::Borrowed(name)
    }
}

/// Returns whether a query parameter carries a credential.
pub(crate) fn is_reserved_query(name: &str, api: &ApiInfo) -> bool {
    api.credential_places
        .iter()
        .any(|place| matches!(place, CredentialPlace::Query(own) if is_query_name(name, own)))
}

/// Returns whether a server may treat a query parameter as this one. Servers with nested names also accept `name[]` and `name[part]`, and
/// older ones drop brackets before the name.
pub(crate) fn is_query_name(name: &str, own: &str) -> bool {
    let brackets = ['[', ']'];
    let after = name.trim_start_matches(brackets).strip_prefix(own);
    name == own || after.is_some_and(|rest| rest.is_empty() || rest.starts_with(brackets))
}
