//! A second origin for tests: records requests and sends a fixed response.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use crate::faults::Faults;
use crate::request::RecordedRequest;
use crate::response::FakeResponse;
use crate::server::{Handler, ListenOptions, Server};

/// A server on loopback that records every request and sends the same response to each of them.
///
/// Its origin differs from that of every [`FakeGitLab`](crate::FakeGitLab). For redirects and pagination links to another
/// origin, its record shows what a client has sent there.
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
    /// Returns an error if the operating system has no port, thread or file descriptor left.
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

    /// Returns the server's URL, without a trailing slash.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.server.address())
    }

    /// Changes the response.
    pub fn set_response(&self, response: FakeResponse) {
        *self.fixed.0.lock().unwrap_or_else(PoisonError::into_inner) = response;
    }

    /// Returns the requests so far, in the order in which they arrived.
    #[must_use]
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.server.shared.log.snapshot()
    }

    /// Returns the faults that are going to be injected.
    #[must_use]
    pub fn faults(&self) -> &Faults {
        &self.server.shared.faults
    }

    /// Returns how many connections have been accepted so far.
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
