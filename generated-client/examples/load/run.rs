//! The load: calls of every kind, a script of faults, and the books that are kept on both sides.

use std::collections::BTreeMap;
use std::error::Error as StdError;
use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use futures_util::TryStreamExt;
use gitlab_pat::{Auth, Client, Error, RetryPolicy};
use gitlab_pat_fake::{Delivery, FakeGitLab, FakeResponse, Fault, Matcher, TokenSpec, User};

/// How much is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Load {
    pub calls: usize,
    pub concurrency: usize,
    /// In percent of the requests.
    pub faults: u8,
    /// Nothing but reads: the stand-in, which is in the same process, keeps every token that is made.
    pub reads_only: bool,
    /// Whether memory that grows is a violation. It depends on the machine, so tests leave it alone.
    pub watches_memory: bool,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Report {
    pub calls: usize,
    pub succeeded: usize,
    /// By what the error says of itself.
    pub failed: BTreeMap<String, usize>,
    pub requests: u64,
    pub faults: u64,
    pub retries: usize,
    pub elapsed: Duration,
    /// Resident memory in KiB after each tenth of the calls, where the system tells; the stand-in is in it.
    pub memory: Vec<u64>,
    /// What must not have happened.
    pub violations: Vec<String>,
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.elapsed.as_secs_f64();
        writeln!(
            formatter,
            "{} calls in {seconds:.1} s, {:.0} a second; {} requests, {} of them met a fault, {} retries",
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

/// What every worker shares.
struct Bench {
    load: Load,
    gitlab: FakeGitLab,
    client: Client,
    user: User,
    /// Tokens to rotate, one for each call that does.
    to_rotate: Vec<i64>,
    next: AtomicUsize,
    books: Mutex<Report>,
}

/// Retries of requests that must not be sent twice are harmless only after these.
const HARMLESS: [&str; 2] = ["connect", "status 429"];

/// Growth of memory between the second tenth and the last that is noise, in KiB, and what each token takes that the stand-in keeps.
const NOISE: u64 = 2 * 1024;
const TOKEN: u64 = 2;

/// Runs the load.
///
/// # Errors
/// The stand-in or the client cannot be started.
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
        books: Mutex::default(),
    });

    let begun = Instant::now();
    let workers: Vec<_> = (0..load.concurrency)
        .map(|_| tokio::spawn(work(Arc::clone(&bench))))
        .collect();
    let mut lost = 0;
    for worker in workers {
        lost += usize::from(worker.await.is_err());
    }
    let mut report = std::mem::take(&mut *lock(&bench.books));
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
            if !idempotent && !HARMLESS.contains(&reason.as_str()) {
                let operation = attempt.operation();
                retries
                    .1
                    .push(format!("{operation} was repeated after {reason}"));
            }
        })
        .build()
}

/// One fault in so many requests, of each kind in turn.
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
        // The rules count the same requests and strike at different ones of each cycle.
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
        let mut books = lock(&bench.books);
        books.calls += 1;
        match result {
            Ok(()) => books.succeeded += 1,
            Err(error) => {
                let kind = match error.status() {
                    Some(status) => format!("{:?} {status}", error.kind()),
                    None => format!("{:?}", error.kind()),
                };
                *books.failed.entry(kind).or_default() += 1;
            }
        }
        if books.calls.is_multiple_of(bench.load.calls.div_ceil(10)) {
            books.memory.extend(resident_memory());
        }
    }
}

/// The kinds of calls, in turn.
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
                "a token of another name came back",
            );
            Ok(())
        }
        3 => {
            let id = bench.to_rotate[index / KINDS];
            let made = tokens.rotate(id).await?;
            let live = bench.gitlab.find_token(made.token.expose_secret());
            bench.expect(
                live.is_some_and(|live| live.active && live.id == made.id),
                "a rotation brought no live token",
            );
            Ok(())
        }
        _ => {
            let list = tokens.list().search("no such token").into_stream();
            let found: Vec<_> = list.try_collect().await?;
            bench.expect(found.is_empty(), "a search found what is not there");
            Ok(())
        }
    }
}

impl Bench {
    fn expect(&self, holds: bool, otherwise: &str) {
        if !holds {
            lock(&self.books).violations.push(otherwise.to_owned());
        }
    }
}

/// What the stand-in knows: no name twice, no family revoked; and that memory did not grow.
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

/// Resident memory in KiB; none where the system does not tell (Linux does).
fn resident_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.split_ascii_whitespace().next()?.parse().ok()
}
