//! Urlencoded bodies.

use serde::Serialize;
use serde_json::json;

use crate::runtime::api::operation::OperationInfo;
use crate::runtime::encode::format::{Format, Style};
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
}

#[test]
fn what_is_not_plain_is_json_and_each_item_a_pair() {
    for (value, expected) in [
        (
            json!({"a": {"b": "1 + 2", "c": ["x"]}, "n": null}),
            "a=%7B%22b%22%3A%221%20%2B%202%22%2C%22c%22%3A%5B%22x%22%5D%7D",
        ),
        (
            json!({"a": [{"b": 1}, {"b": null}]}),
            "a=%7B%22b%22%3A1%7D&a=%7B%22b%22%3Anull%7D",
        ),
        (
            json!({"a": [[1, 2], [], "x", null]}),
            "a=%5B1%2C2%5D&a=%5B%5D&a=x",
        ),
        (json!({"a": {}, "b": []}), "a=%7B%7D"),
    ] {
        assert_eq!(form(&value), expected, "{value}");
    }
}

#[test]
fn plain_values_can_be_json() {
    let value = json!({"a": "x", "b": ["y", 1], "c": null, "d": "z"});
    let mut request = HttpRequest::new(&INFO);
    let json = Format::new(Style::Json, true);
    let formats = [("a", json), ("b", json), ("c", json)];
    request
        .form_body_as("application/x-www-form-urlencoded", &formats, &value)
        .unwrap();
    assert_eq!(
        std::str::from_utf8(request.body().unwrap()).unwrap(),
        "a=%22x%22&b=%22y%22&b=1&d=z"
    );
}

#[test]
fn members_have_formats_of_their_own() {
    let value = json!({"a": ["x y", "z"], "b": ["1", "2"], "c": [], "d": {"e": 1}});
    for (style, explode, expected) in [
        (Style::Form, false, "a=x%20y,z"),
        (Style::Form, true, "a=x%20y&a=z"),
        (Style::SpaceDelimited, false, "a=x%20y%20z"),
        (Style::PipeDelimited, false, "a=x%20y%7Cz"),
        (Style::TabDelimited, false, "a=x%20y%09z"),
    ] {
        let mut request = HttpRequest::new(&INFO);
        let format = Format::new(style, explode);
        let formats = [("a", format), ("c", format)];
        request
            .form_body_as("application/x-www-form-urlencoded", &formats, &value)
            .unwrap();
        assert_eq!(
            std::str::from_utf8(request.body().unwrap()).unwrap(),
            format!("{expected}&b=1&b=2&d=%7B%22e%22%3A1%7D")
        );
    }
}

#[test]
fn objects_have_formats_of_their_own() {
    let value = json!({"a": {"x": "1/2", "y": null, "z": 3}, "b": {"e": 1}});
    for (style, explode, expected) in [
        (Style::Form, true, "x=1%2F2&z=3"),
        (Style::Form, false, "a=x,1%2F2,z,3"),
        (Style::PipeDelimited, false, "a=x%7C1%2F2%7Cz%7C3"),
        (Style::DeepObject, true, "a%5Bx%5D=1%2F2&a%5Bz%5D=3"),
        (Style::DeepObject, false, "a%5Bx%5D=1%2F2&a%5Bz%5D=3"),
    ] {
        let mut request = HttpRequest::new(&INFO);
        let formats = [("a", Format::new(style, explode))];
        request
            .form_body_as("application/x-www-form-urlencoded", &formats, &value)
            .unwrap();
        assert_eq!(
            std::str::from_utf8(request.body().unwrap()).unwrap(),
            format!("{expected}&b=%7B%22e%22%3A1%7D")
        );
    }
}

#[test]
fn a_value_that_is_not_an_object_is_an_error() {
    assert_eq!(form(&[1]), "body is not an object with members");
    assert_eq!(form("a"), "body is not an object with members");
    let mut request = HttpRequest::new(&INFO);
    let formats = [("a", Format::new(Style::Form, true))];
    let error = request
        .form_body_as(
            "application/x-www-form-urlencoded",
            &formats,
            &json!({"a": [[1]]}),
        )
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "body at `a` is nested deeper than the parameter's style can express"
    );
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
