//! Responses in gzip over a connection: lists, errors, secrets and decompression bombs.

use gitlab_pat::{ErrorKind, RequestOptions};
use gitlab_pat_fake::{FakeGitLab, FakeResponse, Fault, TokenSpec};

use super::{get, rotate};
use crate::support::{block_on, client, failure, json, sample, server_with};

/// The size of the decompressed body.
const MEBIBYTES: u32 = 512;

#[test]
fn lists_arrive_compressed_on_every_page() {
    let gitlab = FakeGitLab::start().expect("a server");
    let ann = gitlab.add_user("ann");
    let me = gitlab.add_token(TokenSpec::new(&ann, "token 0"));
    for number in 1..50 {
        gitlab.add_token(TokenSpec::new(&ann, format!("token {number}")));
    }
    gitlab.faults().always(Fault::change(FakeResponse::gzip));
    let client = client(&gitlab.url(), me.secret());
    let response = block_on(client.personal_access_tokens().list().send()).expect("a page");
    assert_eq!(response.headers()["content-encoding"], "gzip");
    let declared: usize = response.headers()["content-length"]
        .to_str()
        .expect("text")
        .parse()
        .expect("a number");
    // 20 tokens take more bytes when they are not compressed.
    assert!(declared < 2000, "{declared}");
    let page = response.into_inner();
    assert_eq!(page.items.len(), 20);
    assert_eq!(page.items[0].name, "token 0");

    let mut all = client.personal_access_tokens().list().into_stream();
    let names = block_on(async {
        let mut names = Vec::new();
        while let Some(token) = futures_util::StreamExt::next(&mut all).await {
            names.push(token.expect("a token").name);
        }
        names
    });
    assert_eq!(names.len(), 50);
    assert_eq!(names[49], "token 49");
}

#[test]
fn a_secret_is_requested_uncompressed_and_read_if_it_is_compressed() {
    let response = rotate(json(sample::ROTATED).gzip()).expect("a token");
    assert_eq!(response.headers()["content-encoding"], "gzip");
    assert_eq!(response.value().token.expose_secret(), sample::NEW_SECRET);

    // The body is not compressed, although a header declares it. The error keeps the secret and does not show it.
    let response = json(sample::ROTATED).header("Content-Encoding", "gzip");
    let error = failure(rotate(response));
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.body(), sample::ROTATED);
    assert!(!format!("{error} {error:?}").contains(sample::NEW_SECRET));
}

#[test]
fn a_compressed_error_response_is_read() {
    let response = json(r#"{"message":"404 Not found"}"#).status_code(404);
    let error = failure(get(response.gzip()));
    assert!(error.is_not_found());
    assert_eq!(error.message(), Some("404 Not found"));
}

#[test]
fn a_bomb_ends_with_an_error() {
    let (_server, client) = server_with(FakeResponse::gzip_bomb(MEBIBYTES));
    let tokens = client.personal_access_tokens();
    let error = failure(block_on(tokens.list()));
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    assert_eq!(
        error.to_string(),
        "personal_access_tokens.list: 200 OK: the response is larger than 67108864 bytes; raise the limit with `max_response_size`"
    );
    assert_eq!(error.body().len(), 64 * 1024);

    let options = RequestOptions::new().max_response_size(1_000_000);
    let error = failure(block_on(tokens.rotate(71).options(options)));
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    assert_eq!(error.body().len(), 1_000_000);
}

#[test]
fn a_bomb_in_an_error_response_does_not_change_the_error() {
    for status in [403, 404, 500] {
        let error = failure(get(FakeResponse::gzip_bomb(MEBIBYTES).status_code(status)));
        assert_eq!(error.kind(), ErrorKind::Status);
        assert_eq!(error.status().expect("a status"), status);
        assert_eq!(error.message(), None);
        assert_eq!(error.body().len(), 64 * 1024);
    }
}
