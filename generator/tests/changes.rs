//! The change report of two descriptions of a token API: each kind of difference, its sentence, its place and its verdict.

#[path = "changes/cases.rs"]
mod cases;

use std::fs;
use std::path::Path;

use cases::{DOCUMENTS, Edit, KINDS, edit};

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
    let mut other = Vec::new();
    for (document, cases) in DOCUMENTS {
        let before = surface(document, &[]);
        for (name, verdict, edits) in cases {
            let changes = compare(&before, &surface(document, edits));
            if changes.verdict() != *verdict {
                other.push(format!("{name}: {}", changes.text(None)));
            }
        }
    }
    assert!(other.is_empty(), "{}", other.join("\n"));
}

/// What is called otherwise is compared as anything else is.
#[test]
fn a_new_name_hides_no_other_change() {
    let edits: &[(&str, &[Edit], &[&str])] = &[
        (
            "a type that the document calls as before",
            &[
                (
                    "    Owner:\n      type: object\n",
                    "    Owner:\n      x-rust-name: User\n      type: object\n",
                ),
                ("username: {type: string}", "username: {type: integer}"),
            ],
            &[
                "types::Owner is renamed to",
                "types::User::username is i64 instead of String",
            ],
        ),
        (
            "a member",
            &[(
                "username: {type: string}",
                "username: {type: integer, x-rust-field-name: login, deprecated: true}",
            )],
            &[
                "types::Owner::username is renamed to gitlab_pat::types::Owner::login",
                "types::Owner::login is i64 instead of String",
                "types::Owner::login is deprecated",
            ],
        ),
        (
            "an operation",
            &[(
                "      x-rust-name: get\n      tags: [Access tokens]\n      parameters:\n",
                "      x-rust-name: find\n      deprecated: true\n      tags: [Access tokens]\n      parameters:\n      - {name: with_owner, in: query, schema: {type: boolean}}\n",
            )],
            &[
                "get() is renamed to client.personal_access_tokens().find()",
                "find() is deprecated",
                "find().with_owner(): bool",
            ],
        ),
        (
            "a group",
            &[
                ("x-rust-name: personal_access_tokens", "x-rust-name: tokens"),
                (
                    "schema: {type: string, format: date-time}",
                    "schema: {type: string, format: date}",
                ),
            ],
            &[
                "client.personal_access_tokens() is renamed to client.tokens()",
                "client.tokens().list().created_after() takes Date instead of Timestamp",
            ],
        ),
        (
            "a parameter that callers set",
            &[(
                "name: user_id, in: query, schema: {type: integer, format: int64}",
                "name: user_id, in: query, x-rust-name: user, schema: {type: string}",
            )],
            &[
                "list().user_id() is renamed to client.personal_access_tokens().list().user()",
                "list().user() takes String instead of i64",
            ],
        ),
    ];
    for (name, edits, expected) in edits {
        let text = edited(edits).text(None);
        for sentence in *expected {
            assert!(text.contains(sentence), "{name}: {sentence}\n{text}");
        }
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

/// The sentence of an edit of `kinds.yaml`.
fn sentence(edits: &[(&str, &str)]) -> String {
    let changes = compare(&surface("kinds.yaml", &[]), &surface("kinds.yaml", edits));
    changes.text(None)
}

#[test]
fn a_member_that_may_be_null_is_not_said_to_be_absent() {
    let edit = (
        "required: [id, amount, level]",
        "required: [id, amount, level, note]",
    );
    let optional = sentence(&[edit]);
    let nullable = sentence(&[
        edit,
        (
            "note: {type: string}",
            "note: {type: string, nullable: true}",
        ),
    ]);
    let was_required = sentence(&[(
        "from: {type: integer}",
        "from: {type: integer, nullable: true}",
    )]);

    assert!(
        optional.contains("note is always there: String"),
        "{optional}"
    );
    assert!(!nullable.contains("absent: "), "{nullable}");
    assert!(
        was_required.contains("from may be null: Option<i64> instead of i64"),
        "{was_required}"
    );
}

#[test]
fn an_order_that_programs_see_is_reported() {
    let values = sentence(&[("[small, middle, big]", "[big, small, middle]")]);
    let types = sentence(&[(
        "      - {type: string}\n      - {type: integer, format: int64}\n",
        "      - {type: integer, format: int64}\n      - {type: string}\n",
    )]);

    assert!(
        values.contains("types::Kind sorts its values in another order: Big, Small, Middle instead of Small, Middle, Big"),
        "{values}"
    );
    assert!(
        types.contains("order in which variants are tried"),
        "{types}"
    );
}

#[test]
fn an_argument_of_several_operations_is_one_entry() {
    let text = sentence(&[(
        "  /things/{id}:\n",
        "  /things/{id}:\n    parameters: [{name: reason, in: query, required: true, schema: {type: string}}]\n",
    )]);

    assert!(
        text.contains("things().replace() requires the new argument reason: String; likewise client.things().delete()\n"),
        "{text}"
    );
}

#[test]
fn a_body_that_is_always_sent_is_reported() {
    let (_, _, edits) = KINDS
        .iter()
        .find(|case| case.0 == "a body that is required")
        .expect("a case");

    let text = sentence(edits);
    assert!(
        text.contains("request body application/json instead of application/json where it is set"),
        "{text}"
    );
}

#[test]
fn an_implementation_that_needed_a_feature_is_no_loss() {
    let (_, _, edits) = KINDS
        .iter()
        .find(|case| case.0 == "a response that callers build")
        .expect("a case");
    let before = surface("kinds.yaml", &[]);
    let after = surface("kinds.yaml", edits);

    let text = compare(&before, &after).text(None);
    assert!(
        text.contains("types::Job implements Serialize without the feature serialize-secrets"),
        "{text}"
    );
    let back = compare(&after, &before).text(None);
    assert!(
        back.contains(
            "types::Job no longer implements Serialize without the feature serialize-secrets"
        ),
        "{back}"
    );
}

#[test]
fn a_changelog_gets_the_entries_below_its_own_headings() {
    let changelog = "# Changelog\n\n## Unreleased\n\n### Added\n\n- Something.\n\n## 0.1.0\n\n### Removed\n\n- Old.\n";
    let section = "### Added\n\n- `a`\n\n### Removed\n\n- `b` is gone\n";

    let expected = "# Changelog\n\n## Unreleased\n\n### Added\n\n- Something.\n- `a`\n\n### Removed\n\n- `b` is gone\n\n## 0.1.0\n\n### Removed\n\n- Old.\n";
    assert_eq!(insert(changelog, section).as_deref(), Some(expected));
    assert_eq!(insert(expected, section), None);

    let new = insert("# Changelog\n\n## 0.1.0\n\n- Old.\n", section).expect("another text");
    assert!(new.starts_with("# Changelog\n\n## Unreleased\n\n### Added\n\n- `a`\n\n### Removed\n\n- `b` is gone\n\n## 0.1.0\n"), "{new}");
}

#[test]
fn what_is_in_a_changelog_is_neither_lost_nor_added_twice() {
    let section = "### Added\n\n- `a`\n- `b`\n\n### Changed\n\n- `c`\n";
    let changelogs = [
        // As Keep a Changelog writes it.
        "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- By hand.\n- `a`\n\n### Fixed\n\nWords.\n\n## [0.1.0] - 2026-01-01\n\n### Added\n\n- `b`\n\n[unreleased]: https://example.com\n",
        "# Changelog\n\n## Unreleased\n\n### Added\n\n- By hand,\n  on two lines.\n",
        "# Changelog\r\n\r\n## unreleased\r\n\r\n- By hand.\r\n",
        "# Changelog\n\n[unreleased]: https://example.com\n",
        "",
    ];
    for changelog in changelogs {
        let new = insert(changelog, section).expect("another text");
        let mut lines = new.lines();
        for line in changelog.lines().filter(|line| !line.is_empty()) {
            assert!(
                lines.any(|new| new == line),
                "{line} is lost or moved in {new}"
            );
        }
        assert_eq!(new.matches("- `a`").count(), 1, "{new}");
        assert_eq!(new.matches("- `c`").count(), 1, "{new}");
        assert_eq!(
            new.to_lowercase().matches("## unreleased").count()
                + new.matches("## [Unreleased]").count(),
            1,
            "{new}"
        );
        assert_eq!(new.contains("\r\n"), changelog.contains("\r\n"));
        assert_eq!(
            new.matches('\r').count(),
            if changelog.contains('\r') {
                new.lines().count()
            } else {
                0
            }
        );
        assert_eq!(insert(&new, section), None, "{new}");
    }
    // What is only documented anew is no entry.
    assert_eq!(insert("# Changelog\n", ""), None);
}

#[test]
fn a_definition_of_a_link_among_the_entries_ends_no_part() {
    let changelog = "# Changelog\n\n## Unreleased\n\n### Added\n\n- More, as in [#1].\n\n[#1]: https://example.com/1\n\n### Removed\n\n- Old.\n\n[Unreleased]: https://example.com\n";
    let section = "### Added\n\n- `a`\n\n### Removed\n\n- Old.\n- `b` is gone\n";

    let new = insert(changelog, section).expect("another text");

    let expected = "# Changelog\n\n## Unreleased\n\n### Added\n\n- More, as in [#1].\n\n[#1]: https://example.com/1\n- `a`\n\n### Removed\n\n- Old.\n- `b` is gone\n\n[Unreleased]: https://example.com\n";
    assert_eq!(new, expected);
}

#[test]
fn each_line_of_a_changelog_keeps_its_end() {
    let section = "### Added\n\n- `a`\n";
    let one = "# Changelog\n\n## Unreleased\n\n### Added\n\n- More.\r\n- Last.";
    let most = "# Changelog\r\n\r\n## Unreleased\r\n\r\n### Added\r\n\n- More.\r\n";

    assert_eq!(insert(one, section), Some(format!("{one}\n- `a`\n")));
    assert_eq!(insert(most, section), Some(format!("{most}- `a`\r\n")));
}
