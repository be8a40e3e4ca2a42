//! Documents read here mean what they mean to `serde_yaml`, which reads YAML for most of the field's tools.

use std::fs;
use std::path::Path;

use generator::diagnostic::Diagnostics;
use generator::source::Document;

/// What this crate reads, and what `serde_yaml` reads.
fn both(name: &str, text: &str) -> (serde_json::Value, serde_json::Value) {
    let mut diagnostics = Diagnostics::new();
    let document = Document::parse(name, text.as_bytes(), &mut diagnostics)
        .unwrap_or_else(|| panic!("{name} can't be read: {diagnostics:?}"));
    let mut other: serde_yaml::Value = serde_yaml::from_str(text).unwrap();
    other.apply_merge().unwrap();
    (
        document.value().to_json(),
        serde_json::to_value(other).unwrap(),
    )
}

#[test]
fn the_documents_of_this_workspace_are_read_alike() {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    for name in ["gitlab-pat.yaml", "gitlab-pat.overlay.yaml"] {
        let text = fs::read_to_string(spec.join(name)).unwrap();
        let (ours, theirs) = both(name, &text);
        assert_eq!(ours, theirs, "{name}");
    }
}

#[test]
fn real_documents_are_read_alike() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/specs");
    let Ok(entries) = fs::read_dir(&folder) else {
        println!(
            "no real documents at {}: nothing is compared",
            folder.display()
        );
        return;
    };
    for entry in entries {
        let path = entry.unwrap().path();
        if path
            .extension()
            .is_some_and(|extension| extension == "yaml")
        {
            let (ours, theirs) = both(
                &path.display().to_string(),
                &fs::read_to_string(&path).unwrap(),
            );
            assert!(ours == theirs, "{} is read differently", path.display());
        }
    }
}

#[test]
fn every_kind_of_scalar_and_collection_is_read_alike() {
    let text = "\
plain: text
quoted: 'it''s'
double: \"a\\tb\"
literal: |
  one
  two
folded: >-
  one
  two
numbers: [1, -2, 3.5, 1e3, 0x1f, 0o17]
truth: [true, false, True, yes, 'true']
nothing: [null, ~, '']
flow: {a: [1, {b: c}]}
base: &base {x: 1, y: 2}
merged: {<<: *base, y: 3}
alias: *base
200: status
";
    let (ours, theirs) = both("scalars.yaml", text);
    assert_eq!(ours, theirs);
}
