//! The spans of calls and attempts, field by field (feature `tracing`).

use std::collections::BTreeMap;
use std::fmt::{Debug, Write};
use std::sync::{LazyLock, Mutex};

use generator_runtime::runtime::call::options::RequestOptions;
use generator_runtime::runtime::call::retry::RetryPolicy;
use generator_runtime::runtime::credential::auth::Auth;
use generator_runtime::runtime::transport::TransportErrorKind as Kind;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;

use crate::support::{Act, CreatePet, GetPet, Script, TOKEN, VirtualTime, builder, json, response};

const REX: &str = r#"{"name": "Rex"}"#;

/// A span in its last state.
#[derive(Clone, Debug, Default)]
pub(crate) struct Note {
    name: &'static str,
    /// The index of the parent in the list, because ids are reused.
    parent: Option<usize>,
    fields: BTreeMap<&'static str, String>,
    pub(crate) is_closed: bool,
}

impl Note {
    /// The fields, one per line, sorted by name.
    pub(crate) fn lines(&self) -> String {
        let mut lines = String::new();
        for (name, value) in &self.fields {
            writeln!(lines, "{name}={value}").unwrap();
        }
        lines
    }
}

impl Visit for Note {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.fields.insert(field.name(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.fields.insert(field.name(), value.to_owned());
    }
}

/// All spans of this process. A test finds its own below a span that it created.
#[derive(Default)]
struct Log {
    notes: Vec<Note>,
    /// The events, each with the index of its span.
    events: Vec<(Option<usize>, Note)>,
}

static LOG: Mutex<Log> = Mutex::new(Log {
    notes: Vec::new(),
    events: Vec::new(),
});

struct Notebook;

/// The index of a span in the list.
struct Location(usize);

impl<S: Subscriber + for<'span> LookupSpan<'span>> Layer<S> for Notebook {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let span = context.span(id).unwrap();
        let parent = span.parent().and_then(|parent| {
            let extensions = parent.extensions();
            extensions.get::<Location>().map(|place| place.0)
        });
        let mut note = Note {
            name: attributes.metadata().name(),
            parent,
            ..Note::default()
        };
        attributes.record(&mut note);
        let mut book = LOG.lock().unwrap();
        span.extensions_mut().insert(Location(book.notes.len()));
        book.notes.push(note);
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        let span = context.span(id).unwrap();
        let place = span.extensions().get::<Location>().unwrap().0;
        values.record(&mut LOG.lock().unwrap().notes[place]);
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        if event.metadata().target().starts_with("generator_runtime") {
            let mut note = Note {
                name: event.metadata().level().as_str(),
                ..Note::default()
            };
            event.record(&mut note);
            let span = context.event_span(event);
            let place = span.map(|span| span.extensions().get::<Location>().unwrap().0);
            LOG.lock().unwrap().events.push((place, note));
        }
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        let span = context.span(&id).unwrap();
        let place = span.extensions().get::<Location>().unwrap().0;
        LOG.lock().unwrap().notes[place].is_closed = true;
    }
}

/// Returns the spans below one of the test's own, parents first, with the indices of their parents.
pub(crate) fn spans(work: impl FnOnce()) -> Vec<(Option<usize>, Note)> {
    spans_and_events(work).0
}

/// Returns the same spans and their events, as lines that begin with the level.
pub(crate) fn spans_and_events(work: impl FnOnce()) -> (Vec<(Option<usize>, Note)>, Vec<String>) {
    static INSTALLED: LazyLock<()> = LazyLock::new(|| {
        let subscriber = tracing_subscriber::registry().with(Notebook);
        tracing::subscriber::set_global_default(subscriber).unwrap();
    });
    LazyLock::force(&INSTALLED);
    let root = tracing::info_span!("test");
    let first = LOG.lock().unwrap().notes.len();
    root.in_scope(work);
    let root = root.with_subscriber(|(id, subscriber)| {
        let registry = subscriber.downcast_ref::<tracing_subscriber::Registry>();
        let span = registry.and_then(|registry| registry.span(id)).unwrap();
        span.extensions().get::<Location>().unwrap().0
    });
    let mut places = vec![root.unwrap()];
    let mut found = Vec::new();
    let (notes, events) = {
        let log = LOG.lock().unwrap();
        (log.notes.clone(), log.events.clone())
    };
    for (place, note) in notes.into_iter().enumerate().skip(first) {
        let parent = note.parent;
        if let Some(index) = places.iter().position(|known| Some(*known) == parent) {
            places.push(place);
            found.push((index.checked_sub(1), note));
        }
    }
    let own = |place: Option<usize>| place.is_some_and(|place| places.contains(&place));
    let events = events.into_iter().filter(|(place, _)| own(*place));
    let events = events.map(|(_, note)| format!("{}\n{}", note.name, note.lines()));
    (found, events.collect())
}

/// Each attribute has OpenTelemetry's name and form.
#[test]
fn a_call_and_its_attempts_have_spans_with_exactly_these_fields() {
    let found = spans(|| {
        let script = Script::new([
            response(503, &[("retry-after", "1")], ""),
            Act::Fail(Kind::ConnectionLost),
            json(200, REX),
        ]);
        let time = VirtualTime::new();
        let client = builder(&script, &time)
            .base_url("https://pets.example:8443/api")
            .unwrap()
            .retry(RetryPolicy::new())
            .build()
            .unwrap();
        time.run(GetPet::new(client, 7).send()).unwrap();
    });
    let parents: Vec<_> = found
        .iter()
        .map(|(parent, note)| (*parent, note.name))
        .collect();
    assert_eq!(
        parents,
        [
            (None, "operation"),
            (Some(0), "attempt"),
            (Some(0), "attempt"),
            (Some(0), "attempt"),
        ]
    );
    assert!(found.iter().all(|(_, note)| note.is_closed));
    let common = "server.address=pets.example\nserver.port=8443\nurl.template=/pets/{id}\n";
    assert_eq!(
        found[0].1.lines(),
        format!(
            "http.request.method=GET\nhttp.response.status_code=200\notel.kind=internal\notel.name=pets.get\n{common}"
        )
    );
    assert_eq!(
        found[1].1.lines(),
        format!(
            "error.type=503\nhttp.request.method=GET\nhttp.response.status_code=503\notel.kind=client\n\
             otel.name=GET /pets/{{id}}\notel.status_code=ERROR\n{common}"
        )
    );
    assert_eq!(
        found[2].1.lines(),
        format!(
            "error.type=connection_lost\nhttp.request.method=GET\nhttp.request.resend_count=1\notel.kind=client\n\
             otel.name=GET /pets/{{id}}\notel.status_code=ERROR\n{common}"
        )
    );
    assert_eq!(
        found[3].1.lines(),
        format!(
            "http.request.method=GET\nhttp.request.resend_count=2\nhttp.response.status_code=200\notel.kind=client\n\
             otel.name=GET /pets/{{id}}\n{common}"
        )
    );
}

#[test]
fn a_request_that_no_operation_describes_is_named_by_its_method() {
    let found = spans(|| {
        let script = Script::new([json(404, "{}")]);
        let time = VirtualTime::new();
        let client = builder(&script, &time).build().unwrap();
        let call = client.request(http::Method::PUT, "/v1/pets/7?sort=name");
        time.run(call.send()).unwrap_err();
    });
    let names: Vec<_> = found
        .iter()
        .map(|(_, note)| note.fields["otel.name"].as_str())
        .collect();
    assert_eq!(names, ["request", "PUT"]);
    assert!(
        found
            .iter()
            .all(|(_, note)| !note.fields.contains_key("url.template"))
    );
    assert_eq!(found[0].1.fields["error.type"], "404");
    assert_eq!(found[0].1.fields["otel.status_code"], "ERROR");
}

#[test]
fn no_span_contains_parts_of_the_request_or_response() {
    let (found, events) = spans_and_events(|| {
        let echo = format!(r#"{{"message": "{TOKEN} echo", "error": "invalid_token"}}"#);
        let headers = [("x-request-id", "01HX"), ("x-kind", "echo")];
        for auth in [
            Auth::query("pet_key", TOKEN),
            Auth::header("X-Pet-Key", TOKEN),
        ] {
            let script = Script::new([
                response(200, &headers, REX),
                response(401, &headers, &echo),
                response(302, &[("location", "https://other.example/echo")], ""),
                response(200, &headers, r#"{"name": 5, "echo": 1}"#),
            ]);
            let time = VirtualTime::new();
            let client = builder(&script, &time).auth(auth).build().unwrap();
            let options = || RequestOptions::new().header("x-team", "crimson");
            let get = || GetPet::new(client.clone(), 987_654).options(options());
            time.run(get().send()).unwrap();
            time.run(CreatePet::new(client.clone(), "Rex").send())
                .unwrap_err();
            time.run(get().send()).unwrap_err();
            let raw = client.request(http::Method::POST, "/v1/987654?sort=name");
            time.run(raw.body("text/plain", "Rex").send()).unwrap();
        }
        // A call that is rejected before anything is sent has a span and no attempt.
        let (script, time) = (Script::new([]), VirtualTime::new());
        let client = builder(&script, &time)
            .auth_provider(|| async { Ok(Auth::bearer_token(format!("{TOKEN}\n"))) })
            .build()
            .unwrap();
        time.run(GetPet::new(client, 987_654).send()).unwrap_err();
    });
    assert_eq!(found.len(), 17);
    assert_eq!(found[16].1.fields["error.type"], "credential");
    let shown = format!("{found:?}");
    for word in [
        TOKEN,
        "pet_key",
        "987654",
        "sort",
        "Rex",
        "echo",
        "01HX",
        "crimson",
        "v1",
        "other.example",
        "invalid_token",
    ] {
        assert!(!shown.contains(word), "{word}: {shown}");
    }
    assert!(events.is_empty(), "{events:?}");
}

#[test]
fn the_span_of_a_dropped_call_is_closed() {
    let found = spans(|| {
        let (script, time) = (Script::new([Act::Hang]), VirtualTime::new());
        let client = builder(&script, &time).build().unwrap();
        let call = Box::pin(GetPet::new(client, 7).send());
        let ready = std::future::ready(());
        drop(time.run(futures_util::future::select(call, ready)));
    });
    assert_eq!(found.len(), 2);
    let operation = found[0].1.lines();
    assert!(operation.contains("error.type=cancelled\n"), "{operation}");
    assert!(found.iter().all(|(_, note)| note.is_closed));
    assert!(!found[1].1.fields.contains_key("error.type"));
}

#[cfg(feature = "blocking")]
#[test]
fn the_spans_of_a_blocking_call_belong_to_its_caller() {
    use generator_runtime::runtime::call::blocking::ClientBuilder;

    let found = spans(|| {
        let client = ClientBuilder::for_api(&crate::support::API)
            .transport(Script::new([json(200, REX)]))
            .timer(VirtualTime::new())
            .build()
            .unwrap();
        GetPet::new(client, 7).call().unwrap();
    });
    let parents: Vec<_> = found
        .iter()
        .map(|(parent, note)| (*parent, note.name))
        .collect();
    assert_eq!(parents, [(None, "operation"), (Some(0), "attempt")]);
}
