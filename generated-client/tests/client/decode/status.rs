//! Any 2xx is a success, even if the description has another status.

use gitlab_pat::types::TokenScope;
use gitlab_pat_fake::FakeResponse;

use super::{get, rotate};
use crate::support::{block_on, failure, json, sample, server_with};

const ALL_2XX: [u16; 9] = [200, 201, 202, 203, 206, 207, 208, 226, 299];

#[test]
fn the_result_is_read_from_any_2xx() {
    for status in ALL_2XX {
        let response = rotate(json(sample::ROTATED).status_code(status)).expect("a token");
        assert_eq!(response.status().as_u16(), status);
        assert_eq!(
            response.into_inner().token.expose_secret(),
            sample::NEW_SECRET
        );

        let response = get(json(sample::SINGLE).status_code(status)).expect("a token");
        assert_eq!(response.into_inner().id, 71);

        let (_server, client) = server_with(json(sample::ROTATED).status_code(status));
        let tokens = client.personal_access_tokens();
        let created = block_on(tokens.create_for_user(1, "n", [TokenScope::Api])).expect("a token");
        assert_eq!(created.id, 108);

        let (_server, client) = server_with(json("[]").status_code(status));
        let page = block_on(client.personal_access_tokens().list()).expect("a page");
        assert!(page.items.is_empty());
    }
}

#[test]
fn an_operation_without_a_result_ignores_the_body_of_any_2xx() {
    for status in ALL_2XX {
        for response in [
            FakeResponse::new(status),
            json(r#"{"message":"204 No Content"}"#).status_code(status),
            json("{broken").status_code(status),
            FakeResponse::html(status, "<html></html>"),
        ] {
            let (_server, client) = server_with(response);
            let tokens = client.personal_access_tokens();
            let response = block_on(tokens.revoke(1).send()).expect("revoked");
            assert_eq!(response.status().as_u16(), status);
            block_on(tokens.revoke_self()).expect("revoked");
        }
    }
}

/// The client does not take its token for revoked then, and does not refuse to rotate it.
#[test]
fn a_page_does_not_prove_a_revocation() {
    let (server, client) = server_with(FakeResponse::html(200, "<html></html>"));
    let tokens = client.personal_access_tokens();
    block_on(tokens.revoke_self()).expect("a success");
    failure(block_on(tokens.rotate_self()));
    let rotations = || {
        server
            .requests()
            .into_iter()
            .filter(|request| request.path().ends_with("/rotate"))
    };
    assert_eq!(rotations().count(), 1);

    let (server, client) = server_with(FakeResponse::new(204));
    let tokens = client.personal_access_tokens();
    block_on(tokens.revoke_self()).expect("revoked");
    failure(block_on(tokens.rotate_self()));
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn a_204_without_a_body_and_without_a_length() {
    let (_server, client) = server_with(FakeResponse::new(204));
    block_on(client.personal_access_tokens().revoke(1)).expect("revoked");
}

/// A 204 has no body. Bytes after it belong to no response.
#[test]
fn a_204_with_a_body() {
    let (_server, client) = server_with(json(r#"{"message":"204 No Content"}"#).status_code(204));
    let tokens = client.personal_access_tokens();
    block_on(tokens.revoke(1)).expect("revoked");
}

#[test]
fn an_empty_2xx_instead_of_a_result_is_an_error_that_reports_the_execution() {
    for (status, body) in [(200, ""), (201, ""), (204, ""), (200, " \r\n")] {
        let response = || {
            FakeResponse::new(status)
                .header("X-Request-Id", "01REQ")
                .body(body)
        };
        for error in [
            failure(rotate(response())),
            failure(get(response())),
            {
                let (_server, client) = server_with(response());
                failure(block_on(client.personal_access_tokens().list()))
            },
            {
                let (_server, client) = server_with(response());
                failure(block_on(
                    client.personal_access_tokens().associations_self(),
                ))
            },
        ] {
            assert!(error.is_decode(), "{status}: {error}");
            let shown = error.to_string();
            let texts = [
                "the response is empty; the server executed the request",
                "the status is a success, but the response contains no new secret",
            ];
            assert!(texts.iter().any(|text| shown.contains(text)), "{shown}");
            assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
            assert_eq!(error.request_id(), Some("01REQ"));
            assert!(!error.is_retryable(), "{error}");
        }
    }
}

/// A response has more than its body.
#[test]
fn a_response_gives_status_headers_request_id_and_rate_limit() {
    let response = json(sample::SINGLE)
        .header("X-Request-Id", "01HXYZ")
        .header("RateLimit-Limit", "2000")
        .header("RateLimit-Name", "throttle_authenticated_api")
        .header("RateLimit-Observed", "7")
        .header("RateLimit-Remaining", "1993")
        .header("RateLimit-Reset", "1700000060");
    let response = get(response).expect("a token");
    assert_eq!(response.status(), 200);
    assert_eq!(response.request_id(), Some("01HXYZ"));
    assert_eq!(
        response.headers().get("ratelimit-name").expect("a header"),
        "throttle_authenticated_api"
    );
    let limit = response.rate_limit().expect("a rate limit");
    assert_eq!(limit.name.as_deref(), Some("throttle_authenticated_api"));
    assert_eq!(
        (limit.limit, limit.remaining, limit.observed),
        (Some(2000), Some(1993), Some(7))
    );
    let reset = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_700_000_060);
    assert_eq!(limit.reset, Some(reset));
    assert_eq!(response.value().id, 71);
    assert_eq!(response.into_inner().id, 71);

    let plain = get(json(sample::SINGLE)).expect("a token");
    assert_eq!(plain.rate_limit(), None);
    assert_eq!(plain.request_id(), None);
}
