//! The text of errors.

use gitlab_pat_fake::{FakeGitLab, FakeResponse};

use super::row::{GET, LIST, ROTATE_SELF};
use crate::support::{TOKEN, block_on, client, failure, json, server_with};

#[test]
fn errors_are_one_line_with_status_message_and_request_id() {
    let shown = |response: FakeResponse| {
        let (_server, client) = server_with(response);
        failure(block_on((GET.send)(&client))).to_string()
    };
    let errors = [
        shown(json(r#"{"message":"401 Unauthorized"}"#).status_code(401)),
        shown(
            json(r#"{"error":"invalid_token","error_description":"Token was revoked."}"#)
                .status_code(401)
                .header("X-Request-Id", "01HXYZ"),
        ),
        shown(json(r#"{"error":"insufficient_scope","error_description":"More is needed.","scope":"api"}"#).status_code(403)),
        shown(FakeResponse::text(429, "Retry later\n")),
        shown(FakeResponse::proxy_error(502)),
        shown(json(r#"{"id":true}"#)),
        shown(FakeResponse::new(200)),
        shown(FakeResponse::redirect(302, "https://elsewhere.example.com/users/sign_in?token=x")),
    ];
    insta::assert_snapshot!(errors.join("\n"));
}

#[test]
fn an_error_of_a_rotation_reports_an_unknown_outcome() {
    let (_server, client) = server_with(FakeResponse::proxy_error(504));
    let error = failure(block_on((ROTATE_SELF.send)(&client)));
    insta::assert_snapshot!(error);
}

#[test]
fn an_error_without_a_server_names_the_operation_and_the_failure() {
    let gitlab = FakeGitLab::start().expect("a server");
    gitlab.refuse_connections().expect("a closed port");
    let error = failure(block_on((LIST.send)(&client(&gitlab.url(), TOKEN))));
    let shown = error.to_string();
    assert!(
        shown.starts_with("personal_access_tokens.list: "),
        "{shown}"
    );
    assert!(shown.contains("connection"), "{shown}");
}
