//! The reports of attempts to the function for metrics.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use generator_runtime::runtime::call::observe::Attempt;
use generator_runtime::runtime::call::options::RequestOptions;
use generator_runtime::runtime::call::retry::RetryPolicy;
use generator_runtime::runtime::credential::auth::Auth;
use generator_runtime::runtime::transport::TransportErrorKind as Kind;

use crate::response_bodies::chunked;
use crate::support::{Act, CreatePet, GetPet, Script, TOKEN, VirtualTime, builder, json, response};

const REX: &str = r#"{"name": "Rex"}"#;

/// Records the reported attempts.
#[derive(Clone, Default)]
struct Notes(Arc<Mutex<Vec<Attempt>>>);

impl Notes {
    fn hook(&self) -> impl Fn(&Attempt) + Send + Sync + 'static {
        let notes = self.clone();
        move |attempt| notes.0.lock().unwrap().push(attempt.clone())
    }

    fn taken(&self) -> Vec<Attempt> {
        self.0.lock().unwrap().clone()
    }
}

/// Returns the number, status, class of the error and pause.
type Line = (u32, Option<u16>, Option<&'static str>, Option<Duration>);

fn line(attempt: &Attempt) -> Line {
    (
        attempt.number(),
        attempt.status().map(|status| status.as_u16()),
        attempt.error_type(),
        attempt.retry_in(),
    )
}

/// Returns the reports of `GET /pets/7` with these responses.
fn reports(acts: impl IntoIterator<Item = Act>) -> Vec<Line> {
    let (script, time, notes) = (Script::new(acts), VirtualTime::new(), Notes::default());
    let client = builder(&script, &time)
        .retry(RetryPolicy::new())
        .on_attempt(notes.hook())
        .build()
        .unwrap();
    let options = RequestOptions::new().max_response_size(100);
    let _ = time.run(GetPet::new(client, 7).options(options).send());
    notes.taken().iter().map(line).collect()
}

#[test]
fn each_attempt_is_reported_once_with_the_pause_after_it() {
    let wait = |status| response(status, &[("retry-after", "2")], "");
    let two = Some(Duration::from_secs(2));
    assert_eq!(
        reports([wait(503), wait(429), json(200, REX)]),
        [
            (1, Some(503), Some("status"), two),
            (2, Some(429), Some("status"), two),
            (3, Some(200), None, None),
        ]
    );
    assert_eq!(
        reports([wait(503), wait(503), wait(503)])[2],
        (3, Some(503), Some("status"), None)
    );
    // A redirect is part of its attempt.
    let redirect = response(302, &[("location", "/moved")], "");
    assert_eq!(
        reports([redirect, json(200, REX)]),
        [(1, Some(200), None, None)]
    );
}

#[test]
fn each_failure_has_its_class() {
    let transport = [
        (Kind::Dns, "dns"),
        (Kind::Connect, "connect"),
        (Kind::ConnectTimeout, "connect_timeout"),
        (Kind::Tls, "tls"),
        (Kind::ReadTimeout, "read_timeout"),
        (Kind::ConnectionLost, "connection_lost"),
        (Kind::InvalidResponse, "invalid_response"),
        (Kind::Other, "other"),
    ];
    let zero = || response(503, &[("retry-after", "0")], "");
    for (kind, class) in transport {
        let lines = reports([zero(), zero(), Act::Fail(kind)]);
        assert_eq!(lines[2], (3, None, Some(class), None));
    }
    let others = [
        (json(404, "{}"), Some(404), "status"),
        (json(200, &"x".repeat(200)), Some(200), "too_large"),
        (
            response(302, &[("location", "https://other.example")], ""),
            Some(302),
            "redirect",
        ),
        (
            chunked(200, vec![Ok("{"), Err(Kind::ConnectionLost)]),
            Some(200),
            "connection_lost",
        ),
        (Act::Hang, None, "timeout"),
    ];
    for (act, status, class) in others {
        let lines = reports([zero(), zero(), act]);
        assert_eq!(lines[2], (3, status, Some(class), None));
    }
}

#[test]
fn reported_values_can_be_labels() {
    let (script, time, notes) = (
        Script::new([
            json(200, REX),
            json(201, REX),
            json(401, &format!(r#"{{"message": "no {TOKEN}"}}"#)),
            Act::Hang,
        ]),
        VirtualTime::new(),
        Notes::default(),
    );
    let client = builder(&script, &time)
        .auth(Auth::query("pet_key", TOKEN))
        .on_attempt(notes.hook())
        .build()
        .unwrap();
    time.run(GetPet::new(client.clone(), 987_654).send())
        .unwrap();
    time.run(CreatePet::new(client.clone(), "Rex").send())
        .unwrap();
    let path = "/v1/pets/987654?sort=name";
    let raw = client.request(http::Method::PATCH, path);
    time.run(raw.body("text/plain", "Rex").send()).unwrap_err();
    let hangs = GetPet::new(client, 987_654);
    time.run(hangs.send()).unwrap_err();

    let taken = notes.taken();
    let names: Vec<_> = taken
        .iter()
        .map(|attempt| {
            (
                attempt.operation(),
                attempt.method(),
                attempt.url_template(),
                attempt.duration(),
            )
        })
        .collect();
    let none = Duration::ZERO;
    assert_eq!(
        names,
        [
            ("pets.get", http::Method::GET, "/pets/{id}", none),
            ("pets.create", http::Method::POST, "/pets", none),
            ("request", http::Method::PATCH, "", none),
            (
                "pets.get",
                http::Method::GET,
                "/pets/{id}",
                Duration::from_secs(60)
            ),
        ]
    );
    let shown = format!("{taken:?}");
    for word in [TOKEN, "987654", "sort", "pet_key", "Rex", "v1", "example"] {
        assert!(!shown.contains(word), "{word}: {shown}");
    }
}

#[test]
fn a_call_that_sends_nothing_reports_nothing() {
    let (script, time, notes) = (Script::new([]), VirtualTime::new(), Notes::default());
    let client = builder(&script, &time)
        .on_attempt(notes.hook())
        .build()
        .unwrap();
    let options = RequestOptions::new().header("authorization", "x");
    let rejected = GetPet::new(client, 7).options(options);
    time.run(rejected.send()).unwrap_err();
    assert!(notes.taken().is_empty());
}

#[test]
fn all_clones_report_to_the_same_hook() {
    let (script, time, notes) = (
        Script::new([json(200, REX), json(200, REX)]),
        VirtualTime::new(),
        Notes::default(),
    );
    let client = builder(&script, &time)
        .on_attempt(notes.hook())
        .build()
        .unwrap();
    for client in [client.clone(), client] {
        time.run(GetPet::new(client, 7).send()).unwrap();
    }
    let numbers: Vec<u32> = notes.taken().iter().map(Attempt::number).collect();
    assert_eq!(numbers, [1, 1]);
}

#[cfg(feature = "blocking")]
#[test]
fn the_blocking_client_reports_the_same() {
    use generator_runtime::runtime::call::blocking::ClientBuilder;

    let notes = Notes::default();
    let zero = response(503, &[("retry-after", "0")], "");
    let client = ClientBuilder::for_api(&crate::support::API)
        .transport(Script::new([zero, json(200, REX)]))
        .timer(VirtualTime::new())
        .on_attempt(notes.hook())
        .build()
        .unwrap();
    GetPet::new(client, 7).call().unwrap();
    let lines: Vec<Line> = notes.taken().iter().map(line).collect();
    assert_eq!(
        lines,
        [
            (1, Some(503), Some("status"), Some(Duration::ZERO)),
            (2, Some(200), None, None),
        ]
    );
}
