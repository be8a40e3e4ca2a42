//! One call in a world of its own: a server with a fault in it, a client, and what both saw.

use std::sync::Arc;
use std::time::Duration;

use gitlab_pat::{Auth, Client, Error};
use gitlab_pat_fake::{CredentialKind, FakeGitLab, RecordedRequest, TokenSpec};

use super::clock::Clock;
use super::operations::{Kind, OTHER};
use super::retries;
use super::row::{Row, Strikes, Trouble};
use super::sees::Sees;
use crate::support::{Exchange, TOKEN, block_on};

/// The tokens of a world before the call.
const TOKENS: usize = 2;

/// More than any response of a server that is well, and less than any that is meant to be too large.
const MAX_RESPONSE_SIZE: usize = 64 * 1024;

/// Everything that decides a call.
#[derive(Clone, Copy)]
pub(super) struct World<'row> {
    pub(super) row: &'row Row,
    pub(super) kind: Kind,
    pub(super) retries: bool,
    pub(super) read_timeout: Option<Duration>,
}

/// What was seen of a call.
#[derive(Debug, PartialEq)]
pub(super) struct Observed {
    pub(super) sees: Sees,
    pub(super) requests: usize,
    pub(super) pauses: Vec<Duration>,
    /// What must not be, whatever the fault.
    pub(super) wrong: Vec<String>,
}

/// The settings of either client.
macro_rules! configured {
    ($builder:expr, $world:expr, $gitlab:expr, $clock:expr) => {{
        let builder = $builder
            .base_url(&$gitlab.url())
            .expect("a base URL")
            .auth(Auth::private_token(TOKEN))
            .max_response_size(MAX_RESPONSE_SIZE)
            // The clock's pauses take no time, so that any deadline would come at once; and a busy machine is no fault.
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

    /// A server in trouble, and a clock that ends the trouble where it is one of the listener's.
    fn start(&self) -> (Arc<FakeGitLab>, Clock) {
        let gitlab = Arc::new(FakeGitLab::start().expect("a server"));
        let ann = gitlab.add_user("ann");
        gitlab.add_token(TokenSpec::new(&ann, "calling").id(4_001).secret(TOKEN));
        gitlab.add_token(TokenSpec::new(&ann, "other").id(OTHER));
        match (&self.row.trouble, self.row.strikes) {
            (Trouble::Fault(fault), Strikes::Always) => gitlab.faults().always(fault.clone()),
            (Trouble::Fault(fault), Strikes::First(count)) => {
                let any = gitlab_pat_fake::Matcher::any();
                gitlab.faults().on(any).times(count, fault.clone());
            }
            (Trouble::NobodyListens, Strikes::Always) => {
                gitlab.refuse_connections().expect("a closed port");
            }
            (Trouble::NobodyListens, Strikes::First(count)) => {
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

    /// What is not to be repeated is done once at most, and once exactly where the caller is told so.
    fn wrong_effect(&self, gitlab: &FakeGitLab, sees: &Sees) -> Option<String> {
        if !gitlab.family_revocations().is_empty() {
            return Some("a rotation was sent with a revoked token".to_owned());
        }
        // A request that is late arrives now.
        gitlab.deliver_late();
        if !gitlab.family_revocations().is_empty() {
            return Some("a late rotation met a revoked token".to_owned());
        }
        let made = gitlab.tokens().len() - TOKENS;
        let told = match self.kind {
            Kind::Safe | Kind::Idempotent => made == 0,
            Kind::Create | Kind::Replace if sees.says_nothing_was_done() => made == 0,
            Kind::Create | Kind::Replace => made <= 1,
        };
        (!told).then(|| format!("{made} tokens were made"))
    }
}

/// A request carries the credential, once, where it belongs.
fn wrong_credentials(request: &RecordedRequest) -> Option<String> {
    let seen = request.credentials();
    let [credential] = seen.as_slice() else {
        return Some(format!("{request:?} has credentials {seen:?}"));
    };
    let is_ours = credential.kind() == CredentialKind::PrivateToken && credential.value() == TOKEN;
    (!is_ours).then(|| format!("{request:?} has another credential, {credential:?}"))
}

/// An error shows no credential, and is one line.
fn wrong_text(error: &Error) -> Option<String> {
    [format!("{error}"), format!("{error:?}")]
        .into_iter()
        .find(|text| text.contains(TOKEN) || text.contains('\n'))
}
