//! Callers: naive users who make their calls, drop some, repeat failed ones, and set the credentials that they receive. They know
//! only what such users know, not what the server did.

use std::collections::BTreeMap;
use std::future::{Future, IntoFuture};
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::future::{Either, select};
use gitlab_pat::types::PersonalAccessTokenWithToken;
use gitlab_pat::{Auth, Client, Error, RequestOptions};

use crate::judge::{Judge, Rotation, expiry_date};
use crate::network::Network;
use crate::plan::{Action, Case, Repeat, Step, With};
use crate::subject::longest;

/// The state that the callers share.
pub(crate) struct World {
    pub(crate) case: Case,
    pub(crate) network: Network,
    pub(crate) judge: Judge,
    /// The current call of each caller.
    pub(crate) calls: Mutex<Vec<Option<usize>>>,
    pub(crate) knowledge: Mutex<Knowledge>,
}

/// The common knowledge of the callers.
pub(crate) struct Knowledge {
    next_call: usize,
    /// The newest token that any of them received.
    newest: Option<(i64, String)>,
    /// The token that the client uses.
    in_use: i64,
    /// The newest known token of each chain of rotations, by the first token of the chain.
    lines: BTreeMap<i64, i64>,
}

impl Knowledge {
    pub(crate) fn new(own: i64, other: i64) -> Self {
        Self {
            next_call: 0,
            newest: None,
            in_use: own,
            lines: BTreeMap::from([(own, own), (other, other)]),
        }
    }
}

/// The end of a call.
enum Ended {
    Succeeded,
    Failed(Option<Duration>),
    Dropped,
}

/// A planned call.
struct Call<'world> {
    world: &'world World,
    number: usize,
    caller: usize,
    patience: Option<Duration>,
}

/// Makes the calls of a caller.
pub(crate) async fn run(world: Arc<World>, caller: usize, client: Client, steps: Vec<Step>) {
    let clock = world.network.clock().clone();
    for step in steps {
        clock.sleep(step.pause).await;
        let mut again = step.again.iter();
        while let Ended::Failed(requested) = world.make(caller, &client, &step).await {
            match again.next() {
                None => break,
                Some(Repeat::AtOnce) => {}
                Some(Repeat::AfterRequestedPause) => {
                    clock.sleep(requested.unwrap_or_default()).await
                }
                Some(Repeat::After(pause)) => clock.sleep(*pause).await,
            }
        }
    }
}

impl World {
    fn knowledge(&self) -> MutexGuard<'_, Knowledge> {
        self.knowledge
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn enter(&self, caller: usize, call: Option<usize>) {
        let mut calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(place) = calls.get_mut(caller) {
            *place = call;
        }
        drop(calls);
        self.network.set_current(call);
    }

    async fn make(&self, caller: usize, client: &Client, step: &Step) -> Ended {
        let (number, in_use, newest, other) = {
            let mut knowledge = self.knowledge();
            knowledge.next_call += 1;
            let line = self.line(&knowledge, knowledge.in_use);
            let other = knowledge
                .lines
                .iter()
                .find(|(first, _)| Some(**first) != line);
            (
                knowledge.next_call,
                knowledge.in_use,
                knowledge.newest.clone(),
                other.map_or(knowledge.in_use, |(_, newest)| *newest),
            )
        };
        let call = Call {
            world: self,
            number,
            caller,
            patience: step.patience,
        };
        self.network
            .note(|| format!("caller {caller} makes call {number}: {:?}", step.action));
        let tokens = client.personal_access_tokens();
        let by_id = |id, expiry| {
            let call = tokens.rotate(id);
            match expiry_date(expiry) {
                Some(date) => call.expires_at(date),
                None => call,
            }
        };
        match step.action {
            Action::List => call.read(tokens.list().into_future()).await,
            Action::GetSelf => call.read(tokens.get_self().into_future()).await,
            Action::SetAuth { bearer } => {
                if let Some((id, secret)) = newest {
                    let auth = if bearer {
                        Auth::bearer(secret)
                    } else {
                        Auth::private_token(secret)
                    };
                    client.set_auth(auth).expect("a secret that can be sent");
                    self.knowledge().in_use = id;
                    self.network.note(|| format!("the client uses token {id}"));
                    self.judge.see(|sightings| sightings.new_credentials += 1);
                }
                Ended::Succeeded
            }
            Action::RotateOwn { expiry } => {
                let rotation = Rotation {
                    id: Some(in_use),
                    expiry,
                };
                let work = by_id(in_use, expiry).into_future();
                call.rotate(rotation, false, false, work).await
            }
            Action::RotateOther { expiry } => {
                let rotation = Rotation {
                    id: Some(other),
                    expiry,
                };
                let work = by_id(other, expiry).into_future();
                call.rotate(rotation, false, false, work).await
            }
            Action::RotateSelf {
                adopt: adopts,
                verified: checks,
                expiry,
                with,
            } => {
                let mut work = tokens.rotate_self();
                if let Some(date) = expiry_date(expiry) {
                    work = work.expires_at(date);
                }
                let own = newest.filter(|_| with == With::Newest);
                // The client does not adopt a token in place of a credential that is not its own.
                let adopts = adopts && own.is_none();
                if adopts {
                    work = work.adopt();
                }
                if checks {
                    work = work.verify_outcome();
                }
                if let Some((_, secret)) = own {
                    let options = RequestOptions::new().auth(Auth::private_token(secret));
                    work = work.options(options);
                }
                let rotation = Rotation { id: None, expiry };
                call.rotate(rotation, adopts, checks, work.into_future())
                    .await
            }
        }
    }

    /// Returns the first token of this token's chain of rotations.
    fn line(&self, knowledge: &Knowledge, mut id: i64) -> Option<i64> {
        while !knowledge.lines.contains_key(&id) {
            id = self.network.gitlab().token(id)?.parent?;
        }
        Some(id)
    }

    fn learn(&self, token: &PersonalAccessTokenWithToken, adopted: bool) {
        let mut knowledge = self.knowledge();
        let line = self.line(&knowledge, token.id);
        if let Some(newest) = line.and_then(|line| knowledge.lines.get_mut(&line)) {
            *newest = (*newest).max(token.id);
        }
        knowledge.newest = Some((token.id, token.token.expose_secret().to_owned()));
        if adopted {
            knowledge.in_use = token.id;
        }
    }
}

impl Call<'_> {
    /// Runs the call until it ends, which must be in time, or until the caller drops it.
    async fn run<T>(
        &self,
        verified: bool,
        work: impl Future<Output = Result<T, Error>>,
    ) -> Option<Result<T, Error>> {
        let Self {
            world,
            number,
            caller,
            patience,
        } = self;
        let clock = world.network.clock();
        let started = clock.now();
        world.enter(*caller, Some(*number));
        // The future belongs to this call while it is dropped, too, not only while it is polled.
        let ended = {
            let mut work = Box::pin(work);
            match patience {
                None => Some(work.as_mut().await),
                Some(patience) => match select(work, pin!(clock.sleep(*patience))).await {
                    Either::Left((result, _)) => Some(result),
                    Either::Right(_) => None,
                },
            }
        };
        world.enter(*caller, None);
        match &ended {
            None => {
                world.network.note(|| format!("call {number} is dropped"));
                world.judge.see(|sightings| sightings.given_up += 1);
            }
            Some(Ok(_)) => world.network.note(|| format!("call {number} succeeds")),
            Some(Err(error)) => world.network.note(|| {
                format!(
                    "call {number} fails: {error:?}; {:?}, again after {:?}",
                    error.replacement_outcome(),
                    error.retry_after(),
                )
            }),
        }
        let took = clock.now() - started;
        if took > longest(&world.case, verified) {
            world
                .judge
                .object(format!("call {number} took {took:?}, too long"));
        }
        ended
    }

    async fn read<T>(self, work: impl Future<Output = Result<T, Error>>) -> Ended {
        match self.run(false, work).await {
            None => Ended::Dropped,
            Some(Ok(_)) => Ended::Succeeded,
            Some(Err(error)) => Ended::Failed(error.retry_after()),
        }
    }

    async fn rotate(
        self,
        rotation: Rotation,
        adopts: bool,
        verified: bool,
        work: impl Future<Output = Result<PersonalAccessTokenWithToken, Error>>,
    ) -> Ended {
        let judge = &self.world.judge;
        match self.run(verified, work).await {
            None => Ended::Dropped,
            Some(Ok(token)) => {
                judge.rotated(self.number, rotation, &token);
                self.world.learn(&token, adopts);
                Ended::Succeeded
            }
            Some(Err(error)) => {
                judge.failed(self.number, rotation, &error);
                Ended::Failed(error.retry_after())
            }
        }
    }
}
