//! Lists with empty pages. A stream skips some and gives up after many.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use futures_util::{FutureExt, StreamExt, TryStreamExt};
use generator_runtime::runtime::call::client::Client;
use generator_runtime::runtime::error::Error;
use generator_runtime::runtime::page::Page;
use generator_runtime::runtime::transport::timer::Timer;
use generator_runtime::runtime::transport::{
    RequestBody, ResponseBody, Transport, TransportFuture,
};

use crate::support::{Act, ListPets, Script, VirtualTime, builder, client, json, response};

/// The maximum number of consecutive empty pages for one item.
const MOST: u32 = 100;

const CALL_TIMEOUT: Duration = Duration::from_secs(10);

fn page(items: &str, next: u32) -> Act {
    response(200, &[("x-next", &next.to_string())], items)
}

/// Returns these pages, without items. Each names the next one.
fn empty(pages: std::ops::RangeInclusive<u32>) -> impl Iterator<Item = Act> {
    pages.map(|number| page("[]", number + 1))
}

fn last(items: &str) -> Act {
    response(200, &[("x-next", "")], items)
}

/// Returns the pages from this one on.
fn list_from(client: Client, page: u32) -> ListPets<Client> {
    let mut list = ListPets::new(client);
    list.page = Some(page.into());
    list
}

#[track_caller]
fn assert_too_many_empty_pages(error: &Error, next: u32) {
    assert!(error.is_decode() && !error.is_retryable());
    assert_eq!(
        error.to_string(),
        format!(
            "pets.list: 100 pages in a row are empty, and page {next} is the next one; start from that page to continue, or \
             read the list page by page"
        )
    );
}

#[test]
fn empty_pages_in_the_middle_are_skipped() {
    // The maximum number of empty pages, twice. An item resets the count.
    let acts = empty(1..=99)
        .chain([page(r#"["a"]"#, 101)])
        .chain(empty(101..=199))
        .chain([last(r#"["b"]"#)]);
    let script = Script::new(acts);
    let time = VirtualTime::new();
    let list = ListPets::new(client(&script, &time)).into_stream();
    let items: Vec<String> = time.run(list.try_collect()).unwrap();
    assert_eq!(items, ["a", "b"]);
    assert_eq!(script.count(), 200);
}

#[test]
fn a_list_may_end_with_the_last_permitted_empty_page() {
    let script = Script::new(empty(1..=99).chain([last("[]")]));
    let time = VirtualTime::new();
    let list = ListPets::new(client(&script, &time)).into_stream();
    let items: Vec<String> = time.run(list.try_collect()).unwrap();
    assert!(items.is_empty());
    assert_eq!(script.count(), 100);
}

#[test]
fn a_stream_that_finds_no_item_ends_with_an_error_and_another_can_continue() {
    let script = Script::new(
        [page(r#"["a"]"#, 2)]
            .into_iter()
            .chain(empty(2..=101))
            .chain([page("[]", 103), last(r#"["b"]"#)]),
    );
    let time = VirtualTime::new();
    let client = client(&script, &time);
    let mut stream = ListPets::new(client.clone()).into_stream();
    time.run(async {
        assert_eq!(stream.next().await.unwrap().unwrap(), "a");
        assert_too_many_empty_pages(&stream.next().await.unwrap().unwrap_err(), 102);
        assert!(stream.next().await.is_none());
        assert!(stream.next().await.is_none());
    });
    assert_eq!(script.count(), 101);

    let rest = list_from(client, 102).into_stream();
    let rest: Vec<String> = time.run(rest.try_collect()).unwrap();
    assert_eq!(rest, ["b"]);
    assert_eq!(script.seen()[101].uri, "https://pets.example/pets?page=102");
}

#[test]
fn links_to_empty_pages_are_not_followed_without_end() {
    let link = |next: u32| format!("</pets?page={next}&cursor=c{next}>; rel=next");
    let acts = (1..=MOST).map(|number| response(200, &[("link", &link(number + 1))], "[]"));
    let script = Script::new(acts);
    let time = VirtualTime::new();
    let mut stream = ListPets::new(client(&script, &time)).into_stream();
    let error = time.run(stream.next()).unwrap().unwrap_err();
    assert_too_many_empty_pages(&error, 101);
    assert_eq!(script.count(), 100);
}

#[test]
fn streams_of_pages_return_empty_pages() {
    let script = Script::new(empty(1..=249).chain([last(r#"["a"]"#)]));
    let time = VirtualTime::new();
    let pages = ListPets::new(client(&script, &time)).into_page_stream();
    let pages: Vec<Page<String>> = time.run(pages.try_collect()).unwrap();
    assert_eq!(pages.len(), 250);
    assert_eq!(pages[249].items, ["a"]);
}

#[test]
fn a_transient_error_neither_ends_the_stream_nor_resets_the_count() {
    let acts = empty(1..=60)
        .chain([json(503, "{}")])
        .chain(empty(61..=100));
    let script = Script::new(acts);
    let time = VirtualTime::new();
    let mut stream = ListPets::new(client(&script, &time)).into_stream();
    time.run(async {
        assert!(stream.next().await.unwrap().unwrap_err().is_server_error());
        assert_too_many_empty_pages(&stream.next().await.unwrap().unwrap_err(), 101);
        assert!(stream.next().await.is_none());
    });
    assert_eq!(script.seen()[61].uri, "https://pets.example/pets?page=61");
    assert_eq!(script.count(), 101);
}

/// A slow server whose list has no items and no end.
#[derive(Clone)]
struct Infinite {
    time: VirtualTime,
    pause: Duration,
    /// The number of requested pages.
    asked: Arc<AtomicU32>,
}

impl Infinite {
    fn new(time: &VirtualTime, pause: Duration) -> Self {
        Self {
            time: time.clone(),
            pause,
            asked: Arc::default(),
        }
    }

    fn client(&self) -> Client {
        builder(&Script::default(), &self.time)
            .transport(self.clone())
            .timeout(CALL_TIMEOUT)
            .build()
            .unwrap()
    }

    fn asked(&self) -> u32 {
        self.asked.load(Ordering::SeqCst)
    }
}

impl Transport for Infinite {
    fn send(&self, _: http::Request<RequestBody>) -> TransportFuture {
        let number = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
        assert!(number <= 2 * MOST, "the list is read without an end");
        let sleep = self.time.sleep(self.pause);
        Box::pin(async move {
            sleep.await;
            let response = http::Response::builder()
                .header("x-next", number + 1)
                .body(ResponseBody::from(b"[]".to_vec()));
            Ok(response.unwrap())
        })
    }
}

#[test]
fn an_item_costs_a_hundred_calls_within_their_timeouts_at_most() {
    let time = VirtualTime::new();
    let server = Infinite::new(&time, CALL_TIMEOUT - Duration::from_secs(1));
    let mut stream = ListPets::new(server.client()).into_stream();
    let error = time.run(stream.next()).unwrap().unwrap_err();
    assert_too_many_empty_pages(&error, 101);
    assert_eq!(server.asked(), MOST);
    assert_eq!(time.elapsed(), Duration::from_secs(900));
    assert!(time.run(stream.next()).is_none());
    assert_eq!(server.asked(), MOST);
}

#[test]
fn a_page_that_does_not_arrive_in_time_is_requested_again_at_the_next_poll() {
    let script = Script::new(empty(1..=2).chain([Act::Hang, last(r#"["a"]"#)]));
    let time = VirtualTime::new();
    let client = builder(&script, &time).timeout(CALL_TIMEOUT).build();
    let mut stream = ListPets::new(client.unwrap()).into_stream();
    let error = time.run(stream.next()).unwrap().unwrap_err();
    assert!(error.is_timeout() && error.is_retryable());
    assert_eq!(time.elapsed(), CALL_TIMEOUT);
    assert_eq!(time.run(stream.next()).unwrap().unwrap(), "a");
    let uris: Vec<String> = script.seen().into_iter().map(|seen| seen.uri).collect();
    assert_eq!(uris[2..], vec!["https://pets.example/pets?page=3"; 2]);
    assert!(time.run(stream.next()).is_none());
}

#[test]
fn a_caller_that_stops_waiting_loses_nothing() {
    let time = VirtualTime::new();
    let server = Infinite::new(&time, Duration::from_secs(1));
    let mut stream = ListPets::new(server.client()).into_stream();
    assert!(stream.next().now_or_never().is_none());
    let patience = Duration::from_millis(49_500);
    time.run(async {
        let next = std::pin::pin!(stream.next());
        let waited = futures_util::future::select(time.sleep(patience), next).await;
        assert!(matches!(waited, futures_util::future::Either::Left(_)));
    });
    // The fiftieth page is in flight and does not arrive.
    assert_eq!(server.asked(), 50);
    let error = time.run(stream.next()).unwrap().unwrap_err();
    assert_too_many_empty_pages(&error, 101);
    assert_eq!(server.asked(), MOST);
    assert_eq!(time.elapsed(), Duration::from_secs(100));
}

#[test]
fn a_poll_returns_while_a_page_is_in_flight() {
    let time = VirtualTime::new();
    let server = Infinite::new(&time, Duration::from_secs(1));
    let mut stream = ListPets::new(server.client()).into_stream();
    for _ in 0..3 {
        assert!(stream.next().now_or_never().is_none());
    }
    assert_eq!(server.asked(), 1);
    drop(stream);
    assert_eq!(server.asked(), 1);
}
