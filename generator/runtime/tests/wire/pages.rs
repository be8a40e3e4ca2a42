//! Pages and the streams over them.

use futures_util::{StreamExt, TryStreamExt};
use generator_runtime::runtime::error::Error;
use generator_runtime::runtime::page::Page;

use crate::support::{Act, ListPets, Script, VirtualTime, answer, client, json};

fn page(items: &str, headers: &[(&str, &str)]) -> Act {
    answer(200, headers, items)
}

fn first(act: Act) -> Result<Page<String>, Error> {
    let script = Script::new([act]);
    let time = VirtualTime::new();
    time.run(ListPets::new(client(&script, &time)).into_future())
}

#[test]
fn a_page_tells_what_the_server_counts() {
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
    assert_eq!(page.next_page().unwrap().number(), 2);
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
        assert_eq!(page.next_page(), None, "{headers:?}");
        assert_eq!(page.total(), None);
    }
}

#[test]
fn a_link_is_followed_by_its_page_number_on_the_same_origin() {
    let link = r#"<https://pets.example/pets?page=1>; rel="prev", <https://pets.example/pets?x=a,b;c&page=3>; title="a, <b>; rel=last"; rel="next", </pets?page=9>; rel="last""#;
    let found = first(page("[]", &[("link", link)])).unwrap();
    assert_eq!(found.next_page().unwrap().number(), 3);
    for link in ["</pets?page=4>; REL=Next", r#"<?page=4>; rel="last next""#] {
        let found = first(page("[]", &[("link", link)])).unwrap();
        assert_eq!(found.next_page().unwrap().number(), 4, "{link}");
    }
    for link in [
        r#"</pets?page=4>; rel="prev""#,
        "</pets?page=4>",
        r#"</pets?page=4>; title="x; rel=next""#,
        "</pets?page=4; rel=next",
        "garbage",
    ] {
        let found = first(page("[]", &[("link", link)])).unwrap();
        assert_eq!(found.next_page(), None, "{link}");
    }
    // A page number is preferred to a link.
    let link = ("link", "<https://other.example/pets?page=4>; rel=next");
    let found = first(page("[]", &[("x-next", "2"), link])).unwrap();
    assert_eq!(found.next_page().unwrap().number(), 2);
}

#[test]
fn what_cannot_be_followed_is_an_error_and_not_the_end() {
    let cases: [(&[(&str, &str)], &str); 7] = [
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
            "the link to the next page holds no page number",
        ),
        (
            &[("link", "<https://[/>; rel=next")],
            "the link to the next page cannot be read",
        ),
        (
            &[(
                "link",
                "<https://other.example:81/pets?key=abc&page=2>; rel=next",
            )],
            "the link to the next page leads to another origin, https://other.example:81; the base URL may not be the one that \
             the server knows itself by",
        ),
        (
            &[("link", "<http://pets.example/pets?page=2>; rel=next")],
            "the link to the next page leads to another origin, http://pets.example; the base URL may not be the one that the \
             server knows itself by",
        ),
    ];
    for (headers, text) in cases {
        let error = first(page("[]", headers)).unwrap_err();
        assert_eq!(error.to_string(), format!("pets.list: 200 OK: {text}"));
    }
}

#[test]
fn a_stream_asks_for_a_page_only_when_an_item_of_it_is_wanted() {
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
fn a_stream_of_pages_begins_where_the_operation_says() {
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
fn a_stream_goes_on_after_an_error_that_may_pass_without_repeating_items() {
    let script = Script::new([
        page(r#"["a"]"#, &[("x-next", "2")]),
        json(503, "{}"),
        json(429, "{}"),
        page(r#"["b"]"#, &[]),
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
fn a_stream_ends_with_an_error_that_stays() {
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

#[test]
fn a_server_that_repeats_a_page_ends_the_stream() {
    for repeated in ["1", "2"] {
        let script = Script::new([
            page(r#"["a"]"#, &[("x-next", "2")]),
            page(r#"["b"]"#, &[("x-next", repeated)]),
        ]);
        let time = VirtualTime::new();
        let mut stream = ListPets::new(client(&script, &time)).into_stream();
        time.run(async {
            assert_eq!(stream.next().await.unwrap().unwrap(), "a");
            assert_eq!(stream.next().await.unwrap().unwrap(), "b");
            let error = stream.next().await.unwrap().unwrap_err();
            assert_eq!(
                error.to_string(),
                "pets.list: the server names as the next page one that comes before it"
            );
            assert!(stream.next().await.is_none());
        });
        assert_eq!(script.count(), 2);
    }
}

#[test]
fn a_stream_that_is_dropped_in_the_middle_asks_no_more() {
    let script = Script::new([page(r#"["a", "b"]"#, &[("x-next", "2")])]);
    let time = VirtualTime::new();
    let stream = ListPets::new(client(&script, &time)).into_stream();
    let taken: Vec<String> = time.run(stream.take(2).try_collect()).unwrap();
    assert_eq!(taken, ["a", "b"]);
    assert_eq!(script.count(), 1);
}
