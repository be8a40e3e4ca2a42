//! The scripted transport.

use std::collections::BTreeMap;

use generator_runtime::runtime::call::builder::ClientBuilder;
use generator_runtime::runtime::call::client::Client;
use generator_runtime::runtime::credential::auth::Auth;
use generator_runtime::runtime::error::ErrorKind;
use generator_runtime::runtime::transport::TransportErrorKind;
use generator_runtime::runtime::transport::scripted_transport::{
    ScriptedResponse, ScriptedTransport,
};

use crate::support::{API, CreatePet, GetPet, TOKEN, VirtualTime};

const SECRET: &str = "s3cr3t-response";

fn client(script: &ScriptedTransport, time: &VirtualTime) -> Client {
    ClientBuilder::new(&API)
        .auth(Auth::query("pet_key", TOKEN))
        .transport(script.clone())
        .timer(time.clone())
        .build()
        .unwrap()
}

#[test]
fn responses_are_returned_in_order_and_requests_are_kept() {
    let (time, script) = (VirtualTime::new(), ScriptedTransport::default());
    let client = client(&script, &time);
    script.push(ScriptedResponse::raw_json(200, r#"{"name":"Ada"}"#).header("X-Request-Id", "r1"));
    script.push(ScriptedResponse::new(404));
    assert_eq!(script.remaining(), 2);

    let pet = time.run(GetPet::new(client.clone(), 7).send()).unwrap();
    let error = time.run(CreatePet::new(client, "Bob").send()).unwrap_err();

    assert_eq!(
        (pet.value().name.as_str(), pet.request_id()),
        ("Ada", Some("r1"))
    );
    assert!(error.is_not_found());
    assert_eq!(script.remaining(), 0);
    let requests = script.requests();
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[0].method(), http::Method::GET);
    assert_eq!(
        requests[0].uri().to_string(),
        format!("https://pets.example/pets/7?pet_key={TOKEN}")
    );
    assert_eq!(requests[0].header("accept"), Some("application/json"));
    assert_eq!(requests[0].header("absent"), None);
    assert!(requests[0].body().is_empty());
    assert_eq!(requests[1].headers()["content-type"], "application/json");
    assert_eq!(requests[1].body().as_ref(), br#"{"name":"Bob"}"#);
}

#[test]
fn json_takes_a_value_and_raw_json_takes_text() {
    let time = VirtualTime::new();
    let script = ScriptedTransport::new([
        ScriptedResponse::json(200, &serde_json::json!({ "name": "Ada" })),
        ScriptedResponse::json(200, &BTreeMap::from([("name", "Ada")])),
        ScriptedResponse::raw_json(200, r#"{"name": "Ada"}"#),
    ]);
    let client = client(&script, &time);
    for _ in 0..3 {
        let pet = time.run(GetPet::new(client.clone(), 7).send()).unwrap();
        assert_eq!(pet.value().name, "Ada");
        assert_eq!(pet.headers()["content-type"], "application/json");
    }
}

#[test]
fn a_script_without_another_response_fails_the_call() {
    let (time, script) = (VirtualTime::new(), ScriptedTransport::default());

    let error = time
        .run(CreatePet::new(client(&script, &time), "Bob").send())
        .unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(
        error
            .to_string()
            .contains("the script has no response left"),
        "{error}"
    );
    assert_eq!(script.requests().len(), 1);
}

#[test]
fn a_body_arrives_in_chunks_is_lost_or_never_ends() {
    let time = VirtualTime::new();
    let pieces = || ScriptedResponse::new(200).body_chunks(["{\"name\":", "", "\"Ada\"}"]);
    let script = ScriptedTransport::new([
        pieces(),
        pieces().broken_off(TransportErrorKind::ConnectionLost),
        pieces().unfinished(),
    ]);
    let client = client(&script, &time);
    let create = || time.run(CreatePet::new(client.clone(), "Ada").send());

    assert_eq!(create().unwrap().value().name, "Ada");
    let broken = create().unwrap_err();
    assert_eq!(broken.kind(), ErrorKind::Transport);
    assert_eq!(broken.status(), Some(http::StatusCode::OK));
    assert_eq!(create().unwrap_err().kind(), ErrorKind::Timeout);
}

#[test]
fn an_exchange_can_fail_or_never_end() {
    let time = VirtualTime::new();
    let script = ScriptedTransport::new([
        ScriptedResponse::failure(TransportErrorKind::Tls)
            .header("X", "1")
            .body("ignored"),
        ScriptedResponse::hang(),
    ]);
    let client = client(&script, &time);
    let create = || {
        time.run(CreatePet::new(client.clone(), "Ada").send())
            .unwrap_err()
    };

    assert!(create().is_connect());
    assert_eq!(create().kind(), ErrorKind::Timeout);
}

#[test]
fn an_invalid_scripted_response_fails_the_call_with_a_reason() {
    let time = VirtualTime::new();
    let script = ScriptedTransport::new([
        ScriptedResponse::new(1000),
        ScriptedResponse::new(200).header("X", "two\nlines"),
        // Names in JSON are strings.
        ScriptedResponse::json(200, &BTreeMap::from([((1, 2), 3)])),
    ]);
    let client = client(&script, &time);
    let create = || {
        let error = time
            .run(CreatePet::new(client.clone(), "Ada").send())
            .unwrap_err();
        error.to_string()
    };

    assert!(create().contains("an invalid status"));
    assert!(create().contains("an invalid header"));
    assert!(create().contains("can't be written in JSON"));
}

#[test]
fn nothing_that_may_be_secret_is_printed() {
    let time = VirtualTime::new();
    let response =
        ScriptedResponse::raw_json(200, format!(r#"{{"name":"{SECRET}"}}"#)).header("X", SECRET);
    let script = ScriptedTransport::new([response.clone(), response.clone()]);
    let client = client(&script, &time);
    time.run(CreatePet::new(client, SECRET).send()).unwrap();

    let printed = format!("{response:?} {script:?} {:?}", script.requests());

    assert!(
        !printed.contains(SECRET) && !printed.contains(TOKEN),
        "{printed}"
    );
    // The client requests gzip by default.
    let printed = printed.replace("\"accept-encoding\", ", "");
    assert_eq!(
        printed,
        "ScriptedResponse(200) ScriptedTransport { requests: 1, remaining: 1 } \
         [RecordedRequest { method: POST, host: Some(\"pets.example\"), path: \"/pets\", \
         headers: [\"user-agent\", \"accept\", \"content-type\"], body: [26 bytes] }]"
    );
}
