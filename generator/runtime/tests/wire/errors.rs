//! The text of an error for each kind of error body, and what it never contains.

use std::time::Duration;

use generator_runtime::runtime::call::options::RequestOptions;
use generator_runtime::runtime::credential::auth::Auth;
use generator_runtime::runtime::error::Error;
use generator_runtime::runtime::transport::TransportErrorKind;

use crate::support::{
    Act, AskPet, GetPet, Location, Script, TOKEN, VirtualTime, builder, client, json, response,
};

fn error_response(status: u16, headers: &[(&str, &str)], body: &str) -> Error {
    let script = Script::new([response(status, headers, body)]);
    let time = VirtualTime::new();
    time.run(GetPet::new(client(&script, &time), 7).send())
        .unwrap_err()
}

#[test]
fn the_servers_message_is_found_in_every_kind_of_body() {
    let json = "application/json";
    let cases = [
        (
            json,
            r#"{"message": "404 Not Found"}"#,
            Some("404 Not Found"),
            None,
        ),
        (
            json,
            r#"{"message": {"name": ["too short", "taken"], "base": ["no"], "owner": {"id": ["unknown"]}}}"#,
            Some("no; name: too short, taken; owner: id: unknown"),
            None,
        ),
        (
            json,
            r#"{"error": "name is missing"}"#,
            Some("name is missing"),
            None,
        ),
        (
            json,
            r#"{"error": "invalid_token", "error_description": "Token was revoked."}"#,
            Some("Token was revoked."),
            Some("invalid_token"),
        ),
        (json, r#"{"message": ""}"#, None, None),
        (json, r#"{"message": 5}"#, None, None),
        (json, "[]", None, None),
        (json, "{", None, None),
        (json, "", None, None),
        (
            "text/plain; charset=utf-8",
            "Retry later\n",
            Some("Retry later"),
            None,
        ),
        (
            "TEXT/PLAIN",
            "a\r\n\u{1b}[31mb\u{202e}\tc",
            Some("a [31mb c"),
            None,
        ),
        ("text/plain", "<html>no</html>", None, None),
        ("text/html", "<html>Bad gateway</html>", None, None),
        ("", "Bad gateway", None, None),
    ];
    for (content_type, body, message, code) in cases {
        let error = error_response(400, &[("content-type", content_type)], body);
        assert_eq!(error.message(), message, "{body}");
        assert_eq!(error.code(), code, "{body}");
        assert_eq!(error.body(), body);
    }
}

#[test]
fn a_message_is_one_line_of_bounded_length() {
    let body = format!(r#"{{"message": "{}"}}"#, "word\\n".repeat(1000));
    let error = error_response(400, &[], &body);
    let message = error.message().unwrap();
    assert_eq!(message.chars().count(), 501);
    assert!(!error.to_string().contains('\n'));
}

#[test]
fn an_error_is_one_line_with_operation_problem_and_request_id() {
    let error = error_response(
        403,
        &[("x-request-id", "01HX")],
        r#"{"error": "insufficient_scope", "error_description": "More is needed.", "scope": "api read api"}"#,
    );
    assert_eq!(
        error.to_string(),
        "pets.get: 403 Forbidden: More is needed. (insufficient_scope); the server requires the scopes `api`, `read` [request 01HX]"
    );
    assert_eq!(
        format!("{error:?}"),
        "Error { kind: Status, text: pets.get: 403 Forbidden: More is needed. (insufficient_scope); the server requires the scopes `api`, `read` [request 01HX], .. }"
    );
    assert_eq!(error.required_scopes(), ["api", "read"]);
    assert_eq!(error.request_id(), Some("01HX"));
    assert!(error.is_forbidden());
    assert!(std::error::Error::source(&error).is_none());
    // What anyhow prints for `{:#}`.
    assert_eq!(chain(&error), error.to_string());
}

#[test]
fn only_a_code_proves_that_the_credential_is_rejected() {
    assert!(
        !error_response(401, &[], r#"{"message": "401 Unauthorized"}"#).is_credential_rejected()
    );
    assert!(!error_response(401, &[], r#"{"error": "401 Unauthorized"}"#).is_credential_rejected());
    assert!(!error_response(403, &[], r#"{"error": "invalid_token"}"#).is_credential_rejected());
    assert!(error_response(401, &[], r#"{"error": "invalid_token"}"#).is_credential_rejected());
}

#[test]
fn each_status_has_its_predicate() {
    type Question = fn(&Error) -> bool;
    let cases: [(u16, Question); 7] = [
        (401, Error::is_unauthorized),
        (403, Error::is_forbidden),
        (404, Error::is_not_found),
        (409, Error::is_conflict),
        (429, Error::is_rate_limited),
        (500, Error::is_server_error),
        (599, Error::is_server_error),
    ];
    for (status, _) in cases {
        let error = error_response(status, &[], "");
        for (other, predicate) in cases {
            let both_server_errors = status >= 500 && other >= 500;
            assert_eq!(predicate(&error), status == other || both_server_errors);
        }
    }
    for status in 400..600 {
        let retryable = [408, 429, 502, 503, 504].contains(&status);
        assert_eq!(
            error_response(status, &[], "").is_retryable(),
            retryable,
            "{status}"
        );
    }
}

#[test]
fn a_body_can_be_decoded_as_its_documented_type() {
    let error = error_response(422, &[], r#"{"problems": ["a", "b"]}"#);
    #[derive(serde::Deserialize)]
    struct Problems {
        problems: Vec<String>,
    }
    assert_eq!(error.body_as::<Problems>().unwrap().problems, ["a", "b"]);
    let wrong = error.body_as::<Vec<String>>().unwrap_err();
    assert!(wrong.is_decode());
    assert_eq!(wrong.operation(), Some("pets.get"));
}

#[test]
fn the_requested_pause_is_read_in_every_form() {
    let seconds = |seconds| Some(Duration::from_secs(seconds));
    // The clock is at 2027-01-15 08:00:00 UTC.
    type Headers = &'static [(&'static str, &'static str)];
    let cases: [(u16, Headers, Option<Duration>); 19] = [
        (429, &[("retry-after", "7")], seconds(7)),
        (503, &[("retry-after", " 0 ")], seconds(0)),
        (
            503,
            &[("retry-after", "Fri, 15 Jan 2027 08:01:00 GMT")],
            seconds(60),
        ),
        (
            503,
            &[("retry-after", "Friday, 15-Jan-27 08:01:00 GMT")],
            seconds(60),
        ),
        (
            503,
            &[("retry-after", "Fri Jan 15 08:01:00 2027")],
            seconds(60),
        ),
        (
            503,
            &[("retry-after", "Fri, 15 Jan 2027 07:00:00 GMT")],
            None,
        ),
        // By the server's clock, which is an hour behind the client's.
        (
            503,
            &[
                ("date", "Fri, 15 Jan 2027 07:00:00 GMT"),
                ("retry-after", "Fri, 15 Jan 2027 07:00:20 GMT"),
            ],
            seconds(20),
        ),
        (
            429,
            &[
                ("date", "Fri, 15 Jan 2027 09:00:00 GMT"),
                ("quota-reset", "1800003610"),
            ],
            seconds(10),
        ),
        (
            429,
            &[("date", "yesterday"), ("quota-reset", "1800000030")],
            seconds(30),
        ),
        (
            429,
            &[("retry-after", "99999999999999999999999")],
            seconds(u64::MAX),
        ),
        (429, &[("retry-after", "-1")], None),
        (429, &[("retry-after", "+1")], None),
        (429, &[("retry-after", "1.5")], None),
        (429, &[("retry-after", "")], None),
        (429, &[("retry-after", "soon")], None),
        (429, &[("quota-reset", "1800000030")], seconds(30)),
        (429, &[("quota-reset", "1700000000")], None),
        (
            429,
            &[("retry-after", "7"), ("quota-reset", "1800000030")],
            seconds(7),
        ),
        (503, &[("quota-reset", "1800000030")], None),
    ];
    for (status, headers, pause) in cases {
        assert_eq!(
            error_response(status, headers, "").retry_after(),
            pause,
            "{headers:?}"
        );
    }
}

#[test]
fn an_echoed_credential_is_redacted_in_every_form() {
    let secret = "s3cr3t/t0ken+ü";
    let cases = [
        Auth::header("X-Pet-Key", TOKEN),
        Auth::bearer_token(TOKEN),
        Auth::basic("ann", TOKEN),
        Auth::query("pet_key", secret),
        Auth::cookie("session", TOKEN),
    ];
    let forms = [
        TOKEN,
        "YW5uOnMzY3IzdC10MGtlbg==",
        secret,
        "s3cr3t%2Ft0ken%2B%C3%BC",
        "YW5uOnMzY3IzdC10MGtlbg",
    ];
    for auth in cases {
        let mut echo = String::new();
        for form in forms {
            echo.push_str(&format!("[{form}]"));
        }
        let body =
            format!(r#"{{"error": "{TOKEN}", "error_description": "{echo}", "scope": "{echo}"}}"#);
        for per_call in [false, true] {
            let id = if matches!(format!("{auth:?}").as_str(), text if text.contains("query")) {
                "x"
            } else {
                TOKEN
            };
            let script = Script::new([response(
                401,
                &[("x-request-id", id), ("quota-name", id)],
                &body,
            )]);
            let time = VirtualTime::new();
            let mut builder = builder(&script, &time).auth(Auth::none());
            let mut options = RequestOptions::new();
            if per_call {
                options = options.auth(auth.clone());
            } else {
                builder = builder.auth(auth.clone());
            }
            let call = GetPet::new(builder.build().unwrap(), 7).options(options);
            let error = time.run(call.send()).unwrap_err();
            let shown = format!(
                "{error} {error:?} {:?} {:?} {:?} {:?}",
                error.message(),
                error.code(),
                error.required_scopes(),
                error.request_id()
            );
            let own: &[&str] = match format!("{auth:?}").as_str() {
                text if text.contains("basic") => &[TOKEN, forms[1], forms[4]],
                text if text.contains("query") => &[secret, forms[3]],
                _ => &[TOKEN],
            };
            for form in own {
                assert!(!shown.contains(form), "{auth:?}: {form}");
            }
            assert!(shown.contains("[redacted]"));
        }
    }
}

/// An error and its sources, as programs print them.
fn chain(error: &dyn std::error::Error) -> String {
    let sources = std::iter::successors(error.source(), |source| source.source());
    std::iter::once(error.to_string())
        .chain(sources.map(ToString::to_string))
        .collect::<Vec<_>>()
        .join(": ")
}

#[test]
fn nothing_is_printed_twice_if_the_network_fails() {
    let script = Script::new([Act::Fail(TransportErrorKind::ConnectionLost)]);
    let time = VirtualTime::new();
    let client = client(&script, &time);
    let error = time.run(GetPet::new(client, 7).into_future()).unwrap_err();
    assert_eq!(
        chain(&error),
        "pets.get: the connection was lost before the response was complete (pets.example:443)"
    );
}

#[test]
fn a_long_list_of_scopes_is_cut() {
    let body = r#"{"error": "insufficient_scope", "scope": "a b c d e f g h i j"}"#;
    let script = Script::new([json(403, body)]);
    let time = VirtualTime::new();
    let client = client(&script, &time);
    let error = time.run(GetPet::new(client, 7).into_future()).unwrap_err();
    let shown = error.to_string();
    assert!(shown.ends_with("`g`, `h` and others"), "{shown}");
    assert_eq!(error.required_scopes().len(), 10);
}

/// The possible meaning of a response without a code comes from the API's description.
#[test]
fn advice_belongs_to_a_status_without_a_code() {
    for (status, body, is_shown) in [
        (401, r#"{"message": "no"}"#, true),
        (401, "", true),
        (401, r#"{"error": "invalid_token"}"#, false),
        (403, r#"{"message": "no"}"#, false),
        (200, "{}", false),
    ] {
        let script = Script::new([json(status, body)]);
        let time = VirtualTime::new();
        let client = client(&script, &time);
        let error = time
            .run(AskPet::new(client, Location::Query, "x").into_future())
            .unwrap_err();
        let shown = error.to_string();
        assert_eq!(
            shown.contains("; it may belong to another user"),
            is_shown,
            "{shown}"
        );
    }
}

#[test]
fn a_message_that_repeats_the_status_is_printed_once() {
    for (message, shown) in [
        ("401 Unauthorized", "pets.get: 401 Unauthorized"),
        ("401 unauthorized.", "pets.get: 401 Unauthorized"),
        ("401 - Unauthorized", "pets.get: 401 Unauthorized"),
        ("Unauthorized", "pets.get: 401 Unauthorized"),
        ("401", "pets.get: 401 Unauthorized"),
        (
            "401 Token is expired",
            "pets.get: 401 Unauthorized: 401 Token is expired",
        ),
        ("404 Not Found", "pets.get: 401 Unauthorized: 404 Not Found"),
    ] {
        let error = error_response(401, &[], &format!(r#"{{"message": "{message}"}}"#));
        assert_eq!(error.to_string(), shown);
        // The message itself is kept.
        assert_eq!(error.message(), Some(message));
    }
}

/// Proxies and login pages use the statuses of an API as well.
#[test]
fn only_a_json_object_with_a_message_or_code_comes_from_the_api() {
    const HTML: &[(&str, &str)] = &[("content-type", "text/html")];
    const TEXT: &[(&str, &str)] = &[("content-type", "text/plain")];
    for status in [401, 404, 500] {
        for (headers, body, expected) in [
            (&[][..], r#"{"message": "404 Not Found"}"#, true),
            (&[], "\u{feff} {\"error\": \"invalid_token\"}", true),
            (HTML, r#"{"message": {"name": ["taken"]}}"#, true),
            (&[], r#"{"reason": "blocked"}"#, false),
            (&[], r#"{"message": "cut"#, false),
            (&[], r#"[{"message": "no"}]"#, false),
            (&[], "", false),
            (HTML, "<html>404</html>", false),
            (TEXT, "404 page not found", false),
        ] {
            let error = error_response(status, headers, body);
            assert_eq!(error.is_from_api(), expected, "{status} {body}");
            assert_eq!(error.is_not_found(), status == 404);
        }
    }
    // An error of the client, and a success that cannot be decoded.
    assert!(!error_response(200, &[], r#"{"message": "ok"}"#).is_from_api());
    let script = Script::new([Act::Fail(TransportErrorKind::Connect)]);
    let call = GetPet::new(client(&script, &VirtualTime::new()), 7).send();
    assert!(!VirtualTime::new().run(call).unwrap_err().is_from_api());
}
