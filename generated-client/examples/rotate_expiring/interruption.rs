//! Ctrl-C, which ends the program only between two rotations.

use std::io;

use futures_util::FutureExt as _;
use tokio::task::JoinHandle;

/// A listener for Ctrl-C. The rotation in progress is finished first, since a response that is not read loses the new secret.
#[derive(Debug)]
pub struct Interruption(JoinHandle<()>);

impl Interruption {
    /// Starts to listen. When this returns, Ctrl-C no longer ends the program by itself. Must be called in a Tokio runtime.
    pub fn listen() -> io::Result<Self> {
        let mut first = Box::pin(tokio::signal::ctrl_c());
        // The first poll installs the handler.
        let arrived = first.as_mut().now_or_never().transpose()?;
        Ok(Self(tokio::spawn(async move {
            if arrived.is_none() && first.await.is_err() {
                return;
            }
            eprintln!(
                "finishing the rotation in progress; Ctrl-C again stops at once and may lose a secret"
            );
            tokio::spawn(async {
                if tokio::signal::ctrl_c().await.is_ok() {
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
