//! One call over a scripted transport: the request, and the result of each kind of response.

use std::time::Duration;

use futures_util::stream;
use generator_runtime::runtime::call::options::RequestOptions;
use generator_runtime::runtime::credential::auth::Auth;
use generator_runtime::runtime::error::ErrorKind;
use generator_runtime::runtime::transport::{ResponseBody, TransportErrorKind};

use crate::support::{
    Act, AskPet, CreatePet, EPOCH, GetPet, ListPets, Location, Pet, Script, TOKEN, VirtualTime,
    builder, client, json, response,
};

const REX: &str = r#"{"name": "Rex"}"#;
#[test]
fn a_call_sends_the_request_and_reads_the_response() {
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
fn the_path_of_the_base_url_is_kept() {
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
fn each_credential_is_sent_once_in_its_place() {
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
        // Once as the client's credential, and once as the call's instead of another.
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
fn a_call_can_have_headers_but_none_for_credentials() {
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

    for (name, value, problem) in [
        ("authorization", "Bearer x", "is reserved"),
        ("x-pet-key", "x", "is reserved"),
        ("cookie", "a=b", "is reserved"),
        ("host", "elsewhere.example", "is reserved"),
        ("content-length", "5", "is reserved"),
        ("transfer-encoding", "chunked", "is reserved"),
        ("bad name", "x", "with an invalid name"),
        ("x-line", "a\nb", "with an invalid value"),
    ] {
        let options = RequestOptions::new().header(name, value);
        let error = time
            .run(GetPet::new(client.clone(), 7).options(options).send())
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{name}");
        assert!(error.to_string().contains(problem), "{error}");
    }
    assert_eq!(script.count(), 1);
}

#[test]
fn a_response_has_its_headers() {
    let script = Script::new([response(
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
fn a_response_without_the_headers_has_no_request_id_and_no_rate_limit() {
    let script = Script::new([response(200, &[("x-request-id", "")], REX)]);
    let time = VirtualTime::new();
    let response = time
        .run(GetPet::new(client(&script, &time), 7).send())
        .unwrap();
    assert_eq!(response.request_id(), None);
    assert_eq!(response.rate_limit(), None);
}

#[test]
fn a_call_ends_at_its_deadline() {
    let drips = || {
        let time = stream::pending();
        Act::Response(http::Response::new(ResponseBody::from_stream(time)))
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
                .ends_with("the call did not end within 5s (pets.example:443)")
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
        "pets.create: the call did not end within 60s (pets.example:443); it is unknown whether the server executed the request"
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
        (response(307, &[("location", "/elsewhere")], ""), false),
        (response(308, &[], ""), false),
        (response(302, &[("location", "/elsewhere")], ""), true),
        (response(301, &[], ""), true),
        // The request was executed, whatever the target.
        (response(303, &[], ""), true),
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
fn a_request_that_was_not_sent_is_distinguished_from_a_lost_one() {
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
            "the server redirects to https://other.example:8443/x/y, but the client follows redirects of GET and HEAD only",
        ),
        (
            "/pets/8?x=1",
            "the server redirects to https://pets.example/pets/8, but the client follows redirects of GET and HEAD only",
        ),
        ("https://[", "the server redirects to an invalid URL"),
    ];
    for (location, text) in cases {
        for status in [301, 302, 303, 307, 308] {
            let script = Script::new([response(status, &[("location", location)], "")]);
            let time = VirtualTime::new();
            let error = time
                .run(CreatePet::new(client(&script, &time), "Rex").send())
                .unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Redirect);
            let shown = error.to_string();
            let unknown = "; it is unknown whether the server executed the request";
            assert!(shown.trim_end_matches(unknown).ends_with(text), "{error}");
            // The other statuses keep the method, so the request was not executed.
            let open = [301, 302, 303].contains(&status);
            assert_eq!(shown.ends_with(unknown), open);
            assert_eq!(error.is_outcome_unknown(), open);
            assert_eq!(script.count(), 1);
        }
    }
    let script = Script::new([response(304, &[], "")]);
    let time = VirtualTime::new();
    let error = time
        .run(GetPet::new(client(&script, &time), 7).send())
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Status);
}

#[test]
fn the_future_of_a_call_is_small() {
    let time = VirtualTime::new();
    let client = client(&Script::new([]), &time);
    let size = size_of_val(&GetPet::new(client, 7).send());
    assert!(size < 4096, "{size} bytes");
}

/// Such an input would be a second credential.
#[test]
fn an_input_cannot_be_sent_in_a_place_for_credentials() {
    let script = Script::default();
    let time = VirtualTime::new();
    let client = client(&script, &time);
    for name in ["X-Pet-Key", "pet_key", "pet_session", "X-Other"] {
        for place in Location::ALL {
            let rejected = matches!(
                (place, name),
                (Location::Header, "X-Pet-Key")
                    | (Location::Query, "pet_key")
                    | (Location::Cookie, "pet_session")
            );
            script.push(json(200, REX));
            let before = script.count();
            let result = time.run(AskPet::new(client.clone(), place, name).send());
            assert_eq!(result.is_err(), rejected, "{place:?} {name}");
            assert_eq!(script.count() - before, usize::from(!rejected));
            if let Err(error) = result {
                assert_eq!(error.kind(), ErrorKind::InvalidRequest);
            }
        }
    }
}

#[test]
fn futures_can_be_spawned_for_every_operation() {
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
