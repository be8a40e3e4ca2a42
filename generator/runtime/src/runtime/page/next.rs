//! The rule for the next page: a pure function of the contents of a response and its request.
//!
//! If in doubt, the rule requests one page too many, because a list that ends early looks complete.

use std::borrow::Cow;

/// The maximum page number: the maximum of an `i32` parameter.
pub(crate) const MAX_PAGE: u32 = i32::MAX.unsigned_abs();

/// The information about the pages of a list in a response and its request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Evidence {
    /// The header that names the next page.
    pub(crate) header: NextHeader,
    /// The links of the response.
    pub(crate) link: NextLink,
    /// The number in the link to the last page.
    pub(crate) last_link: Option<u32>,
    /// Whether an earlier page of the list linked to the next one, so that a page with other links alone is the last.
    pub(crate) follows_links: bool,
    /// The page's number, as the response has it.
    pub(crate) page: Option<u32>,
    /// The page number in the request.
    pub(crate) requested: Requested,
    /// The number of the list's first page.
    pub(crate) first_page: u32,
    /// The number of pages.
    pub(crate) total_pages: Option<u64>,
    /// The number of items on all pages.
    pub(crate) total: Option<u64>,
    /// The number of items per page in the response. It may differ from the number in the request.
    pub(crate) page_size: Option<u64>,
    /// The number of items in the response.
    pub(crate) items: usize,
    /// Whether pages are numbered consecutively, so that a next page may be requested that the response does not indicate.
    pub(crate) may_guess: bool,
}

#[cfg(feature = "test-util")]
impl Evidence {
    /// Returns the evidence of the only page of a list.
    pub(crate) fn of_only_page(items: usize) -> Self {
        Self {
            header: NextHeader::Empty,
            link: NextLink::Absent,
            last_link: None,
            follows_links: false,
            page: None,
            requested: Requested::Unspecified,
            first_page: 1,
            total_pages: None,
            total: None,
            page_size: None,
            items,
            may_guess: false,
        }
    }
}

/// The header that names the next page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NextHeader {
    /// The header is absent.
    Absent,
    /// The header is empty.
    Empty,
    /// The number of the next page.
    Number(u32),
    /// The header has another value.
    Unreadable,
    /// The header has several different values.
    Ambiguous,
}

/// The link to the next page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NextLink {
    /// The response has no links to other pages.
    Absent,
    /// The response has links to other pages but none to the next page.
    None,
    /// The link contains this page number.
    Number(u32),
    /// The link does not contain a page number.
    WithoutNumber,
    /// The link is not a valid URL.
    Unreadable,
    /// There are several different links.
    Ambiguous,
    /// No link was found, but a part of the links can't be read.
    Lost,
}

/// The page number in the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Requested {
    /// The request contains no page number.
    Unspecified,
    /// The request contains this page number.
    Number(u32),
    /// The request contains another value or a number that is too large.
    Unreadable,
}

/// The next page of a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Next {
    /// There is no next page.
    Last,
    /// The response names the next page.
    Named(u32),
    /// The response's page count includes this page.
    Counted(u32),
    /// The response does not indicate whether there is a next page.
    Guessed(u32),
    /// The next page is unknown: the response contradicts itself, or names the page in a way that can't be followed.
    Unknown(Cow<'static, str>),
    /// The next page is unknown, because the response is not the requested page.
    OtherPage(Cow<'static, str>),
}

impl Next {
    /// Returns the number of the page, if it is known.
    pub(crate) fn number(&self) -> Option<u32> {
        match self {
            Self::Named(number) | Self::Counted(number) | Self::Guessed(number) => Some(*number),
            Self::Last | Self::Unknown(_) | Self::OtherPage(_) => None,
        }
    }
}

/// Returns the next page of a response.
pub(crate) fn decide(evidence: &Evidence) -> Next {
    if let Some((requested, page)) = other_page(evidence) {
        return Next::OtherPage(
            format!(
                "page {requested} was requested, but the response is page {page}; check for a cache that ignores the query"
            )
            .into(),
        );
    }
    match evidence.header {
        NextHeader::Unreadable => unknown("the next page's number cannot be read"),
        NextHeader::Ambiguous => unknown("the response names different pages as the next one"),
        NextHeader::Number(next) => match evidence.link {
            NextLink::Number(linked) if linked != next => unknown(format!(
                "the response names page {next} as the next one, but links to page {linked}"
            )),
            NextLink::Ambiguous => unknown("the response links to different pages as the next one"),
            _ => named(evidence, next),
        },
        NextHeader::Empty => match evidence.link {
            NextLink::Absent | NextLink::None | NextLink::Lost => last(evidence),
            _ => unknown("the response names no next page, but links to one"),
        },
        NextHeader::Absent => match evidence.link {
            NextLink::Number(next) => named(evidence, next),
            NextLink::WithoutNumber => unknown("the link to the next page contains no page number"),
            NextLink::Unreadable => unknown("the link to the next page cannot be read"),
            NextLink::Ambiguous => unknown("the response links to different pages as the next one"),
            NextLink::None | NextLink::Absent | NextLink::Lost => unnamed(evidence),
        },
    }
}

/// Returns the number of the requested page and that of the response, if they differ.
fn other_page(evidence: &Evidence) -> Option<(u32, u32)> {
    let (page, first) = (evidence.page?, evidence.first_page);
    match evidence.requested {
        // A server returns its first page for a number below the first.
        Requested::Number(number) if page != number && page != number.max(first) => {
            Some((number, page))
        }
        Requested::Unspecified if page > first => Some((first, page)),
        _ => None,
    }
}

/// Decides for a response that names its next page. A server that filters after counting may name a page after the last one by its totals,
/// but not if the page has items.
fn named(evidence: &Evidence, next: u32) -> Next {
    let page = current(evidence);
    if let Some(page) = page.filter(|page| next <= *page) {
        return backward(evidence, page, next);
    }
    let last = last_page(evidence).filter(|last| u64::from(next) > last.number);
    if let Some(last) = last.filter(|_| evidence.items > 0) {
        return unknown(format!(
            "the response names page {next} as the next one, but by its {} page {} is the last",
            last.source, last.number
        ));
    }
    match page {
        Some(page) if evidence.may_guess && next > page.saturating_add(1) => unknown(format!(
            "the response names page {next} as the next one, but is page {page}"
        )),
        _ => Next::Named(next),
    }
}

/// Decides for a response that names itself or an earlier page as the next one. Unless it has a number or is the first page, it is most likely
/// an earlier page.
fn backward(evidence: &Evidence, page: u32, next: u32) -> Next {
    if evidence.page.is_none() && page > evidence.first_page {
        return Next::OtherPage(
            format!(
                "page {page} was requested, but the response names page {next} as the next one, so it is an earlier page or part of \
                 a cycle; check for a cache that ignores the query"
            )
            .into(),
        );
    }
    unknown(format!(
        "the response names page {next} as the next one, but is page {page}"
    ))
}

/// Decides for a response that indicates the end of the list.
fn last(evidence: &Evidence) -> Next {
    match position(evidence) {
        Some((page, last)) if page < last.number => unknown(format!(
            "the response names no next page, but is page {page} of {} by its {}",
            last.number, last.source
        )),
        position => end(evidence, position),
    }
}

/// Decides for a response that does not indicate whether there is a next page.
fn unnamed(evidence: &Evidence) -> Next {
    let position = position(evidence);
    let goes_on = match position {
        Some((page, last)) => page < last.number,
        None => evidence.items > 0 && last_page(evidence).is_some(),
    };
    if goes_on {
        return reachable(evidence, Next::Counted);
    }
    if evidence.link == NextLink::Lost {
        return unknown(
            "the links of the response cannot be read to their end, so it is not known whether it has a next page",
        );
    }
    let is_last = position.is_some()
        && (evidence.total_pages.is_some() || evidence.last_link.is_some())
        || evidence.link == NextLink::None && evidence.follows_links;
    let is_short = || {
        let items = u64::try_from(evidence.items).unwrap_or(u64::MAX);
        evidence.page_size.is_some_and(|size| items < size)
    };
    if is_last || is_short() {
        end(evidence, position)
    } else if evidence.items > 0 && evidence.may_guess {
        reachable(evidence, Next::Guessed)
    } else {
        Next::Last
    }
}

/// Ends the list, unless the response has items although its totals leave none.
fn end(evidence: &Evidence, position: Option<(u64, LastPage)>) -> Next {
    match position {
        Some((page, last)) if page > last.number && evidence.items > 0 => unknown(format!(
            "the response is page {page} and has items, but by its {} page {} is the last",
            last.source, last.number
        )),
        _ => Next::Last,
    }
}

/// The number of the last page, and the source of the number.
#[derive(Debug, Clone, Copy)]
struct LastPage {
    number: u64,
    source: &'static str,
}

/// Returns the number of the response's page, and the last one.
fn position(evidence: &Evidence) -> Option<(u64, LastPage)> {
    Some((u64::from(current(evidence)?), last_page(evidence)?))
}

/// Returns the number of the response's page, if the response or the request contains it.
fn current(evidence: &Evidence) -> Option<u32> {
    evidence.page.or(match evidence.requested {
        Requested::Unspecified => Some(evidence.first_page),
        // A server returns its first page for a number below the first.
        Requested::Number(number) => Some(number.max(evidence.first_page)),
        Requested::Unreadable => None,
    })
}

/// Returns the last page by the response's totals and links, or the greatest one if they differ.
fn last_page(evidence: &Evidence) -> Option<LastPage> {
    let counted = evidence
        .total
        .zip(evidence.page_size.filter(|size| *size > 0))
        .map(|(total, size)| total.div_ceil(size));
    let by_totals = evidence.total_pages.max(counted).map(|pages| {
        pages
            .saturating_sub(1)
            .saturating_add(u64::from(evidence.first_page))
    });
    let by_link = evidence.last_link.map(u64::from);
    let number = by_totals.max(by_link)?;
    let source = if by_totals == Some(number) {
        "totals"
    } else {
        "links"
    };
    Some(LastPage { number, source })
}

/// Returns the page after the response's.
fn reachable(evidence: &Evidence, next: fn(u32) -> Next) -> Next {
    current(evidence)
        .and_then(|page| page.checked_add(1))
        .filter(|page| *page <= MAX_PAGE)
        .map_or_else(
            || unknown("the list goes on, but the number of the next page is not known"),
            next,
        )
}

fn unknown(problem: impl Into<Cow<'static, str>>) -> Next {
    Next::Unknown(problem.into())
}
