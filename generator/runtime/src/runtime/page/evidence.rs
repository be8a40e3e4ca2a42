//! Reads what a response and its request contain about the pages of a list.

use http::HeaderMap;
use url::Url;

use crate::runtime::call::response::HttpResponse;
use crate::runtime::page::PaginationInfo;
use crate::runtime::page::link::links;
use crate::runtime::page::next::{Evidence, MAX_PAGE, NextHeader, NextLink, Requested};

/// The relations of links between pages, except for `next`.
const OTHER_PAGES: [&str; 4] = ["first", "prev", "previous", "last"];

/// Returns what a response and its request contain about the pages of the list. `items` is the number of items in the response.
pub(crate) fn read(response: &HttpResponse, info: &PaginationInfo, items: usize) -> Evidence {
    let headers = response.headers();
    let count = |name: Option<&str>| number(headers, name?);
    let (link, last_link) = links_to_pages(response, info);
    Evidence {
        header: next_header(headers, info.next_page_header),
        link,
        last_link,
        follows_links: false,
        page: count(info.page_header).and_then(page_number),
        requested: requested(response.url().query().unwrap_or_default(), info),
        first_page: info.first_page,
        total_pages: count(info.total_pages_header),
        total: count(info.total_header),
        page_size: count(info.page_size_header),
        items,
        may_guess: info.may_guess,
    }
}

/// Returns the number in a header. Returns `None` if the header is absent, is not a number, or has several different values.
pub(crate) fn number(headers: &HeaderMap, name: &str) -> Option<u64> {
    let mut numbers = headers
        .get_all(name)
        .iter()
        .map(|value| value.to_str().ok()?.trim().parse::<u64>().ok());
    let number = numbers.next()??;
    numbers.all(|other| other == Some(number)).then_some(number)
}

/// Returns the page number in a query.
pub(crate) fn requested(query: &str, info: &PaginationInfo) -> Requested {
    match query_parameter(query, info.page_parameter) {
        None => Requested::Unspecified,
        Some(value) => match value.parse::<i64>() {
            Ok(number) => u64::try_from(number.max(0))
                .ok()
                .and_then(page_number)
                .map_or(Requested::Unreadable, Requested::Number),
            Err(_) => Requested::Unreadable,
        },
    }
}

/// Reads the header that names the next page. A repeated header is equivalent to its values joined with commas (RFC 9110, section 5.3).
fn next_header(headers: &HeaderMap, name: Option<&str>) -> NextHeader {
    let Some(name) = name else {
        return NextHeader::Absent;
    };
    let mut found = NextHeader::Absent;
    for value in headers.get_all(name) {
        let Ok(value) = value.to_str() else {
            return NextHeader::Unreadable;
        };
        for value in value.split(',').map(str::trim) {
            let value = if value.is_empty() {
                NextHeader::Empty
            } else {
                match parse_page(value) {
                    Some(number) => NextHeader::Number(number),
                    None => return NextHeader::Unreadable,
                }
            };
            found = both(found, value);
        }
    }
    found
}

fn both(left: NextHeader, right: NextHeader) -> NextHeader {
    match (left, right) {
        (NextHeader::Absent, other) => other,
        (left, right) if left == right => left,
        _ => NextHeader::Ambiguous,
    }
}

/// Returns the link to the next page, and the number in the one to the last page.
///
/// Only the number is read from a link, whatever its origin. Every request goes to the client's base URL, and the host in a link is the one
/// that the server is configured with, which may differ from the one that was called.
fn links_to_pages(response: &HttpResponse, info: &PaginationInfo) -> (NextLink, Option<u32>) {
    let (mut next, mut last) = (NextLink::Absent, None);
    let Some(name) = info.link_header else {
        return (next, last);
    };
    for value in response.headers().get_all(name) {
        // The syntax and the numbers are ASCII, so other bytes have no meaning.
        for link in links(&String::from_utf8_lossy(value.as_bytes())) {
            let Ok(link) = link else {
                next = both_links(next, NextLink::Lost);
                break;
            };
            if link.is("last")
                && let NextLink::Number(number) =
                    page_in_link(response.url(), link.target, info.page_parameter)
            {
                last = last.max(Some(number));
            }
            if link.is("next") {
                let link = page_in_link(response.url(), link.target, info.page_parameter);
                next = both_links(next, link);
            } else if OTHER_PAGES.iter().any(|relation| link.is(relation)) {
                next = both_links(next, NextLink::None);
            }
        }
    }
    (next, last)
}

fn both_links(left: NextLink, right: NextLink) -> NextLink {
    use NextLink::{Absent, Ambiguous, Lost, None};
    match (left, right) {
        (left, right) if left == right => left,
        (Absent, other) | (other, Absent) => other,
        (None, other) | (other, None) => other,
        (Lost, other) | (other, Lost) => other,
        _ => Ambiguous,
    }
}

fn page_in_link(requested: &Url, target: &str, parameter: &str) -> NextLink {
    let Ok(link) = requested.join(target) else {
        return NextLink::Unreadable;
    };
    query_parameter(link.query().unwrap_or_default(), parameter)
        .and_then(|value| parse_page(&value))
        .map_or(NextLink::WithoutNumber, NextLink::Number)
}

fn query_parameter(query: &str, name: &str) -> Option<String> {
    url::form_urlencoded::parse(query.as_bytes())
        .find(|(parameter, _)| parameter == name)
        .map(|(_, value)| value.into_owned())
}

fn parse_page(text: &str) -> Option<u32> {
    text.parse().ok().and_then(page_number)
}

fn page_number(number: u64) -> Option<u32> {
    u32::try_from(number)
        .ok()
        .filter(|number| *number <= MAX_PAGE)
}
