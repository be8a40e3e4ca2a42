//! A stateful stand-in for GitLab's personal access tokens API, for tests.
//!
//! [`FakeGitLab`] is an HTTP server on loopback that behaves as GitLab does. It has users, administrators and scopes, all filters of
//! the list, pagination, GitLab's error messages, and rotation with the reuse detection that revokes the descendants of a token. It
//! records requests byte for byte. A test can inject any [`Fault`] that a network can have. Any HTTP client can be tested with it.
//!
//! ```
//! use std::io::{Read, Write};
//! use gitlab_pat_fake::{FakeGitLab, TokenSpec};
//!
//! let gitlab = FakeGitLab::start()?;
//! let alice = gitlab.add_user("alice");
//! let token = gitlab.add_token(TokenSpec::new(&alice, "ci").scopes(["read_api"]));
//!
//! // The client under test. Here it is a socket.
//! let mut stream = std::net::TcpStream::connect(gitlab.url().trim_start_matches("http://"))?;
//! write!(
//!     stream,
//!     "GET /api/v4/personal_access_tokens/self HTTP/1.1\r\nHost: gitlab\r\nPRIVATE-TOKEN: {}\r\nConnection: close\r\n\r\n",
//!     token.secret(),
//! )?;
//! let mut response = String::new();
//! stream.read_to_string(&mut response)?;
//!
//! assert!(response.starts_with("HTTP/1.1 200 OK\r\n"));
//! assert!(response.contains(r#""scopes":["read_api"]"#));
//! assert_eq!(gitlab.requests()[0].header("private-token"), Some(token.secret()));
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! # The clock
//!
//! Each instance has a clock of its own. It is fixed at [`FakeGitLab::DEFAULT_NOW`], which is `2026-12-01T09:00:00Z`, so that a
//! test gives the same result on every day. A test sets another time with [`Settings::now`] or [`FakeGitLab::set_now`] and moves it with
//! [`FakeGitLab::advance`]. Tokens expire, rate limits reset and timestamps are taken by this clock. [`Settings::system_clock`] uses
//! the real time instead.
//!
//! ```
//! use gitlab_pat_fake::{FakeGitLab, TokenSpec};
//! use jiff::{SignedDuration, civil::date};
//!
//! let gitlab = FakeGitLab::start()?;
//! assert_eq!(gitlab.now().to_string(), "2026-12-01T09:00:00Z");
//!
//! let alice = gitlab.add_user("alice");
//! let token = gitlab.add_token(TokenSpec::new(&alice, "ci").expires_at(date(2026, 12, 2)));
//! assert!(gitlab.token(token.id()).is_some_and(|token| token.active));
//! gitlab.advance(SignedDuration::from_hours(15));
//! assert!(gitlab.token(token.id()).is_some_and(|token| !token.active));
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! # Waiting without sleeping
//!
//! No test has to sleep. The server waits for the test at a [`Gate`]. The test waits until the server has arrived at a gate
//! ([`Gate::wait_arrived`], [`Gate::arrived`]) or until requests have arrived ([`FakeGitLab::wait_for_requests`],
//! [`FakeGitLab::requests_received`]).
//!
//! # Clients in other languages
//!
//! The example `serve` runs an instance until it is stopped, and prints its URL and tokens. See the README.

mod canned;
mod counter;
mod delivery;
mod fault;
mod faults;
mod gate;
mod gitlab;
mod gzip;
mod json;
mod late;
mod log;
mod operation;
mod origin;
mod request;
mod response;
mod server;
mod wire;

pub use delivery::Delivery;
pub use fault::Fault;
pub use faults::{Faults, Matcher, NewRule};
pub use gate::Gate;
pub use gitlab::{
    FakeGitLab, FamilyRevocation, GranularScope, Group, NewToken, OtherCredential, Project,
    Session, Settings, TokenSpec, TokenView, User, Visibility,
};
pub use late::LateDelivery;
pub use operation::Operation;
pub use origin::RecordingServer;
pub use request::{CredentialKind, RecordedRequest, SeenCredential};
pub use response::FakeResponse;
pub use wire::Wire;

/// The examples of the README compile and run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
