//! Pages and streams of pages and items.

use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::{StreamExt, TryStreamExt};
use generator_runtime::runtime::api::operation::OperationInfo;
use generator_runtime::runtime::call::client::Client;
use generator_runtime::runtime::call::response::HttpResponse;
use generator_runtime::runtime::call::{Call, Operation};
use generator_runtime::runtime::credential::auth::Auth;
use generator_runtime::runtime::encode::request::HttpRequest;
use generator_runtime::runtime::error::Error;
use generator_runtime::runtime::page::stream::{ItemStream, PageStream};
use generator_runtime::runtime::page::{Page, PageToken, Paginated, PaginationInfo};

use crate::support::{
    Act, LIST_PETS, ListPets, Script, VirtualTime, builder, client, json, response,
};

fn page(items: &str, headers: &[(&str, &str)]) -> Act {
    response(200, headers, items)
}

fn first(act: Act) -> Result<Page<String>, Error> {
    let script = Script::new([act]);
    let time = VirtualTime::new();
    time.run(ListPets::new(client(&script, &time)).into_future())
}

#[test]
fn a_page_has_the_totals_of_the_server() {
    let page = first(page(
        r#"["a", "b"]"#,
        &[
            ("x-next", "2"),
            ("x-count", "21"),
            ("x-pages", "11"),
            ("x-request-id", "01HX"),
            ("quota-limit", "60"),
        ],
    ))
    .unwrap();
    assert_eq!(page.items, ["a", "b"]);
    assert_eq!(page.next_page().unwrap().unwrap().number(), 2);
    assert_eq!(page.total(), Some(21));
    assert_eq!(page.total_pages(), Some(11));
    assert_eq!(page.request_id(), Some("01HX"));
    assert_eq!(page.rate_limit().unwrap().limit, Some(60));
    assert_eq!((&page).into_iter().count(), 2);
    assert_eq!(page.into_iter().next().unwrap(), "a");
}

#[test]
fn the_last_page_has_an_empty_header_or_none() {
    for headers in [
        &[("x-next", "")][..],
        &[("x-next", " ")],
        &[],
        &[("link", "")],
    ] {
        let page = first(page("[]", headers)).unwrap();
        assert_eq!(page.next_page().unwrap(), None, "{headers:?}");
        assert_eq!(page.total(), None);
    }
}

#[test]
fn a_link_is_followed_by_its_page_number_alone() {
    let link = r#"<https://pets.example/pets?page=1>; rel="prev", <https://pets.example/pets?x=a,b;c&page=2>; title="a, <b>; rel=last"; rel="next", </pets?page=9>; rel="last""#;
    for link in [
        link,
        "</pets?page=2>; REL=Next",
        r#"<?page=2>; rel="last next""#,
        "<https://other.example:81/pets?key=abc&page=2>; rel=next",
        "<http://pets.example/pets?page=2>; rel=next",
        // Characters outside of ASCII elsewhere in the header hide nothing.
        "<https://pets.example/pets?search=\u{fc}&page=2>; rel=next",
        "</pets?page=2>; rel=next, garbage",
    ] {
        let found = first(page("[]", &[("link", link)])).unwrap();
        assert_eq!(found.next_page().unwrap().unwrap().number(), 2, "{link}");
    }
    for link in [
        r#"</pets?page=4>; rel="prev""#,
        "</pets?page=4>",
        r#"</pets?page=4>; title="x; rel=next""#,
    ] {
        let found = first(page("[]", &[("link", link)])).unwrap();
        assert_eq!(found.next_page().unwrap(), None, "{link}");
    }
    // A page number is preferred to a link.
    let link = ("link", "<https://other.example/pets?cursor=4>; rel=next");
    let found = first(page("[]", &[("x-next", "2"), link])).unwrap();
    assert_eq!(found.next_page().unwrap().unwrap().number(), 2);
}

/// The server of a link to another origin gets no request, only its page's number is used.
#[test]
fn no_request_leaves_the_origin_of_the_base_url() {
    let link = "<https://other.example/elsewhere?key=abc&page=2>; rel=next";
    let script = Script::new([
        page(r#"["a"]"#, &[("link", link), ("x-size", "20")]),
        page(r#"["b"]"#, &[("link", r#"</pets?page=1>; rel="first""#)]),
    ]);
    let time = VirtualTime::new();
    let stream = ListPets::new(client(&script, &time)).into_stream();
    let names: Vec<String> = time.run(stream.try_collect()).unwrap();
    assert_eq!(names, ["a", "b"]);
    assert_eq!(script.count(), 2);
    assert_eq!(script.seen()[1].uri, "https://pets.example/pets?page=2");
}

#[test]
fn a_next_page_that_cannot_be_requested_is_an_error_and_not_the_end() {
    const LOST: &str = "the links of the response cannot be read to their end, so it is not known whether it has a next page";
    let cases: [(&[(&str, &str)], &str); 9] = [
        (
            &[("x-next", "two")],
            "the next page's number cannot be read",
        ),
        (&[("x-next", "-2")], "the next page's number cannot be read"),
        (
            &[("x-next", "4000000000")],
            "the next page's number cannot be read",
        ),
        (
            &[("link", "</pets?cursor=x>; rel=next")],
            "the link to the next page contains no page number",
        ),
        (
            &[("link", "<https://[/>; rel=next")],
            "the link to the next page cannot be read",
        ),
        (
            &[("link", "</pets?page=2>; rel=next, </pets?page=3>; rel=next")],
            "the response links to different pages as the next one",
        ),
        (&[("link", "garbage")], LOST),
        (&[("link", "</pets?page=4; rel=next")], LOST),
        (
            &[(
                "link",
                r#"</pets?page=1>; rel="first"; title="5" wide", </pets?page=2>; rel="next""#,
            )],
            LOST,
        ),
    ];
    for (headers, text) in cases {
        // The items of the page are returned.
        let found = first(page(r#"["a"]"#, headers)).unwrap();
        assert_eq!(found.items, ["a"]);
        let error = found.next_page().unwrap_err();
        assert!(error.is_decode() && !error.is_retryable(), "{error}");
        assert_eq!(error.to_string(), format!("pets.list: 200 OK: {text}"));
    }
    // The empty header indicates that there is none.
    let found = first(page("[]", &[("x-next", ""), ("link", "garbage")])).unwrap();
    assert_eq!(found.next_page().unwrap(), None);
}

/// The page that names itself is an error, whether or not it has a number.
#[test]
fn a_manual_loop_ends() {
    let responses: [&[(&str, &str)]; 3] = [
        &[("x-next", "1")],
        &[("x-next", "2")],
        &[("x-next", "2"), ("x-page", "1")],
    ];
    for headers in responses {
        let script = Script::new((0..5).map(|_| page(r#"["a"]"#, headers)));
        let time = VirtualTime::new();
        let client = client(&script, &time);
        let read = async {
            let mut page = ListPets::new(client.clone()).await?;
            while let Some(next) = page.next_page()? {
                let mut list = ListPets::new(client.clone());
                list.page = Some(next.into());
                page = list.await?;
            }
            Ok::<(), Error>(())
        };
        assert!(time.run(read).unwrap_err().is_decode());
        assert!(script.count() <= 2, "{headers:?}");
    }
}

#[test]
fn a_stream_requests_a_page_only_when_an_item_of_it_is_needed() {
    let script = Script::new([
        page(r#"["a", "b"]"#, &[("x-next", "2")]),
        page("[]", &[("x-next", "3")]),
        page(r#"["c"]"#, &[("x-next", "")]),
    ]);
    let time = VirtualTime::new();
    let mut stream = ListPets::new(client(&script, &time)).into_stream();
    assert_eq!(script.count(), 0);
    time.run(async {
        assert_eq!(stream.next().await.unwrap().unwrap(), "a");
        assert_eq!(stream.next().await.unwrap().unwrap(), "b");
        assert_eq!(script.count(), 1);
        assert_eq!(stream.next().await.unwrap().unwrap(), "c");
        assert!(stream.next().await.is_none());
        assert!(stream.next().await.is_none());
    });
    let uris: Vec<String> = script.seen().into_iter().map(|seen| seen.uri).collect();
    assert_eq!(
        uris,
        [
            "https://pets.example/pets",
            "https://pets.example/pets?page=2",
            "https://pets.example/pets?page=3"
        ]
    );
}

#[test]
fn a_stream_of_pages_begins_at_the_page_of_the_operation() {
    let script = Script::new([
        page(r#"["a"]"#, &[("x-next", "6")]),
        page(r#"["b"]"#, &[("x-next", "")]),
    ]);
    let time = VirtualTime::new();
    let mut list = ListPets::new(client(&script, &time));
    list.page = Some(5);
    let pages: Vec<Page<String>> = time.run(list.into_page_stream().try_collect()).unwrap();
    assert_eq!(pages.len(), 2);
    assert_eq!(script.seen()[0].uri, "https://pets.example/pets?page=5");
    assert_eq!(script.seen()[1].uri, "https://pets.example/pets?page=6");
}

#[test]
fn a_stream_continues_after_a_transient_error_without_repeating_items() {
    let script = Script::new([
        page(r#"["a"]"#, &[("x-next", "2")]),
        json(503, "{}"),
        json(429, "{}"),
        page(r#"["b"]"#, &[("x-next", "")]),
    ]);
    let time = VirtualTime::new();
    let mut stream = ListPets::new(client(&script, &time)).into_stream();
    time.run(async {
        assert_eq!(stream.next().await.unwrap().unwrap(), "a");
        assert!(stream.next().await.unwrap().unwrap_err().is_server_error());
        assert!(stream.next().await.unwrap().unwrap_err().is_rate_limited());
        assert_eq!(stream.next().await.unwrap().unwrap(), "b");
        assert!(stream.next().await.is_none());
    });
    assert_eq!(script.seen()[3].uri, "https://pets.example/pets?page=2");
}

#[test]
fn a_stream_ends_with_a_permanent_error() {
    for last in [json(401, "{}"), json(500, "{}"), page("oops", &[])] {
        let script = Script::new([page(r#"["a"]"#, &[("x-next", "2")]), last]);
        let time = VirtualTime::new();
        let mut stream = ListPets::new(client(&script, &time)).into_stream();
        time.run(async {
            assert_eq!(stream.next().await.unwrap().unwrap(), "a");
            stream.next().await.unwrap().unwrap_err();
            assert!(stream.next().await.is_none());
        });
        assert_eq!(script.count(), 2);
    }
}

/// A cache that ignores the query, or a server that names its own page as the next one.
#[test]
fn a_server_that_repeats_a_page_ends_the_stream() {
    for repeated in [1, 2] {
        let script = Script::new([
            page(r#"["a"]"#, &[("x-next", "2")]),
            page(r#"["a"]"#, &[("x-next", &repeated.to_string())]),
        ]);
        let time = VirtualTime::new();
        let mut stream = ListPets::new(client(&script, &time)).into_stream();
        time.run(async {
            assert_eq!(stream.next().await.unwrap().unwrap(), "a");
            let error = stream.next().await.unwrap().unwrap_err();
            assert!(error.is_decode() && !error.is_retryable());
            assert_eq!(error.to_string(), cycle(2, repeated));
            assert!(stream.next().await.is_none());
            assert!(stream.next().await.is_none());
        });
        assert_eq!(script.count(), 2);
    }
}

/// Returns the error about a page that can't be the requested one.
fn cycle(asked: u32, next: u32) -> String {
    format!(
        "pets.list: page {asked} was requested, but the response names page {next} as the next one, so it is an earlier page or part \
         of a cycle; check for a cache that ignores the query"
    )
}

/// Such a reader never reaches an error that comes after the page.
#[test]
fn a_reader_that_stops_early_sees_no_item_of_a_repeated_page() {
    let first = || page(r#"["a", "b"]"#, &[("x-next", "2")]);
    let script = Script::new([first(), first()]);
    let time = VirtualTime::new();
    let stream = ListPets::new(client(&script, &time)).into_stream();
    let taken: Vec<Result<String, Error>> = time.run(stream.take(3).collect());
    assert_eq!(taken[0].as_ref().unwrap(), "a");
    assert_eq!(taken[1].as_ref().unwrap(), "b");
    assert_eq!(taken[2].as_ref().unwrap_err().to_string(), cycle(2, 2));
}

#[test]
fn a_list_that_begins_in_the_middle_rejects_the_first_page() {
    let script = Script::new([page(r#"["a"]"#, &[("x-next", "2")])]);
    let time = VirtualTime::new();
    let mut list = ListPets::new(client(&script, &time));
    list.page = Some(5);
    let pages: Vec<Result<Page<String>, Error>> = time.run(list.into_page_stream().collect());
    assert_eq!(pages.len(), 1);
    assert_eq!(pages[0].as_ref().unwrap_err().to_string(), cycle(5, 2));
}

#[test]
fn a_page_number_that_is_the_credential_does_not_show() {
    let script = Script::new([page(r#"["a"]"#, &[("x-next", "12345678")])]);
    let time = VirtualTime::new();
    let client = builder(&script, &time)
        .auth(Auth::header("X-Pet-Key", "12345678"))
        .build();
    let mut list = ListPets::new(client.unwrap());
    list.page = Some(87_654_321);
    let error = time.run(list.into_stream().next()).unwrap().unwrap_err();
    let shown = format!("{error} {error:?}");
    assert!(shown.contains("page 87654321 was requested"), "{shown}");
    assert!(!shown.contains("12345678"), "{shown}");
}

#[test]
fn a_list_can_be_continued_from_the_page_that_failed() {
    let script = Script::new([
        page(r#"["a"]"#, &[("x-next", "2")]),
        page(r#"["a"]"#, &[("x-next", "2")]),
        page(r#"["b"]"#, &[("x-next", "3")]),
        page(r#"["c"]"#, &[("x-next", "")]),
    ]);
    let time = VirtualTime::new();
    let client = client(&script, &time);
    let broken = ListPets::new(client.clone()).into_stream();
    let broken: Vec<Result<String, Error>> = time.run(broken.collect());
    assert_eq!(broken.len(), 2);
    let mut rest = ListPets::new(client);
    rest.page = Some(2);
    let rest: Vec<String> = time.run(rest.into_stream().try_collect()).unwrap();
    assert_eq!(rest, ["b", "c"]);
}

#[test]
fn a_dropped_stream_sends_no_more_requests() {
    let script = Script::new([page(r#"["a", "b"]"#, &[("x-next", "2")])]);
    let time = VirtualTime::new();
    let stream = ListPets::new(client(&script, &time)).into_stream();
    let taken: Vec<String> = time.run(stream.take(2).try_collect()).unwrap();
    assert_eq!(taken, ["a", "b"]);
    assert_eq!(script.count(), 1);
}

/// An operation that always requests the same page, and counts the items in memory.
struct Stubborn;

#[derive(serde::Deserialize)]
#[serde(from = "String")]
struct Item(String);

static ITEMS: AtomicUsize = AtomicUsize::new(0);
static MOST_ITEMS: AtomicUsize = AtomicUsize::new(0);

impl From<String> for Item {
    fn from(name: String) -> Self {
        let items = ITEMS.fetch_add(1, Ordering::SeqCst) + 1;
        MOST_ITEMS.fetch_max(items, Ordering::SeqCst);
        Self(name)
    }
}

impl Drop for Item {
    fn drop(&mut self) {
        ITEMS.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Operation for Stubborn {
    type Output = Page<Item>;
    const INFO: &'static OperationInfo = &LIST_PETS;

    fn request(&self) -> Result<HttpRequest, Error> {
        Ok(HttpRequest::new(Self::INFO))
    }

    fn decode(response: HttpResponse) -> Result<Page<Item>, Error> {
        response.page(Self::PAGINATION)
    }
}

impl Paginated for Stubborn {
    type Item = Item;
    const PAGINATION: &'static PaginationInfo = ListPets::<Client>::PAGINATION;

    fn set_page(&mut self, _: PageToken) {}
}

#[test]
fn a_list_whose_requests_lack_the_page_ends() {
    // The server always returns the first page, since no other is requested.
    let script = Script::new((0..2).map(|_| page("[]", &[("x-next", "2")])));
    let time = VirtualTime::new();
    let call = Call::new(client(&script, &time));
    let mut pages = PageStream::new(call, Stubborn);
    time.run(async {
        assert!(pages.next().await.unwrap().is_ok());
        let error = pages.next().await.unwrap().map(drop).unwrap_err();
        assert_eq!(error.to_string(), cycle(2, 2));
        assert!(pages.next().await.is_none());
    });
    assert_eq!(script.count(), 2);
}

#[test]
fn a_stream_holds_one_page_at_a_time() {
    let script = Script::new([
        page(r#"["a", "b"]"#, &[("x-next", "2")]),
        json(503, "{}"),
        page(r#"["c", "d"]"#, &[("x-next", "3")]),
        page(r#"["e"]"#, &[("x-next", "")]),
    ]);
    let time = VirtualTime::new();
    let call = Call::new(client(&script, &time));
    let mut items = ItemStream::new(call, Stubborn);
    let names = time.run(async {
        let mut names = String::new();
        while let Some(item) = items.next().await {
            match item {
                Ok(item) => names.push_str(&item.0),
                Err(error) => assert!(error.is_server_error()),
            }
        }
        names
    });
    assert_eq!(names, "abcde");
    assert_eq!(MOST_ITEMS.load(Ordering::SeqCst), 2);
    assert_eq!(ITEMS.load(Ordering::SeqCst), 0);
}
