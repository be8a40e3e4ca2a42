//! Headers: credentials of every kind, the user agent, headers of the user.

use gitlab_pat::{Auth, Client, RequestOptions};
use gitlab_pat_fake::{RecordedRequest, RecordingServer};

use crate::support::{TOKEN, block_on, failure, json, only, sample};

/// Returns the request that `get_self` of a client with these settings sends.
fn sent_by(
    configure: impl FnOnce(gitlab_pat::ClientBuilder) -> gitlab_pat::ClientBuilder,
    options: RequestOptions,
) -> RecordedRequest {
    let server = RecordingServer::start(json(sample::SINGLE)).expect("a server");
    let builder = Client::builder()
        .base_url(&server.url())
        .expect("a base URL");
    let client = configure(builder).build().expect("a client");
    let tokens = client.personal_access_tokens();
    block_on(tokens.get_self().options(options)).expect("a response");
    only(server.requests())
}

/// Returns the target and everything that may contain a credential.
fn credential(auth: Auth) -> (String, Vec<(String, String)>) {
    let request = sent_by(|builder| builder.auth(auth), RequestOptions::new());
    let headers = super::headers(&request)
        .into_iter()
        .filter(|(name, _)| !["accept", "accept-encoding", "host", "user-agent"].contains(name))
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    (request.target().to_owned(), headers)
}

#[test]
fn each_kind_of_credential_is_sent_only_in_its_place() {
    const PATH: &str = "/api/v4/personal_access_tokens/self";
    let header = |name: &str, value: &str| vec![(name.to_owned(), value.to_owned())];
    for (auth, target, headers) in [
        (
            Auth::private_token(TOKEN),
            PATH.to_owned(),
            header("private-token", TOKEN),
        ),
        (
            Auth::bearer(TOKEN),
            PATH.to_owned(),
            header("authorization", &format!("Bearer {TOKEN}")),
        ),
        (
            Auth::bearer_token(TOKEN),
            PATH.to_owned(),
            header("authorization", &format!("Bearer {TOKEN}")),
        ),
        (
            Auth::header("X-Key", TOKEN),
            PATH.to_owned(),
            header("x-key", TOKEN),
        ),
        (
            Auth::basic("ann", "pass word"),
            PATH.to_owned(),
            header("authorization", "Basic YW5uOnBhc3Mgd29yZA=="),
        ),
        (
            Auth::query("private_token", "a+b&c"),
            format!("{PATH}?private_token=a%2Bb%26c"),
            Vec::new(),
        ),
        (
            Auth::cookie("_gitlab_session", "0123abcd"),
            PATH.to_owned(),
            header("cookie", "_gitlab_session=0123abcd"),
        ),
        (Auth::none(), PATH.to_owned(), Vec::new()),
    ] {
        let shown = format!("{auth:?}");
        assert_eq!(credential(auth), (target, headers), "{shown}");
    }
}

#[test]
fn a_credential_in_the_query_follows_the_parameters() {
    let server = RecordingServer::start(json("[]")).expect("a server");
    let client = Client::builder()
        .base_url(&server.url())
        .expect("a base URL")
        .auth(Auth::query("private_token", TOKEN))
        .build()
        .expect("a client");
    block_on(client.personal_access_tokens().list().page(2)).expect("a page");
    assert_eq!(
        only(server.requests()).target(),
        format!("/api/v4/personal_access_tokens?page=2&private_token={TOKEN}")
    );
}

#[test]
fn a_credential_that_cannot_be_sent_is_rejected_when_the_client_is_built() {
    for secret in [
        "",
        " glpat-hidden",
        "glpat-hidden\n",
        "glpat\r\nhidden: 1",
        "glpat-hidden\0",
    ] {
        for auth in [Auth::private_token(secret), Auth::bearer(secret)] {
            let error = failure(Client::builder().auth(auth).build());
            let shown = format!("{error} {error:?}");
            assert!(!shown.contains("hidden"), "{shown}");
            assert!(shown.contains("credential"), "{shown}");
        }
    }
}

#[test]
fn the_user_agent_can_be_replaced() {
    let request = sent_by(
        |builder| builder.user_agent("nightly/7 (ops@example.com)"),
        RequestOptions::new(),
    );
    assert_eq!(
        request.header_values("user-agent"),
        ["nightly/7 (ops@example.com)"]
    );
}

#[test]
fn headers_of_the_client_and_of_the_call_are_sent_and_the_call_wins() {
    let request = sent_by(
        |builder| {
            builder
                .default_header("X-Team", "client")
                .default_header("X-Client", "1")
        },
        RequestOptions::new()
            .header("X-Team", "call")
            .header("X-Call", "2"),
    );
    assert_eq!(request.header_values("x-team"), ["call"]);
    assert_eq!(request.header_values("x-client"), ["1"]);
    assert_eq!(request.header_values("x-call"), ["2"]);
}

#[test]
fn headers_cannot_set_credentials() {
    for name in ["PRIVATE-TOKEN", "Authorization", "Cookie", "Host"] {
        let error = failure(
            Client::builder()
                .default_header(name, "glpat-hidden")
                .build(),
        );
        assert!(!format!("{error} {error:?}").contains("hidden"), "{error}");

        let server = RecordingServer::start(json(sample::SINGLE)).expect("a server");
        let client = crate::support::client(&server.url(), TOKEN);
        let options = RequestOptions::new().header(name, "glpat-hidden");
        let call = client.personal_access_tokens().get_self().options(options);
        let error = failure(block_on(call));
        assert!(!format!("{error} {error:?}").contains("hidden"), "{error}");
        assert_eq!(server.requests().len(), 0, "{name}");
    }
}
