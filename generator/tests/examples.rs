//! Emitted examples use the document's `example`s, and literals of the right type where there are none.

use generator::{Config, Source, generate};

/// The example of the operation `makeThing` in the emitted documentation.
fn call(parameters: &str, properties: &str) -> String {
    let names: Vec<&str> = properties
        .lines()
        .filter_map(|line| line.split_once(':'))
        .map(|(name, _)| name.trim())
        .collect();
    let properties = properties.trim().replace('\n', "\n                ");
    let document = format!(
        "
openapi: 3.0.3
info: {{title: Things, version: '1'}}
servers: [{{url: 'https://things.example'}}]
paths:
  /things/{{kind}}:
    post:
      operationId: makeThing
      tags: [things]
      parameters: {parameters}
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [{}]
              properties:
                {properties}
      responses:
        '204': {{description: made}}
components:
  schemas:
    Colour: {{type: string, enum: [red, green]}}
    Level: {{type: integer, enum: [10, 20]}}
",
        names.join(", ")
    );
    let source = Source {
        name: "things.yaml",
        bytes: document.as_bytes(),
    };
    let generated = generate(source, &[], &Config::default());
    let files = generated
        .files
        .as_ref()
        .unwrap_or_else(|| panic!("{}", generated.render_diagnostics(true)));
    let file = files
        .get("src/operations/things.rs")
        .expect("the group's file");
    let text = file.text();
    let statement = text.lines().find_map(|line| {
        let statement = line.trim().strip_prefix("/// client.things().")?;
        statement.strip_suffix(".await?;")
    });
    statement.expect("an example").to_owned()
}

const KIND: &str = "[{name: kind, in: path, required: true, schema: {type: string}}]";

#[test]
fn an_example_of_the_document_is_the_argument() {
    let call = call(
        "[{name: kind, in: path, required: true, example: a \"bolt\", schema: {type: string, example: nut}}]",
        "
name: {type: string, example: first}
count: {type: integer, example: 7}
ratio: {type: number, example: 2}
flag: {type: boolean, example: false}",
    );
    assert_eq!(call, r#"make_thing("a \"bolt\"", "first", 7, 2.0, false)"#);
}

#[test]
fn lists_and_enumerations_have_examples() {
    let call = call(
        KIND,
        "
colours: {type: array, items: {$ref: '#/components/schemas/Colour'}, example: [green, red]}
colour: {type: string, enum: [round, square], example: square}
level: {example: 20, allOf: [{$ref: '#/components/schemas/Level'}]}
none: {type: array, items: {type: string}, example: []}",
    );
    assert_eq!(
        call,
        r#"make_thing("kind", ["green", "red"], "square", 20, [])"#
    );
}

#[test]
fn an_example_that_is_no_argument_is_ignored() {
    let call = call(
        KIND,
        "
count: {type: integer, example: many}
colour: {type: string, enum: [red], example: blue}
names: {type: array, items: {type: string}, example: [a, 1]}
secret: {type: string, format: password, example: glass}",
    );
    assert_eq!(
        call,
        r#"make_thing("kind", 42, "red", ["names"], "secret")"#
    );
}
