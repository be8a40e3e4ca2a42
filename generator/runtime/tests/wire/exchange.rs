//! One call over a scripted transport: what is sent, and what comes of each kind of answer.

use std::time::Duration;

use bytes::Bytes;
use futures_util::{StreamExt as _, stream};
use generator_runtime::runtime::auth::Auth;
use generator_runtime::runtime::error::ErrorKind;
use generator_runtime::runtime::options::RequestOptions;
use generator_runtime::runtime::retry::RetryPolicy;
use generator_runtime::runtime::timer::{Sleep, Timer};
use generator_runtime::runtime::transport::{ResponseBody, TransportError, TransportErrorKind};

use crate::support::{
    Act, AskPet, CreatePet, EPOCH, GetPet, ListPets, Pet, Place, Script, TOKEN, VirtualTime,
    answer, builder, client, json,
};

const REX: &str = r#"{"name": "Rex"}"#;

#[test]
fn sends_the_request_and_reads_the_answer() {
    let script = Script::new([json(200, REX)]);
    let time = VirtualTime::new();
    let pet = time
        .run(GetPet::new(client(&script, &time), 7).into_future())
        .unwrap();
    assert_eq!(pet, Pet { name: "Rex".into() });
    let coding = if cfg!(feature = "gzip") {
        "gzip"
    } else {
        "identity"
    };
    assert_eq!(
        script.seen()[0].lines(),
        format!(
            "GET https://pets.example/pets/7\n\
             accept-encoding: {coding}\n\
             accept: application/json\n\
             user-agent: pets/0.1.0\n\
             x-pet-key: s3cr3t-t0ken"
        )
    );
}

#[test]
fn keeps_the_path_of_the_base_url() {
    for base in ["https://example.com/a/b", "https://example.com/a/b/"] {
        let script = Script::new([json(201, REX)]);
        let time = VirtualTime::new();
        let client = builder(&script, &time)
            .base_url(base)
            .unwrap()
            .build()
            .unwrap();
        time.run(CreatePet::new(client, "Rex").send()).unwrap();
        let seen = &script.seen()[0];
        assert_eq!(seen.uri, "https://example.com/a/b/pets");
        assert_eq!(seen.method, "POST");
        assert_eq!(seen.header("content-type"), Some("application/json"));
        assert_eq!(seen.body, r#"{"name":"Rex"}"#);
    }
}

#[test]
fn each_credential_travels_in_its_place_and_once() {
    let cases = [
        (Auth::header("X-Pet-Key", TOKEN), "", "x-pet-key", TOKEN),
        (
            Auth::bearer_token(TOKEN),
            "",
            "authorization",
            "Bearer s3cr3t-t0ken",
        ),
        (
            Auth::basic("ann", TOKEN),
            "",
            "authorization",
            "Basic YW5uOnMzY3IzdC10MGtlbg==",
        ),
        (
            Auth::cookie("session", TOKEN),
            "",
            "cookie",
            "session=s3cr3t-t0ken",
        ),
        (
            Auth::query("pet key", "a+b/ü"),
            "?pet%20key=a%2Bb%2F%C3%BC",
            "user-agent",
            "pets/0.1.0",
        ),
        (Auth::none(), "", "user-agent", "pets/0.1.0"),
    ];
    for (auth, query, header, value) in cases {
        let script = Script::new([json(200, REX), json(200, REX)]);
        let time = VirtualTime::new();
        // Once as the client's, once as the call's in place of another.
        let own = builder(&script, &time).auth(auth.clone()).build().unwrap();
        time.run(GetPet::new(own, 7).send()).unwrap();
        let options = RequestOptions::new().auth(auth);
        let call = GetPet::new(client(&script, &time), 7).options(options);
        time.run(call.send()).unwrap();
        for seen in script.seen() {
            assert_eq!(seen.uri, format!("https://pets.example/pets/7{query}"));
            assert_eq!(seen.header(header), Some(value));
            let places = ["x-pet-key", "authorization", "cookie"];
            let used = places
                .iter()
                .filter(|name| seen.headers.contains_key(**name));
            assert!(used.count() <= 1);
        }
    }
}

#[test]
fn a_call_has_headers_of_its_own_and_none_that_carries_a_credential() {
    let script = Script::new([json(200, REX)]);
    let time = VirtualTime::new();
    let client = builder(&script, &time)
        .default_header("x-team", "red")
        .default_header("x-kind", "all")
        .build()
        .unwrap();
    let options = RequestOptions::new()
        .header("x-team", "blue")
        .header("accept", "text/plain");
    time.run(GetPet::new(client.clone(), 7).options(options).send())
        .unwrap();
    let seen = &script.seen()[0];
    assert_eq!(seen.header("x-team"), Some("blue"));
    assert_eq!(seen.header("x-kind"), Some("all"));
    assert_eq!(seen.header("accept"), Some("text/plain"));
    assert!(seen.headers["x-team"].is_sensitive());

    for (name, value) in [
        ("authorization", "Bearer x"),
        ("x-pet-key", "x"),
        ("cookie", "a=b"),
        ("host", "elsewhere.example"),
        ("content-length", "5"),
        ("transfer-encoding", "chunked"),
        ("bad name", "x"),
        ("x-line", "a\nb"),
    ] {
        let options = RequestOptions::new().header(name, value);
        let error = time
            .run(GetPet::new(client.clone(), 7).options(options).send())
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{name}");
    }
    assert_eq!(script.count(), 1);
}

#[test]
fn a_response_tells_what_came_with_the_result() {
    let script = Script::new([answer(
        203,
        &[
            ("x-request-id", "01HX"),
            ("quota-limit", "60"),
            ("quota-remaining", "59"),
            ("quota-observed", "garbage"),
            ("quota-reset", "1800000060"),
            ("quota-name", "per user"),
        ],
        REX,
    )]);
    let time = VirtualTime::new();
    let response = time
        .run(GetPet::new(client(&script, &time), 7).send())
        .unwrap();
    assert_eq!(response.status(), 203);
    assert_eq!(response.request_id(), Some("01HX"));
    assert_eq!(response.headers()["quota-limit"], "60");
    let limit = response.rate_limit().unwrap();
    assert_eq!(limit.limit, Some(60));
    assert_eq!(limit.remaining, Some(59));
    assert_eq!(limit.observed, None);
    assert_eq!(limit.name.as_deref(), Some("per user"));
    let reset = limit.reset.unwrap();
    assert_eq!(
        reset.duration_since(std::time::UNIX_EPOCH).unwrap(),
        Duration::from_secs(EPOCH + 60)
    );
    assert_eq!(response.into_inner().name, "Rex");
}

#[test]
fn an_answer_without_the_headers_has_no_request_id_and_no_rate_limit() {
    let script = Script::new([answer(200, &[("x-request-id", "")], REX)]);
    let time = VirtualTime::new();
    let response = time
        .run(GetPet::new(client(&script, &time), 7).send())
        .unwrap();
    assert_eq!(response.request_id(), None);
    assert_eq!(response.rate_limit(), None);
}

#[test]
fn a_success_that_cannot_be_read_says_where_and_keeps_the_body() {
    let cases = [
        (
            "",
            "the server acted, and its answer is empty where a result is documented",
            None,
        ),
        (
            " \n",
            "the server acted, and its answer is empty where a result is documented",
            None,
        ),
        (
            "<!doctype html>",
            "the answer is HTML or XML where JSON is documented",
            None,
        ),
        (
            r#"{"name": 5}"#,
            "expected a string at `name` (line 1, column 10)",
            Some("name"),
        ),
        (
            r#"{"nom": "Rex"}"#,
            "`name` is missing (line 1, column 14)",
            Some("name"),
        ),
    ];
    for (body, text, path) in cases {
        let script = Script::new([answer(200, &[("x-request-id", "01HX")], body)]);
        let time = VirtualTime::new();
        let error = time
            .run(GetPet::new(client(&script, &time), 7).send())
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("pets.get: 200 OK: {text} [request 01HX]")
        );
        assert!(error.is_decode());
        assert_eq!(error.status().unwrap(), 200);
        assert_eq!(error.json_path(), path);
        assert_eq!(error.body(), body);
        assert!(!error.is_retryable());
    }
}

#[test]
fn the_body_that_an_error_keeps_is_bounded() {
    let long = "x".repeat(100_000);
    for status in [200, 500] {
        let script = Script::new([answer(status, &[], &long)]);
        let time = VirtualTime::new();
        let error = time
            .run(GetPet::new(client(&script, &time), 7).send())
            .unwrap_err();
        assert_eq!(error.body().len(), 64 * 1024);
        assert_eq!(error.status().unwrap(), status);
    }
}

/// An answer whose body arrives in pieces, or breaks off.
pub(crate) fn chunked(status: u16, chunks: Vec<Result<&'static str, TransportErrorKind>>) -> Act {
    let chunks = chunks.into_iter().map(|chunk| {
        chunk
            .map(|text| Bytes::from_static(text.as_bytes()))
            .map_err(TransportError::new)
    });
    Act::Answer(
        http::Response::builder()
            .status(status)
            .body(ResponseBody::from_stream(stream::iter(chunks)))
            .unwrap(),
    )
}

#[test]
fn an_answer_beyond_the_limit_is_refused_as_soon_as_it_is_known() {
    // Declared, in one piece, in several.
    let acts = [
        answer(200, &[("content-length", "4000000000")], ""),
        json(200, REX),
        chunked(200, vec![Ok(r#"{"name":"#), Ok(r#" "Rex"}"#)]),
    ];
    for act in acts {
        let script = Script::new([act]);
        let time = VirtualTime::new();
        let client = builder(&script, &time)
            .max_response_size(14)
            .build()
            .unwrap();
        let error = time.run(GetPet::new(client, 7).send()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TooLarge);
        assert_eq!(
            error.to_string(),
            "pets.get: 200 OK: the answer is larger than the 14 bytes that the client accepts"
        );
        assert!(error.body().len() <= 14);
    }
    let script = Script::new([chunked(200, vec![Ok(r#"{"name":"#), Ok(r#" "Rex"}"#)])]);
    let time = VirtualTime::new();
    let options = RequestOptions::new().max_response_size(15);
    let call = GetPet::new(client(&script, &time), 7).options(options);
    assert_eq!(time.run(call.into_future()).unwrap().name, "Rex");
}

#[test]
fn a_lost_answer_keeps_what_arrived() {
    let script = Script::new([chunked(
        200,
        vec![Ok(r#"{"na"#), Err(TransportErrorKind::ConnectionLost)],
    )]);
    let time = VirtualTime::new();
    let error = time
        .run(GetPet::new(client(&script, &time), 7).send())
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(error.body(), r#"{"na"#);
    assert_eq!(
        error.to_string(),
        "pets.get: 200 OK: the connection was lost before the answer was complete"
    );
    let source = std::error::Error::source(&error).unwrap();
    assert_eq!(
        source.downcast_ref::<TransportError>().unwrap().kind(),
        TransportErrorKind::ConnectionLost
    );
}

#[test]
fn an_error_status_stands_although_its_body_is_lost() {
    let script = Script::new([chunked(
        404,
        vec![Ok("{"), Err(TransportErrorKind::ConnectionLost)],
    )]);
    let time = VirtualTime::new();
    let error = time
        .run(GetPet::new(client(&script, &time), 7).send())
        .unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(error.to_string(), "pets.get: 404 Not Found");
}

/// An answer whose body comes in pieces, each after a pause on this clock.
fn slow(time: &VirtualTime, status: u16, pause: Duration, pieces: Vec<&'static str>) -> Act {
    let clock = time.clone();
    let chunks = stream::iter(pieces).then(move |piece| {
        let pause = clock.sleep(pause);
        async move {
            pause.await;
            Ok(Bytes::from_static(piece.as_bytes()))
        }
    });
    let response = http::Response::builder()
        .status(status)
        .header("content-type", "text/plain")
        .header("retry-after", "7");
    Act::Answer(response.body(ResponseBody::from_stream(chunks)).unwrap())
}

/// What counts stands in the head.
#[test]
fn the_body_of_a_refusal_is_waited_for_no_longer_than_five_seconds() {
    let seconds = Duration::from_secs;
    for status in [403, 429, 503] {
        for (pause, timeout, end, message) in [
            // Silence, and drops that never end.
            (seconds(1000), Some(seconds(60)), seconds(5), None),
            (seconds(2), Some(seconds(60)), seconds(5), Some("ab")),
            // The call's own end comes first.
            (seconds(2), Some(seconds(3)), seconds(3), Some("a")),
            // Who sets no limit gets none.
            (seconds(2), None, seconds(20), Some("abcdefghij")),
        ] {
            let time = VirtualTime::new();
            let pieces = vec!["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];
            let script = Script::new([slow(&time, status, pause, pieces)]);
            let client = builder(&script, &time).timeout(timeout).build().unwrap();
            let error = time.run(GetPet::new(client, 7).send()).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Status);
            assert_eq!(error.status().unwrap(), status);
            assert_eq!(error.message(), message);
            assert_eq!(error.retry_after(), Some(seconds(7)));
            assert_eq!(time.elapsed(), end, "{status} {pause:?} {timeout:?}");
        }
    }
}

#[test]
fn a_refusal_without_an_end_is_repeated_like_any_other() {
    let time = VirtualTime::new();
    let silent = slow(&time, 503, Duration::from_secs(1000), vec![""]);
    let script = Script::new([silent, json(200, REX)]);
    let client = builder(&script, &time)
        .retry(RetryPolicy::new())
        .build()
        .unwrap();
    time.run(GetPet::new(client, 7).send()).unwrap();
    // Five for the body, and the seven that the server asks for.
    assert_eq!(time.elapsed(), Duration::from_secs(12));
}

/// A clock on which everything is over at once.
struct Hasty;

impl Timer for Hasty {
    fn sleep(&self, _: Duration) -> Sleep {
        Box::pin(std::future::ready(()))
    }
}

#[test]
fn the_body_of_a_refusal_that_is_there_is_read_whatever_the_clock_says() {
    let (time, refusal) = (VirtualTime::new(), vec![Ok("no "), Ok("pets "), Ok("here")]);
    let script = Script::new([chunked(403, refusal)]);
    let client = builder(&script, &time).timer(Hasty).build().unwrap();
    let error = time.run(GetPet::new(client, 7).send()).unwrap_err();
    assert_eq!(error.body(), "no pets here");
}

#[test]
fn a_call_ends_at_its_deadline() {
    let drips = || {
        let time = stream::pending();
        Act::Answer(http::Response::new(ResponseBody::from_stream(time)))
    };
    for act in [Act::Hang, drips()] {
        let script = Script::new([act]);
        let time = VirtualTime::new();
        let options = RequestOptions::new().timeout(Duration::from_secs(5));
        let call = GetPet::new(client(&script, &time), 7).options(options);
        let error = time.run(call.send()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout);
        assert!(error.is_timeout());
        assert!(!error.is_outcome_unknown());
        assert_eq!(time.elapsed(), Duration::from_secs(5));
        assert!(
            error
                .to_string()
                .ends_with("the call did not end within 5s")
        );
    }
    let script = Script::new([Act::Hang]);
    let time = VirtualTime::new();
    let error = time
        .run(CreatePet::new(client(&script, &time), "Rex").send())
        .unwrap_err();
    assert_eq!(time.elapsed(), Duration::from_secs(60));
    assert!(error.is_outcome_unknown());
    assert!(!error.is_retryable());
    assert_eq!(
        error.to_string(),
        "pets.create: the call did not end within 60s; whether the server carried it out is unknown"
    );
}

#[test]
fn whether_the_server_acted_is_unknown_only_after_the_request_was_sent() {
    use TransportErrorKind as Kind;
    let cases = [
        (Act::Fail(Kind::Dns), false),
        (Act::Fail(Kind::Connect), false),
        (Act::Fail(Kind::ConnectTimeout), false),
        (Act::Fail(Kind::Tls), false),
        (Act::Fail(Kind::ReadTimeout), true),
        (Act::Fail(Kind::ConnectionLost), true),
        (Act::Fail(Kind::InvalidResponse), true),
        (Act::Fail(Kind::Other), true),
        (json(400, "{}"), false),
        (json(409, "{}"), false),
        (json(429, "{}"), false),
        (json(408, "{}"), true),
        (json(500, "{}"), true),
        (json(502, "{}"), true),
        (json(503, "{}"), true),
        (answer(307, &[("location", "/elsewhere")], ""), false),
        (answer(308, &[], ""), false),
        (answer(302, &[("location", "/elsewhere")], ""), true),
        (answer(301, &[], ""), true),
        // Wherever it leads, it says that something was done.
        (answer(303, &[], ""), true),
    ];
    for (index, (act, unknown)) in cases.into_iter().enumerate() {
        let script = Script::new([act]);
        let time = VirtualTime::new();
        let error = time
            .run(CreatePet::new(client(&script, &time), "Rex").send())
            .unwrap_err();
        assert_eq!(error.is_outcome_unknown(), unknown, "case {index}: {error}");
        assert_eq!(script.count(), 1);
    }
}

#[test]
fn an_unsent_request_is_told_from_a_lost_one() {
    use TransportErrorKind as Kind;
    let cases = [
        (Kind::Dns, true, false),
        (Kind::Connect, true, false),
        (Kind::ConnectTimeout, true, true),
        (Kind::Tls, true, false),
        (Kind::ReadTimeout, false, true),
        (Kind::ConnectionLost, false, false),
    ];
    for (kind, connect, timeout) in cases {
        let script = Script::new([Act::Fail(kind)]);
        let time = VirtualTime::new();
        let error = time
            .run(GetPet::new(client(&script, &time), 7).send())
            .unwrap_err();
        assert_eq!(error.is_connect(), connect, "{kind:?}");
        assert_eq!(error.is_timeout(), timeout, "{kind:?}");
        assert_eq!(error.is_retryable(), kind != Kind::Tls, "{kind:?}");
        assert_eq!(error.operation(), Some("pets.get"));
        assert_eq!(error.status(), None);
    }
}

#[test]
fn a_redirect_shows_its_target_without_user_and_query() {
    let cases = [
        (
            "https://ann:pw@other.example:8443/x/y?token=abc#part",
            "the server redirects to https://other.example:8443/x/y, and the client follows only where the method is GET or HEAD",
        ),
        (
            "/pets/8?x=1",
            "the server redirects to https://pets.example/pets/8, and the client follows only where the method is GET or HEAD",
        ),
        (
            "https://[",
            "the server redirects to a place that cannot be read",
        ),
    ];
    for (location, text) in cases {
        for status in [301, 302, 303, 307, 308] {
            let script = Script::new([answer(status, &[("location", location)], "")]);
            let time = VirtualTime::new();
            let error = time
                .run(CreatePet::new(client(&script, &time), "Rex").send())
                .unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Redirect);
            let shown = error.to_string();
            let unknown = "; whether the server carried it out is unknown";
            assert!(shown.trim_end_matches(unknown).ends_with(text), "{error}");
            // The others keep the method, so that nothing was done.
            let open = [301, 302, 303].contains(&status);
            assert_eq!(shown.ends_with(unknown), open);
            assert_eq!(error.is_outcome_unknown(), open);
            assert_eq!(script.count(), 1);
        }
    }
    let script = Script::new([answer(304, &[], "")]);
    let time = VirtualTime::new();
    let error = time
        .run(GetPet::new(client(&script, &time), 7).send())
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Status);
}

#[test]
fn any_other_endpoint_is_reached_under_the_same_rules() {
    let script = Script::new([
        json(200, r#"{"version": "3"}"#),
        json(404, r#"{"message": "none"}"#),
    ]);
    let time = VirtualTime::new();
    let client = client(&script, &time);
    let response = time
        .run(
            client
                .request(http::Method::PUT, "/version?a=b")
                .query("c d", 5)
                .header("x-team", "red")
                .json(&serde_json::json!({"x": 1}))
                .send(),
        )
        .unwrap();
    let version: serde_json::Value = response.json().unwrap();
    assert_eq!(version["version"], "3");
    let error = response.json::<Vec<String>>().unwrap_err();
    assert!(error.is_decode());
    let seen = &script.seen()[0];
    assert_eq!(
        seen.lines(),
        "PUT https://pets.example/version?a=b&c%20d=5\n\
         accept-encoding: identity\n\
         content-type: application/json\n\
         user-agent: pets/0.1.0\n\
         x-pet-key: s3cr3t-t0ken\n\
         x-team: red"
    );
    assert_eq!(seen.body, r#"{"x":1}"#);
    let error = time
        .run(client.request(http::Method::GET, "/none").send())
        .unwrap_err();
    assert_eq!(error.to_string(), "request: 404 Not Found: none");
}

#[test]
fn any_other_endpoint_stays_on_the_server_and_carries_no_second_credential() {
    let script = Script::new([]);
    let time = VirtualTime::new();
    let client = client(&script, &time);
    let get = |path: &str| client.request(http::Method::GET, path);
    let calls = [
        get("https://other.example/x"),
        get("x"),
        get("/a/../../b"),
        get("/a/%2e%2E/b"),
        get("/x?pet_key=1"),
        get("/x?a=1;pet_key=1"),
        get("/x?pet_key[]=1"),
        get("/x?pet_key%5Bx%5D=1"),
        get("/x").query("pet_key", 1),
        get("/x").query("pet_key[]", 1),
        get("/x").query("pet_key[x][y]", 1),
        get("/x").query("[pet_key]", 1),
        get("/x").header("X-Pet-Key", "1"),
        get("/x").header("x-PET-key", "1"),
        get("/x").header("X_Pet_Key", "1"),
        get("/x").header("Proxy_Authorization", "1"),
        client.request(http::Method::from_bytes(b"BREW").unwrap(), "/pot"),
    ];
    for call in calls {
        let error = time.run(call.send()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    }
    // Names of queries have a case, and a part of a name is not the name.
    for name in ["Pet_Key", "pet_key2", "x[pet_key]", "pet-key"] {
        script.push(json(200, "{}"));
        time.run(get("/x").query(name, 1).send()).unwrap();
    }
    // An address after two slashes is a path like any other.
    script.push(json(200, "{}"));
    time.run(get("//other.example/x").send()).unwrap();
    assert_eq!(
        script.seen()[4].uri,
        "https://pets.example//other.example/x"
    );
}

#[test]
fn the_future_of_a_call_is_small() {
    let time = VirtualTime::new();
    let client = client(&Script::new([]), &time);
    let size = size_of_val(&GetPet::new(client, 7).send());
    assert!(size < 4096, "{size} bytes");
}

/// A credential of its own would be a second one.
#[test]
fn an_input_cannot_stand_where_a_credential_travels() {
    let script = Script::default();
    let time = VirtualTime::new();
    let client = client(&script, &time);
    for name in ["X-Pet-Key", "pet_key", "pet_session", "X-Other"] {
        for place in Place::ALL {
            let refused = matches!(
                (place, name),
                (Place::Header, "X-Pet-Key")
                    | (Place::Query, "pet_key")
                    | (Place::Cookie, "pet_session")
            );
            script.push(json(200, REX));
            let before = script.count();
            let result = time.run(AskPet::new(client.clone(), place, name).send());
            assert_eq!(result.is_err(), refused, "{place:?} {name}");
            assert_eq!(script.count() - before, usize::from(!refused));
            if let Err(error) = result {
                assert_eq!(error.kind(), ErrorKind::InvalidRequest);
            }
        }
    }
}

#[test]
fn futures_can_be_spawned_whatever_the_operation_holds() {
    fn spawnable<T: Send + 'static>(_: &T) {}
    fn stream<T: Send + Unpin + 'static>(_: &T) {}
    let time = VirtualTime::new();
    let client = client(&Script::new([]), &time);
    spawnable(&GetPet::new(client.clone(), 7).send());
    spawnable(&GetPet::new(client.clone(), 7).into_future());
    spawnable(&client.request(http::Method::GET, "/").send());
    stream(&ListPets::new(client.clone()).into_stream());
    stream(&ListPets::new(client).into_page_stream());
}
