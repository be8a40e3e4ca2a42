//! Which headers, cookies and query parameters belong to the client itself, so that nothing else sets them. Knows names and never
//! sees a value.

use std::borrow::Cow;

use http::HeaderName;
use http::header::{
    AUTHORIZATION, CONNECTION, CONTENT_LENGTH, COOKIE, HOST, PROXY_AUTHORIZATION, TE,
    TRANSFER_ENCODING, UPGRADE,
};
use url::form_urlencoded;

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
    let folded = |text: &str| text.to_ascii_lowercase().replace('_', "-");
    folded(name) == folded(own)
}

/// Whether a cookie carries a credential.
pub(crate) fn is_reserved_cookie(name: &str, api: &ApiInfo) -> bool {
    api.credential_places
        .iter()
        .any(|place| matches!(place, CredentialPlace::Cookie(cookie) if name == *cookie))
}

/// The names of the parameters in a query, however a server divides it: some do so at `;` as well.
pub(crate) fn query_names(query: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let names = |text| form_urlencoded::parse(str::as_bytes(text)).map(|(name, _)| name);
    names(query).chain(query.split(['&', ';']).flat_map(names))
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
    let bare = name.trim_start_matches(brackets).split(brackets).next();
    name == own || bare == Some(own)
}
