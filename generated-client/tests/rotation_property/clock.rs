//! Virtual time: it moves only when nobody can go on, and then to the next moment at which somebody can. Knows sleepers and
//! scheduled events, nothing of clients and servers.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// What happens at a moment without anybody waiting for it.
type Event = Box<dyn FnOnce() + Send>;

/// A clock that stands still while anybody can go on. Clones show the same time.
#[derive(Clone, Default)]
pub(crate) struct Clock {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    now: Duration,
    next: u64,
    sleepers: Vec<Sleeper>,
    events: Vec<(Duration, Event)>,
}

struct Sleeper {
    id: u64,
    until: Duration,
    waker: Option<Waker>,
}

impl Clock {
    /// The time since the start.
    pub(crate) fn now(&self) -> Duration {
        self.lock().now
    }

    /// Has `event` happen once `delay` has passed.
    pub(crate) fn schedule(&self, delay: Duration, event: impl FnOnce() + Send + 'static) {
        let mut state = self.lock();
        let at = state.now.saturating_add(delay);
        state.events.push((at, Box::new(event)));
    }

    /// Moves to the next moment at which anything happens; false where nothing ever will. Whether events come before sleepers
    /// of the same moment is the caller's choice: both orders happen in reality.
    pub(crate) fn advance(&self, events_first: bool) -> bool {
        let mut state = self.lock();
        // Whose time has come and who was woken, or has not looked yet, is not waited for again.
        let now = state.now;
        let sleepers = state
            .sleepers
            .iter()
            .filter(|sleeper| sleeper.until > now || sleeper.waker.is_some())
            .map(|sleeper| sleeper.until);
        let Some(next) = sleepers.chain(state.events.iter().map(|(at, _)| *at)).min() else {
            return false;
        };
        let now = now.max(next);
        state.now = now;
        let wakers: Vec<Waker> = state
            .sleepers
            .iter_mut()
            .filter(|sleeper| sleeper.until <= now)
            .filter_map(|sleeper| sleeper.waker.take())
            .collect();
        let events = if events_first || wakers.is_empty() {
            let (due, later) = std::mem::take(&mut state.events)
                .into_iter()
                .partition(|(at, _)| *at <= now);
            state.events = later;
            due
        } else {
            Vec::new()
        };
        // Both may come back to this clock.
        drop(state);
        events.into_iter().for_each(|(_, event)| event());
        wakers.into_iter().for_each(Waker::wake);
        true
    }

    /// Ends after `duration`.
    pub(crate) fn sleep(&self, duration: Duration) -> Nap {
        let mut state = self.lock();
        let id = state.next;
        state.next += 1;
        let until = state.now.saturating_add(duration);
        state.sleepers.push(Sleeper {
            id,
            until,
            waker: None,
        });
        drop(state);
        Nap {
            clock: self.clone(),
            id,
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A sleep on a [`Clock`].
pub(crate) struct Nap {
    clock: Clock,
    id: u64,
}

impl Future for Nap {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut state = self.clock.lock();
        let now = state.now;
        let sleeper = state
            .sleepers
            .iter_mut()
            .find(|sleeper| sleeper.id == self.id);
        match sleeper {
            Some(sleeper) if sleeper.until > now => {
                sleeper.waker = Some(context.waker().clone());
                Poll::Pending
            }
            _ => Poll::Ready(()),
        }
    }
}

impl Drop for Nap {
    fn drop(&mut self) {
        self.clock
            .lock()
            .sleepers
            .retain(|sleeper| sleeper.id != self.id);
    }
}
