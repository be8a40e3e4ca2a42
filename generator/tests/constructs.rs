//! What is emitted for each construct that the token API's documents use: a small document, a snapshot of its types and operations.

mod emitted;

use emitted::assert_rust;
use generator::{Config, Source, generate};

/// The emitted types and operations of a document that has these paths and components.
fn emitted(paths: &str, components: &str) -> String {
    let document = format!(
        "openapi: 3.0.3\ninfo: {{title: Things, version: '1'}}\nservers: [{{url: 'https://things.example'}}]\npaths:{paths}\ncomponents:{components}\n"
    );
    let source = Source {
        name: "things.yaml",
        bytes: document.as_bytes(),
    };
    let config = Config {
        package: "things".into(),
        document: "things.yaml".into(),
        strict: true,
        ..Config::default()
    };
    let generated = generate(source, &[], &config);
    let files = generated
        .files
        .as_ref()
        .unwrap_or_else(|| panic!("{}", generated.render_diagnostics(true)));
    assert_rust(files);
    let mut text = String::new();
    for (path, file) in files.iter() {
        let is_wanted = path.starts_with("src/types/") || path.starts_with("src/operations/");
        if is_wanted && !path.ends_with("mod.rs") {
            text.push_str(&format!("// FILE {path}\n{}\n", file.text()));
        }
    }
    text
}

/// A `GET /things` that answers with this schema.
fn answering(schema: &str, components: &str) -> String {
    emitted(
        &format!(
            "
  /things:
    get:
      operationId: listThings
      tags: [things]
      responses:
        '200':
          description: OK
          content: {{application/json: {{schema: {schema}}}}}"
        ),
        components,
    )
}

#[test]
fn an_object_with_required_optional_and_nullable_members() {
    let components = "
  schemas:
    Thing:
      type: object
      required: [id, name]
      properties:
        id: {type: integer, format: int64}
        name: {type: string, nullable: true}
        note: {type: string, nullable: true}
        weight: {type: number}";
    insta::assert_snapshot!(answering(
        "{$ref: '#/components/schemas/Thing'}",
        components
    ));
}

#[test]
fn dates_and_timestamps() {
    let components = "
  schemas:
    Thing:
      type: object
      required: [made_at]
      properties:
        made_at: {type: string, format: date-time}
        ends_on: {type: string, format: date, nullable: true}";
    insta::assert_snapshot!(answering(
        "{$ref: '#/components/schemas/Thing'}",
        components
    ));
}

#[test]
fn a_null_that_is_read_as_the_default() {
    let components = "
  schemas:
    Thing:
      type: object
      properties:
        gone: {type: boolean, nullable: true, default: false, x-null-as-default: true}";
    insta::assert_snapshot!(answering(
        "{$ref: '#/components/schemas/Thing'}",
        components
    ));
}

#[test]
fn enumerations_of_strings_and_integers() {
    let components = "
  schemas:
    Thing:
      type: object
      properties:
        state: {$ref: '#/components/schemas/State'}
        level: {$ref: '#/components/schemas/Level'}
    State: {type: string, enum: [active, inactive]}
    Level: {type: integer, enum: [10, 20], x-enum-varnames: [Low, High]}";
    insta::assert_snapshot!(answering(
        "{$ref: '#/components/schemas/Thing'}",
        components
    ));
}

#[test]
fn a_secret_in_an_answer() {
    let components = "
  schemas:
    Thing:
      type: object
      required: [key]
      properties:
        key: {type: string, format: password}";
    insta::assert_snapshot!(answering(
        "{$ref: '#/components/schemas/Thing'}",
        components
    ));
}

#[test]
fn lists_and_inline_objects() {
    let components = "
  schemas:
    Thing:
      type: object
      properties:
        tags: {type: array, items: {type: string}}
        maker: {type: object, properties: {name: {type: string}}}";
    insta::assert_snapshot!(answering(
        "{type: array, items: {$ref: '#/components/schemas/Thing'}}",
        components
    ));
}

#[test]
fn one_of_several_types() {
    let components = "
  schemas:
    Message: {oneOf: [{type: string}, {type: object, additionalProperties: {type: array, items: {type: string}}}]}";
    insta::assert_snapshot!(answering(
        "{$ref: '#/components/schemas/Message'}",
        components
    ));
}

#[test]
fn parameters_of_path_and_query() {
    let paths = "
  /things/{id}:
    get:
      operationId: getThing
      tags: [things]
      parameters:
        - {name: id, in: path, required: true, schema: {type: integer, format: int64}}
        - {name: state, in: query, schema: {type: string, enum: [active, inactive]}}
        - {name: after, in: query, schema: {type: string, format: date-time}}
      responses: {'204': {description: Done}}";
    insta::assert_snapshot!(emitted(paths, " {}"));
}

#[test]
fn a_body_whose_members_are_inputs() {
    let paths = "
  /things:
    post:
      operationId: createThing
      tags: [things]
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [name]
              properties:
                name: {type: string}
                ends_on: {type: string, format: date}
                labels: {type: array, items: {type: string}, x-omit-when-empty: true}
      responses: {'204': {description: Done}}";
    insta::assert_snapshot!(emitted(paths, " {}"));
}

#[test]
fn a_body_that_may_be_left_out() {
    let paths = "
  /things/renew:
    post:
      operationId: renewThings
      tags: [things]
      requestBody:
        required: false
        content:
          application/json:
            schema: {type: object, properties: {ends_on: {type: string, format: date}}}
      responses: {'204': {description: Done}}";
    insta::assert_snapshot!(emitted(paths, " {}"));
}

#[test]
fn pages_errors_and_a_credential() {
    let paths = "
  /things:
    get:
      operationId: listThings
      tags: [things]
      security: [{key: []}]
      x-pagination: {page-parameter: page, next-page-header: X-Next, total-header: X-Total}
      parameters:
        - {name: page, in: query, schema: {type: integer, default: 1}}
      responses:
        '200':
          description: OK
          content: {application/json: {schema: {type: array, items: {type: string}}}}
        '401':
          description: Not for you
          content: {application/json: {schema: {$ref: '#/components/schemas/Problem'}}}";
    let components = "
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}
  schemas:
    Problem: {type: object, properties: {error: {type: string}}}";
    insta::assert_snapshot!(emitted(paths, components));
}

/// A `POST /keys/self/renew` that replaces the caller's own key, with this beside.
fn renewing(beside: &str, answer: &str) -> String {
    let paths = format!(
        "
  /keys/self:
    get:
      operationId: getOwnKey
      tags: [keys]
      security: [{{key: []}}]
      responses: {{'200': {{description: It lives, content: {{application/json: {{schema: {{}}}}}}}}}}
  /keys/self/renew:
    post:
      operationId: renewOwnKey
      tags: [keys]
      security: [{{key: []}}]
      parameters:
        - {{name: adopt, in: query, schema: {{type: boolean}}}}
        - {{name: verify_outcome, in: query, schema: {{type: integer}}}}
      x-credential:
        effect: replace
        target: caller
        secret: /key
      responses:
        '200':
          description: The new key
          content: {{application/json: {{schema: {answer}}}}}{beside}"
    );
    let components = "
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}
x-credential-status:
  check: getOwnKey
  ended: {status: 401, code: invalid_key, message: The key was replaced}
  active: {member: /lives, error_responses: [{status: 403, code: insufficient_scope}]}";
    emitted(&paths, components)
}

#[test]
fn the_replacement_of_the_own_credential() {
    insta::assert_snapshot!(renewing(
        "",
        "{type: object, required: [key], properties: {key: {type: string, format: password}}}"
    ));
}

#[test]
fn pages_win_over_the_replacement_of_a_credential() {
    let emitted = renewing(
        "
      x-pagination: {page-parameter: verify_outcome, next-page-header: X-Next}",
        "{type: array, items: {type: string}}",
    );

    assert!(
        emitted.contains("crate::paginated_operation!(RenewOwnKey -> String);"),
        "{emitted}"
    );
    assert!(!emitted.contains("replacing_operation"), "{emitted}");
    assert!(!emitted.contains("RenewOwnKey::adopt)"), "{emitted}");
}
