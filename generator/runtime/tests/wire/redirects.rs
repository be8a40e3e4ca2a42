//! The redirects that are followed, and the requests to their targets.

use std::time::Duration;

use generator_runtime::runtime::call::retry::RetryPolicy;
use generator_runtime::runtime::credential::auth::Auth;
use generator_runtime::runtime::error::{Error, ErrorKind};
use generator_runtime::runtime::transport::ResponseBody;
use http::HeaderValue;

use crate::support::{
    Act, GetPet, ListPets, Script, TOKEN, VirtualTime, builder, client, json, response,
};

const REX: &str = r#"{"name": "Rex"}"#;

const STATUSES: [u16; 5] = [301, 302, 303, 307, 308];

fn to(location: &str) -> Act {
    response(302, &[("location", location)], "<p>moved</p>")
}

/// Returns the URL that is requested after `GET /pets/7` was redirected to this target.
fn followed(location: &str) -> String {
    let script = Script::new([to(location), json(200, REX)]);
    let time = VirtualTime::new();
    time.run(GetPet::new(client(&script, &time), 7).send())
        .unwrap();
    script.seen()[1].uri.clone()
}

/// Returns the error of `GET /pets/7` if it is redirected to this target.
fn rejected(act: Act) -> Error {
    let script = Script::new([act]);
    let time = VirtualTime::new();
    let error = time
        .run(GetPet::new(client(&script, &time), 7).send())
        .unwrap_err();
    assert_eq!(script.count(), 1);
    assert_eq!(error.kind(), ErrorKind::Redirect);
    assert!(!error.is_retryable());
    assert!(error.body().is_empty());
    error
}

#[test]
fn get_and_head_are_followed_within_the_origin() {
    for status in STATUSES {
        for method in [http::Method::GET, http::Method::HEAD] {
            let script = Script::new([
                response(status, &[("location", "/moved/7?x=1")], ""),
                json(200, ""),
            ]);
            let time = VirtualTime::new();
            let client = client(&script, &time);
            let call = client
                .request(method.clone(), "/pets/7?y=2")
                .header("x-team", "red");
            let response = time.run(call.send()).unwrap();
            assert_eq!(response.status(), 200);
            let seen = script.seen();
            assert_eq!(
                seen[1].lines(),
                format!(
                    "{method} https://pets.example/moved/7?x=1\naccept-encoding: identity\nuser-agent: pets/0.1.0\nx-pet-key: {TOKEN}\nx-team: red"
                )
            );
            assert_eq!(seen[0].headers, seen[1].headers);
        }
    }
}

#[test]
fn a_target_is_read_as_browsers_read_it() {
    for (location, url) in [
        ("8", "https://pets.example/pets/8"),
        ("../dogs/7", "https://pets.example/dogs/7"),
        ("?a=b", "https://pets.example/pets/7?a=b"),
        ("", "https://pets.example/pets/7"),
        ("/a#part", "https://pets.example/a"),
        ("//pets.example/b", "https://pets.example/b"),
        ("HTTPS://PETS.example:443/c", "https://pets.example/c"),
    ] {
        assert_eq!(followed(location), url, "{location}");
    }
}

#[test]
fn the_credential_is_sent_once_in_its_place() {
    let cases = [
        (
            Auth::header("X-Pet-Key", TOKEN),
            "",
            "x-pet-key: s3cr3t-t0ken",
        ),
        (
            Auth::bearer_token(TOKEN),
            "",
            "authorization: Bearer s3cr3t-t0ken",
        ),
        (
            Auth::basic("ann", TOKEN),
            "",
            "authorization: Basic YW5uOnMzY3IzdC10MGtlbg==",
        ),
        (
            Auth::cookie("session", TOKEN),
            "",
            "cookie: session=s3cr3t-t0ken",
        ),
        (Auth::query("pet_key", TOKEN), "&pet_key=s3cr3t-t0ken", ""),
        // A place that the API's description does not name.
        (Auth::query("own key", TOKEN), "&own%20key=s3cr3t-t0ken", ""),
    ];
    for (auth, query, header) in cases {
        let name = format!("{auth:?}");
        let location = "https://eve:pw@pets.example/moved?own+key=s3cr3t-t0ken&x=1&pet_key=s3cr3t-t0ken&p%65t_key=other#pet_key=x";
        let script = Script::new([to(location), to("/moved?x=1"), json(200, REX)]);
        let time = VirtualTime::new();
        let client = builder(&script, &time).auth(auth).build().unwrap();
        time.run(GetPet::new(client, 7).send()).unwrap();
        // The parameter `own key` is like any other where no credential has that name.
        let first = match query.contains("own") {
            true => "x=1",
            false => "own+key=s3cr3t-t0ken&x=1",
        };
        for (seen, kept) in script.seen()[1..].iter().zip([first, "x=1"]) {
            let url = format!("https://pets.example/moved?{kept}{query}");
            assert_eq!(seen.uri, url, "{name}");
            let mut lines = vec![header, "accept: application/json", "user-agent: pets/0.1.0"];
            lines.retain(|line| !line.is_empty());
            lines.sort_unstable();
            let seen = seen.lines();
            let headers = seen.lines().skip(1);
            let headers: Vec<&str> = headers
                .filter(|line| !line.starts_with("accept-encoding:"))
                .collect();
            assert_eq!(headers, lines, "{name}");
        }
    }
}

#[test]
fn the_rest_of_the_query_is_unchanged() {
    assert_eq!(
        followed("/moved?pet_key=s3cr3t-t0ken&a=%2Fb&c=d+e&&f&%61=;x&pet_key"),
        "https://pets.example/moved?a=%2Fb&c=d+e&&f&%61=;x"
    );
    assert_eq!(
        followed("/moved?pet_key[]=x&pet_key%5Ba%5D=x&x[pet_key]=x"),
        "https://pets.example/moved?x[pet_key]=x"
    );
    assert_eq!(
        followed("/moved?pet_key=s3cr3t-t0ken"),
        "https://pets.example/moved"
    );
}

/// Some servers split a query at `;`.
#[test]
fn no_credential_is_sent_after_a_semicolon() {
    for (query, kept) in [
        ("a=1;pet_key=x&b=2", "?b=2"),
        ("b=2&pet_key=x;a=1", "?b=2"),
        ("a=1;p%65t_key;c=3&b=2;d", "?b=2;d"),
        // An encoded `;` splits nothing.
        ("a=1%3Bpet_key=x", "?a=1%3Bpet_key=x"),
        ("a=1;pet_key", ""),
    ] {
        let url = format!("https://pets.example/moved{kept}");
        assert_eq!(followed(&format!("/moved?{query}")), url, "{query}");
    }
}

#[test]
fn an_attempt_follows_five_redirects() {
    let hops = |count: usize| (1..=count).map(|hop| to(&format!("/hop/{hop}")));
    let script = Script::new(hops(5).chain([json(200, REX)]));
    let time = VirtualTime::new();
    time.run(GetPet::new(client(&script, &time), 7).send())
        .unwrap();
    assert_eq!(script.seen()[5].uri, "https://pets.example/hop/5");

    let script = Script::new(hops(6));
    let time = VirtualTime::new();
    let error = time
        .run(GetPet::new(client(&script, &time), 7).send())
        .unwrap_err();
    assert_eq!(script.count(), 6);
    assert_eq!(
        error.to_string(),
        "pets.get: 302 Found: the server redirects more than 5 times, last to https://pets.example/hop/6"
    );
}

#[test]
fn nothing_goes_to_another_origin() {
    for (location, shown) in [
        ("http://pets.example/pets/7", "http://pets.example/pets/7"),
        ("https://pets.example:8443/", "https://pets.example:8443/"),
        ("https://www.pets.example/", "https://www.pets.example/"),
        ("https://pets.example./", "https://pets.example./"),
        ("//other.example/x?y=z#w", "https://other.example/x"),
        ("\\\\other.example\\x", "https://other.example/x"),
        (
            "https://pets.example@other.example/",
            "https://other.example/",
        ),
        (
            "https://pets.example:443@other.example/",
            "https://other.example/",
        ),
        ("ftp://pets.example/x", "a URL with the scheme ftp"),
        ("file:///etc/passwd", "a URL with the scheme file"),
        ("data:text/plain,hello", "a URL with the scheme data"),
        ("mailto:ann@pets.example", "a URL with the scheme mailto"),
        ("javascript:alert(1)", "a URL with the scheme javascript"),
    ] {
        for status in STATUSES {
            let error = rejected(response(status, &[("location", location)], REX));
            let detail = format!(
                ": the server redirects to another origin, {shown}, which the client does not follow; if the API is there, set it as the base URL"
            );
            assert!(error.to_string().ends_with(&detail), "{error}");
            assert_eq!(error.status().unwrap(), status);
            assert_eq!(error.headers()["location"], location);
        }
    }
}

#[test]
fn an_unreadable_redirect_target_is_rejected() {
    let bytes = |location: &[u8]| {
        let mut response = http::Response::new(ResponseBody::empty());
        *response.status_mut() = http::StatusCode::FOUND;
        let location = HeaderValue::from_bytes(location).unwrap();
        response.headers_mut().insert("location", location);
        Act::Response(response)
    };
    for location in [&b"https://["[..], b"https://pets.example:99999/", b"/\xff"] {
        assert_eq!(
            rejected(bytes(location)).to_string(),
            "pets.get: 302 Found: the server redirects to an invalid URL"
        );
    }
}

#[test]
fn other_methods_are_not_followed() {
    for method in [
        http::Method::POST,
        http::Method::PUT,
        http::Method::PATCH,
        http::Method::DELETE,
        http::Method::OPTIONS,
    ] {
        for status in STATUSES {
            let script = Script::new([response(status, &[("location", "/moved")], "")]);
            let time = VirtualTime::new();
            let call = client(&script, &time).request(method.clone(), "/pets");
            let error = time.run(call.send()).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Redirect, "{method}");
            assert_eq!(script.count(), 1, "{method}");
        }
    }
}

#[test]
fn a_redirect_without_a_location_is_an_error() {
    for (status, headers) in [
        (302, &[][..]),
        (300, &[("location", "/moved")]),
        (304, &[("location", "/moved")]),
        (305, &[("location", "/moved")]),
    ] {
        let script = Script::new([response(status, headers, "")]);
        let time = VirtualTime::new();
        let error = time
            .run(GetPet::new(client(&script, &time), 7).send())
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Status, "{status}");
        assert_eq!(script.count(), 1, "{status}");
    }
}

#[test]
fn an_error_shows_no_credential_from_the_redirect_target() {
    let token = "s3cr3t/t0ken \u{fc}";
    let cases = [
        (Auth::header("X-Pet-Key", TOKEN), TOKEN),
        (Auth::query("pet_key", token), "s3cr3t%2Ft0ken%20%C3%BC"),
        (Auth::query("pet_key", token), "s3cr3t/t0ken%20%C3%BC"),
        (Auth::cookie("session", TOKEN), TOKEN),
        (Auth::bearer_token(TOKEN), "s3cr3t%2dt0ken"),
        (Auth::basic("ann", TOKEN), "YW5uOnMzY3IzdC10MGtlbg=="),
    ];
    for (auth, repeated) in cases {
        let location = format!("https://other.example/a/{repeated}/b");
        let script = Script::new([to(&location)]);
        let time = VirtualTime::new();
        let client = builder(&script, &time).auth(auth).build().unwrap();
        let error = time.run(GetPet::new(client, 7).send()).unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains(repeated), "{shown}");
        assert!(shown.contains("https://other.example/a/[redacted]/b"));
    }
}

#[test]
fn the_target_in_an_error_has_a_bounded_length() {
    let error = rejected(to(&format!("https://other.example/{}", "x".repeat(5000))));
    assert!(error.to_string().len() < 500);
}

#[test]
fn each_attempt_begins_at_the_operations_url() {
    let script = Script::new([
        to("/moved/7"),
        json(503, "{}"),
        to("/elsewhere/7"),
        json(200, REX),
    ]);
    let time = VirtualTime::new();
    let client = builder(&script, &time)
        .retry(RetryPolicy::new())
        .build()
        .unwrap();
    time.run(GetPet::new(client, 7).send()).unwrap();
    let paths: Vec<String> = script.seen().into_iter().map(|seen| seen.uri).collect();
    assert_eq!(
        paths,
        ["/pets/7", "/moved/7", "/pets/7", "/elsewhere/7"]
            .map(|path| format!("https://pets.example{path}"))
    );
}

#[test]
fn the_deadline_covers_redirects() {
    let script = Script::new([to("/moved"), Act::Hang]);
    let time = VirtualTime::new();
    let error = time
        .run(GetPet::new(client(&script, &time), 7).send())
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert_eq!(time.elapsed(), Duration::from_secs(60));
}

#[test]
fn links_to_pages_are_relative_to_the_last_requested_url() {
    // The link contains only a reference within the document, so that the page number is that of the last requested URL.
    let script = Script::new([
        to("/v2/pets?page=9"),
        response(200, &[("link", r##"<#more>; rel="next""##)], "[]"),
    ]);
    let time = VirtualTime::new();
    let page = time
        .run(ListPets::new(client(&script, &time)).into_future())
        .unwrap();
    let error = page.next_page().unwrap_err().to_string();
    assert!(error.ends_with("names page 9 as the next one, so it is an earlier page or part of a cycle; check for a cache that ignores the query"), "{error}");
    assert!(error.contains("page 9 was requested"), "{error}");
}
