//! Spans of operations and attempts, with OpenTelemetry's names for HTTP (feature `tracing`). Without the feature, they compile to nothing.
//!
//! A span contains the method, the URL template, the server's address, the status and the class of an error. It never contains a query
//! string, a header, a body or the value of a parameter.

use crate::runtime::call::base_url::BaseUrl;
use crate::runtime::call::response::HttpResponse;
use crate::runtime::encode::request::HttpRequest;
use crate::runtime::error::Error;

/// A span, which may be disabled.
#[cfg(feature = "tracing")]
#[derive(Clone)]
pub(crate) struct Span(tracing::Span);

#[cfg(feature = "tracing")]
impl Span {
    /// Creates the span of a whole call.
    pub(crate) fn operation(request: &HttpRequest, server: &BaseUrl) -> Self {
        let info = request.info();
        Self(tracing::info_span!(
            "operation",
            "otel.name" = info.name,
            "otel.kind" = "internal",
            "http.request.method" = info.method.as_str(),
            "url.template" = template(request),
            "server.address" = server.host(),
            "server.port" = server.port(),
            "http.response.status_code" = tracing::field::Empty,
            "error.type" = tracing::field::Empty,
            "otel.status_code" = tracing::field::Empty,
        ))
    }

    /// Creates the span of one attempt of a call. `number` counts from 1.
    pub(crate) fn attempt(
        operation: &Self,
        request: &HttpRequest,
        server: &BaseUrl,
        number: u32,
    ) -> Self {
        let method = request.info().method.as_str();
        let template = template(request);
        let gap = if template.is_some() { " " } else { "" };
        let resend_count = number.checked_sub(2).map(|count| count + 1);
        Self(tracing::info_span!(
            parent: &operation.0,
            "attempt",
            "otel.name" = format_args!("{method}{gap}{}", template.unwrap_or_default()),
            "otel.kind" = "client",
            "http.request.method" = method,
            "url.template" = template,
            "server.address" = server.host(),
            "server.port" = server.port(),
            "http.request.resend_count" = resend_count,
            "http.response.status_code" = tracing::field::Empty,
            "error.type" = tracing::field::Empty,
            "otel.status_code" = tracing::field::Empty,
        ))
    }

    /// Runs work inside of the span.
    pub(crate) fn run<F: Future>(&self, work: F) -> impl Future<Output = F::Output> + use<F> {
        // The future of an `async fn` would contain the work twice.
        tracing::Instrument::instrument(work, self.0.clone())
    }

    /// Records the result.
    pub(crate) fn record(&self, result: &Result<HttpResponse, Error>) {
        let status = match result {
            Ok(response) => Some(response.status()),
            Err(error) => error.status(),
        };
        if let Some(status) = status {
            self.0.record("http.response.status_code", status.as_u16());
        }
        if let Err(error) = result {
            let kind = crate::runtime::call::observe::error_type(error);
            match status.filter(|_| kind == "status") {
                Some(status) => self.0.record("error.type", status.as_str()),
                None => self.0.record("error.type", kind),
            };
            self.0.record("otel.status_code", "ERROR");
        }
    }
}

#[cfg(feature = "tracing")]
impl Span {
    /// Records that the call was dropped while its request was in flight, and warns if the operation makes or ends a credential.
    pub(crate) fn cancelled(&self, operation: &'static str, changes_credential: bool) {
        self.0.record("error.type", "cancelled");
        self.0.record("otel.status_code", "ERROR");
        if changes_credential {
            tracing::warn!(
                parent: &self.0,
                operation,
                "the call was dropped while its request was in flight: the server may execute it, and a new secret in the response is lost"
            );
        }
    }
}

/// Returns the URL template, or `None` for a request without an operation.
#[cfg(feature = "tracing")]
fn template(request: &HttpRequest) -> Option<&'static str> {
    Some(request.template()).filter(|template| !template.is_empty())
}

/// Runs work that continues in another thread inside of the caller's span.
#[cfg(all(feature = "tracing", feature = "blocking"))]
pub(crate) fn in_callers_span<F: Future>(work: F) -> impl Future<Output = F::Output> {
    tracing::Instrument::in_current_span(work)
}

/// Returns the work unchanged.
#[cfg(all(not(feature = "tracing"), feature = "blocking"))]
pub(crate) fn in_callers_span<F: Future>(work: F) -> F {
    work
}

/// A disabled span.
#[cfg(not(feature = "tracing"))]
#[derive(Clone)]
pub(crate) struct Span;

#[cfg(not(feature = "tracing"))]
impl Span {
    pub(crate) fn operation(_: &HttpRequest, _: &BaseUrl) -> Self {
        Self
    }

    pub(crate) fn attempt(_: &Self, _: &HttpRequest, _: &BaseUrl, _: u32) -> Self {
        Self
    }

    pub(crate) fn run<F: Future>(&self, work: F) -> F {
        work
    }

    pub(crate) fn record(&self, _: &Result<HttpResponse, Error>) {}

    pub(crate) fn cancelled(&self, _: &'static str, _: bool) {}
}
