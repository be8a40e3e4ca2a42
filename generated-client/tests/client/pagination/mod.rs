//! Lists: pages, streams of items and of pages. Nothing is requested before it is needed.

#[cfg(feature = "blocking")]
mod blocking;
mod broken;
mod changes;
mod lossy;
mod missing_headers;
mod pages;
mod streams;

use gitlab_pat::Client;
use gitlab_pat_fake::{FakeGitLab, FakeResponse, Fault, TokenSpec};

use crate::support::client;

/// Creates a server with this number of tokens, including the calling one, and its client. The ids ascend from the calling token's.
fn list_of(count: i64) -> (FakeGitLab, Client, Vec<i64>) {
    let gitlab = FakeGitLab::start().expect("a server");
    let (secret, ids) = fill(&gitlab, count);
    let client = client(&gitlab.url(), &secret);
    (gitlab, client, ids)
}

/// Adds this number of tokens of one user. The first is the calling one.
fn fill(gitlab: &FakeGitLab, count: i64) -> (String, Vec<i64>) {
    let ann = gitlab.add_user("ann");
    let calling = gitlab.add_token(TokenSpec::new(&ann, "calling"));
    let mut ids = vec![calling.id()];
    for number in 1..count {
        ids.push(
            gitlab
                .add_token(TokenSpec::new(&ann, format!("token {number}")))
                .id(),
        );
    }
    (calling.secret().to_owned(), ids)
}

/// Returns the queries so far.
fn queries(gitlab: &FakeGitLab) -> Vec<String> {
    gitlab
        .requests()
        .iter()
        .map(|request| request.query().unwrap_or_default().to_owned())
        .collect()
}

/// Makes every page of the list empty, with a next page, as if the server filtered all items out.
fn make_every_page_empty(gitlab: &FakeGitLab) {
    let emptied = |response: FakeResponse| {
        let page = response
            .header_text("X-Page")
            .and_then(|page| page.parse::<u32>().ok());
        let next = page.expect("the page's number") + 1;
        response
            .body("[]")
            .set_header("X-Next-Page", next.to_string())
    };
    gitlab.faults().always(Fault::change(emptied));
}
