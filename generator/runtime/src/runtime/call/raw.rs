//! Requests with any method and path, for endpoints that the API's description lacks.

use std::fmt;
use std::ops::Deref;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method};
use serde::Serialize;

use crate::runtime::api::operation::{ApiInfo, OperationInfo, RetryClass, SecurityRequirement};
use crate::runtime::call::Call;
use crate::runtime::call::client::Client;
use crate::runtime::call::guard::Guard;
use crate::runtime::call::options::RequestOptions;
use crate::runtime::call::response::{HttpResponse, Response};
use crate::runtime::credential::header::{is_reserved_query, query_names};
use crate::runtime::encode::request::HttpRequest;
use crate::runtime::error::Error;

/// The body of a response without an operation. `Debug` prints only its length, since it may contain a secret.
#[derive(Clone, PartialEq, Eq)]
pub struct RawBody(Bytes);

impl RawBody {
    /// Returns the bytes of the body.
    #[must_use]
    pub fn into_bytes(self) -> Bytes {
        self.0
    }
}

impl Deref for RawBody {
    type Target = Bytes;

    fn deref(&self) -> &Bytes {
        &self.0
    }
}

impl fmt::Debug for RawBody {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "RawBody({} bytes)", self.0.len())
    }
}

/// Returns the body of a response without an operation.
fn decode(response: HttpResponse) -> Result<RawBody, Error> {
    response.bytes().map(RawBody)
}

/// A request without an operation, created by `client.request(method, path)`.
#[must_use = "a request does nothing unless it is sent"]
pub struct RawRequest<C> {
    call: Call<C>,
    api: &'static ApiInfo,
    info: &'static OperationInfo,
    request: Result<HttpRequest, Error>,
}

impl<C> RawRequest<C> {
    pub(crate) fn new(client: C, api: &'static ApiInfo, method: &Method, path: &str) -> Self {
        let (info, request) = match info(method) {
            Some(info) => {
                let request = HttpRequest::with_path(info, path).map_err(Error::from);
                (
                    info,
                    request.and_then(|request| reject_credentials(request, api)),
                )
            }
            None => (
                &GET,
                Err(Error::invalid_request(
                    "the method is none of GET, PUT, POST, DELETE, OPTIONS, HEAD, PATCH and TRACE",
                )),
            ),
        };
        Self {
            call: Call::new(client),
            api,
            info,
            request,
        }
    }

    fn change(mut self, change: impl FnOnce(&mut HttpRequest) -> Result<(), Error>) -> Self {
        if let Ok(request) = &mut self.request
            && let Err(error) = change(request)
        {
            self.request = Err(error);
        }
        self
    }

    /// Adds a parameter to the query and percent-encodes it.
    pub fn query(self, name: &str, value: impl fmt::Display) -> Self {
        let api = self.api;
        self.change(|request| {
            if is_reserved_query(name, api) {
                return Err(carries_credentials());
            }
            request.append_query(name, &value.to_string());
            Ok(())
        })
    }

    /// Adds a header. The call fails if the name or value is invalid, or if the header carries credentials.
    pub fn header<N, V>(mut self, name: N, value: V) -> Self
    where
        HeaderName: TryFrom<N>,
        HeaderValue: TryFrom<V>,
    {
        self.call.options = self.call.options.header(name, value);
        self
    }

    /// Sets the body to a value in JSON.
    pub fn json<T: Serialize + ?Sized>(self, value: &T) -> Self {
        self.change(|request| Ok(request.json_body("application/json", value)?))
    }

    /// Sets the body to these bytes.
    pub fn body(self, content_type: &str, body: impl Into<Bytes>) -> Self {
        self.change(|request| Ok(request.bytes_body(content_type, body.into())?))
    }

    /// Sets the options of this call and replaces earlier ones.
    pub fn options(mut self, options: RequestOptions) -> Self {
        self.call.options = options;
        self
    }
}

impl RawRequest<Client> {
    /// Sends the request and returns the response with its body. [`Response::json`] decodes the body.
    pub fn send(self) -> impl Future<Output = Result<Response<RawBody>, Error>> + Send + 'static {
        let options = self.call.options;
        self.call
            .client
            .run(self.info, guard(self.info), self.request, options, decode)
    }
}

#[cfg(feature = "blocking")]
impl RawRequest<crate::runtime::call::blocking::Client> {
    /// Sends the request, waits for the response and returns it with its body. [`Response::json`] decodes the body.
    ///
    /// # Errors
    ///
    /// Returns an error if the request fails.
    pub fn send(self) -> Result<Response<RawBody>, Error> {
        let options = self.call.options;
        self.call
            .client
            .run(self.info, guard(self.info), self.request, options, decode)
    }
}

/// Prints only the method, since a path can contain anything.
impl<C> fmt::Debug for RawRequest<C> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("RawRequest")
            .field("method", &self.info.method)
            .finish_non_exhaustive()
    }
}

fn reject_credentials(request: HttpRequest, api: &ApiInfo) -> Result<HttpRequest, Error> {
    if query_names(request.query()).any(|name| is_reserved_query(&name, api)) {
        return Err(carries_credentials());
    }
    Ok(request)
}

fn carries_credentials() -> Error {
    Error::invalid_request(
        "a query parameter is reserved for credentials; set credentials with `auth`",
    )
}

/// The guard of a request that may change something, perhaps the credential that it is sent with. With another credential, a retry of
/// `DELETE …/self` would change that one as well.
struct KeepsCredential;

impl Guard for KeepsCredential {
    /// This is unknown.
    fn changes_credential(&self) -> bool {
        false
    }

    fn keeps_credential(&self) -> bool {
        true
    }
}

fn guard(info: &OperationInfo) -> Option<&'static dyn Guard> {
    (!info.method.is_safe()).then_some(&KeepsCredential)
}

fn info(method: &Method) -> Option<&'static OperationInfo> {
    Some(match method.as_str() {
        "GET" => &GET,
        "PUT" => &PUT,
        "POST" => &POST,
        "DELETE" => &DELETE,
        "OPTIONS" => &OPTIONS,
        "HEAD" => &HEAD,
        "PATCH" => &PATCH,
        "TRACE" => &TRACE,
        _ => return None,
    })
}

/// Creates the description of a request. HTTP defines which methods are idempotent (RFC 9110, section 9.2.2). The response is treated as
/// secret, because its content is unknown.
const fn raw(method: &'static Method, retry: RetryClass) -> OperationInfo {
    OperationInfo {
        id: "request",
        name: "request",
        method,
        path: "",
        accept: None,
        security: SecurityRequirement::Optional,
        retry,
        secret: true,
        new_secret: None,
        error_advice: &[],
    }
}

static GET: OperationInfo = raw(&Method::GET, RetryClass::Idempotent);
static PUT: OperationInfo = raw(&Method::PUT, RetryClass::Idempotent);
static POST: OperationInfo = raw(&Method::POST, RetryClass::NonIdempotent);
static DELETE: OperationInfo = raw(&Method::DELETE, RetryClass::Idempotent);
static OPTIONS: OperationInfo = raw(&Method::OPTIONS, RetryClass::Idempotent);
static HEAD: OperationInfo = raw(&Method::HEAD, RetryClass::Idempotent);
static PATCH: OperationInfo = raw(&Method::PATCH, RetryClass::NonIdempotent);
static TRACE: OperationInfo = raw(&Method::TRACE, RetryClass::Idempotent);
