//! The rate limit that the headers of a page describe.

use crate::runtime::call::rate_limit::RateLimit;
use crate::runtime::page::Page;

impl<T> Page<T> {
    /// Returns the rate limit that the response's headers describe.
    #[must_use]
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::of(&self.head)
    }
}
