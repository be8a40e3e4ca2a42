//! The client under test. Only this module knows the methods for rotations.

use std::time::{Duration, Instant, SystemTime};

use gitlab_pat::{Auth, Client};

use gitlab_pat::transport::{Sleep, Timer};

use crate::clock::Clock;
use crate::network::Network;
use crate::plan::Case;

/// Creates a client on this network with this replacement cooldown.
pub(crate) fn client(
    case: &Case,
    replacement_cooldown: Duration,
    network: &Network,
    secret: &str,
) -> Client {
    let timer = Time {
        clock: network.clock().clone(),
        start: Instant::now(),
        jitter: case.jitter,
    };
    Client::builder()
        .base_url("https://gitlab.example.com")
        .expect("a base URL")
        .auth(Auth::private_token(secret))
        .timeout(case.timeout)
        .replacement_cooldown(replacement_cooldown)
        .transport(network.clone())
        .timer(timer)
        .build()
        .expect("a client")
}

/// Returns the maximum duration of a call. A verified call checks, waits for the rest of the replacement cooldown, and checks again.
pub(crate) fn longest(case: &Case, verified: bool) -> Duration {
    if verified {
        case.timeout * 2 + case.replacement_cooldown.max(case.timeout)
    } else {
        case.timeout
    }
}

/// The wall clock's time at the start.
pub(crate) const EPOCH: u64 = 1_800_000_000;

/// The clock as the client's timer.
struct Time {
    clock: Clock,
    start: Instant,
    jitter: u8,
}

impl Timer for Time {
    fn sleep(&self, duration: Duration) -> Sleep {
        Box::pin(self.clock.sleep(duration))
    }

    fn now(&self) -> Instant {
        self.start + self.clock.now()
    }

    fn system_time(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(EPOCH) + self.clock.now()
    }

    fn jitter(&self, ceiling: Duration) -> Duration {
        ceiling * u32::from(self.jitter) / 255
    }
}
