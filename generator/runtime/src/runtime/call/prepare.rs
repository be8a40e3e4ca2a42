//! Builds the HTTP request from an operation's request: the URL, the headers of the client, the operation and the call, and one credential.

use bytes::Bytes;
use http::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_LENGTH};
use http::{HeaderMap, HeaderValue, Method, Uri};
use url::Url;

use crate::runtime::api::operation::SecurityRequirement;
use crate::runtime::call::client::Shared;
use crate::runtime::call::options::RequestOptions;
use crate::runtime::credential::auth::{AuthPlacement, COOKIES, Credential, with_cookie};
use crate::runtime::credential::header::{
    is_reserved, is_reserved_cookie, is_reserved_query, query_names,
};
use crate::runtime::encode::request::HttpRequest;
use crate::runtime::error::Error;
use crate::runtime::transport::RequestBody;

/// A request without its credential, which is added each time the request is sent.
pub(crate) struct RequestTemplate {
    /// The first URL, without a credential.
    pub(crate) url: Url,
    method: &'static Method,
    headers: HeaderMap,
    body: Bytes,
}

impl RequestTemplate {
    /// Builds the request template of a call.
    pub(crate) fn new(
        shared: &Shared,
        request: &HttpRequest,
        options: &RequestOptions,
    ) -> Result<Self, Error> {
        reject_credentials(shared, request)?;
        Ok(Self {
            url: shared.base_url.join(request.path(), request.query())?,
            method: request.method(),
            headers: headers(shared, request, options)?,
            body: request.body().cloned().unwrap_or_default(),
        })
    }

    /// Creates the request to this URL with this credential, which is the only one in it, and returns it with its complete URL.
    pub(crate) fn to(
        &self,
        url: &Url,
        credential: &Credential,
    ) -> Result<(Url, http::Request<RequestBody>), Error> {
        let is_in_query = matches!(credential.placement(), AuthPlacement::Query { .. });
        if is_in_query
            && query_names(url.query().unwrap_or_default())
                .any(|name| credential.is_query_parameter(&name))
        {
            return Err(Error::invalid_request(
                "the query contains a parameter for credentials; remove it, since the client adds its credential",
            ));
        }
        let mut url = url.clone();
        let mut headers = self.headers.clone();
        add_credential(credential, &mut url, &mut headers)?;
        let uri = Uri::try_from(url.as_str())
            .map_err(|_| Error::invalid_request("the request's URL is too long or not valid"))?;
        let mut request = http::Request::new(RequestBody::from(self.body.clone()));
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = uri;
        *request.headers_mut() = headers;
        Ok((url, request))
    }
}

/// Rejects an input of the operation in a place for credentials, where it would be a second one. An operation without a credential may have
/// it.
fn reject_credentials(shared: &Shared, request: &HttpRequest) -> Result<(), Error> {
    if request.info().security == SecurityRequirement::Anonymous {
        return Ok(());
    }
    let api = shared.api;
    let in_query = || query_names(request.query()).any(|name| is_reserved_query(&name, api));
    let in_headers = || request.headers().keys().any(|name| is_reserved(name, api));
    let in_cookies = || {
        request
            .cookies()
            .split(';')
            .filter_map(|cookie| cookie.split_once('='))
            .any(|(name, _)| is_reserved_cookie(name.trim(), api))
    };
    if in_query() || in_headers() || in_cookies() {
        return Err(Error::invalid_request(
            "an input of the operation has a name that is reserved for credentials; set credentials with `auth`",
        ));
    }
    Ok(())
}

/// Returns the client's headers, overridden by the operation's and then by the call's.
fn headers(
    shared: &Shared,
    request: &HttpRequest,
    options: &RequestOptions,
) -> Result<HeaderMap, Error> {
    if let Some(part) = options.invalid {
        return Err(Error::invalid_request(format!(
            "the options contain a header with an invalid {part}"
        )));
    }
    if options
        .headers
        .keys()
        .any(|name| is_reserved(name, shared.api))
    {
        return Err(Error::invalid_request(
            "a header of the call is reserved for credentials or the connection; set credentials with `auth`",
        ));
    }
    let mut headers = shared.headers.clone();
    if let Some(accept) = request.info().accept {
        let accept = HeaderValue::from_str(accept)
            .map_err(|_| Error::invalid_request("the operation's media types are not valid"))?;
        headers.insert(ACCEPT, accept);
    }
    headers
        .entry(ACCEPT_ENCODING)
        .or_insert(HeaderValue::from_static(coding(request)));
    replace(&mut headers, request.headers());
    if !request.cookies().is_empty() {
        let mut cookies = HeaderValue::from_str(request.cookies()).map_err(|_| {
            Error::invalid_request("a cookie contains bytes that are not allowed in a header")
        })?;
        cookies.set_sensitive(true);
        headers.insert(COOKIES, cookies);
    }
    replace(&mut headers, &options.headers);
    if request.body().is_none() && expects_content(request.method()) {
        headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    Ok(headers)
}

/// Returns the content coding to request.
///
/// A response with a secret is requested without compression, so that the part before a broken connection is readable. Without the header a
/// server may choose any coding (RFC 9110, section 12.5.3).
fn coding(request: &HttpRequest) -> &'static str {
    if cfg!(feature = "gzip") && !request.is_secret() {
        "gzip"
    } else {
        "identity"
    }
}

/// Returns whether a request with this method declares an empty body (RFC 9110, section 8.6). Some servers reject it otherwise.
fn expects_content(method: &Method) -> bool {
    [Method::POST, Method::PUT, Method::PATCH].contains(method)
}

fn replace(headers: &mut HeaderMap, others: &HeaderMap) {
    for name in others.keys() {
        headers.remove(name);
        for value in others.get_all(name) {
            headers.append(name.clone(), value.clone());
        }
    }
}

fn add_credential(
    credential: &Credential,
    url: &mut Url,
    headers: &mut HeaderMap,
) -> Result<(), Error> {
    match credential.placement() {
        AuthPlacement::None => {}
        AuthPlacement::Header(name, value) => {
            headers.insert(name.clone(), value.clone());
        }
        AuthPlacement::Query { name, value } => {
            let query = match url.query() {
                Some(query) => format!("{query}&{name}={value}"),
                None => format!("{name}={value}"),
            };
            url.set_query(Some(&query));
        }
        AuthPlacement::Cookie { name, value } => {
            let cookies = with_cookie(headers.get(COOKIES), name, value)?;
            headers.insert(COOKIES, cookies);
        }
    }
    Ok(())
}
