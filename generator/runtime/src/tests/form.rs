//! Urlencoded bodies.

use serde::Serialize;
use serde_json::json;

use crate::runtime::api::operation::OperationInfo;
use crate::runtime::encode::request::HttpRequest;
use crate::runtime::redact::secret::Secret;

static INFO: OperationInfo = super::OPERATION;

struct Lend {
    borrower: String,
    days: Option<i64>,
    tags: Vec<String>,
    pin: Option<Secret>,
}

crate::record! {
    Lend: write {
        borrower: "borrower", required;
        days: "days", optional;
        tags: "tags[]", required;
        pin: "pin", required_nullable;
    }
}

fn form<T: Serialize + ?Sized>(value: &T) -> String {
    let mut request = HttpRequest::new(&INFO);
    match request.form_body("application/x-www-form-urlencoded", value) {
        Ok(()) => {
            assert_eq!(
                request.headers()["content-type"],
                "application/x-www-form-urlencoded"
            );
            String::from_utf8(request.body().unwrap().to_vec()).unwrap()
        }
        Err(error) => error.to_string(),
    }
}

#[test]
fn members_are_pairs() {
    let mut lend = Lend {
        borrower: "Ann & Bé+=".to_owned(),
        days: Some(3),
        tags: vec!["a b".to_owned(), String::new()],
        pin: Some(Secret::new("1?2")),
    };
    assert_eq!(
        form(&lend),
        "borrower=Ann%20%26%20B%C3%A9%2B%3D&days=3&tags%5B%5D=a%20b&tags%5B%5D=&pin=1%3F2"
    );
    lend.days = None;
    lend.tags = Vec::new();
    lend.pin = None;
    assert_eq!(form(&lend), "borrower=Ann%20%26%20B%C3%A9%2B%3D");
    assert_eq!(form(&json!({})), "");
    assert_eq!(
        form(&json!({"a": {"b": 1, "c": ["x"]}, "n": null})),
        "a%5Bb%5D=1&a%5Bc%5D%5B%5D=x"
    );
}

#[test]
fn a_value_that_is_not_an_object_is_an_error() {
    assert_eq!(form(&[1]), "body is not an object with members");
    assert_eq!(form("a"), "body is not an object with members");
    let nested = "body at `a` is nested deeper than the parameter's style can express";
    assert_eq!(form(&json!({"a": [[1]]})), nested);
    assert_eq!(form(&json!({"a": {"b": [{}]}})), nested);
}

#[test]
fn a_secret_marks_the_request() {
    let mut request = HttpRequest::new(&INFO);
    request
        .form_body("application/x-www-form-urlencoded", &json!({"a": 1}))
        .unwrap();
    assert!(!request.is_secret());
    let pins = std::collections::BTreeMap::from([("pin", Secret::new("1"))]);
    request
        .form_body("application/x-www-form-urlencoded", &pins)
        .unwrap();
    assert!(request.is_secret());
}
