//! When a reader of a stream gives up. A stream goes on after an error that may pass, for ever if it never does; after any other error
//! it must end.

/// As many errors that may pass as a reader takes.
const MOST_ERRORS: usize = 4;

#[derive(Default)]
pub(crate) struct Patience {
    errors: usize,
    has_failed: bool,
}

impl Patience {
    pub(crate) fn is_left(&self) -> bool {
        self.errors < MOST_ERRORS
    }

    /// Takes note of an item.
    pub(crate) fn after<T, E>(&mut self, item: &Result<T, E>, is_retryable: impl Fn(&E) -> bool) {
        assert!(!self.has_failed, "a stream goes on after its last error");
        if let Err(error) = item {
            self.errors += 1;
            self.has_failed = !is_retryable(error);
        }
    }
}
