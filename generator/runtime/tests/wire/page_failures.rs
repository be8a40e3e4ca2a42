//! Lists whose pages fail again and again, or are equal without an end.

use futures_core::stream::FusedStream;
use futures_util::{StreamExt, TryStreamExt};
use generator_runtime::runtime::call::client::Client;
use generator_runtime::runtime::call::retry::RetryPolicy;
use generator_runtime::runtime::credential::auth::Auth;
use generator_runtime::runtime::error::Error;
use generator_runtime::runtime::page::Page;
use generator_runtime::runtime::transport::TransportErrorKind as Kind;

use crate::support::{Act, ListPets, Script, VirtualTime, builder, client, json, response};

/// The maximum number of failures of a page in a row.
const MOST: usize = 10;

/// The number of retries that a client has in reserve.
const BUDGET: usize = 20;

fn page(items: &str, next: &str) -> Act {
    response(200, &[("x-next", next)], items)
}

/// Returns a server that never recovers. It has no act for a request that nothing limits.
fn outage(fail: fn() -> Act) -> Script {
    Script::new((0..MOST + BUDGET).map(|_| fail()))
}

fn unavailable() -> Act {
    json(503, r#"{"message": "maintenance"}"#)
}

fn lost() -> Act {
    Act::Fail(Kind::ConnectionLost)
}

/// Returns a client that retries.
fn retrying(script: &Script, time: &VirtualTime) -> Client {
    let builder = builder(script, time).retry(RetryPolicy::new());
    builder.build().unwrap()
}

#[test]
fn a_loop_that_skips_errors_ends_during_an_outage() {
    for fail in [unavailable, lost] {
        let script = outage(fail);
        let time = VirtualTime::new();
        let client = retrying(&script, &time);
        let items = ListPets::new(client).into_stream();
        let items = items.filter_map(|item| std::future::ready(item.ok()));
        assert_eq!(time.run(items.count()), 0);
        // The budget of retries limits the attempts of these calls.
        assert_eq!(script.count(), MOST + BUDGET);

        let script = outage(fail);
        let pages = ListPets::new(retrying(&script, &time)).into_page_stream();
        assert_eq!(time.run(pages.count()), MOST);
        assert_eq!(script.count(), MOST + BUDGET);
    }
}

#[test]
fn the_last_failure_is_not_retryable_and_names_the_page() {
    let acts = [page(r#"["a"]"#, "2")]
        .into_iter()
        .chain((0..MOST).map(|_| unavailable()))
        .chain([page(r#"["b"]"#, "")]);
    let script = Script::new(acts);
    let time = VirtualTime::new();
    let client = client(&script, &time);
    let mut stream = ListPets::new(client.clone()).into_stream();
    time.run(async {
        assert_eq!(stream.next().await.unwrap().unwrap(), "a");
        for _ in 1..MOST {
            let error = stream.next().await.unwrap().unwrap_err();
            assert!(error.is_retryable());
            assert_eq!(
                error.to_string(),
                "pets.list: 503 Service Unavailable: maintenance"
            );
            assert!(!stream.is_terminated());
        }
        let error = stream.next().await.unwrap().unwrap_err();
        assert!(error.is_server_error() && !error.is_retryable());
        assert_eq!(
            error.to_string(),
            "pets.list: 503 Service Unavailable: maintenance; the list ends, because page 2 failed 10 times in a row; start from \
             that page to continue"
        );
        assert!(stream.is_terminated());
        assert!(stream.next().await.is_none());
        assert!(stream.next().await.is_none());
    });
    assert_eq!(script.count(), 1 + MOST);

    let mut rest = ListPets::new(client);
    rest.page = Some(2);
    let rest: Vec<String> = time.run(rest.into_stream().try_collect()).unwrap();
    assert_eq!(rest, ["b"]);
}

#[test]
fn a_page_that_arrives_resets_the_count_of_failures() {
    let failures = || (1..MOST).map(|_| lost());
    let acts = failures()
        .chain([page("[]", "2")])
        .chain(failures())
        .chain([page(r#"["a"]"#, "3")])
        .chain(failures())
        .chain([page(r#"["b"]"#, "")]);
    let script = Script::new(acts);
    let time = VirtualTime::new();
    let stream = ListPets::new(client(&script, &time)).into_stream();
    let items: Vec<Result<String, Error>> = time.run(stream.collect());
    let (items, errors): (Vec<_>, Vec<_>) = items.into_iter().partition(Result::is_ok);
    let items: Vec<String> = items.into_iter().map(Result::unwrap).collect();
    assert_eq!(items, ["a", "b"]);
    assert_eq!(errors.len(), 3 * (MOST - 1));
}

#[test]
fn the_first_page_is_named_by_the_callers_number_or_not_at_all() {
    for (number, name) in [(None, "the first page"), (Some(7), "page 7")] {
        let script = outage(lost);
        let time = VirtualTime::new();
        let mut list = ListPets::new(client(&script, &time));
        list.page = number;
        let items: Vec<Result<String, Error>> = time.run(list.into_stream().collect());
        let error = items.last().unwrap().as_ref().unwrap_err().to_string();
        let reason = format!("because {name} failed 10 times in a row");
        assert!(error.contains(&reason), "{error}");
    }
}

#[test]
fn a_page_number_that_is_the_credential_does_not_show() {
    let script = Script::new([page(r#"["a"]"#, "12345678")]);
    for _ in 0..MOST {
        script.push(lost());
    }
    let time = VirtualTime::new();
    let client = builder(&script, &time)
        .auth(Auth::header("X-Pet-Key", "12345678"))
        .build();
    let mut list = ListPets::new(client.unwrap());
    list.page = Some(12_345_677);
    let items: Vec<Result<String, Error>> = time.run(list.into_stream().collect());
    let error = items.last().unwrap().as_ref().unwrap_err();
    let shown = format!("{error} {error:?}");
    assert!(shown.contains("failed 10 times in a row"), "{shown}");
    assert!(!shown.contains("12345678"), "{shown}");
}

/// A server that ignores the page's number, but adds one to it. It is also one whose pages are all empty.
#[test]
fn equal_pages_are_not_read_without_an_end() {
    const EQUAL: u32 = 1_000;
    for items in ["[]", r#"["a"]"#] {
        let pages = |pages: std::ops::RangeInclusive<u32>| {
            pages.map(move |number| page(items, &(number + 1).to_string()))
        };
        // Another page in between resets the count.
        let acts = pages(1..=EQUAL - 1)
            .chain([page(r#"["b"]"#, &(EQUAL + 1).to_string())])
            .chain(pages(EQUAL + 1..=2 * EQUAL));
        let script = Script::new(acts);
        let time = VirtualTime::new();
        let stream = ListPets::new(client(&script, &time)).into_page_stream();
        let mut read: Vec<Result<Page<String>, Error>> = time.run(stream.collect());
        let error = read.pop().unwrap().unwrap_err();
        assert!(error.is_decode() && !error.is_retryable());
        assert_eq!(
            error.to_string(),
            "pets.list: 200 OK: 1000 pages in a row are equal, and page 2001 is the next one; check that the server supports the \
             parameter `page`, and start from that page to continue"
        );
        assert_eq!(read.len(), 2_000);
        assert!(read.iter().all(Result::is_ok));
    }
}

#[cfg(feature = "blocking")]
mod blocking {
    use generator_runtime::runtime::call::blocking::{Client, ClientBuilder};

    use super::{
        Auth, BUDGET, ListPets, MOST, RetryPolicy, Script, lost, outage, page, unavailable,
    };
    use crate::support::{API, TOKEN};

    fn client(script: &Script) -> Client {
        ClientBuilder::for_api(&API)
            .with_credential_registry()
            .auth(Auth::header("X-Pet-Key", TOKEN))
            .transport(script.clone())
            .timer(InstantTime)
            .retry(RetryPolicy::new())
            .build()
            .unwrap()
    }

    /// A timer whose pauses are over at once.
    struct InstantTime;

    impl generator_runtime::runtime::transport::timer::Timer for InstantTime {
        fn sleep(
            &self,
            duration: std::time::Duration,
        ) -> generator_runtime::runtime::transport::timer::Sleep {
            // The deadline of a call is not reached.
            if duration > std::time::Duration::from_secs(2) {
                Box::pin(std::future::pending())
            } else {
                Box::pin(std::future::ready(()))
            }
        }
    }

    #[test]
    fn a_loop_that_skips_errors_ends_during_an_outage() {
        for fail in [unavailable, lost] {
            let script = outage(fail);
            let mut errors = Vec::new();
            for item in ListPets::new(client(&script)) {
                errors.push(item.unwrap_err());
            }
            assert_eq!(errors.len(), MOST);
            assert_eq!(script.count(), MOST + BUDGET);
            let (last, others) = errors.split_last().unwrap();
            assert!(others.iter().all(|error| error.is_retryable()));
            assert!(!last.is_retryable());

            let script = outage(fail);
            let pages = ListPets::new(client(&script)).into_pages();
            assert_eq!(pages.flatten().count(), 0);
            assert_eq!(script.count(), MOST + BUDGET);
        }
    }

    #[test]
    fn an_iterator_has_no_item_after_its_end() {
        let script = outage(lost);
        let mut items = ListPets::new(client(&script)).into_iter();
        assert!(items.by_ref().all(|item| item.is_err()));
        script.push(page(r#"["a"]"#, ""));
        let sent = script.count();
        assert!(items.next().is_none());
        assert_eq!(script.count(), sent);
    }
}
