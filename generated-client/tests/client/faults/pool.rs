//! Kept connections that the server has closed before the next request.

use gitlab_pat::{Auth, Client, Error, ErrorKind};
use gitlab_pat_fake::{FakeGitLab, FakeResponse, Fault, TokenSpec};

use super::clock::Clock;
use crate::support::{TOKEN, block_on};

/// A server with a token, and a client with a connection to it.
async fn connected() -> (FakeGitLab, Client) {
    let gitlab = FakeGitLab::start().expect("a server");
    let ann = gitlab.add_user("ann");
    gitlab.add_token(TokenSpec::new(&ann, "calling").secret(TOKEN));
    let client = Client::builder()
        .base_url(&gitlab.url())
        .expect("a base URL")
        .auth(Auth::private_token(TOKEN))
        .timeout(None)
        .timer(Clock::new(|_| ()))
        .build()
        .expect("a client");
    read(&client).await.expect("a token");
    (gitlab, client)
}

async fn read(client: &Client) -> Result<(), Error> {
    client.personal_access_tokens().get_self().await.map(drop)
}

async fn rotate(client: &Client) -> Result<(), Error> {
    client
        .personal_access_tokens()
        .rotate_self()
        .await
        .map(drop)
}

/// Asserts that a rotation was executed once if it succeeded, and at most once if its outcome is unknown.
#[track_caller]
fn assert_honest(gitlab: &FakeGitLab, result: &Result<(), Error>) {
    let new = gitlab.tokens().len() - 1;
    match result {
        Ok(()) => assert_eq!(new, 1),
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::Transport, "{error}");
            assert!(error.is_outcome_unknown() && new <= 1, "{error}: {new}");
        }
    }
    assert!(gitlab.family_revocations().is_empty());
    for request in gitlab.requests() {
        assert_eq!(request.header_values("private-token"), [TOKEN]);
    }
}

/// The end of the connection has arrived. Whether the client has noticed it depends on chance.
#[test]
fn a_connection_that_the_server_has_closed() {
    for _ in 0..20 {
        block_on(async {
            let (gitlab, client) = connected().await;
            close_idle(&gitlab);
            let result = rotate(&client).await;
            assert_honest(&gitlab, &result);
        });
        block_on(async {
            let (gitlab, client) = connected().await;
            close_idle(&gitlab);
            read(&client).await.expect("a token");
        });
    }
}

/// Closes idle connections.
fn close_idle(gitlab: &FakeGitLab) {
    gitlab.refuse_connections().expect("a closed port");
    gitlab.accept_connections().expect("an open port");
}

/// The server closes the connection right after its response, without having announced it.
#[test]
fn a_connection_that_is_closed_after_a_response() {
    let unannounced =
        Fault::change(|response: FakeResponse| response.set_header("Connection", "keep-alive"));
    for _ in 0..20 {
        block_on(async {
            let (gitlab, client) = connected().await;
            gitlab.faults().next(unannounced.clone());
            read(&client).await.expect("a token");
            let result = rotate(&client).await;
            assert_honest(&gitlab, &result);
        });
    }
}

/// The request was written, so its outcome is unknown, and it is not sent again.
#[test]
fn a_rotation_on_a_connection_that_is_reset() {
    block_on(async {
        let (gitlab, client) = connected().await;
        gitlab.faults().next(Fault::reset_before_request());
        let error = rotate(&client).await.expect_err("an error");
        assert!(error.is_outcome_unknown(), "{error}");
        assert_eq!(gitlab.requests().len(), 1, "the one before");
        assert_eq!(gitlab.connections(), 1);
    });
}

#[test]
fn a_read_on_a_connection_that_is_reset() {
    block_on(async {
        let (gitlab, client) = connected().await;
        gitlab.faults().next(Fault::reset_before_request());
        read(&client).await.expect("a token");
        assert_eq!(gitlab.connections(), 2);
    });
}

/// Open connections are reused.
#[test]
fn a_connection_serves_many_calls() {
    block_on(async {
        let (gitlab, client) = connected().await;
        for _ in 0..3 {
            read(&client).await.expect("a token");
        }
        rotate(&client).await.expect("a token");
        assert_eq!(gitlab.connections(), 1);
    });
}
