//! Ctrl-C and requests to terminate, which end the program only between two rotations.

use std::io::{self, Write as _};

use tokio::task::JoinHandle;

/// The signals that ask a program to end.
#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
    hangup: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn listen() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            hangup: signal(SignalKind::hangup())?,
        })
    }

    /// Waits for any signal.
    async fn any(&mut self) -> Option<()> {
        tokio::select! {
            received = self.interrupt.recv() => received,
            received = self.terminate.recv() => received,
            received = self.hangup.recv() => received,
        }
    }

    /// Waits for Ctrl-C. A supervisor that ends a session may send several other signals.
    async fn ctrl_c(&mut self) -> Option<()> {
        self.interrupt.recv().await
    }
}

#[cfg(windows)]
struct Signals(tokio::signal::windows::CtrlC);

#[cfg(windows)]
impl Signals {
    fn listen() -> io::Result<Self> {
        tokio::signal::windows::ctrl_c().map(Self)
    }

    async fn any(&mut self) -> Option<()> {
        self.ctrl_c().await
    }

    async fn ctrl_c(&mut self) -> Option<()> {
        self.0.recv().await
    }
}

/// A listener for Ctrl-C, SIGTERM and SIGHUP. The rotation in progress is finished first, since a response that is not read loses the new
/// secret. Also a program under `nohup` ends after SIGHUP.
#[derive(Debug)]
pub struct Interruption(JoinHandle<()>);

impl Interruption {
    /// Starts to listen. When this returns, the signals no longer end the program by themselves. Must be called in a Tokio runtime.
    pub fn listen() -> io::Result<Self> {
        // One listener for both, so that the second is not missed however soon it follows the message.
        let mut signals = Signals::listen()?;
        Ok(Self(tokio::spawn(async move {
            if signals.any().await.is_none() {
                return;
            }
            // After SIGHUP, there may be no terminal to write to.
            let _ = writeln!(
                io::stderr(),
                "finishing the rotation in progress; Ctrl-C again stops at once and may lose a secret"
            );
            tokio::spawn(async move {
                if signals.ctrl_c().await.is_some() {
                    std::process::exit(130);
                }
            });
        })))
    }

    /// Returns whether a signal was received.
    pub fn is_requested(&self) -> bool {
        self.0.is_finished()
    }
}
