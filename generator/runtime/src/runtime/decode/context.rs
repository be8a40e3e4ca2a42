//! The state of the decoding in progress on this thread.
//!
//! serde's traits have no parameter for it, so the decoded types share it here: the limits, the number of unknown values, how whole numbers are
//! written, and the error that one of them raised.

use std::cell::{Cell, RefCell};

use crate::runtime::decode::json::JsonError;
use crate::runtime::decode::limits::Limits;

/// The state of one thread.
pub(crate) struct Context {
    /// The limits of the document. `None` if no document is being decoded.
    pub(crate) limits: Cell<Option<Limits>>,
    /// The number of values that the document lists and this program does not know.
    pub(crate) unknown: Cell<usize>,
    pub(crate) whole_numbers: Cell<WholeNumbers>,
    raised: RefCell<Option<Raised>>,
    marks: Cell<u64>,
}

/// How the whole numbers of the document are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WholeNumbers {
    /// As in the response.
    AsReceived,
    /// As in the response, and a type needs them as digits.
    Wanted,
    /// As digits, if they have 64 bits.
    Digits,
}

/// An error that a type of this runtime raised.
struct Raised {
    mark: u64,
    error: JsonError,
}

thread_local! {
    static CONTEXT: Context = const {
        Context {
            limits: Cell::new(None),
            unknown: Cell::new(0),
            whole_numbers: Cell::new(WholeNumbers::AsReceived),
            raised: RefCell::new(None),
            marks: Cell::new(0),
        }
    };
}

/// Runs `read` with the context of this thread.
#[inline]
pub(crate) fn with<T>(read: impl FnOnce(&Context) -> T) -> T {
    CONTEXT.with(read)
}

impl Context {
    /// Keeps an error and returns the text that serde's error must contain for [`raised`](Self::raised) to return it.
    ///
    /// Returns `None` if no document is being decoded, since no reader asks for the error then.
    pub(crate) fn raise(&self, error: &JsonError) -> Option<String> {
        self.limits.get()?;
        let mark = self.marks.get().wrapping_add(1);
        self.marks.set(mark);
        let error = error.clone();
        self.raised.replace(Some(Raised { mark, error }));
        Some(text(mark))
    }

    /// Takes the error that was kept last, if `message` is that of serde's error for it. Another type may have recovered from it.
    pub(crate) fn raised(&self, message: &str) -> Option<JsonError> {
        let raised = self.raised.take()?;
        message.contains(&text(raised.mark)).then_some(raised.error)
    }
}

/// Returns the text that marks an error. serde escapes the control characters of the values that it quotes.
fn text(mark: u64) -> String {
    format!("\u{1}{mark}\u{1}")
}
