//! The position in a list that is read page by page. Knows neither how a page is requested nor how one waits.

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

/// So many pages in a row may be empty where the caller waits for an item. A server that filters what it has already cut into pages
/// leaves some of them empty; one that names yet another empty page each time would keep the caller waiting for ever.
const MAX_EMPTY_PAGES: u32 = 100;

/// A page and the body that it was read from.
pub(crate) type Fetched<T> = (Page<T>, Bytes);

/// Reads a response as a page, whose items are not lost where the next page can't be requested.
pub(crate) fn decode<P: Paginated>(response: HttpResponse) -> Result<Fetched<P::Item>, Error> {
    let page = response.page_of_stream(P::INFO.name, P::PAGINATION)?;
    Ok((page, response.body().clone()))
}

/// How the page to come was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    /// The caller's request.
    Caller,
    /// The response before it, which names the page.
    Named,
    /// This client, by adding one to the number of the page before it, whose body has this digest.
    Computed {
        /// Whether the response before it says nothing of a next page.
        is_guessed: bool,
        before: u64,
    },
}

/// The position in a list.
pub(crate) struct Paginator<P: Paginated> {
    /// Asks for the page to come; none at the end.
    operation: Option<P>,
    /// The number of the page to come: the one that the caller begins with, where the request names it, then those that follow. Not
    /// read from later requests, which may lack what the operation was told.
    number: Option<PageToken>,
    has_begun: bool,
    origin: Origin,
    /// Ends the list after the items of the page before it.
    error: Option<Error>,
    /// How many pages in a row were empty.
    empty_pages: u32,
    max_empty_pages: Option<u32>,
}

impl<P: Paginated> Paginator<P> {
    /// Creates a paginator for a caller who gets each page and can stop at any.
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

    /// Creates a paginator for a caller who waits for items and does not see empty pages.
    pub(crate) fn over_items(operation: P) -> Self {
        Self {
            max_empty_pages: Some(MAX_EMPTY_PAGES),
            ..Self::over_pages(operation)
        }
    }

    /// Returns the request to send next, or the error that ends the list; `None` at the end.
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

    /// Moves on to the page after a response's. Returns what the caller gets; `None` at the end.
    ///
    /// After an error that may pass the position stays. Any other error ends the list, since the server would only say the same again,
    /// to a loop that skips errors for ever.
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

    /// Returns whether an error is the response to a guess that went past the end of the list.
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

    /// Returns why a page is not the requested one. It is withheld then, since it is most likely one that the caller has seen: a caller
    /// who reads no further than its items would take them for others.
    fn wrong_page(&self, page: &Page<P::Item>, body: &Bytes) -> Option<Cow<'static, str>> {
        if let Origin::Computed { before, .. } = self.origin
            && !page.items.is_empty()
            && digest(body) == before
        {
            let number = self.number.map_or(0, PageToken::number);
            return Some(
                format!(
                    "page {number} was requested without the server naming it, and the response equals the page before it; the \
                     server may not know the parameter `{}`",
                    P::PAGINATION.page_parameter
                )
                .into(),
            );
        }
        let requested = self.number?;
        // A server gives its first page where the caller asks for one before that.
        let is_other = |number: PageToken| {
            number < requested || (number > requested && self.origin != Origin::Caller)
        };
        if let Some(number) = page.number.filter(|number| is_other(*number)) {
            return Some(
                format!(
                    "page {} was asked for, but the response is page {}; a cache that ignores the query would respond so",
                    requested.number(),
                    number.number()
                )
                .into(),
            );
        }
        let next = page.next_page().filter(|next| *next <= requested)?;
        Some(
            format!(
                "page {} was asked for, but the response names page {} as the next one, so it is an earlier page or leads in a \
                 cycle; a cache that ignores the query would respond so",
                requested.number(),
                next.number()
            )
            .into(),
        )
    }

    /// Returns why the caller does not wait for yet another page after so many that are empty.
    fn emptiness(&self, page: &Page<P::Item>) -> Option<String> {
        let next = page.next_page()?;
        let max = self.max_empty_pages?;
        (self.empty_pages >= max).then(|| {
            format!(
                "{max} pages in a row are empty, and page {} is named as the next one; begin with that page to go on, or read the \
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

/// Bodies are compared as they are: a server that ignores the page writes the same list by the same code. A digest takes no memory for
/// the page before.
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
