//! Limits on the stack and on the repeated work that decoding one document may take.
//!
//! serde_json accepts 128 levels of nesting for every type. A record with many fields can take more stack per level than a thread has, and
//! a stack overflow aborts the process. An untagged union is read once for each variant, and unions can be nested. The server, or an
//! attacker in its place, controls both.

use crate::runtime::decode::context;

/// The maximum stack, in bytes: half of the default for Rust threads.
const MAX_STACK: usize = 1024 * 1024;

/// How many times a document may be read again, on average.
const MAX_READINGS: usize = 256;

/// The number of bytes that may be read again for any document, however small.
const MIN_WORK: usize = 1024 * 1024;

/// What decoding one document may still take.
#[derive(Clone, Copy)]
pub(crate) struct Limits {
    /// The stack position at which decoding began.
    stack: usize,
    /// The number of bytes that may still be read again.
    work: usize,
}

fn get() -> Option<Limits> {
    context::with(|context| context.limits.get())
}

fn set(limits: Option<Limits>) {
    context::with(|context| context.limits.set(limits));
}

/// Runs `read` for a document of `length` bytes within limits. A nested document shares the limits of the enclosing one.
pub(crate) fn within<T>(length: usize, read: impl FnOnce() -> T) -> T {
    struct Scope;
    impl Drop for Scope {
        fn drop(&mut self) {
            set(None);
        }
    }
    if get().is_some() {
        return read();
    }
    let _scope = Scope;
    set(Some(Limits {
        stack: stack_position(),
        work: length.saturating_mul(MAX_READINGS).saturating_add(MIN_WORK),
    }));
    read()
}

/// Returns whether the stack has room for another level of nesting. Always returns `true` outside of
/// [`json`](crate::runtime::decode::json).
pub(crate) fn may_descend() -> bool {
    get().is_none_or(|limits| limits.stack.abs_diff(stack_position()) < MAX_STACK)
}

/// Returns whether `length` bytes may be read again.
#[doc(hidden)]
#[must_use]
pub fn may_read_again(length: usize) -> bool {
    let Some(limits) = get() else {
        return true;
    };
    let work = limits.work.checked_sub(length);
    set(Some(Limits {
        work: work.unwrap_or(0),
        ..limits
    }));
    work.is_some()
}

/// Returns an address in the current stack frame, for measuring distances.
#[inline(never)]
fn stack_position() -> usize {
    let here = 0_u8;
    std::ptr::from_ref(&here).addr()
}
