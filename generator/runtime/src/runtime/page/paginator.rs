//! The position in a paginated list. This module neither sends requests nor waits.

use std::borrow::Cow;
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use bytes::Bytes;

use crate::runtime::call::execute::kept_body;
use crate::runtime::call::response::{HttpResponse, Response};
use crate::runtime::encode::request::HttpRequest;
use crate::runtime::error::{Error, Execution};
use crate::runtime::page::evidence;
use crate::runtime::page::next::{Next, NextLink, Requested};
use crate::runtime::page::{Page, PageToken, Paginated};
use crate::runtime::redact::redactor::Redactor;

/// The maximum number of empty pages in a row for a caller that waits for an item. A server that filters after splitting the list into
/// pages leaves some of them empty. Without a limit, a server that always names another empty page would block the caller forever.
const MAX_EMPTY_PAGES: u32 = 100;

/// The maximum number of guessed pages in a row. A server without pagination may return the same items in another order each time.
const MAX_GUESSED_PAGES: usize = 10_000;

/// The maximum number of failed calls for a page in a row. Without a limit, a loop that skips errors would never end during an outage.
const MAX_FAILURES: u32 = 10;

/// The maximum number of equal pages in a row. A server that ignores the page number but adds one to it names a next page forever. The limit
/// is high, because items may be equal.
const MAX_EQUAL_PAGES: u32 = 1_000;

/// A page and the body that it was read from.
pub(crate) type Fetched<T> = (Page<T>, Bytes);

/// Reads a response as a page.
pub(crate) fn decode<P: Paginated>(response: HttpResponse) -> Result<Fetched<P::Item>, Error> {
    let page = response.page(P::PAGINATION)?;
    Ok((page, response.body().clone()))
}

/// The origin of the next page's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    /// The caller's request.
    Caller,
    /// The previous response, which names the page.
    Named,
    /// This client, by adding one to the number of the page before it.
    Counted,
    /// This client, like `Counted`, but the previous response does not indicate whether there is a next page.
    Guessed,
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
    /// Whether a page linked to the next one.
    follows_links: bool,
    /// Digests of the bodies of pages before one that this client computed.
    seen: HashSet<u64>,
    /// The number of guessed pages in a row.
    guessed_pages: usize,
    /// Ends the list after the items of the page before it.
    error: Option<Error>,
    /// The number of empty pages in a row.
    empty_pages: u32,
    max_empty_pages: Option<u32>,
    /// The digest of the last page's body, and the number of pages in a row that have it.
    equal_pages: (Option<u64>, u32),
    /// The number of failed calls for the next page.
    failures: u32,
    /// The redactor of the last page's response.
    redactor: Redactor,
}

impl<P: Paginated> Paginator<P> {
    /// Creates a paginator for a caller that receives each page and can stop after any of them.
    pub(crate) fn over_pages(operation: P) -> Self {
        Self {
            operation: Some(operation),
            number: None,
            has_begun: false,
            origin: Origin::Caller,
            follows_links: false,
            seen: HashSet::new(),
            guessed_pages: 0,
            error: None,
            empty_pages: 0,
            max_empty_pages: None,
            equal_pages: (None, 0),
            failures: 0,
            redactor: Redactor::default(),
        }
    }

    /// Creates a paginator for a caller that waits for items and does not receive empty pages.
    pub(crate) fn over_items(operation: P) -> Self {
        Self {
            max_empty_pages: Some(MAX_EMPTY_PAGES),
            ..Self::over_pages(operation)
        }
    }

    /// Returns whether the list has ended, so that there is no next request.
    pub(crate) fn is_ended(&self) -> bool {
        self.operation.is_none()
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
    /// A retryable error leaves the position unchanged, unless it is the last of too many for one page. Any other error ends the list. The
    /// server would only repeat it, and a loop that skips errors would never end.
    pub(crate) fn advance(
        &mut self,
        response: Result<Response<Fetched<P::Item>>, Error>,
    ) -> Option<Result<Page<P::Item>, Error>> {
        let (mut page, body) = match response.map(Response::into_inner) {
            Ok(fetched) => fetched,
            Err(error) if error.is_retryable() => return Some(Err(self.failed(error))),
            Err(error) => {
                self.operation = None;
                return (!self.is_past_end(&error)).then_some(Err(error));
            }
        };
        self.failures = 0;
        self.decide_next(&mut page);
        self.count(&page, &body);
        if let Some(problem) = self.wrong_page(&page, &body) {
            self.operation = None;
            return Some(Err(error::<P>(&page, problem)));
        }
        if self.origin == Origin::Guessed && page.items.is_empty() && page.next == Next::Last {
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

    /// Counts a failed call for the next page. Ends the list if there are too many, with an error that is not retryable: a loop that continues
    /// after retryable errors must not take the end for that of the list.
    fn failed(&mut self, error: Error) -> Error {
        self.failures += 1;
        if self.failures < MAX_FAILURES {
            return error;
        }
        self.operation = None;
        let page = match self.number {
            Some(page) => format!("page {}", page.number()),
            None => "the first page".to_owned(),
        };
        let reason = format!(
            "the list ends, because {page} failed {MAX_FAILURES} times in a row; start from that page to continue"
        );
        error.ending_list(self.redactor.redact(&reason).into_owned())
    }

    /// Decides on the page after this one again, with what is known of the list and not of the response alone.
    fn decide_next(&mut self, page: &mut Page<P::Item>) {
        if let Some(number) = self.number {
            page.evidence.requested = Requested::Number(number.number());
        }
        page.evidence.follows_links = self.follows_links;
        page.decide_next();
        self.follows_links |= matches!(page.evidence.link, NextLink::Number(_));
    }

    /// Returns whether an error is the response to a guessed page after the end of the list.
    fn is_past_end(&self, error: &Error) -> bool {
        let status = error.status().map(|status| status.as_u16());
        self.origin == Origin::Guessed
            && status.is_some()
            && status == P::PAGINATION.past_end_status
    }

    fn count(&mut self, page: &Page<P::Item>, body: &Bytes) {
        self.empty_pages = if page.items.is_empty() {
            self.empty_pages.saturating_add(1)
        } else {
            0
        };
        let digest = Some(digest(body));
        self.equal_pages = match self.equal_pages {
            (last, pages) if last == digest => (digest, pages.saturating_add(1)),
            _ => (digest, 1),
        };
    }

    /// Returns the reason why a page is not the requested one. Such a page is not returned, because the caller has probably seen it already
    /// and would take its items for new ones.
    fn wrong_page(&self, page: &Page<P::Item>, body: &Bytes) -> Option<Cow<'static, str>> {
        if let Next::OtherPage(problem) = &page.next {
            return Some(problem.clone());
        }
        let requested = self.number?.number();
        let is_computed = matches!(self.origin, Origin::Counted | Origin::Guessed);
        // If the server numbers the page, it is the requested one, whatever it contains.
        let is_numbered = page.evidence.page == Some(requested);
        let is_repeated = is_computed
            && !is_numbered
            && !page.items.is_empty()
            && self.seen.contains(&digest(body));
        is_repeated.then(|| {
            format!(
                "the server did not name page {requested}, and the response for it equals an earlier page; check that the server \
                 supports the parameter `{}`",
                P::PAGINATION.page_parameter
            )
            .into()
        })
    }

    /// Returns the reason to end the list after too many empty pages in a row.
    fn emptiness(&self, page: &Page<P::Item>) -> Option<String> {
        let next = page.next.number()?;
        let max = self.max_empty_pages?;
        (self.empty_pages >= max).then(|| {
            format!(
                "{max} pages in a row are empty, and page {next} is the next one; start from that page to continue, or read the \
                 list page by page"
            )
        })
    }

    fn move_on(&mut self, page: &Page<P::Item>, body: Bytes) {
        self.redactor = page.head.redactor.clone();
        let (next, origin) = match &page.next {
            Next::Last => {
                self.operation = None;
                return;
            }
            Next::Unknown(problem) | Next::OtherPage(problem) => {
                self.end_after(page, body, problem.clone());
                return;
            }
            Next::Named(next) => (*next, Origin::Named),
            Next::Counted(next) => (*next, Origin::Counted),
            Next::Guessed(next) => (*next, Origin::Guessed),
        };
        self.guessed_pages = match origin {
            Origin::Guessed => self.guessed_pages + 1,
            _ => 0,
        };
        if self.guessed_pages > MAX_GUESSED_PAGES {
            let problem = format!(
                "{MAX_GUESSED_PAGES} pages in a row were guessed, and no response indicates that the list ends; start from page {next} \
                 to continue"
            );
            self.end_after(page, body, problem.into());
            return;
        }
        if self.equal_pages.1 >= MAX_EQUAL_PAGES {
            let problem = format!(
                "{MAX_EQUAL_PAGES} pages in a row are equal, and page {next} is the next one; check that the server supports the \
                 parameter `{}`, and start from that page to continue",
                P::PAGINATION.page_parameter
            );
            self.end_after(page, body, problem.into());
            return;
        }
        if origin != Origin::Named && self.seen.len() < MAX_GUESSED_PAGES {
            self.seen.insert(digest(&body));
        }
        let next = PageToken::new(next);
        self.number = Some(next);
        self.origin = origin;
        if let Some(operation) = &mut self.operation {
            operation.set_page(next);
        }
    }

    /// Ends the list with an error after the items of a page.
    fn end_after(&mut self, page: &Page<P::Item>, body: Bytes, problem: Cow<'static, str>) {
        let body = kept_body(body, P::INFO.secret);
        let error = error::<P>(page, problem);
        self.error = Some(error.with_response(&page.head, body));
    }
}

/// Returns a digest of a body. A server that ignores the page number returns the same bytes again. Items are not compared, because a list
/// may contain equal items.
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
