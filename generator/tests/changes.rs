//! The change report of two descriptions of a token API: each kind of difference, its sentence, its place and its verdict.

#[path = "changes/cases.rs"]
mod cases;

use std::fs;
use std::path::Path;

use cases::{CASES, edit};

use generator::changes::{Changes, Kind, Surface, Verdict, What, compare, insert};
use generator::{Source, read_model};

/// The public API of a document of the folder `tests/changes`, after edits.
fn surface(name: &str, edits: &[(&str, &str)]) -> Surface {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/changes");
    let text = fs::read_to_string(folder.join(name)).expect("a document of this test");
    let text = edit(&text, edits);
    let generated = read_model(
        Source {
            name,
            bytes: text.as_bytes(),
        },
        &[],
    );
    let diagnostics = generated.render_diagnostics(true);
    assert!(!generated.diagnostics.stops(true), "{diagnostics}");
    generated.surface("gitlab-pat").expect("a model")
}

/// What edits of the document before change.
fn edited(edits: &[(&str, &str)]) -> Changes {
    compare(&surface("before.yaml", &[]), &surface("before.yaml", edits))
}

fn both() -> Changes {
    compare(&surface("before.yaml", &[]), &surface("after.yaml", &[]))
}

#[test]
fn the_report_names_each_difference_with_its_place() {
    insta::assert_snapshot!(both().text(Some("0.3.1")));
}

#[test]
fn the_section_for_a_changelog_has_no_places() {
    insta::assert_snapshot!(both().markdown());
}

#[test]
fn the_report_in_json_has_a_place_for_each_difference() {
    let json: serde_json::Value = serde_json::from_str(&both().json()).expect("valid JSON");

    assert_eq!(json["verdict"], "major");
    let changes = json["changes"].as_array().expect("a list");
    let without: Vec<&str> = changes
        .iter()
        .filter(|change| change["line"].is_null() || change["file"].is_null())
        .filter_map(|change| change["path"].as_str())
        .collect();
    assert_eq!(without, [""; 0]);
    insta::assert_snapshot!(serde_json::to_string_pretty(&changes[0]).expect("valid JSON"));
}

#[test]
fn the_way_back_has_the_opposite_of_each_difference() {
    let back = compare(&surface("after.yaml", &[]), &surface("before.yaml", &[]));

    insta::assert_snapshot!(back.text(None));
}

#[test]
fn equal_descriptions_have_no_difference() {
    let changes = edited(&[]);

    assert_eq!(changes.list, []);
    assert_eq!(changes.verdict(), Verdict::None);
    assert_eq!(
        changes.text(Some("0.3.1")),
        "none (nothing changes for users)\n"
    );
}

#[test]
fn each_difference_alone_has_its_verdict() {
    for (name, verdict, edits) in CASES {
        let changes = edited(edits);
        assert_eq!(
            changes.verdict(),
            *verdict,
            "{name}\n{}",
            changes.text(None)
        );
        assert!(!changes.list.is_empty(), "{name}");
    }
}

#[test]
fn what_mentions_another_name_has_not_changed() {
    let changes = edited(&[
        ("    Owner:\n", "    TokenOwner:\n"),
        ("schemas/Owner'", "schemas/TokenOwner'"),
    ]);
    assert_eq!(changes.list.len(), 1, "{}", changes.text(None));

    let changes = edited(&[("x-rust-name: personal_access_tokens", "x-rust-name: tokens")]);
    insta::assert_snapshot!(changes.text(None));
}

/// Pairing each item with each other would not end here.
#[test]
fn many_types_of_one_shape_that_all_have_other_names_are_new_and_gone() {
    const COUNT: usize = 1000;
    let surface = |prefix: &str| {
        let schemas: String = (0..COUNT)
            .map(|index| format!("    {prefix}{index}: {{type: string, enum: [a, b]}}\n"))
            .collect();
        let members: String = (0..COUNT)
            .map(|index| {
                format!(
                    "        {prefix}{index}: {{$ref: '#/components/schemas/{prefix}{index}'}}\n"
                )
            })
            .collect();
        let edits = [(
            "    Problem:\n      type: object\n      properties:\n",
            format!("{schemas}    Problem:\n      type: object\n      properties:\n{members}"),
        )];
        let edits: Vec<(&str, &str)> = edits.iter().map(|(old, new)| (*old, &**new)).collect();
        surface("before.yaml", &edits)
    };
    let changes = compare(&surface("Old"), &surface("New"));

    let count = |what: What, kind: Kind| {
        let list = changes.list.iter();
        list.filter(|change| change.what == what && change.kind == kind)
            .count()
    };
    assert_eq!(count(What::Added, Kind::Type), COUNT);
    assert_eq!(count(What::Removed, Kind::Type), COUNT);
    assert_eq!(count(What::Renamed, Kind::Type), 0);
    assert_eq!(changes.verdict(), Verdict::Major);
}

#[test]
fn the_next_version_follows_from_the_verdict() {
    let cases = [
        (Verdict::None, "1.2.3", Some("1.2.3")),
        (Verdict::Patch, "1.2.3", Some("1.2.4")),
        (Verdict::Minor, "1.2.3", Some("1.3.0")),
        (Verdict::Major, "1.2.3", Some("2.0.0")),
        (Verdict::Minor, "0.2.3", Some("0.2.4")),
        (Verdict::Major, "0.2.3", Some("0.3.0")),
        (Verdict::Major, "0.0.3", Some("0.0.4")),
        (Verdict::Major, "1.0.0-rc.1", None),
    ];
    for (verdict, version, next) in cases {
        assert_eq!(
            verdict.next(version).as_deref(),
            next,
            "{verdict} {version}"
        );
    }
}

#[test]
fn a_changelog_gets_the_entries_below_its_own_headings() {
    let changelog = "# Changelog\n\n## Unreleased\n\n### Added\n\n- Something.\n\n## 0.1.0\n\n### Removed\n\n- Old.\n";
    let section = "### Added\n\n- `a`\n\n### Removed\n\n- `b` is gone\n";

    let expected = "# Changelog\n\n## Unreleased\n\n### Added\n\n- Something.\n- `a`\n\n### Removed\n\n- `b` is gone\n\n## 0.1.0\n\n### Removed\n\n- Old.\n";
    assert_eq!(insert(changelog, section), expected);

    let new = insert("# Changelog\n\n## 0.1.0\n\n- Old.\n", section);
    assert!(new.starts_with("# Changelog\n\n## Unreleased\n\n### Added\n\n- `a`\n\n### Removed\n\n- `b` is gone\n\n## 0.1.0\n"), "{new}");
}
