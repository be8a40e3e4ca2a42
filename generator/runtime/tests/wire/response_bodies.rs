//! The bodies of responses: the limits on size and time, and the part that an error keeps.

use std::time::Duration;

use bytes::Bytes;
use futures_util::{StreamExt as _, stream};
use generator_runtime::runtime::call::options::RequestOptions;
use generator_runtime::runtime::call::retry::RetryPolicy;
use generator_runtime::runtime::error::ErrorKind;
use generator_runtime::runtime::transport::timer::{Sleep, Timer};
use generator_runtime::runtime::transport::{ResponseBody, TransportError, TransportErrorKind};

use crate::support::{Act, GetPet, Script, VirtualTime, builder, client, json, response};

const REX: &str = r#"{"name": "Rex"}"#;

#[test]
fn an_undecodable_success_is_an_error_with_the_path_and_the_body() {
    let cases = [
        (
            "",
            "expected JSON, but the response is empty; the server executed the request",
            None,
        ),
        (
            " \n",
            "expected JSON, but the response is empty; the server executed the request",
            None,
        ),
        (
            "<!doctype html>",
            "expected JSON, but the response is HTML or XML; check the base URL",
            None,
        ),
        (
            r#"{"name": 5}"#,
            "expected a string at `name` (line 1, column 10)",
            Some("name"),
        ),
        (
            r#"{"nom": "Rex"}"#,
            "`name` is missing (line 1, column 14)",
            Some("name"),
        ),
    ];
    for (body, text, path) in cases {
        let script = Script::new([response(200, &[("x-request-id", "01HX")], body)]);
        let time = VirtualTime::new();
        let error = time
            .run(GetPet::new(client(&script, &time), 7).send())
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("pets.get: 200 OK: {text} [request 01HX]")
        );
        assert!(error.is_decode());
        assert_eq!(error.status().unwrap(), 200);
        assert_eq!(error.json_path(), path);
        assert_eq!(error.body(), body);
        assert!(!error.is_retryable());
    }
}

#[test]
fn the_body_that_an_error_keeps_is_bounded() {
    let long = "x".repeat(100_000);
    for status in [200, 500] {
        let script = Script::new([response(status, &[], &long)]);
        let time = VirtualTime::new();
        let error = time
            .run(GetPet::new(client(&script, &time), 7).send())
            .unwrap_err();
        assert_eq!(error.body().len(), 64 * 1024);
        assert_eq!(error.status().unwrap(), status);
    }
}

/// A response whose body arrives in chunks or is lost.
pub(crate) fn chunked(status: u16, chunks: Vec<Result<&'static str, TransportErrorKind>>) -> Act {
    let chunks = chunks.into_iter().map(|chunk| {
        chunk
            .map(|text| Bytes::from_static(text.as_bytes()))
            .map_err(TransportError::new)
    });
    Act::Response(
        http::Response::builder()
            .status(status)
            .body(ResponseBody::from_stream(stream::iter(chunks)))
            .unwrap(),
    )
}

#[test]
fn a_response_beyond_the_limit_is_rejected_as_soon_as_it_is_known() {
    // A declared length, one chunk, and several.
    let acts = [
        response(200, &[("content-length", "4000000000")], ""),
        json(200, REX),
        chunked(200, vec![Ok(r#"{"name":"#), Ok(r#" "Rex"}"#)]),
    ];
    for act in acts {
        let script = Script::new([act]);
        let time = VirtualTime::new();
        let client = builder(&script, &time)
            .max_response_size(14)
            .build()
            .unwrap();
        let error = time.run(GetPet::new(client, 7).send()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TooLarge);
        assert_eq!(
            error.to_string(),
            "pets.get: 200 OK: the response is larger than 14 bytes; raise the limit with `max_response_size`"
        );
        assert!(error.body().len() <= 14);
    }
    let script = Script::new([chunked(200, vec![Ok(r#"{"name":"#), Ok(r#" "Rex"}"#)])]);
    let time = VirtualTime::new();
    let options = RequestOptions::new().max_response_size(15);
    let call = GetPet::new(client(&script, &time), 7).options(options);
    assert_eq!(time.run(call.into_future()).unwrap().name, "Rex");
}

#[test]
fn a_lost_response_keeps_what_arrived() {
    let script = Script::new([chunked(
        200,
        vec![Ok(r#"{"na"#), Err(TransportErrorKind::ConnectionLost)],
    )]);
    let time = VirtualTime::new();
    let error = time
        .run(GetPet::new(client(&script, &time), 7).send())
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(error.body(), r#"{"na"#);
    assert_eq!(
        error.to_string(),
        "pets.get: 200 OK: the connection was lost before the response was complete (pets.example:443)"
    );
    assert_eq!(
        error.transport_error().unwrap().kind(),
        TransportErrorKind::ConnectionLost
    );
}

#[test]
fn an_error_status_is_kept_although_its_body_is_lost() {
    let script = Script::new([chunked(
        404,
        vec![Ok("{"), Err(TransportErrorKind::ConnectionLost)],
    )]);
    let time = VirtualTime::new();
    let error = time
        .run(GetPet::new(client(&script, &time), 7).send())
        .unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(error.to_string(), "pets.get: 404 Not Found");
}

/// A response whose body arrives in chunks, each after a pause on this clock.
fn slow(time: &VirtualTime, status: u16, pause: Duration, pieces: Vec<&'static str>) -> Act {
    let clock = time.clone();
    let chunks = stream::iter(pieces).then(move |piece| {
        let pause = clock.sleep(pause);
        async move {
            pause.await;
            Ok(Bytes::from_static(piece.as_bytes()))
        }
    });
    let response = http::Response::builder()
        .status(status)
        .header("content-type", "text/plain")
        .header("retry-after", "7");
    Act::Response(response.body(ResponseBody::from_stream(chunks)).unwrap())
}

/// The relevant data is in the head.
#[test]
fn the_client_waits_at_most_five_seconds_for_the_body_of_an_error_response() {
    let seconds = Duration::from_secs;
    for status in [403, 429, 503] {
        for (pause, timeout, end, message) in [
            // Silence, and single bytes without an end.
            (seconds(1000), Some(seconds(60)), seconds(5), None),
            (seconds(2), Some(seconds(60)), seconds(5), Some("ab")),
            // The deadline of the call is earlier.
            (seconds(2), Some(seconds(3)), seconds(3), Some("a")),
            // Without a timeout there is no limit.
            (seconds(2), None, seconds(20), Some("abcdefghij")),
        ] {
            let time = VirtualTime::new();
            let pieces = vec!["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];
            let script = Script::new([slow(&time, status, pause, pieces)]);
            let client = builder(&script, &time).timeout(timeout).build().unwrap();
            let error = time.run(GetPet::new(client, 7).send()).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Status);
            assert_eq!(error.status().unwrap(), status);
            assert_eq!(error.message(), message);
            assert_eq!(error.retry_after(), Some(seconds(7)));
            assert_eq!(time.elapsed(), end, "{status} {pause:?} {timeout:?}");
        }
    }
}

#[test]
fn an_error_response_without_an_end_is_retried_like_any_other() {
    let time = VirtualTime::new();
    let silent = slow(&time, 503, Duration::from_secs(1000), vec![""]);
    let script = Script::new([silent, json(200, REX)]);
    let client = builder(&script, &time)
        .retry(RetryPolicy::new())
        .build()
        .unwrap();
    time.run(GetPet::new(client, 7).send()).unwrap();
    // Five seconds for the body, and the seven that the server requests.
    assert_eq!(time.elapsed(), Duration::from_secs(12));
}

/// A clock on which every deadline passes at once.
struct Hasty;

impl Timer for Hasty {
    fn sleep(&self, _: Duration) -> Sleep {
        Box::pin(std::future::ready(()))
    }
}

#[test]
fn the_body_of_an_error_response_that_has_arrived_is_read_even_after_the_deadline() {
    let (time, error_response) = (VirtualTime::new(), vec![Ok("no "), Ok("pets "), Ok("here")]);
    let script = Script::new([chunked(403, error_response)]);
    let client = builder(&script, &time).timer(Hasty).build().unwrap();
    let error = time.run(GetPet::new(client, 7).send()).unwrap_err();
    assert_eq!(error.body(), "no pets here");
}
