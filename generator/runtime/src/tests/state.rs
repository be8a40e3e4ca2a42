//! The state of a credential, and the requests that may be sent with it.

use std::time::{Duration, Instant};

use crate::runtime::replacement::state::{Decision, State, Target};

const SECOND: Duration = Duration::from_secs(1);

fn named(name: &str) -> Target {
    Target::Named(name.to_owned())
}

/// The decisions for a request that replaces the own credential, the own name `1`, another name and another credential.
fn decisions(state: &State, now: Instant) -> [Decision; 4] {
    [Target::Caller, named("1"), named("2"), Target::Other]
        .map(|target| state.decision(&target, now))
}

fn with_identity() -> State {
    let mut state = State::default();
    state.identified(Some("1".to_owned()));
    state
}

#[test]
fn decisions_by_status_and_target() {
    use crate::runtime::replacement::state::Decision::{CheckFirst, Inactive, Send, Wait};
    let start = Instant::now();
    let cooldown_end = start + 10 * SECOND;
    let left = || Wait(10 * SECOND);
    type Past = fn(&mut State, Instant);
    let nothing: Past = |_, _| {};
    let ended: Past = |state, _| state.ended();
    let own: Past = |state, cooldown_end| state.unknown(&Target::Caller, cooldown_end);
    let own_name: Past = |state, cooldown_end| state.unknown(&named("1"), cooldown_end);
    let other_name: Past = |state, cooldown_end| state.unknown(&named("2"), cooldown_end);
    let other: Past = |state, cooldown_end| state.unknown(&Target::Other, cooldown_end);
    let send = || [Send, Send, Send, Send];
    let check = || [CheckFirst, CheckFirst, CheckFirst, CheckFirst];
    let wait = || [left(), left(), left(), left()];
    let inactive = || [Inactive, Inactive, Inactive, Inactive];
    let own_waits = || [left(), left(), Send, Send];
    // Whether the identity is known, what happened, and the decisions before and after the replacement cooldown.
    let table = [
        ("active", false, nothing, send(), send()),
        ("active, known", true, nothing, send(), send()),
        ("inactive", false, ended, inactive(), inactive()),
        ("inactive, known", true, ended, inactive(), inactive()),
        ("own", false, own, wait(), check()),
        ("own, known", true, own, wait(), check()),
        (
            "own name",
            false,
            own_name,
            [left(), CheckFirst, CheckFirst, left()],
            check(),
        ),
        ("own name, known", true, own_name, wait(), check()),
        (
            "other name",
            false,
            other_name,
            [left(), CheckFirst, CheckFirst, left()],
            check(),
        ),
        ("other name, known", true, other_name, own_waits(), send()),
        (
            "other",
            false,
            other,
            [left(), left(), left(), Send],
            send(),
        ),
        ("other, known", true, other, own_waits(), send()),
    ];
    for (case, is_known, past, before, after) in table {
        let mut state = if is_known {
            with_identity()
        } else {
            State::default()
        };
        past(&mut state, cooldown_end);
        assert_eq!(decisions(&state, start), before, "{case}, before");
        let almost = cooldown_end - SECOND;
        let expected = before.map(|decision| match decision {
            Wait(_) => Wait(SECOND),
            other => other,
        });
        assert_eq!(decisions(&state, almost), expected, "{case}, almost");
        assert_eq!(decisions(&state, cooldown_end), after, "{case}, after");
    }
}

#[test]
fn a_success_makes_the_replaced_credential_inactive() {
    let now = Instant::now();
    let cases = [
        (State::default(), Target::Caller, Decision::Inactive),
        (with_identity(), named("1"), Decision::Inactive),
        (with_identity(), named("2"), Decision::Send),
        (State::default(), named("1"), Decision::CheckFirst),
        (State::default(), Target::Other, Decision::Send),
    ];
    for (mut state, target, expected) in cases {
        state.succeeded(&target, now);
        let decision = state.decision(&Target::Caller, now);
        assert_eq!(decision, expected, "{target:?}");
    }
}

#[test]
fn only_a_response_from_after_the_replacement_cooldown_proves_that_a_credential_is_active() {
    let start = Instant::now();
    let cooldown_end = start + 10 * SECOND;
    let mut state = State::default();
    state.unknown(&Target::Caller, cooldown_end);
    state.mark_active(cooldown_end - SECOND);
    assert_eq!(
        state.decision(&Target::Caller, cooldown_end),
        Decision::CheckFirst
    );
    state.mark_active(cooldown_end);
    assert_eq!(
        state.decision(&Target::Caller, cooldown_end),
        Decision::Send
    );
}

#[test]
fn a_rejected_replacement_is_checked_at_once() {
    let now = Instant::now();
    let mut state = State::default();
    state.request_rejected(now + SECOND);
    assert!(!state.is_beyond_doubt() && !state.is_unremarkable());
    assert_eq!(
        decisions(&state, now + SECOND),
        [(); 4].map(|()| Decision::CheckFirst)
    );
    // The check preceded the rejection.
    state.mark_active(now);
    assert_eq!(state.decision(&Target::Caller, now), Decision::CheckFirst);
    state.mark_active(now + SECOND);
    assert_eq!(state.decision(&Target::Caller, now), Decision::Send);
    // A rejection clears no suspicion.
    state.unknown(&Target::Caller, now + SECOND);
    state.request_rejected(now);
    assert_eq!(state.decision(&Target::Caller, now), Decision::Wait(SECOND));
}

#[test]
fn no_identity_clears_two_different_suspicions() {
    let start = Instant::now();
    for (first, second) in [("1", "2"), ("2", "1"), ("2", "3")] {
        let mut state = State::default();
        state.unknown(&named(first), start + 2 * SECOND);
        state.unknown(&named(second), start + SECOND);
        state.identified(Some("1".to_owned()));
        state.mark_active(start + SECOND);
        let decision = state.decision(&Target::Caller, start + SECOND);
        assert_eq!(decision, Decision::Wait(SECOND), "{first} and {second}");
    }
}

#[test]
fn an_identity_that_the_server_does_not_return_is_requested_once() {
    let start = Instant::now();
    let mut state = State::default();
    state.unknown(&named("2"), start + SECOND);
    assert_eq!(state.decision(&named("3"), start), Decision::CheckFirst);
    state.identified(None);
    state.mark_active(start);
    assert_eq!(state.decision(&named("3"), start), Decision::Wait(SECOND));
}

#[test]
fn an_inactive_credential_stays_inactive() {
    let now = Instant::now();
    let mut state = with_identity();
    state.ended();
    state.unknown(&Target::Caller, now);
    state.succeeded(&named("1"), now);
    state.rejected(now);
    state.mark_active(now + SECOND);
    assert_eq!(state.decision(&Target::Caller, now), Decision::Inactive);
}

#[test]
fn a_rejection_shortens_no_replacement_cooldown() {
    let now = Instant::now();
    let mut state = State::default();
    state.rejected(now);
    assert_eq!(state.decision(&Target::Caller, now), Decision::CheckFirst);
    state.mark_active(now);
    state.unknown(&Target::Caller, now + SECOND);
    state.rejected(now);
    assert_eq!(state.decision(&Target::Caller, now), Decision::Wait(SECOND));
}
