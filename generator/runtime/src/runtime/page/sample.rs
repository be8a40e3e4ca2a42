//! Pages for tests, without a response.

use std::sync::{Arc, OnceLock};

use http::{HeaderMap, StatusCode};
use url::Url;

use crate::runtime::api::operation::{ApiInfo, ErrorBodyInfo, RateLimitHeaders};
use crate::runtime::page::Page;
use crate::runtime::page::next::{Evidence, Next};
use crate::runtime::redact::redactor::Redactor;
use crate::runtime::transport::head::Head;

/// An API whose description contains nothing about responses.
static NO_API: ApiInfo = ApiInfo {
    name: "",
    version: "",
    package: "",
    package_version: "",
    default_base_url: None,
    base_path: None,
    error_body: ErrorBodyInfo {
        message: &[],
        code: &[],
        required_scopes: &[],
    },
    request_id_headers: &[],
    rate_limit_headers: RateLimitHeaders {
        limit: None,
        remaining: None,
        observed: None,
        name: None,
        reset: None,
    },
    credential_places: &[],
};

impl<T> Page<T> {
    /// Creates a page without a next page, for tests.
    #[must_use]
    pub fn from_items(items: Vec<T>) -> Self {
        Self {
            next: Next::Last,
            evidence: Evidence::of_only_page(items.len()),
            head: Arc::new(Head::empty()),
            items,
        }
    }

    /// Sets the number of the next page, for tests.
    #[must_use]
    pub fn with_next_page(mut self, number: u32) -> Self {
        self.next = Next::Named(number);
        self
    }

    /// Sets the number of items on all pages, for tests.
    #[must_use]
    pub fn with_total(mut self, total: u64) -> Self {
        self.evidence.total = Some(total);
        self
    }

    /// Sets the number of pages, for tests.
    #[must_use]
    pub fn with_total_pages(mut self, total_pages: u64) -> Self {
        self.evidence.total_pages = Some(total_pages);
        self
    }

    /// Sets the request id, for tests.
    #[must_use]
    pub fn with_request_id(mut self, request_id: &str) -> Self {
        self.head = Arc::new(Head::empty().with_request_id(request_id));
        self
    }
}

impl Head {
    /// Creates the head of a response that no server sent.
    fn empty() -> Self {
        let url = Url::parse("about:blank").expect("the text is a URL");
        let (status, headers) = (StatusCode::OK, HeaderMap::new());
        Self::new(
            "sample",
            status,
            headers,
            url,
            &NO_API,
            &Redactor::default(),
        )
    }

    /// Sets the id that the server assigned to the request.
    fn with_request_id(mut self, request_id: &str) -> Self {
        self.request_id = OnceLock::from(Some(request_id.to_owned()));
        self
    }
}
