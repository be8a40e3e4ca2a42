//! Coalesces equal calls that are in flight at the same time: one exchange, and its result for all callers.
//!
//! The exchange continues as long as a caller waits for it, whichever caller started it.

use std::sync::{Mutex, PoisonError};

use futures_util::FutureExt;
use futures_util::future::{Shared, WeakShared};

use crate::runtime::call::guard::ExchangeFuture;
use crate::runtime::call::options::RequestOptions;
use crate::runtime::call::response::HttpResponse;
use crate::runtime::encode::request::HttpRequest;
use crate::runtime::error::Error;
use crate::runtime::transport::timer::Deadline;

/// The in-flight calls that can be coalesced.
#[derive(Default)]
pub(crate) struct SingleFlight(Mutex<Vec<InFlightCall>>);

struct InFlightCall {
    request: HttpRequest,
    options: RequestOptions,
    exchange: WeakShared<ExchangeFuture>,
}

impl SingleFlight {
    /// Returns the exchange of an equal in-flight call, or else the one that `begin` creates.
    pub(crate) fn coalesce(
        &self,
        request: &HttpRequest,
        options: &RequestOptions,
        begin: impl FnOnce() -> ExchangeFuture,
    ) -> Coalesced {
        let mut calls = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        calls.retain(|call| is_in_flight(&call.exchange));
        let equal = calls
            .iter()
            .filter(|call| call.request.is_same(request) && call.options == *options)
            .find_map(|call| call.exchange.upgrade());
        if let Some(exchange) = equal {
            return Coalesced::Other(exchange);
        }
        let exchange = begin().shared();
        if let Some(weak) = exchange.downgrade() {
            calls.push(InFlightCall {
                request: request.clone(),
                options: options.clone(),
                exchange: weak,
            });
        }
        Coalesced::First(exchange)
    }
}

/// An exchange, and whether this call started it.
pub(crate) enum Coalesced {
    First(Shared<ExchangeFuture>),
    Other(Shared<ExchangeFuture>),
}

impl Coalesced {
    /// Returns the result of the exchange, or `late` if the exchange of another call does not end before this deadline.
    pub(crate) async fn outcome(
        self,
        patience: Option<Deadline>,
        late: Error,
    ) -> Result<HttpResponse, Error> {
        match (self, patience) {
            (Self::Other(exchange), Some(deadline)) => {
                deadline.run(exchange).await.unwrap_or(Err(late))
            }
            (Self::First(exchange) | Self::Other(exchange), _) => exchange.await,
        }
    }
}

fn is_in_flight(exchange: &WeakShared<ExchangeFuture>) -> bool {
    exchange
        .upgrade()
        .is_some_and(|exchange| exchange.peek().is_none())
}
