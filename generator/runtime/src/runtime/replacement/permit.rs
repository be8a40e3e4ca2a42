//! Permits for requests that replace a credential: a read-write lock for each credential.

use std::sync::Arc;

use tokio::sync::Notify;

use crate::runtime::replacement::registry::Entry;
use crate::runtime::replacement::state::Target;

/// The right to send, which is released when it is dropped.
pub(crate) struct Permit {
    lock: Lock,
    /// Dropped after the lock.
    release: Release,
}

/// A lock guard, held for its `Drop` implementation.
enum Lock {
    Alone(tokio::sync::OwnedRwLockWriteGuard<()>),
    Shared(tokio::sync::OwnedRwLockReadGuard<()>),
}

/// Wakes the calls in `settled` when it is dropped.
struct Release(Arc<Notify>);

impl Drop for Release {
    fn drop(&mut self) {
        self.0.notify_waiters();
    }
}

impl Permit {
    /// Acquires the permit, unless another call holds it or waits for it.
    pub(crate) fn try_acquire(entry: &Entry, target: &Target) -> Option<Self> {
        let permit = Arc::clone(&entry.permit);
        let alone = entry.lock().may_replace_own(target);
        let lock = if alone {
            permit.try_write_owned().ok().map(Lock::Alone)
        } else {
            permit.try_read_owned().ok().map(Lock::Shared)
        };
        lock.map(|lock| Self {
            lock,
            release: Release(Arc::clone(&entry.released)),
        })
    }

    /// Converts to a permit that can be held at the same time as others of its kind.
    pub(crate) fn shared(self) -> Self {
        let Self { lock, release } = self;
        let lock = match lock {
            Lock::Alone(lock) => Lock::Shared(lock.downgrade()),
            Lock::Shared(lock) => Lock::Shared(lock),
        };
        release.0.notify_waiters();
        Self { lock, release }
    }

    pub(crate) async fn acquire(entry: &Entry, target: &Target) -> Self {
        // Before the wait, because a call that is dropped in the queue may own the lock already.
        let release = Release(Arc::clone(&entry.released));
        let permit = Arc::clone(&entry.permit);
        let alone = entry.lock().may_replace_own(target);
        let lock = if alone {
            Lock::Alone(permit.write_owned().await)
        } else {
            Lock::Shared(permit.read_owned().await)
        };
        Self { lock, release }
    }
}

/// Waits until no call has the permit for itself alone.
///
/// The waiting call is not in the lock's queue. The lock belongs to the call that is first there, even if its future is not polled again.
pub(crate) async fn settled(entry: &Entry) {
    loop {
        let released = entry.released.notified();
        if entry.permit.try_read().is_ok() {
            return;
        }
        released.await;
    }
}
