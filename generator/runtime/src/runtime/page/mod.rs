//! Pages of a list: one page, and how the next one is found.

#[cfg(feature = "blocking")]
pub mod blocking;
pub(crate) mod link;
pub mod stream;

use std::fmt;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use url::Url;

use crate::runtime::call::Operation;
use crate::runtime::call::response::{Head, HttpResponse, RateLimit, text};
use crate::runtime::encode::request::HttpRequest;
use crate::runtime::error::Error;
use crate::runtime::page::link::next_link;

/// How the pages of a list are found.
#[derive(Debug, Clone, Copy)]
pub struct PaginationInfo {
    /// The query parameter that takes a page's number.
    pub page_parameter: &'static str,
    /// Holds the next page's number, or nothing on the last page.
    pub next_page_header: Option<&'static str>,
    /// Holds the number of all items.
    pub total_header: Option<&'static str>,
    /// Holds the number of all pages.
    pub total_pages_header: Option<&'static str>,
    /// Holds links, the next page's among them (RFC 8288).
    pub link_header: Option<&'static str>,
}

/// An operation whose result comes in pages.
pub trait Paginated: Operation<Output = Page<Self::Item>> {
    /// What the pages hold.
    type Item;

    /// How the pages are found.
    const PAGINATION: &'static PaginationInfo;

    /// Asks for another page.
    fn set_page(&mut self, page: PageToken);
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

    /// Nothing that is not a number, and nothing that an `i32` parameter could not hold.
    fn parse(text: &str) -> Option<Self> {
        text.parse::<i32>()
            .ok()
            .and_then(|number| u32::try_from(number).ok())
            .map(Self)
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
    next: Option<PageToken>,
    total: Option<u64>,
    total_pages: Option<u64>,
    head: Arc<Head>,
}

impl<T> Page<T> {
    /// The page after this one; none on the last page.
    #[must_use]
    pub fn next_page(&self) -> Option<PageToken> {
        self.next
    }

    /// The number of items on all pages, where the server counts them.
    #[must_use]
    pub fn total(&self) -> Option<u64> {
        self.total
    }

    /// The number of pages, where the server counts them.
    #[must_use]
    pub fn total_pages(&self) -> Option<u64> {
        self.total_pages
    }

    /// What the server says about its rate limit.
    #[must_use]
    pub fn rate_limit(&self) -> Option<&RateLimit> {
        self.head.rate_limit.as_ref()
    }

    /// The server's name for the exchange, for its operators.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.head.request_id.as_deref()
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
            .field("total", &self.total)
            .field("total_pages", &self.total_pages)
            .finish_non_exhaustive()
    }
}

impl HttpResponse {
    /// The body as a page of a list.
    ///
    /// # Errors
    /// The body is not a list of such items, or the server names the next page in a way that cannot be followed.
    pub fn page<T: DeserializeOwned>(&self, info: &PaginationInfo) -> Result<Page<T>, Error> {
        let count = |name: Option<&str>| text(self.headers(), name?)?.parse().ok();
        Ok(Page {
            items: self.json()?,
            next: self.next_page(info)?,
            total: count(info.total_header),
            total_pages: count(info.total_pages_header),
            head: Arc::clone(self.head()),
        })
    }

    /// A page's number is preferred to a link: it cannot lead anywhere else.
    fn next_page(&self, info: &PaginationInfo) -> Result<Option<PageToken>, Error> {
        let named = info
            .next_page_header
            .and_then(|name| text(self.headers(), name));
        if let Some(number) = named {
            if number.is_empty() {
                return Ok(None);
            }
            return PageToken::parse(number)
                .map(Some)
                .ok_or_else(|| Error::decode(None, "the next page's number cannot be read"));
        }
        let Some(name) = info.link_header else {
            return Ok(None);
        };
        let links = self
            .headers()
            .get_all(name)
            .iter()
            .filter_map(|value| value.to_str().ok());
        match links.into_iter().find_map(next_link) {
            None => Ok(None),
            Some(target) => self.page_in_link(target, info.page_parameter).map(Some),
        }
    }

    /// Only the number is taken from a link. One that leaves the origin is refused all the same: the server behind it is not the
    /// one that the caller asked.
    fn page_in_link(&self, target: &str, parameter: &str) -> Result<PageToken, Error> {
        let asked = self.url();
        let Ok(link) = asked.join(target) else {
            return Err(Error::decode(
                None,
                "the link to the next page cannot be read",
            ));
        };
        if link.origin() != asked.origin() {
            return Err(Error::decode(
                None,
                format!(
                    "the link to the next page leads to another origin, {}; the base URL may not be the one that the server \
                     knows itself by",
                    link.origin().ascii_serialization()
                ),
            )
            .redacted(&self.head().redactor));
        }
        page_parameter(&link, parameter)
            .ok_or_else(|| Error::decode(None, "the link to the next page holds no page number"))
    }
}

fn page_parameter(url: &Url, parameter: &str) -> Option<PageToken> {
    url.query_pairs()
        .find(|(name, _)| name == parameter)
        .and_then(|(_, value)| PageToken::parse(&value))
}

/// So many pages in a row may be empty where somebody waits for an item. A server that filters what it has already cut into pages leaves
/// some of them empty; one that names yet another empty page each time would keep the waiting one waiting for ever.
const MOST_EMPTY_PAGES: u32 = 100;

/// Where a paginator over the pages of a list stands. Knows neither how a page is asked for nor how one waits.
pub(crate) struct Paginator<P: Paginated> {
    /// Asks for the page to come; none at the end.
    operation: Option<P>,
    /// The greatest page number so far: the one that the caller begins with, where the request names it, then those that the server
    /// names. Not read from later requests, which may lack what the operation was told.
    reached: Option<PageToken>,
    has_begun: bool,
    /// How many empty pages in a row lie behind.
    empty_pages: u32,
    most_empty_pages: Option<u32>,
}

impl<P: Paginated> Paginator<P> {
    /// For somebody who gets each page and can stop at any.
    pub(crate) fn over_pages(operation: P) -> Self {
        Self {
            operation: Some(operation),
            reached: None,
            has_begun: false,
            empty_pages: 0,
            most_empty_pages: None,
        }
    }

    /// For somebody who waits for items and hears nothing of empty pages.
    pub(crate) fn over_items(operation: P) -> Self {
        Self {
            most_empty_pages: Some(MOST_EMPTY_PAGES),
            ..Self::over_pages(operation)
        }
    }

    /// The request to send next; none at the end.
    pub(crate) fn next_request(&mut self) -> Option<Result<HttpRequest, Error>> {
        let request = self.operation.as_ref()?.request();
        if let (false, Ok(request)) = (self.has_begun, &request) {
            self.has_begun = true;
            self.reached = asked_page(request.query(), P::PAGINATION.page_parameter);
        }
        Some(request)
    }

    /// Moves on behind a page. After an error that may pass the paginator stays where it is; any other ends it, since the server would only
    /// say the same again, to a loop that skips errors for ever.
    pub(crate) fn answered(
        &mut self,
        page: Result<Page<P::Item>, Error>,
    ) -> Result<Page<P::Item>, Error> {
        let page = page.and_then(|page| {
            self.count(&page);
            match self.cycle(&page).or_else(|| self.emptiness(&page)) {
                None => Ok(page),
                Some(fault) => {
                    let error = Error::decode(None, fault).redacted(&page.head.redactor);
                    Err(error.in_operation(P::INFO.name))
                }
            }
        });
        match &page {
            Ok(page) => self.move_on(page.next),
            Err(error) if error.is_retryable() => {}
            Err(_) => self.operation = None,
        }
        page
    }

    fn count(&mut self, page: &Page<P::Item>) {
        self.empty_pages = if page.items.is_empty() {
            self.empty_pages.saturating_add(1)
        } else {
            0
        };
    }

    /// Why the list leads nowhere behind a page. The page is withheld then, since it is most likely one that the caller has seen:
    /// whoever reads no further than its items would take them for others.
    fn cycle(&self, page: &Page<P::Item>) -> Option<String> {
        let next = page.next?;
        let reached = self.reached?;
        (next <= reached).then(|| {
            format!(
                "page {} was asked for, but the response names page {} as the next one, so it is an earlier page or leads in a cycle; \
                 a cache that ignores the query would respond so",
                reached.number(),
                next.number()
            )
        })
    }

    /// Why nobody waits for yet another page behind so many that are empty.
    fn emptiness(&self, page: &Page<P::Item>) -> Option<String> {
        let next = page.next?;
        let most = self.most_empty_pages?;
        (self.empty_pages >= most).then(|| {
            format!(
                "{most} pages in a row are empty, and page {} is named as the next one; begin with that page to go on, or read the \
                 list page by page",
                next.number()
            )
        })
    }

    fn move_on(&mut self, next: Option<PageToken>) {
        match (next, &mut self.operation) {
            (Some(next), Some(operation)) => {
                self.reached = Some(next);
                operation.set_page(next);
            }
            _ => self.operation = None,
        }
    }
}

/// The page's number in a query; none where the server decides.
fn asked_page(query: &str, parameter: &str) -> Option<PageToken> {
    url::form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == parameter)
        .and_then(|(_, value)| PageToken::parse(&value))
}
