//! Lists with records that can't be decoded.

use futures_util::{StreamExt, TryStreamExt};
use generator_runtime::runtime::credential::auth::Auth;
use generator_runtime::runtime::error::Error;
use generator_runtime::runtime::page::Page;
use generator_runtime::runtime::page::lossy::LossyItem;

use crate::support::{Act, ListPets, Script, VirtualTime, builder, client, response};

fn page(items: &str, next: &str) -> Act {
    response(200, &[("x-next", next), ("x-request-id", "r1")], items)
}

/// Returns the name of each item, or the text of its error.
fn read(items: Vec<Result<LossyItem<String>, Error>>) -> Vec<Result<String, String>> {
    items
        .into_iter()
        .map(|item| {
            item.and_then(|item| item.result())
                .map_err(|error| error.to_string())
        })
        .collect()
}

const FIRST: &str = " [ \"a,]\\\"\\\\\" ,{\"b\": [1, \"]\"]}, \"c\"\n] ";

fn expected() -> Vec<Result<String, String>> {
    vec![
        Ok("a,]\"\\".to_owned()),
        Err("pets.list: 200 OK: expected a string at `[1]` [request r1]".to_owned()),
        Ok("c".to_owned()),
        Err("pets.list: 200 OK: expected a string at `[0]` [request r1]".to_owned()),
        Ok("e".to_owned()),
    ]
}

fn script() -> Script {
    Script::new([page(FIRST, "2"), page("[null,\"e\"]", "")])
}

#[test]
fn a_record_that_cannot_be_decoded_loses_neither_its_page_nor_the_list() {
    let time = VirtualTime::new();
    let list = |script: &Script| ListPets::new(client(script, &time)).lossy();
    let items = time.run(list(&script()).into_stream().collect());
    assert_eq!(read(items), expected());

    let pages: Vec<Page<LossyItem<String>>> = time
        .run(list(&script()).into_page_stream().try_collect())
        .unwrap();
    assert_eq!(pages[0].next_page().unwrap().unwrap().number(), 2);
    let items = pages.into_iter().flatten().map(Ok).collect();
    assert_eq!(read(items), expected());

    // Without it the first page is lost and the stream ends.
    let strict = ListPets::new(client(&script(), &time)).into_stream();
    let items: Vec<Result<String, Error>> = time.run(strict.collect());
    assert!(items.len() == 1 && items[0].is_err());
}

#[cfg(feature = "blocking")]
#[test]
fn an_undecodable_record_loses_nothing_else_in_blocking_code() {
    use generator_runtime::runtime::call::blocking::ClientBuilder;
    let list = || {
        let client = ClientBuilder::for_api(&crate::support::API)
            .auth(Auth::header("X-Pet-Key", crate::support::TOKEN))
            .transport(script())
            .timer(VirtualTime::new())
            .build()
            .unwrap();
        ListPets::new(client).lossy()
    };
    assert_eq!(read(list().into_iter().collect()), expected());
    let pages: Result<Vec<Page<LossyItem<String>>>, Error> = list().into_pages().collect();
    let items = pages.unwrap().into_iter().flatten().map(Ok).collect();
    assert_eq!(read(items), expected());
    assert_eq!(list().call().unwrap().items.len(), 3);
    assert_eq!(list().send().unwrap().into_inner().items.len(), 3);
}

#[test]
fn an_item_has_its_raw_json() {
    let time = VirtualTime::new();
    let lossy = || ListPets::new(client(&script(), &time)).lossy();
    let page = time.run(lossy().into_future()).unwrap();
    let raw: Vec<&[u8]> = page.items.iter().map(LossyItem::raw_json).collect();
    assert_eq!(
        raw,
        [&b"\"a,]\\\"\\\\\""[..], b"{\"b\": [1, \"]\"]}", b"\"c\"",]
    );
    let error = page.items[1].clone().result().unwrap_err();
    assert!(error.is_decode() && !error.is_retryable());
    assert_eq!(error.json_path(), Some("[1]"));
    assert_eq!(error.body(), "{\"b\": [1, \"]\"]}");
    assert_eq!(error.operation(), Some("pets.list"));
    assert_eq!(error.request_id(), Some("r1"));
    let response = time.run(lossy().send()).unwrap();
    assert_eq!(response.status(), 200);
}

#[test]
fn raw_json_is_never_printed_and_an_error_keeps_a_bounded_part() {
    let long = format!("[[\"s3cret\", \"{}\"]]", "x".repeat(100_000));
    let script = Script::new([page(&long, "")]);
    let time = VirtualTime::new();
    let page = time
        .run(ListPets::new(client(&script, &time)).lossy().into_future())
        .unwrap();
    let error = page.items[0].result().unwrap_err();
    assert_eq!(error.body().len(), 64 * 1024);
    assert_eq!(page.items[0].raw_json().len(), long.len() - 2);
    let shown = format!("{page:?} {:?} {error} {error:?}", page.items[0]);
    assert!(
        !shown.contains("s3cret") && !shown.contains("xxx"),
        "{shown}"
    );
}

/// Names of members come from the server, which may repeat the credential.
#[test]
fn the_path_of_an_item_does_not_show_the_credential() {
    let script = Script::new([page(r#"[{"k3y-of-pets": 1}]"#, "")]);
    let time = VirtualTime::new();
    let client = builder(&script, &time)
        .auth(Auth::header("X-Pet-Key", "k3y-of-pets"))
        .build();
    let page = time
        .run(ListPets::new(client.unwrap()).lossy().into_future())
        .unwrap();
    let error = page.items[0].result().unwrap_err();
    let shown = format!("{error} {error:?} {:?}", error.json_path());
    assert!(!shown.contains("k3y-of-pets"), "{shown}");
}

#[test]
fn a_body_that_is_not_an_array_is_an_error() {
    for body in [
        "",
        "{}",
        "null",
        "[\"a\"",
        "[\"a\", ]",
        "[\"a\" \"b\"]",
        "[\"a\"] x",
        "[}]",
        "<html>",
        "\"a\"",
    ] {
        let script = Script::new([page(body, "2")]);
        let time = VirtualTime::new();
        let stream = ListPets::new(client(&script, &time)).lossy().into_stream();
        let items: Vec<Result<LossyItem<String>, Error>> = time.run(stream.collect());
        assert_eq!(items.len(), 1, "{body}");
        assert!(items[0].as_ref().unwrap_err().is_decode(), "{body}");
    }
    for body in ["[]", " [\n] ", "\u{feff}[]"] {
        let script = Script::new([page(body, "")]);
        let time = VirtualTime::new();
        let stream = ListPets::new(client(&script, &time)).lossy().into_stream();
        let items: Vec<Result<LossyItem<String>, Error>> = time.run(stream.collect());
        assert!(items.is_empty(), "{body}");
    }
}

/// Without headers, the number of items decides.
#[test]
fn undecodable_items_count_as_items_of_their_page() {
    let sized = |items: &str| response(200, &[("x-size", "2")], items);
    let script = Script::new([sized("[1, 2]"), sized("[3]")]);
    let time = VirtualTime::new();
    let stream = ListPets::new(client(&script, &time)).lossy().into_stream();
    let items: Vec<Result<LossyItem<String>, Error>> = time.run(stream.collect());
    assert_eq!(items.len(), 3);
    assert!(items.iter().all(Result::is_ok));
}

/// JSON requires control characters in strings to be escaped. Some servers pass on what users typed.
#[test]
fn a_raw_control_character_makes_only_its_own_item_invalid() {
    let script = Script::new([page("[\"a\", \"b\u{1}\\\"]\", \"c\\u0001\"]", "")]);
    let time = VirtualTime::new();
    let list = ListPets::new(client(&script, &time)).lossy();
    let items = read(time.run(list.into_stream().collect()));
    assert_eq!(items.len(), 3);
    assert_eq!(items[0], Ok("a".to_owned()));
    let error = items[1].as_ref().unwrap_err();
    assert_eq!(error, "pets.list: 200 OK: not valid JSON [request r1]");
    assert_eq!(items[2], Ok("c\u{1}".to_owned()));
}

#[test]
fn a_page_that_is_not_an_array_is_still_an_error() {
    for body in ["{\"a\": \"\u{1}\"}", "[\"a\", \"\u{1}]", "[\u{1}]"] {
        let script = Script::new([page(body, "")]);
        let time = VirtualTime::new();
        let list = ListPets::new(client(&script, &time)).lossy();
        assert!(
            time.run(list.into_future()).unwrap_err().is_decode(),
            "{body:?}"
        );
    }
}
