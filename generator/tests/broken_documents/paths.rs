//! Faults of paths, operations, parameters and responses.

use openapiv3::{ParameterSchemaOrContent, ReferenceOr, SchemaKind, Type};

use super::{Fault, assert_faults, one_fault, run, with_operation, with_schemas};

#[test]
fn duplicate_operation_id() {
    let outcome = one_fault(
        "duplicate_operation_id",
        "duplicate-operation-id",
        "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\npaths:\n  /pets:\n    get:\n      operationId: list\n      responses: {}\n    post:\n      ▸operationId: list\n      responses: {}\n",
    );
    let ids: Vec<_> = outcome
        .api()
        .operations()
        .map(|(_, method, operation)| (method, operation.operation_id.clone()))
        .collect();
    assert_eq!(ids, [("get", Some("list".to_owned())), ("post", None)]);
}

#[test]
fn unknown_style() {
    let outcome = one_fault(
        "unknown_style",
        "unknown-style",
        &with_operation(
            "      parameters:\n      - name: tags\n        in: query\n        ▸style: commas\n        schema: {type: array, items: {type: string}}\n      responses: {}\n",
        ),
    );
    assert_eq!(
        outcome
            .api()
            .operations()
            .next()
            .map(|(.., operation)| operation.parameters.len()),
        Some(1)
    );
}

#[test]
fn style_not_allowed() {
    one_fault(
        "style_not_allowed",
        "style-not-allowed",
        &with_operation(
            "      parameters:\n      - name: tags\n        in: query\n        ▸style: matrix\n        schema: {type: string}\n      responses: {}\n",
        ),
    );
}

#[test]
fn undeclared_path_parameter() {
    let outcome = one_fault(
        "undeclared_path_parameter",
        "undeclared-path-parameter",
        "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\npaths:\n  ▸/pets/{id}/toys/{toy}:\n    parameters:\n    - {name: id, in: path, required: true, schema: {type: string}}\n    get:\n      responses: {}\n    delete:\n      responses: {}\n",
    );
    let added: Vec<_> = outcome
        .api()
        .operations()
        .map(|(_, method, operation)| {
            let names = operation
                .parameters
                .iter()
                .filter_map(|parameter| parameter.as_item());
            (
                method,
                names
                    .map(|parameter| parameter.parameter_data_ref().name.as_str())
                    .collect(),
            )
        })
        .collect();
    assert_eq!(added, [("get", vec!["toy"]), ("delete", vec!["toy"])]);
}

#[test]
fn path_parameter_that_one_operation_does_not_declare() {
    one_fault(
        "path_parameter_that_one_operation_does_not_declare",
        "undeclared-path-parameter",
        "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\npaths:\n  /pets/{id}:\n    get:\n      parameters:\n      - {name: id, in: path, required: true, schema: {type: string}}\n      responses: {}\n    ▸delete:\n      responses: {}\n",
    );
}

#[test]
fn unused_path_parameter() {
    let outcome = one_fault(
        "unused_path_parameter",
        "unused-path-parameter",
        &with_operation(
            "      parameters:\n      - {name: limit, in: query, schema: {type: integer}}\n      - ▸{name: owner, in: path, required: true, schema: {type: string}}\n      - {name: page, in: query, schema: {type: integer}}\n      responses: {}\n",
        ),
    );
    assert_eq!(
        outcome
            .api()
            .operations()
            .next()
            .map(|(.., operation)| operation.parameters.len()),
        Some(2)
    );
}

#[test]
fn optional_path_parameter() {
    let outcome = one_fault(
        "optional_path_parameter",
        "optional-path-parameter",
        "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\npaths:\n  /pets/{id}:\n    get:\n      parameters:\n      - name: id\n        in: path\n        ▸required: false\n        schema: {type: string}\n      responses: {}\n",
    );
    let (.., operation) = outcome.api().operations().next().expect("the operation");
    let parameter = operation
        .parameters
        .first()
        .and_then(|parameter| parameter.as_item())
        .expect("the parameter");
    assert!(parameter.parameter_data_ref().required);
}

#[test]
fn path_parameter_without_required() {
    one_fault(
        "path_parameter_without_required",
        "optional-path-parameter",
        "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\npaths:\n  /pets/{id}:\n    get:\n      parameters:\n      - ▸name: id\n        in: path\n        schema: {type: string}\n      responses: {}\n",
    );
}

#[test]
fn status_that_is_none() {
    let outcome = one_fault(
        "status_that_is_none",
        "invalid-status",
        &with_operation(
            "      responses:\n        200: {description: fine}\n        ▸2xz: {description: no status}\n        2XX: {description: fine}\n        4xx: {description: fine}\n        default: {description: fine}\n",
        ),
    );
    let (.., operation) = outcome.api().operations().next().expect("the operation");
    let statuses: Vec<String> = operation
        .responses
        .responses
        .keys()
        .map(ToString::to_string)
        .collect();
    assert_eq!(statuses, ["200", "2XX", "4XX"]);
    assert!(operation.responses.default.is_some());
}

#[test]
fn status_beyond_all() {
    one_fault(
        "status_beyond_all",
        "invalid-status",
        &with_operation(
            "      responses:\n        '200': {description: fine}\n        ▸'999': {description: no status}\n",
        ),
    );
}

#[test]
fn invalid_path() {
    let outcome = one_fault(
        "invalid_path",
        "invalid-path",
        "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\npaths:\n  ▸pets:\n    get: {responses: {}}\n",
    );
    assert_eq!(outcome.api().paths.paths.len(), 0);
}

#[test]
fn broken_path_template() {
    one_fault(
        "broken_path_template",
        "invalid-path",
        "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\npaths:\n  ▸/pets/{id:\n    get: {responses: {}}\n",
    );
}

#[test]
fn duplicate_parameter() {
    one_fault(
        "duplicate_parameter",
        "duplicate-parameter",
        &with_operation(
            "      parameters:\n      - {name: a, in: query, schema: {type: string}}\n      - {name: a, in: header, schema: {type: string}}\n      - ▸{name: a, in: query, schema: {type: integer}}\n      responses: {}\n",
        ),
    );
}

#[test]
fn unknown_location() {
    one_fault(
        "unknown_location",
        "unknown-location",
        &with_operation(
            "      parameters:\n      - name: pet\n        ▸in: body\n        schema: {type: object}\n      responses: {}\n",
        ),
    );
}

#[test]
fn parameter_without_a_name() {
    one_fault(
        "parameter_without_a_name",
        "missing-member",
        &with_operation(
            "      parameters:\n      - ▸in: query\n        schema: {type: string}\n      responses: {}\n",
        ),
    );
}

#[test]
fn parameter_without_a_schema() {
    one_fault(
        "parameter_without_a_schema",
        "missing-member",
        &with_operation(
            "      parameters:\n      - ▸name: a\n        in: query\n      responses: {}\n",
        ),
    );
}

#[test]
fn parameter_with_the_type_of_swagger_2() {
    let outcome = one_fault(
        "parameter_with_the_type_of_swagger_2",
        "missing-member",
        &with_operation(
            "      parameters:\n      - name: a\n        in: query\n        ▸type: array\n        items: {type: Integer, format: int32}\n        minItems: 1\n        minLength: 2\n      responses: {}\n",
        ),
    );
    let parameters = outcome.api().operations().next().expect("it").2;
    let ReferenceOr::Item(parameter) = &parameters.parameters[0] else {
        panic!("a reference");
    };
    let ParameterSchemaOrContent::Schema(ReferenceOr::Item(schema)) =
        &parameter.parameter_data_ref().format
    else {
        panic!("no schema");
    };
    let SchemaKind::Type(Type::Array(array)) = &schema.schema_kind else {
        panic!("{schema:?}");
    };
    assert_eq!(array.min_items, Some(1));
    let Some(ReferenceOr::Item(items)) = &array.items else {
        panic!("{array:?}");
    };
    assert!(
        matches!(items.schema_kind, SchemaKind::Type(Type::Integer(_))),
        "{items:?}"
    );
}

#[test]
fn types_beside_parameters_are_read_whatever_else_stands_there() {
    let of = |parameter: &str| {
        let text = format!("      parameters:\n      - {parameter}\n      responses: {{}}\n");
        run(&with_operation(&text), None).codes()
    };
    for readable in [
        "{name: a, in: query, type: string}",
        "{name: a, in: query, type: INTEGER, minimum: 1, default: x, enum: [1, y], pattern: b}",
        "{name: a, in: query, type: array}",
        "{name: a, in: query, type: array, items: {type: array, items: {type: string}}}",
        "{name: a, in: query, type: array, items: {type: array, items: {type: array, items: {}}}}",
        "{name: a, in: query, type: array, items: 5, minItems: -1, default: [a]}",
        "{name: a, in: query, type: string, enum: [], format: [x], nullable: yes, maxLength: x}",
        "{name: a, in: query, type: string, schema: null}",
    ] {
        let codes = of(readable);
        assert!(codes.contains(&"missing-member"), "{readable}: {codes:?}");
        assert!(!codes.contains(&"internal"), "{readable}: {codes:?}");
    }
    // A schema comes first, and what is beside it is still out of place.
    assert_eq!(
        of("{name: a, in: query, type: string, schema: {type: integer}}"),
        ["unknown-keyword"]
    );
    assert_eq!(
        of("{name: a, in: query, type: object}"),
        ["missing-member", "unknown-keyword"]
    );
}

#[test]
fn schema_and_content() {
    one_fault(
        "schema_and_content",
        "schema-and-content",
        &with_operation(
            "      parameters:\n      - name: a\n        in: query\n        schema: {type: string}\n        ▸content: {application/json: {}}\n      responses: {}\n",
        ),
    );
}

#[test]
fn several_contents() {
    one_fault(
        "several_contents",
        "several-contents",
        &with_operation(
            "      parameters:\n      - name: a\n        in: query\n        ▸content: {application/json: {}, text/plain: {}}\n      responses: {}\n",
        ),
    );
}

#[test]
fn ignored_header() {
    one_fault(
        "ignored_header",
        "ignored-header",
        &with_operation(
            "      parameters:\n      - ▸{name: Content-Type, in: header, schema: {type: string}}\n      responses: {}\n",
        ),
    );
}

#[test]
fn operation_without_responses() {
    let outcome = one_fault(
        "operation_without_responses",
        "missing-member",
        &with_operation("      operationId: get\n").replace("    get:\n", "    ▸get:\n"),
    );
    assert_eq!(outcome.api().operations().count(), 1);
}

#[test]
fn parameters_that_are_no_list() {
    one_fault(
        "parameters_that_are_no_list",
        "wrong-type",
        &with_operation("      ▸parameters: {name: a}\n      responses: {}\n"),
    );
}

#[test]
fn required_in_quotes_is_read_as_meant() {
    let outcome = one_fault(
        "required_in_quotes",
        "wrong-type",
        &with_operation(
            "      parameters:\n      - name: a\n        in: query\n        ▸required: 'true'\n        schema: {type: string}\n      responses: {}\n",
        ),
    );
    let (.., operation) = outcome.api().operations().next().expect("the operation");
    let parameter = operation
        .parameters
        .first()
        .and_then(|parameter| parameter.as_item())
        .expect("the parameter");
    assert!(parameter.parameter_data_ref().required);
}

#[test]
fn callbacks() {
    one_fault(
        "callbacks",
        "callbacks-ignored",
        &with_operation(
            "      ▸callbacks: {done: {$ref: '#/components/callbacks/done'}}\n      responses: {}\n",
        ),
    );
}

#[test]
fn faults_in_examples_are_notes() {
    let outcome = one_fault(
        "faults_in_examples_are_notes",
        "wrong-type",
        &with_operation(
            "      responses:\n        '200':\n          description: fine\n          content:\n            application/json:\n              examples:\n                one:\n                  ▸summary: [a, b]\n",
        ),
    );
    assert!(!outcome.diagnostics.stops(true));
}

#[test]
fn misspelt_members_that_a_rule_requires() {
    let operation = |members: &str| Fault {
        code: "missing-member",
        document: with_operation(&format!("{members}      responses: {{}}\n")),
    };
    let parameter = "      parameters:\n      - {name: q, in: query, ▸shema: {type: string}}\n";
    let link = "      responses:\n        '200':\n          description: d\n          links:\n            a: {▸operationid: getPet}\n";
    let scheme = |members: &str| Fault {
        code: "missing-member",
        document: format!(
            "openapi: 3.0.3\ninfo: {{title: Pets, version: '1'}}\npaths: {{}}\ncomponents: {{securitySchemes: {{a: {members}}}}}\n"
        ),
    };
    assert_faults(
        "misspelt_members_that_a_rule_requires",
        &[
            operation(parameter),
            Fault {
                code: "missing-member",
                document: with_operation(link),
            },
            scheme("{type: apiKey, ▸nmae: X-Key, in: header}"),
            scheme("{type: http, ▸schema: bearer}"),
            Fault {
                code: "array-without-items",
                document: with_schemas("    A: {type: array, ▸item: {type: string}}\n"),
            },
            Fault {
                code: "missing-member",
                document: "swagger: '2.0'\ninfo: {title: Pets, version: '1'}\npaths:\n  /a:\n    get:\n      parameters:\n      - {name: q, in: query, ▸typ: string}\n      responses: {}\n".to_owned(),
            },
            Fault {
                code: "missing-member",
                document: "swagger: '2.0'\ninfo: {title: Pets, version: '1'}\nconsumes: [application/json]\npaths:\n  /a:\n    post:\n      parameters:\n      - {name: q, in: body, ▸schma: {type: string}}\n      responses: {}\n".to_owned(),
            },
        ],
    );
}

#[test]
fn references_into_callbacks() {
    let done = "done: {'{$url}': {post: {responses: {'200': {description: d}}}}}";
    let outcome = one_fault(
        "references_into_callbacks",
        "mismatched-reference",
        &format!(
            "{}components:\n  callbacks: {{{done}}}\n",
            with_operation(
                "      responses:\n        '200': {▸$ref: '#/components/callbacks/done/{$url}/post/responses/200'}\n"
            )
        ),
    );
    assert_eq!(outcome.api().operations().count(), 1);
    let outcome = run(
        &format!(
            "{}  /other: {{$ref: '#/paths/~1pets~1%7Bid%7D/get/callbacks/done/%7B$url%7D'}}\n",
            with_operation(&format!(
                "      callbacks: {{{done}}}\n      responses: {{}}\n"
            ))
        ),
        None,
    );
    assert_eq!(
        outcome.codes(),
        ["callbacks-ignored", "mismatched-reference"]
    );
}
