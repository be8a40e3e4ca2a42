//! Pages of a list: one page, and how the next one is found.

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

/// How the pages of a list are found.
#[derive(Debug, Clone, Copy)]
pub struct PaginationInfo {
    /// The query parameter that takes a page's number.
    pub page_parameter: &'static str,
    /// The number of a list's first page.
    pub first_page: u32,
    /// Holds the next page's number, or nothing on the last page.
    pub next_page_header: Option<&'static str>,
    /// Holds the page's own number.
    pub page_header: Option<&'static str>,
    /// Holds the number of items that a page has.
    pub page_size_header: Option<&'static str>,
    /// Holds the number of all items.
    pub total_header: Option<&'static str>,
    /// Holds the number of all pages.
    pub total_pages_header: Option<&'static str>,
    /// Holds links, the next page's among them (RFC 8288).
    pub link_header: Option<&'static str>,
    /// Whether a link to another origin is as good as none: the server writes the host that it is configured with, which need not be
    /// the one that was called.
    pub ignores_foreign_links: bool,
    /// Whether another page may be requested where a response says nothing of one.
    pub may_guess: bool,
    /// The status of the response to a request for a page behind the last one; without it that response is an empty page.
    pub past_end_status: Option<u16>,
}

/// An operation whose result comes in pages.
pub trait Paginated: Operation<Output = Page<Self::Item>> {
    /// What the pages hold.
    type Item: PageItem;

    /// How the pages are found.
    const PAGINATION: &'static PaginationInfo;

    /// Asks for another page.
    fn set_page(&mut self, page: PageToken);
}

/// What a page holds.
pub trait PageItem: Sized {
    /// Returns the items in a response of the operation with this name.
    ///
    /// # Errors
    /// The body is not a list of such items.
    fn items(response: &HttpResponse, operation: &'static str) -> Result<Vec<Self>, Error>;
}

impl<T: DeserializeOwned> PageItem for T {
    fn items(response: &HttpResponse, _: &'static str) -> Result<Vec<Self>, Error> {
        response.json()
    }
}

/// A page's place in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageToken(u32);

impl PageToken {
    /// The page's number.
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
    /// The page's number, as the response has it.
    pub(crate) number: Option<PageToken>,
    total: Option<u64>,
    total_pages: Option<u64>,
    pub(crate) head: Arc<Head>,
}

#[cfg(feature = "test-util")]
impl<T> Page<T> {
    /// Creates the only page of a list, for tests.
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
    /// Returns the page after this one; `None` on the last page.
    ///
    /// Where the response does not say whether there is another page, this is the page that a stream requests next
    /// ([`is_next_page_guessed`](Page::is_next_page_guessed)). The list ends with the first such page that is empty.
    ///
    /// Where the response contradicts itself ([`contradiction`](Page::contradiction)), this is the page that there may be. A stream
    /// ends with an error there.
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

    /// Returns whether the response does not say that there is a next page, nor that there is none.
    ///
    /// A proxy may have removed the headers, or the server sends none. The next page may be empty, and a server that knows no pages
    /// may give this page again.
    #[must_use]
    pub fn is_next_page_guessed(&self) -> bool {
        matches!(self.next, Next::Guessed(_))
    }

    /// Returns what is contradictory in the response's headers about pages.
    #[must_use]
    pub fn contradiction(&self) -> Option<&str> {
        match &self.next {
            Next::Contradictory(_, problem) => Some(problem),
            _ => None,
        }
    }

    /// Returns the number of items on all pages as the response has it. Items are never counted to get it.
    #[must_use]
    pub fn total(&self) -> Option<u64> {
        self.total
    }

    /// Returns the number of pages as the response has it.
    #[must_use]
    pub fn total_pages(&self) -> Option<u64> {
        self.total_pages
    }

    /// What the server says about its rate limit.
    #[must_use]
    pub fn rate_limit(&self) -> Option<&RateLimit> {
        self.head.rate_limit()
    }

    /// The server's name for the exchange, for its operators.
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
    /// Returns the body as a page of a list.
    ///
    /// # Errors
    /// The body is not a list of such items, or there is a next page that cannot be requested.
    pub fn page<T: DeserializeOwned>(&self, info: &PaginationInfo) -> Result<Page<T>, Error> {
        self.page_of("", info)
    }

    /// Returns the body as a page of the list that the operation with this name returns.
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

    /// Returns the body as a page of a list, whether or not its next page can be requested.
    pub(crate) fn page_of_stream<T: PageItem>(
        &self,
        operation: &'static str,
        info: &PaginationInfo,
    ) -> Result<Page<T>, Error> {
        let items = T::items(self, operation)?;
        let evidence = evidence::read(self, info, items.len());
        // The texts hold numbers and origins of the server's, in which the credential can occur.
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
