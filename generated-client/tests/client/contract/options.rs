//! The options of a single call.

use gitlab_pat::{Auth, ErrorKind, RequestOptions};
use gitlab_pat_fake::{CredentialKind, FakeGitLab, TokenSpec};

use crate::support::{TOKEN, block_on, client, failure, json, only, sample, server_with};

#[test]
fn a_credential_for_one_call() {
    let gitlab = FakeGitLab::start().expect("a server");
    let (ann, bob) = (gitlab.add_user("ann"), gitlab.add_user("bob"));
    let of_ann = gitlab.add_token(TokenSpec::new(&ann, "of ann"));
    let of_bob = gitlab.add_token(TokenSpec::new(&bob, "of bob"));
    let client = client(&gitlab.url(), of_ann.secret());
    let tokens = client.personal_access_tokens();

    let options = RequestOptions::new().auth(Auth::bearer(of_bob.secret()));
    let token = block_on(tokens.get_self().options(options)).expect("a token");
    assert_eq!(token.name, "of bob");
    // Exactly one credential is sent.
    let request = only(gitlab.requests());
    let kinds: Vec<_> = request
        .credentials()
        .iter()
        .map(|credential| credential.kind())
        .collect();
    assert_eq!(kinds, [CredentialKind::Bearer]);
    assert!(!request.carries(of_ann.secret()));

    // The client's credential is unchanged.
    assert_eq!(block_on(tokens.get_self()).expect("a token").name, "of ann");

    let none = RequestOptions::new().auth(Auth::none());
    let error = failure(block_on(tokens.get_self().options(none)));
    assert_eq!(error.message(), Some("401 Unauthorized"));
    assert!(gitlab.requests()[2].credentials().is_empty());
}

#[test]
fn a_credential_that_cannot_be_sent_fails_the_call() {
    let (server, client) = server_with(json(sample::SINGLE));
    let options = RequestOptions::new().auth(Auth::private_token("a\nb"));
    let error = failure(block_on(
        client.personal_access_tokens().get_self().options(options),
    ));
    assert_eq!(error.status(), None);
    assert_eq!(error.operation(), Some("personal_access_tokens.get_self"));
    assert!(server.requests().is_empty());
}

#[test]
fn a_limit_on_the_response_for_one_call() {
    let (_server, client) = server_with(json(sample::GRANULAR));
    let tokens = client.personal_access_tokens();
    let limit = |bytes| RequestOptions::new().max_response_size(bytes);
    block_on(tokens.get(1).options(limit(sample::GRANULAR.len()))).expect("a token");
    let error = failure(block_on(
        tokens.get(1).options(limit(sample::GRANULAR.len() - 1)),
    ));
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
}

#[test]
fn headers_for_one_call() {
    let (server, client) = server_with(json(sample::SINGLE));
    let options = RequestOptions::new()
        .header("Sudo", "ann")
        .header("X-Many", "1")
        .header("X-Many", "2")
        .header("Accept", "application/vnd.example+json");
    block_on(client.personal_access_tokens().get_self().options(options)).expect("a token");
    let request = only(server.requests());
    assert_eq!(request.header("sudo"), Some("ann"));
    assert_eq!(request.header_values("x-many"), ["1", "2"]);
    assert_eq!(
        request.header_values("accept"),
        ["application/vnd.example+json"]
    );
    assert_eq!(request.header_values("private-token"), [TOKEN]);
}

#[test]
fn a_header_that_cannot_be_sent_fails_the_call() {
    let (server, client) = server_with(json(sample::SINGLE));
    for (name, value) in [("no header", "x"), ("X-A", "line\nbreak"), ("", "x")] {
        let options = RequestOptions::new().header(name, value);
        let error = failure(block_on(
            client.personal_access_tokens().get_self().options(options),
        ));
        assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{error}");
    }
    assert!(server.requests().is_empty());
}

#[cfg(feature = "blocking")]
#[test]
fn the_blocking_client_has_the_same_options() {
    let (server, _client) = server_with(json("[]"));
    let client = crate::support::blocking_client(&server.url(), TOKEN);
    let tokens = client.personal_access_tokens();
    let options = || {
        RequestOptions::new()
            .header("X-Own", "1")
            .auth(Auth::bearer("another-token"))
    };
    tokens.list().options(options()).call().expect("a page");
    tokens.list().options(options()).send().expect("a page");
    let items: Result<Vec<_>, _> = tokens.list().options(options()).into_iter().collect();
    items.expect("no items");
    let pages: Result<Vec<_>, _> = tokens.list().options(options()).into_pages().collect();
    pages.expect("a page");
    client
        .request(http::Method::GET, "/x")
        .options(options())
        .send()
        .expect("a response");
    let requests = server.requests();
    assert_eq!(requests.len(), 5);
    for request in requests {
        assert_eq!(request.header("x-own"), Some("1"));
        assert_eq!(
            request.header("authorization"),
            Some("Bearer another-token")
        );
        assert_eq!(request.header("private-token"), None);
    }

    let limit = RequestOptions::new().max_response_size(1);
    let error = failure(tokens.list().options(limit).call());
    assert_eq!(error.kind(), ErrorKind::TooLarge);
}
