//! Selectors choose what they say, and the part holds what the operations need.

use super::{Selection, Selector};
use crate::diagnostic::Diagnostics;
use crate::source::{Document, Value};

fn document(text: &str) -> Document {
    let mut diagnostics = Diagnostics::new();
    let document = Document::parse("api.yaml", text.as_bytes(), &mut diagnostics);
    assert_eq!(diagnostics.iter().count(), 0);
    document.expect("a document")
}

fn selectors(texts: &[&str]) -> Vec<Selector> {
    let parsed = texts.iter().map(|text| text.parse().expect("a selector"));
    parsed.collect()
}

fn selection(include: &[&str], exclude: &[&str]) -> Selection {
    Selection {
        include: selectors(include),
        exclude: selectors(exclude),
    }
}

const PATHS: &str = "
openapi: 3.0.4
paths:
  /pets: {get: {operationId: listPets, tags: [pets]}, post: {operationId: pets/create, tags: [pets, writes]}}
  /pets/{id}: {get: {operationId: getPet, tags: [pets]}}
  /pets/{id}/food/{food}: {put: {operationId: feed}}
  /petshops: {get: {operationId: listShops, tags: ['pets & shops']}}
";

/// The ids of the chosen operations.
fn chosen(include: &[&str], exclude: &[&str]) -> Vec<String> {
    let mut document = document(PATHS);
    let count = selection(include, exclude).apply(&mut document);
    let left = super::operations::all(document.value());
    assert_eq!(left.len(), count);
    left.iter()
        .map(|operation| operation.id.unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn selectors_choose_by_tag_path_and_id() {
    for (include, exclude, expected) in [
        (
            &["tag:pets"][..],
            &[][..],
            &["listPets", "pets/create", "getPet"][..],
        ),
        (
            &["tag:pets*"],
            &["tag:writes"],
            &["listPets", "getPet", "listShops"],
        ),
        (&["path:/pets"], &[], &["listPets", "pets/create"]),
        (&["path:/pets/*"], &[], &["getPet"]),
        (&["path:/pets/{id}"], &[], &["getPet"]),
        (
            &["path:/pets*"],
            &["operation:pets/*"],
            &["listPets", "listShops"],
        ),
        (
            &["path:/pets/**"],
            &[],
            &["listPets", "pets/create", "getPet", "feed"],
        ),
        (&["path:/**/food/*"], &[], &["feed"]),
        (&["path:**"], &["tag:*"], &["feed"]),
        (&["operation:list*"], &[], &["listPets", "listShops"]),
        (&[], &["path:/pets/**"], &["listShops"]),
        (
            &["operation:feed", "path:/petshops"],
            &[],
            &["feed", "listShops"],
        ),
        (&["operation:Feed"], &[], &[]),
        (&["path:/pets/"], &[], &[]),
    ] {
        assert_eq!(
            chosen(include, exclude),
            expected,
            "{include:?} {exclude:?}"
        );
    }
}

#[test]
fn a_pattern_of_many_wildcards_takes_no_exponential_time() {
    let pattern = format!("operation:{}b", "*a".repeat(2_000));
    let text = format!(
        "openapi: 3.0.4\npaths: {{/a: {{get: {{operationId: {}}}}}}}",
        "a".repeat(4_000)
    );
    assert_eq!(selection(&[&pattern], &[]).apply(&mut document(&text)), 0);
}

#[test]
fn what_is_no_selector_is_refused() {
    for text in ["", "pets", "tag:", "tags:pets", "path:pets", "method:get"] {
        let error = text.parse::<Selector>().expect_err(text).to_string();
        assert!(error.contains("`tag:…`") && error.contains(&format!("`{text}`")));
    }
    for text in ["path:/a**", "path:/**b/c", "path:**/a/***", "path:**a"] {
        let error = text.parse::<Selector>().expect_err(text).to_string();
        assert!(error.contains("`**` as a whole segment"), "{error}");
    }
    for text in [
        "tag:a:b",
        "tag:a**",
        "path:**/a/**/b",
        "path:/a/**",
        "path:**",
        "operation:GET /a",
    ] {
        assert_eq!(text.parse::<Selector>().expect(text).to_string(), text);
    }
}

#[test]
fn a_selector_that_matches_nothing_names_the_nearest() {
    let mut document = document(PATHS);
    for (selector, nearest) in [
        ("tag:Pet", "tag:pets"),
        ("path:/pet/**", "path:/pets"),
        ("path:/pets/{petId}", "path:/pets/{id}"),
        ("operation:getPets", "operation:getPet"),
    ] {
        let mut diagnostics = Diagnostics::new();
        let selection = selection(&["path:/petshops"], &[selector]);
        selection.apply_or_report(&mut document, &mut diagnostics);
        assert!(diagnostics.has_fatal());
        let found: Vec<_> = diagnostics
            .iter()
            .map(|fault| (&*fault.message, &*fault.help))
            .collect();
        let message = format!("no operation matches `{selector}`");
        assert_eq!(found, [(&*message, &*format!("did you mean `{nearest}`?"))]);
    }
    let mut diagnostics = Diagnostics::new();
    selection(&["tag:writes"], &["tag:pets"]).apply_or_report(&mut document, &mut diagnostics);
    assert!(
        diagnostics
            .iter()
            .any(|fault| fault.message == "the selection leaves no operation")
    );
}

/// The part of a document as JSON, in the document's order.
fn part(text: &str, include: &[&str]) -> serde_json::Value {
    let mut document = document(text);
    assert_ne!(selection(include, &[]).apply(&mut document), 0);
    document.value().to_json()
}

fn names(part: &serde_json::Value, pointer: &str) -> Vec<String> {
    let members = part.pointer(pointer).and_then(serde_json::Value::as_object);
    let names = members
        .into_iter()
        .flat_map(|members| members.keys().cloned());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

const SHOP: &str = "
openapi: 3.0.4
info: {title: Shop, version: 1.10}
tags: [{name: a}, {name: b}, {name: c}]
x-note: kept
paths:
  x-order: kept
  /a:
    parameters: [{$ref: '#/components/parameters/Shared'}]
    get:
      operationId: a
      tags: [b, a]
      parameters: [{$ref: '#/components/parameters/Page'}]
      requestBody: {$ref: '#/components/requestBodies/Body'}
      responses:
        default: {$ref: '#/components/responses/Fault'}
        '200':
          description: OK
          headers: {X-A: {$ref: '#/components/headers/A'}}
          links:
            same: {operationId: a}
            other: {operationId: b}
            further: {operationRef: '#/paths/~1b/get'}
            shared: {$ref: '#/components/links/ToB'}
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
    delete: {operationId: unwanted, responses: {'200': {$ref: '#/components/responses/Other'}}}
  /b:
    get:
      operationId: b
      tags: [c]
      security: [{key: []}]
      responses: {'204': {description: Done, content: {application/json: {schema: {$ref: '#/components/schemas/Other'}}}}}
components:
  schemas:
    Pet: {type: object, properties: {default: {$ref: '#/components/schemas/Deep'}, kind: {type: string}}, discriminator: {propertyName: kind}}
    Other: {type: object, example: {$ref: '#/components/schemas/Pet'}}
    Deep: {anyOf: [{$ref: '#/components/schemas/Deep'}], example: {$ref: '#/components/schemas/Other'}}
    Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {owner: {$ref: '#/components/schemas/Owner'}}}]}
    Kitten: {allOf: [{$ref: '#/components/schemas/Cat'}]}
    Owner: {oneOf: [{type: object}], discriminator: {propertyName: x, mapping: {a: Named, b: '#/components/schemas/Mapped'}}}
    Named: {type: object}
    Mapped: {type: object}
    Wheel: {type: object}
  responses:
    Fault: {description: Fault, content: {application/json: {schema: {$ref: '#/components/schemas/Other'}}}}
    Other: {description: Other, content: {application/json: {schema: {$ref: '#/components/schemas/Wheel'}}}}
  parameters:
    Page: {name: page, in: query, schema: {type: integer}}
    Shared: {name: shared, in: query, schema: {type: integer}}
    Unused: {name: unused, in: query, schema: {$ref: '#/components/schemas/Wheel'}}
  requestBodies: {Body: {content: {}}, Unused: {content: {}}}
  headers: {A: {schema: {type: string}}, B: {schema: {type: string}}}
  links: {ToB: {operationId: b}}
  securitySchemes: {key: {type: apiKey, in: header, name: K}, unused: {type: http, scheme: basic}}
security: [{key: []}, {}]
";

#[test]
fn the_part_holds_what_the_operations_need() {
    let part = part(SHOP, &["operation:a"]);
    assert_eq!(names(&part, "/paths"), ["/a", "x-order"]);
    assert_eq!(names(&part, "/paths/~1a"), ["get", "parameters"]);
    assert_eq!(
        names(&part, "/components/schemas"),
        [
            "Cat", "Deep", "Kitten", "Mapped", "Named", "Other", "Owner", "Pet"
        ]
    );
    assert_eq!(names(&part, "/components/responses"), ["Fault"]);
    assert_eq!(names(&part, "/components/parameters"), ["Page", "Shared"]);
    assert_eq!(names(&part, "/components/requestBodies"), ["Body"]);
    assert_eq!(names(&part, "/components/headers"), ["A"]);
    assert_eq!(names(&part, "/components/securitySchemes"), ["key"]);
    assert_eq!(
        names(&part, "/components"),
        [
            "headers",
            "parameters",
            "requestBodies",
            "responses",
            "schemas",
            "securitySchemes"
        ]
    );
    let tags = serde_json::json!([{"name": "a"}, {"name": "b"}]);
    assert_eq!(part["tags"], tags);
    assert_eq!(names(&part, "/paths/~1a/get/responses/200/links"), ["same"]);
    assert_eq!(part["x-note"], "kept");
    assert_eq!(part["security"], serde_json::json!([{"key": []}, {}]));
}

#[test]
fn the_part_is_in_the_order_of_the_document() {
    let mut document = document(SHOP);
    selection(&["operation:b", "operation:a"], &[]).apply(&mut document);
    let keys = |value: Option<&Value>| -> Vec<String> {
        let members = value.and_then(Value::as_object);
        members
            .into_iter()
            .flat_map(|members| members.keys().cloned())
            .collect()
    };
    let root = document.value();
    assert_eq!(
        keys(Some(root)),
        [
            "openapi",
            "info",
            "tags",
            "x-note",
            "paths",
            "components",
            "security"
        ]
    );
    assert_eq!(keys(root.get("paths")), ["x-order", "/a", "/b"]);
    assert_eq!(
        keys(
            root.get("components")
                .and_then(|components| components.get("schemas"))
        ),
        [
            "Pet", "Other", "Deep", "Cat", "Kitten", "Owner", "Named", "Mapped"
        ]
    );
}

#[test]
fn nothing_changes_without_selectors() {
    let mut part = document(SHOP);
    assert_eq!(Selection::default().apply(&mut part), 3);
    assert_eq!(part.value(), document(SHOP).value());
}

#[test]
fn a_node_of_an_operation_that_is_left_out_becomes_a_component() {
    let part = part(
        "
openapi: 3.0.4
paths:
  /a:
    get:
      operationId: a
      responses:
        '200': {description: OK, content: {application/json: {schema: {$ref: '#/paths/~1b/get/responses/200/content/application~1json/schema'}}}}
        '400': {$ref: '#/paths/~1a/get/responses/200'}
        '401': {$ref: '#/paths/~1b/get/responses/401'}
  /b:
    get:
      operationId: b
      responses:
        '200': {description: OK, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Item'}}}}}
        '401': {description: No}
components: {schemas: {Item: {type: string}, b_get_responses_200_content_application_json_schema: {type: integer}}}
",
        &["operation:a"],
    );
    let responses = &part["paths"]["/a"]["get"]["responses"];
    let name = "b_get_responses_200_content_application_json_schema2";
    assert_eq!(
        responses["200"]["content"]["application/json"]["schema"]["$ref"],
        format!("#/components/schemas/{name}")
    );
    assert_eq!(responses["400"]["$ref"], "#/paths/~1a/get/responses/200");
    assert_eq!(
        responses["401"]["$ref"],
        "#/components/responses/b_get_responses_401"
    );
    assert_eq!(part["components"]["schemas"][name]["type"], "array");
    assert_eq!(names(&part, "/components/schemas"), ["Item", name]);
    assert_eq!(
        part["components"]["responses"]["b_get_responses_401"]["description"],
        "No"
    );
}

#[test]
fn path_items_that_are_references_are_divided_too() {
    let part = part(
        "
openapi: 3.1.0
paths:
  /a: {$ref: '#/components/pathItems/Shared', description: Mine}
  /b: {$ref: '#/components/pathItems/Shared'}
webhooks:
  gone: {post: {operationId: gone}}
  fed: {post: {operationId: fed, tags: [a]}}
components:
  pathItems:
    Shared:
      description: Shared
      get: {operationId: get, tags: [a], responses: {'200': {$ref: '#/components/responses/Good'}}}
      put: {operationId: put}
  responses: {Good: {description: OK}}
",
        &["tag:a"],
    );
    assert_eq!(names(&part, "/paths"), ["/a", "/b"]);
    assert_eq!(names(&part, "/paths/~1a"), ["description", "get"]);
    assert_eq!(part["paths"]["/a"]["description"], "Mine");
    assert_eq!(part["paths"]["/b"]["description"], "Shared");
    assert_eq!(names(&part, "/webhooks"), ["fed"]);
    assert_eq!(names(&part, "/components"), ["responses"]);
}

#[test]
fn documents_of_swagger_2_are_divided_by_their_own_words() {
    let part = part(
        "
swagger: '2.0'
paths:
  /a:
    get:
      parameters: [{$ref: '#/parameters/Page'}, {in: body, name: b, schema: {$ref: '#/definitions/A'}}]
      responses: {default: {$ref: '#/responses/Fault'}}
    put: {responses: {'200': {schema: {$ref: '#/definitions/B'}}}}
  /b: {get: {operationId: b}}
definitions: {A: {discriminator: kind}, B: {}, C: {allOf: [{$ref: '#/definitions/A'}]}, D: {}, E: {}}
parameters: {Page: {name: page, in: query, type: string}, Size: {name: size, in: query, type: string}}
responses: {Fault: {schema: {$ref: '#/definitions/D'}}, Other: {}}
securityDefinitions: {key: {type: apiKey}, basic: {type: basic}}
",
        &["path:/a"],
    );
    assert_eq!(names(&part, "/definitions"), ["A", "B", "C", "D"]);
    assert_eq!(names(&part, "/parameters"), ["Page"]);
    assert_eq!(names(&part, "/responses"), ["Fault"]);
    // Nothing says which credential an operation takes, so it may be any.
    assert_eq!(names(&part, "/securityDefinitions"), ["basic", "key"]);
}

#[test]
fn references_by_identifier_keep_what_has_one() {
    let part = part(
        "
openapi: 3.1.0
$self: https://api.example/api.yaml
paths:
  /a: {get: {operationId: a, responses: {'200': {content: {application/json: {schema: {$ref: 'thing'}}}}}}}
  /b: {get: {operationId: b, responses: {'200': {content: {application/json: {schema: {$ref: 'https://api.example/api.yaml#/components/schemas/Far'}}}}}}}
components:
  schemas:
    Thing: {$id: thing, properties: {x: {$ref: '#/components/schemas/Near'}}}
    Near: {type: string}
    Far: {type: string}
    Other: {type: string}
",
        &["operation:*"],
    );
    assert_eq!(
        names(&part, "/components/schemas"),
        ["Far", "Near", "Thing"]
    );
}

#[test]
fn what_another_operation_gives_an_identifier_is_kept() {
    let part = part(
        "
openapi: 3.1.0
paths:
  /a: {get: {operationId: a, responses: {'200': {content: {application/json: {schema: {$ref: '#thing'}}}}}}}
  /b: {get: {operationId: b, responses: {'200': {content: {application/json: {schema: {$anchor: thing, properties: {x: {$ref: '#/components/schemas/Near'}}}}}}}}}
components: {schemas: {Near: {type: string}, Other: {type: string}}}
",
        &["operation:a"],
    );
    let name = "b_get_responses_200_content_application_json_schema";
    assert_eq!(names(&part, "/components/schemas"), ["Near", name]);
    assert_eq!(part["components"]["schemas"][name]["$anchor"], "thing");
}

#[test]
fn a_reference_that_leads_nowhere_keeps_nothing_of_other_operations() {
    let operation = |id: &str, schema: &str| {
        format!(
            "  /{id}: {{get: {{operationId: {id}, responses: {{'200': {{content: {{application/json: {{schema: {schema}}}}}}}}}}}}}\n"
        )
    };
    let document = [
        "\nopenapi: 3.1.0\npaths:\n",
        &operation("a", "{allOf: [{$ref: 'gone.json#none'}, {$ref: 'https://api.example/wanted'}]}"),
        &operation("b", "{$anchor: thing}"),
        &operation("c", "{$id: other.json}"),
        "components: {schemas: {Thing: {$id: 'https://api.example/thing'}, Wanted: {$defs: {w: {$id: wanted}}}}}\n",
    ]
    .concat();
    let part = part(&document, &["operation:a"]);
    assert_eq!(names(&part, "/components/schemas"), ["Wanted"]);
}

#[test]
fn references_are_looked_for_where_the_specification_has_them() {
    let part = part(
        "
openapi: 3.1.0
paths:
  /a:
    parameters: [{name: default, in: query, content: {application/json: {schema: {$ref: '#/components/schemas/InParameter'}}}}]
    post:
      operationId: a
      requestBody:
        content:
          multipart/form-data:
            encoding: {default: {headers: {value: {$ref: '#/components/headers/OfEncoding'}}}}
            examples: {value: {value: {$ref: '#/components/schemas/InExample'}}, other: {$ref: '#/components/examples/Shared'}}
            schema:
              default: {$ref: '#/components/schemas/InDefault'}
              enum: [{$ref: '#/components/schemas/InEnum'}]
              examples: [{$ref: '#/components/schemas/InExamples'}]
              properties: {const: {$ref: '#/components/schemas/InProperty'}, example: {items: {$ref: '#/components/schemas/InItems'}}}
              definitions: {default: {$ref: '#/components/schemas/InUnknown'}}
              x-more: {enum: {$ref: '#/components/schemas/InExtension'}}
      callbacks: {example: {value: {post: {responses: {default: {$ref: '#/components/responses/OfCallback'}}}}}}
      responses:
        default: {description: OK, links: {value: {$ref: '#/components/links/Here'}, gone: {$ref: '#/components/links/Gone'}}}
  /b: {get: {operationId: b}}
components:
  schemas: {InParameter: {}, InExample: {}, InDefault: {}, InEnum: {}, InExamples: {}, InProperty: {properties: {links: {x-of: {operationId: b}}}}, InItems: {}, InUnknown: {}, InExtension: {}, Unused: {}}
  headers: {OfEncoding: {schema: {type: string}}}
  examples: {Shared: {value: 1}, Unused: {value: 2}}
  links: {Here: {operationRef: '#/paths/~1a/post'}, Gone: {operationId: b}}
  responses: {OfCallback: {description: OK}, Unused: {description: OK}}
",
        &["operation:a"],
    );
    assert_eq!(
        names(&part, "/components/schemas"),
        [
            "InExtension",
            "InItems",
            "InParameter",
            "InProperty",
            "InUnknown"
        ]
    );
    assert_eq!(names(&part, "/components/headers"), ["OfEncoding"]);
    assert_eq!(names(&part, "/components/examples"), ["Shared"]);
    assert_eq!(names(&part, "/components/responses"), ["OfCallback"]);
    assert_eq!(names(&part, "/components/links"), ["Here"]);
    // A property called `links` holds no links.
    assert_eq!(
        names(&part, "/components/schemas/InProperty/properties/links"),
        ["x-of"]
    );
    let links = &part["paths"]["/a"]["post"]["responses"]["default"]["links"];
    assert_eq!(links.as_object().map(|links| links.len()), Some(1));
}

#[test]
fn no_document_makes_it_panic() {
    for text in [
        "[]",
        "paths: 1",
        "paths: [1]",
        "paths: {/a: null}",
        "paths: {/a: {get: null}}",
        "paths: {/a: {get: {security: 1, tags: {a: b}, responses: 3, discriminator: x}}}",
        "{paths: {/a: {$ref: '#/paths/~1a'}}}",
        "{paths: {/a: {get: {$ref: '#'}}}}",
        "{paths: {/a: {get: {$ref: '#/components'}}}, components: {schemas: {A: {$ref: '#/components/schemas/A'}}}}",
        "{paths: {/a: {get: {$ref: '#/paths'}}}, components: 1, tags: 3, webhooks: []}",
    ] {
        let document = Document::parse("api.yaml", text.as_bytes(), &mut Diagnostics::new());
        selection(&["path:/a"], &[]).apply(&mut document.expect(text));
    }
}
