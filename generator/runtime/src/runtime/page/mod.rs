//! Pagination: the pages of a list and the position of the next page.

#[cfg(feature = "blocking")]
pub mod blocking;
mod evidence;
pub(crate) mod link;
pub mod lossy;
pub(crate) mod next;
mod paginator;
mod rate_limit;
#[cfg(feature = "test-util")]
mod sample;
pub mod stream;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use serde::de::DeserializeOwned;

use crate::runtime::call::Operation;
use crate::runtime::call::response::HttpResponse;
use crate::runtime::error::{Error, Execution};
use crate::runtime::page::next::{Evidence, Next};
use crate::runtime::transport::head::Head;

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
    /// Whether pages are numbered consecutively. If so, another page is requested after a response that does not indicate one, and a
    /// response that skips a page contradicts itself.
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
    /// Decodes the items in a response.
    ///
    /// # Errors
    ///
    /// Returns an error if the body is not a list of such items.
    fn items(response: &HttpResponse) -> Result<Vec<Self>, Error>;
}

impl<T: DeserializeOwned> PageItem for T {
    fn items(response: &HttpResponse) -> Result<Vec<Self>, Error> {
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

impl From<PageToken> for u64 {
    fn from(page: PageToken) -> Self {
        Self::from(page.0)
    }
}

/// One page of a list.
#[derive(Clone)]
#[non_exhaustive]
pub struct Page<T> {
    /// The items, in the server's order.
    pub items: Vec<T>,
    pub(crate) next: Next,
    pub(crate) evidence: Evidence,
    pub(crate) head: Arc<Head>,
}

impl<T> Page<T> {
    /// Returns the next page, or `None` on the last page.
    ///
    /// If the response does not indicate whether there is a next page, this is the page that a stream requests next
    /// ([`is_next_page_guessed`](Page::is_next_page_guessed)). The list then ends at the first empty page.
    ///
    /// Pages are numbered. An item that leaves the list before the next page is requested moves later ones to this page, where a loop over
    /// pages does not see them. Read all pages before you change what the list contains.
    ///
    /// # Errors
    ///
    /// Returns an error ([`Error::is_decode`]) if the next page is not known: the response contradicts itself, names the next page in a
    /// way that can't be followed, or names itself or an earlier page. A loop over `next_page` thus neither ends early nor repeats pages. A
    /// stream ends with the same error.
    pub fn next_page(&self) -> Result<Option<PageToken>, Error> {
        match &self.next {
            Next::Unknown(problem) | Next::OtherPage(problem) => {
                Err(Error::decode(None, problem.clone())
                    .redacted(&self.head.redactor)
                    .with_execution(Execution::Executed, true)
                    .in_operation(self.head.operation)
                    .with_response(&self.head, Bytes::new()))
            }
            next => Ok(next.number().map(PageToken)),
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

    /// Returns the number of items on all pages as the response has it. Items are never counted to get it.
    #[must_use]
    pub fn total(&self) -> Option<u64> {
        self.evidence.total
    }

    /// Returns the number of pages, if the response contains it.
    #[must_use]
    pub fn total_pages(&self) -> Option<u64> {
        self.evidence.total_pages
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
            .field("next_page", &self.next)
            .field("total", &self.evidence.total)
            .field("total_pages", &self.evidence.total_pages)
            .finish_non_exhaustive()
    }
}

impl HttpResponse {
    /// Decodes the body as a page of a list.
    ///
    /// # Errors
    ///
    /// Returns an error if the body is not a list of such items.
    pub fn page<T: PageItem>(&self, info: &PaginationInfo) -> Result<Page<T>, Error> {
        self.page_of(info, T::items(self)?)
    }

    /// Decodes the body as a page of a list whose items a codec decodes.
    ///
    /// # Errors
    ///
    /// Returns an error if the body is not a list of such items.
    pub fn page_with<T: PageItem, U>(
        &self,
        info: &PaginationInfo,
        into_item: impl Fn(T) -> U,
    ) -> Result<Page<U>, Error> {
        let items = T::items(self)?;
        self.page_of(info, items.into_iter().map(into_item).collect())
    }

    fn page_of<T>(&self, info: &PaginationInfo, items: Vec<T>) -> Result<Page<T>, Error> {
        let mut page = Page {
            next: Next::Last,
            evidence: evidence::read(self, info, items.len()),
            items,
            head: Arc::clone(self.head()),
        };
        page.decide_next();
        Ok(page)
    }
}

impl<T> Page<T> {
    /// Decides on the page after this one.
    pub(crate) fn decide_next(&mut self) {
        // The texts contain numbers from the server, in which the credential can occur.
        let redacted = |problem: Cow<'static, str>| match problem {
            Cow::Borrowed(problem) => Cow::Borrowed(problem),
            Cow::Owned(problem) => Cow::Owned(self.head.redactor.redact(&problem).into_owned()),
        };
        self.next = match next::decide(&self.evidence) {
            Next::Unknown(problem) => Next::Unknown(redacted(problem)),
            Next::OtherPage(problem) => Next::OtherPage(redacted(problem)),
            next => next,
        };
    }
}
