//! Transports and timers of users.

use std::future::{pending, ready};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use gitlab_pat::{Auth, Client, ErrorKind, RequestOptions, RetryPolicy};

use gitlab_pat::transport::{RequestBody, ResponseBody, Timer, TransportError, TransportErrorKind};

use crate::support::{TOKEN, block_on, failure, sample};

type Exchanged = Result<http::Response<ResponseBody>, TransportError>;

/// Creates a client whose exchanges return the result of `response`.
fn client(
    response: impl Fn(http::Request<RequestBody>) -> Exchanged + Send + Sync + 'static,
) -> Client {
    Client::builder()
        .base_url("https://gitlab.example.com/sub")
        .expect("a base URL")
        .auth(Auth::private_token(TOKEN))
        .transport(move |request| ready(response(request)))
        .retry(RetryPolicy::none())
        .build()
        .expect("a client")
}

fn response(status: u16, body: &'static str) -> Exchanged {
    let mut response = http::Response::new(ResponseBody::from(body));
    *response.status_mut() = http::StatusCode::from_u16(status).expect("a status");
    Ok(response)
}

#[test]
fn a_transport_gets_the_whole_request() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    let client = client(move |request| {
        log.lock().expect("the log").push(request);
        response(200, sample::ROTATED)
    });
    let tokens = client.personal_access_tokens();
    let call = tokens.rotate(7).expires_at(jiff::civil::date(2027, 1, 31));
    assert_eq!(block_on(call).expect("a token").id, 108);

    let request = seen.lock().expect("the log").pop().expect("a request");
    assert_eq!(request.method(), http::Method::POST);
    assert_eq!(
        request.uri(),
        "https://gitlab.example.com/sub/api/v4/personal_access_tokens/7/rotate"
    );
    let credential = request
        .headers()
        .get("private-token")
        .expect("a credential");
    assert_eq!(credential, TOKEN);
    assert!(credential.is_sensitive());
    assert!(!format!("{:?}", request.headers()).contains(TOKEN));
    assert_eq!(
        request.into_body().into_bytes(),
        r#"{"expires_at":"2027-01-31"}"#
    );
}

/// The transport neither follows redirects nor retries.
#[test]
fn one_call_is_one_exchange() {
    for (status, kind) in [
        (302, ErrorKind::Redirect),
        (307, ErrorKind::Redirect),
        (429, ErrorKind::Status),
        (503, ErrorKind::Status),
    ] {
        let count = Arc::new(Mutex::new(0));
        let counter = Arc::clone(&count);
        let client = client(move |_| {
            *counter.lock().expect("a counter") += 1;
            let mut response = http::Response::new(ResponseBody::empty());
            *response.status_mut() = http::StatusCode::from_u16(status).expect("a status");
            let location = http::HeaderValue::from_static("https://elsewhere.example.com/");
            response.headers_mut().insert("location", location);
            response
                .headers_mut()
                .insert("retry-after", http::HeaderValue::from_static("0"));
            Ok(response)
        });
        let error = failure(block_on(client.personal_access_tokens().get(1)));
        assert_eq!(error.kind(), kind, "{error}");
        assert_eq!(*count.lock().expect("a counter"), 1);
    }
}

#[test]
fn a_transport_can_report_a_failure() {
    for (kind, connect, timeout, open) in [
        (TransportErrorKind::Dns, true, false, false),
        (TransportErrorKind::Connect, true, false, false),
        (TransportErrorKind::ConnectTimeout, true, true, false),
        (TransportErrorKind::Tls, true, false, false),
        (TransportErrorKind::ReadTimeout, false, true, true),
        (TransportErrorKind::ConnectionLost, false, false, true),
        (TransportErrorKind::InvalidResponse, false, false, true),
        (TransportErrorKind::Other, false, false, true),
    ] {
        let client = client(move |_| Err(TransportError::new(kind).with_reason("for a reason")));
        let error = failure(block_on(client.personal_access_tokens().rotate(1)));
        assert_eq!(error.kind(), ErrorKind::Transport, "{kind:?}");
        assert_eq!(error.is_connect(), connect, "{kind:?}");
        assert_eq!(error.is_timeout(), timeout, "{kind:?}");
        assert_eq!(error.is_outcome_unknown(), open, "{kind:?}");
        assert!(error.to_string().contains("for a reason"), "{error}");
        assert_eq!(
            error.transport_error().map(TransportError::kind),
            Some(kind)
        );
        let idempotent = failure(block_on(client.personal_access_tokens().revoke(1)));
        assert!(!idempotent.is_outcome_unknown(), "{kind:?}");
    }
}

/// A clock on which every pause ends at once. It records their lengths.
#[derive(Clone, Default)]
struct Hasty(Arc<Mutex<Vec<Duration>>>);

impl Timer for Hasty {
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        self.0.lock().expect("the log").push(duration);
        Box::pin(ready(()))
    }
}

fn silent_server(timer: &Hasty) -> Client {
    Client::builder()
        .base_url("https://gitlab.example.com")
        .expect("a base URL")
        .auth(Auth::private_token(TOKEN))
        .timeout(Duration::from_secs(1_000))
        .transport(|_| pending::<Exchanged>())
        .timer(timer.clone())
        .build()
        .expect("a client")
}

/// Asserts that there was one pause so far, of about this length.
#[track_caller]
fn assert_pause(timer: &Hasty, wanted: Duration) {
    let [pause] = std::mem::take(&mut *timer.0.lock().expect("the log"))[..] else {
        panic!("one pause was expected");
    };
    assert!(
        pause <= wanted && pause > wanted.mul_f64(0.9),
        "{pause:?} for {wanted:?}"
    );
}

#[test]
fn the_timer_ends_a_call_that_takes_too_long() {
    let timer = Hasty::default();
    let client = silent_server(&timer);
    let tokens = client.personal_access_tokens();

    let error =
        failure(futures_util::FutureExt::now_or_never(tokens.get(1).send()).expect("an end"));
    assert!(error.is_timeout(), "{error}");
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(!error.is_outcome_unknown());
    assert_pause(&timer, Duration::from_secs(1_000));

    let options = RequestOptions::new().timeout(Duration::from_secs(5));
    let call = tokens.rotate_self().options(options).send();
    let error = failure(futures_util::FutureExt::now_or_never(call).expect("an end"));
    assert!(error.is_timeout() && error.is_outcome_unknown(), "{error}");
    assert!(!error.is_retryable());
    assert!(error.to_string().contains("5s"), "{error}");
    assert_pause(&timer, Duration::from_secs(5));
}

/// With a transport and a timer, the client runs on any executor, without Tokio.
#[test]
fn a_transport_and_a_timer_make_tokio_unnecessary() {
    let client = Client::builder()
        .base_url("https://gitlab.example.com")
        .expect("a base URL")
        .transport(|_| ready(response(200, sample::SINGLE)))
        .timer(Hasty::default())
        .build()
        .expect("a client");
    let call = client.personal_access_tokens().get_self().send();
    let response = futures_util::FutureExt::now_or_never(call)
        .expect("an end")
        .expect("a token");
    assert_eq!(response.value().id, 71);
}

#[test]
fn a_response_arrives_in_parts() {
    use bytes::Bytes;
    let client = Client::builder()
        .base_url("https://gitlab.example.com")
        .expect("a base URL")
        .transport(|_| {
            let pieces = sample::ROTATED
                .as_bytes()
                .chunks(7)
                .map(|piece| Ok(Bytes::copy_from_slice(piece)));
            let body = ResponseBody::from_stream(futures_util::stream::iter(pieces));
            ready(Ok(http::Response::new(body)))
        })
        .build()
        .expect("a client");
    let token = block_on(client.personal_access_tokens().rotate_self()).expect("a token");
    assert_eq!(token.token.expose_secret(), sample::NEW_SECRET);
}

/// If a response ends early after the server acted, the error keeps what arrived.
#[test]
fn a_response_that_ends_early_is_kept() {
    use bytes::Bytes;
    let client = Client::builder()
        .base_url("https://gitlab.example.com")
        .expect("a base URL")
        .transport(|_| {
            let head = Bytes::from_static(&sample::ROTATED.as_bytes()[..40]);
            let pieces = [
                Ok(head),
                Err(TransportError::new(TransportErrorKind::ConnectionLost)),
            ];
            let body = ResponseBody::from_stream(futures_util::stream::iter(pieces));
            ready(Ok(http::Response::new(body)))
        })
        .build()
        .expect("a client");
    let error = failure(block_on(client.personal_access_tokens().rotate_self()));
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
    assert_eq!(error.body().as_ref(), &sample::ROTATED.as_bytes()[..40]);
}
