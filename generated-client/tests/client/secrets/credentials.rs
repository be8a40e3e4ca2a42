//! Every way to set a credential: as a value, in a builder, in a client, in the options of a call.

use gitlab_pat::{Auth, Client, RequestOptions, RetryPolicy, Secret};
use gitlab_pat_fake::{FakeResponse, RecordingServer};

use super::Watch;
use super::operations::ALL as OPERATIONS;
use crate::support::{block_on, failure, json, only, sample};

/// A text of this test alone, so that a match was printed here. All characters are valid in a cookie.
pub(super) const CREDENTIAL: &str = "glpat-Vq7+tz/Zk8.w1d_never=shown";

type Make = fn(&str) -> Auth;

/// Returns the constructors of `Auth` by name: those of the API's description and those of the runtime.
pub(super) const ALL: &[(&str, Make)] = &[
    ("private_token", |secret| Auth::private_token(secret)),
    ("bearer", |secret| Auth::bearer(secret)),
    ("header", |secret| Auth::header("X-Key", secret)),
    ("bearer_token", |secret| Auth::bearer_token(secret)),
    ("basic", |secret| Auth::basic("ann", secret)),
    ("query", |secret| Auth::query("private_token", secret)),
    ("cookie", |secret| Auth::cookie("session", secret)),
];

/// Creates a client without retries, since its timer is the real one.
fn client(url: &str, auth: Auth) -> Client {
    let builder = Client::builder()
        .base_url(url)
        .expect("a base URL")
        .retry(RetryPolicy::none())
        .auth(auth);
    builder.build().expect("a client")
}

#[test]
fn no_type_shows_the_credential() {
    let watch = Watch::new(&[CREDENTIAL]);
    for (name, make) in ALL {
        let auth = || make(CREDENTIAL);
        watch.debug(name, &auth());
        watch.debug(name, &Client::builder().auth(auth()));
        let client = client("http://127.0.0.1:9", auth());
        watch.debug(name, &client);
        let tokens = client.personal_access_tokens();
        watch.debug(name, &tokens);
        let options = RequestOptions::new()
            .auth(auth())
            .header("X-Hidden", CREDENTIAL);
        watch.debug(name, &options);
        watch.debug(name, &tokens.get(1).options(options.clone()));
        watch.debug(name, &tokens.list().options(options.clone()).into_stream());
        watch.debug(
            name,
            &tokens.list().options(options.clone()).into_page_stream(),
        );
        let raw = client.request(http::Method::GET, "/api/v4/version");
        watch.debug(name, &raw.header("X-Hidden", CREDENTIAL).options(options));
    }
}

#[cfg(feature = "blocking")]
#[test]
fn no_type_of_the_blocking_client_shows_the_credential() {
    let watch = Watch::new(&[CREDENTIAL]);
    for (name, make) in ALL {
        let builder = gitlab_pat::blocking::Client::builder().auth(make(CREDENTIAL));
        watch.debug(name, &builder);
        let client = builder.build().expect("a client");
        watch.debug(name, &client);
        let tokens = client.personal_access_tokens();
        watch.debug(name, &tokens);
        let options = || RequestOptions::new().auth(make(CREDENTIAL));
        watch.debug(name, &tokens.rotate(1).options(options()));
        watch.debug(name, &tokens.list().options(options()).into_iter());
        watch.debug(name, &tokens.list().options(options()).into_pages());
        watch.debug(
            name,
            &client.request(http::Method::GET, "/x").options(options()),
        );
    }
}

/// The control: each way does send the credential.
#[test]
fn every_way_sends_the_credential() {
    for (name, make) in ALL {
        for per_call in [false, true] {
            let server = RecordingServer::start(json(sample::SINGLE)).expect("a server");
            let (auth, options) = if per_call {
                (Auth::none(), RequestOptions::new().auth(make(CREDENTIAL)))
            } else {
                (make(CREDENTIAL), RequestOptions::new())
            };
            let client = client(&server.url(), auth);
            block_on(client.personal_access_tokens().get_self().options(options)).expect("a token");
            let request = only(server.requests());
            let sent = format!("{} {:?}", request.target(), crate::wire::headers(&request));
            assert!(
                Watch::new(&[CREDENTIAL]).finds(&sent) || basic(&sent),
                "{name}"
            );
        }
    }
}

/// `Authorization: Basic` also contains the user name, so the text differs.
fn basic(sent: &str) -> bool {
    use base64::Engine as _;
    let encoded = base64::engine::general_purpose::STANDARD.encode(format!("ann:{CREDENTIAL}"));
    sent.contains(&encoded)
}

/// Errors of every kind and operation, with every credential.
#[test]
fn no_error_shows_the_credential() {
    let watch = Watch::new(&[CREDENTIAL]);
    for (name, make) in ALL {
        for response in error_responses() {
            let server = RecordingServer::start(response).expect("a server");
            let client = client(&server.url(), make(CREDENTIAL));
            for exchange in OPERATIONS {
                if let Err(error) = block_on((exchange.send)(&client)) {
                    watch.error(&format!("{name} {}", exchange.name), &error);
                    watch.text(name, error.message().unwrap_or("-"));
                    watch.text(name, error.request_id().unwrap_or("-"));
                    watch.text(name, error.code().unwrap_or("-"));
                    watch.text(name, &format!("{:?}", error.required_scopes()));
                }
            }
        }
    }
}

/// Servers that respond with an error, with garbage, or with the credential that they got.
fn error_responses() -> Vec<FakeResponse> {
    let echo = serde_json::json!({
        "message": format!("no token {CREDENTIAL} here"),
        "error": CREDENTIAL,
        "scope": format!("api {CREDENTIAL}"),
    });
    let location = format!("https://elsewhere.example.com/?private_token={CREDENTIAL}");
    vec![
        json(r#"{"message":"401 Unauthorized"}"#).status_code(401),
        FakeResponse::json(403, &echo).header("X-Request-Id", CREDENTIAL),
        FakeResponse::text(429, format!("slow down, {CREDENTIAL}"))
            .header("RateLimit-Name", CREDENTIAL),
        FakeResponse::html(502, format!("<p>{CREDENTIAL}</p>")),
        FakeResponse::redirect(302, location),
        json(&format!(r#"{{"id":"{CREDENTIAL}"}}"#)),
        json(&format!("{{{CREDENTIAL}")),
        FakeResponse::text(200, CREDENTIAL),
        FakeResponse::new(200),
    ]
}

#[test]
fn no_error_of_a_connection_shows_the_credential() {
    use gitlab_pat_fake::{Delivery, Fault, Wire};
    let watch = Watch::new(&[CREDENTIAL]);
    for (name, make) in ALL {
        for fault in [
            Fault::reset_on_connect(),
            Fault::reset(),
            Fault::close(),
            Fault::none().delivered(Delivery::truncated(5)),
            Fault::wire(Wire::new().bytes(format!("HTTP/9 {CREDENTIAL}\r\n\r\n"))),
        ] {
            let server = RecordingServer::start(json(sample::SINGLE)).expect("a server");
            server.faults().always(fault);
            let client = client(&server.url(), make(CREDENTIAL));
            let error = failure(block_on(client.personal_access_tokens().get(1)));
            watch.error(name, &error);
        }
    }
}

#[test]
fn no_error_of_a_builder_shows_the_credential() {
    let watch = Watch::new(&[CREDENTIAL]);
    let unsendable = format!("{CREDENTIAL}\u{7f}\n");
    for (name, make) in ALL {
        let error = failure(Client::builder().auth(make(&unsendable)).build());
        watch.error(name, &error);
    }
    let with_user = format!("https://ann:{CREDENTIAL}@gitlab.example.com");
    watch.error(
        "a base URL",
        &failure(Client::builder().base_url(&with_user)),
    );
    let header = Client::builder().default_header("X-Hidden", format!("{CREDENTIAL}\n"));
    watch.debug("a header", &header);
    watch.error("a header", &failure(header.build()));
    let identity = Client::builder().identity_pem(Secret::new(CREDENTIAL));
    watch.debug("an identity", &identity);
    watch.error("an identity", &failure(identity.build()));
    let proxy = format!("http://ann:{CREDENTIAL}@127.0.0.1:9");
    match Client::builder().proxy(&proxy) {
        Ok(builder) => watch.debug("a proxy", &builder),
        Err(error) => watch.error("a proxy", &error),
    }
}
