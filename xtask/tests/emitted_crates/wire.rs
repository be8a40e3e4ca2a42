//! Which credential the requests of the crate have.

use emitted_hostile::blocking::Client;
use emitted_hostile::testing::{ScriptedResponse, ScriptedTransport};
use emitted_hostile::{Auth, RequestOptions};

#[test]
fn the_credential_is_sent_unless_an_operation_requires_none() {
    let script = ScriptedTransport::new((0..5).map(|_| ScriptedResponse::new(204)));
    let client = Client::builder()
        .auth(Auth::bearer_token("mine"))
        .transport(script.clone())
        .build()
        .unwrap();

    client.wire().silent().call().unwrap();
    client.wire().forbidden().call().unwrap();
    client.wire().nothing().call().unwrap();
    client.wire().perhaps().call().unwrap();
    let options = RequestOptions::new().header("X-Companion", "beside");
    client.wire().both().options(options).call().unwrap();

    let requests = script.requests();
    let sent = |name| -> Vec<Option<&str>> {
        requests
            .iter()
            .map(|request| request.header(name))
            .collect()
    };
    let mine = Some("Bearer mine");
    assert_eq!(sent("authorization"), [mine, None, None, mine, mine]);
    assert_eq!(
        sent("x-companion"),
        [None, None, None, None, Some("beside")]
    );
}

#[test]
fn a_client_without_a_credential_sends_none() {
    let script = ScriptedTransport::new([ScriptedResponse::new(204)]);
    let client = Client::builder().transport(script.clone()).build().unwrap();

    client.wire().silent().call().unwrap();

    assert_eq!(script.requests()[0].header("authorization"), None);
}
