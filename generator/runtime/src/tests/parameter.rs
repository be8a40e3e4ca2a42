//! Location × style × `explode` × type, with the exact text.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use crate::runtime::api::operation::OperationInfo;
use crate::runtime::encode::EncodeProblem;
use crate::runtime::encode::format::{Format, Style};
use crate::runtime::encode::request::HttpRequest;

static INFO: OperationInfo = OperationInfo {
    path: "/colors/{color}/x",
    ..super::OPERATION
};

struct Color {
    r: i64,
    g: i64,
    b: i64,
}

crate::record! { Color: write { r: "R", required; g: "G", required; b: "B", required; } }

/// The object of the specification's examples, with its members in this order.
const COLOR: Color = Color {
    r: 100,
    g: 200,
    b: 150,
};

const LIST: [&str; 3] = ["blue", "black", "brown"];

fn request() -> HttpRequest {
    HttpRequest::new(&INFO)
}

fn path<T: Serialize + ?Sized>(style: Style, explode: bool, value: &T) -> String {
    let mut request = request();
    match request.path_parameter_as("color", Format::new(style, explode), value) {
        Ok(()) => {
            let text = request.path().strip_prefix("/colors/").unwrap();
            text.strip_suffix("/x").unwrap().to_owned()
        }
        Err(error) => error.to_string(),
    }
}

fn query<T: Serialize + ?Sized>(style: Style, explode: bool, value: &T) -> String {
    let mut request = request();
    match request.query_parameter_as("color", Format::new(style, explode), value) {
        Ok(()) => request.query().to_owned(),
        Err(error) => error.to_string(),
    }
}

fn header<T: Serialize + ?Sized>(style: Style, explode: bool, value: &T) -> String {
    let mut request = request();
    match request.header_parameter_as("X-Color", Format::new(style, explode), value) {
        Ok(()) => match request.headers().get("x-color") {
            Some(value) => String::from_utf8(value.as_bytes().to_vec()).unwrap(),
            None => "absent".to_owned(),
        },
        Err(error) => error.to_string(),
    }
}

fn cookie<T: Serialize + ?Sized>(style: Style, explode: bool, value: &T) -> String {
    let mut request = request();
    match request.cookie_parameter_as("color", Format::new(style, explode), value) {
        Ok(()) => request.cookies().to_owned(),
        Err(error) => error.to_string(),
    }
}

/// Style, `explode`, and the texts of: an empty string, a string, a list, an object, an empty list, null.
type Row = (Style, bool, [&'static str; 6]);

fn check(rows: &[Row], text: impl Fn(Style, bool, &dyn Case) -> String) {
    for (style, explode, expected) in rows {
        let cases: [&dyn Case; 6] = [
            &"",
            &"blue",
            &LIST,
            &COLOR,
            &Vec::<String>::new(),
            &None::<String>,
        ];
        let found = cases.map(|case| text(*style, *explode, case));
        assert_eq!(found, *expected, "{style:?}, explode: {explode}");
    }
}

/// A value of any type, for the table.
trait Case {
    fn path(&self, style: Style, explode: bool) -> String;
    fn query(&self, style: Style, explode: bool) -> String;
    fn header(&self, style: Style, explode: bool) -> String;
    fn cookie(&self, style: Style, explode: bool) -> String;
}

impl<T: Serialize> Case for T {
    fn path(&self, style: Style, explode: bool) -> String {
        path(style, explode, self)
    }
    fn query(&self, style: Style, explode: bool) -> String {
        query(style, explode, self)
    }
    fn header(&self, style: Style, explode: bool) -> String {
        header(style, explode, self)
    }
    fn cookie(&self, style: Style, explode: bool) -> String {
        cookie(style, explode, self)
    }
}

const EMPTY: &str = "path parameter `color` is empty";
const DOT: &str = "path parameter `color` makes a path segment `.` or `..`";

#[test]
#[rustfmt::skip]
fn paths() {
    use Style::{Json, Label, Matrix, Simple};
    check(&[
        (Simple, false, [EMPTY, "blue", "blue,black,brown", "R,100,G,200,B,150", EMPTY, EMPTY]),
        (Simple, true, [EMPTY, "blue", "blue,black,brown", "R=100,G=200,B=150", EMPTY, EMPTY]),
        (Label, false, [DOT, ".blue", ".blue,black,brown", ".R,100,G,200,B,150", EMPTY, EMPTY]),
        (Label, true, [DOT, ".blue", ".blue.black.brown", ".R=100.G=200.B=150", EMPTY, EMPTY]),
        (Matrix, false, [";color", ";color=blue", ";color=blue,black,brown", ";color=R,100,G,200,B,150", EMPTY, EMPTY]),
        (Matrix, true, [";color", ";color=blue", ";color=blue;color=black;color=brown", ";R=100;G=200;B=150", EMPTY, EMPTY]),
        (Json, false, ["%22%22", "%22blue%22", "%5B%22blue%22%2C%22black%22%2C%22brown%22%5D",
            "%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D", "%5B%5D", EMPTY]),
    ], |style, explode, case| case.path(style, explode));
}

#[test]
#[rustfmt::skip]
fn queries() {
    use Style::{DeepObject, Form, Json, PipeDelimited, SpaceDelimited, TabDelimited};
    let exploded = "color=blue&color=black&color=brown";
    let members = "R=100&G=200&B=150";
    let deep = "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150";
    let brackets = "color%5B%5D=blue&color%5B%5D=black&color%5B%5D=brown";
    check(&[
        (Form, false, ["color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150", "", ""]),
        (Form, true, ["color=", "color=blue", exploded, members, "", ""]),
        (SpaceDelimited, false, ["color=", "color=blue", "color=blue%20black%20brown", "color=R%20100%20G%20200%20B%20150", "", ""]),
        (SpaceDelimited, true, ["color=", "color=blue", exploded, members, "", ""]),
        (PipeDelimited, false, ["color=", "color=blue", "color=blue%7Cblack%7Cbrown", "color=R%7C100%7CG%7C200%7CB%7C150", "", ""]),
        (TabDelimited, false, ["color=", "color=blue", "color=blue%09black%09brown", "color=R%09100%09G%09200%09B%09150", "", ""]),
        (PipeDelimited, true, ["color=", "color=blue", exploded, members, "", ""]),
        (DeepObject, true, ["color=", "color=blue", brackets, deep, "", ""]),
        (DeepObject, false, ["color=", "color=blue", brackets, deep, "", ""]),
        (Json, false, ["color=%22%22", "color=%22blue%22", "color=%5B%22blue%22%2C%22black%22%2C%22brown%22%5D",
            "color=%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D", "color=%5B%5D", ""]),
    ], |style, explode, case| case.query(style, explode));
}

#[test]
#[rustfmt::skip]
fn headers() {
    use Style::{Json, PipeDelimited, Simple, TabDelimited};
    check(&[
        (PipeDelimited, false, ["", "blue", "blue|black|brown", "R|100|G|200|B|150", "absent", "absent"]),
        (TabDelimited, false, ["", "blue", "blue\tblack\tbrown", "R\t100\tG\t200\tB\t150", "absent", "absent"]),
        (Simple, false, ["", "blue", "blue,black,brown", "R,100,G,200,B,150", "absent", "absent"]),
        (Simple, true, ["", "blue", "blue,black,brown", "R=100,G=200,B=150", "absent", "absent"]),
        (Json, false, ["\"\"", "\"blue\"", "[\"blue\",\"black\",\"brown\"]", "{\"R\":100,\"G\":200,\"B\":150}", "[]", "absent"]),
    ], |style, explode, case| case.header(style, explode));
}

#[test]
#[rustfmt::skip]
fn cookies() {
    use Style::{Form, Json};
    check(&[
        (Form, false, ["color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150", "", ""]),
        (Form, true, ["color=", "color=blue", "color=blue; color=black; color=brown", "R=100; G=200; B=150", "", ""]),
        (Json, false, ["color=%22%22", "color=%22blue%22", "color=%5B%22blue%22%2C%22black%22%2C%22brown%22%5D",
            "color=%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D", "color=%5B%5D", ""]),
    ], |style, explode, case| case.cookie(style, explode));
}

#[test]
fn scalars_of_every_type() {
    let cases: [(&dyn Case, &str); 16] = [
        (&true, "true"),
        (&-1_i32, "-1"),
        (&i64::MIN, "-9223372036854775808"),
        (&u64::MAX, "18446744073709551615"),
        (&i128::MIN, "-170141183460469231731687303715884105728"),
        (&0.1_f32, "0.1"),
        (&1.5_f64, "1.5"),
        (&42.0_f64, "42"),
        (&1e300_f64, "1e300"),
        (&1e-7_f64, "1e-7"),
        (&'x', "x"),
        (&Some("a"), "a"),
        (&jiff::civil::date(2024, 2, 29), "2024-02-29"),
        (&json!("text"), "text"),
        (&json!(1.25), "1.25"),
        (&std::net::Ipv4Addr::LOCALHOST, "127.0.0.1"),
    ];
    for (case, expected) in cases {
        assert_eq!(case.path(Style::Simple, false), expected);
        assert_eq!(case.query(Style::Form, true), format!("color={expected}"));
        assert_eq!(case.header(Style::Simple, false), expected);
        assert_eq!(case.cookie(Style::Form, true), format!("color={expected}"));
    }
    let at: jiff::Timestamp = "2024-02-29T01:02:03.5Z".parse().unwrap();
    assert_eq!(
        query(Style::Form, true, &at),
        "color=2024-02-29T01%3A02%3A03.5Z"
    );
}

const RESERVED: &str = ":/?#[]@!$&'()*+,;=";

#[test]
fn everything_but_unreserved_characters_is_encoded() {
    let encoded = "%3A%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D";
    assert_eq!(path(Style::Simple, false, RESERVED), encoded);
    assert_eq!(
        query(Style::Form, true, RESERVED),
        format!("color={encoded}")
    );
    assert_eq!(
        cookie(Style::Form, true, RESERVED),
        format!("color={encoded}")
    );
    let others = "aZ09-._~ \"%<>\\^`{|}\u{7f}\n";
    let encoded = "aZ09-._~%20%22%25%3C%3E%5C%5E%60%7B%7C%7D%7F%0A";
    assert_eq!(path(Style::Simple, false, others), encoded);
    assert_eq!(query(Style::Form, true, others), format!("color={encoded}"));
    assert_eq!(
        path(Style::Label, true, "日本 é"),
        ".%E6%97%A5%E6%9C%AC%20%C3%A9"
    );
    assert_eq!(query(Style::Form, true, "\u{0}🦀"), "color=%00%F0%9F%A6%80");
    assert_eq!(query(Style::Form, true, "a+b"), "color=a%2Bb");
}

#[test]
fn reserved_characters_are_kept_if_the_document_allows_it_and_the_meaning_is_unchanged() {
    let allowed = |value: &str| {
        let mut request = request();
        let format = Format {
            allow_reserved: true,
            ..Format::new(Style::Form, true)
        };
        request.query_parameter_as("color", format, value).unwrap();
        request.query().to_owned()
    };
    assert_eq!(allowed(RESERVED), "color=:/?%23%5B%5D@!$%26'()*%2B,;=");
    assert_eq!(allowed("100% %20"), "color=100%25%20%2520");
    assert_eq!(allowed("日 \"<>"), "color=%E6%97%A5%20%22%3C%3E");
}

#[test]
fn separators_inside_of_values_are_encoded() {
    assert_eq!(query(Style::Form, false, &["a,b", "c"]), "color=a%2Cb,c");
    assert_eq!(
        query(Style::SpaceDelimited, false, &["a b", "c"]),
        "color=a%20b%20c"
    );
    assert_eq!(path(Style::Label, true, &["a", "b/c"]), ".a.b%2Fc");
    assert_eq!(
        query(Style::Form, true, &["a&b", "c"]),
        "color=a%26b&color=c"
    );
    let map = BTreeMap::from([("a=b", "c&d")]);
    assert_eq!(query(Style::Form, true, &map), "a%3Db=c%26d");
    assert_eq!(
        query(Style::DeepObject, true, &map),
        "color%5Ba%3Db%5D=c%26d"
    );
    assert_eq!(path(Style::Matrix, true, &map), ";a%3Db=c%26d");
    assert_eq!(
        cookie(Style::Form, true, &["a;b", "c"]),
        "color=a%3Bb; color=c"
    );
}

#[test]
fn nulls_inside_of_lists_and_objects_are_omitted() {
    let list = [Some("a"), None, Some("b")];
    assert_eq!(query(Style::Form, true, &list), "color=a&color=b");
    assert_eq!(query(Style::Form, false, &list), "color=a,b");
    let object = json!({"a": null, "b": 1});
    assert_eq!(query(Style::Form, true, &object), "b=1");
    assert_eq!(query(Style::DeepObject, true, &object), "color%5Bb%5D=1");
    assert_eq!(path(Style::Matrix, true, &json!({"a": ""})), ";a");
    assert_eq!(path(Style::Simple, true, &json!({"a": ""})), "a=");
}

#[test]
fn deep_objects_may_nest_objects_and_lists() {
    let object = json!({"a": {"b": {"c": 1}}, "list": ["x", "y"]});
    assert_eq!(
        query(Style::DeepObject, true, &object),
        "color%5Ba%5D%5Bb%5D%5Bc%5D=1&color%5Blist%5D%5B%5D=x&color%5Blist%5D%5B%5D=y"
    );
    assert_eq!(
        query(
            Style::DeepObject,
            true,
            &json!({"a": [{"b": 1}, {"b": [2]}, [3]]})
        ),
        "color%5Ba%5D%5B0%5D%5Bb%5D=1&color%5Ba%5D%5B1%5D%5Bb%5D%5B%5D=2&color%5Ba%5D%5B2%5D%5B%5D=3"
    );
}

#[test]
fn other_styles_cannot_nest() {
    for value in [
        json!([["a"]]),
        json!([{"a": 1}]),
        json!({"a": [1]}),
        json!({"a": {"b": 1}}),
    ] {
        let nested = "is nested deeper than the parameter's style can express";
        assert_eq!(
            path(Style::Simple, true, &value),
            format!("path parameter `color` {nested}")
        );
        assert_eq!(
            query(Style::Form, true, &value),
            format!("query parameter `color` {nested}")
        );
        assert_eq!(
            header(Style::Simple, true, &value),
            format!("header `X-Color` {nested}")
        );
        assert_eq!(
            cookie(Style::Form, true, &value),
            format!("cookie `color` {nested}")
        );
        assert!(!query(Style::Json, true, &value).contains(nested));
    }
}

#[test]
fn no_value_creates_a_dot_segment() {
    for value in [".", ".."] {
        assert_eq!(path(Style::Simple, false, value), DOT);
    }
    assert_eq!(path(Style::Label, false, "."), DOT);
    for (value, expected) in [
        ("...", "..."),
        ("a..", "a.."),
        ("%2e", "%252e"),
        ("../..", "..%2F.."),
    ] {
        assert_eq!(path(Style::Simple, false, value), expected);
    }
}

#[test]
fn a_value_that_looks_like_a_placeholder_is_a_value() {
    static TWO: OperationInfo = OperationInfo {
        path: "/{a}/{b}.json",
        ..INFO
    };
    let mut request = HttpRequest::new(&TWO);
    request.path_parameter("a", "{b}").unwrap();
    request.path_parameter("b", &7).unwrap();
    assert_eq!(request.path(), "/%7Bb%7D/7.json");
    assert_eq!(request.path_value("a"), Some("{b}"));
    assert_eq!(request.path_value("b"), Some("7"));
    assert_eq!(request.path_value("c"), None);
}

#[test]
fn a_placeholder_may_have_any_name() {
    static ODD: OperationInfo = OperationInfo {
        path: "/a b/{pet id}/{é}",
        ..INFO
    };
    let mut request = HttpRequest::new(&ODD);
    request.path_parameter("pet id", &1).unwrap();
    request.path_parameter("é", &2).unwrap();
    assert_eq!(request.path(), "/a%20b/1/2");
}

#[test]
fn headers_reject_line_breaks() {
    for value in ["a\nb", "a\r\nX-Other: b", "\0"] {
        assert_eq!(
            header(Style::Simple, false, value),
            "header `X-Color` contains bytes that are not allowed in a header"
        );
    }
    assert_eq!(header(Style::Simple, false, "日本"), "日本");
    let mut request = request();
    let error = request.header_parameter("not a name", "a").unwrap_err();
    assert_eq!(error.problem(), EncodeProblem::HeaderBytes);
}

#[test]
fn several_parameters_are_joined() {
    let mut request = request();
    request.query_parameter("a", &[1, 2]).unwrap();
    request.query_parameter("b", &None::<Value>).unwrap();
    request.query_parameter("a b[]", "x").unwrap();
    request.append_query("k&", "v=");
    assert_eq!(request.query(), "a=1&a=2&a%20b%5B%5D=x&k%26=v%3D");
    request.cookie_parameter("a", &1).unwrap();
    request.cookie_parameter("b", &2).unwrap();
    assert_eq!(request.cookies(), "a=1; b=2");
}

#[test]
fn a_style_of_another_location_is_the_default() {
    assert_eq!(path(Style::DeepObject, false, &LIST), "blue,black,brown");
    assert_eq!(
        query(Style::Label, true, &LIST),
        query(Style::Form, true, &LIST)
    );
    assert_eq!(header(Style::Form, false, &LIST), "blue,black,brown");
}
