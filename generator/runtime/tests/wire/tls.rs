//! TLS with private certificate authorities, which are common on self-managed servers.

use std::io::{Read, Write};
use std::sync::Arc;

use generator_runtime::runtime::call::builder::ClientBuilder;
use generator_runtime::runtime::credential::auth::Auth;
use generator_runtime::runtime::error::{Error, ErrorKind};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig, ServerConnection, StreamOwned};

use crate::loopback::{Reply, Server, closed_port, read_request};
use crate::support::{API, GetPet, Pet, TOKEN};

const AUTHORITY: &str = include_str!("certificates/authority.pem");
const SERVER: &str = include_str!("certificates/server.pem");
const ELSEWHERE: &str = include_str!("certificates/elsewhere.pem");
const CLIENT: &str = include_str!("certificates/client.pem");

const REX: &str =
    "HTTP/1.1 200 OK\r\ncontent-length: 15\r\nconnection: close\r\n\r\n{\"name\": \"Rex\"}";

/// A server with this certificate that may request one from the client.
fn start(pem: &str, ask: bool) -> Server {
    start_responding(pem, ask, |_| REX.to_owned())
}

/// The same with a response to the nth request, counted from 1.
fn start_responding(
    pem: &str,
    ask: bool,
    response: impl Fn(usize) -> String + Send + 'static,
) -> Server {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let builder = ServerConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .unwrap();
    let builder = if ask {
        let mut roots = RootCertStore::empty();
        roots
            .add(CertificateDer::from_pem_slice(AUTHORITY.as_bytes()).unwrap())
            .unwrap();
        let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
        builder.with_client_cert_verifier(verifier.build().unwrap())
    } else {
        builder.with_no_client_auth()
    };
    let chain = CertificateDer::pem_slice_iter(pem.as_bytes())
        .collect::<Result<_, _>>()
        .unwrap();
    let key = PrivateKeyDer::from_pem_slice(pem.as_bytes()).unwrap();
    let config = Arc::new(builder.with_single_cert(chain, key).unwrap());
    Server::start_with(move |stream, requests| {
        let session = ServerConnection::new(Arc::clone(&config)).unwrap();
        let mut stream = StreamOwned::new(session, stream);
        if let Some(request) = read_request(&mut stream) {
            let number = {
                let mut requests = requests.lock().unwrap();
                requests.push(request);
                requests.len()
            };
            stream.write_all(response(number).as_bytes()).unwrap();
            stream.conn.send_close_notify();
            let _ = stream.flush();
        }
    })
}

fn builder(server: &Server) -> ClientBuilder {
    ClientBuilder::new(&API)
        .base_url(&format!("https://{}", server.address))
        .unwrap()
}

async fn call(builder: ClientBuilder) -> Result<Pet, Error> {
    GetPet::new(builder.build().unwrap(), 7).await
}

#[tokio::test]
async fn a_private_authority_is_trusted_after_it_is_added() {
    for only in [true, false] {
        let server = start(SERVER, false);
        let trusting = builder(&server)
            .add_root_certificate_pem(AUTHORITY)
            .tls_roots_only(only);
        assert_eq!(call(trusting).await.unwrap().name, "Rex");
    }
}

#[tokio::test]
async fn a_failed_handshake_has_a_reason_and_sent_nothing() {
    let unknown = start(SERVER, false);
    let elsewhere = start(ELSEWHERE, false);
    let asking = start(SERVER, true);
    let plain = Server::start_with(|mut stream, _| {
        stream
            .write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            .unwrap();
        let _ = stream.read_to_end(&mut Vec::new());
    });
    let cases = [
        // An additional authority is trusted too, since the machine may have none.
        (
            builder(&unknown).add_root_certificate_pem(ELSEWHERE),
            "the certificate's issuer is unknown; add the certificate of a private authority with `add_root_certificate_pem`",
        ),
        (
            builder(&elsewhere).add_root_certificate_pem(AUTHORITY),
            "the certificate is for another host",
        ),
        (
            builder(&plain).add_root_certificate_pem(AUTHORITY),
            "the server does not speak TLS",
        ),
    ];
    for (builder, reason) in cases {
        let error = call(builder.tls_roots_only(true)).await.unwrap_err();
        assert_eq!(
            without_authority(&error),
            format!("pets.get: the TLS handshake with the server failed: {reason}")
        );
        assert!(error.is_connect());
        assert!(!error.is_retryable());
    }
    // In TLS 1.3 a client receives the alert only when it reads.
    let error = call(builder(&asking).add_root_certificate_pem(AUTHORITY))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(asking.requests().is_empty());
}

/// Returns the text before the server's host and port.
fn without_authority(error: &Error) -> String {
    let text = error.to_string();
    let (text, authority) = text.split_once(" (").expect("a host and a port");
    let is_port = |port: &str| port.trim_end_matches(')').parse::<u16>().is_ok();
    let port = authority.rsplit_once(':').map(|(_, port)| port);
    assert!(port.is_some_and(is_port), "{error}");
    text.to_owned()
}

/// The error does not show the proxy's URL, which may contain a password.
#[tokio::test]
async fn a_failed_proxy_is_reported_and_nothing_was_sent() {
    let saying = |response| Server::start([Reply::Close(response)]);
    let asking = saying("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
    let rejecting = saying("HTTP/1.1 403 s3cr3t\r\n\r\ns3cr3t");
    let babbling = saying("SSH-2.0-OpenSSH_9.9\r\n\r\n");
    let silent = saying("");
    let elsewhere = start(ELSEWHERE, false);
    let closed_port = closed_port();
    let rejected = "no connection to the server: the proxy rejected the connection";
    let cases = [
        (
            format!(
                "http://ann:s3cr3t@{}",
                closed_port.trim_start_matches("http://")
            ),
            "no connection to the proxy: connection refused",
        ),
        (
            "http://ann:s3cr3t@unknown.invalid:3128".to_owned(),
            "the proxy's name could not be resolved",
        ),
        (
            format!("https://ann:s3cr3t@{}", elsewhere.address),
            "the TLS handshake with the proxy failed: the certificate is for another host",
        ),
        (
            format!("http://ann:s3cr3t@{}", asking.address),
            "no connection to the server: the proxy requires a user name and a password",
        ),
        (format!("http://ann:s3cr3t@{}", rejecting.address), rejected),
        (format!("http://ann:s3cr3t@{}", babbling.address), rejected),
        (format!("http://ann:s3cr3t@{}", silent.address), rejected),
    ];
    for (proxy, text) in cases {
        let builder = ClientBuilder::new(&API)
            .auth(Auth::header("X-Pet-Key", TOKEN))
            .add_root_certificate_pem(AUTHORITY)
            .tls_roots_only(true)
            .proxy(&proxy)
            .unwrap();
        let error = call(builder).await.unwrap_err();
        assert_eq!(without_authority(&error), format!("pets.get: {text}"));
        assert!(error.is_connect());
        let shown = format!("{error:?} {:?}", std::error::Error::source(&error));
        for part in ["ann", "s3cr3t", "unknown.invalid"] {
            assert!(!shown.contains(part), "{shown}");
        }
    }
    for proxy in [asking, rejecting] {
        let requests = proxy.requests().concat();
        assert!(requests.starts_with("CONNECT pets.example:443 "));
        assert!(!requests.contains(TOKEN));
    }
}

#[tokio::test]
async fn a_client_presents_its_certificate() {
    let server = start(SERVER, true);
    let known = builder(&server)
        .add_root_certificate_pem(AUTHORITY)
        .identity_pem(CLIENT);
    assert_eq!(call(known).await.unwrap().name, "Rex");
}

#[test]
fn certificates_are_checked_when_the_client_is_built() {
    let build = |builder: ClientBuilder| builder.build().map(|_| ()).unwrap_err().to_string();
    let new = || ClientBuilder::new(&API);
    assert_eq!(
        build(new().add_root_certificate_pem("no certificate")),
        "a root certificate is not valid PEM"
    );
    assert_eq!(
        build(new().tls_roots_only(true)),
        "`tls_roots_only` is set without a root certificate; add one with `add_root_certificate_pem`"
    );
    for identity in ["no certificate", AUTHORITY] {
        let builder = new()
            .add_root_certificate_pem(AUTHORITY)
            .identity_pem(identity);
        assert_eq!(
            build(builder),
            "the identity is not a certificate and a key in PEM"
        );
    }
    let (chain, _) = CLIENT.split_once("-----BEGIN PRIVATE KEY").unwrap();
    let (_, key) = SERVER.split_once("-----BEGIN PRIVATE KEY").unwrap();
    let mixed = format!("{chain}-----BEGIN PRIVATE KEY{key}");
    assert_eq!(
        build(
            new()
                .add_root_certificate_pem(AUTHORITY)
                .identity_pem(mixed)
        ),
        "the identity's certificate and key do not belong together"
    );
}

/// Returns a redirect to this target, after which the connection is closed.
fn redirect(location: &str) -> String {
    format!(
        "HTTP/1.1 307 Temporary Redirect\r\nlocation: {location}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
    )
}

/// Another scheme is another origin, in both directions.
#[tokio::test]
async fn no_redirect_leads_from_one_scheme_to_the_other() {
    let plain = Server::start([Reply::Close(REX)]);
    let location = format!("{}/pets/8?key=h1dden", plain.url());
    let server = start_responding(SERVER, false, move |_| redirect(&location));
    let trusting = builder(&server)
        .auth(Auth::header("X-Pet-Key", TOKEN))
        .add_root_certificate_pem(AUTHORITY);
    let error = call(trusting).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Redirect, "{error}");
    assert!(
        error
            .to_string()
            .contains(&format!("{}/pets/8", plain.url()))
    );
    assert!(!error.to_string().contains("h1dden"));
    assert_eq!(server.requests().len(), 1);
    assert!(plain.requests().is_empty());

    let secure = start(SERVER, false);
    let location: &'static str = redirect(&format!("https://{}/pets/8", secure.address)).leak();
    let server = Server::start([Reply::Close(location)]);
    let trusting = ClientBuilder::new(&API)
        .base_url(&server.url())
        .unwrap()
        .auth(Auth::header("X-Pet-Key", TOKEN))
        .add_root_certificate_pem(AUTHORITY);
    let error = call(trusting).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Redirect, "{error}");
    assert_eq!(server.requests().len(), 1);
    assert!(secure.requests().is_empty());
}

#[tokio::test]
async fn a_redirect_over_tls_is_followed_within_its_origin() {
    let server = start_responding(SERVER, false, |number| match number {
        1 => redirect("/pets/8"),
        _ => REX.to_owned(),
    });
    let trusting = builder(&server)
        .auth(Auth::header("X-Pet-Key", TOKEN))
        .add_root_certificate_pem(AUTHORITY);
    assert_eq!(call(trusting).await.unwrap().name, "Rex");
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    assert!(requests[1].starts_with("GET /pets/8 HTTP/1.1\r\n"));
    for request in requests {
        assert_eq!(request.matches(TOKEN).count(), 1, "{request}");
    }
}
