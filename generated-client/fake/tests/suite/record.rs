//! The record of requests, the start and end of the server, and its connections.

use std::io::{ErrorKind, Write};

use gitlab_pat_fake::{FakeGitLab, Fault, Gate, TokenSpec};

use crate::client::{TOKENS, ask, connect, get, read_reply};
use crate::faults::case;

#[test]
fn a_request_is_recorded_byte_for_byte() {
    let case = case();
    let mut stream = connect(&case.gitlab.url()).expect("a connection");
    let request = "POST /api/v4/personal_access_tokens/self/rotate?a=b%20c&a=+ HTTP/1.1\r\nhOsT: x\r\nPrivate-Token: \
                   unknown\r\nX-Twice: 1\r\nAccept: */*\r\nx-twice: 2\r\nX-Bytes: \u{fc}\r\nContent-Type: \
                   application/json\r\nContent-Length: 4\r\n\r\n{\"\":";
    stream.write_all(request.as_bytes()).expect("a request");
    assert_eq!(
        read_reply(&mut stream, false).expect("a response").status,
        400
    );
    let requests = case.gitlab.requests();
    let recorded = &requests[0];
    assert_eq!(
        recorded.request_line(),
        "POST /api/v4/personal_access_tokens/self/rotate?a=b%20c&a=+ HTTP/1.1"
    );
    assert_eq!(
        (recorded.method(), recorded.path()),
        ("POST", "/api/v4/personal_access_tokens/self/rotate")
    );
    assert_eq!(
        (recorded.target(), recorded.query()),
        (
            "/api/v4/personal_access_tokens/self/rotate?a=b%20c&a=+",
            Some("a=b%20c&a=+")
        )
    );
    assert_eq!(
        recorded.query_pairs(),
        [("a".into(), "b c".into()), ("a".into(), " ".into())]
    );
    let names: Vec<_> = recorded
        .headers()
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    let sent = [
        "hOsT",
        "Private-Token",
        "X-Twice",
        "Accept",
        "x-twice",
        "X-Bytes",
        "Content-Type",
        "Content-Length",
    ];
    assert_eq!(names, sent);
    assert_eq!(recorded.header_values("x-twice"), ["1", "2"]);
    assert_eq!(recorded.headers()[5].1, "\u{fc}".as_bytes());
    assert_eq!(
        (recorded.body(), recorded.body_text(), recorded.body_json()),
        (&b"{\"\":"[..], Some("{\"\":"), None)
    );
    assert!(recorded.is_complete());
}

#[test]
fn chunked_bodies_are_recorded_without_their_coding_and_connections_by_number() {
    let case = case();
    let mut stream = connect(&case.gitlab.url()).expect("a connection");
    let chunked = format!(
        "POST {TOKENS}/self/rotate HTTP/1.1\r\nHost: x\r\nPRIVATE-TOKEN: {}\r\nContent-Type: application/json\r\n\
         Transfer-Encoding: chunked\r\n\r\n5\r\n{{\"exp\r\n1b\r\nires_at\": \"2027-01-02\"    }}\r\n0\r\n\r\n",
        case.token.secret()
    );
    stream.write_all(chunked.as_bytes()).expect("a request");
    let rotated = read_reply(&mut stream, false).expect("a response").json();
    assert_eq!(rotated["expires_at"], "2027-01-02");
    // The next request on the connection is recorded as it was sent, too.
    stream
        .write_all(&case.read().header("X-Case", "Kept").bytes())
        .expect("a request");
    assert_eq!(
        read_reply(&mut stream, false).expect("a response").status,
        401
    );
    case.read().send(&case.gitlab);
    let requests = case.gitlab.requests();
    assert_eq!(
        requests[0].body_json().expect("JSON")["expires_at"],
        "2027-01-02"
    );
    assert_eq!(
        requests[1].headers().last(),
        Some(&("X-Case".to_owned(), b"Kept".to_vec()))
    );
    let connections: Vec<_> = requests
        .iter()
        .map(gitlab_pat_fake::RecordedRequest::connection)
        .collect();
    assert_eq!((connections, case.gitlab.connections()), (vec![1, 1, 2], 2));
}

#[test]
fn the_record_can_be_cleared_and_limited_and_continues_to_count() {
    let settings = FakeGitLab::builder().record_limit(2);
    let gitlab = settings.start().expect("a server");
    let token = gitlab.add_token(TokenSpec::new(&gitlab.add_user("alice"), "ci"));
    for number in 0..3 {
        get(&gitlab, &token, &format!("{TOKENS}?n={number}"));
    }
    let queries: Vec<_> = gitlab
        .requests()
        .iter()
        .map(|request| request.query().map(str::to_owned))
        .collect();
    assert_eq!(queries, [Some("n=1".to_owned()), Some("n=2".to_owned())]);
    gitlab.clear_requests();
    assert!(gitlab.requests().is_empty());
    assert_eq!(gitlab.request_count(), 3);
    assert!(gitlab.wait_for_requests(3));
}

#[test]
fn head_is_handled_like_get_without_a_body() {
    let case = case();
    let reply = ask("HEAD", &format!("{TOKENS}/self"))
        .token(&case.token)
        .send(&case.gitlab);
    let length = reply
        .header("content-length")
        .expect("a length")
        .parse::<usize>()
        .expect("a number");
    assert_eq!((reply.status, reply.body.len()), (200, 0));
    assert_eq!(length, case.read().send(&case.gitlab).body.len());
}

#[test]
fn connections_can_be_closed_after_each_response() {
    let gitlab = FakeGitLab::builder()
        .keep_alive(false)
        .start()
        .expect("a server");
    let token = gitlab.add_token(TokenSpec::new(&gitlab.add_user("alice"), "ci"));
    assert_eq!(
        get(&gitlab, &token, TOKENS).header("connection"),
        Some("close")
    );
}

#[test]
fn a_server_on_the_other_loopback() {
    let gitlab = FakeGitLab::builder().ipv6(true).start().expect("a server");
    assert!(gitlab.url().starts_with("http://[::1]:"));
    let token = gitlab.add_token(TokenSpec::new(&gitlab.add_user("alice"), "ci"));
    assert_eq!(get(&gitlab, &token, TOKENS).status, 200);
}

#[test]
fn a_dropped_server_stops_even_with_a_request_at_a_gate() {
    let case = case();
    let gate = Gate::new();
    case.gitlab.faults().next(Fault::stall(&gate));
    let url = case.gitlab.url();
    let mut stream = connect(&url).expect("a connection");
    stream.write_all(&case.read().bytes()).expect("a request");
    assert!(gate.wait_arrived(1));
    drop(case);
    let end = read_reply(&mut stream, false)
        .map_err(|error| error.kind())
        .err();
    assert!(
        matches!(
            end,
            Some(ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset)
        ),
        "{end:?}"
    );
    assert_eq!(
        connect(&url).map_err(|error| error.kind()).err(),
        Some(ErrorKind::ConnectionRefused)
    );
}

#[test]
fn the_relative_root_is_part_of_the_address_and_nothing_is_above_it() {
    let gitlab = FakeGitLab::builder()
        .relative_url_root("/gitlab/")
        .start()
        .expect("a server");
    assert!(gitlab.url().ends_with("/gitlab"));
    let token = gitlab.add_token(TokenSpec::new(&gitlab.add_user("alice"), "ci"));
    assert_eq!(
        get(&gitlab, &token, &format!("/gitlab{TOKENS}")).status,
        200
    );
    assert_eq!(get(&gitlab, &token, TOKENS).status, 404);
    assert_eq!(
        get(&gitlab, &token, &format!("/gitlabs{TOKENS}")).status,
        404
    );
}

#[tokio::test]
async fn an_async_test_starts_waits_and_stops_like_any_other() {
    let case = case();
    let gate = Gate::default();
    case.gitlab.faults().next(Fault::none().pause_before(&gate));
    let request = case.read();
    let url = case.gitlab.url();
    let client = std::thread::spawn(move || request.try_send(&url).map(|reply| reply.status));
    gate.arrived(1).await;
    case.gitlab.requests_received(1).await;
    gate.open();
    assert_eq!(client.join().expect("a client").expect("a response"), 200);
    drop(case);
}

#[test]
fn the_system_clock_can_be_used() {
    let gitlab = FakeGitLab::builder()
        .system_clock()
        .start()
        .expect("a server");
    let before = jiff::Timestamp::now();
    assert!(gitlab.now() >= before);
    gitlab.set_now(jiff::Timestamp::UNIX_EPOCH);
    assert_eq!(gitlab.now(), jiff::Timestamp::UNIX_EPOCH);
}

#[test]
fn an_instance_that_is_reset_is_empty_and_has_its_address_and_clock() {
    let case = case();
    let url = case.gitlab.url();
    case.gitlab
        .set_now("2030-01-01T00:00:00Z".parse().expect("a moment"));
    case.gitlab.faults().next(Fault::none().late());
    assert!(case.rotate().try_send(&url).is_err());
    case.gitlab.faults().always(Fault::close());
    assert_eq!(
        case.gitlab
            .find_token(case.token.secret())
            .map(|token| token.id),
        Some(case.token.id())
    );
    case.gitlab.reset();
    assert_eq!(case.gitlab.find_token(case.token.secret()), None);
    assert!(case.gitlab.tokens().is_empty() && case.gitlab.requests().is_empty());
    assert!(case.gitlab.held_requests().is_empty());
    assert_eq!(
        (case.gitlab.url(), case.gitlab.now().to_string()),
        (url, "2030-01-01T00:00:00Z".to_owned())
    );
    assert_eq!(case.read().send(&case.gitlab).status, 401);
    let token = case
        .gitlab
        .add_token(TokenSpec::new(&case.gitlab.add_user("alice"), "ci"));
    assert_eq!(
        (token.id(), get(&case.gitlab, &token, TOKENS).status),
        (case.token.id(), 200)
    );
}
