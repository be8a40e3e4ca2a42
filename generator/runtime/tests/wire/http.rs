//! The built-in HTTP transport against a server on this machine.

use std::time::Duration;

use generator_runtime::runtime::call::builder::ClientBuilder;
use generator_runtime::runtime::call::client::Client;
use generator_runtime::runtime::call::retry::RetryPolicy;
use generator_runtime::runtime::credential::auth::Auth;
use generator_runtime::runtime::error::{Error, ErrorKind};
use generator_runtime::runtime::transport::TransportErrorKind;

use crate::loopback::{Reply, Server, closed_port};
use crate::support::{API, CreatePet, GetPet, TOKEN};

const REX: &str = "HTTP/1.1 200 OK\r\ncontent-length: 15\r\n\r\n{\"name\": \"Rex\"}";

fn builder(url: &str) -> ClientBuilder {
    ClientBuilder::new(&API)
        .base_url(url)
        .unwrap()
        .auth(Auth::header("X-Pet-Key", TOKEN))
        .read_timeout(Duration::from_millis(150))
        .retry(RetryPolicy::none())
}

fn client(url: &str) -> Client {
    builder(url).build().unwrap()
}

/// The stage at which an exchange failed.
fn stage(error: &Error) -> TransportErrorKind {
    // No source contains the text.
    assert!(std::error::Error::source(error).is_none());
    error.transport_error().unwrap().kind()
}

#[tokio::test]
async fn the_bytes_of_a_request() {
    let server = Server::start([Reply::Keep(REX)]);
    let client = client(&format!("{}/base/", server.url()));
    GetPet::new(client.clone(), 7).await.unwrap();
    CreatePet::new(client.clone(), "Rex").await.unwrap();
    client
        .request(http::Method::POST, "/empty")
        .send()
        .await
        .unwrap();
    let host = server.address;
    let coding = if cfg!(feature = "gzip") {
        "gzip"
    } else {
        "identity"
    };
    assert_eq!(
        server.requests(),
        [
            format!(
                "GET /base/pets/7 HTTP/1.1\r\nuser-agent: pets/0.1.0\r\naccept: application/json\r\n\
                 accept-encoding: {coding}\r\nx-pet-key: {TOKEN}\r\nhost: {host}\r\n\r\n"
            ),
            format!(
                "POST /base/pets HTTP/1.1\r\nuser-agent: pets/0.1.0\r\naccept: application/json\r\n\
                 accept-encoding: {coding}\r\ncontent-type: application/json\r\nx-pet-key: {TOKEN}\r\nhost: {host}\r\ncontent-length: 14\r\n\r\n\
                 {{\"name\":\"Rex\"}}"
            ),
            format!(
                "POST /base/empty HTTP/1.1\r\nuser-agent: pets/0.1.0\r\naccept-encoding: identity\r\ncontent-length: 0\r\n\
                 x-pet-key: {TOKEN}\r\naccept: */*\r\nhost: {host}\r\n\r\n"
            ),
        ]
    );
}

#[tokio::test]
async fn each_fault_of_the_network_has_its_kind() {
    use TransportErrorKind as Kind;
    let cases = [
        (Reply::Close(""), Kind::ConnectionLost),
        (Reply::Reset, Kind::ConnectionLost),
        (
            Reply::Close("HTTP/1.1 200 OK\r\ncontent-le"),
            Kind::ConnectionLost,
        ),
        (
            Reply::Close("HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n{\"name\": \"Rex\"}"),
            Kind::ConnectionLost,
        ),
        (
            Reply::Close("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"nam"),
            Kind::ConnectionLost,
        ),
        (
            Reply::Close("SSH-2.0-OpenSSH_9.9\r\n\r\n"),
            Kind::InvalidResponse,
        ),
        (
            Reply::Close("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n"),
            Kind::InvalidResponse,
        ),
        (Reply::Stall(""), Kind::ReadTimeout),
        (Reply::Stall("HTTP/1.1 200 OK\r\n"), Kind::ReadTimeout),
        (
            Reply::Stall("HTTP/1.1 200 OK\r\ncontent-length: 15\r\n\r\n{"),
            Kind::ReadTimeout,
        ),
    ];
    for (index, (reply, kind)) in cases.into_iter().enumerate() {
        let server = Server::start([reply]);
        let error = GetPet::new(client(&server.url()), 7).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Transport, "case {index}: {error}");
        assert_eq!(stage(&error), kind, "case {index}: {error}");
        assert!(!error.is_connect());
        assert_eq!(error.is_timeout(), kind == Kind::ReadTimeout);
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn a_refused_connection_sent_nothing() {
    let url = closed_port();
    let error = CreatePet::new(client(&url), "Rex").await.unwrap_err();
    assert!(error.is_connect());
    assert!(!error.is_outcome_unknown());
    let authority = url.trim_start_matches("http://");
    assert_eq!(
        error.to_string(),
        format!("pets.create: no connection to the server: connection refused ({authority})")
    );
}

/// A port with a full queue, to which no further connection is made.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_connection_timeout_sent_nothing() {
    use socket2::{Domain, Socket, Type};

    let listener = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
    let any: std::net::SocketAddr = ([127, 0, 0, 1], 0).into();
    listener.bind(&any.into()).unwrap();
    listener.listen(0).unwrap();
    let address = listener.local_addr().unwrap();
    // The server does not accept these connections. They are made without waiting, because the last ones would wait forever.
    let waiting: Vec<Socket> = (0..4)
        .map(|_| {
            let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
            socket.set_nonblocking(true).unwrap();
            let _ = socket.connect(&address);
            socket
        })
        .collect();
    let url = format!("http://{}", address.as_socket().unwrap());
    let client = builder(&url)
        .connect_timeout(Duration::from_millis(150))
        // The timeout of the call includes the connection.
        .read_timeout(None)
        .build()
        .unwrap();
    let error = CreatePet::new(client, "Rex").await.unwrap_err();
    assert_eq!(stage(&error), TransportErrorKind::ConnectTimeout);
    assert!(error.is_connect() && error.is_timeout());
    assert!(!error.is_outcome_unknown());
    drop(waiting);
}

#[tokio::test]
async fn an_unknown_name_is_distinguished_from_a_silent_server() {
    let client = ClientBuilder::new(&API)
        .base_url("http://unknown.invalid")
        .unwrap()
        .allow_insecure_http(true)
        .no_proxy()
        .build()
        .unwrap();
    let error = GetPet::new(client, 7).await.unwrap_err();
    assert_eq!(stage(&error), TransportErrorKind::Dns);
    assert!(error.to_string().ends_with(" (unknown.invalid:80)"));
}

#[tokio::test]
async fn no_redirect_leads_to_another_server() {
    let other = Server::start([Reply::Keep(REX)]);
    let location: &'static str = format!(
        "HTTP/1.1 302 Found\r\nlocation: {}/pets/7?key={TOKEN}\r\ncontent-length: 0\r\n\r\n",
        other.url()
    )
    .leak();
    let server = Server::start([Reply::Keep(location)]);
    let error = GetPet::new(client(&server.url()), 7).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Redirect);
    assert!(!error.to_string().contains(TOKEN));
    assert!(other.requests().is_empty());
}

#[tokio::test]
async fn a_proxy_is_used_except_for_a_server_on_this_machine() {
    let proxy = Server::start([Reply::Keep(REX)]);
    let far = ClientBuilder::new(&API)
        .base_url("http://pets.example")
        .unwrap()
        .allow_insecure_http(true)
        .proxy(&format!("http://ann:pw@{}", proxy.address))
        .unwrap()
        .build()
        .unwrap();
    GetPet::new(far, 7).await.unwrap();
    let seen = &proxy.requests()[0];
    assert!(
        seen.starts_with("GET http://pets.example/pets/7 HTTP/1.1\r\n"),
        "{seen}"
    );
    assert!(seen.contains("\r\nproxy-authorization: Basic YW5uOnB3\r\n"));

    let server = Server::start([Reply::Keep(REX)]);
    let near = builder(&server.url())
        .proxy(&proxy.url())
        .unwrap()
        .build()
        .unwrap();
    GetPet::new(near, 7).await.unwrap();
    assert_eq!(server.requests().len(), 1);
    assert_eq!(proxy.requests().len(), 1);
}

#[tokio::test]
async fn the_http_library_can_be_configured_but_its_policies_stay() {
    let server = Server::start([
        Reply::Keep("HTTP/1.1 302 Found\r\nlocation: /pets/8\r\ncontent-length: 0\r\n\r\n"),
        Reply::Keep(REX),
    ]);
    let client = builder(&server.url())
        .configure_http(|http| http.redirect(reqwest::redirect::Policy::limited(3)))
        .configure_http(|http| http.http1_title_case_headers())
        .build()
        .unwrap();
    // The client itself follows no redirect of a POST.
    let error = CreatePet::new(client, "Rex").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Redirect);
    assert!(server.requests()[0].contains("\r\nUser-Agent: pets/0.1.0\r\n"));
    assert_eq!(server.requests().len(), 1);
}

/// Configures the library alone.
fn library() -> reqwest::ClientBuilder {
    let http = reqwest::Client::builder().no_proxy();
    // The library has no cryptography of its own, but needs some even for plain connections.
    #[cfg(feature = "rustls")]
    let http = {
        let provider = std::sync::Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let config = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(rustls::RootCertStore::empty())
            .with_no_client_auth();
        http.tls_backend_preconfigured(config)
    };
    http
}

#[tokio::test]
async fn the_http_library_retries_nothing_although_it_is_configured_to() {
    let server = Server::start([
        Reply::Keep("HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n"),
        Reply::Keep(REX),
    ]);
    let always = |http: reqwest::ClientBuilder| {
        let policy = reqwest::retry::for_host("127.0.0.1")
            .no_budget()
            .max_retries_per_request(5)
            .classify_fn(|response| response.retryable());
        http.retry(policy)
    };
    let client = builder(&server.url())
        .configure_http(always)
        .build()
        .unwrap();
    let error = CreatePet::new(client, "Rex").await.unwrap_err();
    assert_eq!(error.status().unwrap(), 503);
    assert_eq!(server.requests().len(), 1);

    // The policy retries.
    let http = always(library()).build().unwrap();
    let server = Server::start([
        Reply::Keep("HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n"),
        Reply::Keep(REX),
    ]);
    http.post(server.url()).send().await.unwrap();
    assert!(server.requests().len() > 1);
}

/// The library sends a referer with the redirects that it follows. The client follows redirects with requests of its own.
#[tokio::test]
async fn no_referer_is_sent_although_the_http_library_is_configured_to() {
    let moved = "HTTP/1.1 302 Found\r\nlocation: /pets/8\r\ncontent-length: 0\r\n\r\n";
    let referring = |http: reqwest::ClientBuilder| {
        http.redirect(reqwest::redirect::Policy::limited(3))
            .referer(true)
    };
    let server = Server::start([Reply::Keep(moved), Reply::Keep(REX)]);
    let client = builder(&server.url())
        .configure_http(referring)
        .build()
        .unwrap();
    GetPet::new(client, 7).await.unwrap();
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    assert!(!requests[1].to_ascii_lowercase().contains("\r\nreferer:"));

    // The library would send it with these settings.
    let http = referring(library()).build().unwrap();
    let server = Server::start([Reply::Keep(moved), Reply::Keep(REX)]);
    http.get(server.url()).send().await.unwrap();
    assert!(server.requests()[1].contains("\r\nreferer: http://"));
}

#[test]
fn a_call_outside_of_tokio_is_an_error() {
    let server = Server::start([Reply::Keep(REX)]);
    let call = GetPet::new(client(&server.url()), 7).into_future();
    let error = crate::support::VirtualTime::new().run(call).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert_eq!(
        error.to_string(),
        "pets.get: there is no Tokio runtime here; await the call inside one, or give the client a timer"
    );
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn clients_are_shared_by_concurrent_calls() {
    let server = Server::start_with(|mut stream, requests| {
        let requests: &'static std::sync::Mutex<Vec<String>> = Box::leak(Box::new(
            std::sync::Mutex::new(requests.lock().unwrap().clone()),
        ));
        std::thread::spawn(move || {
            while let Some(request) = crate::loopback::read_request(&mut stream) {
                requests.lock().unwrap().push(request);
                std::io::Write::write_all(&mut stream, REX.as_bytes()).unwrap();
            }
        });
    });
    let client = client(&server.url());
    let calls: Vec<_> = (0..16)
        .map(|id| tokio::spawn(GetPet::new(client.clone(), id).into_future()))
        .collect();
    for call in calls {
        assert_eq!(call.await.unwrap().unwrap().name, "Rex");
    }
}

/// No time is too short for this: a server that sends anything at all has been silent before.
#[tokio::test]
async fn only_the_deadline_ends_the_wait_for_a_response_that_exists_once() {
    let body = "HTTP/1.1 201 Created\r\ncontent-length: 15\r\n\r\n{\"name\": \"Rex\"}";
    let server = Server::start([Reply::Close(body)]);
    let impatient = |timeout: Option<Duration>| {
        let builder = builder(&server.url()).read_timeout(Duration::ZERO);
        builder.timeout(timeout).build().unwrap()
    };
    let deadline = Some(Duration::from_secs(60));
    CreatePet::new(impatient(deadline), "Rex").await.unwrap();
    let request = impatient(deadline).request(http::Method::POST, "/pets");
    request.send().await.unwrap();

    // Without a deadline, and if the request can be repeated, the limit applies.
    let silent = Server::start([Reply::Stall("")]);
    let impatient = |timeout: Option<Duration>| {
        let builder = builder(&silent.url()).read_timeout(Duration::from_millis(1));
        builder.timeout(timeout).build().unwrap()
    };
    let created = CreatePet::new(impatient(None), "Rex").await;
    let read = GetPet::new(impatient(deadline), 7).await;
    for error in [created.unwrap_err(), read.unwrap_err()] {
        assert_eq!(stage(&error), TransportErrorKind::ReadTimeout);
        assert!(error.to_string().contains("`read_timeout`"), "{error}");
    }
}

#[tokio::test]
async fn a_silent_server_cannot_hold_a_call_beyond_its_deadline() {
    for beginning in ["", "HTTP/1.1 200 OK\r\ncontent-length: 15\r\n\r\n{"] {
        let server = Server::start([Reply::Stall(beginning)]);
        let client = builder(&server.url())
            .timeout(Duration::from_millis(300))
            .build()
            .unwrap();
        let error = CreatePet::new(client, "Rex").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
        assert!(error.is_timeout() && !error.is_retryable());
    }
}
