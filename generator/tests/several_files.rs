//! Descriptions of several files: the overlays that correct them, and the file that a diagnostic names.

use generator::selection::Selection;
use generator::source::{Load, LoadError, Loaded};
use generator::{Generated, Source, read_model_with_files};

/// The files of a description, by their paths.
struct Files<'text>(&'text [(&'text str, &'text str)]);

impl Load for Files<'_> {
    fn load(&self, path: &str) -> Result<Loaded, LoadError> {
        let found = self.0.iter().find(|(name, _)| *name == path);
        let (name, text) = found.ok_or(LoadError::Missing)?;
        Ok(Loaded {
            name: (*name).to_owned(),
            bytes: text.as_bytes().to_vec(),
        })
    }
}

/// Reads files, of which the first is the entry document, with an overlay of these actions.
fn read(files: &[(&str, &str)], actions: &str) -> Generated {
    let overlay =
        format!("overlay: 1.0.0\ninfo: {{title: Corrections, version: '1'}}\nactions:\n{actions}");
    let overlays = [Source {
        name: "api.overlay.yaml",
        bytes: overlay.as_bytes(),
    }];
    let (name, text) = files.first().expect("an entry document");
    let entry = Source {
        name,
        bytes: text.as_bytes(),
    };
    let overlays = if actions.is_empty() {
        &[][..]
    } else {
        &overlays
    };
    read_model_with_files(entry, &Files(files), overlays, &Selection::default())
}

/// Asserts which diagnostics there are: the code, the file and the line of each.
#[track_caller]
fn assert_diagnosed(read: &Generated, expected: &[(&str, &str, usize)]) {
    let found: Vec<_> = read
        .diagnostics
        .iter()
        .map(|one| {
            let place = one.location.as_ref();
            let (file, line) = place.map_or(("", 0), |place| (place.file.as_str(), place.line));
            (one.code.as_str(), file, line)
        })
        .collect();
    assert_eq!(found, expected, "{}", read.render_diagnostics(false));
}

/// The names of the fields of the type that a description has.
#[track_caller]
fn fields(read: &Generated, name: &str) -> Vec<String> {
    let api = read.api.as_ref().expect("a model");
    let definition = api.types.iter().find(|one| one.name.as_str() == name);
    let definition = definition.unwrap_or_else(|| panic!("no {name}"));
    match &definition.kind {
        generator::model::TypeKind::Record(record) => record
            .fields
            .iter()
            .map(|field| format!("{}: {:?}", field.wire_name, field.type_ref))
            .collect(),
        other => panic!("{name} is {other:?}"),
    }
}

/// An entry document whose operation answers with the schema that `reference` names.
fn entry(declaration: &str, reference: &str) -> String {
    let response = if declaration.starts_with("swagger") {
        format!("{{description: ok, schema: {{$ref: '{reference}'}}}}")
    } else {
        format!(
            "{{description: ok, content: {{application/json: {{schema: {{$ref: '{reference}'}}}}}}}}"
        )
    };
    format!(
        "{declaration}\ninfo: {{title: Pets, version: '1'}}\npaths:\n  /pets:\n    get:\n      operationId: pets\n      responses: {{'200': {response}}}\n"
    )
}

const OPENAPI_30: &str = "openapi: 3.0.3";
const OPENAPI_31: &str = "openapi: 3.1.0";
const SWAGGER_20: &str = "swagger: '2.0'\nproduces: [application/json]";

#[test]
fn an_overlay_reaches_what_another_file_defines() {
    let entry = entry(OPENAPI_30, "pet.yaml");
    let pet =
        "type: object\nrequired: [id]\nproperties:\n  id: {type: string}\n  age: {type: intger}\n";
    let files = [("api.yaml", entry.as_str()), ("pet.yaml", pet)];
    assert_diagnosed(&read(&files, ""), &[("unknown-type", "pet.yaml", 5)]);

    let properties = "- target: $.components.schemas.pet.properties\n";
    let corrected = read(
        &files,
        &format!("{properties}  update: {{id: {{type: integer}}, age: {{type: integer}}}}\n"),
    );
    assert_diagnosed(&corrected, &[]);
    assert_eq!(
        fields(&corrected, "Pet"),
        ["id: Integer64", "age: Integer64"]
    );

    // What the overlay leaves is shown in the file that has it, what it adds in the overlay.
    let mixed = read(
        &files,
        &format!("{properties}  update: {{name: {{type: strng}}}}\n"),
    );
    assert_diagnosed(
        &mixed,
        &[
            ("unknown-type", "api.overlay.yaml", 5),
            ("unknown-type", "pet.yaml", 5),
        ],
    );
}

#[test]
fn an_overlay_is_written_in_the_dialect_of_the_files() {
    let pet = "type: object\nrequired: [id]\nproperties:\n  id: {type: string}\n";
    for (declaration, section, nullable) in [
        (SWAGGER_20, "definitions", "x-nullable: true"),
        (OPENAPI_30, "components.schemas", "nullable: true"),
        (OPENAPI_31, "components.schemas", "type: [string, 'null']"),
    ] {
        let entry = entry(declaration, "schemas/pet.yaml");
        let read = read(
            &[("api.yaml", entry.as_str()), ("schemas/pet.yaml", pet)],
            &format!("- target: $.{section}.pet.properties.id\n  update: {{{nullable}}}\n"),
        );
        assert_diagnosed(&read, &[]);
        let api = read.api.as_ref().expect("a model");
        let text = format!("{api:#?}");
        assert!(text.contains("RequiredNullable"), "{declaration}: {text}");
    }
}

#[test]
fn identifiers_of_another_file_are_resolved_or_reported() {
    let pet = "$id: https://pets.test/pet\ntype: object\nproperties:\n  owner: {$ref: '#owner'}\n  other: {$ref: 'https://pets.test/owner'}\n$defs:\n  owner: {$anchor: owner, type: string}\n  other: {$id: 'https://pets.test/owner', type: integer}\n";
    let entry = entry(OPENAPI_31, "pet.yaml");
    let resolved = read(&[("api.yaml", entry.as_str()), ("pet.yaml", pet)], "");
    assert_diagnosed(&resolved, &[]);
    assert_eq!(
        fields(&resolved, "Pet"),
        ["owner: String", "other: Integer64"]
    );

    let lost = "type: object\nproperties:\n  owner: {$ref: 'https://pets.test/nobody'}\n";
    let lost = read(&[("api.yaml", entry.as_str()), ("pet.yaml", lost)], "");
    assert_diagnosed(&lost, &[("external-reference", "pet.yaml", 3)]);
}

#[test]
fn a_callback_costs_nothing_whatever_it_refers_to() {
    let mut text = entry(OPENAPI_30, "pet.yaml");
    text.push_str(
        "      callbacks:\n        done: {'{$request.query.url}': {$ref: 'done.yaml#/item'}}\n",
    );
    let done = "item:\n  post:\n    requestBody: {content: {application/json: {schema: {$ref: pet.yaml}}}}\n    responses: {'204': {description: ok}}\n";
    let pet = "type: object\nproperties:\n  id: {type: string}\n";
    let files = [
        ("api.yaml", text.as_str()),
        ("done.yaml", done),
        ("pet.yaml", pet),
    ];
    let note = ("callbacks-ignored", "api.yaml", 8);
    let whole = read(&files, "");
    assert_diagnosed(&whole, &[note]);
    assert_eq!(fields(&whole, "Pet").len(), 1);

    // Nothing is made of a callback, so its file is not read.
    let without = read(&[("api.yaml", text.as_str()), ("pet.yaml", pet)], "");
    assert_diagnosed(&without, &[note]);
    assert_eq!(fields(&without, "Pet").len(), 1);
}
