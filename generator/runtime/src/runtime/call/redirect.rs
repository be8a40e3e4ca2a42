//! The rule for redirects (RFC 9110, section 15.4): redirects of GET and HEAD within the origin are followed.
//!
//! No request is sent to another origin, and thus no credential.

use http::header::LOCATION;
use http::{HeaderMap, Method, StatusCode};
use url::Url;

use crate::runtime::call::base_url::shown;
use crate::runtime::credential::header::query_names;

/// The maximum number of redirects in one attempt.
const MAX_REDIRECTS: u32 = 5;

/// The decision about a response.
pub(crate) enum Redirect {
    /// The response is not a redirect.
    None,
    /// The redirect to this URL is followed.
    Follow(Url),
    /// The redirect is not followed, for this reason. It names the target without query, fragment and user information.
    Reject(String),
}

/// Decides about the response to a request with this method and URL, after `followed` redirects.
pub(crate) fn redirect(
    status: StatusCode,
    headers: &HeaderMap,
    asked: &Url,
    method: &Method,
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
        return Redirect::Reject("the server redirects to an invalid URL".to_owned());
    };
    let place = place(&target);
    if ![Method::GET, Method::HEAD].contains(method) {
        return Redirect::Reject(format!(
            "the server redirects to {place}, but the client follows redirects of GET and HEAD only"
        ));
    }
    if target.origin() != asked.origin() {
        return Redirect::Reject(format!(
            "the server redirects to another origin, {place}, which the client does not follow; if the API is there, set it as the base URL"
        ));
    }
    if followed >= MAX_REDIRECTS {
        return Redirect::Reject(format!(
            "the server redirects more than {MAX_REDIRECTS} times, last to {place}"
        ));
    }
    Redirect::Follow(bare(target))
}

/// Returns a URL in the form for errors. A URL with a scheme other than HTTP's can contain anything, so only the scheme is included.
fn place(url: &Url) -> String {
    match url.scheme() {
        "http" | "https" => shown(url),
        scheme => format!("a URL with the scheme {scheme}"),
    }
}

/// Removes the fragment and the user information, which HTTP libraries would convert to a credential.
fn bare(mut url: Url) -> Url {
    url.set_fragment(None);
    // This fails only for URLs without a host, and those have no HTTP origin.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url
}

/// Removes the parameters for which `is_reserved` returns `true` from a query, including parts joined to them by `;`. The other parameters
/// are unchanged.
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
