//! Work by several threads. Where the system gives none, the present thread does it all.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, Builder};

/// Returns what the work makes of each item, in the order of the items. Work begins in that order, too.
#[must_use]
pub fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    map_by(Builder::new, threads, items, work)
}

/// Returns what two pieces of work return. The first is done in a thread of its own.
pub(crate) fn both<A: Send, B>(
    first: impl FnMut() -> A + Send,
    second: impl FnOnce() -> B,
) -> (A, B) {
    both_by(Builder::new(), first, second)
}

fn map_by<T: Sync, R: Send>(
    builder: impl Fn() -> Builder,
    threads: usize,
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let run = || {
        let mut results = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else {
                return results;
            };
            results.push((index, work(item)));
        }
    };
    let mut results = thread::scope(|scope| {
        let others: Vec<_> = (1..threads.min(items.len()))
            .map_while(|_| builder().spawn_scoped(scope, run).ok())
            .collect();
        let mut results = run();
        for other in others {
            results.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        results
    });
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

fn both_by<A: Send, B>(
    builder: Builder,
    mut first: impl FnMut() -> A + Send,
    second: impl FnOnce() -> B,
) -> (A, B) {
    let (done, second) = thread::scope(|scope| {
        let thread = builder.spawn_scoped(scope, &mut first).ok();
        let second = second();
        let done = thread.map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)));
        (done, second)
    });
    (done.unwrap_or_else(first), second)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Asks for a larger stack than there is.
    fn refused() -> Builder {
        Builder::new().stack_size(usize::MAX / 8)
    }

    #[test]
    fn the_present_thread_works_where_there_is_no_other() {
        assert!(refused().spawn(|| ()).is_err());
        let present = thread::current().id();
        let work = |number: &u32| (number * 2, thread::current().id());
        let doubled = map_by(refused, 4, &[1, 2, 3], work);
        assert_eq!(doubled, [(2, present), (4, present), (6, present)]);
        let id = || thread::current().id();
        assert_eq!(both_by(refused(), id, id), (present, present));
    }

    #[test]
    fn two_threads_work_where_they_can() {
        let id = || thread::current().id();
        let (first, second) = both(id, id);
        assert_ne!(first, second);
        assert_eq!(second, id());
    }
}
