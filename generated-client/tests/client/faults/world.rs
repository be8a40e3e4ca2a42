//! One call with a server of its own, a fault and a client, and what both observed.

use std::sync::Arc;
use std::time::Duration;

use gitlab_pat::{Auth, Client, Error};
use gitlab_pat_fake::{CredentialKind, FakeGitLab, RecordedRequest, TokenSpec};

use super::clock::Clock;
use super::operations::{Kind, OTHER};
use super::retries;
use super::row::{Row, Times, Trouble};
use super::sees::Sees;
use crate::support::{Exchange, TOKEN, block_on};

/// The number of tokens before the call.
const TOKENS: usize = 2;

/// More than any valid response, and less than any response that is meant to be too large.
const MAX_RESPONSE_SIZE: usize = 64 * 1024;

/// Everything that determines a call.
#[derive(Clone, Copy)]
pub(super) struct World<'row> {
    pub(super) row: &'row Row,
    pub(super) kind: Kind,
    pub(super) retries: bool,
    pub(super) read_timeout: Option<Duration>,
}

/// The observations of a call.
#[derive(Debug, PartialEq)]
pub(super) struct Observed {
    pub(super) sees: Sees,
    pub(super) requests: usize,
    pub(super) pauses: Vec<Duration>,
    /// Violations of what is true for every fault.
    pub(super) wrong: Vec<String>,
}

/// Applies the settings of both clients.
macro_rules! configured {
    ($builder:expr, $world:expr, $gitlab:expr, $clock:expr) => {{
        let builder = $builder
            .base_url(&$gitlab.url())
            .expect("a base URL")
            .auth(Auth::private_token(TOKEN))
            .max_response_size(MAX_RESPONSE_SIZE)
            // The clock's pauses take no time, so that any deadline would pass at once, and a busy machine is not a fault.
            .timeout(None)
            .connect_timeout(None)
            .read_timeout($world.read_timeout)
            .timer($clock.clone());
        if $world.retries {
            builder
        } else {
            retries::none!(builder)
        }
    }};
}

impl World<'_> {
    /// Runs a call of the async client.
    pub(super) fn observe(&self, exchange: &Exchange) -> Observed {
        let (gitlab, clock) = self.start();
        let builder = configured!(Client::builder(), self, gitlab, clock);
        let client = builder.build().expect("a client");
        let result = block_on((exchange.send)(&client));
        self.observed(&gitlab, &clock, &result)
    }

    /// Runs a call of the blocking client.
    #[cfg(feature = "blocking")]
    pub(super) fn observe_blocking(&self, exchange: &Exchange) -> Observed {
        let (gitlab, clock) = self.start();
        let builder = gitlab_pat::blocking::Client::builder();
        let builder = configured!(builder, self, gitlab, clock);
        let client = builder.build().expect("a client");
        let result = (exchange.send_blocking)(&client);
        self.observed(&gitlab, &clock, &result)
    }

    /// Returns a server with the fault, and a clock that reopens a closed port.
    fn start(&self) -> (Arc<FakeGitLab>, Clock) {
        let gitlab = Arc::new(FakeGitLab::start().expect("a server"));
        let ann = gitlab.add_user("ann");
        gitlab.add_token(TokenSpec::new(&ann, "calling").id(4_001).secret(TOKEN));
        gitlab.add_token(TokenSpec::new(&ann, "other").id(OTHER));
        match (&self.row.trouble, self.row.times) {
            (Trouble::Fault(fault), Times::Always) => gitlab.faults().always(fault.clone()),
            (Trouble::Fault(fault), Times::First(count)) => {
                let any = gitlab_pat_fake::Matcher::any();
                gitlab.faults().on(any).times(count, fault.clone());
            }
            (Trouble::PortClosed, Times::Always) => {
                gitlab.refuse_connections().expect("a closed port");
            }
            (Trouble::PortClosed, Times::First(count)) => {
                gitlab.refuse_connections().expect("a closed port");
                let server = Arc::clone(&gitlab);
                let clock = Clock::new(move |pause| {
                    if pause == count {
                        server.accept_connections().expect("an open port");
                    }
                });
                return (gitlab, clock);
            }
        }
        (gitlab, Clock::new(|_| ()))
    }

    fn observed(&self, gitlab: &FakeGitLab, clock: &Clock, result: &Result<(), Error>) -> Observed {
        let requests = gitlab.requests();
        let sees = Sees::of(result);
        let mut wrong: Vec<String> = requests.iter().filter_map(wrong_credentials).collect();
        wrong.extend(self.wrong_effect(gitlab, &sees));
        if let Err(error) = result {
            wrong.extend(wrong_text(error));
        }
        let pauses = clock.pauses();
        Observed {
            sees,
            requests: requests.len(),
            pauses: pauses.into_iter().filter(|p| !p.is_zero()).collect(),
            wrong,
        }
    }

    /// Returns a description of a wrong effect: an operation that must not be retried was executed twice, or although its error
    /// excludes that.
    fn wrong_effect(&self, gitlab: &FakeGitLab, sees: &Sees) -> Option<String> {
        if !gitlab.family_revocations().is_empty() {
            return Some("a rotation was sent with a revoked token".to_owned());
        }
        // A late request arrives now.
        gitlab.deliver_late();
        if !gitlab.family_revocations().is_empty() {
            return Some("a late rotation met a revoked token".to_owned());
        }
        let made = gitlab.tokens().len() - TOKENS;
        let is_right = match self.kind {
            Kind::Safe | Kind::Idempotent => made == 0,
            Kind::Create | Kind::Replace if sees.is_not_executed() => made == 0,
            Kind::Create | Kind::Replace => made <= 1,
        };
        (!is_right).then(|| format!("{made} tokens were made"))
    }
}

/// Returns a description of the credentials of a request, unless it has the expected one.
fn wrong_credentials(request: &RecordedRequest) -> Option<String> {
    let seen = request.credentials();
    let [credential] = seen.as_slice() else {
        return Some(format!("{request:?} has credentials {seen:?}"));
    };
    let is_ours = credential.kind() == CredentialKind::PrivateToken && credential.value() == TOKEN;
    (!is_ours).then(|| format!("{request:?} has another credential, {credential:?}"))
}

/// Returns a description of an error's text, if it shows a credential or has several lines.
fn wrong_text(error: &Error) -> Option<String> {
    [format!("{error}"), format!("{error:?}")]
        .into_iter()
        .find(|text| text.contains(TOKEN) || text.contains('\n'))
}
