//! A request as a whole: body, headers, what `Debug` shows.

use bytes::Bytes;
use http::Method;
use serde_json::json;

use crate::runtime::api::operation::OperationInfo;
use crate::runtime::encode::EncodeProblem;
use crate::runtime::encode::request::HttpRequest;
use crate::runtime::redact::secret::Secret;

static INFO: OperationInfo = OperationInfo {
    path: "/things/{id}",
    ..super::OPERATION
};

#[test]
fn bodies_come_with_their_content_type() {
    let mut request = HttpRequest::new(&INFO);
    assert_eq!(request.body(), None);
    request
        .json_body("application/json", &json!({"a": [1, null]}))
        .unwrap();
    assert_eq!(request.body().unwrap(), &Bytes::from(r#"{"a":[1,null]}"#));
    assert_eq!(request.headers()["content-type"], "application/json");
    request.text_body("text/plain", "é".to_owned()).unwrap();
    assert_eq!(request.body().unwrap(), &Bytes::from("é"));
    assert_eq!(request.headers()["content-type"], "text/plain");
    request
        .bytes_body("image/png", Bytes::from_static(b"\0\xff"))
        .unwrap();
    assert_eq!(request.body().unwrap(), &Bytes::from_static(b"\0\xff"));
    assert_eq!(request.headers().get_all("content-type").iter().count(), 1);
    let error = request.bytes_body("a\nb", Bytes::new()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "header `content-type` contains bytes that are not allowed in a header"
    );
}

#[test]
fn a_path_of_a_caller_keeps_its_query_and_its_encoding() {
    let request = HttpRequest::with_path(&INFO, "/a b/%2F/é?x=1&y=%20 #z").unwrap();
    assert_eq!(request.path(), "/a%20b/%2F/%C3%A9");
    assert_eq!(request.query(), "x=1&y=%20%20%23z");
    let mut request = HttpRequest::with_path(&INFO, "/a?x=1").unwrap();
    request.query_parameter("y", &2).unwrap();
    assert_eq!(request.query(), "x=1&y=2");
}

#[test]
fn a_path_of_a_caller_does_not_climb() {
    for path in ["/a/../b", "/..", "/a/.", "/%2e%2E/b", "/.%2e/b", "/a/%2E"] {
        let error = HttpRequest::with_path(&INFO, path).unwrap_err();
        assert_eq!(error.problem(), EncodeProblem::DotSegment, "{path}");
    }
    for path in ["/a..b", "/...", "/a?x=/../b"] {
        assert!(HttpRequest::with_path(&INFO, path).is_ok(), "{path}");
    }
}

#[test]
fn debug_shows_nothing_of_the_inputs() {
    let mut request = HttpRequest::new(&INFO);
    request.path_parameter("id", "s3cr3t").unwrap();
    request.query_parameter("q", "s3cr3t").unwrap();
    request.query_parameter("s3cr3t", "x").unwrap();
    request.header_parameter("X-Key", "s3cr3t").unwrap();
    request.cookie_parameter("c", "s3cr3t").unwrap();
    request.json_body("application/json", "s3cr3t").unwrap();
    let debug = format!("{request:?} {request:#?}");
    assert!(!debug.contains("s3cr3t"), "{debug}");
    for shown in [
        "things.do",
        "POST",
        "/things/{id}",
        "query_parameters: 2",
        "x-key",
        "Some(8)",
    ] {
        assert!(debug.contains(shown), "{shown}: {debug}");
    }
}

#[test]
fn a_secret_marks_the_request_and_its_header() {
    let secret = Secret::new("s3cr3t");
    let mut request = HttpRequest::new(&INFO);
    request.header_parameter("X-Open", "a").unwrap();
    assert!(!request.is_secret());
    assert!(!request.headers()["x-open"].is_sensitive());
    request.header_parameter("X-Key", &[&secret]).unwrap();
    assert!(request.is_secret());
    assert_eq!(request.headers()["x-key"], "s3cr3t");
    assert!(request.headers()["x-key"].is_sensitive());
}

#[test]
fn a_copy_is_the_same_request() {
    let mut request = HttpRequest::new(&INFO);
    request.path_parameter("id", &1).unwrap();
    request.json_body("application/json", &[1]).unwrap();
    let copy = request.clone();
    assert_eq!(copy.path(), request.path());
    assert_eq!(copy.headers(), request.headers());
    assert_eq!(copy.body(), request.body());
    assert_eq!(copy.method(), &Method::POST);
}
