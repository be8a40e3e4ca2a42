//! The error that ends a list. It knows nothing of why a list ends.

use crate::runtime::error::Error;

impl Error {
    /// Makes this the error that ends a list. It is not retryable, because nothing repeats the call. `reason` contains no secret.
    pub(crate) fn ending_list(mut self, reason: String) -> Self {
        self.inner.list_end = Some(reason);
        self
    }
}
