//! Shared helpers: clients of a fake server, a function that runs futures, and exchanges for async and blocking code.

mod exchange;
pub(crate) mod model;
pub(crate) mod sample;

use std::time::Duration;

use gitlab_pat::{Auth, Client, Error, RetryPolicy};
use gitlab_pat_fake::{FakeResponse, RecordedRequest, RecordingServer};

pub(crate) use exchange::{Exchange, exchange};

/// The credential of tests for which its text does not matter.
pub(crate) const TOKEN: &str = "glpat-the.calling.token";

/// The time limit of a test, so that a stream that never ends is a failure.
const PATIENCE: Duration = Duration::from_secs(60);

/// Runs a future on a runtime of its own.
#[track_caller]
pub(crate) fn block_on<F: IntoFuture>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime")
        .block_on(async { tokio::time::timeout(PATIENCE, future).await })
        .expect("the test came to no end")
}

/// Creates an async client of this server with this personal access token, without retries.
#[track_caller]
pub(crate) fn client(url: &str, secret: &str) -> Client {
    Client::builder()
        .base_url(url)
        .expect("a base URL")
        .auth(Auth::private_token(secret))
        .retry(RetryPolicy::none())
        .build()
        .expect("a client")
}

/// Creates a blocking client of this server with this personal access token, without retries.
#[cfg(feature = "blocking")]
#[track_caller]
pub(crate) fn blocking_client(url: &str, secret: &str) -> gitlab_pat::blocking::Client {
    gitlab_pat::blocking::Client::builder()
        .base_url(url)
        .expect("a base URL")
        .auth(Auth::private_token(secret))
        .retry(RetryPolicy::none())
        .build()
        .expect("a client")
}

/// Creates a server with the same response to every request, and its client.
pub(crate) fn server_with(response: FakeResponse) -> (RecordingServer, Client) {
    let server = RecordingServer::start(response).expect("a server");
    let client = client(&server.url(), TOKEN);
    (server, client)
}

/// Creates a response with status 200 and this JSON, byte for byte.
pub(crate) fn json(body: &str) -> FakeResponse {
    FakeResponse::raw_json(200, body.to_owned())
}

/// Returns the only request that a server has received.
#[track_caller]
pub(crate) fn only(requests: Vec<RecordedRequest>) -> RecordedRequest {
    let [request] = <[RecordedRequest; 1]>::try_from(requests)
        .unwrap_or_else(|requests| panic!("one request was expected: {requests:?}"));
    request
}

/// Returns the error of a call that must fail.
#[track_caller]
pub(crate) fn failure<T>(result: Result<T, Error>) -> Error {
    match result {
        Ok(_) => panic!("the call succeeded"),
        Err(error) => error,
    }
}
