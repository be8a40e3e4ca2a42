//! Requests that are delivered late: received, not yet executed. Knows requests as data.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::request::RecordedRequest;
use crate::response::FakeResponse;

/// A request that was executed late, and the response that no client waited for.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct LateDelivery {
    /// The request.
    pub request: RecordedRequest,
    /// The response that the server would have sent.
    pub response: FakeResponse,
}

#[derive(Debug, Default)]
pub(crate) struct HeldRequests {
    requests: Mutex<Vec<RecordedRequest>>,
}

impl HeldRequests {
    pub(crate) fn hold(&self, request: RecordedRequest) {
        self.lock().push(request);
    }

    /// Takes all requests, in the order in which they arrived.
    pub(crate) fn take_all(&self) -> Vec<RecordedRequest> {
        std::mem::take(&mut *self.lock())
    }

    /// Takes the request at this index, in the order in which they arrived.
    pub(crate) fn take(&self, index: usize) -> Option<RecordedRequest> {
        let mut requests = self.lock();
        if index < requests.len() {
            Some(requests.remove(index))
        } else {
            None
        }
    }

    pub(crate) fn snapshot(&self) -> Vec<RecordedRequest> {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, Vec<RecordedRequest>> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
