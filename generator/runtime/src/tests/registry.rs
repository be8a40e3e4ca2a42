//! What the requests that carry one credential mean for those that carry another.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::runtime::credential::auth::{Auth, Credential};
use crate::runtime::replacement::state::{Target, Verdict};
use crate::runtime::replacement::registry::{Account, Departure, Ledger, Life, Passage};

const SECOND: Duration = Duration::from_secs(1);

fn named(name: &str) -> Target {
    Target::Named(name.to_owned())
}

fn credential(secret: &str) -> Arc<Credential> {
    Arc::new(Auth::header("X-Key", secret).prepare().unwrap())
}

fn account(ledger: &Ledger, secret: &str) -> Arc<Account> {
    ledger.account(&credential(secret)).unwrap()
}

/// The account of a credential that the server has told the identity of.
fn known(ledger: &Ledger, secret: &str, identity: &str) -> Arc<Account> {
    let account = account(ledger, secret);
    account.lock().identified(Some(identity.to_owned()));
    account
}

#[track_caller]
fn depart(ledger: &Ledger, account: &Arc<Account>, target: &Target, now: Instant) -> Departure {
    match ledger.depart(account, target, now) {
        Passage::Open(departure) => departure,
        _ => panic!("it may not leave"),
    }
}

/// What a request for the own credential is told that does not leave.
#[track_caller]
fn verdict(ledger: &Ledger, account: &Arc<Account>, now: Instant) -> Verdict {
    told(ledger, account, &Target::Caller, now)
}

#[track_caller]
fn told(ledger: &Ledger, account: &Arc<Account>, target: &Target, now: Instant) -> Verdict {
    match ledger.depart(account, target, now) {
        Passage::Open(_) => {
            ledger.returned(account, target);
            Verdict::Go
        }
        Passage::Ask => Verdict::Ask,
        Passage::Shut(verdict) => verdict,
        Passage::AskFor(..) => panic!("it is to ask about another"),
    }
}

/// The server says that the credential lives; what it says of the identity is the last.
fn lives(ledger: &Ledger, account: &Account, asked_at: Instant, identity: Option<&str>) {
    let concerned_by = account.lock().concerned_by();
    let life = Life {
        asked_at,
        concerned_by,
        identity: Some(identity.map(str::to_owned)),
    };
    ledger.lives(account, life);
}

#[test]
fn whom_a_replacement_by_name_concerns() {
    let (now, ledger) = (Instant::now(), Ledger::default());
    let by = known(&ledger, "a", "1");
    let same = known(&ledger, "b", "2");
    let other = known(&ledger, "c", "3");
    let unknown = account(&ledger, "d");
    ledger.succeeded(&by, &named("2"), now);
    let later = account(&ledger, "e");
    assert_eq!(verdict(&ledger, &by, now), Verdict::Go);
    assert_eq!(verdict(&ledger, &same, now), Verdict::Dead);
    assert_eq!(verdict(&ledger, &other, now), Verdict::Go);
    for account in [unknown, later] {
        assert_eq!(verdict(&ledger, &account, now), Verdict::Ask);
        lives(&ledger, &account, now, None);
        assert_eq!(verdict(&ledger, &account, now), Verdict::Go);
    }
}

#[test]
fn the_own_credential_by_its_name_concerns_no_other() {
    let (now, ledger) = (Instant::now(), Ledger::default());
    let own = known(&ledger, "a", "1");
    let other = account(&ledger, "b");
    ledger.unknown(&own, &named("1"), now + SECOND);
    ledger.succeeded(&own, &named("1"), now);
    assert_eq!(verdict(&ledger, &own, now), Verdict::Dead);
    assert_eq!(verdict(&ledger, &other, now), Verdict::Go);
}

#[test]
fn whom_a_lost_request_concerns() {
    let (start, ledger) = (Instant::now(), Ledger::default());
    let settled = start + 10 * SECOND;
    let left = || Verdict::Wait(10 * SECOND);
    let by = known(&ledger, "a", "1");
    let same = known(&ledger, "b", "2");
    let other = known(&ledger, "c", "3");
    ledger.unknown(&by, &named("2"), settled);
    assert_eq!(verdict(&ledger, &by, start), left());
    assert_eq!(verdict(&ledger, &same, start), left());
    assert_eq!(verdict(&ledger, &same, settled), Verdict::Ask);
    assert_eq!(verdict(&ledger, &other, start), Verdict::Go);
    // What the server says of those of which nothing is known.
    for (secret, identity, expected) in [
        ("d", Some("2"), left()),
        ("e", Some("3"), Verdict::Go),
        ("f", None, left()),
    ] {
        let account = account(&ledger, secret);
        assert_eq!(verdict(&ledger, &account, start), Verdict::Ask, "{secret}");
        lives(&ledger, &account, start, identity);
        assert_eq!(verdict(&ledger, &account, start), expected, "{secret}");
        lives(&ledger, &account, settled, identity);
        assert_eq!(verdict(&ledger, &account, settled), Verdict::Go, "{secret}");
    }
}

#[test]
fn whom_a_refused_request_concerns() {
    let (now, ledger) = (Instant::now(), Ledger::default());
    let by = known(&ledger, "a", "1");
    let same = known(&ledger, "b", "2");
    let other = known(&ledger, "c", "3");
    ledger.refused(&by, &named("2"), now);
    assert_eq!(verdict(&ledger, &by, now), Verdict::Go);
    assert_eq!(verdict(&ledger, &same, now), Verdict::Ask);
    assert_eq!(verdict(&ledger, &other, now), Verdict::Go);
    ledger.refused(&by, &Target::Caller, now);
    assert_eq!(verdict(&ledger, &by, now), Verdict::Ask);
    assert_eq!(verdict(&ledger, &other, now), Verdict::Go);
}

/// Nothing of it is on its way any more, so there is no moment until when others have to wait.
#[test]
fn many_that_were_refused_crowd_out_none_that_was_lost() {
    let (now, ledger) = (Instant::now(), Ledger::default());
    let by = known(&ledger, "a", "1");
    ledger.unknown(&by, &named("2"), now + SECOND);
    for id in 10..1000 {
        ledger.refused(&by, &named(&id.to_string()), now);
    }
    let other = account(&ledger, "c");
    lives(&ledger, &other, now, Some("3"));
    assert_eq!(verdict(&ledger, &other, now), Verdict::Go);
}

#[test]
fn an_answer_from_before_a_replacement_clears_nothing() {
    let (start, ledger) = (Instant::now(), Ledger::default());
    let by = known(&ledger, "a", "1");
    let account = account(&ledger, "b");
    ledger.succeeded(&by, &named("2"), start);
    let life = |identity: Option<&str>| Life {
        asked_at: start,
        concerned_by: account.lock().concerned_by(),
        identity: Some(identity.map(str::to_owned)),
    };
    let early = life(Some("3"));
    ledger.succeeded(&by, &named("3"), start);
    ledger.lives(&account, early);
    assert_eq!(verdict(&ledger, &account, start), Verdict::Ask);
    // From now on its identity is known, and those of others say nothing.
    let late = life(Some("3"));
    ledger.succeeded(&by, &named("4"), start);
    ledger.lives(&account, late);
    assert_eq!(verdict(&ledger, &account, start), Verdict::Go);
}

#[test]
fn a_request_that_was_lost_when_the_server_was_asked_may_have_arrived_since() {
    let (start, ledger) = (Instant::now(), Ledger::default());
    let settled = start + SECOND;
    let by = known(&ledger, "a", "1");
    ledger.unknown(&by, &named("2"), settled);
    let account = account(&ledger, "b");
    lives(&ledger, &account, start, Some("2"));
    assert_eq!(verdict(&ledger, &account, settled), Verdict::Ask);
}

#[test]
fn requests_under_way_exclude_one_another() {
    let (now, ledger) = (Instant::now(), Ledger::default());
    let by = known(&ledger, "a", "1");
    let carried = known(&ledger, "b", "2");
    for target in [Target::Caller, named("3"), Target::Other] {
        depart(&ledger, &by, &named("2"), now);
        assert_eq!(told(&ledger, &carried, &target, now), Verdict::Busy);
        ledger.returned(&by, &named("2"));
        depart(&ledger, &carried, &target, now);
        assert_eq!(told(&ledger, &by, &named("2"), now), Verdict::Busy);
        assert_eq!(told(&ledger, &by, &named("4"), now), Verdict::Go);
        ledger.returned(&carried, &target);
    }
}

#[test]
fn one_whose_identity_is_unknown_is_asked_about_by_those_who_would_replace_it() {
    let (now, ledger) = (Instant::now(), Ledger::default());
    let by = known(&ledger, "a", "1");
    let carried = account(&ledger, "b");
    depart(&ledger, &carried, &Target::Caller, now);
    let Passage::AskFor(asked, otherwise) = ledger.depart(&by, &named("2"), now) else {
        panic!("it is to ask");
    };
    assert!(Arc::ptr_eq(&asked, &carried));
    assert_eq!(otherwise, Verdict::Busy);
    lives(&ledger, &carried, now, None);
    assert_eq!(told(&ledger, &by, &named("2"), now), Verdict::Busy);
    carried.lock().ended();
    assert_eq!(told(&ledger, &by, &named("2"), now), Verdict::Go);
}

#[test]
fn a_new_credential_is_known_unless_it_may_have_been_replaced_meanwhile() {
    let now = Instant::now();
    for (meanwhile, expected) in [(false, Verdict::Go), (true, Verdict::Ask)] {
        let ledger = Ledger::default();
        let by = known(&ledger, "a", "1");
        ledger.succeeded(&by, &named("2"), now);
        let old = known(&ledger, "b", "3");
        lives(&ledger, &old, now, Some("3"));
        let left = depart(&ledger, &old, &Target::Caller, now);
        if meanwhile {
            ledger.succeeded(&by, &named("4"), now);
        }
        ledger.born(&credential("c"), "4".to_owned(), left);
        let new = account(&ledger, "c");
        assert_eq!(new.lock().identity(), Some("4"));
        assert_eq!(verdict(&ledger, &new, now), expected);
    }
}

#[test]
fn the_same_that_is_lost_again_and_again_is_one() {
    let (now, ledger) = (Instant::now(), Ledger::default());
    let by = known(&ledger, "a", "1");
    for _ in 0..1000 {
        ledger.unknown(&by, &named("2"), now + SECOND);
    }
    let other = account(&ledger, "c");
    lives(&ledger, &other, now, Some("3"));
    assert_eq!(verdict(&ledger, &other, now), Verdict::Go);
}

#[test]
fn where_too_much_was_lost_every_credential_waits() {
    let (start, ledger) = (Instant::now(), Ledger::default());
    let by = known(&ledger, "a", "1");
    ledger.unknown(&by, &named("2"), start + 2 * SECOND);
    for name in 0..1_000 {
        ledger.unknown(&by, &named(&format!("lost {name}")), start + SECOND);
    }
    let account = account(&ledger, "b");
    lives(&ledger, &account, start, Some("2"));
    let expected = Verdict::Wait(2 * SECOND);
    assert_eq!(verdict(&ledger, &account, start), expected);
}
