//! The settings that a builder accepts, and how it rejects the others.

use generator_runtime::runtime::api::operation::ApiInfo;
use generator_runtime::runtime::call::builder::ClientBuilder;
use generator_runtime::runtime::credential::auth::Auth;
use generator_runtime::runtime::error::{Error, ErrorKind};

use crate::support::{API, Script, TOKEN, VirtualTime, builder};

fn new() -> ClientBuilder {
    builder(&Script::new([]), &VirtualTime::new())
}

fn error_response(builder: Result<ClientBuilder, Error>) -> String {
    let error = match builder {
        Ok(builder) => builder.build().map(|_| ()).unwrap_err(),
        Err(error) => error,
    };
    assert_eq!(error.kind(), ErrorKind::Configuration);
    error.to_string()
}

#[test]
fn a_base_url_is_absolute_and_has_no_other_parts() {
    for url in [
        "https://example.com",
        "https://example.com:8443/a/b/",
        "http://localhost:3000",
        "http://127.9.9.9/x",
        "http://[::1]:80",
    ] {
        new().base_url(url).unwrap().build().unwrap();
    }
    for (url, text) in [
        (
            "",
            "the base URL is not an absolute URL such as https://example.com",
        ),
        (
            "example.com",
            "the base URL is not an absolute URL such as https://example.com",
        ),
        (
            "//example.com",
            "the base URL is not an absolute URL such as https://example.com",
        ),
        (
            "ftp://example.com",
            "the base URL's scheme is neither https nor http",
        ),
        (
            "file:///etc",
            "the base URL's scheme is neither https nor http",
        ),
        (
            "https://ann:secret@example.com",
            "the base URL contains user information; set credentials with `auth`",
        ),
        (
            "https://example.com?x=1",
            "the base URL contains a query or a fragment",
        ),
        (
            "https://example.com/#x",
            "the base URL contains a query or a fragment",
        ),
    ] {
        assert_eq!(error_response(new().base_url(url)), text, "{url}");
    }
}

#[test]
fn an_api_without_a_server_requires_a_base_url() {
    static NOWHERE: ApiInfo = ApiInfo {
        default_base_url: None,
        ..API
    };
    assert_eq!(
        error_response(Ok(ClientBuilder::new(&NOWHERE))),
        "no base URL is set, and the API's description names none; set one with `base_url`"
    );
}

#[test]
fn plain_http_is_rejected_except_on_loopback_unless_it_is_allowed() {
    for url in [
        "http://example.com",
        "http://localhost.example.com",
        "http://128.0.0.1",
        "http://[::2]",
        "http://0.0.0.0",
    ] {
        assert!(error_response(new().base_url(url)).contains("`allow_insecure_http(true)`"));
        new()
            .base_url(url)
            .unwrap()
            .allow_insecure_http(true)
            .build()
            .unwrap();
    }
}

#[test]
fn a_credential_that_cannot_be_sent_is_rejected_without_being_shown() {
    let tokens = [
        ("", "the credential is empty"),
        (
            "s3cr3t\n",
            "the credential begins or ends with white space or a line break",
        ),
        (
            " s3cr3t",
            "the credential begins or ends with white space or a line break",
        ),
        (
            "s3c\nr3t",
            "the credential contains a byte that is not allowed in a header",
        ),
        (
            "s3c\0r3t",
            "the credential contains a byte that is not allowed in a header",
        ),
        (
            "s3c\u{7f}r3t",
            "the credential contains a byte that is not allowed in a header",
        ),
    ];
    for (token, text) in tokens {
        let places = [
            Auth::header("X-Pet-Key", token),
            Auth::bearer_token(token),
            Auth::query("pet_key", token),
            Auth::cookie("session", token),
        ];
        for auth in places {
            assert_eq!(error_response(Ok(new().auth(auth))), text);
        }
    }
    let others = [
        (
            Auth::header("X-Pet-Key", "s3cr3tü"),
            "the credential contains a byte that is not allowed in a header",
        ),
        (
            Auth::header("bad name", TOKEN),
            "the credential's header has an invalid name",
        ),
        (
            Auth::cookie("session", "a;b"),
            "the credential contains a byte that is not allowed in a cookie",
        ),
        (
            Auth::cookie("a=b", TOKEN),
            "the credential contains a byte that is not allowed in a cookie",
        ),
        (
            Auth::basic("ann", "a\nb"),
            "the credential contains a byte that is not allowed in a header",
        ),
        (
            Auth::basic("a:nn", TOKEN),
            "the user name contains a byte that is not allowed in basic authentication",
        ),
    ];
    for (auth, text) in others {
        assert_eq!(error_response(Ok(new().auth(auth))), text);
    }
}

#[test]
fn default_headers_cannot_set_credentials() {
    for name in [
        "authorization",
        "X-PET-KEY",
        "cookie",
        "proxy-authorization",
        "host",
    ] {
        assert_eq!(
            error_response(Ok(new().default_header(name, TOKEN))),
            "a default header is reserved for credentials or the connection; set credentials with `auth`"
        );
    }
    assert_eq!(
        error_response(Ok(new().default_header("bad name", "x"))),
        "a default header has an invalid name"
    );
    assert_eq!(
        error_response(Ok(new().default_header("x-line", "a\nb"))),
        "a default header has an invalid value"
    );
    assert_eq!(
        error_response(Ok(new().user_agent("a\nb"))),
        "the user agent contains bytes that are not allowed in a header"
    );
}
