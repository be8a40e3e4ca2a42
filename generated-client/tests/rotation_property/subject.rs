//! The client under test, and the only place that names what it promises about rotations. STUB: what today's client does not
//! have is marked so and does nothing.

use std::time::{Duration, Instant, SystemTime};

use gitlab_pat::operations::personal_access_tokens::RotateSelf;
use gitlab_pat::{Auth, Client, Error, Sleep, Timer};

use crate::clock::Clock;
use crate::network::Network;
use crate::plan::Case;

/// Whether the client guards rotations. STUB: `true` with the client that does.
pub(crate) const GUARDED: bool = false;

/// What an error says of the token that was to be replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "today's client says nothing of it")]
pub(crate) enum Replacement {
    NotReplaced,
    Replaced,
    Unknown,
}

/// STUB: the settle time is used.
pub(crate) fn client(
    case: &Case,
    _settle_time: Duration,
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
        // STUB: .settle_time(settle_time)
        .transport(network.clone())
        .timer(timer)
        .build()
        .expect("a client")
}

/// STUB: `call.adopt()`.
pub(crate) fn adopt(call: RotateSelf<Client>) -> RotateSelf<Client> {
    call
}

/// STUB: `call.checked()`.
pub(crate) fn checked(call: RotateSelf<Client>) -> RotateSelf<Client> {
    call
}

/// STUB: `client.set_auth(auth)`. Says whether the client took it.
pub(crate) fn set_auth(_client: &Client, _auth: Auth) -> bool {
    false
}

/// STUB: `error.replacement_outcome()`.
pub(crate) fn replacement(error: &Error) -> Option<Replacement> {
    error.is_outcome_unknown().then_some(Replacement::Unknown)
}

/// STUB: `error.kind() == ErrorKind::Credential`.
pub(crate) fn is_refused_locally(_error: &Error) -> bool {
    false
}

/// The longest that a call may take. A checked one waits for the settle time and asks twice.
pub(crate) fn longest(case: &Case, checked: bool) -> Duration {
    if checked && GUARDED {
        case.timeout * 3 + case.settle_time
    } else {
        case.timeout
    }
}

/// The wall clock at the start.
pub(crate) const EPOCH: u64 = 1_800_000_000;

/// The clock as the client's timer.
struct Time {
    clock: Clock,
    start: Instant,
    #[allow(dead_code, reason = "today's client does not repeat anything")]
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

    // STUB: fn jitter(&self, ceiling: Duration) -> Duration {
    //     ceiling * u32::from(self.jitter) / 255
    // }
}
