//! Lists whose tokens are rotated or revoked by the reader.

use std::collections::BTreeMap;

use futures_util::TryStreamExt;
use gitlab_pat::Client;
use gitlab_pat::operations::personal_access_tokens::ListTokens;
use gitlab_pat::types::TokenState;
use gitlab_pat_fake::{FakeGitLab, TokenSpec};

use crate::support::{block_on, client};

/// Creates a server with a calling token and this number of others. Their ids are returned.
fn server(count: usize) -> (FakeGitLab, String, Vec<i64>) {
    let gitlab = FakeGitLab::start().expect("a server");
    let ann = gitlab.add_user("ann");
    let calling = gitlab.add_token(TokenSpec::new(&ann, "calling").scopes(["api"]));
    let add = |number| {
        let spec = TokenSpec::new(&ann, format!("ci {number}")).scopes(["api"]);
        gitlab.add_token(spec).id()
    };
    let ids = (0..count).map(add).collect();
    (gitlab, calling.secret().to_owned(), ids)
}

fn list(client: &Client) -> ListTokens<Client> {
    let list = client.personal_access_tokens().list();
    list.state(TokenState::Active).search("ci ").per_page(10)
}

/// Checks that each old token was rotated, and that each name has one active token, whose secret was stored last.
fn assert_each_was_rotated_once(
    gitlab: &FakeGitLab,
    old: &[i64],
    stored: &BTreeMap<String, Vec<String>>,
) {
    assert_eq!(stored.len(), old.len());
    for secrets in stored.values() {
        assert_eq!(secrets.len(), 1, "a token was rotated twice");
    }
    for id in old {
        assert!(gitlab.token(*id).expect("a token").revoked);
    }
    let active = gitlab.tokens().into_iter();
    let active = active.filter(|token| !token.revoked && token.name.starts_with("ci "));
    assert_eq!(active.count(), old.len());
}

#[test]
fn a_list_that_is_read_to_its_end_first_reaches_each_token_once() {
    let (gitlab, secret, old) = server(15);
    let client = client(&gitlab.url(), &secret);
    let tokens = client.personal_access_tokens();
    let mut stored: BTreeMap<String, Vec<String>> = BTreeMap::new();
    block_on(async {
        for token in list(&client).read_all().await.expect("all tokens") {
            let fresh = tokens.rotate(token.id).await.expect("a new token");
            let secret = fresh.token.expose_secret().to_owned();
            stored.entry(token.name).or_default().push(secret);
        }
    });
    assert_each_was_rotated_once(&gitlab, &old, &stored);

    let (gitlab, secret, old) = server(50);
    let client = self::client(&gitlab.url(), &secret);
    let tokens = client.personal_access_tokens();
    block_on(async {
        for token in list(&client).read_all().await.expect("all tokens") {
            tokens.revoke(token.id).await.expect("a revocation");
        }
    });
    for id in old {
        assert!(gitlab.token(id).expect("a token").revoked);
    }
}

#[cfg(feature = "blocking")]
#[test]
fn a_blocking_list_that_is_read_to_its_end_first_reaches_each_token_once() {
    let (gitlab, secret, old) = server(15);
    let client = crate::support::blocking_client(&gitlab.url(), &secret);
    let tokens = client.personal_access_tokens();
    let list = tokens.list().state(TokenState::Active).search("ci ");
    let mut stored: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for token in list.per_page(10).read_all().expect("all tokens") {
        let fresh = tokens.rotate(token.id).call().expect("a new token");
        let secret = fresh.token.expose_secret().to_owned();
        stored.entry(token.name).or_default().push(secret);
    }
    assert_each_was_rotated_once(&gitlab, &old, &stored);
}

/// The documentation warns of this.
#[test]
fn a_stream_skips_tokens_if_its_reader_revokes_them() {
    let (gitlab, secret, old) = server(50);
    let client = client(&gitlab.url(), &secret);
    let tokens = client.personal_access_tokens();
    block_on(async {
        let mut stream = list(&client).into_stream();
        while let Some(token) = stream.try_next().await.expect("a response") {
            tokens.revoke(token.id).await.expect("a revocation");
        }
    });
    let is_active = |id: &&i64| !gitlab.token(**id).expect("a token").revoked;
    assert_eq!(old.iter().filter(is_active).count(), 20);
}

/// The server may fail between two pages. A part of the list would look complete.
#[test]
fn a_list_that_cannot_be_read_to_its_end_is_an_error() {
    use gitlab_pat_fake::{FakeResponse, Fault, Matcher};
    let (gitlab, secret, _) = server(15);
    let second = Matcher::any().when(|request| request.target().contains("page=2"));
    let fault = Fault::response(FakeResponse::proxy_error(500));
    gitlab.faults().on(second).always(fault);
    let client = client(&gitlab.url(), &secret);
    let error = block_on(list(&client).read_all()).expect_err("no second page");
    assert!(error.is_server_error(), "{error}");
    let error = block_on(list(&client).lossy().read_all()).expect_err("no second page");
    assert!(error.is_server_error(), "{error}");
    gitlab.faults().clear();
    let items = block_on(list(&client).lossy().read_all()).expect("all items");
    assert_eq!(items.len(), 15);
    let future = list(&client).read_all();
    let items = block_on(async { futures_util::FutureExt::boxed(future).await });
    assert_eq!(items.expect("all items").len(), 15);
}
