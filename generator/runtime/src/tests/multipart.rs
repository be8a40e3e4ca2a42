//! Multipart bodies, byte for byte.

use bytes::Bytes;
use serde::Serialize;
use serde_json::{Value, json};

use crate::runtime::api::operation::OperationInfo;
use crate::runtime::encode::multipart::{PartFormat, Upload};
use crate::runtime::encode::request::HttpRequest;

static INFO: OperationInfo = super::OPERATION;

struct Picture {
    file: Upload,
    caption: Option<String>,
    tags: Vec<i64>,
    more: Vec<Upload>,
    meta: Option<Value>,
}

crate::record! {
    Picture: write {
        file: "file", required;
        caption: "caption", optional;
        tags: "tags", required;
        more: "more", omitted_when_empty;
        meta: "meta", optional;
    }
}

fn picture(file: Upload) -> Picture {
    Picture {
        file,
        caption: None,
        tags: Vec::new(),
        more: Vec::new(),
        meta: None,
    }
}

fn multipart<T: Serialize + ?Sized>(value: &T) -> Result<(String, Bytes), String> {
    let mut request = HttpRequest::new(&INFO);
    request
        .multipart_body(value)
        .map_err(|error| error.to_string())?;
    let content_type = request.headers()["content-type"].to_str().unwrap();
    let boundary = content_type
        .strip_prefix("multipart/form-data; boundary=")
        .unwrap();
    Ok((boundary.to_owned(), request.body().unwrap().clone()))
}

#[test]
fn every_kind_of_part() {
    let file = Upload::new(Bytes::from_static(b"\x89PNG\r\n\0"))
        .file_name("a \"b\"\r\n.png")
        .content_type("image/png");
    let picture = Picture {
        caption: Some("é".to_owned()),
        tags: vec![1, 2],
        more: vec![Upload::from(b"x".to_vec()), Upload::from(Bytes::new())],
        meta: Some(json!({"a": [1, null]})),
        ..picture(file)
    };
    let (boundary, body) = multipart(&picture).unwrap();
    assert_eq!(boundary, "form-0-boundary");
    let expected = b"--form-0-boundary\r
Content-Disposition: form-data; name=\"file\"; filename=\"a %22b%22%0D%0A.png\"\r
Content-Type: image/png\r
\r
\x89PNG\r\n\0\r
--form-0-boundary\r
Content-Disposition: form-data; name=\"caption\"\r
\r
\xc3\xa9\r
--form-0-boundary\r
Content-Disposition: form-data; name=\"tags\"\r
\r
1\r
--form-0-boundary\r
Content-Disposition: form-data; name=\"tags\"\r
\r
2\r
--form-0-boundary\r
Content-Disposition: form-data; name=\"more\"; filename=\"more\"\r
Content-Type: application/octet-stream\r
\r
x\r
--form-0-boundary\r
Content-Disposition: form-data; name=\"more\"; filename=\"more\"\r
Content-Type: application/octet-stream\r
\r
\r
--form-0-boundary\r
Content-Disposition: form-data; name=\"meta\"\r
Content-Type: application/json\r
\r
{\"a\":[1,null]}\r
--form-0-boundary--\r
";
    assert_eq!(
        body.escape_ascii().to_string(),
        expected.escape_ascii().to_string()
    );
}

/// The lines of a form in which members have formats, without boundaries.
fn lines(formats: &[(&str, PartFormat)], value: &Value) -> Result<Vec<String>, String> {
    let mut request = HttpRequest::new(&INFO);
    request
        .multipart_body_as(formats, value)
        .map_err(|error| error.to_string())?;
    let body = String::from_utf8(request.body().unwrap().to_vec()).unwrap();
    let lines = body
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with("--"))
        .map(|line| line.replace("Content-Disposition: form-data; ", ""));
    Ok(lines.collect())
}

#[test]
fn parts_have_formats() {
    use PartFormat::{ContentType, DeepObject, Exploded, Joined, Json};
    let list = json!({"a": ["x", 1, null]});
    let object = json!({"a": {"x": "1 + 2", "y": null, "z": [true, {"u": 3}]}});
    let flat = json!({"a": {"x": "1", "y": null, "z": true}});
    let names =
        |names: &[&str]| -> Vec<String> { names.iter().map(|&name| name.to_owned()).collect() };
    for (format, value, expected) in [
        (Joined("|"), &list, names(&["name=\"a\"", "x|1"])),
        (Joined(","), &flat, names(&["name=\"a\"", "x,1,z,true"])),
        (Joined(","), &json!({"a": []}), names(&[])),
        (Joined(","), &json!({"a": "x"}), names(&["name=\"a\"", "x"])),
        (
            Exploded,
            &object,
            names(&[
                "name=\"x\"",
                "1 + 2",
                "name=\"z\"",
                "Content-Type: application/json",
                "[true,{\"u\":3}]",
            ]),
        ),
        (
            DeepObject,
            &object,
            names(&[
                "name=\"a[x]\"",
                "1 + 2",
                "name=\"a[z][]\"",
                "true",
                "name=\"a[z][1][u]\"",
                "3",
            ]),
        ),
        (
            Json("application/json"),
            &list,
            names(&[
                "name=\"a\"",
                "Content-Type: application/json",
                "\"x\"",
                "name=\"a\"",
                "Content-Type: application/json",
                "1",
            ]),
        ),
        (
            Json("application/x+json"),
            &flat,
            names(&[
                "name=\"a\"",
                "Content-Type: application/x+json",
                "{\"x\":\"1\",\"y\":null,\"z\":true}",
            ]),
        ),
        (
            ContentType("text/csv"),
            &json!({"a": "x,y"}),
            names(&["name=\"a\"", "Content-Type: text/csv", "x,y"]),
        ),
    ] {
        assert_eq!(
            lines(&[("a", format)], value).unwrap(),
            expected,
            "{format:?}"
        );
    }
    assert_eq!(
        lines(&[("a", Joined(","))], &object).unwrap_err(),
        "part `a` at `z` is nested deeper than the parameter's style can express"
    );
    assert_eq!(
        lines(&[("a", ContentType("text/csv\r\nX: y"))], &list).unwrap_err(),
        "part `a` contains bytes that are not allowed in a header"
    );
}

#[test]
fn a_file_has_its_own_content_type_or_that_of_its_member() {
    for (upload, expected) in [
        (Upload::new("x"), "image/png"),
        (Upload::new("x").content_type("image/gif"), "image/gif"),
    ] {
        let mut request = HttpRequest::new(&INFO);
        request
            .multipart_body_as(
                &[("file", PartFormat::ContentType("image/png"))],
                &picture(upload),
            )
            .unwrap();
        let body = String::from_utf8(request.body().unwrap().to_vec()).unwrap();
        assert!(
            body.contains(&format!(
                "filename=\"file\"\r\nContent-Type: {expected}\r\n"
            )),
            "{body}"
        );
    }
}

#[test]
fn the_boundary_is_in_no_part_and_the_same_each_time() {
    let content = "form-0-boundary form-1 form-01 form-3x form-99999999999999999999999999 form-";
    let file = || picture(Upload::new(content));
    let (boundary, body) = multipart(&file()).unwrap();
    assert_eq!(boundary, "form-2-boundary");
    let body = String::from_utf8(body.to_vec()).unwrap();
    assert_eq!(body.matches(&boundary).count(), 2);
    assert_eq!(multipart(&file()).unwrap().1, body);
}

#[test]
fn names_cannot_break_out_of_their_header() {
    let (_, body) = multipart(&json!({"a\"\r\nX: y": 1})).unwrap();
    let body = String::from_utf8(body.to_vec()).unwrap();
    assert!(body.contains("name=\"a%22%0D%0AX: y\"\r\n\r\n1"), "{body}");
}

#[test]
fn a_value_that_is_not_an_object_is_an_error() {
    assert_eq!(
        multipart(&[1]).unwrap_err(),
        "body is not an object with members"
    );
    let file = Upload::new("x").content_type("a\r\nb");
    assert_eq!(
        multipart(&picture(file)).unwrap_err(),
        "part `file` contains bytes that are not allowed in a header"
    );
}

#[test]
fn debug_output_of_an_upload_has_only_its_length() {
    let upload = Upload::new("s3cr3t").file_name("a.txt");
    let debug = format!("{upload:?} {upload:#?}");
    assert!(!debug.contains("s3cr3t"), "{debug}");
    assert!(
        debug.contains("length: 6") && debug.contains("a.txt"),
        "{debug}"
    );
}

#[test]
fn an_upload_cannot_be_a_parameter() {
    let mut request = HttpRequest::new(&INFO);
    let upload = Upload::new("x");
    assert!(request.query_parameter("a", &upload).is_err());
    assert!(
        request
            .form_body("application/x-www-form-urlencoded", &json!({"a": 1}))
            .is_ok()
    );
}
