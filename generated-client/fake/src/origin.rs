//! A plain second origin: records what arrives and says one thing. For tests that cross origins.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use crate::faults::Faults;
use crate::request::RecordedRequest;
use crate::response::FakeResponse;
use crate::server::{Handler, ListenOptions, Server};

/// A server on loopback that records every request and gives every one the same response.
///
/// It is another origin than any [`FakeGitLab`](crate::FakeGitLab), for tests of redirects and pagination links that
/// leave the server: what it recorded shows what a client let out.
pub struct RecordingServer {
    server: Server,
    fixed: Arc<Fixed>,
}

#[derive(Debug)]
struct Fixed(Mutex<FakeResponse>);

impl Handler for Fixed {
    fn response(&self, _request: &RecordedRequest) -> FakeResponse {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

impl RecordingServer {
    /// Starts a server on a free port of `127.0.0.1`.
    ///
    /// # Errors
    ///
    /// The operating system has no port, thread or file descriptor left.
    pub fn start(response: FakeResponse) -> io::Result<Self> {
        let fixed = Arc::new(Fixed(Mutex::new(response)));
        let options = ListenOptions {
            ipv6: false,
            keep_alive: true,
            record_limit: usize::MAX,
        };
        let handler: Arc<dyn Handler> = Arc::clone(&fixed) as _;
        Ok(Self {
            server: Server::start(handler, &options)?,
            fixed,
        })
    }

    /// Its address, without a slash at the end.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.server.address())
    }

    /// Changes what it says.
    pub fn set_response(&self, response: FakeResponse) {
        *self.fixed.0.lock().unwrap_or_else(PoisonError::into_inner) = response;
    }

    /// The requests so far, in the order in which they arrived.
    #[must_use]
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.server.shared.log.snapshot()
    }

    /// The faults in store.
    #[must_use]
    pub fn faults(&self) -> &Faults {
        &self.server.shared.faults
    }

    /// How many connections were accepted so far.
    #[must_use]
    pub fn connections(&self) -> u64 {
        self.server.connections()
    }
}

impl std::fmt::Debug for RecordingServer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("RecordingServer")
            .field("url", &self.url())
            .finish_non_exhaustive()
    }
}
