//! Retries: the failures that are retried, their number, the pauses and the budget.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use futures_util::future::{self, Either};
use generator_runtime::runtime::call::client::Client;
use generator_runtime::runtime::call::options::RequestOptions;
use generator_runtime::runtime::call::retry::RetryPolicy;
use generator_runtime::runtime::error::{Error, ErrorKind};
use generator_runtime::runtime::transport::TransportErrorKind as Kind;
use generator_runtime::runtime::transport::timer::{Sleep, Timer};

use crate::response_bodies::chunked;
use crate::support::{Act, CreatePet, GetPet, Script, VirtualTime, builder, json, response};

const REX: &str = r#"{"name": "Rex"}"#;

/// A clock on which time passes at once. Pauses are as long as allowed and are recorded.
#[derive(Clone)]
struct Clock {
    time: VirtualTime,
    ceilings: Arc<Mutex<Vec<Duration>>>,
    slept: Arc<Mutex<Vec<Duration>>>,
}

impl Clock {
    fn new() -> Self {
        Self {
            time: VirtualTime::new(),
            ceilings: Arc::default(),
            slept: Arc::default(),
        }
    }

    /// Returns the ceilings of the pauses that the client chose.
    fn ceilings(&self) -> Vec<Duration> {
        self.ceilings.lock().unwrap().clone()
    }

    /// Returns all pauses.
    fn slept(&self) -> Vec<Duration> {
        self.slept.lock().unwrap().clone()
    }
}

impl Timer for Clock {
    fn sleep(&self, duration: Duration) -> Sleep {
        self.slept.lock().unwrap().push(duration);
        self.time.sleep(duration)
    }

    fn now(&self) -> Instant {
        self.time.now()
    }

    fn system_time(&self) -> SystemTime {
        self.time.system_time()
    }

    fn jitter(&self, ceiling: Duration) -> Duration {
        self.ceilings.lock().unwrap().push(ceiling);
        ceiling
    }
}

fn client(script: &Script, clock: &Clock, policy: RetryPolicy) -> Client {
    builder(script, &clock.time)
        .timer(clock.clone())
        .retry(policy)
        .build()
        .unwrap()
}

fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn wait(seconds: &str) -> Act {
    response(503, &[("retry-after", seconds)], "")
}

/// Returns the result of `GET /pets/7` with this policy.
fn get(script: &Script, clock: &Clock, policy: RetryPolicy) -> Result<(), Error> {
    let call = GetPet::new(client(script, clock, policy), 7);
    clock.time.run(call.send()).map(drop)
}

fn repeat(times: usize, act: impl Fn() -> Act) -> Script {
    Script::new((0..times).map(|_| act()))
}

type MakeAct = Box<dyn Fn() -> Act>;

/// Each kind of failure, with the number of requests of an idempotent call and of another one.
fn failures() -> Vec<(String, MakeAct, usize, usize)> {
    let transport = [
        (Kind::Dns, 3, 3),
        (Kind::Connect, 3, 3),
        (Kind::ConnectTimeout, 3, 3),
        (Kind::Tls, 1, 1),
        (Kind::ReadTimeout, 3, 1),
        (Kind::ConnectionLost, 3, 1),
        (Kind::InvalidResponse, 3, 1),
        (Kind::Other, 3, 1),
    ];
    let statuses = [
        (400, 1, 1),
        (401, 1, 1),
        (403, 1, 1),
        (404, 1, 1),
        (405, 1, 1),
        (408, 3, 1),
        (409, 1, 1),
        (429, 3, 3),
        (500, 1, 1),
        (501, 1, 1),
        (502, 3, 1),
        (503, 3, 1),
        (504, 3, 1),
    ];
    let mut failures: Vec<(String, MakeAct, usize, usize)> = Vec::new();
    for (kind, twice, once) in transport {
        let make = Box::new(move || Act::Fail(kind));
        failures.push((format!("{kind:?}"), make, twice, once));
    }
    for (status, twice, once) in statuses {
        let make = Box::new(move || json(status, "{}"));
        failures.push((status.to_string(), make, twice, once));
    }
    let lost = || chunked(200, vec![Ok(r#"{"na"#), Err(Kind::ConnectionLost)]);
    failures.push(("breaks off".to_owned(), Box::new(lost), 3, 1));
    let large = || json(200, &format!(r#"{{"name": "{}"}}"#, "x".repeat(1000)));
    failures.push(("too large".to_owned(), Box::new(large), 1, 1));
    let wrong = || json(200, r#"{"name": 5}"#);
    failures.push(("undecodable".to_owned(), Box::new(wrong), 1, 1));
    failures
}

#[test]
fn a_failure_is_retried_if_it_is_temporary_and_a_retry_is_safe() {
    for (name, make, twice, once) in failures() {
        let options = || RequestOptions::new().max_response_size(100);
        let (script, clock) = (repeat(twice, &make), Clock::new());
        let pets = client(&script, &clock, RetryPolicy::new());
        let call = GetPet::new(pets, 7).options(options());
        clock.time.run(call.send()).unwrap_err();
        assert_eq!(script.count(), twice, "GET: {name}");
        assert_eq!(clock.slept().len(), twice - 1, "GET: {name}");

        let (script, clock) = (repeat(once, &make), Clock::new());
        let pets = client(&script, &clock, RetryPolicy::new());
        let mut call = CreatePet::new(pets, "Rex");
        call.call.options = options();
        clock.time.run(call.send()).unwrap_err();
        assert_eq!(script.count(), once, "POST: {name}");
        assert_eq!(clock.slept().len(), once - 1, "POST: {name}");
    }
}

#[test]
fn the_result_is_that_of_the_last_attempt() {
    let lost = chunked(200, vec![Ok(r#"{"na"#), Err(Kind::ConnectionLost)]);
    let script = Script::new([Act::Fail(Kind::Connect), lost, json(200, REX)]);
    let clock = Clock::new();
    let pets = client(&script, &clock, RetryPolicy::new());
    let pet = clock.time.run(GetPet::new(pets, 7).into_future()).unwrap();
    assert_eq!(pet.name, "Rex");

    let script = Script::new([json(503, "{}"), json(429, "{}"), json(404, "{}")]);
    let error = get(&script, &Clock::new(), RetryPolicy::new()).unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(script.count(), 3);
}

#[test]
fn a_call_at_its_deadline_is_not_retried() {
    let (script, clock) = (Script::new([Act::Hang]), Clock::new());
    let policy = RetryPolicy::new().max_total_time(seconds(3600));
    let error = get(&script, &clock, policy).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert_eq!((script.count(), clock.time.elapsed()), (1, seconds(60)));
}

/// Returns from each sleep at once, on a clock that does not advance.
struct Frozen(Instant);

impl Timer for Frozen {
    fn sleep(&self, _: Duration) -> Sleep {
        Box::pin(future::ready(()))
    }

    fn now(&self) -> Instant {
        self.0
    }
}

#[test]
fn a_call_ends_at_its_deadline_whatever_the_clock_returns() {
    let (script, time) = (Script::new([Act::Hang]), VirtualTime::new());
    let pets = builder(&script, &time)
        .timer(Frozen(Instant::now()))
        .retry(RetryPolicy::new())
        .build()
        .unwrap();
    let error = time.run(GetPet::new(pets, 7).send()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert_eq!(script.count(), 1);
}

#[test]
fn pauses_double_up_to_the_maximum() {
    let (script, clock) = (repeat(3, || json(503, "")), Clock::new());
    get(&script, &clock, RetryPolicy::default()).unwrap_err();
    assert_eq!(clock.slept(), [millis(500), millis(1000)]);

    let (script, clock) = (repeat(7, || json(503, "")), Clock::new());
    let policy = RetryPolicy::new()
        .max_attempts(7)
        .base_delay(millis(100))
        .max_delay(seconds(1));
    get(&script, &clock, policy).unwrap_err();
    let expected = [100, 200, 400, 800, 1000, 1000].map(millis);
    assert_eq!(clock.ceilings(), expected);
    assert_eq!(clock.slept(), expected);
    assert_eq!(clock.time.elapsed(), millis(3500));
}

#[test]
fn the_ceiling_never_decreases() {
    let (script, clock) = (repeat(70, || json(503, "")), Clock::new());
    let pets = builder(&script, &clock.time)
        .timer(clock.clone())
        .retry_budget(100)
        .timeout(None)
        .retry(
            RetryPolicy::new()
                .max_attempts(70)
                .base_delay(Duration::from_nanos(1))
                .max_delay(Duration::MAX)
                .max_total_time(Duration::MAX),
        )
        .build()
        .unwrap();
    clock.time.run(GetPet::new(pets, 7).send()).unwrap_err();
    let ceilings = clock.ceilings();
    assert_eq!(ceilings.len(), 69);
    assert!(ceilings.is_sorted());
    assert_eq!(ceilings[31], Duration::from_nanos(1 << 31));
}

/// Pauses for longer than allowed.
struct Eager(Clock);

impl Timer for Eager {
    fn sleep(&self, duration: Duration) -> Sleep {
        self.0.sleep(duration)
    }

    fn now(&self) -> Instant {
        self.0.now()
    }

    fn jitter(&self, ceiling: Duration) -> Duration {
        ceiling.saturating_mul(2)
    }
}

#[test]
fn no_timer_pauses_beyond_the_ceiling() {
    let (script, clock) = (Script::new([json(503, ""), json(200, REX)]), Clock::new());
    let pets = builder(&script, &clock.time)
        .timer(Eager(clock.clone()))
        .retry(RetryPolicy::new())
        .build()
        .unwrap();
    clock.time.run(GetPet::new(pets, 7).send()).unwrap();
    assert_eq!(clock.slept(), [millis(500)]);
}

#[test]
fn a_pause_that_the_server_requests_is_kept_exactly() {
    // The clock is at 2027-01-15 08:00:00 UTC.
    let cases: [(u16, &str, &str, Duration); 9] = [
        (503, "retry-after", "7", seconds(7)),
        (429, "retry-after", "7", seconds(7)),
        (
            503,
            "retry-after",
            "Fri, 15 Jan 2027 08:00:30 GMT",
            seconds(30),
        ),
        (503, "retry-after", "0", Duration::ZERO),
        (429, "quota-reset", "1800000030", seconds(30)),
        // Without a pause of the server, or with one in the past, the client's own pause applies.
        (
            503,
            "retry-after",
            "Fri, 15 Jan 2027 07:59:59 GMT",
            millis(500),
        ),
        (429, "quota-reset", "1799999999", millis(500)),
        (503, "quota-reset", "1800000030", millis(500)),
        (503, "retry-after", "soon", millis(500)),
    ];
    for (status, name, value, pause) in cases {
        let script = Script::new([response(status, &[(name, value)], ""), json(200, REX)]);
        let clock = Clock::new();
        get(&script, &clock, RetryPolicy::new()).unwrap();
        assert_eq!(clock.slept(), [pause], "{status} {name}: {value}");
        assert_eq!(clock.time.elapsed(), pause, "{status} {name}: {value}");
        let own = usize::from(pause == millis(500));
        assert_eq!(clock.ceilings().len(), own, "{status} {name}: {value}");
    }
}

/// Returns the error of a call that ends at once with its first error.
fn ends_at_once(first: Act, policy: RetryPolicy, options: RequestOptions) -> Error {
    let (script, clock) = (Script::new([first]), Clock::new());
    let call = GetPet::new(client(&script, &clock, policy), 7).options(options);
    let error = clock.time.run(call.send()).unwrap_err();
    assert_eq!(script.count(), 1);
    assert_eq!(clock.slept(), []);
    assert_eq!(clock.time.elapsed(), Duration::ZERO);
    error
}

#[test]
fn a_longer_pause_than_the_caller_accepts_ends_the_call_at_once() {
    let error = ends_at_once(wait("61"), RetryPolicy::new(), RequestOptions::new());
    assert!(error.is_server_error());
    assert_eq!(error.retry_after(), Some(seconds(61)));

    let reset = response(429, &[("quota-reset", "1800000061")], "");
    let error = ends_at_once(reset, RetryPolicy::new(), RequestOptions::new());
    assert_eq!(error.retry_after(), Some(seconds(61)));

    let eight = || RetryPolicy::new().max_retry_after(seconds(8));
    let error = ends_at_once(wait("9"), eight(), RequestOptions::new());
    assert_eq!(error.retry_after(), Some(seconds(9)));
    let (script, clock) = (Script::new([wait("8"), json(200, REX)]), Clock::new());
    get(&script, &clock, eight()).unwrap();
    assert_eq!(clock.slept(), [seconds(8)]);

    let forever = "99999999999999999999999";
    let boundless = RetryPolicy::new()
        .max_retry_after(Duration::MAX)
        .max_total_time(Duration::MAX);
    let error = ends_at_once(wait(forever), boundless, RequestOptions::new());
    assert_eq!(error.retry_after(), Some(seconds(u64::MAX)));
}

#[test]
fn a_pause_that_does_not_fit_into_the_timeout_ends_the_call_at_once() {
    let five = || RequestOptions::new().timeout(seconds(5));
    let error = ends_at_once(wait("5"), RetryPolicy::new(), five());
    assert_eq!(error.kind(), ErrorKind::Status);
    assert_eq!(error.retry_after(), Some(seconds(5)));
    let own = RetryPolicy::new().base_delay(seconds(6));
    ends_at_once(json(503, ""), own, five());

    // The remaining time decides.
    let (script, clock) = (Script::new([wait("3"), wait("3")]), Clock::new());
    let pets = client(&script, &clock, RetryPolicy::new());
    let call = GetPet::new(pets, 7).options(five());
    let error = clock.time.run(call.send()).unwrap_err();
    assert!(error.is_server_error());
    assert_eq!((script.count(), clock.time.elapsed()), (2, seconds(3)));
}

#[test]
fn the_last_retry_begins_within_the_policys_time_limit() {
    let policy = || RetryPolicy::new().max_total_time(seconds(10));
    let (script, clock) = (Script::new([wait("10"), json(200, REX)]), Clock::new());
    get(&script, &clock, policy()).unwrap();
    assert_eq!(clock.slept(), [seconds(10)]);

    let (script, clock) = (Script::new([wait("6"), wait("5")]), Clock::new());
    let error = get(&script, &clock, policy()).unwrap_err();
    assert_eq!(error.retry_after(), Some(seconds(5)));
    assert_eq!((script.count(), clock.time.elapsed()), (2, seconds(6)));
}

#[test]
fn every_call_is_sent_once() {
    for policy in [
        RetryPolicy::none(),
        RetryPolicy::new().max_attempts(0),
        RetryPolicy::new().max_attempts(1),
    ] {
        ends_at_once(json(503, ""), policy, RequestOptions::new());
    }
}

#[test]
fn the_policy_of_a_call_replaces_the_clients() {
    let none = RequestOptions::new().retry(RetryPolicy::none());
    ends_at_once(json(503, ""), RetryPolicy::new(), none);

    let (script, clock) = (repeat(2, || json(503, "")), Clock::new());
    let twice = RequestOptions::new().retry(RetryPolicy::new().max_attempts(2));
    let pets = client(&script, &clock, RetryPolicy::none());
    let call = GetPet::new(pets, 7).options(twice);
    clock.time.run(call.send()).unwrap_err();
    assert_eq!(script.count(), 2);
}

/// The number of requests of one call to a server with these responses, all of which are requested.
fn sent(script: &Script, clock: &Clock, pets: &Client, acts: Vec<Act>) -> usize {
    let (before, expected) = (script.count(), acts.len());
    acts.into_iter().for_each(|act| script.push(act));
    let _ = clock.time.run(GetPet::new(pets.clone(), 7).send());
    assert_eq!(script.count() - before, expected);
    expected
}

#[test]
fn an_outage_costs_at_most_the_budget_for_all_clones_together() {
    let (script, clock) = (repeat(15, || json(503, "")), Clock::new());
    let pets = builder(&script, &clock.time)
        .timer(clock.clone())
        .retry(RetryPolicy::new())
        .retry_budget(5)
        .build()
        .unwrap();
    for _ in 0..10 {
        let call = GetPet::new(pets.clone(), 7);
        clock.time.run(call.send()).unwrap_err();
    }
    assert_eq!(script.count(), 15);
    assert_eq!(clock.slept().len(), 5);

    let down = |times: usize| (0..times).map(|_| json(503, "")).collect::<Vec<_>>();
    // Nine successes earn nothing yet, the tenth earns one retry.
    for _ in 0..9 {
        sent(&script, &clock, &pets, vec![json(200, REX)]);
    }
    assert_eq!(sent(&script, &clock, &pets, down(1)), 1);
    sent(&script, &clock, &pets, vec![json(200, REX)]);
    assert_eq!(sent(&script, &clock, &pets, down(2)), 2);
    assert_eq!(sent(&script, &clock, &pets, down(1)), 1);
}

#[test]
fn a_budget_is_never_fuller_than_at_the_beginning() {
    for (budget, requests) in [(0, 1), (1, 2)] {
        let (script, clock) = (repeat(50, || json(200, REX)), Clock::new());
        let pets = builder(&script, &clock.time)
            .timer(clock.clone())
            .retry(RetryPolicy::new())
            .retry_budget(budget)
            .build()
            .unwrap();
        for _ in 0..50 {
            let call = GetPet::new(pets.clone(), 7);
            clock.time.run(call.send()).unwrap();
        }
        let acts = (0..requests).map(|_| json(503, "")).collect();
        assert_eq!(sent(&script, &clock, &pets, acts), requests);
    }
}

#[test]
fn each_attempt_sends_the_same_bytes() {
    let (script, clock) = (
        Script::new([
            json(429, ""),
            Act::Fail(Kind::Connect),
            json(201, REX),
            json(503, ""),
            json(200, ""),
        ]),
        Clock::new(),
    );
    let pets = client(&script, &clock, RetryPolicy::new());
    let mut call = CreatePet::new(pets.clone(), "R\u{e9}x \"\\");
    call.call.options = RequestOptions::new().header("x-team", "red");
    clock.time.run(call.send()).unwrap();
    let put = pets
        .request(http::Method::PUT, "/blob?a=%2F&b")
        .body("application/octet-stream", vec![0, 255, 10, 13]);
    clock.time.run(put.send()).unwrap();
    let seen = script.seen();
    assert_eq!(seen[0].body, r#"{"name":"Réx \"\\"}"#);
    assert_eq!(seen[0].header("x-team"), Some("red"));
    assert_eq!(seen[3].body, [0, 255, 10, 13][..]);
    assert_eq!(seen[3].uri, "https://pets.example/blob?a=%2F&b");
    for (first, again) in [(0, 1), (0, 2), (3, 4)] {
        assert_eq!(seen[first].lines(), seen[again].lines());
        assert_eq!(seen[first].body, seen[again].body);
    }
}

#[test]
fn a_call_that_is_dropped_during_a_pause_sends_nothing_more() {
    let (script, clock) = (Script::new([wait("5"), json(200, REX)]), Clock::new());
    let pets = client(&script, &clock, RetryPolicy::new());
    let call = Box::pin(GetPet::new(pets.clone(), 7).send());
    let first = clock.time.run(future::select(call, future::ready(())));
    assert_eq!(clock.slept(), [seconds(5)]);
    match first {
        Either::Right(((), call)) => drop(call),
        Either::Left(_) => panic!("the call pauses"),
    }
    assert_eq!((script.count(), clock.time.elapsed()), (1, Duration::ZERO));
    // No call sleeps, and the client works as before.
    clock.time.run(GetPet::new(pets, 7).send()).unwrap();
    assert_eq!((script.count(), clock.time.elapsed()), (2, Duration::ZERO));
}

/// The pauses of a timer with the default jitter.
struct Plain;

impl Timer for Plain {
    fn sleep(&self, _: Duration) -> Sleep {
        Box::pin(future::pending())
    }
}

#[test]
fn a_pause_is_random_between_zero_and_its_ceiling() {
    for ceiling in [Duration::from_nanos(1), millis(500), Duration::MAX] {
        let pauses: Vec<Duration> = (0..2000).map(|_| Plain.jitter(ceiling)).collect();
        assert!(pauses.iter().all(|pause| *pause <= ceiling));
        if ceiling > millis(1) {
            assert!(pauses.iter().any(|pause| *pause < ceiling / 4));
            assert!(pauses.iter().any(|pause| *pause > ceiling / 4 * 3));
            assert!(pauses.iter().any(|pause| *pause != pauses[0]));
        }
    }
    assert!((0..100).all(|_| Plain.jitter(Duration::ZERO) == Duration::ZERO));
}
