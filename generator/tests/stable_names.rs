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

/// What is appended: operations of the given groups, each with types of its own, of which one has the name of an operation that there is,
/// and a schema.
fn appended(api: &Api, tags: &[&str], is_swagger2: bool) -> String {
    let text = |text: &str| serde_json::to_string(text).unwrap();
    let schema =
        "{type: object, properties: {appended: {type: object, properties: {a: {type: integer}}}}}";
    let response = if is_swagger2 {
        format!("{{description: OK, schema: {schema}}}")
    } else {
        format!("{{description: OK, content: {{application/json: {{schema: {schema}}}}}}}")
    };
    let mut paths = Vec::new();
    for (index, tag) in tags.iter().enumerate() {
        let group = api.groups.iter().find(|group| group.tag == *tag);
        let first = group.and_then(|group| group.operations.first());
        let twin = first.filter(|operation| !operation.path.contains('{'));
        paths.extend(twin.map(|operation| {
            format!(
                "{}: {{{}: {{tags: [{}], operationId: {}, responses: {{'200': {response}}}}}}}",
                text(&format!("{}/", operation.path)),
                operation.method.as_str().to_lowercase(),
                text(tag),
                text(&format!("{}_", operation.id)),
            )
        }));
        let path = first
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
    let schemas = if is_swagger2 {
        format!("{{definitions: {schemas}}}")
    } else {
        format!("{{components: {{schemas: {schemas}}}}}")
    };
    let schemas = [("$", schemas)];
    let paths = [("$.paths", format!("{{{}}}", paths.join(", ")))];
    overlay(&[schemas, paths].concat())
}

/// Where names of operations come from.
const STYLES: &[&str] = &["path", "id"];

/// Asserts that what is appended to a document changes nothing else. Names are declared to come from each of these.
fn assert_stable(name: &str, overlays: &[&str], styles: &[&str]) {
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
    // Where nothing is declared, each group shows where names come from, so only new groups get operations.
    let new_group = ["Appended group"];
    assert_kept(name, &published, &bytes, &overlays, &new_group);
    for style in styles {
        let mut overlays = overlays.clone();
        let style = format!("{{x-operation-names: {{from: {style}}}}}");
        overlays.push(overlay(&[("$", style)]));
        let before = read(name, &bytes, &overlays);
        assert_kept(name, &before, &bytes, &overlays, &some);
    }
}

/// Asserts that operations that are appended to groups change no name.
fn assert_kept(name: &str, before: &Generated, bytes: &[u8], overlays: &[String], tags: &[&str]) {
    let api = before.api.as_ref().expect("a model");
    let mut overlays = overlays.to_vec();
    overlays.push(appended(api, tags, name.contains("swagger2")));
    let after = read(name, bytes, &overlays);
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
    assert!(other.is_empty(), "{name}, {tags:?}: {other:#?}");
    assert_unique(name, after.api.as_ref().expect("a model"));
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
            assert_short(document, one.name.as_str());
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
            assert_short(document, name);
        }
    }
}

/// Asserts that a name has a usual length, apart from the number that tells it from an equal one.
fn assert_short(document: &str, name: &str) {
    let unnumbered = name.trim_end_matches(|last: char| last.is_ascii_digit() || last == '_');
    assert!(unnumbered.len() <= 60, "{document}: {name}");
}

#[test]
fn of_this_client() {
    assert_stable(
        "spec/gitlab-pat.yaml",
        &["spec/gitlab-pat.overlay.yaml"],
        STYLES,
    );
    assert_stable("spec/gitlab-pat.yaml", &[], STYLES);
}

#[test]
fn of_a_small_document() {
    assert_stable("generator/tests/documents/workshop.yaml", &[], STYLES);
}

#[test]
fn of_petstore() {
    assert_stable("../shared/specs/petstore.yaml", &[], STYLES);
}

#[test]
fn of_box() {
    assert_stable("../shared/specs/box.json", &[], STYLES);
}

#[test]
fn of_figma() {
    assert_stable("../shared/specs/figma.yaml", &[], STYLES);
}

#[test]
fn of_discord() {
    assert_stable("../shared/specs/discord.json", &[], STYLES);
}

/// Large documents are read less often: as their ids and paths ask for.
#[test]
fn of_github() {
    assert_stable("../shared/specs/github.json", &[], &["id"]);
}

#[test]
fn of_the_whole_of_gitlab() {
    assert_stable("../shared/specs/gitlab-openapi3.yaml", &[], &["path"]);
}

#[test]
fn of_the_whole_of_gitlab_in_swagger_2() {
    assert_stable("../shared/specs/gitlab-swagger2.yaml", &[], &[]);
}
