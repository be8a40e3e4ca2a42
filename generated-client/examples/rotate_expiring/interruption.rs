//! Ctrl-C, which ends the program only between two rotations.

use std::io;

use tokio::task::JoinHandle;

#[cfg(unix)]
fn ctrl_c() -> io::Result<tokio::signal::unix::Signal> {
    use tokio::signal::unix::{SignalKind, signal};
    signal(SignalKind::interrupt())
}

#[cfg(windows)]
use tokio::signal::windows::ctrl_c;

/// A listener for Ctrl-C. The rotation in progress is finished first, since a response that is not read loses the new secret.
#[derive(Debug)]
pub struct Interruption(JoinHandle<()>);

impl Interruption {
    /// Starts to listen. When this returns, Ctrl-C no longer ends the program by itself. Must be called in a Tokio runtime.
    pub fn listen() -> io::Result<Self> {
        // One listener for both, so that the second is not missed however soon it follows the message.
        let mut presses = ctrl_c()?;
        Ok(Self(tokio::spawn(async move {
            if presses.recv().await.is_none() {
                return;
            }
            eprintln!(
                "finishing the rotation in progress; Ctrl-C again stops at once and may lose a secret"
            );
            tokio::spawn(async move {
                if presses.recv().await.is_some() {
                    std::process::exit(130);
                }
            });
        })))
    }

    /// Returns whether Ctrl-C was pressed.
    pub fn is_requested(&self) -> bool {
        self.0.is_finished()
    }
}
