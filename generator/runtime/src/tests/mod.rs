//! Tests of the runtime, file by file.

use http::Method;
use serde::Serialize;

use crate::runtime::api::operation::{OperationInfo, RetryClass, SecurityRequirement};
use crate::runtime::encode::EncodeError;
use crate::runtime::encode::request::HttpRequest;

mod auth;
mod body;
mod call;
#[cfg(feature = "gzip")]
mod decompress;
mod encoder;
mod enumeration;
mod form;
mod header;
mod hygiene;
mod json;
mod layers;
mod limits;
mod link;
mod list;
mod multipart;
mod page_next;
mod parameter;
mod record;
mod redact;
mod registry;
mod request;
#[cfg(feature = "test-util")]
mod sample;
mod secret;
mod secret_member;
mod state;
mod time;
mod union;

/// An operation for requests.
const OPERATION: OperationInfo = OperationInfo {
    id: "doThing",
    name: "things.do",
    method: &Method::POST,
    path: "/things",
    accept: None,
    security: SecurityRequirement::Anonymous,
    retry: RetryClass::NonIdempotent,
    secret: false,
    new_secret: None,
    error_advice: &[],
};

/// Returns the request with this value as its JSON body.
fn request_with<T: Serialize + ?Sized>(value: &T) -> Result<HttpRequest, EncodeError> {
    static INFO: OperationInfo = OPERATION;
    let mut request = HttpRequest::new(&INFO);
    request.json_body("application/json", value)?;
    Ok(request)
}

/// Returns a value as it appears in the body of a request.
fn json_in_request<T: Serialize + ?Sized>(value: &T) -> Result<String, EncodeError> {
    let request = request_with(value)?;
    let body = request.body().map(|body| body.to_vec()).unwrap_or_default();
    Ok(String::from_utf8(body).expect("JSON is text"))
}
