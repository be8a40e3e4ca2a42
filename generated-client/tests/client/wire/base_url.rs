//! Base URLs, including those with a path.

use gitlab_pat::{Auth, Client};

use super::sent;
use crate::support::{TOKEN, exchange, failure};

#[test]
fn a_path_is_kept_with_and_without_a_slash_at_the_end() {
    for (suffix, path) in [
        ("", "/api/v4"),
        ("/", "/api/v4"),
        ("/gitlab", "/gitlab/api/v4"),
        ("/gitlab/", "/gitlab/api/v4"),
        ("/a/b%20c", "/a/b%20c/api/v4"),
        // The value of `CI_API_V4_URL`.
        ("/api/v4", "/api/v4"),
        ("/api/v4/", "/api/v4"),
        ("/gitlab/api/v4", "/gitlab/api/v4"),
        // Mounted below the same path.
        ("/api/v4/api/v4", "/api/v4/api/v4"),
    ] {
        let list = exchange!("list", |tokens| tokens.list().search("x"));
        let rotate = exchange!("rotate", |tokens| tokens.rotate(7));
        for (client, request) in sent(&list, suffix) {
            let line = format!("GET {path}/personal_access_tokens?search=x HTTP/1.1");
            assert_eq!(request.request_line(), line, "{suffix:?} ({client})");
        }
        for (client, request) in sent(&rotate, suffix) {
            let line = format!("POST {path}/personal_access_tokens/7/rotate HTTP/1.1");
            assert_eq!(request.request_line(), line, "{suffix:?} ({client})");
        }
    }
}

#[test]
fn the_host_is_that_of_the_base_url() {
    let get = exchange!("get_self", |tokens| tokens.get_self());
    for (client, request) in sent(&get, "/gitlab") {
        let host = request.header("host").expect("a host");
        let (name, port) = host.split_once(':').expect("a port");
        assert_eq!(name, "127.0.0.1", "{client}");
        assert!(port.parse::<u16>().is_ok(), "{client}: {host}");
    }
}

#[test]
fn an_invalid_base_url_is_rejected_at_once() {
    for url in [
        "",
        "gitlab.example.com",
        "/gitlab",
        "ftp://gitlab.example.com",
        "https://",
        "https://user:glpat-hidden@gitlab.example.com",
        "https://gitlab.example.com/?private_token=glpat-hidden",
        "https://gitlab.example.com/#glpat-hidden",
    ] {
        let error = failure(Client::builder().base_url(url));
        assert_eq!(error.status(), None, "{url}");
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains("glpat-hidden"), "{shown}");
    }
}

#[test]
fn plain_http_to_another_machine_is_rejected() {
    let builder = || {
        Client::builder()
            .base_url("http://gitlab.example.com")
            .expect("a base URL")
            .auth(Auth::private_token(TOKEN))
    };
    let error = failure(builder().build());
    assert!(error.to_string().contains("https"), "{error}");
    builder()
        .allow_insecure_http(true)
        .build()
        .expect("a client whose user knows");
}
