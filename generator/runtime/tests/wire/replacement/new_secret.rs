//! A new secret in a response that cannot be decoded as a whole. The server returns it only once, so the error contains it.

use generator_runtime::runtime::call::options::RequestOptions;
use generator_runtime::runtime::call::retry::RetryPolicy;
use generator_runtime::runtime::error::{Error, ErrorKind};
use generator_runtime::runtime::replacement::outcome::ReplacementOutcome;
use generator_runtime::runtime::transport::TransportErrorKind;
use http::Method;

use super::api::{Create, Rotate, RotateSelf, UNDECLARED};
use super::server::{Fate, Server};
use super::{Task, builder_of, client};
use crate::support::VirtualTime;

/// Asserts that "hush-hush" occurs in the error's secret and nowhere else.
fn assert_given(error: &Error, case: &str) {
    let secret = error.new_secret().expect(case);
    assert_eq!(secret.expose_secret(), "hush-hush", "{case}");
    for shown in [
        format!("{error}"),
        format!("{error:?}"),
        format!("{error:#?}"),
        format!("{:?}", error.clone()),
    ] {
        assert!(!shown.contains("hush-hush"), "{case}: {shown}");
        assert!(shown.contains("`Error::new_secret`"), "{case}: {shown}");
        assert!(!shown.contains("may be in"), "{case}: {shown}");
        assert!(!shown.contains("no new secret"), "{case}: {shown}");
    }
}

#[test]
fn an_invalid_member_does_not_withhold_the_secret() {
    for body in [
        r#"{"id": "5", "token": "hush-hush"}"#,
        r#"{"token": "hush-hush"}"#,
        r#"{"token": "hush-hush", "id": "hush-hush"}"#,
        r#"{"token": "hush-hush", "id": 5.5}"#,
    ] {
        for adopting in [true, false] {
            let server = Server::new([Fate::DoneBut(200, &[], body)]);
            let time = VirtualTime::new();
            let rotation = RotateSelf::new(client(&server, &time));
            let rotation = if adopting { rotation.adopt() } else { rotation };
            let error = time.run(rotation.into_future()).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Decode);
            assert_eq!(
                error.replacement_outcome(),
                Some(ReplacementOutcome::Replaced)
            );
            assert_given(&error, body);
        }
        let server = Server::new([Fate::DoneBut(200, &[], body)]);
        let time = VirtualTime::new();
        let error = time
            .run(Rotate::new(client(&server, &time), 2).send())
            .unwrap_err();
        assert_given(&error, body);
    }
}

#[test]
fn a_truncated_response_gives_the_secret_that_was_read() {
    // `{"id": 5, "token": "token-5"}`
    for (length, expected) in [(28, Some("token-5")), (27, None), (22, None), (3, None)] {
        let server = Server::new([Fate::CutOff(length)]);
        let time = VirtualTime::new();
        let error = time
            .run(RotateSelf::new(client(&server, &time)).into_future())
            .unwrap_err();
        let secret = error.new_secret().map(|secret| secret.expose_secret());
        assert_eq!(secret, expected, "{length}");
        assert_eq!(
            error.replacement_outcome(),
            Some(ReplacementOutcome::Unknown)
        );
        let shown = error.to_string();
        assert!(shown.contains("do not repeat the call"), "{shown}");
        assert_eq!(shown.contains("`Error::new_secret`"), expected.is_some());
    }
}

#[test]
fn a_response_that_is_too_large_gives_the_secret() {
    let body = r#"{"token": "hush-hush", "note": "larger than the client accepts", "id": 5}"#;
    let server = Server::new([Fate::DoneBut(200, &[], body)]);
    let time = VirtualTime::new();
    let options = RequestOptions::new().max_response_size(30);
    let rotation = RotateSelf::new(client(&server, &time)).options(options);
    let error = time.run(rotation.into_future()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    assert_given(&error, body);
}

#[test]
fn all_calls_that_share_an_exchange_get_the_secret() {
    let server = Server::new([Fate::Held]);
    let time = VirtualTime::new();
    let client = client(&server, &time);
    let mut first = Task::begun(RotateSelf::new(client.clone()));
    let mut second = Task::begun(RotateSelf::new(client));
    server.release(Fate::DoneBut(200, &[], r#"{"token": "hush-hush"}"#));
    for task in [&mut first, &mut second] {
        assert_given(&task.end().unwrap_err(), "a shared exchange");
    }
    server.assert_seen(&["POST /self/rotate token-1"]);
}

/// A proxy may send an error status with the server's response, or instead of a redirect.
#[test]
fn an_error_status_does_not_withhold_the_secret_if_the_request_may_have_been_executed() {
    const MOVED: super::responses::Headers = &[("location", "/elsewhere")];
    let body = r#"{"id": 5, "token": "hush-hush"}"#;
    for (status, headers) in [(500, &[][..]), (502, &[]), (303, &[]), (307, MOVED)] {
        let server = Server::new([Fate::DoneBut(status, headers, body)]);
        let time = VirtualTime::new();
        let error = time
            .run(RotateSelf::new(client(&server, &time)).into_future())
            .unwrap_err();
        assert_eq!(
            error.replacement_outcome(),
            Some(ReplacementOutcome::Unknown)
        );
        assert_eq!(error.body(), body, "{status}");
        assert_given(&error, &status.to_string());
    }
}

#[test]
fn a_secret_is_found_in_a_response_of_any_size_and_beside_text_that_is_not_json() {
    let note = "a".repeat(2 * 1024 * 1024);
    let large: &'static str =
        format!(r#"{{"id": 5, "note": "{note}", "token": "hush-hush"}}"#).leak();
    let server = Server::new([Fate::DoneBut(200, &[], large)]);
    let time = VirtualTime::new();
    let client = super::client(&server, &time);
    let fresh = time.run(RotateSelf::new(client).into_future()).unwrap();
    assert_eq!(fresh.token, "hush-hush");

    let body = r#"{"id": 5, "token": "hush-hush"} and more"#;
    let server = Server::new([Fate::DoneBut(200, &[], body)]);
    let error = time
        .run(RotateSelf::new(super::client(&server, &time)).into_future())
        .unwrap_err();
    assert_given(&error, body);
}

#[test]
fn an_error_of_a_creation_has_the_secret_or_says_that_it_is_lost() {
    let time = VirtualTime::new();
    let create = |fate: Fate| {
        let client = client(&Server::new([fate]), &time);
        time.run(Create::new(client).into_future()).unwrap_err()
    };
    let body = r#"{"id": 5, "token": "hush-hush"}"#;
    assert_given(&create(Fate::DoneBut(502, &[], body)), "502");

    let lost = create(Fate::ResponseLost(TransportErrorKind::ConnectionLost));
    assert!(lost.is_outcome_unknown());
    assert!(lost.to_string().contains("its secret is lost"), "{lost}");

    let rejected = create(Fate::Rejected(400, &[], r#"{"message": "no"}"#));
    assert!(!rejected.is_outcome_unknown());
    let shown = rejected.to_string();
    assert!(!shown.contains("is lost"), "{shown}");
}

/// A proxy may change the status of a response to one that means that nothing was done.
#[test]
fn a_new_secret_proves_that_the_status_is_not_the_servers() {
    const MOVED: super::responses::Headers = &[("location", "/elsewhere")];
    const SOON: super::responses::Headers = &[("retry-after", "0")];
    let body = r#"{"id": 5, "token": "hush-hush"}"#;
    for (status, headers) in [(400, &[][..]), (403, &[]), (429, SOON), (307, MOVED)] {
        let case = status.to_string();
        let server = Server::new([Fate::DoneBut(status, headers, body)]);
        let time = VirtualTime::new();
        let rotate = RotateSelf::new(client(&server, &time));
        let error = time.run(rotate.into_future()).unwrap_err();
        assert_eq!(
            error.replacement_outcome(),
            Some(ReplacementOutcome::Unknown)
        );
        assert_given(&error, &case);
        // Another request with the same credential would end the new one.
        server.assert_seen(&["POST /self/rotate token-1"]);
        assert_eq!(server.families_ended(), 0);

        let server = Server::new([Fate::DoneBut(status, headers, body)]);
        let create = Create::new(client(&server, &time));
        let error = time.run(create.into_future()).unwrap_err();
        assert!(error.is_outcome_unknown(), "{case}");
        assert_given(&error, &case);
        assert_eq!(server.seen().len(), 1, "{case}");
    }
}

/// A server quotes a result only after it executed the request.
#[test]
fn a_quoted_result_proves_that_the_status_is_not_the_servers() {
    const SOON: super::responses::Headers = &[("retry-after", "0")];
    let time = VirtualTime::new();
    let body = r#"{"message": "bad upstream: {\"token\": \"hush-hush\"}"}"#;
    let server = Server::new([Fate::DoneBut(429, SOON, body)]);
    let rotate = RotateSelf::new(client(&server, &time));
    let error = time.run(rotate.into_future()).unwrap_err();
    assert_eq!(
        error.replacement_outcome(),
        Some(ReplacementOutcome::Unknown)
    );
    server.assert_seen(&["POST /self/rotate token-1"]);
    assert_eq!(server.families_ended(), 0);

    for (status, headers) in [(403, &[][..]), (429, SOON)] {
        let server = Server::new([Fate::DoneBut(status, headers, body)]);
        let create = Create::new(client(&server, &time));
        let error = time.run(create.into_future()).unwrap_err();
        assert!(error.is_outcome_unknown(), "{status}");
        assert_eq!(server.seen().len(), 1, "{status}");
    }
}

/// A result may have a member in which errors usually have a message or code. Only the API's description can tell them apart.
#[test]
fn a_new_secret_proves_execution_although_the_result_looks_like_an_error() {
    const SOON: super::responses::Headers = &[("retry-after", "0")];
    let time = VirtualTime::new();
    for body in [
        r#"{"id": 5, "title": "ci", "token": "hush-hush"}"#,
        r#"{"id": 5, "code": "ci", "token": "hush-hush"}"#,
    ] {
        let server = Server::new([Fate::DoneBut(429, SOON, body)]);
        let client = builder_of(&UNDECLARED, &server, &time).build().unwrap();
        let error = time.run(Create::new(client).into_future()).unwrap_err();
        assert!(error.is_outcome_unknown(), "{body}");
        assert_given(&error, body);
        assert_eq!(server.seen().len(), 1, "{body}");

        let server = Server::new([Fate::DoneBut(403, &[], body)]);
        let client = builder_of(&UNDECLARED, &server, &time).build().unwrap();
        let error = time.run(RotateSelf::new(client).into_future()).unwrap_err();
        assert_eq!(
            error.replacement_outcome(),
            Some(ReplacementOutcome::Unknown)
        );
    }
    // Without a new secret, the usual form is trusted, and the usual members are read.
    let body = r#"{"title": "no", "code": "E5"}"#;
    let server = Server::new([Fate::Rejected(403, &[], body)]);
    let client = builder_of(&UNDECLARED, &server, &time).build().unwrap();
    let error = time.run(RotateSelf::new(client).into_future()).unwrap_err();
    assert_eq!(
        error.replacement_outcome(),
        Some(ReplacementOutcome::NotReplaced)
    );
    assert_eq!((error.message(), error.code()), (Some("no"), Some("E5")));
}

/// The server's own error response may name the secret's member, or contain braces.
#[test]
fn a_message_that_only_resembles_a_quoted_result_is_trusted_and_shown() {
    let time = VirtualTime::new();
    for (body, message) in [
        (
            r#"{"message": {"token": ["has already been taken"]}}"#,
            "token: has already been taken",
        ),
        (
            r#"{"message": "scopes must match {read,write}"}"#,
            "scopes must match {read,write}",
        ),
        (r#"{"message": {"name": "is {\\"}}"#, r"name: is {\"),
        (
            r#"{"message": "the token: is invalid"}"#,
            "the token: is invalid",
        ),
    ] {
        let server = Server::new([Fate::Rejected(400, &[], body)]);
        let rotate = RotateSelf::new(client(&server, &time));
        let error = time.run(rotate.into_future()).unwrap_err();
        assert_eq!(
            error.replacement_outcome(),
            Some(ReplacementOutcome::NotReplaced),
            "{body}"
        );
        assert_eq!(error.message(), Some(message));
        assert!(error.is_from_api());
    }
}

/// A server does not quote a new secret in an error response of its own.
#[test]
fn a_message_that_quotes_a_result_is_not_the_servers() {
    let time = VirtualTime::new();
    for body in [
        r#"{"message": "bad upstream: {\"token\":\"hush-hush\"}"}"#,
        r#"{"message": ["bad upstream", "{\\\"token\\\":\\\"hush-hush\\\"}"]}"#,
        r#"{"message": "bad upstream: {\\n  \\\"token\\\": \\\"hush-hush\\\"}"}"#,
        r#"{"message": "bad upstream: {\n  \"id\": 5, \"token\": \"hush-hu"}"#,
        r#"{"message": "bad upstream: {'id': 5, 'token': 'hush-hush'}"}"#,
        r#"{"message": "bad upstream: {&quot;token&quot;:&quot;hush-hush&quot;}"}"#,
        r#"{"message": {"data": [{"id": 5, "token": "hush-hush"}]}}"#,
        r#"{"message": {"token": "hush-hush"}, "error": "blocked"}"#,
        r#"{"message": "bad upstream: {&#34;token&#34;:&#34;hush-hush&#34;}"}"#,
        r#"{"message": "bad upstream: {\\u0022token\\u0022:\\u0022hush-hush\\u0022}"}"#,
        r#"{"error": "{\"token\":\"hush-hush\"}"}"#,
    ] {
        let server = Server::new([Fate::DoneBut(403, &[], body)]);
        let rotate = RotateSelf::new(client(&server, &time));
        let error = time.run(rotate.into_future()).unwrap_err();
        assert_eq!(
            error.replacement_outcome(),
            Some(ReplacementOutcome::Unknown),
            "{body}"
        );
        let shown = format!("{error} {error:?} {:?}", error.message());
        assert!(!shown.contains("hush-"), "{shown}");
    }
}

/// The new secret is known, so it is removed from everything that is shown.
#[test]
fn a_new_secret_in_a_request_id_or_code_is_not_shown() {
    const ID: super::responses::Headers = &[("x-request-id", "id-hush-hush")];
    const MOVED: super::responses::Headers = &[
        ("x-request-id", "id-hush-hush"),
        ("location", "https://other.example/?token=hush-hush"),
    ];
    let body = r#"{"token": "hush-hush", "error": "hush-hush"}"#;
    for (status, headers) in [(403, ID), (502, ID), (307, MOVED)] {
        let server = Server::new([Fate::DoneBut(status, headers, body)]);
        let time = VirtualTime::new();
        let rotate = RotateSelf::new(client(&server, &time));
        let error = time.run(rotate.into_future()).unwrap_err();
        let (code, id) = (error.code(), error.request_id());
        let shown = format!("{error} {error:?} {:?} {code:?} {id:?}", error.message());
        assert!(!shown.contains("hush-"), "{status}: {shown}");
        assert_eq!(id, Some("id-[redacted]"));
    }
}

/// A proxy may send the server's response as the text of an error, whole or in part.
#[test]
fn a_message_that_quotes_a_result_is_not_shown() {
    const TEXT: super::responses::Headers = &[("content-type", "text/plain")];
    for (headers, body) in [
        (TEXT, r#"{"id": 5, "token": "hush-hush"#),
        (TEXT, r#"{"id": 5, "token": "hush-hush""#),
        (TEXT, "1f\r\n{\"id\": 5, \"token\": \"hush-hush\"}"),
        (
            &[],
            r#"{"message": "{\"id\": 5, \"token\": \"hush-hush\"}"}"#,
        ),
        (&[], r#"{"message": {"id": 5, "token": "hush-hush"}}"#),
        (&[], r#"{"message": "got hush-hush", "token": "hush-hush"}"#),
        // As Ruby, Node and Go print an object.
        (TEXT, r#"got {:id=>5, :token=>"hush-hush"}"#),
        (&[], r#"{"message": "got { id: 5, token: 'hush-hush' }"}"#),
        (&[], r#"{"message": "got {ID:5 Token:hush-hush}"}"#),
        (&[], r#"{"error": "{ID:5,Token:hush-hush}"}"#),
    ] {
        for status in [403, 429, 502] {
            let server = Server::new([Fate::DoneBut(status, headers, body)]);
            let time = VirtualTime::new();
            let options = RequestOptions::new().retry(RetryPolicy::none());
            let rotate = RotateSelf::new(client(&server, &time)).options(options);
            let error = time.run(rotate.into_future()).unwrap_err();
            let shown = format!("{error} {error:?} {:?}", error.message());
            assert!(!shown.contains("hush-"), "{status}: {shown}");
            assert_eq!(error.body(), body, "{status}");
        }
    }
    // Nothing is known of the secrets in the response to a request without an operation.
    for (headers, body) in [
        (&[][..], r#"{"message": {"id": 5, "token": "hush-hush"}}"#),
        (&[], r#"{"message": {"data": [{"key": "hush-hush"}]}}"#),
        (&[], r#"{"message": "got {\"key\": \"hush-hush\"}"}"#),
        (TEXT, r#"{"key": "hush-hush"#),
    ] {
        let server = Server::new([Fate::DoneBut(502, headers, body)]);
        let time = VirtualTime::new();
        let request = client(&server, &time).request(Method::POST, "/tokens");
        let error = time.run(request.send()).unwrap_err();
        let shown = format!("{error} {error:?} {:?}", error.message());
        assert!(!shown.contains("hush-"), "{shown}");
        assert_eq!(error.body(), body);
    }
    // What is shown does not change whose response it is.
    for (body, message) in [
        (r#"{"message": {"name": "is invalid"}}"#, None),
        (
            r#"{"message": {"name": ["is invalid"]}}"#,
            Some("name: is invalid"),
        ),
    ] {
        let server = Server::new([Fate::Rejected(400, &[], body)]);
        let time = VirtualTime::new();
        let request = client(&server, &time).request(Method::POST, "/tokens");
        let error = time.run(request.send()).unwrap_err();
        assert_eq!(error.message(), message);
        assert!(error.is_from_api());
    }
    // Other texts are shown.
    let server = Server::new([Fate::Rejected(403, TEXT, "blocked by the firewall")]);
    let time = VirtualTime::new();
    let rotate = RotateSelf::new(client(&server, &time));
    let error = time.run(rotate.into_future()).unwrap_err();
    assert_eq!(error.message(), Some("blocked by the firewall"));
}

#[test]
fn the_advice_names_the_credential_to_check() {
    let time = VirtualTime::new();
    let lost = || Fate::ResponseLost(TransportErrorKind::ConnectionLost);
    let page = || Fate::DoneBut(200, &[], "<html>");
    for fate in [lost, page] {
        let own = RotateSelf::new(client(&Server::new([fate()]), &time)).into_future();
        let own = time.run(own).unwrap_err().to_string();
        assert!(own.contains("check with the old credential"), "{own}");
        let named = Rotate::new(client(&Server::new([fate()]), &time), 2).into_future();
        let named = time.run(named).unwrap_err().to_string();
        assert!(!named.contains("with the old credential"), "{named}");
        assert!(named.contains("the credential that it names"), "{named}");
    }
}

/// A proxy's 401 does not mean what the API's own means.
#[test]
fn advice_on_a_status_does_not_hide_that_on_an_unknown_outcome() {
    for (body, is_own) in [("<html>", false), (r#"{"message": "no"}"#, true)] {
        let server = Server::new([Fate::DoneBut(401, &[], body)]);
        let time = VirtualTime::new();
        let rotate = RotateSelf::new(client(&server, &time));
        let shown = time.run(rotate.into_future()).unwrap_err().to_string();
        assert_eq!(shown.contains("the server may not know it"), is_own);
        assert_eq!(shown.contains("do not repeat the call"), !is_own, "{shown}");
    }
}

/// A value in an error response is not a new secret, whatever its name.
#[test]
fn no_other_value_is_taken_for_a_new_secret() {
    for fate in [
        Fate::Rejected(400, &[], r#"{"message": "no", "token": "hush-hush"}"#),
        Fate::DoneBut(200, &[], r#"{"data": {"token": "hush-hush"}}"#),
        Fate::DoneBut(200, &[], r#"[{"token": "hush-hush"}]"#),
        Fate::ResponseLost(TransportErrorKind::ConnectionLost),
    ] {
        let case = format!("{fate:?}");
        let server = Server::new([fate]);
        let time = VirtualTime::new();
        let error = time
            .run(RotateSelf::new(client(&server, &time)).into_future())
            .unwrap_err();
        assert_eq!(error.new_secret(), None, "{case}");
    }
}

#[cfg(feature = "blocking")]
#[test]
fn blocking_code_gets_the_secret() {
    use generator_runtime::runtime::call::blocking::ClientBuilder;

    use super::api::API;
    use super::header;
    use super::server::FIRST;

    let server = Server::new([Fate::DoneBut(200, &[], r#"{"token": "hush-hush"}"#)]);
    let client = ClientBuilder::for_api(&API)
        .with_credential_registry()
        .auth(header(FIRST))
        .transport(server)
        .timer(VirtualTime::new())
        .build()
        .unwrap();
    let error = RotateSelf::new(client).call().unwrap_err();
    assert_given(&error, "blocking");
}
