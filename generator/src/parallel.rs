//! Work by several threads. Where the system gives none, the present thread does it all.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, Builder};

/// Returns what the work makes of each item, in the order of the items. Work begins in that order, too.
#[must_use]
pub fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    map_by(Builder::new, threads(), None::<fn()>, items, work).1
}

/// Returns what [`map`] returns, and what another piece of work returns that begins before it. `None` if that piece was not done, which
/// happens only if it panicked.
pub(crate) fn map_beside<A: Send, T: Sync, R: Send>(
    beside: impl FnOnce() -> A + Send,
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
) -> (Option<A>, Vec<R>) {
    map_by(Builder::new, threads(), Some(beside), items, work)
}

fn threads() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

fn map_by<A: Send, T: Sync, R: Send>(
    builder: impl Fn() -> Builder,
    threads: usize,
    beside: Option<impl FnOnce() -> A + Send>,
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
) -> (Option<A>, Vec<R>) {
    let pieces = items.len() + usize::from(beside.is_some());
    let beside = Mutex::new(beside);
    let next = AtomicUsize::new(0);
    let run = || {
        // Nothing panics while the lock is held.
        let taken = beside.lock().ok().and_then(|mut beside| beside.take());
        let first = taken.map(|beside| beside());
        let mut results = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else {
                return (first, results);
            };
            results.push((index, work(item)));
        }
    };
    let (first, mut results) = thread::scope(|scope| {
        let others: Vec<_> = (1..threads.min(pieces))
            .map_while(|_| builder().spawn_scoped(scope, run).ok())
            .collect();
        let (mut first, mut results) = run();
        for other in others {
            let (its_first, its_results) =
                other.join().unwrap_or_else(|panic| resume_unwind(panic));
            first = first.or(its_first);
            results.extend(its_results);
        }
        (first, results)
    });
    results.sort_by_key(|(index, _)| *index);
    (
        first,
        results.into_iter().map(|(_, result)| result).collect(),
    )
}

#[cfg(test)]
mod tests {
    use std::sync::Barrier;

    use super::*;

    /// Asks for a larger stack than there is.
    fn refused() -> Builder {
        Builder::new().stack_size(usize::MAX / 8)
    }

    #[test]
    fn the_present_thread_works_where_there_is_no_other() {
        assert!(refused().spawn(|| ()).is_err());
        let id = || thread::current().id();
        let present = id();
        let work = |number: &u32| (number * 2, id());
        let (first, doubled) = map_by(refused, 4, Some(id), &[1, 2, 3], work);
        assert_eq!(first, Some(present));
        assert_eq!(doubled, [(2, present), (4, present), (6, present)]);
    }

    #[test]
    fn two_threads_work_where_they_can() {
        let barrier = Barrier::new(2);
        let work = |_: &u32| {
            barrier.wait();
            thread::current().id()
        };
        let (_, ids) = map_by(Builder::new, 2, None::<fn()>, &[1, 2], work);
        assert_ne!(ids[0], ids[1]);
        assert!(ids.contains(&thread::current().id()));
    }

    #[test]
    fn work_beside_is_done_once_and_at_the_same_time() {
        let barrier = Barrier::new(2);
        let beside = || {
            barrier.wait();
            "done"
        };
        let work = |number: &u32| {
            barrier.wait();
            number + 1
        };
        let result = map_by(Builder::new, 2, Some(beside), &[1], work);
        assert_eq!(result, (Some("done"), vec![2]));
        let nothing: [u32; 0] = [];
        assert_eq!(map_beside(|| 5, &nothing, |_| ()), (Some(5), Vec::new()));
    }
}
