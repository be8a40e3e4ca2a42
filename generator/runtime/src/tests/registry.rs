//! The effect of requests with one credential on requests with another.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::runtime::credential::auth::{Auth, Credential};
use crate::runtime::replacement::registry::{
    ActiveStatus, Admission, CredentialRegistry, Entry, Snapshot,
};
use crate::runtime::replacement::state::{Decision, Target};

const SECOND: Duration = Duration::from_secs(1);

fn named(name: &str) -> Target {
    Target::Named(name.to_owned())
}

fn credential(secret: &str) -> Arc<Credential> {
    Arc::new(Auth::header("X-Key", secret).prepare().unwrap())
}

fn entry(registry: &CredentialRegistry, secret: &str) -> Arc<Entry> {
    registry.entry(&credential(secret)).unwrap()
}

/// The entry of a credential whose identity the server has returned.
fn known(registry: &CredentialRegistry, secret: &str, identity: &str) -> Arc<Entry> {
    let entry = entry(registry, secret);
    entry.lock().identified(Some(identity.to_owned()));
    entry
}

#[track_caller]
fn admit(
    registry: &CredentialRegistry,
    entry: &Arc<Entry>,
    target: &Target,
    now: Instant,
) -> Snapshot {
    match registry.admit(entry, target, now) {
        Admission::Granted(snapshot) => snapshot,
        _ => panic!("the request is not granted"),
    }
}

/// Returns the decision for a request that replaces the own credential and is not sent.
#[track_caller]
fn decision(registry: &CredentialRegistry, entry: &Arc<Entry>, now: Instant) -> Decision {
    decision_for(registry, entry, &Target::Caller, now)
}

#[track_caller]
fn decision_for(
    registry: &CredentialRegistry,
    entry: &Arc<Entry>,
    target: &Target,
    now: Instant,
) -> Decision {
    match registry.admit(entry, target, now) {
        Admission::Granted(_) => {
            registry.finished(entry, target);
            Decision::Send
        }
        Admission::CheckFirst => Decision::CheckFirst,
        Admission::Denied(decision) => decision,
        Admission::CheckOtherFirst(..) => panic!("another credential is to be checked"),
    }
}

/// Marks the credential as active. The last argument is the identity in the response.
fn mark_active(
    registry: &CredentialRegistry,
    entry: &Entry,
    checked_at: Instant,
    identity: Option<&str>,
) {
    let suspected = entry.lock().suspected();
    let status = ActiveStatus {
        checked_at,
        suspected,
        identity: Some(identity.map(str::to_owned)),
    };
    registry.mark_active(entry, status);
}

#[test]
fn the_credentials_that_a_replacement_by_name_may_affect() {
    let (now, registry) = (Instant::now(), CredentialRegistry::default());
    let by = known(&registry, "a", "1");
    let same = known(&registry, "b", "2");
    let other = known(&registry, "c", "3");
    let unknown = entry(&registry, "d");
    registry.succeeded(&by, &named("2"), now);
    let later = entry(&registry, "e");
    assert_eq!(decision(&registry, &by, now), Decision::Send);
    assert_eq!(decision(&registry, &same, now), Decision::Inactive);
    assert_eq!(decision(&registry, &other, now), Decision::Send);
    for entry in [unknown, later] {
        assert_eq!(decision(&registry, &entry, now), Decision::CheckFirst);
        mark_active(&registry, &entry, now, None);
        assert_eq!(decision(&registry, &entry, now), Decision::Send);
    }
}

#[test]
fn the_own_credential_by_its_name_affects_no_other() {
    let (now, registry) = (Instant::now(), CredentialRegistry::default());
    let own = known(&registry, "a", "1");
    let other = entry(&registry, "b");
    registry.unknown(&own, &named("1"), now + SECOND);
    registry.succeeded(&own, &named("1"), now);
    assert_eq!(decision(&registry, &own, now), Decision::Inactive);
    assert_eq!(decision(&registry, &other, now), Decision::Send);
}

#[test]
fn the_credentials_that_a_lost_request_may_affect() {
    let (start, registry) = (Instant::now(), CredentialRegistry::default());
    let cooldown_end = start + 10 * SECOND;
    let left = || Decision::Wait(10 * SECOND);
    let by = known(&registry, "a", "1");
    let same = known(&registry, "b", "2");
    let other = known(&registry, "c", "3");
    registry.unknown(&by, &named("2"), cooldown_end);
    assert_eq!(decision(&registry, &by, start), left());
    assert_eq!(decision(&registry, &same, start), left());
    assert_eq!(
        decision(&registry, &same, cooldown_end),
        Decision::CheckFirst
    );
    assert_eq!(decision(&registry, &other, start), Decision::Send);
    // The results of checks of the other credentials.
    for (secret, identity, expected) in [
        ("d", Some("2"), left()),
        ("e", Some("3"), Decision::Send),
        ("f", None, left()),
    ] {
        let entry = entry(&registry, secret);
        assert_eq!(
            decision(&registry, &entry, start),
            Decision::CheckFirst,
            "{secret}"
        );
        mark_active(&registry, &entry, start, identity);
        assert_eq!(decision(&registry, &entry, start), expected, "{secret}");
        mark_active(&registry, &entry, cooldown_end, identity);
        assert_eq!(
            decision(&registry, &entry, cooldown_end),
            Decision::Send,
            "{secret}"
        );
    }
}

#[test]
fn the_credentials_that_a_rejected_request_may_affect() {
    let (now, registry) = (Instant::now(), CredentialRegistry::default());
    let by = known(&registry, "a", "1");
    let same = known(&registry, "b", "2");
    let other = known(&registry, "c", "3");
    registry.request_rejected(&by, &named("2"), now);
    assert_eq!(decision(&registry, &by, now), Decision::Send);
    assert_eq!(decision(&registry, &same, now), Decision::CheckFirst);
    assert_eq!(decision(&registry, &other, now), Decision::Send);
    registry.request_rejected(&by, &Target::Caller, now);
    assert_eq!(decision(&registry, &by, now), Decision::CheckFirst);
    assert_eq!(decision(&registry, &other, now), Decision::Send);
}

/// No such request is in flight any more, so other requests need not wait.
#[test]
fn many_rejected_requests_evict_no_lost_one() {
    let (now, registry) = (Instant::now(), CredentialRegistry::default());
    let by = known(&registry, "a", "1");
    registry.unknown(&by, &named("2"), now + SECOND);
    for id in 10..1000 {
        registry.request_rejected(&by, &named(&id.to_string()), now);
    }
    let other = entry(&registry, "c");
    mark_active(&registry, &other, now, Some("3"));
    assert_eq!(decision(&registry, &other, now), Decision::Send);
}

#[test]
fn a_response_from_before_a_replacement_clears_nothing() {
    let (start, registry) = (Instant::now(), CredentialRegistry::default());
    let by = known(&registry, "a", "1");
    let entry = entry(&registry, "b");
    registry.succeeded(&by, &named("2"), start);
    let active = |identity: Option<&str>| ActiveStatus {
        checked_at: start,
        suspected: entry.lock().suspected(),
        identity: Some(identity.map(str::to_owned)),
    };
    let early = active(Some("3"));
    registry.succeeded(&by, &named("3"), start);
    registry.mark_active(&entry, early);
    assert_eq!(decision(&registry, &entry, start), Decision::CheckFirst);
    // From now on the identity is known, and the identities of other credentials change nothing.
    let late = active(Some("3"));
    registry.succeeded(&by, &named("4"), start);
    registry.mark_active(&entry, late);
    assert_eq!(decision(&registry, &entry, start), Decision::Send);
}

#[test]
fn a_request_that_was_lost_before_a_check_may_have_arrived_since() {
    let (start, registry) = (Instant::now(), CredentialRegistry::default());
    let cooldown_end = start + SECOND;
    let by = known(&registry, "a", "1");
    registry.unknown(&by, &named("2"), cooldown_end);
    let entry = entry(&registry, "b");
    mark_active(&registry, &entry, start, Some("2"));
    assert_eq!(
        decision(&registry, &entry, cooldown_end),
        Decision::CheckFirst
    );
}

#[test]
fn requests_in_flight_exclude_one_another() {
    let (now, registry) = (Instant::now(), CredentialRegistry::default());
    let by = known(&registry, "a", "1");
    let carried = known(&registry, "b", "2");
    for target in [Target::Caller, named("3"), Target::Other] {
        admit(&registry, &by, &named("2"), now);
        assert_eq!(
            decision_for(&registry, &carried, &target, now),
            Decision::Busy
        );
        registry.finished(&by, &named("2"));
        admit(&registry, &carried, &target, now);
        assert_eq!(
            decision_for(&registry, &by, &named("2"), now),
            Decision::Busy
        );
        assert_eq!(
            decision_for(&registry, &by, &named("4"), now),
            Decision::Send
        );
        registry.finished(&carried, &target);
    }
}

#[test]
fn a_credential_with_an_unknown_identity_is_checked_before_it_is_replaced() {
    let (now, registry) = (Instant::now(), CredentialRegistry::default());
    let by = known(&registry, "a", "1");
    let carried = entry(&registry, "b");
    admit(&registry, &carried, &Target::Caller, now);
    let Admission::CheckOtherFirst(asked, otherwise) = registry.admit(&by, &named("2"), now) else {
        panic!("it is to ask");
    };
    assert!(Arc::ptr_eq(&asked, &carried));
    assert_eq!(otherwise, Decision::Busy);
    mark_active(&registry, &carried, now, None);
    assert_eq!(
        decision_for(&registry, &by, &named("2"), now),
        Decision::Busy
    );
    carried.lock().ended();
    assert_eq!(
        decision_for(&registry, &by, &named("2"), now),
        Decision::Send
    );
}

#[test]
fn a_new_credential_is_known_unless_it_may_have_been_replaced_meanwhile() {
    let now = Instant::now();
    for (meanwhile, expected) in [(false, Decision::Send), (true, Decision::CheckFirst)] {
        let registry = CredentialRegistry::default();
        let by = known(&registry, "a", "1");
        registry.succeeded(&by, &named("2"), now);
        let old = known(&registry, "b", "3");
        mark_active(&registry, &old, now, Some("3"));
        let left = admit(&registry, &old, &Target::Caller, now);
        if meanwhile {
            registry.succeeded(&by, &named("4"), now);
        }
        registry.register(&credential("c"), "4".to_owned(), left);
        let new = entry(&registry, "c");
        assert_eq!(new.lock().identity(), Some("4"));
        assert_eq!(decision(&registry, &new, now), expected);
    }
}

#[test]
fn the_same_that_is_lost_again_and_again_is_one() {
    let (now, registry) = (Instant::now(), CredentialRegistry::default());
    let by = known(&registry, "a", "1");
    for _ in 0..1000 {
        registry.unknown(&by, &named("2"), now + SECOND);
    }
    let other = entry(&registry, "c");
    mark_active(&registry, &other, now, Some("3"));
    assert_eq!(decision(&registry, &other, now), Decision::Send);
}

#[test]
fn where_too_much_was_lost_every_credential_waits() {
    let (start, registry) = (Instant::now(), CredentialRegistry::default());
    let by = known(&registry, "a", "1");
    registry.unknown(&by, &named("2"), start + 2 * SECOND);
    for name in 0..1_000 {
        registry.unknown(&by, &named(&format!("lost {name}")), start + SECOND);
    }
    let entry = entry(&registry, "b");
    mark_active(&registry, &entry, start, Some("2"));
    let expected = Decision::Wait(2 * SECOND);
    assert_eq!(decision(&registry, &entry, start), expected);
}
