//! Which headers, cookies and query parameters belong to the client itself, so that nothing else sets them. Knows names and never
//! sees a value.

use std::borrow::Cow;

use http::HeaderName;
use http::header::{
    AUTHORIZATION, CONNECTION, CONTENT_LENGTH, COOKIE, HOST, PROXY_AUTHORIZATION, TE,
    TRANSFER_ENCODING, UPGRADE,
};
use percent_encoding::percent_decode_str;

use crate::runtime::api::operation::{ApiInfo, CredentialPlace};

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
    let is = |own: &str| is_header_name(name.as_str(), own);
    ALWAYS.iter().any(|own| is(own.as_str()))
        || api
            .credential_places
            .iter()
            .any(|place| matches!(place, CredentialPlace::Header(own) if is(own)))
}

/// Whether a server may take a header for this one: in any case, and with `_` for `-`, which CGI and its heirs do not tell apart.
fn is_header_name(name: &str, own: &str) -> bool {
    let fold = |byte: u8| match byte {
        b'_' => b'-',
        byte => byte.to_ascii_lowercase(),
    };
    name.len() == own.len() && name.bytes().map(fold).eq(own.bytes().map(fold))
}

/// Whether a cookie carries a credential.
pub(crate) fn is_reserved_cookie(name: &str, api: &ApiInfo) -> bool {
    api.credential_places
        .iter()
        .any(|place| matches!(place, CredentialPlace::Cookie(cookie) if name == *cookie))
}

/// The names of the parameters in a query, however a server divides it: some do so at `;` as well.
pub(crate) fn query_names(query: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let at_semicolons = Some(query).filter(|query| query.contains(';'));
    let divided = at_semicolons
        .into_iter()
        .flat_map(|query| query.split(['&', ';']));
    query.split('&').chain(divided).map(query_name)
}

/// The name in `name=value`, decoded.
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

/// Whether a query parameter carries a credential.
pub(crate) fn is_reserved_query(name: &str, api: &ApiInfo) -> bool {
    api.credential_places
        .iter()
        .any(|place| matches!(place, CredentialPlace::Query(own) if is_query_name(name, own)))
}

/// Whether a server may take a query parameter for this one. Where names nest, `name[]` and `name[part]` are it as well, and older
/// servers drop brackets before the name.
pub(crate) fn is_query_name(name: &str, own: &str) -> bool {
    let brackets = ['[', ']'];
    let after = name.trim_start_matches(brackets).strip_prefix(own);
    name == own || after.is_some_and(|rest| rest.is_empty() || rest.starts_with(brackets))
}
