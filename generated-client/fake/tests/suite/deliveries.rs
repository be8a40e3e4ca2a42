//! Responses that arrive in parts, with pauses, truncated, or not as HTTP.

use std::io::{Read, Write};

use gitlab_pat_fake::{Delivery, FakeResponse, Fault, Gate, Wire};

use crate::client::connect;
use crate::faults::{case, is_reset};

fn body_of(text: &str) -> &str {
    text.split_once("\r\n\r\n").expect("a head").1
}

#[test]
fn truncated_responses() {
    for (fault, reset) in [
        (Fault::none().delivered(Delivery::truncated(10)), false),
        (
            Fault::response(FakeResponse::text(200, "0123456789abcdef"))
                .delivered(Delivery::truncated(10)),
            false,
        ),
        (Fault::none().delivered(Delivery::reset_after(10)), true),
    ] {
        let case = case();
        case.gitlab.faults().next(fault);
        let (received, end) = case.exchange(&case.read());
        assert_eq!(is_reset(end), reset, "{end:?}");
        if !reset {
            let text = String::from_utf8(received).expect("text");
            assert_eq!(body_of(&text).len(), 10);
            let length = text
                .lines()
                .find_map(|line| line.strip_prefix("Content-Length: "))
                .expect("a length");
            assert!(length.parse::<usize>().expect("a number") > 10);
        }
    }
}

#[test]
fn wrong_lengths() {
    for length in [1, 100_000] {
        let case = case();
        case.gitlab.faults().next(Fault::content_length(length));
        let text = case.text(&case.rotate());
        assert_eq!(text.matches("Content-Length").count(), 1);
        assert!(text.contains(&format!("\r\nContent-Length: {length}\r\n")));
        assert!(body_of(&text).starts_with("{\"id\":") && body_of(&text).ends_with('}'));
        assert!(case.is_rotated());
    }
}

#[test]
fn a_response_that_stops_in_the_middle_until_its_gate_opens() {
    let case = case();
    let gate = Gate::new();
    let response = FakeResponse::text(200, "0123456789");
    case.gitlab
        .faults()
        .next(Fault::response(response).delivered(Delivery::stalled_after(4, &gate)));
    let mut stream = connect(&case.gitlab.url()).expect("a connection");
    stream.write_all(&case.read().bytes()).expect("a request");
    let mut received = Vec::new();
    while !received.ends_with(b"0123") {
        let mut byte = [0];
        stream.read_exact(&mut byte).expect("a byte");
        received.push(byte[0]);
    }
    assert!(gate.wait_arrived(1));
    gate.open();
    let mut rest = String::new();
    stream.read_to_string(&mut rest).expect("the rest");
    assert_eq!(rest, "456789");
}

#[test]
fn dripping_responses_arrive_byte_by_byte() {
    let case = case();
    let gate = Gate::new();
    case.gitlab.faults().next(
        Fault::response(FakeResponse::text(200, "abc")).delivered(Delivery::dripped_body(&gate)),
    );
    let mut stream = connect(&case.gitlab.url()).expect("a connection");
    stream.write_all(&case.read().bytes()).expect("a request");
    for (count, expected) in (1..).zip(*b"abc") {
        assert!(gate.wait_arrived(count));
        gate.release(1);
        let mut byte = [0];
        if count == 1 {
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                stream.read_exact(&mut byte).expect("a byte");
                head.push(byte[0]);
            }
        }
        stream.read_exact(&mut byte).expect("a byte");
        assert_eq!(byte[0], expected);
    }
    assert_eq!(stream.read(&mut [0]).expect("the end"), 0);
    assert_eq!(gate.arrivals(), 3);
}

#[test]
fn a_head_can_drip_and_intervals_can_set_the_pace() {
    let case = case();
    let gate = Gate::new();
    gate.release(8);
    case.gitlab
        .faults()
        .next(Fault::none().delivered(Delivery::dripped(&gate)));
    let mut stream = connect(&case.gitlab.url()).expect("a connection");
    stream.write_all(&case.read().bytes()).expect("a request");
    let mut start = [0; 8];
    stream.read_exact(&mut start).expect("a start");
    assert_eq!(&start, b"HTTP/1.1");
    gate.open();
    let mut rest = String::new();
    stream.read_to_string(&mut rest).expect("the rest");
    assert!(body_of(&rest).ends_with('}'));

    let interval = std::time::Duration::from_millis(1);
    let response = FakeResponse::text(200, "abc");
    case.gitlab
        .faults()
        .next(Fault::response(response).delivered(Delivery::dripped_body_every(interval)));
    assert_eq!(body_of(&case.text(&case.read())), "abc");
}

#[test]
fn bodies_without_a_length() {
    let case = case();
    let faults = case.gitlab.faults();
    faults.next(
        Fault::response(FakeResponse::text(200, "0123456789")).delivered(Delivery::until_close()),
    );
    let text = case.text(&case.read());
    assert!(!text.contains("Content-Length") && !text.contains("Transfer-Encoding"));
    assert_eq!(body_of(&text), "0123456789");

    faults.next(
        Fault::response(FakeResponse::text(200, "0123456789")).delivered(Delivery::chunked(4)),
    );
    let text = case.text(&case.read());
    assert!(
        text.contains("\r\nTransfer-Encoding: chunked\r\n") && !text.contains("Content-Length")
    );
    assert_eq!(
        body_of(&text),
        "4\r\n0123\r\n4\r\n4567\r\n2\r\n89\r\n0\r\n\r\n"
    );

    faults.next(
        Fault::response(FakeResponse::new(200).repeated_body("abc", 3))
            .delivered(Delivery::chunked(1)),
    );
    assert_eq!(
        body_of(&case.text(&case.read())),
        "3\r\nabc\r\n".repeat(3) + "0\r\n\r\n"
    );
}

#[test]
fn garbage_instead_of_a_response() {
    let case = case();
    case.gitlab.faults().next(Fault::wire(
        Wire::new().bytes(&b"\0\xff\xfenonsense\r\n\r\n"[..]),
    ));
    assert_eq!(
        case.exchange(&case.rotate()),
        (b"\0\xff\xfenonsense\r\n\r\n".to_vec(), Ok(()))
    );
    assert!(!case.is_rotated());
}

#[test]
fn a_script_of_bytes_waits_and_resets() {
    let case = case();
    let gate = Gate::new();
    gate.open();
    let wire = Wire::new()
        .bytes("HTTP/1.1 200 OK\r\n")
        .pause(&gate)
        .drip("\r\n", &gate)
        .repeat("ab", 3);
    let script = wire.drip_every("!", std::time::Duration::from_millis(1));
    case.gitlab.faults().next(Fault::wire(script).executed());
    assert_eq!(case.text(&case.rotate()), "HTTP/1.1 200 OK\r\n\r\nababab!");
    assert!(case.is_rotated());
    assert_eq!(gate.arrivals(), 3);
    case.gitlab
        .faults()
        .next(Fault::wire(Wire::new().reset().bytes("never")));
    let (received, end) = case.exchange(&case.read());
    assert!(received.is_empty() && is_reset(end));
}
