//! Scripted responses: bodies, headers, redirects, and the order in which faults are injected.

use std::io::{Read, Write};

use gitlab_pat_fake::{
    Delivery, FakeGitLab, FakeResponse, Fault, Matcher, Operation, RecordingServer, TokenSpec,
};

use crate::client::{Reply, TOKENS, ask, connect, get};
use crate::faults::case;

#[test]
fn a_response_instead_of_the_servers_before_or_after_it_acted() {
    for (fault, rotated) in [
        (Fault::response(FakeResponse::proxy_error(504)), false),
        (
            Fault::response(FakeResponse::proxy_error(504)).executed(),
            true,
        ),
    ] {
        let case = case();
        case.gitlab.faults().next(fault);
        let reply = case.rotate().send(&case.gitlab);
        assert_eq!(
            (reply.status, reply.header("content-type")),
            (504, Some("text/html; charset=utf-8"))
        );
        assert_eq!(case.is_rotated(), rotated);
    }
}

#[test]
fn every_form_of_retry_after() {
    let case = case();
    for form in [
        "0",
        "120",
        "-1",
        "99999999999999999999",
        "1.5",
        "soon",
        "",
        "Wed, 02 Dec 2026 09:00:00 GMT",
    ] {
        case.gitlab.faults().next(Fault::response(
            FakeResponse::too_many_requests().header("Retry-After", form),
        ));
        let reply = case.read().send(&case.gitlab);
        assert_eq!(
            (reply.status, reply.header("retry-after")),
            (429, Some(form))
        );
    }
}

#[test]
fn redirects_of_every_status_to_anywhere() {
    let case = case();
    let other = RecordingServer::start(FakeResponse::json(200, &"hello")).expect("a second origin");
    for status in [300, 301, 302, 303, 304, 307, 308] {
        for location in [
            other.url(),
            "/gitlab".to_owned(),
            "https://user:pw@evil.example/?t=1".to_owned(),
        ] {
            case.gitlab
                .faults()
                .next(Fault::response(FakeResponse::redirect(status, &location)));
            let reply = case.read().send(&case.gitlab);
            assert_eq!(
                (reply.status, reply.header("location")),
                (status, Some(location.as_str()))
            );
        }
    }
    let reply = ask("GET", "/x?y")
        .header("X-Z", "1")
        .try_send(&other.url())
        .expect("a response");
    reply.assert(200, "\"hello\"");
    assert_eq!(other.requests()[0].request_line(), "GET /x?y HTTP/1.1");
    assert_eq!(other.requests()[0].header("x-z"), Some("1"));
    assert_eq!((other.requests().len(), other.connections()), (1, 1));
    other.set_response(FakeResponse::new(204));
    other
        .faults()
        .next(Fault::response(FakeResponse::text(418, "tea")));
    assert_eq!(
        ask("GET", "/")
            .try_send(&other.url())
            .expect("a response")
            .text(),
        "tea"
    );
    assert_eq!(
        ask("GET", "/")
            .try_send(&other.url())
            .expect("a response")
            .status,
        204
    );
}

#[test]
fn headers_can_be_changed_duplicated_removed_and_wrong() {
    let case = case();
    let send = |fault: Fault| {
        case.gitlab.faults().next(fault);
        get(&case.gitlab, &case.token, TOKENS)
    };
    let values = |reply: &Reply, name: &str| {
        let named = reply
            .headers
            .iter()
            .filter(|(other, _)| other.eq_ignore_ascii_case(name));
        named.map(|(_, value)| value.clone()).collect::<Vec<_>>()
    };
    let doubled = send(Fault::change(|response| {
        response
            .header("X-Next-Page", "2")
            .header("X-Next-Page", "3")
    }));
    assert_eq!(values(&doubled, "x-next-page"), ["", "2", "3"]);
    let missing = send(Fault::change(|response| {
        response
            .without_header("x-request-id")
            .without_header("LINK")
    }));
    assert_eq!(
        (missing.header("x-request-id"), missing.header("link")),
        (None, None)
    );
    assert_eq!(missing.status, 200);
    let replaced = send(Fault::change(|response| {
        response.set_header("Content-Type", "text/html; charset=shift_jis")
    }));
    assert_eq!(
        values(&replaced, "content-type"),
        ["text/html; charset=shift_jis"]
    );
    let status = send(Fault::change(|response| response.status_code(201)));
    assert_eq!(status.status, 201);
}

#[test]
fn invalid_headers_are_sent_unchanged() {
    let case = case();
    let response = FakeResponse::text(200, "x")
        .header("Bad Name", "1")
        .header("X-Bytes", b"\xff\xfe");
    let response = response
        .header("Content-Length", "1")
        .header("Content-Length", "2");
    assert_eq!(
        (
            response.status(),
            response.body_bytes(),
            response.headers().len()
        ),
        (200, &b"x"[..], 5)
    );
    case.gitlab.faults().next(Fault::response(response));
    let mut stream = connect(&case.gitlab.url()).expect("a connection");
    stream.write_all(&case.read().bytes()).expect("a request");
    let mut received = Vec::new();
    stream.read_to_end(&mut received).expect("a response");
    assert_eq!(
        received,
        b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nBad Name: 1\r\nX-Bytes: \xff\xfe\r\nContent-Length: 1\r\n\
          Content-Length: 2\r\nConnection: close\r\n\r\nx"
    );
}

#[test]
fn a_huge_body_is_created_while_it_is_sent() {
    let case = case();
    let length: u64 = 300 * 1024 * 1024 + 2;
    let response = || {
        FakeResponse::new(200)
            .repeated_body("[\"\",", length / 4)
            .header("Content-Type", "application/json")
    };
    for delivery in [None, Some(Delivery::until_close())] {
        let fault = Fault::response(response());
        case.gitlab.faults().next(match delivery {
            Some(delivery) => fault.delivered(delivery),
            None => fault,
        });
        let mut stream = connect(&case.gitlab.url()).expect("a connection");
        stream
            .write_all(&case.read().header("Connection", "close").bytes())
            .expect("a request");
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte).expect("a byte");
            head.push(byte[0]);
        }
        let mut count = 0;
        let mut buffer = vec![0; 1024 * 1024];
        loop {
            match stream.read(&mut buffer).expect("bytes") {
                0 => break,
                read => count += read as u64,
            }
        }
        assert_eq!(count, length / 4 * 4);
    }
    // A repeated body is not in memory, so it has no bytes to return.
    assert_eq!(response().body_bytes(), b"");
}

#[test]
fn a_client_that_disconnects_from_a_huge_body_does_not_affect_the_server() {
    let case = case();
    case.gitlab.faults().next(Fault::response(
        FakeResponse::new(200).repeated_body("0123456789", 1 << 40),
    ));
    let mut stream = connect(&case.gitlab.url()).expect("a connection");
    stream.write_all(&case.read().bytes()).expect("a request");
    stream.read_exact(&mut [0; 100_000]).expect("a start");
    drop(stream);
    assert_eq!(case.read().send(&case.gitlab).status, 200);
}

#[test]
fn compressed_responses_and_bombs() {
    let case = case();
    case.gitlab.faults().next(Fault::change(FakeResponse::gzip));
    let reply = case.read().send(&case.gitlab);
    assert_eq!(reply.header("content-encoding"), Some("gzip"));
    let mut text = String::new();
    flate2::read::GzDecoder::new(&*reply.body)
        .read_to_string(&mut text)
        .expect("gzip");
    assert!(text.starts_with("{\"id\":1001,"));

    case.gitlab
        .faults()
        .next(Fault::response(FakeResponse::gzip_bomb(64)));
    let reply = case.read().send(&case.gitlab);
    assert!(reply.body.len() < 128 * 1024, "{}", reply.body.len());
    let mut decoder = flate2::read::GzDecoder::new(&*reply.body);
    let mut buffer = vec![0; 1024 * 1024];
    let mut count = 0;
    loop {
        match decoder
            .read(&mut buffer)
            .expect("one whole member with a right checksum")
        {
            0 => break,
            read => count += read,
        }
    }
    assert_eq!(count, 64 * 1024 * 1024);
}

#[test]
fn rules_apply_to_the_requests_that_match() {
    let case = case();
    let faults = case.gitlab.faults();
    let response = |status| Fault::response(FakeResponse::new(status));
    faults.on(Operation::RotateSelf).next(response(500));
    faults
        .on(Matcher::any().method("DELETE").path_ends_with("/self"))
        .next(response(501));
    faults
        .on(Matcher::any().carrying("needle"))
        .next(response(502));
    faults
        .on(Matcher::any().when(|request| request.header("x-odd") == Some("1")))
        .always(response(503));
    let status = |request: crate::client::Ask| request.send(&case.gitlab).status;
    assert_eq!(status(case.read()), 200);
    assert_eq!(status(ask("DELETE", &format!("{TOKENS}/self"))), 501);
    assert_eq!(status(case.rotate()), 500);
    assert_eq!(status(case.rotate()), 200);
    assert_eq!(status(ask("GET", "/?q=nee%64le")), 502);
    for _ in 0..3 {
        assert_eq!(status(case.read().header("X-Odd", "1")), 503);
    }
    assert_eq!(faults.injected(), 6);
    faults.clear();
    assert_eq!(status(case.read().header("X-Odd", "1")), 401);
}

#[test]
fn scripts_repeated_faults_and_gaps() {
    let case = case();
    let faults = case.gitlab.faults();
    let response = |status| Fault::response(FakeResponse::new(status));
    let statuses = |count: usize| {
        (0..count)
            .map(|_| case.read().send(&case.gitlab).status)
            .collect::<Vec<_>>()
    };
    faults.script([response(500), Fault::none(), response(501)]);
    assert_eq!(faults.pending(), 3);
    assert_eq!(statuses(4), [500, 200, 501, 200]);
    faults.on(Operation::GetSelf).times(2, response(502));
    assert_eq!(statuses(3), [502, 502, 200]);
    faults.on(Operation::GetSelf).after(2).next(response(503));
    assert_eq!(statuses(4), [200, 200, 503, 200]);
    faults.on(Operation::GetSelf).every(3).always(response(504));
    assert_eq!(statuses(7), [200, 200, 504, 200, 200, 504, 200]);
    faults.clear();
    faults.always(response(505));
    assert_eq!(statuses(2), [505, 505]);
}

#[test]
fn the_operations_of_requests() {
    for operation in Operation::ALL {
        let path = match operation {
            Operation::List => "/api/v4/personal_access_tokens",
            Operation::Get | Operation::Revoke => "/api/v4/personal_access_tokens/1",
            Operation::Rotate => "/gitlab/api/v4/personal_access_tokens/1/rotate",
            Operation::GetSelf | Operation::RevokeSelf => "/api/v4/personal_access_tokens/self",
            Operation::RotateSelf => "/api/v4/personal_access_tokens/self/rotate",
            Operation::AssociationsSelf => "/api/v4/personal_access_tokens/self/associations",
            Operation::CreateForUser => "/api/v4/users/1/personal_access_tokens",
            _ => "/api/v4/user/personal_access_tokens",
        };
        assert_eq!(Operation::of(operation.method(), path), Some(operation));
        assert_eq!(Operation::of("PATCH", path), None);
    }
    assert_eq!(Operation::of("GET", "/api/v4/users"), None);
}

#[test]
fn an_instance_of_its_own_has_its_own_faults() {
    let one = case();
    let two = FakeGitLab::start().expect("a server");
    let token = two.add_token(TokenSpec::new(&two.add_user("alice"), "ci"));
    one.gitlab.faults().always(Fault::close());
    assert_eq!(get(&two, &token, TOKENS).status, 200);
}

#[test]
fn concurrent_clients_get_exactly_the_planned_faults() {
    let case = case();
    case.gitlab
        .faults()
        .on(Operation::GetSelf)
        .every(20)
        .always(Fault::response(FakeResponse::proxy_error(502)));
    let work = || {
        (0..50)
            .map(|_| case.read().send(&case.gitlab).status)
            .collect::<Vec<_>>()
    };
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let clients: Vec<_> = (0..16).map(|_| scope.spawn(work)).collect();
        clients
            .into_iter()
            .flat_map(|client| client.join().expect("a client"))
            .collect()
    });
    let count = |wanted: u16| statuses.iter().filter(|status| **status == wanted).count();
    assert_eq!((count(200), count(502)), (760, 40));
    assert_eq!(
        (
            case.gitlab.requests().len(),
            case.gitlab.faults().injected()
        ),
        (800, 40)
    );
}
