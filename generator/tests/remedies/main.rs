//! What a diagnostic advises is done: then it is gone, and nothing is left out.

mod callers;
mod documents;
mod extensions;
mod files;
mod help;
mod imports;
mod input;
mod lowering;
mod openapi31;
mod overlays;
mod swagger2;
mod texts;
mod versions;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use generator::Generated;

use input::{Case, Input};

/// The codes whose remedies change no input, and why.
const OTHERS: &[(&str, &str)] = &[(
    "internal",
    "no input leads to it; the tests of mutations and the fuzz target hold that",
)];

/// The texts of help that no input leads to, and why.
const WITHOUT_CASE: &[(&str, &str)] = &[
    (
        "please report this with the document",
        "the generator contradicts itself; the tests of mutations and the fuzz target hold that it doesn't",
    ),
    (
        "please report this with the document; each part should be emitted or have a diagnostic",
        "a part was lost in silence; the tests of the account hold that none is",
    ),
];

/// The codes of cases whose documents have several faults, and why.
const SEVERAL_FAULTS: &[(&str, &str)] = &[
    (
        "several-bodies",
        "the body that is sent is not fit for the media type of the other one",
    ),
    ("too-deep", "what is too deep in one way is so in another"),
    ("too-large", "each schema that is left out is a fault"),
];

/// What came of a case.
struct Outcome {
    /// The texts of help before its remedy was followed.
    help: Vec<String>,
    /// What is wrong with it.
    failure: Option<String>,
    /// The diagnostics of a fault that has several, in one version of OpenAPI or another.
    repeated: Vec<String>,
}

static OUTCOMES: LazyLock<Vec<Outcome>> = LazyLock::new(|| cases().iter().map(outcome).collect());

fn cases() -> Vec<Case> {
    [
        documents::cases(),
        extensions::cases(),
        files::cases(),
        lowering::cases(),
        openapi31::cases(),
        overlays::cases(),
        swagger2::cases(),
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

/// Follows the remedy of a case.
fn outcome(case: &Case) -> Outcome {
    let before = case.before.read();
    let after = case.after.read();
    let failure = if !codes(&before).contains(&case.code) {
        Some(format!(
            "{}: {:?}\n{}",
            case.code,
            codes(&before),
            case.before.text()
        ))
    } else if !codes(&after).is_empty() || after.summary.operations_skipped() > 0 {
        Some(format!(
            "{} after its remedy: {}\n{}{}\n{}",
            case.code,
            after.summary,
            case.after.text(),
            after.render_diagnostics(false),
            before.render_diagnostics(false),
        ))
    } else {
        None
    };
    let later = ["3.1.1", "3.2.0"].into_iter().filter_map(|version| {
        let text = std::str::from_utf8(&case.before.document).ok()?;
        let document = text.replacen("openapi: 3.0.3", &format!("openapi: {version}"), 1);
        let input = Input {
            document: document.into_bytes(),
            ..case.before.clone()
        };
        text.contains("openapi: 3.0.3").then(|| input.read())
    });
    let repeated = later
        .map(Some)
        .chain([None])
        .filter_map(|read| {
            let read = read.as_ref().unwrap_or(&before);
            let has_several = SEVERAL_FAULTS.iter().any(|(code, _)| *code == case.code);
            (read.diagnostics.len() > 1 && !has_several).then(|| read.render_diagnostics(false))
        })
        .collect();
    let diagnostics = before.diagnostics.iter();
    Outcome {
        help: diagnostics.map(|one| one.help.clone()).collect(),
        failure,
        repeated,
    }
}

#[test]
fn a_fault_has_one_diagnostic() {
    let repeated: Vec<&str> = OUTCOMES
        .iter()
        .flat_map(|one| one.repeated.iter().map(String::as_str))
        .collect();
    assert!(repeated.is_empty(), "{}", repeated.join("\n---\n"));
}

#[test]
fn a_remedy_that_is_followed_removes_the_diagnostic() {
    let failures = OUTCOMES.iter().filter_map(|one| one.failure.as_deref());
    let failures: Vec<&str> = failures.collect();
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

#[test]
fn every_text_of_help_is_followed_in_a_case() {
    let mut seen: BTreeSet<String> = imports::helps().into_iter().collect();
    seen.extend(OUTCOMES.iter().flat_map(|one| one.help.clone()));
    for call in callers::calls() {
        let read = Input::new(call.document).read();
        let diagnostics = read.diagnostics.iter();
        let of_code = diagnostics.filter(|one| one.code.as_str() == call.code);
        seen.extend(of_code.map(|one| one.help.clone()));
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let untested: Vec<String> = help::texts(&folder)
        .into_iter()
        .filter(|text| !seen.iter().any(|seen| help::is_made_of(seen, text)))
        .collect();
    let expected: Vec<&str> = WITHOUT_CASE.iter().map(|(text, _)| *text).collect();
    assert_eq!(untested, expected);
}
