//! Permits for requests that replace a credential: a read-write lock for each credential.

use std::sync::Arc;

use crate::runtime::replacement::registry::Entry;
use crate::runtime::replacement::state::Target;

/// The right to send, which is released when it is dropped.
pub(crate) struct Permit {
    lock: Lock,
}

/// A lock guard, held for its `Drop` implementation.
enum Lock {
    Alone(tokio::sync::OwnedRwLockWriteGuard<()>),
    Shared(tokio::sync::OwnedRwLockReadGuard<()>),
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
        lock.map(|lock| Self { lock })
    }

    /// Converts to a permit that can be held at the same time as others of its kind.
    pub(crate) fn shared(self) -> Self {
        let lock = match self.lock {
            Lock::Alone(lock) => Lock::Shared(lock.downgrade()),
            Lock::Shared(lock) => Lock::Shared(lock),
        };
        Self { lock }
    }

    pub(crate) async fn acquire(entry: &Entry, target: &Target) -> Self {
        let permit = Arc::clone(&entry.permit);
        let alone = entry.lock().may_replace_own(target);
        let lock = if alone {
            Lock::Alone(permit.write_owned().await)
        } else {
            Lock::Shared(permit.read_owned().await)
        };
        Self { lock }
    }
}
