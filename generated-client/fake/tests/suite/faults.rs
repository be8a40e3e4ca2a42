//! Faults of connections: the client's result, and whether the server executed the request.

use std::io::{ErrorKind, Read, Write};

use gitlab_pat_fake::{FakeGitLab, Fault, Gate, NewToken, TokenSpec};

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

    /// Returns the bytes that arrive until the connection ends, and how it ends.
    pub(crate) fn exchange(&self, request: &Ask) -> (Vec<u8>, Result<(), ErrorKind>) {
        let mut stream = connect(&self.gitlab.url()).expect("a connection");
        let mut received = Vec::new();
        let end = stream
            .write_all(&request.bytes())
            .and_then(|()| stream.read_to_end(&mut received))
            .map(|_| ())
            .map_err(|error| error.kind());
        (received, end)
    }

    /// Returns the whole response as text.
    pub(crate) fn text(&self, request: &Ask) -> String {
        let (received, end) = self.exchange(request);
        assert_eq!(end, Ok(()));
        String::from_utf8(received).expect("text")
    }
}

pub(crate) fn is_reset(end: Result<(), ErrorKind>) -> bool {
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
                case.gitlab.faults().injected()
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
        read_reply(&mut stream, false).expect("a response").status,
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
fn a_closed_connection_sends_nothing() {
    for (fault, rotated) in [(Fault::close(), false), (Fault::close().executed(), true)] {
        let case = case();
        case.gitlab.faults().next(fault);
        assert_eq!(case.exchange(&case.rotate()), (Vec::new(), Ok(())));
        assert_eq!(case.is_rotated(), rotated);
    }
}

#[test]
fn connections_are_refused_until_the_port_is_opened_again() {
    let case = case();
    let mut idle = connect(&case.gitlab.url()).expect("a connection");
    idle.write_all(&case.read().bytes()).expect("a request");
    assert_eq!(
        read_reply(&mut idle, false).expect("a response").status,
        200
    );
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
fn a_stalled_response_ends_when_its_gate_opens() {
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
fn a_request_that_waits_is_executed_although_its_client_has_disconnected() {
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
