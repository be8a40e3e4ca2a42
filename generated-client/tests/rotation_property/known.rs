//! Cases by hand: the hazards that the property is about, the limits of the promise, and what the search has found.

use std::time::Duration;

use crate::gitlab;
use crate::plan::{
    Action, Again, Case, Damage, Execution, Fault, Impostor, Loss, Says, Share, Step, With,
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

/// A limit: the client asks whether the token is active, goes on because it does, and the lost request arrives after that.
#[test]
fn a_request_that_arrives_after_the_replacement_cooldown_costs_the_family() {
    let case = repeated(REPLACEMENT_COOLDOWN / 2);
    assert!(is_family_revoked(&case, Use::ShortCooldown));
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
        (seen.rotated, seen.unknown, seen.refused_locally),
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
        // Carried out, and the response lost.
        case(vec![lost(Share::NONE)], vec![twice()]),
        // Repeated at once, when it may still arrive, and when it can't any more.
        repeated(Duration::ZERO),
        repeated(REPLACEMENT_COOLDOWN / 2),
        repeated(REPLACEMENT_COOLDOWN),
    ] {
        if let Err(violation) = simulate(&gitlab, &case, Use::Proper) {
            panic!("{violation}\n{case:#?}");
        }
    }
}

fn impostors() -> Vec<Impostor> {
    let says = [
        Says::Nothing,
        Says::Page,
        Says::Text,
        Says::Json,
        Says::TheServersWords,
    ];
    let error_responses = [400, 401, 403, 404, 422].into_iter().flat_map(|status| {
        says.into_iter()
            .map(move |says| Impostor::Gateway { status, says })
    });
    let others = [
        Impostor::SignIn,
        Impostor::Nothing,
        Impostor::Json,
        Impostor::Elsewhere,
    ];
    others.into_iter().chain(error_responses).collect()
}

/// Something else responds a rotation that is carried out, and its caller makes it again.
#[test]
fn a_rotation_that_an_impostor_responds_is_not_followed_by_another() {
    let executions = [
        Execution::AfterSending(Share::NONE),
        Execution::AfterSending(Share::ALMOST_ALL),
        Execution::AfterTheEnd(Share::ALMOST_ALL),
    ];
    for (by, execution) in impostors()
        .into_iter()
        .flat_map(|by| executions.map(|execution| (by, execution)))
    {
        let again = [Duration::ZERO, REPLACEMENT_COOLDOWN];
        let rotation = Step {
            again: again.map(Again::After).to_vec(),
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
        let told = (seen.unknown, seen.not_replaced, seen.denied > 0);
        let expected = match by.is_perfect() {
            true => (0, 1, true),
            false => (1, 0, false),
        };
        assert_eq!(told, expected, "{by:?}, {execution:?}");
    }
}

/// The response to a rotation is lost, and whatever asks for the old token afterwards gets a response from something else.
#[test]
fn an_impostor_never_makes_a_dead_token_live() {
    for by in impostors() {
        for checked in [false, true] {
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
                checked,
                expiry: None,
                with: With::Client,
            };
            let rotation = Step {
                again: vec![Again::After(2 * REPLACEMENT_COOLDOWN); 2],
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
