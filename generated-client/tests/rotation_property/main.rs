//! A property of the client, tested with thousands of schedules of faults: the client never sends a rotation with a token that was
//! already rotated, whatever happens to requests, including late deliveries and concurrent callers. GitLab would revoke the whole
//! family of the token.
//!
//! The stand-in runs in this process and time is virtual, so a case takes some milliseconds and is the same in every run.
//! `PROPTEST_CASES` sets the number of cases, and `PROPTEST_RNG_SEED` selects others. A failure prints the smallest case and its
//! history. Such a case becomes a test in `known`.
//!
//! The limits of the guarantee are tests, too: a request that arrives later than the replacement cooldown, and two clients with one
//! token.

mod caller;
mod clock;
mod judge;
mod known;
mod network;
mod plan;
mod responses;
mod simulation;
mod subject;

use std::cell::Cell;
use std::sync::Arc;

use gitlab_pat_fake::FakeGitLab;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestError, TestRunner};

use crate::judge::Sightings;
use crate::simulation::{Use, simulate};

/// The default number of cases.
const CASES: u32 = 2_000;

fn runner() -> TestRunner {
    let mut config = Config {
        failure_persistence: None,
        ..Config::default()
    };
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = CASES;
    }
    if std::env::var_os("PROPTEST_RNG_SEED").is_none() {
        config.rng_seed = RngSeed::Fixed(1);
    }
    TestRunner::new(config)
}

fn gitlab() -> Arc<FakeGitLab> {
    Arc::new(FakeGitLab::start().expect("a stand-in"))
}

#[test]
fn no_schedule_of_faults_revokes_a_family() {
    let gitlab = gitlab();
    let seen = Cell::new(Sightings::default());
    let mut runner = runner();
    let cases = runner.config().cases as usize;
    let result = runner.run(&plan::cases(), |case| {
        let sightings = simulate(&gitlab, &case, Use::Proper).map_err(TestCaseError::fail)?;
        let mut sum = seen.get();
        sum.add(sightings);
        seen.set(sum);
        Ok(())
    });
    match result {
        Ok(()) => {}
        Err(TestError::Fail(reason, case)) => panic!("{}\n{case:#?}", reason.message()),
        Err(TestError::Abort(reason)) => panic!("{}", reason.message()),
    }
    let seen = seen.get();
    eprintln!("{seen:?}");
    if cases < CASES as usize {
        return;
    }
    for (sight, count) in [
        ("a rotation", seen.rotated),
        ("a shared rotation", seen.shared),
        ("a rotation that did not happen", seen.not_replaced),
        ("a rotation whose response was lost", seen.replaced),
        ("a rotation of unknown outcome", seen.unknown),
        ("a rotation that was not sent", seen.not_sent),
        ("a call that was given up", seen.given_up),
        ("a late delivery", seen.late),
        ("a new credential", seen.new_credentials),
        ("the end of a token hidden", seen.hidden),
        ("a rotation denied that was done", seen.denied),
    ] {
        assert!(count > 0, "no case saw {sight}");
    }
}

/// The control: the search finds violations soon if callers do not share a client. This is also a limit of the guarantee.
#[test]
fn control_separate_clients_lose_the_family() {
    let gitlab = gitlab();
    let mut runner = runner();
    let cases = plan::cases();
    let lost = (0..200).any(|_| {
        let case = cases.new_tree(&mut runner).expect("a case").current();
        simulate(&gitlab, &case, Use::ClientEach)
            .is_err_and(|violation| violation.contains("the family of token"))
    });
    assert!(lost, "the harness finds nothing");
}
