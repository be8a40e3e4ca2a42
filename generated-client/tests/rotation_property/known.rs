//! Cases written by hand: the hazards of the property, the limits of the guarantee, and the findings of the search.

use std::time::Duration;

use crate::gitlab;
use crate::plan::{
    Action, Case, Damage, Execution, Fault, GatewayBody, Intermediary, Loss, Repeat, Share, Step,
    With,
};
use crate::simulation::{Use, simulate};

const REPLACEMENT_COOLDOWN: Duration = Duration::from_secs(300);

fn case(faults: Vec<Fault>, callers: Vec<Vec<Step>>) -> Case {
    Case {
        replacement_cooldown: REPLACEMENT_COOLDOWN,
        timeout: Duration::from_secs(60),
        jitter: 255,
        order: 0,
        server_first: false,
        faults,
        callers,
    }
}

fn step(action: Action) -> Step {
    Step {
        pause: Duration::ZERO,
        action,
        patience: None,
        again: Vec::new(),
    }
}

const ROTATE_SELF: Action = Action::RotateSelf {
    adopt: false,
    verified: false,
    expiry: None,
    with: With::Client,
};

/// A request without a response, which the server executes at this time after the failure.
fn lost(late: Share) -> Fault {
    Fault::Lost {
        how: Loss::ConnectionLost,
        execution: Execution::AfterTheEnd(late),
        after: Duration::ZERO,
    }
}

/// A lost rotation, which its caller repeats after this pause.
fn repeated(pause: Duration) -> Case {
    let step = Step {
        again: vec![Repeat::After(pause)],
        ..step(ROTATE_SELF)
    };
    case(vec![lost(Share::ALMOST_ALL)], vec![vec![step]])
}

fn is_family_revoked(case: &Case, usage: Use) -> bool {
    simulate(&gitlab(), case, usage)
        .is_err_and(|violation| violation.contains("the family of token"))
}

/// A limit: the client checks whether the token is active, proceeds because it is, and the lost request arrives later.
#[test]
fn a_request_that_arrives_after_the_replacement_cooldown_costs_the_family() {
    let case = repeated(REPLACEMENT_COOLDOWN / 2);
    assert!(is_family_revoked(&case, Use::ShortCooldown));
}

/// A limit: a client does not know about the lost requests of another.
#[test]
fn another_client_that_rotates_meanwhile_costs_the_family() {
    let case = case(
        vec![lost(Share::ALMOST_ALL)],
        vec![vec![step(ROTATE_SELF)], vec![step(ROTATE_SELF)]],
    );
    assert!(is_family_revoked(&case, Use::ClientEach));
}

/// The client replaces a token by id, and then gets the secret of the replaced token as its credential.
#[test]
fn a_token_that_was_replaced_by_id_is_recognized_by_its_secret() {
    let other = Action::RotateOther { expiry: None };
    let newest = Action::RotateSelf {
        adopt: false,
        verified: false,
        expiry: None,
        with: With::Newest,
    };
    let lost = Fault::Damaged {
        how: Damage::Truncated,
        after: Duration::ZERO,
    };
    let case = case(
        // The second request is the client's check of its own token.
        vec![Fault::Pass, Fault::Pass, lost],
        vec![vec![step(other), step(other), step(newest)]],
    );
    let seen =
        simulate(&gitlab(), &case, Use::Proper).unwrap_or_else(|violation| panic!("{violation}"));
    assert_eq!((seen.rotated, seen.unknown, seen.not_sent), (1, 1, 1));
}

#[test]
fn hazards_by_hand() {
    let gitlab = gitlab();
    let twice = || vec![step(ROTATE_SELF), step(ROTATE_SELF)];
    for case in [
        // One after the other, with the inactive token.
        case(Vec::new(), vec![twice()]),
        // At the same time.
        case(Vec::new(), vec![twice(), twice()]),
        // Executed, with a lost response.
        case(vec![lost(Share::NONE)], vec![twice()]),
        // Repeated at once, while the first request may still arrive, and when it no longer can.
        repeated(Duration::ZERO),
        repeated(REPLACEMENT_COOLDOWN / 2),
        repeated(REPLACEMENT_COOLDOWN),
    ] {
        if let Err(violation) = simulate(&gitlab, &case, Use::Proper) {
            panic!("{violation}\n{case:#?}");
        }
    }
}

fn intermediaries() -> Vec<Intermediary> {
    let bodies = [
        GatewayBody::Nothing,
        GatewayBody::Page,
        GatewayBody::Text,
        GatewayBody::Json,
        GatewayBody::ApiError,
    ];
    let error_responses = [400, 401, 403, 404, 422].into_iter().flat_map(|status| {
        bodies
            .into_iter()
            .map(move |body| Intermediary::Gateway { status, body })
    });
    let others = [
        Intermediary::SignIn,
        Intermediary::Nothing,
        Intermediary::Json,
        Intermediary::Elsewhere,
    ];
    others.into_iter().chain(error_responses).collect()
}

/// An intermediary responds to a rotation that the server executes, and the caller repeats the call.
#[test]
fn a_rotation_with_a_response_of_an_intermediary_is_not_followed_by_another() {
    let executions = [
        Execution::AfterSending(Share::NONE),
        Execution::AfterSending(Share::ALMOST_ALL),
        Execution::AfterTheEnd(Share::ALMOST_ALL),
    ];
    for (by, execution) in intermediaries()
        .into_iter()
        .flat_map(|by| executions.map(|execution| (by, execution)))
    {
        let again = [Duration::ZERO, REPLACEMENT_COOLDOWN];
        let rotation = Step {
            again: again.map(Repeat::After).to_vec(),
            ..step(ROTATE_SELF)
        };
        let intercepted = Fault::Intercepted {
            by,
            execution,
            after: Duration::ZERO,
        };
        let case = case(vec![intercepted], vec![vec![rotation]]);
        let seen = simulate(&gitlab(), &case, Use::Proper)
            .unwrap_or_else(|violation| panic!("{by:?}, {execution:?}: {violation}"));
        assert_eq!(seen.rotated, 0, "{by:?}, {execution:?}");
        let reported = (seen.unknown, seen.not_replaced, seen.denied > 0);
        let expected = match by.is_perfect() {
            true => (0, 1, true),
            false => (1, 0, false),
        };
        assert_eq!(reported, expected, "{by:?}, {execution:?}");
    }
}

/// The response to a rotation is lost, and an intermediary responds to every later request with the old token.
#[test]
fn a_response_of_an_intermediary_never_makes_an_inactive_token_active() {
    for by in intermediaries() {
        for verified in [false, true] {
            let lost = Fault::Lost {
                how: Loss::ConnectionLost,
                execution: Execution::AfterSending(Share::NONE),
                after: Duration::ZERO,
            };
            let intercepted = Fault::Intercepted {
                by,
                execution: Execution::Never,
                after: Duration::ZERO,
            };
            let rotation = Action::RotateSelf {
                adopt: false,
                verified,
                expiry: None,
                with: With::Client,
            };
            let rotation = Step {
                again: vec![Repeat::After(2 * REPLACEMENT_COOLDOWN); 2],
                ..step(rotation)
            };
            let case = case(
                vec![lost, intercepted, intercepted, intercepted],
                vec![vec![rotation]],
            );
            let seen = simulate(&gitlab(), &case, Use::Proper)
                .unwrap_or_else(|violation| panic!("{by:?}: {violation}"));
            assert_eq!((seen.unknown, seen.rotated), (1, 0), "{by:?}");
            assert!(seen.hidden >= 2, "{by:?}");
        }
    }
}
