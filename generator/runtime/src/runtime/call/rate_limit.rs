//! The rate limit that a response's headers describe.

use std::time::SystemTime;

use crate::runtime::call::response::Response;
use crate::runtime::call::retry_after::rate_limit_reset;
use crate::runtime::redact::redactor::one_line;
use crate::runtime::transport::head::{Head, text};

/// The maximum length of a limit's name, in characters.
const NAME_LIMIT: usize = 128;

/// The rate limit that a server describes. The units are the server's.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// The name of the limit.
    pub name: Option<String>,
    /// The number of requests allowed in the window.
    pub limit: Option<u64>,
    /// The number of requests left in the window.
    pub remaining: Option<u64>,
    /// The number of requests counted in the window.
    pub observed: Option<u64>,
    /// The end of the window.
    pub reset: Option<SystemTime>,
}

impl RateLimit {
    /// Reads the rate limit in a response. Returns `None` if the response has none of the headers in a readable form.
    pub(crate) fn of(head: &Head) -> Option<Self> {
        let (headers, names) = (&head.headers, &head.api.rate_limit_headers);
        let number = |name: Option<&str>| text(headers, name?)?.parse::<u64>().ok();
        let limit = Self {
            name: names
                .name
                .and_then(|name| text(headers, name))
                .map(|name| one_line(&head.redactor.redact(name), NAME_LIMIT))
                .filter(|name| !name.is_empty()),
            limit: number(names.limit),
            remaining: number(names.remaining),
            observed: number(names.observed),
            reset: names.reset.and_then(|name| rate_limit_reset(headers, name)),
        };
        let is_empty = limit.name.is_none()
            && limit.limit.is_none()
            && limit.remaining.is_none()
            && limit.observed.is_none()
            && limit.reset.is_none();
        (!is_empty).then_some(limit)
    }
}

impl<T> Response<T> {
    /// Returns the rate limit that the response's headers describe.
    #[must_use]
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::of(&self.head)
    }
}
