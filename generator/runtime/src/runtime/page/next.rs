//! The rule for the next page: a pure function of the contents of a response and its request.
//!
//! In doubt the rule requests one page too many, because a list that ends early looks complete.

use std::borrow::Cow;

/// The maximum page number: the maximum of an `i32` parameter.
pub(crate) const MAX_PAGE: u32 = i32::MAX.unsigned_abs();

/// The contents of a response and its request that concern the pages of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Evidence {
    /// The header that names the next page.
    pub(crate) header: NextHeader,
    /// The links of the response.
    pub(crate) link: NextLink,
    /// The page number in the response.
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
    /// Whether a next page may be requested that the response does not indicate.
    pub(crate) may_guess: bool,
    /// Whether a link to another origin is ignored.
    pub(crate) ignores_foreign_links: bool,
}

/// The header that names the next page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NextHeader {
    /// The header is absent.
    Absent,
    /// The header is empty.
    Empty,
    /// The number of the next page.
    Number(u32),
    /// The header has another value.
    Unreadable,
    /// The header has several different values. This is the smallest number among them.
    Ambiguous(u32),
}

/// The link to the next page.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// The link refers to this other origin.
    OtherOrigin(String),
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
    /// The response contradicts itself. This is the possible next page.
    Contradictory(u32, Cow<'static, str>),
    /// There is a next page that can't be requested.
    Unreachable(Cow<'static, str>),
}

/// Returns the next page of a response.
pub(crate) fn decide(evidence: &Evidence) -> Next {
    match evidence.header {
        NextHeader::Unreadable => unreachable_page("the next page's number cannot be read"),
        NextHeader::Ambiguous(least) => Next::Contradictory(
            least,
            "the response names different pages as the next one".into(),
        ),
        NextHeader::Number(next) => match evidence.link {
            NextLink::Number(linked) if linked != next => Next::Contradictory(
                linked.min(next),
                format!("the response names page {next} as the next one, but links to page {linked}")
                    .into(),
            ),
            _ => named(evidence, next),
        },
        NextHeader::Empty => match &evidence.link {
            NextLink::Absent | NextLink::None => last(evidence),
            link => {
                let linked = match link {
                    NextLink::Number(linked) => Some(*linked),
                    _ => following(evidence),
                };
                contradictory(
                    linked,
                    "the response names no next page, but links to one".into(),
                )
            }
        },
        NextHeader::Absent => match &evidence.link {
            NextLink::Number(next) => named(evidence, *next),
            NextLink::WithoutNumber => {
                unreachable_page("the link to the next page holds no page number")
            }
            NextLink::Unreadable => unreachable_page("the link to the next page cannot be read"),
            NextLink::OtherOrigin(_) if evidence.ignores_foreign_links => unnamed(evidence),
            NextLink::OtherOrigin(origin) => Next::Unreachable(
                format!(
                    "the link to the next page leads to another origin, {origin}; the base URL may not be the one that the server \
                     knows itself by"
                )
                .into(),
            ),
            NextLink::None | NextLink::Absent => unnamed(evidence),
        },
    }
}

/// Decides for a response that names its next page. A server that filters after counting may name a page beyond its totals, but then the
/// current page has no items.
fn named(evidence: &Evidence, next: u32) -> Next {
    match last_page(evidence) {
        Some(last) if u64::from(next) > last && evidence.items > 0 => Next::Contradictory(
            next,
            format!(
                "the response names page {next} as the next one, but by its totals page {last} is the last"
            )
            .into(),
        ),
        _ => Next::Named(next),
    }
}

/// Decides for a response that indicates that it is the last page.
fn last(evidence: &Evidence) -> Next {
    match position(evidence) {
        Some((page, last)) if page < last => contradictory(
            following(evidence),
            format!("the response names no next page, but is page {page} of {last} by its totals")
                .into(),
        ),
        position => end(evidence, position),
    }
}

/// Decides for a response that does not indicate whether there is a next page.
fn unnamed(evidence: &Evidence) -> Next {
    let position = position(evidence);
    if position.is_some_and(|(page, last)| page < last) {
        return reachable(following(evidence), Next::Counted);
    }
    let is_short = || {
        let items = u64::try_from(evidence.items).unwrap_or(u64::MAX);
        evidence.page_size.is_some_and(|size| items < size)
    };
    if evidence.total_pages.is_some() || evidence.link == NextLink::None || is_short() {
        end(evidence, position)
    } else if evidence.items > 0 && evidence.may_guess {
        reachable(following(evidence), Next::Guessed)
    } else {
        Next::Last
    }
}

/// Ends the list, unless the response contains items on a page beyond its own totals.
fn end(evidence: &Evidence, position: Option<(u64, u64)>) -> Next {
    match position {
        Some((page, last)) if page > last && evidence.items > 0 => contradictory(
            following(evidence),
            format!("the response is page {page} and holds items, but by its totals page {last} is the last").into(),
        ),
        _ => Next::Last,
    }
}

/// Returns the number of the response's page and the number of the last page.
fn position(evidence: &Evidence) -> Option<(u64, u64)> {
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

fn following(evidence: &Evidence) -> Option<u32> {
    current(evidence)?
        .checked_add(1)
        .filter(|page| *page <= MAX_PAGE)
}

/// Returns the number of the last page by the response's own totals, which is the greater one if they differ.
fn last_page(evidence: &Evidence) -> Option<u64> {
    let counted = evidence
        .total
        .zip(evidence.page_size.filter(|size| *size > 0))
        .map(|(total, size)| total.div_ceil(size));
    let pages = evidence.total_pages.max(counted)?;
    Some(
        pages
            .saturating_sub(1)
            .saturating_add(u64::from(evidence.first_page)),
    )
}

fn reachable(page: Option<u32>, next: fn(u32) -> Next) -> Next {
    page.map_or_else(no_number, next)
}

fn contradictory(page: Option<u32>, problem: Cow<'static, str>) -> Next {
    page.map_or_else(no_number, |page| Next::Contradictory(page, problem))
}

fn no_number() -> Next {
    unreachable_page("the list goes on, but the number of the next page is not known")
}

fn unreachable_page(problem: &'static str) -> Next {
    Next::Unreachable(problem.into())
}
