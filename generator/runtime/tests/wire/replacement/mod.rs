//! Operations that replace a credential. The server revokes a credential's successors if a replacement arrives with a credential
//! that has already been replaced. No test may cause that.

mod adopting;
mod api;
#[cfg(feature = "blocking")]
mod blocking;
mod crossing;
mod dropping;
mod hygiene;
mod new_secret;
mod others;
mod outcomes;
mod providers;
mod rejected;
mod responses;
mod server;
mod sharing;
#[cfg(feature = "tracing")]
mod spans;
mod verify_outcome;

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use generator_runtime::runtime::api::operation::ApiInfo;
use generator_runtime::runtime::call::builder::ClientBuilder;
use generator_runtime::runtime::call::client::Client;
use generator_runtime::runtime::credential::auth::Auth;
use generator_runtime::runtime::error::{Error, ErrorKind};
use generator_runtime::runtime::transport::timer::Timer;

use crate::support::VirtualTime;
use api::API;
use server::{FIRST, Server};

/// The default replacement cooldown.
const COOLDOWN: Duration = Duration::from_secs(300);

/// A client that holds the first token of the server.
fn client(server: &Server, time: &VirtualTime) -> Client {
    builder(server, time).build().unwrap()
}

fn builder(server: &Server, time: &VirtualTime) -> ClientBuilder {
    builder_of(&API, server, time)
}

fn builder_of(api: &'static ApiInfo, server: &Server, time: &VirtualTime) -> ClientBuilder {
    ClientBuilder::new(api)
        .with_credential_registry()
        .auth(header(FIRST))
        .transport(server.clone())
        .timer(time.clone())
}

fn header(secret: &str) -> Auth {
    Auth::header("X-Key", secret)
}

fn pass(time: &VirtualTime, duration: Duration) {
    time.run(time.sleep(duration));
}

/// A call that continues only when the test polls it.
struct Task<T> {
    future: Pin<Box<dyn Future<Output = T>>>,
}

impl<T> Task<T> {
    fn new(operation: impl IntoFuture<Output = T, IntoFuture: 'static>) -> Self {
        Self {
            future: Box::pin(operation.into_future()),
        }
    }

    /// Polls the call until it makes no more progress.
    fn step(&mut self) -> Option<T> {
        let mut context = Context::from_waker(Waker::noop());
        match self.future.as_mut().poll(&mut context) {
            Poll::Ready(output) => Some(output),
            Poll::Pending => None,
        }
    }

    /// Starts the call, and asserts that it waits.
    fn begun(operation: impl IntoFuture<Output = T, IntoFuture: 'static>) -> Self {
        let mut task = Self::new(operation);
        assert!(task.step().is_none(), "the call waits for nothing");
        task
    }

    fn end(&mut self) -> T {
        self.step().expect("the call has all that it waits for")
    }
}

/// Asserts that the call failed before anything was sent.
#[track_caller]
fn assert_not_sent<T: std::fmt::Debug>(result: Result<T, Error>) -> Error {
    let error = result.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credential, "{error}");
    assert!(error.to_string().contains("not sent"), "{error}");
    error
}
