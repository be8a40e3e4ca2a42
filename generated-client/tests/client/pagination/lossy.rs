//! Lists with tokens that can't be decoded.

use futures_util::TryStreamExt;
use gitlab_pat::Error;
use gitlab_pat_fake::{FakeGitLab, FakeResponse, Fault};

use super::list_of;
use crate::support::{block_on, failure};

/// Makes the id of each page's second token a text.
fn break_one(gitlab: &FakeGitLab) {
    gitlab
        .faults()
        .always(Fault::change(|response: FakeResponse| {
            let mut body = response.body_json().expect("JSON");
            if let Some(token) = body.get_mut(1) {
                token["id"] = "seven".into();
            }
            response.body(body.to_string())
        }));
}

/// Returns the id of a token, or the path of the fault if it can't be decoded.
fn kept(item: Result<gitlab_pat::types::PersonalAccessToken, Error>) -> String {
    match item {
        Ok(token) => token.id.to_string(),
        Err(error) => {
            assert_eq!(error.operation(), Some("personal_access_tokens.list"));
            assert!(!error.to_string().contains("seven"), "{error}");
            error.json_path().unwrap_or_default().to_owned()
        }
    }
}

#[test]
fn one_bad_token_does_not_hide_the_others() {
    let (gitlab, client, ids) = list_of(5);
    break_one(&gitlab);
    let list = || client.personal_access_tokens().list().per_page(3);
    let items = block_on(list().lossy().into_stream().try_collect::<Vec<_>>()).expect("all items");
    let read: Vec<String> = items.iter().map(|item| kept(item.result())).collect();
    let expected = [
        ids[0].to_string(),
        "[1].id".to_owned(),
        ids[2].to_string(),
        ids[3].to_string(),
        "[1].id".to_owned(),
    ];
    assert_eq!(read, expected);
    let raw: serde_json::Value =
        serde_json::from_slice(items[1].raw_json()).expect("the token's JSON");
    assert_eq!(raw["id"], "seven");
    assert_eq!(raw["name"], "token 1");

    let page = block_on(list().lossy()).expect("a page");
    assert_eq!((page.items.len(), page.total()), (3, Some(5)));
    failure(block_on(list()));
}

#[cfg(feature = "blocking")]
#[test]
fn one_bad_token_does_not_hide_the_others_in_blocking_code() {
    let gitlab = FakeGitLab::start().expect("a server");
    let (secret, _) = super::fill(&gitlab, 2);
    break_one(&gitlab);
    let client = crate::support::blocking_client(&gitlab.url(), &secret);
    let list = || client.personal_access_tokens().list().lossy();
    let mut bad = 0;
    for item in list() {
        bad += usize::from(item.expect("an item").result().is_err());
    }
    assert_eq!(bad, 1);
    let page = list().call().expect("a page");
    assert_eq!(page.items.len(), 2);
    assert_eq!(list().into_pages().count(), 1);
}
