//! Faults of connections and answers: what the client gets, and whether the server acted.

use std::io::{ErrorKind, Read, Write};

use gitlab_pat_fake::{Answer, Delivery, FakeGitLab, Fault, Gate, NewToken, TokenSpec, Wire};

use crate::client::{Ask, TOKENS, ask, connect, read_reply};

pub(crate) struct Case {
    pub(crate) gitlab: FakeGitLab,
    pub(crate) token: NewToken,
}

pub(crate) fn case() -> Case {
    let gitlab = FakeGitLab::start().expect("a server");
    let alice = gitlab.add_user("alice");
    let token = gitlab.add_token(TokenSpec::new(&alice, "ci"));
    Case { gitlab, token }
}

impl Case {
    pub(crate) fn read(&self) -> Ask {
        ask("GET", &format!("{TOKENS}/self")).token(&self.token)
    }

    pub(crate) fn rotate(&self) -> Ask {
        ask("POST", &format!("{TOKENS}/self/rotate")).token(&self.token)
    }

    pub(crate) fn is_rotated(&self) -> bool {
        self.gitlab
            .token(self.token.id())
            .expect("the token")
            .revoked
    }

    /// Everything that comes back until the connection ends, and how it ends.
    fn exchange(&self, request: &Ask) -> (Vec<u8>, Result<(), ErrorKind>) {
        let mut stream = connect(&self.gitlab.url()).expect("a connection");
        let mut received = Vec::new();
        let end = stream
            .write_all(&request.bytes())
            .and_then(|()| stream.read_to_end(&mut received))
            .map(|_| ())
            .map_err(|error| error.kind());
        (received, end)
    }

    /// The whole answer as text.
    fn text(&self, request: &Ask) -> String {
        let (received, end) = self.exchange(request);
        assert_eq!(end, Ok(()));
        String::from_utf8(received).expect("text")
    }
}

fn body_of(text: &str) -> &str {
    text.split_once("\r\n\r\n").expect("a head").1
}

fn is_reset(end: Result<(), ErrorKind>) -> bool {
    matches!(
        end,
        Err(ErrorKind::ConnectionReset | ErrorKind::BrokenPipe | ErrorKind::ConnectionAborted)
    )
}

#[test]
fn resets_before_inside_and_after_a_request() {
    for (fault, recorded, rotated) in [
        (Fault::reset_on_connect(), 0, false),
        (Fault::reset_before_request(), 0, false),
        (Fault::reset_after_bytes(20), 0, false),
        (Fault::reset_inside_request(), 1, false),
        (Fault::reset(), 1, false),
        (Fault::reset().executed(), 1, true),
    ] {
        let case = case();
        case.gitlab.faults().next(fault.clone());
        let (received, end) = case.exchange(&case.rotate());
        assert!(is_reset(end), "{fault:?}: {end:?}");
        assert!(received.is_empty());
        assert_eq!(
            (case.gitlab.requests().len(), case.is_rotated()),
            (recorded, rotated),
            "{fault:?}"
        );
        assert_eq!(
            (
                case.gitlab.faults().pending(),
                case.gitlab.faults().struck()
            ),
            (0, 1)
        );
        assert_eq!(
            case.read().send(&case.gitlab).status,
            if rotated { 401 } else { 200 }
        );
    }
}

#[test]
fn a_request_that_is_cut_off_is_not_executed_even_if_all_of_it_arrived() {
    let case = case();
    case.gitlab
        .faults()
        .next(Fault::reset_after_bytes(1_000_000));
    assert!(is_reset(case.exchange(&case.rotate()).1));
    assert!(!case.is_rotated());
}

#[test]
fn a_request_that_is_cut_off_inside_is_recorded_as_incomplete() {
    let case = case();
    case.gitlab.faults().next(Fault::reset_inside_request());
    let mut stream = connect(&case.gitlab.url()).expect("a connection");
    let bytes = case
        .rotate()
        .body("application/json", "{\"expires_at\":null}")
        .bytes();
    let (head, _) = bytes.split_at(bytes.len() - 10);
    stream.write_all(head).expect("a request");
    let end = stream
        .read_to_end(&mut Vec::new())
        .map(|_| ())
        .map_err(|error| error.kind());
    assert!(is_reset(end), "{end:?}");
    assert!(!case.gitlab.requests()[0].is_complete());
}

#[test]
fn a_connection_that_is_kept_alive_is_reset_when_the_next_request_begins() {
    let case = case();
    let mut stream = connect(&case.gitlab.url()).expect("a connection");
    stream.write_all(&case.read().bytes()).expect("a request");
    assert_eq!(
        read_reply(&mut stream, false).expect("an answer").status,
        200
    );
    case.gitlab.faults().next(Fault::reset_before_request());
    stream.write_all(&case.read().bytes()).expect("a request");
    assert_eq!(
        read_reply(&mut stream, false)
            .map_err(|error| error.kind())
            .err(),
        Some(ErrorKind::ConnectionReset)
    );
    assert_eq!(
        (case.gitlab.requests().len(), case.gitlab.connections()),
        (1, 1)
    );
}

#[test]
fn a_closed_connection_says_nothing() {
    for (fault, rotated) in [(Fault::close(), false), (Fault::close().executed(), true)] {
        let case = case();
        case.gitlab.faults().next(fault);
        assert_eq!(case.exchange(&case.rotate()), (Vec::new(), Ok(())));
        assert_eq!(case.is_rotated(), rotated);
    }
}

#[test]
fn refused_connections_are_refused_and_the_port_comes_back() {
    let case = case();
    let mut idle = connect(&case.gitlab.url()).expect("a connection");
    idle.write_all(&case.read().bytes()).expect("a request");
    assert_eq!(read_reply(&mut idle, false).expect("an answer").status, 200);
    for _ in 0..2 {
        case.gitlab.refuse_connections().expect("refused");
        case.gitlab.refuse_connections().expect("refused already");
        assert_eq!(
            connect(&case.gitlab.url())
                .map_err(|error| error.kind())
                .err(),
            Some(ErrorKind::ConnectionRefused)
        );
        case.gitlab.accept_connections().expect("accepted");
        assert_eq!(case.read().send(&case.gitlab).status, 200);
    }
    // The connection that was idle then has been closed.
    assert_eq!(idle.read(&mut [0]).expect("an end"), 0);
}

#[test]
fn a_stalled_answer_ends_when_its_gate_opens() {
    let case = case();
    let gate = Gate::new();
    case.gitlab.faults().next(Fault::stall(&gate));
    std::thread::scope(|scope| {
        let client = scope.spawn(|| case.exchange(&case.rotate()));
        assert!(gate.wait_arrived(1));
        assert!(!client.is_finished());
        gate.open();
        assert_eq!(client.join().expect("a client"), (Vec::new(), Ok(())));
    });
    assert!(!case.is_rotated());
}

#[test]
fn a_request_can_wait_before_it_is_executed_and_after() {
    let case = case();
    let (before, after) = (Gate::new(), Gate::new());
    case.gitlab
        .faults()
        .next(Fault::none().pause_before(&before).pause_after(&after));
    std::thread::scope(|scope| {
        let client = scope.spawn(|| case.rotate().send(&case.gitlab).status);
        assert!(before.wait_arrived(1));
        assert!(!case.is_rotated());
        before.release(1);
        assert!(after.wait_arrived(1));
        assert!(case.is_rotated());
        after.open();
        assert_eq!(client.join().expect("a client"), 200);
    });
}

#[test]
fn a_request_that_waits_is_executed_though_its_client_has_gone() {
    let case = case();
    let (before, after) = (Gate::new(), Gate::new());
    case.gitlab
        .faults()
        .next(Fault::none().pause_before(&before).pause_after(&after));
    let mut stream = connect(&case.gitlab.url()).expect("a connection");
    stream.write_all(&case.rotate().bytes()).expect("a request");
    assert!(before.wait_arrived(1));
    drop(stream);
    before.open();
    assert!(after.wait_arrived(1));
    assert!(case.is_rotated());
}

#[test]
fn truncated_answers() {
    for (fault, reset) in [
        (Fault::none().delivered(Delivery::truncated(10)), false),
        (
            Fault::answer(Answer::text(200, "0123456789abcdef")).delivered(Delivery::truncated(10)),
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
fn lengths_that_lie() {
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
fn an_answer_that_stops_in_the_middle_until_its_gate_opens() {
    let case = case();
    let gate = Gate::new();
    let answer = Answer::text(200, "0123456789");
    case.gitlab
        .faults()
        .next(Fault::answer(answer).delivered(Delivery::stalled_after(4, &gate)));
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
fn dripping_answers_come_byte_by_byte() {
    let case = case();
    let gate = Gate::new();
    case.gitlab
        .faults()
        .next(Fault::answer(Answer::text(200, "abc")).delivered(Delivery::dripped_body(&gate)));
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
fn a_head_can_drip_and_time_can_set_the_pace() {
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
    let answer = Answer::text(200, "abc");
    case.gitlab
        .faults()
        .next(Fault::answer(answer).delivered(Delivery::dripped_body_every(interval)));
    assert_eq!(body_of(&case.text(&case.read())), "abc");
}

#[test]
fn bodies_without_a_length() {
    let case = case();
    let faults = case.gitlab.faults();
    faults.next(Fault::answer(Answer::text(200, "0123456789")).delivered(Delivery::until_close()));
    let text = case.text(&case.read());
    assert!(!text.contains("Content-Length") && !text.contains("Transfer-Encoding"));
    assert_eq!(body_of(&text), "0123456789");

    faults.next(Fault::answer(Answer::text(200, "0123456789")).delivered(Delivery::chunked(4)));
    let text = case.text(&case.read());
    assert!(
        text.contains("\r\nTransfer-Encoding: chunked\r\n") && !text.contains("Content-Length")
    );
    assert_eq!(
        body_of(&text),
        "4\r\n0123\r\n4\r\n4567\r\n2\r\n89\r\n0\r\n\r\n"
    );

    faults.next(
        Fault::answer(Answer::new(200).repeated_body("abc", 3)).delivered(Delivery::chunked(1)),
    );
    assert_eq!(
        body_of(&case.text(&case.read())),
        "3\r\nabc\r\n".repeat(3) + "0\r\n\r\n"
    );
}

#[test]
fn garbage_instead_of_an_answer() {
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
