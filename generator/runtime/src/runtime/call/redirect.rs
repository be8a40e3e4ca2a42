//! Which redirects are followed (RFC 9110, section 15.4): those of GET and HEAD that stay within the origin.
//!
//! Decides and never sends. A credential leaves for no other origin, because no request does.

use http::header::LOCATION;
use http::{HeaderMap, StatusCode};
use url::Url;

use crate::runtime::api::operation::Method;
use crate::runtime::call::base_url::shown;
use crate::runtime::credential::header::query_names;

/// As many redirects as one attempt follows.
const MAX_REDIRECTS: u32 = 5;

/// What to do with a response.
pub(crate) enum Redirect {
    /// It is no redirect.
    None,
    /// Ask there.
    Follow(Url),
    /// Not followed, for this reason, which names the target without query, fragment and user information.
    Refuse(String),
}

/// Decides about the response to a request of this method to this URL, after `followed` redirects.
pub(crate) fn redirect(
    status: StatusCode,
    headers: &HeaderMap,
    asked: &Url,
    method: Method,
    followed: u32,
) -> Redirect {
    if !matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308) {
        return Redirect::None;
    }
    let Some(location) = headers.get(LOCATION) else {
        return Redirect::None;
    };
    let target = location
        .to_str()
        .ok()
        .and_then(|location| asked.join(location).ok());
    let Some(target) = target else {
        return Redirect::Refuse("the server redirects to a place that cannot be read".to_owned());
    };
    let place = place(&target);
    if !matches!(method, Method::Get | Method::Head) {
        return Redirect::Refuse(format!(
            "the server redirects to {place}, and the client follows only where the method is GET or HEAD"
        ));
    }
    if target.origin() != asked.origin() {
        return Redirect::Refuse(format!(
            "the server redirects to another origin, {place}, and the client does not go there; if the API lives there, make it \
             the base URL"
        ));
    }
    if followed >= MAX_REDIRECTS {
        return Redirect::Refuse(format!(
            "the server redirects too often, at last to {place}"
        ));
    }
    Redirect::Follow(bare(target))
}

/// A URL as errors show it. Schemes other than HTTP's may have anything behind them.
fn place(url: &Url) -> String {
    match url.scheme() {
        "http" | "https" => shown(url),
        scheme => format!("a URL with the scheme {scheme}"),
    }
}

/// Without user information, which HTTP libraries turn into a credential, and without a fragment.
fn bare(mut url: Url) -> Url {
    url.set_fragment(None);
    // Fails only for URLs without a host, and these are of no http origin.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url
}

/// Removes the parameters for which `is_reserved` is true from a query, with whatever a `;` joins to them; the others stay as they are
/// written.
pub(crate) fn strip_query(url: &mut Url, is_reserved: impl Fn(&str) -> bool) {
    let Some(query) = url.query() else {
        return;
    };
    let kept: Vec<&str> = query
        .split('&')
        .filter(|pair| !query_names(pair).any(|name| is_reserved(&name)))
        .collect();
    let kept = kept.join("&");
    url.set_query(Some(kept.as_str()).filter(|query| !query.is_empty()));
}
