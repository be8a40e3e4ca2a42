//! Remedies that are followed in what an import is given.

use generator::Source;
use generator::diagnostic::Diagnostics;
use generator::import::{Kept, Request, import};
use generator::selection::Selection;
use generator::source::{LoadError, Loaded};

use super::input::operation;

/// A selection, a selector that is given beside it, and the same after a remedy.
struct Choice {
    kept: (&'static str, &'static str),
    given: (&'static str, &'static str),
}

fn choices() -> Vec<Choice> {
    let kept = |before, after| Choice {
        kept: (before, after),
        given: ("", ""),
    };
    vec![
        kept("- tag:a\n", "include:\n- tag:a\n"),
        kept("include: []\n", "include: [tag:a]\n"),
        kept("include: tag:a\n", "include:\n- tag:a\n"),
        kept("include: [a]\n", "include: [tag:a]\n"),
        kept("include: [1]\n", "include: ['tag:a']\n"),
        kept("includes: [tag:a]\n", "include: [tag:a]\n"),
        kept("keep-prose: 'yes'\n", "keep-prose: true\n"),
        kept("exclude: [tag:a]\n", "exclude: [tag:b]\n"),
        Choice {
            kept: ("exclude: ['path:/a']\n", "{}\n"),
            given: ("tag:a", "tag:a"),
        },
        Choice {
            kept: ("include: [tag:a]\n", "include: [tag:a]\n"),
            given: ("tag:b", "path:/a"),
        },
    ]
}

/// Imports a document of one operation with the tag `a`.
fn faults(kept: &str, given: &str) -> Vec<String> {
    match run(kept, given) {
        Ok(()) => Vec::new(),
        Err(faults) => faults.iter().map(|fault| fault.help.clone()).collect(),
    }
}

fn run(kept: &str, given: &str) -> Result<(), Diagnostics> {
    let mut kept = Kept::read(Source {
        name: "kept.yaml",
        bytes: kept.as_bytes(),
    })?;
    let selectors = [given].into_iter().filter(|text| !text.is_empty());
    let given = Selection {
        include: selectors.map(|text| text.parse().unwrap()).collect(),
        exclude: Vec::new(),
    };
    kept.selection.add(&given);
    let document = operation("tags: [a], operationId: b");
    import(&Request {
        published: Source {
            name: "api.yaml",
            bytes: document.as_bytes(),
        },
        files: &|_: &str| -> Result<Loaded, LoadError> { Err(LoadError::Missing) },
        kept: &kept,
        given: &given,
        earlier: None,
        overlays: &[],
    })
    .map(|_| ())
}

/// The remedies of the faults.
pub(crate) fn helps() -> Vec<String> {
    let choices = choices().into_iter();
    choices
        .flat_map(|choice| faults(choice.kept.0, choice.given.0))
        .collect()
}

#[test]
fn a_selection_whose_remedy_is_followed_has_no_fault() {
    for Choice { kept, given } in choices() {
        assert!(!faults(kept.0, given.0).is_empty(), "{kept:?} {given:?}");
        assert_eq!(faults(kept.1, given.1), Vec::<String>::new(), "{kept:?}");
    }
}
