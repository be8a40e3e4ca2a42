//! Decides which page comes after a response's: one pure function of what the response and its request say.
//!
//! The rule errs on the side of one request too many, since a list that ends early looks complete.

use std::borrow::Cow;

/// The greatest page number: what an `i32` parameter can hold.
pub(crate) const MAX_PAGE: u32 = i32::MAX.unsigned_abs();

/// What a response and its request say about the pages of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Evidence {
    /// The header that names the next page.
    pub(crate) header: NextHeader,
    /// The links of the response.
    pub(crate) link: NextLink,
    /// The page's number, as the response has it.
    pub(crate) page: Option<u32>,
    /// The page's number, as the request has it.
    pub(crate) requested: Requested,
    /// The number of a list's first page.
    pub(crate) first_page: u32,
    /// The number of pages.
    pub(crate) total_pages: Option<u64>,
    /// The number of items on all pages.
    pub(crate) total: Option<u64>,
    /// The number of items that a page holds, as the response has it: a server need not do what the request asks for.
    pub(crate) page_size: Option<u64>,
    /// The number of items in the response.
    pub(crate) items: usize,
    /// Whether a next page may be requested that the response says nothing of.
    pub(crate) may_guess: bool,
    /// Whether a link to another origin is as good as none.
    pub(crate) ignores_foreign_links: bool,
}

/// The header that names the next page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NextHeader {
    /// Not there.
    Absent,
    /// There, without a value.
    Empty,
    /// A page's number.
    Number(u32),
    /// Anything else.
    Unreadable,
    /// There more than once, with different values, of which this is the least number.
    Ambiguous(u32),
}

/// The link to the next page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NextLink {
    /// The response has no links to other pages.
    Absent,
    /// The response has links to other pages, but not to a next one.
    None,
    /// A link that holds a page's number.
    Number(u32),
    /// A link without a page's number.
    WithoutNumber,
    /// A link that is no URL.
    Unreadable,
    /// A link to this other origin.
    OtherOrigin(String),
}

/// The page's number in the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Requested {
    /// The request leaves it to the server.
    Unspecified,
    /// This number.
    Number(u32),
    /// Something else, or a number that is too great.
    Unreadable,
}

/// The page after a response's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Next {
    /// There is none.
    Last,
    /// The response names it.
    Named(u32),
    /// The response counts more pages than up to this one.
    Counted(u32),
    /// Nothing is known of it.
    Guessed(u32),
    /// The response contradicts itself. This is the page that it may have.
    Contradictory(u32, Cow<'static, str>),
    /// There is one, and it can't be requested.
    Unreachable(Cow<'static, str>),
}

/// Returns the page after a response's.
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

/// The response names its next page. A server that filters what it has counted may name one behind the last of its totals, but not
/// when the page has items.
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

/// The response says that it has no next page.
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

/// The response says neither which page is the next one nor that there is none.
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

/// The list ends, unless the response holds items where by its totals there are none.
fn end(evidence: &Evidence, position: Option<(u64, u64)>) -> Next {
    match position {
        Some((page, last)) if page > last && evidence.items > 0 => contradictory(
            following(evidence),
            format!("the response is page {page} and holds items, but by its totals page {last} is the last").into(),
        ),
        _ => Next::Last,
    }
}

/// Returns the numbers of the response's page and of the last one.
fn position(evidence: &Evidence) -> Option<(u64, u64)> {
    Some((u64::from(current(evidence)?), last_page(evidence)?))
}

/// Returns the number of the response's page; none where neither the response nor its request tells.
fn current(evidence: &Evidence) -> Option<u32> {
    evidence.page.or(match evidence.requested {
        Requested::Unspecified => Some(evidence.first_page),
        // A server that takes a number below the first gives the first page.
        Requested::Number(number) => Some(number.max(evidence.first_page)),
        Requested::Unreadable => None,
    })
}

fn following(evidence: &Evidence) -> Option<u32> {
    current(evidence)?
        .checked_add(1)
        .filter(|page| *page <= MAX_PAGE)
}

/// Returns the number of the last page by the response's own totals: the greater one where two of them differ.
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
