//! Names are unique, short, and stay when a document grows: operations and schemas that are appended change none of the others.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use generator::changes::{What, compare};
use generator::model::{Api, TypeKind};
use generator::{Generated, Source, read_model};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// A document, as far as it is at hand.
fn document(name: &str) -> Option<Vec<u8>> {
    let bytes = fs::read(Path::new(FOLDER).join(name)).ok();
    if bytes.is_none() {
        println!("{name} is not at hand: nothing is appended to it");
    }
    bytes
}

fn read(name: &str, bytes: &[u8], overlays: &[String]) -> Generated {
    let overlays: Vec<Source<'_>> = overlays
        .iter()
        .map(|text| Source {
            name: "overlay.yaml",
            bytes: text.as_bytes(),
        })
        .collect();
    read_model(Source { name, bytes }, &overlays)
}

/// An overlay of one update for each target.
fn overlay(updates: &[(&str, String)]) -> String {
    let mut text = "overlay: 1.0.0\ninfo: {title: More, version: '1'}\nactions:\n".to_owned();
    for (target, update) in updates {
        writeln!(text, "- target: {target}\n  update: {update}").unwrap();
    }
    text
}

/// What is appended: operations of the given groups and of a new one, each with types of its own, and a schema.
fn appended(api: &Api, tags: &[&str]) -> String {
    let text = |text: &str| serde_json::to_string(text).unwrap();
    let schema =
        "{type: object, properties: {appended: {type: object, properties: {a: {type: integer}}}}}";
    let response =
        format!("{{description: OK, content: {{application/json: {{schema: {schema}}}}}}}");
    let mut paths = Vec::new();
    for (index, tag) in tags.iter().enumerate() {
        let path = api
            .groups
            .iter()
            .find(|group| group.tag == *tag)
            .and_then(|group| group.operations.first())
            .or_else(|| api.operations().next())
            .map_or("/", |operation| &operation.path);
        // A path without parameters, below one that there is.
        let path = path.split('{').next().unwrap_or(path).trim_end_matches('/');
        for (method, id) in [
            ("get", String::new()),
            (
                "post",
                format!(
                    "operationId: {tag_id}, ",
                    tag_id = text(&format!("appendedAs{index}"))
                ),
            ),
        ] {
            paths.push(format!(
                "{}: {{{method}: {{tags: [{}], {id}responses: {{'200': {response}}}}}}}",
                text(&format!("{path}/appended-{method}-{index}")),
                text(tag)
            ));
        }
    }
    let schemas = [format!("AppendedOne: {schema}")];
    let schemas = format!("{{{}}}", schemas.join(", "));
    let schemas = [("$", format!("{{components: {{schemas: {schemas}}}}}"))];
    let paths = [("$.paths", format!("{{{}}}", paths.join(", ")))];
    overlay(&[schemas, paths].concat())
}

/// Asserts that what is appended to a document changes nothing else.
fn assert_stable(name: &str, overlays: &[&str]) {
    let Some(bytes) = document(name) else {
        return;
    };
    let overlays: Vec<String> = overlays
        .iter()
        .map(|name| String::from_utf8(document(name).expect("an overlay")).unwrap())
        .collect();
    let published = read(name, &bytes, &overlays);
    let api = published.api.as_ref().expect("a model");
    assert_unique(name, api);
    let tags: Vec<&str> = api.groups.iter().map(|group| group.tag.as_str()).collect();
    let some: Vec<&str> = tags
        .iter()
        .step_by(tags.len().div_ceil(8))
        .copied()
        .collect();
    let from = |style: &str| overlay(&[("$", format!("{{x-operation-names: {{from: {style}}}}}"))]);
    // Where nothing is declared, each group shows where names come from, so only new groups get operations.
    let cases = [
        (None, vec!["Appended group"]),
        (Some(from("path")), some.clone()),
        (Some(from("id")), some),
    ];
    for (style, tags) in cases {
        let mut all = overlays.clone();
        all.extend(style.clone());
        let before = read(name, &bytes, &all);
        all.push(appended(api, &tags));
        let after = read(name, &bytes, &all);
        let changes = compare(
            &before.surface("client").expect("a model"),
            &after.surface("client").expect("a model"),
        );
        let added = changes.list.iter().filter(|one| one.what == What::Added);
        assert!(
            added.count() >= 2 * tags.len(),
            "{name}: {}",
            changes.text(None)
        );
        let other: Vec<String> = changes
            .list
            .iter()
            .filter(|one| one.what != What::Added)
            .map(|one| {
                format!(
                    "{:?} {} {:?} {:?}",
                    one.what, one.path, one.before, one.after
                )
            })
            .collect();
        assert!(other.is_empty(), "{name}, {style:?}: {other:#?}");
        assert_unique(name, after.api.as_ref().expect("a model"));
    }
}

/// Asserts that no two things of one scope have one name, and that made-up names are of a usual length.
fn assert_unique(document: &str, api: &Api) {
    let mut types = BTreeSet::new();
    for one in &api.types {
        assert!(types.insert(one.name.as_str()), "{document}: {}", one.name);
        if let TypeKind::Record(record) = &one.kind {
            let names: BTreeSet<&str> = record
                .fields
                .iter()
                .map(|field| field.name.as_str())
                .collect();
            assert_eq!(names.len(), record.fields.len(), "{document}: {}", one.name);
        }
        if one.schema_name.is_none() {
            assert!(one.name.as_str().len() <= 60, "{document}: {}", one.name);
        }
    }
    for group in &api.groups {
        let operations = &group.operations;
        let names: BTreeSet<&str> = operations.iter().map(|one| one.name.as_str()).collect();
        let builders: BTreeSet<&str> = operations
            .iter()
            .map(|one| one.type_name.as_str())
            .collect();
        assert_eq!(names.len(), operations.len(), "{document}: {}", group.name);
        assert_eq!(
            builders.len(),
            operations.len(),
            "{document}: {}",
            group.name
        );
        for name in names.iter().chain(&builders) {
            assert!(name.len() <= 60, "{document}: {name}");
        }
    }
}

#[test]
fn of_this_client() {
    assert_stable("spec/gitlab-pat.yaml", &["spec/gitlab-pat.overlay.yaml"]);
    assert_stable("spec/gitlab-pat.yaml", &[]);
}

#[test]
fn of_a_small_document() {
    assert_stable("generator/tests/documents/workshop.yaml", &[]);
}

#[test]
fn of_petstore() {
    assert_stable("../shared/specs/petstore.yaml", &[]);
}

#[test]
fn of_box() {
    assert_stable("../shared/specs/box.json", &[]);
}

#[test]
fn of_figma() {
    assert_stable("../shared/specs/figma.yaml", &[]);
}
