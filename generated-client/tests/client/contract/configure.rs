//! The client's own connections.

use gitlab_pat::{Client, ErrorKind};
use gitlab_pat_fake::{FakeGitLab, FakeResponse, RecordingServer, TokenSpec};

use crate::support::{TOKEN, block_on, failure, json, sample};

/// The client sets its own policies after the user has changed reqwest's builder.
#[cfg(feature = "reqwest")]
#[test]
fn the_http_library_can_be_configured_but_follows_no_redirects() {
    let elsewhere = RecordingServer::start(json(sample::SINGLE)).expect("a server");
    let server =
        RecordingServer::start(FakeResponse::redirect(302, elsewhere.url())).expect("a server");
    let client = Client::builder()
        .base_url(&server.url())
        .expect("a base URL")
        .auth(gitlab_pat::Auth::private_token(TOKEN))
        .configure_http(|builder: reqwest::ClientBuilder| {
            builder
                .http1_title_case_headers()
                .redirect(reqwest::redirect::Policy::limited(5))
        })
        .build()
        .expect("a client");
    let error = failure(block_on(client.personal_access_tokens().get_self()));
    assert_eq!(error.kind(), ErrorKind::Redirect);
    assert!(elsewhere.requests().is_empty());
    let request = crate::support::only(server.requests());
    assert!(
        request
            .headers()
            .iter()
            .any(|(name, _)| name == "Private-Token"),
        "{request:?}"
    );
}

/// The client reaches this machine without a proxy, even if the environment or the builder sets one.
#[test]
fn loopback_bypasses_proxies() {
    let proxy = RecordingServer::start(FakeResponse::new(502)).expect("a server");
    let server = RecordingServer::start(json(sample::SINGLE)).expect("a server");
    let client = Client::builder()
        .base_url(&server.url())
        .expect("a base URL")
        .proxy(&proxy.url())
        .expect("a proxy")
        .build()
        .expect("a client");
    block_on(client.personal_access_tokens().get_self()).expect("a token");
    assert!(proxy.requests().is_empty());
}

#[test]
fn a_proxy_is_used_for_other_machines() {
    let proxy = RecordingServer::start(json(sample::SINGLE)).expect("a server");
    let client = Client::builder()
        .base_url("http://gitlab.test")
        .expect("a base URL")
        .allow_insecure_http(true)
        .proxy(&proxy.url())
        .expect("a proxy")
        .build()
        .expect("a client");
    block_on(client.personal_access_tokens().get_self()).expect("a token");
    let request = crate::support::only(proxy.requests());
    assert_eq!(
        request.target(),
        "http://gitlab.test/api/v4/personal_access_tokens/self"
    );
}

#[test]
fn connections_are_kept_and_shared_by_clones() {
    let gitlab = FakeGitLab::start().expect("a server");
    let ann = gitlab.add_user("ann");
    let token = gitlab.add_token(TokenSpec::new(&ann, "one"));
    let client = crate::support::client(&gitlab.url(), token.secret());
    block_on(async {
        for _ in 0..3 {
            client
                .clone()
                .personal_access_tokens()
                .get_self()
                .await
                .expect("a token");
        }
    });
    assert_eq!(gitlab.requests().len(), 3);
    assert_eq!(gitlab.connections(), 1);
}

#[test]
fn ipv6_works() {
    let gitlab = FakeGitLab::builder().ipv6(true).start().expect("a server");
    let ann = gitlab.add_user("ann");
    let token = gitlab.add_token(TokenSpec::new(&ann, "one"));
    let client = crate::support::client(&gitlab.url(), token.secret());
    assert_eq!(
        block_on(client.personal_access_tokens().get_self())
            .expect("a token")
            .name,
        "one"
    );
}

#[test]
fn the_default_server_is_the_documented_one() {
    let client = Client::builder()
        .build()
        .expect("a client without a request");
    assert!(
        format!("{client:?}").contains("https://gitlab.com"),
        "{client:?}"
    );
}

#[test]
fn invalid_certificates_are_rejected() {
    let builders = [
        Client::builder().add_root_certificate_pem("no certificate"),
        Client::builder().identity_pem("no identity"),
    ];
    for builder in builders {
        assert_eq!(failure(builder.build()).kind(), ErrorKind::Configuration);
    }
    failure(Client::builder().proxy("not a proxy"));
}
