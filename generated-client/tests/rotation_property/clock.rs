//! Virtual time, which advances only when no task can proceed, to the next moment at which one can. This module knows sleepers and
//! scheduled events, but no clients or servers.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// An event that happens at a time.
type Event = Box<dyn FnOnce() + Send>;

/// A clock that does not advance while a task can proceed. Clones share their time.
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
    /// Returns the time since the start.
    pub(crate) fn now(&self) -> Duration {
        self.lock().now
    }

    /// Schedules `event` for the end of `delay`.
    pub(crate) fn schedule(&self, delay: Duration, event: impl FnOnce() + Send + 'static) {
        let mut state = self.lock();
        let at = state.now.saturating_add(delay);
        state.events.push((at, Box::new(event)));
    }

    /// Advances to the next moment at which something happens. Returns `false` if there is none. The caller decides whether events
    /// precede sleepers of the same moment, because both orders occur in reality.
    pub(crate) fn advance(&self, events_first: bool) -> bool {
        let mut state = self.lock();
        // Sleepers that are due, were woken or were not yet polled are not waited for again.
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
        // Both may use this clock.
        drop(state);
        events.into_iter().for_each(|(_, event)| event());
        wakers.into_iter().for_each(Waker::wake);
        true
    }

    /// Returns a future that ends after `duration`.
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
