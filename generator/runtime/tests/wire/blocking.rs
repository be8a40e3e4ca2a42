//! The blocking client, inside and outside of async contexts.

use generator_runtime::runtime::call::blocking::{Client, ClientBuilder};
use generator_runtime::runtime::call::retry::RetryPolicy;
use generator_runtime::runtime::credential::auth::Auth;
use generator_runtime::runtime::error::{Error, ErrorKind};
use generator_runtime::runtime::page::Page;

use crate::support::{
    API, CreatePet, GetPet, ListPets, Script, TOKEN, VirtualTime, json, response,
};

const REX: &str = r#"{"name": "Rex"}"#;

fn client(script: &Script) -> Client {
    ClientBuilder::for_api(&API)
        .with_credential_registry()
        .auth(Auth::header("X-Pet-Key", TOKEN))
        .transport(script.clone())
        .timer(VirtualTime::new())
        .retry(RetryPolicy::none())
        .build()
        .unwrap()
}

#[test]
fn the_same_operations_have_the_same_results() {
    let script = Script::new([
        json(200, REX),
        json(201, REX),
        json(404, r#"{"message": "none"}"#),
    ]);
    let client = client(&script);
    assert_eq!(GetPet::new(client.clone(), 7).call().unwrap().name, "Rex");
    let response = CreatePet::new(client.clone(), "Rex").send().unwrap();
    assert_eq!(response.status(), 201);
    let error = client
        .request(http::Method::GET, "/none")
        .send()
        .unwrap_err();
    assert_eq!(error.to_string(), "request: 404 Not Found: none");
    assert_eq!(script.seen()[0].header("x-pet-key"), Some(TOKEN));
}

#[test]
fn lists_are_iterators_over_items_and_pages() {
    let acts = || {
        [
            response(200, &[("x-next", "2")], r#"["a", "b"]"#),
            json(503, "{}"),
            response(200, &[("x-next", "")], r#"["c"]"#),
        ]
    };
    let script = Script::new(acts());
    let mut items = ListPets::new(client(&script)).into_iter();
    assert_eq!(items.next().unwrap().unwrap(), "a");
    assert_eq!(script.count(), 1);
    assert_eq!(items.next().unwrap().unwrap(), "b");
    assert!(items.next().unwrap().unwrap_err().is_server_error());
    assert_eq!(items.next().unwrap().unwrap(), "c");
    assert!(items.next().is_none());

    let script = Script::new(acts());
    let pages = ListPets::new(client(&script)).into_pages();
    let pages: Vec<Result<Page<String>, Error>> = pages.collect();
    assert_eq!(pages.iter().filter(|page| page.is_ok()).count(), 2);
}

#[test]
fn a_list_without_an_item_and_without_an_end_ends_with_an_error() {
    let empty = |pages: std::ops::RangeInclusive<u32>| {
        pages.map(|number| response(200, &[("x-next", &(number + 1).to_string())], "[]"))
    };
    let found = || response(200, &[("x-next", "")], r#"["a"]"#);

    let script = Script::new(empty(1..=99).chain([found()]));
    let items: Result<Vec<String>, Error> = ListPets::new(client(&script)).into_iter().collect();
    assert_eq!(items.unwrap(), ["a"]);

    let script = Script::new(empty(1..=100).chain([found()]));
    let mut items = ListPets::new(client(&script)).into_iter();
    let error = items.next().unwrap().unwrap_err();
    assert!(error.is_decode() && !error.is_retryable());
    assert_eq!(
        error.to_string(),
        "pets.list: 100 pages in a row are empty, and page 101 is the next one; start from that page to continue, or read the \
         list page by page"
    );
    assert!(items.next().is_none());
    assert!(items.next().is_none());
    assert_eq!(script.count(), 100);
    let mut rest = ListPets::new(client(&script));
    rest.page = Some(101);
    let rest: Result<Vec<String>, Error> = rest.into_iter().collect();
    assert_eq!(rest.unwrap(), ["a"]);

    let script = Script::new(empty(1..=249).chain([found()]));
    let pages = ListPets::new(client(&script)).into_pages();
    let pages: Result<Vec<Page<String>>, Error> = pages.collect();
    assert_eq!(pages.unwrap().len(), 250);
}

#[test]
fn a_page_that_leads_in_a_cycle_is_withheld() {
    let first = || response(200, &[("x-next", "2")], r#"["a"]"#);
    let script = Script::new([first(), first()]);
    let mut items = ListPets::new(client(&script)).into_iter();
    assert_eq!(items.next().unwrap().unwrap(), "a");
    let error = items.next().unwrap().unwrap_err();
    assert!(error.is_decode() && !error.is_retryable());
    assert!(items.next().is_none());
    assert_eq!(script.count(), 2);
}

#[test]
fn the_credential_can_be_replaced_and_provided() {
    let script = Script::new([json(200, REX), json(200, REX), json(200, REX)]);
    let fixed = client(&script);
    let error = fixed
        .set_auth(Auth::header("X-Pet-Key", "bad\n"))
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    GetPet::new(fixed.clone(), 7).call().unwrap();
    fixed.set_auth(Auth::header("X-Pet-Key", "new")).unwrap();
    GetPet::new(fixed.clone(), 7).call().unwrap();
    let provided = ClientBuilder::for_api(&API)
        .with_credential_registry()
        .auth_provider(|| async { Ok(Auth::header("X-Pet-Key", "provided")) })
        .transport(script.clone())
        .timer(VirtualTime::new())
        .build()
        .unwrap();
    GetPet::new(provided, 7).call().unwrap();
    let seen = script.seen();
    let keys: Vec<_> = seen.iter().map(|seen| seen.header("x-pet-key")).collect();
    assert_eq!(keys, [Some(TOKEN), Some("new"), Some("provided")]);
}

fn build_use_and_drop() {
    let script = Script::new([json(200, REX)]);
    let client = client(&script);
    assert_eq!(GetPet::new(client, 7).call().unwrap().name, "Rex");
}

#[tokio::test(flavor = "current_thread")]
async fn the_client_works_inside_a_runtime_of_one_thread() {
    build_use_and_drop();
    // A task of that runtime, too.
    tokio::spawn(async { build_use_and_drop() }).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_client_works_inside_a_runtime_of_several_threads() {
    build_use_and_drop();
    tokio::spawn(async { build_use_and_drop() }).await.unwrap();
    tokio::task::spawn_blocking(build_use_and_drop)
        .await
        .unwrap();
}

#[cfg(feature = "reqwest")]
#[tokio::test(flavor = "current_thread")]
async fn the_client_works_with_its_own_http_stack() {
    use crate::loopback::{Reply, Server};
    let server = Server::start([Reply::Keep(
        "HTTP/1.1 200 OK\r\ncontent-length: 15\r\n\r\n{\"name\": \"Rex\"}",
    )]);
    let client = ClientBuilder::for_api(&API)
        .with_credential_registry()
        .base_url(&server.url())
        .unwrap()
        .build()
        .unwrap();
    let other = client.clone();
    for client in [client, other] {
        assert_eq!(GetPet::new(client, 7).call().unwrap().name, "Rex");
    }
}
