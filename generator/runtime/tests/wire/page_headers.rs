//! Lists whose server, or a proxy in front of it, omits pagination headers or contradicts itself.

use std::sync::{Arc, Mutex};

use futures_util::StreamExt;
use generator_runtime::runtime::api::operation::OperationInfo;
use generator_runtime::runtime::call::Operation;
use generator_runtime::runtime::call::client::Client;
use generator_runtime::runtime::call::response::HttpResponse;
use generator_runtime::runtime::credential::auth::Auth;
use generator_runtime::runtime::encode::request::HttpRequest;
use generator_runtime::runtime::error::Error;
use generator_runtime::runtime::page::stream::PageStream;
use generator_runtime::runtime::page::{Page, PageToken, Paginated, PaginationInfo};
use generator_runtime::runtime::transport::{
    RequestBody, ResponseBody, Transport, TransportFuture,
};

use crate::support::{ListPets, Script, TOKEN, VirtualTime, builder};

const SIZE: u32 = 2;

type Response = http::Response<ResponseBody>;

/// A page of a server: its number, the number of pages, and its response.
struct Served {
    number: u32,
    pages: u32,
    response: Response,
}

impl Served {
    fn without(mut self, names: &[&str]) -> Self {
        for name in names {
            self.response.headers_mut().remove(*name);
        }
        self
    }

    fn with(mut self, name: &'static str, value: &str) -> Self {
        let value = http::HeaderValue::from_str(value).unwrap();
        self.response.headers_mut().insert(name, value);
        self
    }

    fn with_body(mut self, body: &str) -> Self {
        *self.response.body_mut() = ResponseBody::from(body.as_bytes().to_vec());
        self
    }

    fn with_status(mut self, status: u16) -> Self {
        *self.response.status_mut() = http::StatusCode::from_u16(status).unwrap();
        self
    }
}

const ALL: [&str; 6] = ["x-next", "x-page", "x-size", "x-count", "x-pages", "link"];

type Change = fn(Served) -> Served;

/// A server with a list of numbers, and an intermediary that changes its responses.
#[derive(Clone)]
struct Server {
    items: u32,
    change: Change,
    requested: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn new(items: u32, change: Change) -> Self {
        Self {
            items,
            change,
            requested: Arc::default(),
        }
    }

    fn serve(&self, query: &str) -> Response {
        let number = url::form_urlencoded::parse(query.as_bytes())
            .find(|(name, _)| name == "page")
            .map_or(1, |(_, value)| value.parse().unwrap());
        let pages = self.items.div_ceil(SIZE).max(1);
        let first = (number - 1) * SIZE;
        let items: Vec<String> = (first.min(self.items)..(first + SIZE).min(self.items))
            .map(|item| format!("\"{item}\""))
            .collect();
        let next = if number < pages {
            (number + 1).to_string()
        } else {
            String::new()
        };
        let mut link = r#"<https://pets.example/pets?page=1>; rel="first""#.to_owned();
        if number < pages {
            link = format!(r#"<https://pets.example/pets?page={next}>; rel="next", {link}"#);
        }
        let response = http::Response::builder()
            .header("x-next", next)
            .header("x-page", number)
            .header("x-size", SIZE)
            .header("x-count", self.items)
            .header("x-pages", pages)
            .header("link", link)
            .body(ResponseBody::from(
                format!("[{}]", items.join(",")).into_bytes(),
            ))
            .unwrap();
        let served = Served {
            number,
            pages,
            response,
        };
        (self.change)(served).response
    }

    /// Returns the numbers of the requested pages.
    fn requested(&self) -> Vec<String> {
        std::mem::take(&mut *self.requested.lock().unwrap())
    }

    fn client(&self, time: &VirtualTime) -> Client {
        builder(&Script::default(), time)
            .transport(self.clone())
            .build()
            .unwrap()
    }
}

impl Transport for Server {
    fn send(&self, request: http::Request<RequestBody>) -> TransportFuture {
        let query = request.uri().query().unwrap_or_default().to_owned();
        let response = self.serve(&query);
        self.requested.lock().unwrap().push(query);
        Box::pin(async move { Ok(response) })
    }
}

/// The result of a list for its caller: items, and the text of an error.
type Read = Vec<Result<String, String>>;

fn flat(pages: Vec<Result<Page<String>, Error>>) -> Read {
    let of_page = |page: Result<Page<String>, Error>| match page {
        Ok(page) => page.items.into_iter().map(Ok).collect(),
        Err(error) => vec![Err(error.to_string())],
    };
    pages.into_iter().flat_map(of_page).collect()
}

fn texts(items: Vec<Result<String, Error>>) -> Read {
    items
        .into_iter()
        .map(|item| item.map_err(|error| error.to_string()))
        .collect()
}

/// Reads a list in every way, asserts that the results are equal, and returns the result and the requested pages.
#[track_caller]
fn read(items: u32, change: Change, from: Option<i64>) -> (Read, Vec<String>) {
    let server = Server::new(items, change);
    let time = VirtualTime::new();
    let list = || ListPets {
        page: from,
        ..ListPets::new(server.client(&time))
    };
    // More than the pages of any list in this file.
    let all = texts(time.run(list().into_stream().take(60).collect()));
    let requested = server.requested();
    let pages = flat(time.run(list().into_page_stream().take(60).collect()));
    assert_eq!((&pages, &server.requested()), (&all, &requested));
    #[cfg(feature = "blocking")]
    {
        use generator_runtime::runtime::call::blocking::ClientBuilder;
        let client = ClientBuilder::for_api(&crate::support::API)
            .auth(Auth::header("X-Pet-Key", TOKEN))
            .transport(server.clone())
            .timer(VirtualTime::new())
            .build()
            .unwrap();
        let list = || ListPets {
            page: from,
            ..ListPets::new(client.clone())
        };
        let items = texts(list().into_iter().take(60).collect());
        assert_eq!((&items, &server.requested()), (&all, &requested));
        let pages = flat(list().into_pages().take(60).collect());
        assert_eq!((&pages, &server.requested()), (&all, &requested));
    }
    (all, requested)
}

fn numbers(items: std::ops::Range<u32>) -> Read {
    items.map(|item| Ok(item.to_string())).collect()
}

/// Each subset of the headers may be missing.
#[test]
fn no_item_is_lost_if_any_headers_are_missing() {
    let changes: [(&str, Change, usize); 13] = [
        ("nothing", |page| page, 3),
        ("x-next", |page| page.without(&["x-next"]), 3),
        ("link", |page| page.without(&["link"]), 3),
        (
            "next and page",
            |page| page.without(&["x-next", "x-page"]),
            3,
        ),
        (
            "next and totals",
            |page| page.without(&["x-next", "x-count", "x-pages"]),
            3,
        ),
        ("next and link", |page| page.without(&["x-next", "link"]), 3),
        (
            "next, link and page",
            |page| page.without(&["x-next", "link", "x-page"]),
            3,
        ),
        (
            "next, link and pages",
            |page| page.without(&["x-next", "link", "x-pages"]),
            3,
        ),
        (
            "next, link and totals",
            |page| page.without(&["x-next", "link", "x-pages", "x-count"]),
            3,
        ),
        // Only these are left.
        (
            "all but next",
            |page| page.without(&["link", "x-page", "x-size", "x-count", "x-pages"]),
            3,
        ),
        (
            "all but link",
            |page| page.without(&["x-next", "x-page", "x-size", "x-count", "x-pages"]),
            3,
        ),
        (
            "all but pages",
            |page| page.without(&["x-next", "link", "x-page", "x-size", "x-count"]),
            3,
        ),
        ("all", |page| page.without(&ALL), 4),
    ];
    for (missing, change, requests) in changes {
        let (items, requested) = read(5, change, None);
        assert_eq!(items, numbers(0..5), "without {missing}");
        assert_eq!(requested.len(), requests, "without {missing}");
        let (items, requested) = read(5, change, Some(2));
        assert_eq!(items, numbers(2..5), "from page 2 without {missing}");
        assert_eq!(requested.len(), requests - 1, "without {missing}");
        let (items, _) = read(0, change, None);
        assert_eq!(items, [], "an empty list without {missing}");
        let (items, _) = read(4, change, None);
        assert_eq!(items, numbers(0..4), "full pages without {missing}");
    }
    let (_, requested) = read(5, |page| page.without(&ALL), None);
    assert_eq!(requested, ["", "page=2", "page=3", "page=4"]);
}

/// Such a page does not belong to the list, unlike the server's own empty pages.
#[test]
fn the_empty_page_that_ends_a_guess_is_not_returned() {
    let server = Server::new(4, |page| page.without(&ALL));
    let time = VirtualTime::new();
    let pages = ListPets::new(server.client(&time)).into_page_stream();
    let pages: Vec<Result<Page<String>, Error>> = time.run(pages.collect());
    assert_eq!(pages.len(), 2);
    assert_eq!(server.requested().len(), 3);
    // A page that is not guessed is returned, empty or not.
    let server = Server::new(0, |page| page.without(&ALL));
    let pages = ListPets::new(server.client(&time)).into_page_stream();
    let pages: Vec<Result<Page<String>, Error>> = time.run(pages.collect());
    assert_eq!(pages.len(), 1);
}

#[test]
fn headers_may_be_missing_on_some_pages_only() {
    let changes: [Change; 3] = [
        |page| match page.number {
            1 => page.without(&ALL),
            _ => page,
        },
        |page| match page.number {
            2 => page.without(&ALL),
            _ => page,
        },
        |page| match page.number {
            1 => page.without(&["x-next"]),
            2 => page.without(&["x-next", "link"]),
            _ => page.without(&ALL),
        },
    ];
    for (index, change) in changes.into_iter().enumerate() {
        assert_eq!(read(5, change, None).0, numbers(0..5), "{index}");
    }
}

/// The server reduces the page size, and a filter after its pagination makes pages short.
#[test]
fn a_short_page_ends_a_guess_only_against_the_responses_own_size() {
    fn short(page: Served) -> Served {
        match page.number {
            2 => page.with_body(r#"["x"]"#),
            _ => page,
        }
    }
    let (items, requested) = read(6, |page| short(page).without(&ALL), None);
    assert_eq!(items.len(), 5);
    assert_eq!(requested.len(), 4);
    let (items, requested) = read(
        6,
        |page| short(page).without(&["x-next", "link", "x-pages", "x-count"]),
        None,
    );
    assert_eq!(items.len(), 3);
    assert_eq!(requested.len(), 2);
}

#[test]
fn a_guess_that_equals_the_previous_page_is_an_error() {
    // Page 1, whichever is requested.
    let changes: [Change; 2] = [
        |page| page.without(&ALL).with_body(r#"["a", "b"]"#),
        // With totals, page 2 is not a guess, but it was not named either.
        |page| {
            page.without(&["x-next", "link", "x-page"])
                .with_body(" [\"a\", \"b\"]\n")
        },
    ];
    for change in changes {
        let (items, requested) = read(5, change, None);
        assert_eq!(items[..2], [Ok("a".to_owned()), Ok("b".to_owned())]);
        assert_eq!(
            items[2..],
            [Err(
                "pets.list: the server did not name page 2, and the response for it equals an earlier page; check that the server \
                 supports the parameter `page`"
                    .to_owned()
            )]
        );
        assert_eq!(requested.len(), 2);
    }
}

#[test]
fn another_page_than_the_requested_one_is_withheld() {
    let first: Change = |page| page.with("x-page", "1").without(&["x-next", "link"]);
    let (items, requested) = read(5, first, None);
    assert_eq!(
        items[2..],
        [Err(
            "pets.list: page 2 was requested, but the response is page 1; check for a cache that ignores the query"
                .to_owned()
        )]
    );
    assert_eq!(requested.len(), 2);
    // A server may return its first page for a number below the first.
    let clamped: Change = |page| match page.number {
        1 => page,
        number => page.with("x-page", &number.to_string()),
    };
    assert_eq!(read(5, clamped, Some(1)).0, numbers(0..5));
}

#[test]
fn a_404_ends_the_list_only_if_the_document_declares_it() {
    let change: Change = |page| {
        if page.number > page.pages {
            page.without(&ALL).with_status(404).with_body("{}")
        } else {
            page.without(&ALL)
        }
    };
    let (items, requested) = read(4, change, None);
    assert_eq!(items[..4], numbers(0..4));
    assert_eq!(items[4..], [Err("pets.list: 404 Not Found".to_owned())]);
    assert_eq!(requested.len(), 3);
}

/// The same list of an API that responds with 404 to a page after the last one, or for which no page is guessed.
struct OfApi<const PAST_END: u16, const MAY_GUESS: bool>(ListPets<Client>);

impl<const PAST_END: u16, const MAY_GUESS: bool> Operation for OfApi<PAST_END, MAY_GUESS> {
    type Output = Page<String>;
    const INFO: &'static OperationInfo = ListPets::<Client>::INFO;

    fn request(&self) -> Result<HttpRequest, Error> {
        self.0.request()
    }

    fn decode(response: HttpResponse) -> Result<Page<String>, Error> {
        response.page(Self::PAGINATION)
    }
}

impl<const PAST_END: u16, const MAY_GUESS: bool> Paginated for OfApi<PAST_END, MAY_GUESS> {
    type Item = String;
    const PAGINATION: &'static PaginationInfo = &PaginationInfo {
        may_guess: MAY_GUESS,
        past_end_status: Some(PAST_END),
        ..*ListPets::<Client>::PAGINATION
    };

    fn set_page(&mut self, page: PageToken) {
        self.0.set_page(page);
    }
}

#[test]
fn the_document_declares_the_status_that_ends_guesses_and_whether_pages_are_guessed() {
    fn all<const PAST_END: u16, const MAY_GUESS: bool>(
        change: Change,
        from: Option<i64>,
    ) -> (Read, usize) {
        let server = Server::new(4, change);
        let time = VirtualTime::new();
        let mut list = ListPets::new(server.client(&time));
        list.page = from;
        let call = list.call.clone();
        let pages = PageStream::new(call, OfApi::<PAST_END, MAY_GUESS>(list));
        let pages = flat(time.run(pages.take(60).collect()));
        (pages, server.requested().len())
    }
    let silent: Change = |page| {
        if page.number > page.pages {
            page.without(&ALL).with_status(404).with_body("{}")
        } else {
            page.without(&ALL)
        }
    };
    assert_eq!(all::<404, true>(silent, None), (numbers(0..4), 3));
    let (other_status, _) = all::<422, true>(silent, None);
    assert_eq!(other_status.len(), 5);
    assert_eq!(other_status[4], Err("pets.list: 404 Not Found".to_owned()));
    assert_eq!(all::<404, false>(silent, None), (numbers(0..2), 1));
    // A page that the caller requests or the server names is not a guess.
    let not_found = || Err("pets.list: 404 Not Found".to_owned());
    assert_eq!(all::<404, true>(silent, Some(3)), (vec![not_found()], 1));
    let naming: Change = |page| match page.number {
        1 => page,
        _ => page.with_status(404).with_body("{}"),
    };
    let (named, _) = all::<404, true>(naming, None);
    assert_eq!(named[2..], [not_found()]);
}

const LAST: &str = r#"<https://pets.example/pets?page=1>; rel="first", <https://pets.example/pets?page=3>; rel="last""#;

/// The items of the page come first.
#[test]
fn a_contradiction_is_an_error_after_the_items_of_its_page() {
    let cases: [(Change, &str); 8] = [
        (
            |page| page.with("x-next", ""),
            "the response names no next page, but links to one",
        ),
        (
            |page| page.with("x-next", "").without(&["link"]),
            "the response names no next page, but is page 1 of 3 by its totals",
        ),
        (
            |page| page.with("x-pages", "1").without(&["x-count"]),
            "the response names page 2 as the next one, but by its totals page 1 is the last",
        ),
        (
            |page| page.with("x-next", "3"),
            "the response names page 3 as the next one, but links to page 2",
        ),
        (
            |page| page.with("x-next", "2, 3"),
            "the response names different pages as the next one",
        ),
        (
            |page| page.with("x-next", "3").without(&["link"]),
            "the response names page 3 as the next one, but is page 1",
        ),
        (
            |page| page.with("x-next", "1").without(&["link"]),
            "the response names page 1 as the next one, but is page 1",
        ),
        (
            |page| page.without(&ALL).with("x-next", "").with("link", LAST),
            "the response names no next page, but is page 1 of 3 by its links",
        ),
    ];
    for (change, problem) in cases {
        let (items, requested) = read(5, change, None);
        assert_eq!(items[..2], numbers(0..2), "{problem}");
        assert_eq!(
            items[2..],
            [Err(format!("pets.list: 200 OK: {problem}"))],
            "{problem}"
        );
        assert_eq!(requested.len(), 1, "{problem}");

        // A caller who reads a single page gets it.
        let server = Server::new(5, change);
        let time = VirtualTime::new();
        let page = time
            .run(ListPets::new(server.client(&time)).into_future())
            .unwrap();
        assert_eq!(page.items, ["0", "1"]);
        let error = page.next_page().unwrap_err();
        assert_eq!(error.to_string(), format!("pets.list: 200 OK: {problem}"));
        assert!(!page.is_next_page_guessed());
    }
}

#[test]
fn a_next_page_that_cannot_be_requested_is_an_error_after_the_items_of_its_page() {
    let cases: [(Change, &str); 3] = [
        (
            |page| page.with("x-next", "two"),
            "the next page's number cannot be read",
        ),
        (
            |page| {
                page.without(&["x-next"])
                    .with("link", "</pets?cursor=x>; rel=next")
            },
            "the link to the next page contains no page number",
        ),
        (
            |page| {
                page.without(&["x-next"])
                    .with("link", "<https://[/>; rel=next")
            },
            "the link to the next page cannot be read",
        ),
    ];
    for (change, problem) in cases {
        let (items, requested) = read(5, change, None);
        assert_eq!(items[..2], numbers(0..2), "{problem}");
        assert_eq!(
            items[2..],
            [Err(format!("pets.list: 200 OK: {problem}"))],
            "{problem}"
        );
        assert_eq!(requested.len(), 1, "{problem}");
    }
}

#[test]
fn a_contradiction_on_a_later_page_withholds_no_items() {
    let changes: [Change; 4] = [
        |page| match page.number {
            2 => page.with("x-next", "2, 3").without(&["link"]),
            _ => page,
        },
        |page| match page.number {
            2 => page.with("link", "</pets?page=2>; rel=next"),
            _ => page,
        },
        |page| match page.number {
            2 => page.with("x-next", "2").without(&["link"]),
            _ => page,
        },
        |page| match page.number {
            2 => page
                .without(&["x-next"])
                .with("link", "</pets?page=3>; rel=next, </pets?page=2>; rel=next"),
            _ => page,
        },
    ];
    for change in changes {
        let (items, requested) = read(6, change, None);
        assert_eq!(items[..4], numbers(0..4));
        let error = items[4].as_ref().unwrap_err();
        assert!(
            error.starts_with("pets.list: 200 OK: the response "),
            "{error}"
        );
        assert_eq!((items.len(), requested.len()), (5, 2));
    }
}

/// Links without one to a next page do not end the list by themselves.
#[test]
fn links_to_other_pages_end_the_list_only_if_earlier_pages_had_a_next_link() {
    let cases: [(Change, usize); 3] = [
        (|page| page.without(&ALL).with("link", LAST), 3),
        (
            |page| page.without(&ALL).with("link", "</pets?page=1>; rel=first"),
            4,
        ),
        // Here the earlier pages have a link to the next one.
        (
            |page| page.without(&["x-next", "x-page", "x-size", "x-count", "x-pages"]),
            3,
        ),
    ];
    for (change, requests) in cases {
        let (items, requested) = read(6, change, None);
        assert_eq!(items, numbers(0..6));
        assert_eq!(requested.len(), requests);
    }
}

/// A server's links have the host that it is configured with.
#[test]
fn the_number_in_a_link_to_another_origin_is_used() {
    fn linked(page: Served) -> Served {
        let next = format!(
            "<https://other.example/pets?page={}>; rel=next",
            page.number + 1
        );
        let has_next = page.number < page.pages;
        let page = page.without(&["x-next", "x-count", "x-pages", "link"]);
        if has_next {
            page.with("link", &next)
        } else {
            page
        }
    }
    // A filter after the pagination leaves pages short or empty.
    let changes: [Change; 3] = [
        linked,
        |page| match page.number {
            1 => linked(page).with_body(r#"["0"]"#),
            _ => linked(page),
        },
        |page| match page.number {
            1 => linked(page).with_body("[]"),
            _ => linked(page),
        },
    ];
    for (index, change) in changes.into_iter().enumerate() {
        let (items, requested) = read(5, change, None);
        assert_eq!(items[items.len() - 3..], numbers(2..5), "{index}");
        assert_eq!(requested.len(), 3, "{index}");
    }
    // Against a total the link is a contradiction, not the end.
    let (items, _) = read(6, |page| linked(page).with("x-pages", "1"), None);
    assert_eq!(items[..2], numbers(0..2));
    assert!(items.len() == 3 && items[2].is_err());
}

/// The first response comes from a cache and is page 2.
#[test]
fn the_first_page_must_be_the_requested_one() {
    let (items, requested) = read(
        5,
        |page| {
            page.with("x-page", "2")
                .with("x-next", "3")
                .without(&["link"])
        },
        None,
    );
    assert_eq!(
        items,
        [Err(
            "pets.list: page 1 was requested, but the response is page 2; check for a cache that ignores the query"
                .to_owned()
        )]
    );
    assert_eq!(requested.len(), 1);
}

/// A server without pages and without an order.
#[test]
fn a_guess_that_repeats_any_earlier_page_is_an_error() {
    let change: Change = |page| {
        let body = if page.number.is_multiple_of(3) {
            r#"["a"]"#
        } else if page.number % 3 == 1 {
            r#"["b"]"#
        } else {
            r#"["c"]"#
        };
        page.without(&ALL).with_body(body)
    };
    let (items, requested) = read(5, change, None);
    assert_eq!((items.len(), requested.len()), (4, 4));
    assert!(
        items[3]
            .as_ref()
            .unwrap_err()
            .contains("name page 4, and the response for it equals")
    );
}

/// The server's own number distinguishes them.
#[test]
fn pages_that_the_server_numbers_may_be_equal() {
    let (items, requested) = read(
        6,
        |page| {
            page.without(&["x-next", "link"])
                .with_body(r#"["same", "same"]"#)
        },
        None,
    );
    assert_eq!(items, vec![Ok("same".to_owned()); 6]);
    assert_eq!(requested.len(), 3);
}

#[test]
fn a_list_of_guesses_ends_with_an_error_that_names_the_next_page() {
    let change: Change = |page| {
        let body = format!("[\"{}\"]", page.number);
        page.without(&ALL).with_body(&body)
    };
    let server = Server::new(1, change);
    let time = VirtualTime::new();
    let stream = ListPets::new(server.client(&time)).into_stream();
    let items = texts(time.run(stream.collect()));
    assert_eq!(items.len(), 10_002);
    assert!(items[..10_001].iter().all(Result::is_ok));
    assert_eq!(
        items[10_001..],
        [Err(
            "pets.list: 200 OK: 10000 pages in a row were guessed, and no response indicates that the list ends; start from page 10002 to continue"
                .to_owned()
        )]
    );
}

#[test]
fn the_error_after_a_page_has_its_response() {
    let server = Server::new(5, |page| page.with("x-next", "").with("x-request-id", "r1"));
    let time = VirtualTime::new();
    let stream = ListPets::new(server.client(&time)).into_stream();
    let items: Vec<Result<String, Error>> = time.run(stream.collect());
    let error = items[2].as_ref().unwrap_err();
    assert!(error.is_decode() && !error.is_retryable() && !error.is_outcome_unknown());
    assert_eq!(error.request_id(), Some("r1"));
    assert_eq!(error.body(), r#"["0","1"]"#);
    assert_eq!(error.headers()["x-pages"], "3");
}

#[test]
fn a_page_reports_whether_the_next_one_is_guessed() {
    let time = VirtualTime::new();
    let page = |change: Change, number: Option<i64>| {
        let server = Server::new(5, change);
        let list = ListPets {
            page: number,
            ..ListPets::new(server.client(&time))
        };
        let response = time.run(list.send()).unwrap();
        assert_eq!(server.requested().len(), 1);
        let page = response.into_inner();
        let next = page.next_page().unwrap().map(|next| next.number());
        (next, page.is_next_page_guessed(), page.total())
    };
    assert_eq!(page(|page| page, None), (Some(2), false, Some(5)));
    let silent: Change = |page| page.without(&ALL);
    assert_eq!(page(silent, None), (Some(2), true, None));
    assert_eq!(page(silent, Some(3)), (Some(4), true, None));
    assert_eq!(page(silent, Some(4)), (None, false, None));
    let sized: Change = |page| page.without(&["x-next", "link", "x-count", "x-pages"]);
    assert_eq!(page(sized, Some(3)), (None, false, None));
    let counted: Change = |page| page.without(&["x-next", "link"]);
    assert_eq!(page(counted, Some(2)), (Some(3), false, Some(5)));
    assert_eq!(page(counted, Some(3)), (None, false, Some(5)));
}

/// A number or an origin from the server may be the credential.
#[test]
fn a_contradiction_does_not_show_the_credential() {
    let server = Server::new(5, |page| page.with("x-next", "12345678"));
    let time = VirtualTime::new();
    let client = builder(&Script::default(), &time)
        .transport(server)
        .auth(Auth::header("X-Pet-Key", "12345678"))
        .build()
        .unwrap();
    let page = time.run(ListPets::new(client).into_future()).unwrap();
    let shown = page.next_page().unwrap_err().to_string();
    assert!(!shown.contains("12345678"), "{shown}");
    assert!(shown.contains("but links to page 2"), "{shown}");
    let shown = format!("{page:?}");
    assert!(!shown.contains("names page 12345678"), "{shown}");
    assert_ne!(TOKEN, "12345678");
}
