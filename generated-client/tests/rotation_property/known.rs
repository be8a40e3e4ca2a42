//! Cases by hand: the hazards that the property is about, the limits of the promise, and what the search has found.

use std::time::Duration;

use crate::gitlab;
use crate::plan::{
    Action, Again, Case, Damage, Execution, Fault, Impostor, Loss, Share, Step, With,
};
use crate::simulation::{Use, simulate};

const SETTLE_TIME: Duration = Duration::from_secs(300);

fn case(faults: Vec<Fault>, callers: Vec<Vec<Step>>) -> Case {
    Case {
        settle_time: SETTLE_TIME,
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
    checked: false,
    expiry: None,
    with: With::Client,
};

/// A request of which the client learns nothing, and which the server carries out so late after that.
fn lost(late: Share) -> Fault {
    Fault::Lost {
        how: Loss::ConnectionLost,
        execution: Execution::AfterTheEnd(late),
        after: Duration::ZERO,
    }
}

/// A lost rotation that its caller repeats after this pause.
fn repeated(pause: Duration) -> Case {
    let step = Step {
        again: vec![Again::After(pause)],
        ..step(ROTATE_SELF)
    };
    case(vec![lost(Share::ALMOST_ALL)], vec![vec![step]])
}

fn is_family_revoked(case: &Case, usage: Use) -> bool {
    simulate(&gitlab(), case, usage)
        .is_err_and(|violation| violation.contains("the family of token"))
}

/// A limit: the client asks whether the token lives, goes on because it does, and the lost request arrives after that.
#[test]
fn a_request_that_arrives_after_the_settle_time_costs_the_family() {
    let case = repeated(SETTLE_TIME / 2);
    assert!(is_family_revoked(&case, Use::ShortSettleTime));
}

/// A limit: what one client has lost, another one does not know of.
#[test]
fn another_client_that_rotates_meanwhile_costs_the_family() {
    let case = case(
        vec![lost(Share::ALMOST_ALL)],
        vec![vec![step(ROTATE_SELF)], vec![step(ROTATE_SELF)]],
    );
    assert!(is_family_revoked(&case, Use::ClientEach));
}

/// The client replaces a token by id with another, and is then given the secret of the one that it has replaced.
#[test]
fn a_token_that_another_has_replaced_by_id_is_known_by_its_secret() {
    let other = Action::RotateOther { expiry: None };
    let newest = Action::RotateSelf {
        adopt: false,
        checked: false,
        expiry: None,
        with: With::Newest,
    };
    let lost = Fault::Damaged {
        how: Damage::Truncated,
        after: Duration::ZERO,
    };
    let case = case(
        // The second is the client's question whose token it has.
        vec![Fault::Pass, Fault::Pass, lost],
        vec![vec![step(other), step(other), step(newest)]],
    );
    let seen =
        simulate(&gitlab(), &case, Use::Proper).unwrap_or_else(|violation| panic!("{violation}"));
    assert_eq!(
        (seen.rotated, seen.replaced, seen.refused_locally),
        (1, 1, 1)
    );
}

#[test]
fn hazards_by_hand() {
    let gitlab = gitlab();
    let twice = || vec![step(ROTATE_SELF), step(ROTATE_SELF)];
    for case in [
        // One after the other, with the dead token.
        case(Vec::new(), vec![twice()]),
        // At the same time.
        case(Vec::new(), vec![twice(), twice()]),
        // Carried out, and the answer lost.
        case(vec![lost(Share::NONE)], vec![twice()]),
        // Repeated at once, when it may still arrive, and when it can't any more.
        repeated(Duration::ZERO),
        repeated(SETTLE_TIME / 2),
        repeated(SETTLE_TIME),
    ] {
        if let Err(violation) = simulate(&gitlab, &case, Use::Proper) {
            panic!("{violation}\n{case:#?}");
        }
    }
}

/// The answer to a rotation is lost, and whatever asks for the old token afterwards is answered by something else.
#[test]
fn an_impostor_never_makes_a_dead_token_live() {
    let gateways = [(400, true), (400, false), (403, true), (403, false)];
    let gateways = gateways.map(|(status, json)| Impostor::Gateway { status, json });
    for by in [Impostor::SignIn, Impostor::Nothing, Impostor::Json]
        .into_iter()
        .chain(gateways)
    {
        for checked in [false, true] {
            let lost = Fault::Lost {
                how: Loss::ConnectionLost,
                execution: Execution::AfterSending(Share::NONE),
                after: Duration::ZERO,
            };
            let intercepted = Fault::Intercepted {
                by,
                after: Duration::ZERO,
            };
            let rotation = Action::RotateSelf {
                adopt: false,
                checked,
                expiry: None,
                with: With::Client,
            };
            let rotation = Step {
                again: vec![Again::After(2 * SETTLE_TIME); 2],
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
