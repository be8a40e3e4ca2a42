//! What a diagnostic advises is done: then it is gone, and nothing is left out.

mod callers;
mod documents;
mod files;
mod input;
mod lowering;
mod overlays;
mod texts;
mod versions;

use generator::Generated;

use input::{Case, Input};

/// The codes whose remedies change no input, and why.
const OTHERS: &[(&str, &str)] = &[(
    "internal",
    "no input leads to it; the tests of mutations and the fuzz target hold that",
)];

fn cases() -> Vec<Case> {
    [
        documents::cases(),
        files::cases(),
        lowering::cases(),
        overlays::cases(),
        texts::cases(),
        versions::cases(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn codes(generated: &Generated) -> Vec<&'static str> {
    generated
        .diagnostics
        .iter()
        .map(|one| one.code.as_str())
        .collect()
}

#[test]
fn a_remedy_that_is_followed_removes_the_diagnostic() {
    let mut failures = Vec::new();
    for case in cases() {
        let before = case.before.read();
        if !codes(&before).contains(&case.code) {
            failures.push(format!(
                "{}: {:?}\n{}",
                case.code,
                codes(&before),
                case.before.text()
            ));
            continue;
        }
        let after = case.after.read();
        let summary = after.summary;
        let is_whole = summary.operations_skipped() == 0;
        if !codes(&after).is_empty() || !is_whole {
            failures.push(format!(
                "{} after its remedy: {summary}\n{}{}\n{}",
                case.code,
                case.after.text(),
                after.render_diagnostics(false),
                before.render_diagnostics(false),
            ));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n---\n"));
}

#[test]
fn a_nested_value_of_a_deep_object_has_no_diagnostic() {
    let document = input::parameter(
        "{name: a, in: query, style: deepObject, schema: {type: object, properties: {a: {type: object, properties: {b: {type: array, items: {type: string}}}}}}}",
    );
    assert_eq!(codes(&Input::new(document).read()), Vec::<&str>::new());
}

#[test]
fn every_code_has_a_remedy_that_is_tested() {
    let edits = cases();
    let calls = callers::calls();
    for code in generator::diagnostic::codes::ALL {
        let code = code.as_str();
        let is_tested = edits.iter().any(|case| case.code == code)
            || calls.iter().any(|call| call.code == code);
        let is_other = OTHERS.iter().any(|(other, _)| *other == code);
        assert!(
            is_tested != is_other,
            "`{code}` is to have a case, or a reason for none in `OTHERS`"
        );
    }
}
