//! Pagination: the pages of a list and the position of the next page.

#[cfg(feature = "blocking")]
pub mod blocking;
mod evidence;
pub(crate) mod link;
pub mod lossy;
pub(crate) mod next;
mod paginator;
pub mod stream;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use serde::de::DeserializeOwned;

use crate::runtime::call::Operation;
use crate::runtime::call::response::HttpResponse;
use crate::runtime::error::Error;
use crate::runtime::page::next::Next;
use crate::runtime::transport::head::{Head, RateLimit};

/// A description of how the pages of a list are requested and found.
#[derive(Debug, Clone, Copy)]
pub struct PaginationInfo {
    /// The query parameter for the page number.
    pub page_parameter: &'static str,
    /// The number of the first page.
    pub first_page: u32,
    /// The header with the number of the next page. It is empty on the last page.
    pub next_page_header: Option<&'static str>,
    /// The header with the number of the current page.
    pub page_header: Option<&'static str>,
    /// The header with the number of items per page.
    pub page_size_header: Option<&'static str>,
    /// The header with the number of items on all pages.
    pub total_header: Option<&'static str>,
    /// The header with the number of pages.
    pub total_pages_header: Option<&'static str>,
    /// The header with links to other pages (RFC 8288).
    pub link_header: Option<&'static str>,
    /// Whether a link to another origin is ignored. A server writes the host that it is configured with, which may differ from the host
    /// that was called.
    pub ignores_foreign_links: bool,
    /// Whether another page may be requested if the response does not indicate one.
    pub may_guess: bool,
    /// The status of the response for a page after the last one. If it is `None`, that response is an empty page.
    pub past_end_status: Option<u16>,
}

/// An operation that returns a page of a list.
pub trait Paginated: Operation<Output = Page<Self::Item>> {
    /// The type of an item.
    type Item: PageItem;

    /// The description of the pagination.
    const PAGINATION: &'static PaginationInfo;

    /// Sets the page to request.
    fn set_page(&mut self, page: PageToken);
}

/// An item of a page.
pub trait PageItem: Sized {
    /// Decodes the items in the response of the operation with this name.
    ///
    /// # Errors
    ///
    /// Returns an error if the body is not a list of such items.
    fn items(response: &HttpResponse, operation: &'static str) -> Result<Vec<Self>, Error>;
}

impl<T: DeserializeOwned> PageItem for T {
    fn items(response: &HttpResponse, _: &'static str) -> Result<Vec<Self>, Error> {
        response.json()
    }
}

/// The position of a page in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageToken(u32);

impl PageToken {
    /// Returns the page number.
    #[must_use]
    pub fn number(self) -> u32 {
        self.0
    }

    pub(crate) fn new(number: u32) -> Self {
        Self(number)
    }
}

impl From<PageToken> for i64 {
    fn from(page: PageToken) -> Self {
        Self::from(page.0)
    }
}

impl From<PageToken> for i32 {
    fn from(page: PageToken) -> Self {
        Self::try_from(page.0).unwrap_or(Self::MAX)
    }
}

/// One page of a list.
#[derive(Clone)]
#[non_exhaustive]
pub struct Page<T> {
    /// The items, in the server's order.
    pub items: Vec<T>,
    pub(crate) next: Next,
    /// The page number in the response.
    pub(crate) number: Option<PageToken>,
    total: Option<u64>,
    total_pages: Option<u64>,
    pub(crate) head: Arc<Head>,
}

#[cfg(feature = "test-util")]
impl<T> Page<T> {
    /// Creates a page without a next page, for tests.
    #[must_use]
    pub fn from_items(items: Vec<T>) -> Self {
        Self {
            items,
            next: Next::Last,
            number: None,
            total: None,
            total_pages: None,
            head: Arc::new(Head::empty()),
        }
    }
}

impl<T> Page<T> {
    /// Returns the next page, or `None` on the last page.
    ///
    /// If the response does not indicate whether there is a next page, this is the page that a stream requests next
    /// ([`is_next_page_guessed`](Page::is_next_page_guessed)). The list then ends at the first empty page.
    ///
    /// If the response is contradictory ([`contradiction`](Page::contradiction)), this is the possible next page. A stream ends with an
    /// error there.
    #[must_use]
    pub fn next_page(&self) -> Option<PageToken> {
        match self.next {
            Next::Named(number)
            | Next::Counted(number)
            | Next::Guessed(number)
            | Next::Contradictory(number, _) => Some(PageToken(number)),
            Next::Last | Next::Unreachable(_) => None,
        }
    }

    /// Returns whether the response does not indicate whether there is a next page.
    ///
    /// The server may not send pagination headers, or a proxy may have removed them. The next page may then be empty. A server without
    /// pagination may return the same page again.
    #[must_use]
    pub fn is_next_page_guessed(&self) -> bool {
        matches!(self.next, Next::Guessed(_))
    }

    /// Returns a description of the contradiction in the response's pagination headers, if there is one.
    #[must_use]
    pub fn contradiction(&self) -> Option<&str> {
        match &self.next {
            Next::Contradictory(_, problem) => Some(problem),
            _ => None,
        }
    }

    /// Returns the number of items on all pages, if the response contains it. The client never counts items.
    #[must_use]
    pub fn total(&self) -> Option<u64> {
        self.total
    }

    /// Returns the number of pages, if the response contains it.
    #[must_use]
    pub fn total_pages(&self) -> Option<u64> {
        self.total_pages
    }

    /// Returns the rate limit that the response's headers describe.
    #[must_use]
    pub fn rate_limit(&self) -> Option<&RateLimit> {
        self.head.rate_limit()
    }

    /// Returns the id that the server assigned to the request, for use in support requests.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.head.request_id()
    }
}

impl<T> IntoIterator for Page<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'page, T> IntoIterator for &'page Page<T> {
    type Item = &'page T;
    type IntoIter = std::slice::Iter<'page, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

impl<T: fmt::Debug> fmt::Debug for Page<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Page")
            .field("items", &self.items)
            .field("next_page", &self.next_page())
            .field("total", &self.total)
            .field("total_pages", &self.total_pages)
            .finish_non_exhaustive()
    }
}

impl HttpResponse {
    /// Decodes the body as a page of a list.
    ///
    /// # Errors
    ///
    /// Returns an error if the body is not a list of such items, or if the next page cannot be requested.
    pub fn page<T: DeserializeOwned>(&self, info: &PaginationInfo) -> Result<Page<T>, Error> {
        self.page_of("", info)
    }

    /// Decodes the body as a page of the list that the operation with this name returns.
    pub(crate) fn page_of<T: PageItem>(
        &self,
        operation: &'static str,
        info: &PaginationInfo,
    ) -> Result<Page<T>, Error> {
        let page = self.page_of_stream(operation, info)?;
        match page.next {
            Next::Unreachable(problem) => Err(Error::decode(None, problem)),
            _ => Ok(page),
        }
    }

    /// Decodes the body as a page of a list, whether or not the next page can be requested.
    pub(crate) fn page_of_stream<T: PageItem>(
        &self,
        operation: &'static str,
        info: &PaginationInfo,
    ) -> Result<Page<T>, Error> {
        let items = T::items(self, operation)?;
        let evidence = evidence::read(self, info, items.len());
        // The texts contain numbers and origins from the server, which may include the credential.
        let redacted = |problem: Cow<'static, str>| match problem {
            Cow::Borrowed(problem) => Cow::Borrowed(problem),
            Cow::Owned(problem) => Cow::Owned(self.head().redactor.redact(&problem)),
        };
        let next = match next::decide(&evidence) {
            Next::Contradictory(number, problem) => Next::Contradictory(number, redacted(problem)),
            Next::Unreachable(problem) => Next::Unreachable(redacted(problem)),
            next => next,
        };
        Ok(Page {
            items,
            next,
            number: evidence.page.map(PageToken),
            total: evidence.total,
            total_pages: evidence.total_pages,
            head: Arc::clone(self.head()),
        })
    }
}
