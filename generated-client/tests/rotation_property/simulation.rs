//! Runs a case: a user with two tokens, a client of one of them, its callers, and a check at the end whether the client still works.
//! The case determines everything.

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use gitlab_pat::{Auth, Client};
use gitlab_pat_fake::{FakeGitLab, TokenSpec};

use crate::caller::{Knowledge, World, run};
use crate::judge::{Judge, Sightings};
use crate::network::Network;
use crate::plan::Case;
use crate::subject::client;

/// Longer than any case, whose pauses, replacement cooldowns and retries take less.
const LIMIT: Duration = Duration::from_secs(15 * 3_600);

/// How the callers use clients.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    /// One client and its clones, with a replacement cooldown that covers all late requests.
    Proper,
    /// A separate client for each caller.
    ClientEach,
    /// One client with a replacement cooldown that is too short.
    ShortCooldown,
}

/// Resets the instance and runs a case against it. Returns the observations, or the violation with its history.
pub(crate) fn simulate(
    gitlab: &Arc<FakeGitLab>,
    case: &Case,
    usage: Use,
) -> Result<Sightings, String> {
    // The history takes more time than the case, so it is recorded only after a violation.
    play(gitlab, case, usage, false).or_else(|_| play(gitlab, case, usage, true))
}

fn play(
    gitlab: &Arc<FakeGitLab>,
    case: &Case,
    usage: Use,
    logs: bool,
) -> Result<Sightings, String> {
    gitlab.reset();
    let alice = gitlab.add_user("alice");
    let own = gitlab.add_token(TokenSpec::new(&alice, "own").scopes(["api"]));
    let other = gitlab.add_token(TokenSpec::new(&alice, "other").scopes(["api"]));
    let network = Network::new(case, gitlab);
    network.know(&own);
    network.know(&other);
    if logs {
        network.record_history();
    }
    let world = Arc::new(World {
        case: case.clone(),
        judge: Judge::new(&network),
        network,
        calls: Mutex::new(vec![None; case.callers.len()]),
        knowledge: Mutex::new(Knowledge::new(own.id(), other.id())),
    });
    let replacement_cooldown = match usage {
        Use::Proper | Use::ClientEach => case.replacement_cooldown,
        Use::ShortCooldown => case.replacement_cooldown / 4,
    };
    let new_client = || client(case, replacement_cooldown, &world.network, own.secret());
    let shared = new_client();
    let tasks = case.callers.iter().enumerate().map(|(caller, steps)| {
        let client = match usage {
            Use::Proper | Use::ShortCooldown => shared.clone(),
            Use::ClientEach => new_client(),
        };
        Task::new(run(Arc::clone(&world), caller, client, steps.clone()))
    });
    match drive(&world, tasks.collect()) {
        Err(violation) => world.judge.object(violation),
        Ok(()) => {
            world.judge.at_rest();
            if world.judge.verdict().is_ok() && usage == Use::Proper {
                use_afterwards(&world, &shared);
                world.judge.at_rest();
            }
        }
    }
    world.judge.verdict()
}

/// Checks that the client works with an active token: it reads at once, and rotates when no late request can arrive.
fn use_afterwards(world: &Arc<World>, client: &Client) {
    let gitlab = world.network.gitlab();
    let secret = gitlab
        .tokens()
        .iter()
        .filter(|token| token.active && token.name == "own")
        .find_map(|token| world.network.secret(token.id));
    let Some(secret) = secret else {
        return world.judge.object("no token of the line is active".into());
    };
    let auth = Auth::private_token(secret);
    client.set_auth(auth).expect("a secret that can be sent");
    world.network.clear_faults();
    let (client, usable) = (client.clone(), Arc::clone(world));
    let replacement_cooldown = world.case.replacement_cooldown;
    let work = async move {
        let tokens = client.personal_access_tokens();
        if let Err(error) = tokens.get_self().await {
            usable
                .judge
                .object(format!("the client can't read: {error}"));
        }
        usable.network.clock().sleep(replacement_cooldown).await;
        if let Err(error) = tokens.rotate_self().await {
            usable
                .judge
                .object(format!("the client can't rotate: {error}"));
        }
    };
    if let Err(violation) = drive(world, vec![Task::new(work)]) {
        world.judge.object(violation);
    }
}

struct Task {
    work: Option<Pin<Box<dyn Future<Output = ()>>>>,
    woken: Arc<Flag>,
}

struct Flag(AtomicBool);

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Task {
    fn new(work: impl Future<Output = ()> + 'static) -> Self {
        Self {
            work: Some(Box::pin(work)),
            woken: Arc::new(Flag(AtomicBool::new(true))),
        }
    }

    fn is_ready(&self) -> bool {
        self.work.is_some() && self.woken.0.load(Ordering::Relaxed)
    }

    fn poll(&mut self) {
        let Some(work) = &mut self.work else { return };
        self.woken.0.store(false, Ordering::Relaxed);
        let waker = Waker::from(Arc::clone(&self.woken));
        if let Poll::Ready(()) = work.as_mut().poll(&mut Context::from_waker(&waker)) {
            self.work = None;
        }
    }
}

/// Runs the tasks until they end, and then advances the time until nothing more happens.
fn drive(world: &World, mut tasks: Vec<Task>) -> Result<(), String> {
    let clock = world.network.clock();
    let mut order = world.case.order;
    loop {
        let ready: Vec<usize> = (0..tasks.len())
            .filter(|index| tasks.get(*index).is_some_and(Task::is_ready))
            .collect();
        // A linear congruential generator (Knuth's MMIX) selects one of them.
        order = order
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let picked = ready
            .get((order >> 33) as usize % ready.len().max(1))
            .copied();
        if let Some(task) = picked.and_then(|index| tasks.get_mut(index)) {
            let calls = world.calls.lock().unwrap_or_else(PoisonError::into_inner);
            let call = picked.and_then(|index| calls.get(index).copied().flatten());
            drop(calls);
            world.network.set_current(call);
            task.poll();
            world.network.set_current(None);
        } else if !clock.advance(world.case.server_first) {
            break;
        }
        if clock.now() > LIMIT {
            return Err("it does not come to an end".into());
        }
    }
    if tasks.iter().any(|task| task.work.is_some()) {
        return Err("a call waits for nothing".into());
    }
    Ok(())
}
