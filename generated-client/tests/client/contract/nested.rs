//! The blocking client inside async code may block the runtime, but never panics.

use gitlab_pat::blocking::Client;
use gitlab_pat_fake::{FakeGitLab, TokenSpec};

use crate::support::blocking_client;

fn gitlab() -> (FakeGitLab, String) {
    let gitlab = FakeGitLab::start().expect("a server");
    let ann = gitlab.add_user("ann");
    let token = gitlab.add_token(TokenSpec::new(&ann, "one"));
    let secret = token.secret().to_owned();
    (gitlab, secret)
}

fn use_it(client: &Client) {
    let tokens = client.personal_access_tokens();
    assert_eq!(tokens.get_self().call().expect("a token").name, "one");
    let items: Result<Vec<_>, _> = tokens.list().into_iter().collect();
    assert_eq!(items.expect("all items").len(), 1);
    let pages: Result<Vec<_>, _> = tokens.list().into_pages().collect();
    assert_eq!(pages.expect("all pages").len(), 1);
    assert_eq!(tokens.get_self().send().expect("a token").status(), 200);
}

#[tokio::test(flavor = "current_thread")]
async fn a_client_can_be_built_used_and_dropped_on_a_runtime_of_one_thread() {
    let (gitlab, secret) = gitlab();
    let client = blocking_client(&gitlab.url(), &secret);
    use_it(&client);
    drop(client);
    assert_eq!(gitlab.requests().len(), 4);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_can_be_built_used_and_dropped_on_a_runtime_of_many_threads() {
    let (gitlab, secret) = gitlab();
    let client = blocking_client(&gitlab.url(), &secret);
    let clone = client.clone();
    tokio::spawn(async move { use_it(&clone) })
        .await
        .expect("no panic");
    let clone = client.clone();
    tokio::task::spawn_blocking(move || use_it(&clone))
        .await
        .expect("no panic");
    tokio::task::block_in_place(|| use_it(&client));
    drop(client);
    assert_eq!(gitlab.requests().len(), 12);
}

/// Builds a client outside of the runtime and drops it inside, and the reverse.
#[test]
fn a_client_can_be_built_and_dropped_on_different_sides_of_a_runtime() {
    let (gitlab, secret) = gitlab();
    let client = blocking_client(&gitlab.url(), &secret);
    crate::support::block_on(async move {
        use_it(&client);
        drop(client);
    });
    let client = crate::support::block_on(async { blocking_client(&gitlab.url(), &secret) });
    use_it(&client);
}

#[test]
fn many_threads_share_a_client() {
    let (gitlab, secret) = gitlab();
    let client = blocking_client(&gitlab.url(), &secret);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| use_it(&client));
        }
    });
    assert_eq!(gitlab.requests().len(), 16);
}

/// An iterator keeps the client's thread running.
#[test]
fn an_iterator_outlives_its_client() {
    let (gitlab, secret) = gitlab();
    let client = blocking_client(&gitlab.url(), &secret);
    let items = client.personal_access_tokens().list().into_iter();
    drop(client);
    let items: Result<Vec<_>, _> = items.collect();
    assert_eq!(items.expect("all items").len(), 1);
}
