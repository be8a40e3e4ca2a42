use serde_json::{Value as Json, json};

use super::bundle;
use crate::diagnostic::{Diagnostics, Pointer, Severity, render};
use crate::source::{Document, LoadError, Loaded};

/// Bundles files, of which the first is the entry document.
fn run(files: &[(&str, &str)]) -> (Document, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let (name, text) = files.first().expect("an entry document");
    let mut document =
        Document::parse(name, text.as_bytes(), &mut diagnostics).expect("a document");
    let load = |path: &str| {
        if path.starts_with("..") {
            return Err(LoadError::Outside);
        }
        let file = files.iter().find(|(name, _)| *name == path);
        let is_folder = files
            .iter()
            .any(|(name, _)| name.starts_with(&format!("{path}/")));
        match file {
            Some((name, text)) => Ok(Loaded {
                name: (*name).to_owned(),
                bytes: text.as_bytes().to_vec(),
            }),
            None if is_folder => Err(LoadError::Folder),
            None => Err(LoadError::Missing),
        }
    };
    bundle(&mut document, &load, 1, &mut diagnostics);
    diagnostics.locate(&[&document]);
    (document, diagnostics)
}

/// Bundles files without a fault.
#[track_caller]
fn bundled(files: &[(&str, &str)]) -> Json {
    let (document, diagnostics) = run(files);
    assert!(diagnostics.is_empty(), "{}", render(&diagnostics, false));
    document.value().to_json()
}

#[track_caller]
fn at<'json>(document: &'json Json, pointer: &str) -> &'json Json {
    let found = document.pointer(pointer);
    found.unwrap_or_else(|| panic!("no {pointer} in {document:#}"))
}

#[test]
fn path_items_take_the_place_of_references_and_schemas_become_components() {
    let document = bundled(&[
        (
            "api.yaml",
            "openapi: 3.0.3\npaths:\n  /pets:\n    $ref: paths/pets.yaml\n",
        ),
        (
            "paths/pets.yaml",
            "get:\n  parameters:\n  - $ref: '../common.yaml#/parameters/limit'\n  responses:\n    '200':\n      content:\n        application/json:\n          schema: {$ref: ../schemas/pet.json}\n",
        ),
        (
            "schemas/pet.json",
            r##"{"type": "object", "properties": {"owner": {"$ref": "owner.yaml#"}, "id": {"$ref": "#/$defs/id"}}, "$defs": {"id": {"type": "integer"}}}"##,
        ),
        ("schemas/owner.yaml", "type: string"),
        (
            "common.yaml",
            "parameters:\n  limit: {name: limit, in: query, schema: {type: integer}}\n",
        ),
    ]);
    let get = at(&document, "/paths/~1pets/get");
    assert_eq!(
        at(get, "/parameters/0"),
        &json!({"$ref": "#/components/parameters/limit"})
    );
    assert_eq!(
        at(get, "/responses/200/content/application~1json/schema"),
        &json!({"$ref": "#/components/schemas/pet"})
    );
    let schemas = at(&document, "/components/schemas");
    assert_eq!(
        at(schemas, "/pet/properties/owner/$ref"),
        "#/components/schemas/owner"
    );
    assert_eq!(
        at(schemas, "/pet/properties/id/$ref"),
        "#/components/schemas/id"
    );
    assert_eq!(at(schemas, "/owner"), &json!({"type": "string"}));
    assert_eq!(at(schemas, "/id"), &json!({"type": "integer"}));
    assert_eq!(at(&document, "/components/parameters/limit/name"), "limit");
}

#[test]
fn components_keep_their_names() {
    let document = bundled(&[
        (
            "api.yaml",
            "openapi: 3.1.0\ncomponents:\n  schemas:\n    Pet: {$ref: schemas/a-pet.yaml}\n    Same: {$ref: schemas/a-pet.yaml}\n    Own: {type: integer}\n",
        ),
        (
            "schemas/a-pet.yaml",
            "properties:\n  pet: {$ref: '../api.yaml#/components/schemas/Pet'}\n  own: {$ref: '../api.yaml#/components/schemas/Own', description: kept}\n  self: {$ref: './../schemas/a-pet.yaml'}\n",
        ),
    ]);
    assert_eq!(
        at(&document, "/components/schemas"),
        &json!({
            "Pet": {"properties": {
                "pet": {"$ref": "#/components/schemas/Pet"},
                "own": {"$ref": "#/components/schemas/Own", "description": "kept"},
                "self": {"$ref": "#/components/schemas/Pet"},
            }},
            "Same": {"$ref": "#/components/schemas/Pet"},
            "Own": {"type": "integer"},
        })
    );
}

#[test]
fn whole_maps_and_lists_of_components_by_file() {
    let document = bundled(&[
        (
            "api.yaml",
            "openapi: 3.0.3\ninfo: {$ref: info.yaml}\npaths: {$ref: paths.yaml}\ncomponents: {$ref: 'components/index.yaml'}\n",
        ),
        (
            "info.yaml",
            "title: {$ref: 'texts.yaml#/title'}\nversion: '1'\n",
        ),
        ("texts.yaml", "title: Pets\n"),
        (
            "paths.yaml",
            "/pets: {get: {$ref: 'operations.yaml#/get~1pets'}}\n",
        ),
        (
            "operations.yaml",
            "get/pets: {responses: {default: {content: {a/b: {schema: {$ref: 'api.yaml#/components/schemas/Pet'}}}}}}\n",
        ),
        ("components/index.yaml", "schemas: {$ref: _schemas.yaml}\n"),
        (
            "components/_schemas.yaml",
            "Pet: {$ref: pet.yaml}\nPets: {items: {$ref: '#/Pet'}}\n",
        ),
        ("components/pet.yaml", "type: object\n"),
    ]);
    assert_eq!(at(&document, "/info/title"), "Pets");
    assert_eq!(
        at(
            &document,
            "/paths/~1pets/get/responses/default/content/a~1b/schema/$ref"
        ),
        "#/components/schemas/Pet"
    );
    assert_eq!(
        at(&document, "/components/schemas"),
        &json!({"Pet": {"type": "object"}, "Pets": {"items": {"$ref": "#/components/schemas/Pet"}}})
    );
}

#[test]
fn cycles_between_files_end_in_components() {
    let document = bundled(&[
        (
            "api.yaml",
            "openapi: 3.0.3\npaths: {/x: {get: {responses: {default: {content: {a/b: {schema: {$ref: s/node.yaml}}}}}}}}\n",
        ),
        (
            "s/node.yaml",
            "properties: {tree: {$ref: ../t/tree.yaml}, next: {$ref: node.yaml}}\n",
        ),
        ("t/tree.yaml", "items: {$ref: ../s/node.yaml}\n"),
    ]);
    assert_eq!(
        at(&document, "/components/schemas"),
        &json!({
            "node": {"properties": {
                "tree": {"$ref": "#/components/schemas/tree"},
                "next": {"$ref": "#/components/schemas/node"},
            }},
            "tree": {"items": {"$ref": "#/components/schemas/node"}},
        })
    );
}

#[test]
fn names_that_two_files_give_are_told_apart() {
    let (document, diagnostics) = run(&[
        (
            "api.yaml",
            "openapi: 3.0.3\ncomponents:\n  schemas:\n    A:\n      properties:\n        a: {$ref: cats/pet.yaml}\n        b: {$ref: dogs/pet.yaml}\n        c: {$ref: 'more.yaml#/A'}\n        d: {$ref: 'dogs/pet.yaml'}\n",
        ),
        ("cats/pet.yaml", "type: string"),
        ("dogs/pet.yaml", "type: integer"),
        ("more.yaml", "A: {type: boolean}"),
    ]);
    let document = document.value().to_json();
    let properties = at(&document, "/components/schemas/A/properties");
    assert_eq!(at(properties, "/a/$ref"), "#/components/schemas/pet");
    assert_eq!(at(properties, "/b/$ref"), "#/components/schemas/dogs_pet");
    assert_eq!(at(properties, "/c/$ref"), "#/components/schemas/more_A");
    assert_eq!(at(properties, "/d/$ref"), "#/components/schemas/dogs_pet");
    let found: Vec<_> = diagnostics
        .iter()
        .map(|one| (one.code.as_str(), one.location.as_ref().map(|at| at.line)))
        .collect();
    assert_eq!(
        found,
        [
            ("renamed-component", Some(7)),
            ("renamed-component", Some(8))
        ]
    );
}

#[test]
fn swagger_2_has_its_components_elsewhere() {
    let document = bundled(&[
        (
            "api.json",
            r#"{"swagger": "2.0", "paths": {"/x": {"get": {"parameters": [{"$ref": "more.yaml#/parameters/p"}], "responses": {"200": {"schema": {"$ref": "more.yaml#/definitions/Pet"}}}}}}}"#,
        ),
        (
            "more.yaml",
            "swagger: '2.0'\nparameters: {p: {name: p, in: query, type: string}}\ndefinitions:\n  Pet: {allOf: [{$ref: '#/definitions/Base'}]}\n  Base: {type: object}\n",
        ),
    ]);
    assert_eq!(at(&document, "/parameters/p/type"), "string");
    assert_eq!(
        at(&document, "/definitions/Pet/allOf/0/$ref"),
        "#/definitions/Base"
    );
    assert_eq!(at(&document, "/definitions/Base/type"), "object");
    assert_eq!(
        at(&document, "/paths/~1x/get/responses/200/schema/$ref"),
        "#/definitions/Pet"
    );
}

#[test]
fn mappings_of_discriminators_are_references() {
    let document = bundled(&[
        (
            "api.yaml",
            "openapi: 3.0.3\ncomponents: {schemas: {Pet: {$ref: pet.yaml}}}\n",
        ),
        (
            "pet.yaml",
            "oneOf: [{$ref: cat.yaml}, {$ref: '#/dog'}]\ndiscriminator: {propertyName: kind, mapping: {cat: cat.yaml, dog: '#/dog', bird: Bird}}\ndog: {type: object}\n",
        ),
        ("cat.yaml", "type: object\n"),
    ]);
    assert_eq!(
        at(&document, "/components/schemas/Pet/discriminator/mapping"),
        &json!({"cat": "#/components/schemas/cat", "dog": "#/components/schemas/dog", "bird": "Bird"})
    );
}

#[test]
fn data_that_looks_like_a_reference_stays_as_it_is() {
    let text = "openapi: 3.0.3\ncomponents:\n  schemas:\n    A: {example: {$ref: missing.yaml}, properties: {$ref: {type: string}}}\nx-more: {$ref: missing.yaml}\n";
    let document = bundled(&[("api.yaml", text)]);
    assert_eq!(at(&document, "/x-more/$ref"), "missing.yaml");
    assert_eq!(
        at(&document, "/components/schemas/A/example/$ref"),
        "missing.yaml"
    );
    assert_eq!(
        at(&document, "/components/schemas/A/properties/$ref/type"),
        "string"
    );
}

/// Bundles a document whose only schema refers to `reference`, which is in `line` of `file`.
#[track_caller]
fn assert_fault(reference: &str, code: &str, remedy: &str) {
    let inner = format!("type: object\nproperties:\n  a:\n    $ref: '{reference}'\n");
    let (document, diagnostics) = run(&[
        (
            "api.yaml",
            "openapi: 3.0.3\ncomponents: {schemas: {A: {$ref: s/inner.yaml}}}\n",
        ),
        ("s/inner.yaml", &inner),
        ("s/more/list.yaml", "a: 1"),
        ("s/broken.yaml", "a: [1\nb: }"),
        ("s/loop.yaml", "$ref: 'loop2.yaml#/x'"),
        ("s/loop2.yaml", "x: {$ref: loop.yaml}"),
    ]);
    let rendered = render(&diagnostics, false);
    let all: Vec<_> = diagnostics.iter().collect();
    let [one] = all.as_slice() else {
        panic!("{reference}: expected one diagnostic\n{rendered}");
    };
    assert_eq!(one.code.as_str(), code, "{rendered}");
    assert!(one.help.contains(remedy), "{rendered}");
    assert!(!diagnostics.has_fatal(), "{rendered}");
    let property = Pointer::parse("/components/schemas/A/properties/a").expect("a pointer");
    let property = document.get(&property).expect("a property");
    assert_eq!(property.to_json(), json!({}), "{reference}");
    let (file, line) = match reference {
        "broken.yaml" => ("s/broken.yaml", 2),
        "loop.yaml" => return,
        _ => ("s/inner.yaml", 4),
    };
    let location = one.location.as_ref().expect("a place");
    assert_eq!(
        (location.file.as_str(), location.line),
        (file, line),
        "{rendered}"
    );
}

#[test]
fn faults_are_reported_once_in_the_file_that_has_them() {
    for (reference, code, remedy) in [
        ("missing.yaml", "missing-file", "relative to this file"),
        ("more", "missing-file", "name a file in it"),
        ("../../outside.yaml", "external-reference", "--allow-root"),
        (
            "/etc/api.yaml",
            "external-reference",
            "relative to this file",
        ),
        (
            "C:\\api.yaml",
            "external-reference",
            "relative to this file",
        ),
        ("more/list.yaml#b", "external-reference", "file.yaml#/"),
        (
            "more/list.yaml#/b",
            "dangling-reference",
            "correct the reference",
        ),
        ("broken.yaml", "syntax", ""),
        ("loop.yaml", "reference-loop", "write out"),
    ] {
        assert_fault(reference, code, remedy);
    }
}

#[test]
fn what_takes_its_own_place_is_a_loop() {
    let (_, diagnostics) = run(&[
        (
            "api.yaml",
            "openapi: 3.0.3\npaths: {/x: {$ref: item.yaml}}\n",
        ),
        (
            "item.yaml",
            "get: {responses: {$ref: 'item.yaml#/get/responses'}}\n",
        ),
    ]);
    let codes: Vec<_> = diagnostics.iter().map(|one| one.code.as_str()).collect();
    assert_eq!(codes, ["reference-loop"]);
}

#[test]
fn what_grows_beyond_all_bounds_is_cut() {
    let entry = "openapi: 3.0.3\ncomponents: {schemas: {A: {properties: {$ref: '0.yaml'}}}}\n";
    let texts: Vec<(String, String)> = (0..40)
        .map(|number| {
            let next = format!("{{properties: {{$ref: '{}.yaml'}}}}", number + 1);
            (format!("{number}.yaml"), format!("a: {next}\nb: {next}\n"))
        })
        .collect();
    let mut files = vec![("api.yaml", entry), ("40.yaml", "a: {}")];
    files.extend(
        texts
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str())),
    );
    let (_, diagnostics) = run(&files);
    let codes: Vec<_> = diagnostics.iter().map(|one| one.code.as_str()).collect();
    assert!(
        !codes.is_empty() && codes.iter().all(|code| *code == "too-deep"),
        "{codes:?}"
    );
}

#[test]
fn names_of_schemas_are_those_of_their_file() {
    let document = bundled(&[
        (
            "api.yaml",
            "openapi: 3.1.0\npaths: {}\ncomponents:\n  schemas:\n    A: {$ref: 'a.yaml#item'}\n    B: {$ref: 'b.json#item'}\n    C: {$ref: '#item'}\n    D: {$anchor: item, type: boolean}\n",
        ),
        (
            "a.yaml",
            "$defs:\n  One: {$anchor: item, type: object, properties: {next: {$ref: '#other'}}}\n  Two: {$anchor: other, type: string}\n",
        ),
        (
            "b.json",
            r#"{"definitions": {"X": {"properties": {"y": {"$anchor": "item", "type": "integer"}}}}}"#,
        ),
    ]);
    let schemas = at(&document, "/components/schemas");
    assert_eq!(
        schemas,
        &json!({
            "A": {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Two"}}},
            "B": {"type": "integer"},
            "C": {"$ref": "#item"},
            "D": {"$anchor": "item", "type": "boolean"},
            "Two": {"type": "string"},
        })
    );
}

#[test]
fn a_part_of_a_schema_of_another_file_is_a_component() {
    let document = bundled(&[
        (
            "api.yaml",
            "swagger: '2.0'\npaths: {}\ndefinitions:\n  A: {properties: {b: {$ref: 'other.json#/definitions/X/properties/y'}}}\n",
        ),
        (
            "other.json",
            r##"{"definitions": {"X": {"properties": {"y": {"items": {"$ref": "#/definitions/X"}}}}}}"##,
        ),
    ]);
    assert_eq!(
        at(&document, "/definitions"),
        &json!({
            "A": {"properties": {"b": {"$ref": "#/definitions/y"}}},
            "X": {"properties": {"y": {"items": {"$ref": "#/definitions/X"}}}},
            "y": {"items": {"$ref": "#/definitions/X"}},
        })
    );
}

#[test]
fn what_no_client_needs_is_missing_with_a_note_at_most() {
    let operation = "get:\n  responses:\n    '200':\n      links: {a: {$ref: missing.yaml}}\n      content: {text/plain: {examples: {a: {$ref: missing.yaml#/a}}}}\n  callbacks:\n    a: {$ref: missing.yaml}\n    b: {'{$url}': {post: {requestBody: {$ref: missing.yaml#/b}}}}\n";
    let (_, diagnostics) = run(&[
        ("api.yaml", "openapi: 3.0.3\npaths: {/a: {$ref: a.yaml}}\n"),
        ("a.yaml", operation),
    ]);
    let found: Vec<_> = diagnostics
        .iter()
        .map(|one| (one.code.as_str(), one.severity))
        .collect();
    assert_eq!(found, [("missing-file", Severity::Note); 2]);
}
