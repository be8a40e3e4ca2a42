//! What every module uses: clients of a fake server, a way to run futures, one exchange for async and blocking alike.

mod exchange;
pub(crate) mod model;
pub(crate) mod sample;

use std::time::Duration;

use gitlab_pat::{Auth, Client, Error, RetryPolicy};
use gitlab_pat_fake::{FakeResponse, RecordedRequest, RecordingServer};

pub(crate) use exchange::{Exchange, exchange};

/// The credential of tests that do not care which one it is.
pub(crate) const TOKEN: &str = "glpat-the.calling.token";

/// No test waits this long unless something is broken: a stream that never ends is a failure, not a run that never ends.
const PATIENCE: Duration = Duration::from_secs(60);

/// Runs a future, or what becomes one, to its end, on a runtime of its own.
#[track_caller]
pub(crate) fn block_on<F: IntoFuture>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime")
        .block_on(async { tokio::time::timeout(PATIENCE, future).await })
        .expect("the test came to no end")
}

/// An async client of this server with this personal access token. It repeats nothing: tests of retries say so.
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

/// A blocking client of this server with this personal access token. It repeats nothing.
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

/// A server that says the same to everything, and a client of it.
pub(crate) fn saying(response: FakeResponse) -> (RecordingServer, Client) {
    let server = RecordingServer::start(response).expect("a server");
    let client = client(&server.url(), TOKEN);
    (server, client)
}

/// A 200 in JSON, byte for byte as given.
pub(crate) fn json(body: &str) -> FakeResponse {
    FakeResponse::raw_json(200, body.to_owned())
}

/// The only request that a server has seen.
#[track_caller]
pub(crate) fn only(requests: Vec<RecordedRequest>) -> RecordedRequest {
    let [request] = <[RecordedRequest; 1]>::try_from(requests)
        .unwrap_or_else(|requests| panic!("one request was expected: {requests:?}"));
    request
}

/// The error of a call that must fail.
#[track_caller]
pub(crate) fn failure<T>(result: Result<T, Error>) -> Error {
    match result {
        Ok(_) => panic!("the call succeeded"),
        Err(error) => error,
    }
}
