//! The position in a paginated list. This module neither sends requests nor waits.

use std::borrow::Cow;
use std::hash::{DefaultHasher, Hash, Hasher};

use bytes::Bytes;

use crate::runtime::call::execute::kept_body;
use crate::runtime::call::response::{HttpResponse, Response};
use crate::runtime::encode::request::HttpRequest;
use crate::runtime::error::{Error, Execution};
use crate::runtime::page::evidence;
use crate::runtime::page::next::{Next, Requested};
use crate::runtime::page::{Page, PageToken, Paginated};

/// The maximum number of empty pages in a row for a caller that waits for an item. A server that filters after splitting the list into
/// pages leaves some of them empty. Without a limit, a server that always names another empty page would block the caller forever.
const MAX_EMPTY_PAGES: u32 = 100;

/// A page and the body it was decoded from.
pub(crate) type Fetched<T> = (Page<T>, Bytes);

/// Decodes a response as a page. The items are kept even if the next page can't be requested.
pub(crate) fn decode<P: Paginated>(response: HttpResponse) -> Result<Fetched<P::Item>, Error> {
    let page = response.page_of_stream(P::INFO.name, P::PAGINATION)?;
    Ok((page, response.body().clone()))
}

/// The origin of the next page's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    /// The caller's request.
    Caller,
    /// The previous response, which names the page.
    Named,
    /// This client, which added one to the previous page's number. The previous body has this digest.
    Computed {
        /// Whether the previous response does not indicate a next page.
        is_guessed: bool,
        before: u64,
    },
}

/// The position in a list.
pub(crate) struct Paginator<P: Paginated> {
    /// The operation that requests the next page, or `None` at the end.
    operation: Option<P>,
    /// The number of the next page, if it is known. The first number is read from the caller's request, and later ones from responses.
    /// Later requests are not read, because an operation may ignore the page that was set on it.
    number: Option<PageToken>,
    has_begun: bool,
    origin: Origin,
    /// The error that ends the list after the items of the previous page.
    error: Option<Error>,
    /// The number of empty pages in a row.
    empty_pages: u32,
    max_empty_pages: Option<u32>,
}

impl<P: Paginated> Paginator<P> {
    /// Creates a paginator for a caller that receives each page and can stop after any of them.
    pub(crate) fn over_pages(operation: P) -> Self {
        Self {
            operation: Some(operation),
            number: None,
            has_begun: false,
            origin: Origin::Caller,
            error: None,
            empty_pages: 0,
            max_empty_pages: None,
        }
    }

    /// Creates a paginator for a caller that waits for items and does not receive empty pages.
    pub(crate) fn over_items(operation: P) -> Self {
        Self {
            max_empty_pages: Some(MAX_EMPTY_PAGES),
            ..Self::over_pages(operation)
        }
    }

    /// Returns the next request, or the error that ends the list. Returns `None` at the end.
    pub(crate) fn next_request(&mut self) -> Option<Result<HttpRequest, Error>> {
        if let Some(error) = self.error.take() {
            self.operation = None;
            return Some(Err(error));
        }
        let request = self.operation.as_ref()?.request();
        if let (false, Ok(request)) = (self.has_begun, &request) {
            self.has_begun = true;
            self.number = match evidence::requested(request.query(), P::PAGINATION) {
                Requested::Number(number) => Some(PageToken::new(number)),
                Requested::Unspecified | Requested::Unreadable => None,
            };
        }
        Some(request)
    }

    /// Advances the position to the next page of a response. Returns the result for the caller, or `None` at the end.
    ///
    /// A retryable error leaves the position unchanged. Any other error ends the list. The server would only repeat it, and a loop that
    /// skips errors would never end.
    pub(crate) fn advance(
        &mut self,
        response: Result<Response<Fetched<P::Item>>, Error>,
    ) -> Option<Result<Page<P::Item>, Error>> {
        let (page, body) = match response.map(Response::into_inner) {
            Ok(fetched) => fetched,
            Err(error) if error.is_retryable() => return Some(Err(error)),
            Err(error) => {
                self.operation = None;
                return (!self.is_past_end(&error)).then_some(Err(error));
            }
        };
        self.count(&page);
        if let Some(problem) = self.wrong_page(&page, &body) {
            self.operation = None;
            return Some(Err(error::<P>(&page, problem)));
        }
        if self.is_guessed() && page.items.is_empty() && page.next == Next::Last {
            self.operation = None;
            return None;
        }
        if let Some(problem) = self.emptiness(&page) {
            self.operation = None;
            return Some(Err(error::<P>(&page, problem.into())));
        }
        self.move_on(&page, body);
        Some(Ok(page))
    }

    fn is_guessed(&self) -> bool {
        matches!(
            self.origin,
            Origin::Computed {
                is_guessed: true,
                ..
            }
        )
    }

    /// Returns whether an error is the response to a guessed page after the end of the list.
    fn is_past_end(&self, error: &Error) -> bool {
        let status = error.status().map(|status| status.as_u16());
        self.is_guessed() && status.is_some() && status == P::PAGINATION.past_end_status
    }

    fn count(&mut self, page: &Page<P::Item>) {
        self.empty_pages = if page.items.is_empty() {
            self.empty_pages.saturating_add(1)
        } else {
            0
        };
    }

    /// Returns the reason why a page is not the requested one. Such a page is not returned, because the caller has probably seen it already
    /// and would take its items for new ones.
    fn wrong_page(&self, page: &Page<P::Item>, body: &Bytes) -> Option<Cow<'static, str>> {
        if let Origin::Computed { before, .. } = self.origin
            && !page.items.is_empty()
            && digest(body) == before
        {
            let number = self.number.map_or(0, PageToken::number);
            return Some(
                format!(
                    "the server did not name page {number}, and the response for it equals the previous page; check that the server \
                     supports the parameter `{}`",
                    P::PAGINATION.page_parameter
                )
                .into(),
            );
        }
        let requested = self.number?;
        // A server returns its first page for a number below the first.
        let is_other = |number: PageToken| {
            number < requested || (number > requested && self.origin != Origin::Caller)
        };
        if let Some(number) = page.number.filter(|number| is_other(*number)) {
            return Some(
                format!(
                    "page {} was requested, but the response is page {}; check for a cache that ignores the query",
                    requested.number(),
                    number.number()
                )
                .into(),
            );
        }
        let next = page.next_page().filter(|next| *next <= requested)?;
        Some(
            format!(
                "page {} was requested, but the response names page {} as the next one, so it is an earlier page or part of a \
                 cycle; check for a cache that ignores the query",
                requested.number(),
                next.number()
            )
            .into(),
        )
    }

    /// Returns the reason to end the list after too many empty pages in a row.
    fn emptiness(&self, page: &Page<P::Item>) -> Option<String> {
        let next = page.next_page()?;
        let max = self.max_empty_pages?;
        (self.empty_pages >= max).then(|| {
            format!(
                "{max} pages in a row are empty, and page {} is the next one; start from that page to continue, or read the \
                 list page by page",
                next.number()
            )
        })
    }

    fn move_on(&mut self, page: &Page<P::Item>, body: Bytes) {
        let (next, origin) = match &page.next {
            Next::Last => {
                self.operation = None;
                return;
            }
            Next::Contradictory(_, problem) | Next::Unreachable(problem) => {
                let body = kept_body(body, P::INFO.secret);
                let error = error::<P>(page, problem.clone());
                self.error = Some(error.with_response(&page.head, body));
                return;
            }
            Next::Named(next) => (*next, Origin::Named),
            Next::Counted(next) => (*next, computed(&body, false)),
            Next::Guessed(next) => (*next, computed(&body, true)),
        };
        let next = PageToken::new(next);
        self.number = Some(next);
        self.origin = origin;
        if let Some(operation) = &mut self.operation {
            operation.set_page(next);
        }
    }
}

fn computed(body: &Bytes, is_guessed: bool) -> Origin {
    Origin::Computed {
        is_guessed,
        before: digest(body),
    }
}

/// Returns a digest of a body. Bodies are compared as received, since a server that ignores the page parameter sends the same list in the
/// same form. A digest is used so that the previous page need not stay in memory.
fn digest(body: &Bytes) -> u64 {
    let mut hasher = DefaultHasher::new();
    body.trim_ascii().hash(&mut hasher);
    hasher.finish()
}

fn error<P: Paginated>(page: &Page<P::Item>, problem: Cow<'static, str>) -> Error {
    Error::decode(None, problem)
        .redacted(&page.head.redactor)
        .with_execution(Execution::Executed, true)
        .in_operation(P::INFO.name)
}
