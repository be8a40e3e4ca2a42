//! Requests that no operation describes.

use generator_runtime::runtime::call::retry::RetryPolicy;
use generator_runtime::runtime::credential::auth::Auth;
use generator_runtime::runtime::error::ErrorKind;
use http::Method;

use crate::support::{Script, TOKEN, VirtualTime, builder, client, json, response};

#[test]
fn raw_requests_have_the_same_rules() {
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
fn raw_requests_stay_on_the_server_and_have_no_second_credential() {
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
    // Names in a query are case-sensitive and compared as a whole.
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

/// The user may choose the name of the parameter for the credential.
#[test]
fn a_credential_in_the_query_is_the_only_one() {
    let script = Script::new([]);
    let time = VirtualTime::new();
    let client = builder(&script, &time)
        .auth(Auth::query("key", TOKEN))
        .build()
        .unwrap();
    for path in ["/x?key=1", "/x?a;key[]=1"] {
        let call = client.request(http::Method::GET, path);
        let error = time.run(call.send()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    }
    assert_eq!(script.seen().len(), 0);
}

#[test]
fn an_error_in_reading_the_body_names_the_request() {
    let script = Script::new([json(200, r#"{"name": 1}"#)]);
    let time = VirtualTime::new();
    let client = client(&script, &time);
    let response = time
        .run(client.request(http::Method::GET, "/pets/7").send())
        .unwrap();
    let error = response.json::<crate::support::Pet>().unwrap_err();
    assert_eq!(error.operation(), Some("request"));
    assert!(
        error.to_string().starts_with("request: 200 OK: "),
        "{error}"
    );
}

/// With another credential, a retry of `DELETE …/self` would end that one as well.
#[test]
fn a_retry_that_may_change_something_has_the_credential_of_the_first_attempt() {
    for (method, kept) in [
        (Method::DELETE, true),
        (Method::PUT, true),
        (Method::GET, false),
    ] {
        let lost = response(503, &[("retry-after", "1")], "");
        let (script, time) = (Script::new([lost, json(200, "{}")]), VirtualTime::new());
        let client = builder(&script, &time)
            .retry(RetryPolicy::new())
            .build()
            .unwrap();
        let call = client.request(method.clone(), "/keys/self").send();
        let mut call = Box::pin(call);
        // Up to the pause.
        let first = futures_util::future::select(&mut call, std::future::ready(()));
        drop(time.run(first));
        let successor = Auth::header("X-Pet-Key", "its-successor");
        client.set_auth(successor).unwrap();
        time.run(call).unwrap();
        let seen = script.seen();
        assert_eq!(seen.len(), 2);
        let second = seen[1].header("x-pet-key").unwrap();
        assert_eq!(second == TOKEN, kept, "{method}");
    }
}
