//! The account: each part that an operation can reach is emitted or reported, and nothing is left out in silence.

use std::fs;
use std::path::{Path, PathBuf};

use generator::account::{Counts, Part};
use generator::{Generated, Source, read_model};

fn read(document: &str) -> Generated {
    let source = Source {
        name: "api.yaml",
        bytes: document.as_bytes(),
    };
    read_model(source, &[])
}

fn counts(read: usize, emitted: usize, reported: usize) -> Counts {
    Counts {
        read,
        emitted,
        reported,
    }
}

fn notes(generated: &Generated) -> Vec<String> {
    generated
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.code.as_str() == "not-read")
        .map(|diagnostic| format!("{}: {}", diagnostic.pointer, diagnostic.message))
        .collect()
}

#[test]
fn each_part_is_counted_once() {
    let generated = read("
openapi: 3.0.3
info: {title: T, version: '1'}
paths:
  /a/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      parameters: [{$ref: '#/components/parameters/page'}]
      responses:
        '200':
          description: D
          headers: {X-Total: {schema: {type: integer}}}
          content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}
    put:
      parameters: [{$ref: '#/components/parameters/page'}]
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}
      responses: {'204': {description: D}}
components:
  parameters:
    page: {name: page, in: query, schema: {type: integer}}
  schemas:
    Thing: {type: object, properties: {id: {type: integer}, next: {$ref: '#/components/schemas/Thing'}}}
    Unused: {type: object, properties: {a: {type: string}}}
");

    let account = &generated.account;
    assert_eq!(account.of(Part::Operation), counts(2, 2, 0));
    assert_eq!(account.of(Part::Parameter), counts(2, 2, 0));
    assert_eq!(account.of(Part::RequestBody), counts(1, 1, 0));
    assert_eq!(account.of(Part::Response), counts(2, 2, 0));
    assert_eq!(account.of(Part::ResponseHeader), counts(1, 0, 1));
    assert_eq!(account.of(Part::Schema), counts(4, 4, 0));
    assert_eq!(account.of(Part::Property), counts(2, 2, 0));
    assert_eq!(
        notes(&generated),
        [
            "/paths/~1a~1{id}/get/responses/200/headers/X-Total: this response header is not part of the client"
        ]
    );
}

#[test]
fn what_a_diagnostic_leaves_out_is_reported_once() {
    let generated = read("
openapi: 3.0.3
info: {title: T, version: '1'}
paths:
  /a:
    get:
      parameters: [{name: a, in: nowhere, schema: {type: string}}]
      responses:
        '200': {description: D, content: {multipart/mixed: {schema: {type: object, properties: {a: {type: string}}}}}}
");

    let account = &generated.account;
    assert_eq!(account.of(Part::Parameter), counts(1, 0, 1));
    assert_eq!(account.of(Part::Schema), counts(3, 0, 3));
    assert_eq!(account.of(Part::Property), counts(1, 0, 1));
    assert_eq!(notes(&generated), Vec::<String>::new());
}

#[test]
fn what_loses_to_another_body_is_reported_once() {
    let generated = read(
        "
swagger: '2.0'
info: {title: T, version: '1'}
consumes: [application/json]
paths:
  /a:
    post:
      parameters:
      - {name: a, in: formData, type: string}
      - {name: b, in: body, schema: {type: string}}
      responses: {'204': {description: D}}
",
    );

    assert_eq!(generated.account.of(Part::RequestBody), counts(1, 1, 0));
    assert_eq!(generated.account.of(Part::Property), counts(1, 0, 1));
    assert_eq!(notes(&generated), Vec::<String>::new());
}

#[test]
fn bodies_of_a_path_that_no_operation_sends_are_reported() {
    let parameters = "[{name: a, in: body, schema: {type: string}}, {name: b, in: body, schema: {type: integer}}]";
    let own = "parameters: [{name: c, in: formData, type: string}], ";
    for (own, bodies, emitted) in [("", 2, 1), (own, 2, 0)] {
        let generated = read(&format!(
            "
swagger: '2.0'
info: {{title: T, version: '1'}}
consumes: [application/json]
paths:
  /a:
    parameters: {parameters}
    post: {{{own}consumes: [application/x-www-form-urlencoded], responses: {{'204': {{description: D}}}}}}
"
        ));

        let found: Vec<(&str, &str)> = generated
            .diagnostics
            .iter()
            .map(|one| (one.code.as_str(), one.pointer.as_str()))
            .filter(|(code, _)| matches!(*code, "several-bodies" | "not-read"))
            .collect();
        assert_eq!(found, [("several-bodies", "/paths/~1a/parameters")]);
        let expected = counts(bodies, emitted, bodies - emitted);
        assert_eq!(generated.account.of(Part::RequestBody), expected);
    }
}

#[test]
fn what_is_in_a_keyword_without_effect_is_reported_with_it() {
    let generated = read("
openapi: 3.0.3
info: {title: T, version: '1'}
paths:
  /a:
    get:
      responses:
        '200':
          description: D
          content: {application/json: {schema: {type: string, properties: {a: {type: integer}, b: {type: integer}}}}}
");

    assert_eq!(generated.account.of(Part::Property), counts(2, 0, 2));
    assert_eq!(notes(&generated), Vec::<String>::new());
}

#[test]
fn the_parts_of_swagger_2_have_the_same_names() {
    let generated = read(
        "
swagger: '2.0'
info: {title: T, version: '1'}
consumes: [application/json]
produces: [application/json]
paths:
  /a:
    post:
      parameters:
        - {name: q, in: query, type: string}
        - {name: b, in: body, schema: {$ref: '#/definitions/Thing'}}
      responses: {'200': {description: D, schema: {$ref: '#/definitions/Thing'}}}
definitions:
  Thing: {type: object, properties: {id: {type: integer}}}
",
    );

    let account = &generated.account;
    assert_eq!(account.of(Part::Operation), counts(1, 1, 0));
    assert_eq!(account.of(Part::Parameter), counts(1, 1, 0));
    assert_eq!(account.of(Part::RequestBody), counts(1, 1, 0));
    assert_eq!(account.of(Part::Response), counts(1, 1, 0));
    assert_eq!(account.of(Part::Schema), counts(2, 2, 0));
    assert_eq!(account.of(Part::Property), counts(1, 1, 0));
}

#[test]
fn nothing_is_left_out_of_real_documents_in_silence() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut documents = vec![root.join("spec/gitlab-pat.yaml")];
    for folder in [
        "generator/tests/documents",
        "../shared/specs",
        "../shared/cases",
    ] {
        match fs::read_dir(root.join(folder)) {
            Ok(entries) => documents.extend(entries.map(|entry| entry.unwrap().path())),
            Err(_) => {
                println!("{folder} is not at hand: the account of its documents is not checked")
            }
        }
    }
    let is_document = |path: &PathBuf| {
        path.extension()
            .is_some_and(|extension| extension == "yaml" || extension == "json")
    };
    for path in documents.iter().filter(|path| is_document(path)) {
        let bytes = fs::read(path).unwrap();
        let name = path.display().to_string();
        let generated = read_model(
            Source {
                name: &name,
                bytes: &bytes,
            },
            &[],
        );

        for part in Part::ALL {
            let Counts {
                read,
                emitted,
                reported,
            } = generated.account.of(*part);
            assert_eq!(read, emitted + reported, "{name}: {part:?}");
        }
        let silent: Vec<String> = notes(&generated)
            .into_iter()
            .filter(|note| !note.contains("response header"))
            .collect();
        assert_eq!(silent, Vec::<String>::new(), "{name}");
    }
}
