//! What the reading of one document may cost: stack and repeated work.
//!
//! serde_json follows 128 levels of nesting, whatever the types are. A record with many fields takes so much stack for each level that a
//! thread may not have that much, and a stack that overflows ends the process. Unions without a tag are read once for each variant, inside
//! of one another in any combination. A server, or whoever speaks in its place, decides how often both happen.

use std::cell::Cell;

/// Half of what Rust's threads have by default, in bytes.
const MAX_STACK: usize = 1024 * 1024;

/// How often a document may be read over, on average, until it was read.
const MAX_READINGS: usize = 256;

/// What any document may cost, in bytes read.
const MIN_WORK: usize = 1024 * 1024;

#[derive(Clone, Copy)]
struct Limits {
    /// Where the stack stood when the reading began.
    stack: usize,
    /// How many bytes may still be read once more.
    work: usize,
}

thread_local! {
    static LIMITS: Cell<Option<Limits>> = const { Cell::new(None) };
}

/// Reads a document of this many bytes within limits; within those of the document that it is part of, where it is.
pub(crate) fn within<T>(length: usize, read: impl FnOnce() -> T) -> T {
    struct Scope;
    impl Drop for Scope {
        fn drop(&mut self) {
            LIMITS.set(None);
        }
    }
    if LIMITS.get().is_some() {
        return read();
    }
    let _scope = Scope;
    LIMITS.set(Some(Limits {
        stack: stack_position(),
        work: length.saturating_mul(MAX_READINGS).saturating_add(MIN_WORK),
    }));
    read()
}

/// Whether there is stack for another level of nesting. Always, where the reading did not begin in [`json`](crate::runtime::decode::json).
pub(crate) fn may_descend() -> bool {
    LIMITS
        .get()
        .is_none_or(|limits| limits.stack.abs_diff(stack_position()) < MAX_STACK)
}

/// Whether this many bytes may be read once more.
#[doc(hidden)]
#[must_use]
pub fn may_read_again(length: usize) -> bool {
    let Some(limits) = LIMITS.get() else {
        return true;
    };
    let work = limits.work.checked_sub(length);
    LIMITS.set(Some(Limits {
        work: work.unwrap_or(0),
        ..limits
    }));
    work.is_some()
}

/// An address in the current stack frame, to measure distances by.
#[inline(never)]
fn stack_position() -> usize {
    let here = 0_u8;
    std::ptr::from_ref(&here).addr()
}
