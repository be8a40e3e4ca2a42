//! A timer that uses Tokio's clock.

use std::time::{Duration, Instant};

use crate::runtime::transport::timer::{Sleep, Timer};

/// Sleeps on the Tokio runtime in which a call is awaited. A test can pause Tokio's clock.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct TokioTimer;

impl Timer for TokioTimer {
    fn sleep(&self, duration: Duration) -> Sleep {
        Box::pin(tokio::time::sleep(duration))
    }

    fn now(&self) -> Instant {
        tokio::time::Instant::now().into_std()
    }

    fn is_available(&self) -> bool {
        tokio::runtime::Handle::try_current().is_ok()
    }
}
