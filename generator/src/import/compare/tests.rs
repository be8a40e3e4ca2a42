//! Every kind of difference is found, once, and nothing else is.

use super::{Change, compare};
use crate::diagnostic::Diagnostics;
use crate::source::Document;

fn document(text: &str) -> Document {
    let mut diagnostics = Diagnostics::new();
    let document = Document::parse("api.yaml", text.as_bytes(), &mut diagnostics);
    assert_eq!(diagnostics.iter().count(), 0, "{text}");
    document.expect("a document")
}

/// The findings between two texts.
fn found(earlier: &str, later: &str) -> Vec<(Change, String)> {
    let (earlier, later) = (document(earlier), document(later));
    let findings = compare(earlier.value(), later.value());
    for finding in &findings {
        let owner = match finding.change {
            Change::Gone => &earlier,
            _ => &later,
        };
        let place = owner.place(&finding.pointer);
        assert!(place.below < 2, "{}", finding.text);
        assert_eq!(place.origin, finding.origin, "{}", finding.text);
    }
    findings
        .into_iter()
        .map(|finding| (finding.change, finding.text))
        .collect()
}

const SHOP: &str = "
openapi: 3.0.4
info: {title: Shop, version: '1'}
security: [{key: []}]
paths:
  /pets/{pet}:
    parameters: [{name: pet, in: path, required: true, schema: {type: integer}}]
    get:
      operationId: getPet
      summary: Words
      parameters:
      - {name: search, in: query, schema: {type: string, nullable: false}}
      - {name: state, in: query, schema: {type: string, enum: [alive, asleep]}}
      responses:
        '200':
          description: Words
          headers: {X-Total: {schema: {type: integer}}}
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
        '404': {description: Words}
    put:
      operationId: putPet
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
      responses: {'204': {description: Words}}
  /shops:
    get: {operationId: listShops, responses: {'200': {description: Words}}}
components:
  securitySchemes: {key: {type: apiKey, in: header, name: K}}
  schemas:
    Pet:
      type: object
      description: Words
      required: [id]
      properties:
        id: {type: integer, format: int32, example: 1}
        name: {type: string, maxLength: 5}
        tags: {type: array, items: {type: string}}
        owner: {oneOf: [{$ref: '#/components/schemas/Pet'}, {type: string}]}
";

#[test]
fn a_document_is_as_itself() {
    assert_eq!(found(SHOP, SHOP), []);
    let silent = SHOP
        .replace(" Words", " Other words")
        .replace(", example: 1", "");
    assert_ne!(silent, SHOP);
    assert_eq!(found(SHOP, &silent), []);
    assert_eq!(found(SHOP, &SHOP.replace(", nullable: false", "")), []);
}

#[test]
fn each_difference_is_found() {
    let get = "`GET /pets/{pet}`";
    for (before, after, change, text) in [
        (
            "    get: {operationId: listShops, responses: {'200': {description: Words}}}\n",
            "",
            Change::Gone,
            "the operation `GET /shops`".to_owned(),
        ),
        (
            "/shops",
            "/stores",
            Change::Renamed,
            "the operation `GET /shops` is `GET /stores` now".to_owned(),
        ),
        (
            "operationId: listShops",
            "operationId: getShops",
            Change::Changed,
            "`operationId` of `GET /shops` was `\"listShops\"` and is `\"getShops\"`".to_owned(),
        ),
        (
            "      - {name: search, in: query, schema: {type: string, nullable: false}}\n",
            "",
            Change::Gone,
            format!("the query parameter `search` of {get}"),
        ),
        (
            "name: search",
            "name: query",
            Change::Renamed,
            format!("the query parameter `search` of {get} is called `query` now"),
        ),
        (
            "name: search, in: query",
            "name: search, in: query, required: true",
            Change::Changed,
            format!("the query parameter `search` of {get} is required now"),
        ),
        (
            "[alive, asleep]",
            "[alive]",
            Change::Gone,
            format!("the value `\"asleep\"` of the query parameter `state` of {get}"),
        ),
        (
            "[alive, asleep]",
            "[alive, asleep, 1]",
            Change::New,
            format!("the value `1` of the query parameter `state` of {get}"),
        ),
        (
            ", enum: [alive, asleep]",
            "",
            Change::Changed,
            format!(
                "the query parameter `state` of {get} has no `enum` any more; it was `[\"alive\",\"asleep\"]`"
            ),
        ),
        (
            "        '404': {description: Words}\n",
            "",
            Change::Gone,
            format!("the response 404 of {get}"),
        ),
        (
            "'404'",
            "'410'",
            Change::Gone,
            format!("the response 404 of {get}"),
        ),
        (
            "headers: {X-Total: {schema: {type: integer}}}",
            "headers: {}",
            Change::Gone,
            format!("the header `X-Total` of the response 200 of {get}"),
        ),
        (
            "X-Total: {schema: {type: integer}}",
            "X-Total: {schema: {type: string}}",
            Change::Changed,
            format!(
                "`type` of the header `X-Total` of the response 200 of {get} was `\"integer\"` and is `\"string\"`"
            ),
        ),
        (
            "requestBody: {required: true,",
            "requestBody: {",
            Change::Changed,
            "the body of `PUT /pets/{pet}` is optional now".to_owned(),
        ),
        (
            "{required: true, content: {application/json",
            "{required: true, content: {text/json",
            Change::New,
            "the media type `text/json` of the body of `PUT /pets/{pet}`".to_owned(),
        ),
        (
            "format: int32",
            "format: int64",
            Change::Changed,
            "`format` of `id` of `Pet` was `\"int32\"` and is `\"int64\"`".to_owned(),
        ),
        (
            ", maxLength: 5",
            "",
            Change::Changed,
            "`name` of `Pet` has no `maxLength` any more; it was `5`".to_owned(),
        ),
        (
            "items: {type: string}",
            "items: {type: string, pattern: a}",
            Change::Changed,
            "an item of `tags` of `Pet` has `pattern` `\"a\"` now".to_owned(),
        ),
        (
            ", items: {type: string}",
            "",
            Change::Gone,
            "an item of `tags` of `Pet` is not described any more".to_owned(),
        ),
        (
            "        name: {type: string, maxLength: 5}\n",
            "",
            Change::Gone,
            "the member `name` of `Pet`".to_owned(),
        ),
        (
            "        name: {",
            "        title: {",
            Change::Renamed,
            "the member `name` of `Pet` is called `title` now".to_owned(),
        ),
        (
            "        name: {",
            "        age: {type: integer}\n        name: {",
            Change::New,
            "the member `age` of `Pet`".to_owned(),
        ),
        (
            "- {name: state,",
            "- {name: age, in: query, required: true}\n      - {name: state,",
            Change::New,
            format!("the query parameter `age` of {get}, which is required"),
        ),
        (
            "required: [id]",
            "required: [id, tags]",
            Change::Changed,
            "the member `tags` of `Pet` is required now".to_owned(),
        ),
        (
            "      required: [id]\n",
            "",
            Change::Changed,
            "the member `id` of `Pet` is optional now".to_owned(),
        ),
        (
            ", {type: string}]",
            "]",
            Change::Gone,
            "part 2 in `oneOf` of `owner` of `Pet`".to_owned(),
        ),
        (
            "name: K",
            "name: L",
            Change::Changed,
            "`name` of the security scheme `key` was `\"K\"` and is `\"L\"`".to_owned(),
        ),
        (
            "security: [{key: []}]",
            "security: [{}]",
            Change::Changed,
            "`security` of the document was `[{\"key\":[]}]` and is `[{}]`".to_owned(),
        ),
    ] {
        assert!(SHOP.contains(before), "{before}");
        let later = SHOP.replace(before, after);
        let findings = found(SHOP, &later);
        assert!(
            findings.contains(&(change, text.clone())),
            "{text}: {findings:?}"
        );
        let expected = if before == "'404'" || text.contains("media type") {
            2
        } else {
            1
        };
        assert_eq!(findings.len(), expected, "{text}: {findings:?}");
    }
}

/// The texts of the findings after replacements in the document.
fn texts(replacements: &[(&str, &str)]) -> Vec<String> {
    let mut later = SHOP.to_owned();
    for (before, after) in replacements {
        assert!(later.contains(before), "{before}");
        later = later.replace(before, after);
    }
    let findings = found(SHOP, &later).into_iter();
    findings.map(|(_, text)| text).collect()
}

#[test]
fn what_has_another_name_is_compared_too() {
    assert_eq!(
        texts(&[("name: search,", "name: query, style: form, required: true,")]),
        [
            "the query parameter `search` of `GET /pets/{pet}` is called `query` now",
            "the query parameter `query` of `GET /pets/{pet}` has `style` `\"form\"` now",
            "the query parameter `query` of `GET /pets/{pet}` is required now",
        ]
    );
    assert_eq!(
        texts(&[
            ("        id: {", "        number: {"),
            ("required: [id]", "required: []")
        ]),
        [
            "the member `id` of `Pet` is called `number` now",
            "the member `number` of `Pet` is optional now",
        ]
    );
    // What is in a property that only looks like words counts as well.
    let found = texts(&[(
        "        name: {type: string, maxLength: 5}",
        "        title: {type: object, properties: {description: {type: string}}}",
    )]);
    assert_eq!(
        found,
        ["the member `name` of `Pet`", "the member `title` of `Pet`"]
    );
}

#[test]
fn what_is_new_and_required_is_said_to_be() {
    assert_eq!(
        texts(&[
            ("required: [id]", "required: [id, age]"),
            (
                "        name: {",
                "        age: {type: integer}\n        name: {"
            ),
        ]),
        ["the member `age` of `Pet`, which is required"]
    );
}

#[test]
fn another_schema_is_no_renamed_one() {
    let shop = SHOP.replace(
        "    Pet:\n",
        "    Animal: {type: object, properties: {legs: {type: integer}}}\n    Pet:\n",
    );
    let later = shop.replacen(
        "schemas/Pet'}}}}\n      responses",
        "schemas/Animal'}}}}\n      responses",
        1,
    );
    assert_ne!(later, shop);
    let findings = found(&shop, &later);
    assert_eq!(
        findings,
        [(
            Change::Changed,
            "the body of `PUT /pets/{pet}` was `Pet` and is `Animal`".to_owned()
        )]
    );
}

#[test]
fn alternatives_are_compared_by_what_they_refer_to() {
    assert_eq!(
        texts(&[("{oneOf: [{$ref", "{oneOf: [{type: boolean}, {$ref")]),
        ["part 1 in `oneOf` of `owner` of `Pet`"],
    );
}

#[test]
fn what_the_operations_of_a_path_share_is_compared() {
    assert_eq!(
        texts(&[(
            "  /pets/{pet}:\n",
            "  /pets/{pet}:\n    servers: [{url: 'https://pets.example'}]\n"
        )]),
        ["the path `/pets/{pet}` has `servers` `[{\"url\":\"https://pets.example\"}]` now"]
    );
    let webhook = |text: &str| format!("{SHOP}webhooks:\n  sold: {{post: {{{text}}}}}\n");
    assert_eq!(
        found(
            &webhook("operationId: a"),
            &webhook("operationId: a, parameters: [{name: x, in: query}]")
        ),
        [(
            Change::New,
            "the query parameter `x` of `POST sold` (webhook)".to_owned()
        )]
    );
    assert_eq!(
        found(SHOP, &webhook("operationId: a")),
        [(
            Change::New,
            "the operation `POST sold` (webhook) of the id `a`".to_owned()
        )]
    );
}

#[test]
fn texts_that_begin_alike_are_told_apart() {
    let long = "/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    let before = SHOP.replace("maxLength: 5", &format!("pattern: {long}b"));
    let after = SHOP.replace("maxLength: 5", &format!("pattern: {long}c"));
    assert_eq!(
        found(&before, &after),
        [(
            Change::Changed,
            "`pattern` of `name` of `Pet` was `…aaaaaaaaaaaaaaaaaaaab\"` and is `…aaaaaaaaaaaaaaaaaaaac\"`"
                .to_owned()
        )]
    );
}

#[test]
fn paths_that_differ_in_the_names_of_parameters_are_each_as_itself() {
    let twins = "paths: {'/a/{x}': {get: {}}, '/a/{y}': {get: {}}}";
    assert_eq!(found(twins, twins), []);
}

#[test]
fn large_documents_are_compared_without_deep_calls_and_in_time() {
    let path = "paths: {/a: {get: {responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/S0'}}}}}}}}\ncomponents: {schemas: {";
    let chain = |last: &str| {
        let links = (0..5_000).map(|number| {
            format!(
                "S{number}: {{properties: {{next: {{$ref: '#/components/schemas/S{}'}}}}}}, ",
                number + 1
            )
        });
        format!(
            "{path}{}S5000: {{type: {last}}}}}}}\n",
            links.collect::<String>()
        )
    };
    assert_eq!(found(&chain("string"), &chain("integer")).len(), 1);
    let wide = |name: &str| {
        let members = (0..3_000).map(|number| format!("{name}{number}: {{type: string}}, "));
        format!(
            "{path}S0: {{properties: {{{}}}}}}}}}\n",
            members.collect::<String>()
        )
    };
    assert_eq!(found(&wide("a"), &wide("b")).len(), 6_000);
}

#[test]
fn what_is_written_otherwise_is_the_same() {
    let renamed = SHOP
        .replace("schemas/Pet", "schemas/Animal")
        .replace("    Pet:", "    Animal:");
    assert_eq!(
        found(SHOP, &renamed),
        [(
            Change::Renamed,
            "the schema `Pet` is called `Animal` now".to_owned()
        )]
    );
    let path = SHOP
        .replace("{pet}", "{id}")
        .replace("name: pet,", "name: id,");
    let findings = found(SHOP, &path);
    let texts: Vec<&str> = findings.iter().map(|(_, text)| &**text).collect();
    assert_eq!(
        texts,
        [
            "the operation `GET /pets/{pet}` is `GET /pets/{id}` now",
            "the operation `PUT /pets/{pet}` is `PUT /pets/{id}` now",
            "the path parameter `pet` of `GET /pets/{id}` is called `id` now",
            "the path parameter `pet` of `PUT /pets/{id}` is called `id` now",
        ]
    );
    // A parameter of the path may as well be one of each operation.
    let shared =
        "    parameters: [{name: pet, in: path, required: true, schema: {type: integer}}]\n";
    let own = SHOP
        .replace(shared, "")
        .replace("      - {name: search", "      - {name: pet, in: path, required: true, schema: {type: integer}}\n      - {name: search")
        .replace("      requestBody:", "      parameters: [{name: pet, in: path, required: true, schema: {type: integer}}]\n      requestBody:");
    assert_eq!(found(SHOP, &own), []);
}

#[test]
fn a_cycle_ends() {
    let cycle = "
paths: {/a: {get: {responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}}}}
components: {schemas: {A: {properties: {a: {$ref: '#/components/schemas/B'}}}, B: {items: {$ref: '#/components/schemas/A'}}}}
";
    let other = cycle.replace("B: {", "B: {minItems: 1, ");
    assert_eq!(found(cycle, &other).len(), 1);
    let loops = cycle.replace("B: {items: {", "B: {").replace(
        "'#/components/schemas/A'}}}}\n",
        "'#/components/schemas/B'}}}\n",
    );
    assert!(document(&loops).value().as_object().is_some());
    let _ = found(cycle, &loops);
}

#[test]
fn no_pair_of_documents_makes_it_panic() {
    let texts = [
        "[]",
        "paths: 1",
        "paths: {/a: null}",
        "paths: {/a: {get: [1], parameters: {}}}",
        "paths: {/a: {get: {responses: {'200': 3}, parameters: [1, {name: 3}]}}}\ncomponents: {securitySchemes: 1}",
        "paths: {'{': {get: {}}, '/{a': {get: {}}, '/}': {get: {}}}",
        SHOP,
    ];
    for earlier in texts {
        for later in texts {
            let _ = found(earlier, later);
        }
    }
}

#[test]
fn what_exchanged_schemas_have_lost_is_found() {
    let document = |first: &str, second: &str, claws: &str| {
        let path = |path: &str, schema: &str| {
            format!(
                "  {path}: {{get: {{responses: {{'200': {{description: Words, content: {{application/json: {{schema: {{$ref: '#/components/schemas/{schema}'}}}}}}}}}}}}}}\n"
            )
        };
        format!(
            "paths:\n{}{}components:\n  schemas:\n    Pet: {{properties: {{name: {{type: string}}}}}}\n    Cat: {{properties: {{id: {{type: integer}}{claws}}}}}\n",
            path("/a", first),
            path("/b", second),
        )
    };
    let findings = found(
        &document("Pet", "Cat", ", claws: {type: integer}"),
        &document("Cat", "Pet", ""),
    );
    let texts: Vec<&str> = findings.iter().map(|(_, text)| &**text).collect();
    assert_eq!(
        texts,
        [
            "the member `claws` of `Cat`",
            "the response 200 of `GET /a` was `Pet` and is `Cat`",
            "the response 200 of `GET /b` was `Cat` and is `Pet`",
        ]
    );
    assert_eq!(
        findings.first().map(|(change, _)| *change),
        Some(Change::Gone)
    );
}

#[test]
fn a_change_of_the_method_alone_has_no_names() {
    let later = SHOP.replace(
        "get: {operationId: listShops",
        "post: {operationId: listShops",
    );
    let findings = compare(document(SHOP).value(), document(&later).value());
    let findings: Vec<_> = findings
        .iter()
        .map(|finding| (&*finding.text, &finding.names))
        .collect();
    assert_eq!(
        findings,
        [("the operation `GET /shops` is `POST /shops` now", &None)]
    );
}

#[test]
fn another_name_needs_the_same_schema_to_its_end() {
    let member = |name: &str, schema: &str| {
        SHOP.replace(
            "        name: {type: string, maxLength: 5}",
            &format!("        {name}: {schema}"),
        )
    };
    let values = |last: usize| {
        let values = (0..1_200).map(|value| format!("{value}, "));
        format!("{{enum: [{}{last}]}}", values.collect::<String>())
    };
    for (before, after) in [
        (
            "{properties: {description: {type: string}}}".to_owned(),
            "{properties: {description: {type: integer}}}".to_owned(),
        ),
        (
            "{default: {example: 1, required: false}}".to_owned(),
            "{default: {example: 2}}".to_owned(),
        ),
        (values(7_000), values(8_000)),
    ] {
        assert_eq!(
            found(&member("name", &before), &member("title", &after)),
            [
                (Change::Gone, "the member `name` of `Pet`".to_owned()),
                (Change::New, "the member `title` of `Pet`".to_owned()),
            ]
        );
    }
    // Words do not count where they are keywords.
    let words = |words: &str| format!("{{properties: {{description: {{description: {words}}}}}}}");
    assert_eq!(
        found(
            &member("name", &words("One")),
            &member("title", &words("Two"))
        ),
        [(
            Change::Renamed,
            "the member `name` of `Pet` is called `title` now".to_owned()
        )]
    );
}
