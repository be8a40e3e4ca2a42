//! Runs calls of every kind under a script of faults, and compares what the client and the server recorded.

use std::collections::BTreeMap;
use std::error::Error as StdError;
use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use futures_util::TryStreamExt;
use gitlab_pat::{Auth, Client, Error, RetryPolicy};
use gitlab_pat_fake::{Delivery, FakeGitLab, FakeResponse, Fault, Matcher, TokenSpec, User};

/// The size and kind of the load.
#[derive(Debug, Clone, Copy)]
pub struct Load {
    pub calls: usize,
    pub concurrency: usize,
    /// The share of requests with a fault, in percent.
    pub faults: u8,
    /// Whether the calls only read. The stand-in, which is in the same process, keeps every token that is created.
    pub reads_only: bool,
    /// Whether growing memory is a violation. It depends on the machine, so tests do not check it.
    pub watches_memory: bool,
}

/// The result of a run.
#[derive(Debug, Default)]
pub struct Report {
    pub calls: usize,
    pub succeeded: usize,
    /// The number of failed calls for each kind of error and status.
    pub failed: BTreeMap<String, usize>,
    pub requests: u64,
    pub faults: u64,
    pub retries: usize,
    pub elapsed: Duration,
    /// Resident memory of the process, stand-in included, in KiB after each tenth of the calls. Empty where the system has no such figure.
    pub memory: Vec<u64>,
    /// The violations of the guarantees.
    pub violations: Vec<String>,
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.elapsed.as_secs_f64();
        writeln!(
            formatter,
            "{} calls in {seconds:.1} s, {:.0} a second; {} requests, {} of them with a fault, {} retries",
            self.calls,
            self.calls as f64 / seconds,
            self.requests,
            self.faults,
            self.retries
        )?;
        writeln!(formatter, "{:>7} succeeded", self.succeeded)?;
        for (text, count) in &self.failed {
            writeln!(formatter, "{count:>7} failed: {text}")?;
        }
        writeln!(
            formatter,
            "memory in KiB after each tenth: {:?}",
            self.memory
        )?;
        for violation in &self.violations {
            writeln!(formatter, "VIOLATION: {violation}")?;
        }
        writeln!(formatter, "{} violations", self.violations.len())
    }
}

/// The state that all workers share.
struct Bench {
    load: Load,
    gitlab: FakeGitLab,
    client: Client,
    user: User,
    /// Tokens to rotate, one for each call that rotates.
    to_rotate: Vec<i64>,
    next: AtomicUsize,
    report: Mutex<Report>,
}

/// The reasons after which even a request that must not be executed twice may be retried.
const NOT_EXECUTED: [&str; 2] = ["connect", "status 429"];

/// Growth of memory between the second tenth and the last, in KiB, that is noise, and the memory of each token in the stand-in.
const NOISE: u64 = 2 * 1024;
const TOKEN: u64 = 2;

/// Runs the load.
///
/// # Errors
/// Returns an error if the stand-in or the client can't be started.
pub async fn run(load: Load) -> Result<Report, Box<dyn StdError>> {
    let gitlab = FakeGitLab::builder().record_limit(1_000).start()?;
    let admin = gitlab.add_admin("root");
    let user = gitlab.add_user("alice");
    let token = gitlab.add_token(TokenSpec::new(&admin, "load").scopes(["api"]));
    let spec = |index: usize| TokenSpec::new(&user, format!("old-{index}")).scopes(["api"]);
    let rotations = if load.reads_only {
        0
    } else {
        load.calls.div_ceil(KINDS)
    };
    let to_rotate = (0..rotations)
        .map(|index| gitlab.add_token(spec(index)).id())
        .collect();
    let retries = Arc::new(Mutex::new((0, Vec::new())));
    let client = client(&gitlab, token.secret(), Arc::clone(&retries))?;
    script(&gitlab, load.faults);
    let bench = Arc::new(Bench {
        load,
        gitlab,
        client,
        user,
        to_rotate,
        next: AtomicUsize::new(0),
        report: Mutex::default(),
    });

    let begun = Instant::now();
    let workers: Vec<_> = (0..load.concurrency)
        .map(|_| tokio::spawn(work(Arc::clone(&bench))))
        .collect();
    let mut lost = 0;
    for worker in workers {
        lost += usize::from(worker.await.is_err());
    }
    let mut report = std::mem::take(&mut *lock(&bench.report));
    report.elapsed = begun.elapsed();
    report.requests = bench.gitlab.request_count();
    report.faults = bench.gitlab.faults().injected();
    let (count, harmful) = std::mem::take(&mut *lock(&retries));
    report.retries = count;
    report.violations.extend(harmful);
    if lost > 0 {
        report.violations.push(format!("{lost} workers panicked"));
    }
    audit(&bench, &mut report);
    Ok(report)
}

fn client(
    gitlab: &FakeGitLab,
    secret: &str,
    retries: Arc<Mutex<(usize, Vec<String>)>>,
) -> Result<Client, Error> {
    Client::builder()
        .base_url(&gitlab.url())?
        .auth(Auth::private_token(secret))
        .retry(RetryPolicy::new().base_delay(Duration::from_millis(5)))
        .on_attempt(move |attempt| {
            if attempt.retry_in().is_none() {
                return;
            }
            let mut retries = lock(&retries);
            retries.0 += 1;
            let reason = match (attempt.error_type(), attempt.status()) {
                (Some("status"), Some(status)) => format!("status {}", status.as_str()),
                (reason, _) => reason.unwrap_or("nothing").to_owned(),
            };
            let idempotent = ["GET", "DELETE"].contains(&attempt.method().as_str());
            if !idempotent && !NOT_EXECUTED.contains(&reason.as_str()) {
                let operation = attempt.operation();
                retries
                    .1
                    .push(format!("{operation} was retried after {reason}"));
            }
        })
        .build()
}

/// Adds rules for faults in this share of the requests, of each kind in turn.
fn script(gitlab: &FakeGitLab, percent: u8) {
    let kinds = [
        Fault::response(FakeResponse::too_many_requests().set_header("Retry-After", "0")),
        Fault::response(FakeResponse::proxy_error(502)).executed(),
        Fault::response(FakeResponse::proxy_error(503)),
        Fault::response(FakeResponse::proxy_error(504)).executed(),
        Fault::response(FakeResponse::text(500, "oops")).executed(),
        Fault::reset(),
        Fault::reset().executed(),
        Fault::close(),
        Fault::none().delivered(Delivery::truncated(10)),
        Fault::response(FakeResponse::html(200, "<html>login</html>")),
    ];
    let Some(every) = 100_u64.checked_div(u64::from(percent)) else {
        return;
    };
    let cycle = every * kinds.len() as u64;
    for (index, fault) in (1..).zip(kinds) {
        // The rules count the same requests and match different ones of each cycle.
        let rule = gitlab.faults().on(Matcher::any()).after(every * index);
        rule.every(cycle).always(fault);
    }
}

async fn work(bench: Arc<Bench>) {
    loop {
        let index = bench.next.fetch_add(1, Ordering::Relaxed);
        if index >= bench.load.calls {
            return;
        }
        let result = call(&bench, index).await;
        let mut report = lock(&bench.report);
        report.calls += 1;
        match result {
            Ok(()) => report.succeeded += 1,
            Err(error) => {
                let kind = match error.status() {
                    Some(status) => format!("{:?} {status}", error.kind()),
                    None => format!("{:?}", error.kind()),
                };
                *report.failed.entry(kind).or_default() += 1;
            }
        }
        if report.calls.is_multiple_of(bench.load.calls.div_ceil(10)) {
            report.memory.extend(resident_memory());
        }
    }
}

/// The number of kinds of calls, which alternate.
const KINDS: usize = 5;

async fn call(bench: &Bench, index: usize) -> Result<(), Error> {
    let tokens = bench.client.personal_access_tokens();
    let kind = if bench.load.reads_only {
        [0, 1, 4][index % 3]
    } else {
        index % KINDS
    };
    match kind {
        0 => tokens.get_self().await.map(drop),
        1 => {
            let list = tokens.list().user_id(bench.user.id()).per_page(20).page(1);
            list.await.map(drop)
        }
        2 => {
            let name = format!("new-{index}");
            let made = tokens
                .create_for_user(bench.user.id(), name.clone(), ["read_api"])
                .await?;
            bench.expect(
                made.name == name && !made.token.expose_secret().is_empty(),
                "a created token has another name or no secret",
            );
            Ok(())
        }
        3 => {
            let id = bench.to_rotate[index / KINDS];
            let made = tokens.rotate(id).await?;
            let active = bench.gitlab.find_token(made.token.expose_secret());
            bench.expect(
                active.is_some_and(|token| token.active && token.id == made.id),
                "a rotation returned no active token",
            );
            Ok(())
        }
        _ => {
            let list = tokens.list().search("no such token").into_stream();
            let found: Vec<_> = list.try_collect().await?;
            bench.expect(
                found.is_empty(),
                "a search found a token that does not exist",
            );
            Ok(())
        }
    }
}

impl Bench {
    fn expect(&self, holds: bool, otherwise: &str) {
        if !holds {
            lock(&self.report).violations.push(otherwise.to_owned());
        }
    }
}

/// Checks the state of the stand-in: no token was created twice, no family was revoked. Checks that memory did not grow.
fn audit(bench: &Bench, report: &mut Report) {
    let mut names = BTreeMap::<String, usize>::new();
    let tokens = bench.gitlab.tokens();
    let kept = (tokens.len() - bench.to_rotate.len()) as u64;
    for token in tokens {
        *names.entry(token.name).or_default() += 1;
    }
    for (name, count) in names {
        // A rotation leaves the old token and the new one under one name.
        let allowed = if name.starts_with("old-") { 2 } else { 1 };
        if count > allowed {
            report
                .violations
                .push(format!("{count} tokens are called {name}"));
        }
    }
    let families = bench.gitlab.family_revocations().len();
    if families > 0 {
        report
            .violations
            .push(format!("{families} families were revoked"));
    }
    if report.calls != bench.load.calls {
        report.violations.push("a call has no result".to_owned());
    }
    if let [_, first, .., last] = report.memory[..]
        && bench.load.watches_memory
        && last > first + NOISE + kept * TOKEN
    {
        report
            .violations
            .push(format!("memory grew from {first} to {last} KiB"));
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Returns the resident memory in KiB, or `None` where the system has no `/proc`.
fn resident_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.split_ascii_whitespace().next()?.parse().ok()
}
