//! A stateful stand-in for GitLab's personal access tokens API, for tests.
//!
//! [`FakeGitLab`] is an HTTP server on loopback that behaves as GitLab does: users, administrators and scopes, every
//! filter of the list, pagination, rotation with the reuse detection that revokes a token's family, GitLab's own error
//! texts. It records what arrives byte for byte, and it fails in any way that a network can, by script: [`Fault`].
//! It knows nothing of the client that talks to it.
//!
//! ```
//! use std::io::{Read, Write};
//! use gitlab_pat_fake::{FakeGitLab, TokenSpec};
//!
//! let gitlab = FakeGitLab::start()?;
//! let alice = gitlab.add_user("alice");
//! let token = gitlab.add_token(TokenSpec::new(&alice, "ci").scopes(["read_api"]));
//!
//! // Any client will do; here it is a socket.
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
//! # Waiting without sleeping
//!
//! The instance's clock stands still until a test moves it ([`FakeGitLab::set_now`], [`FakeGitLab::advance`]). Where
//! the server has to wait for the test it waits at a [`Gate`], and a test can wait until the server has arrived there,
//! or until a request has ([`FakeGitLab::wait_for_requests`]).

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
