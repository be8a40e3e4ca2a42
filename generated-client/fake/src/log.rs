//! The log of recorded requests. Knows requests as data.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::counter::Counter;
use crate::request::RecordedRequest;

#[derive(Debug)]
pub(crate) struct RequestLog {
    requests: Mutex<VecDeque<RecordedRequest>>,
    limit: usize,
    received: Counter,
}

impl RequestLog {
    /// Creates a log that keeps the newest `limit` requests.
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            requests: Mutex::default(),
            limit,
            received: Counter::default(),
        }
    }

    pub(crate) fn push(&self, request: RecordedRequest) {
        let mut requests = self.lock();
        requests.push_back(request);
        while requests.len() > self.limit {
            requests.pop_front();
        }
        drop(requests);
        self.received.increment();
    }

    pub(crate) fn snapshot(&self) -> Vec<RecordedRequest> {
        self.lock().iter().cloned().collect()
    }

    pub(crate) fn clear(&self) {
        self.lock().clear();
    }

    /// Counts every request since the start, cleared and dropped ones included.
    pub(crate) fn received(&self) -> &Counter {
        &self.received
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<RecordedRequest>> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
