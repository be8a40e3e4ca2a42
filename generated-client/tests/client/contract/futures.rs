//! Futures and streams own what they need.

use futures_util::{Stream, StreamExt, TryStreamExt};
use gitlab_pat::operations::personal_access_tokens::ListTokens;
use gitlab_pat::types::PersonalAccessToken;
use gitlab_pat::{Client, Error, Page, Response};
use gitlab_pat_fake::{FakeGitLab, TokenSpec};

use crate::support::{block_on, client};

fn gitlab() -> (FakeGitLab, Client) {
    let gitlab = FakeGitLab::start().expect("a server");
    let ann = gitlab.add_user("ann");
    let token = gitlab.add_token(TokenSpec::new(&ann, "one"));
    gitlab.add_token(TokenSpec::new(&ann, "two"));
    let client = client(&gitlab.url(), token.secret());
    (gitlab, client)
}

/// Returns a future that borrows neither the client nor the group nor the operation.
fn one(
    client: &Client,
) -> impl Future<Output = Result<PersonalAccessToken, Error>> + Send + 'static + use<> {
    client.personal_access_tokens().get_self().into_future()
}

fn get_with_options(
    client: &Client,
) -> impl Future<Output = Result<Response<PersonalAccessToken>, Error>> + Send + 'static + use<> {
    client.personal_access_tokens().get_self().send()
}

fn items(
    client: &Client,
) -> impl Stream<Item = Result<PersonalAccessToken, Error>> + Send + Unpin + 'static + use<> {
    client
        .personal_access_tokens()
        .list()
        .per_page(1)
        .into_stream()
}

fn pages(
    client: &Client,
) -> impl Stream<Item = Result<Page<PersonalAccessToken>, Error>> + Send + Unpin + 'static + use<> {
    client
        .personal_access_tokens()
        .list()
        .per_page(1)
        .into_page_stream()
}

fn prepared(client: &Client) -> ListTokens<Client> {
    client.personal_access_tokens().list().search("t")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn futures_and_streams_can_be_returned_and_spawned() {
    let (gitlab, client) = gitlab();
    let tasks = (
        tokio::spawn(one(&client)),
        tokio::spawn(get_with_options(&client)),
        tokio::spawn(items(&client).try_collect::<Vec<_>>()),
        tokio::spawn(pages(&client).try_collect::<Vec<_>>()),
        tokio::spawn(prepared(&client).into_future()),
        tokio::spawn(
            client
                .request(http::Method::GET, "/api/v4/personal_access_tokens")
                .send(),
        ),
    );
    drop(client);
    assert_eq!(tasks.0.await.expect("a task").expect("a token").name, "one");
    assert_eq!(
        tasks.1.await.expect("a task").expect("a token").status(),
        200
    );
    assert_eq!(tasks.2.await.expect("a task").expect("items").len(), 2);
    assert_eq!(tasks.3.await.expect("a task").expect("pages").len(), 2);
    assert_eq!(
        tasks.4.await.expect("a task").expect("a page").items.len(),
        0
    );
    assert_eq!(
        tasks.5.await.expect("a task").expect("a response").status(),
        200
    );
    assert_eq!(gitlab.requests().len(), 1 + 1 + 2 + 2 + 1 + 1);
}

/// A stream can move between threads while it runs.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_can_move_while_it_runs() {
    let (_gitlab, client) = gitlab();
    let mut stream = items(&client);
    let first = stream.next().await.expect("an item").expect("an item");
    let rest = tokio::spawn(async move { stream.try_collect::<Vec<_>>().await });
    assert_eq!(first.name, "one");
    assert_eq!(rest.await.expect("a task").expect("items")[0].name, "two");
}

/// Neither creating an operation nor converting it to a future sends anything.
#[test]
fn nothing_is_sent_before_it_is_awaited() {
    let (gitlab, client) = gitlab();
    let future = one(&client);
    let stream = items(&client);
    drop(prepared(&client));
    assert_eq!(gitlab.connections(), 0);
    drop(stream);
    block_on(future).expect("a token");
    assert_eq!(gitlab.requests().len(), 1);
}

/// Calls of a client and of its clones can run concurrently.
#[test]
fn calls_can_run_at_the_same_time() {
    let (gitlab, client) = gitlab();
    let clone = client.clone();
    let results = block_on(async {
        futures_util::join!(
            one(&client),
            one(&clone),
            items(&client).try_collect::<Vec<_>>()
        )
    });
    assert!(results.0.is_ok() && results.1.is_ok());
    assert_eq!(results.2.expect("items").len(), 2);
    assert_eq!(gitlab.requests().len(), 4);
}

/// An operation can be created once and sent many times.
#[test]
fn operations_can_be_cloned() {
    let (gitlab, client) = gitlab();
    let list = prepared(&client);
    block_on(list.clone()).expect("a page");
    block_on(list).expect("a page");
    let targets: Vec<_> = gitlab
        .requests()
        .iter()
        .map(|request| request.target().to_owned())
        .collect();
    assert_eq!(targets[0], targets[1]);
}

#[test]
fn a_call_outside_of_a_runtime_is_an_error() {
    let (_gitlab, client) = gitlab();
    let result = futures_util::FutureExt::now_or_never(one(&client)).expect("an error at once");
    let error = result.expect_err("an error");
    assert!(error.to_string().contains("runtime"), "{error}");
}
