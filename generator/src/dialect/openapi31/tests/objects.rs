//! What is new in 3.1 and 3.2 beside schemas.

use super::{at, parse, pass};
use crate::openapi::Version;

fn hold(version: Version, text: &str, pointer: &str, normal: &str, reported: &[&str]) {
    let (document, reports) = pass(version, text);
    let found = at(&document, pointer).map(|found| found.to_json());
    assert_eq!(found, Some(parse(normal).value().to_json()), "{text}");
    assert_eq!(reports, reported, "{text}");
}

#[test]
fn path_items_are_put_where_they_are_used() {
    for (item, normal) in [
        (
            "{$ref: '#/components/pathItems/P'}",
            "{get: {summary: of P}, parameters: []}",
        ),
        (
            "{$ref: '#/components/pathItems/P', get: {summary: own}, description: D}",
            "{get: {summary: own}, description: D, parameters: []}",
        ),
        (
            "{$ref: '#/components/pathItems/Q'}",
            "{get: {summary: of P}, parameters: []}",
        ),
    ] {
        let text = format!(
            "{{paths: {{/a: {item}}}, components: {{pathItems: {{P: {{get: {{summary: of P}}, parameters: []}}, Q: {{$ref: '#/components/pathItems/P'}}}}}}}}"
        );
        hold(Version::OpenApi31, &text, "/paths/~1a", normal, &[]);
    }
}

#[test]
fn a_cycle_of_path_items_is_left_to_the_check() {
    let text = "{paths: {/a: {$ref: '#/paths/~1a'}}}";
    hold(
        Version::OpenApi31,
        text,
        "/paths/~1a",
        "{$ref: '#/paths/~1a'}",
        &[],
    );
}

#[test]
fn a_document_without_paths_has_none() {
    let text = "{webhooks: {w: {post: {requestBody: {content: {application/json: {schema: {type: [string]}}}}}}}}";
    hold(Version::OpenApi31, text, "/paths", "{}", &[]);
    let schema = "/webhooks/w/post/requestBody/content/application~1json/schema";
    hold(Version::OpenApi31, text, schema, "{type: string}", &[]);
}

#[test]
fn media_types_of_the_components_are_put_where_they_are_used() {
    let text = "{components: {responses: {R: {content: {application/json: {$ref: '#/components/mediaTypes/M'}}}}, mediaTypes: {M: {schema: {type: [string]}}}}}";
    let content = "/components/responses/R/content/application~1json";
    hold(
        Version::OpenApi32,
        text,
        content,
        "{schema: {type: string}}",
        &[],
    );
}

#[test]
fn a_schema_of_items_is_reported() {
    let text = "{components: {responses: {R: {content: {application/jsonl: {itemSchema: {type: object}}}}}}}";
    let content = "/components/responses/R/content/application~1jsonl";
    let reported = format!("unsupported-body {content}/itemSchema");
    hold(Version::OpenApi32, text, content, "{}", &[&reported]);
}

#[test]
fn a_whole_query_is_its_parameters() {
    for (parameter, normal) in [
        (
            "{in: querystring, name: q, required: true, content: {application/x-www-form-urlencoded: {schema: {type: object, required: [a], properties: {a: {type: string}, b: {type: [integer]}}}, encoding: {b: {explode: false}}}}}",
            "[{name: a, in: query, required: true, schema: {type: string}}, {name: b, in: query, required: false, schema: {type: integer}, explode: false}]",
        ),
        (
            "{in: querystring, name: q, content: {application/x-www-form-urlencoded: {schema: {type: object, properties: {a: {type: [object, 'null']}, b: {$ref: '#/components/schemas/Q'}, c: {type: object}}}, encoding: {c: {style: deepObject}}}}}",
            "[{name: a, in: query, required: false, content: {application/json: {schema: {type: object, nullable: true}}}}, {name: b, in: query, required: false, content: {application/json: {schema: {$ref: '#/components/schemas/Q'}}}}, {name: c, in: query, required: false, style: deepObject, schema: {type: object}}]",
        ),
        (
            "{$ref: '#/components/parameters/Q'}",
            "[{name: a, in: query, required: false, schema: {type: string}}]",
        ),
        (
            "{in: querystring, name: q, content: {application/x-www-form-urlencoded: {schema: {type: object, additionalProperties: {type: string}}}}}",
            "[{in: query, name: q, schema: {type: object, additionalProperties: {type: string}}, explode: true}]",
        ),
    ] {
        let text = format!(
            "{{paths: {{/a: {{get: {{parameters: [{parameter}]}}}}}}, components: {{parameters: {{Q: {{in: querystring, name: q, content: {{application/x-www-form-urlencoded: {{schema: {{$ref: '#/components/schemas/Q'}}}}}}}}}}, schemas: {{Q: {{type: object, properties: {{a: {{type: string}}}}}}}}}}}}"
        );
        hold(
            Version::OpenApi32,
            &text,
            "/paths/~1a/get/parameters",
            normal,
            &[],
        );
    }
    let text = "{paths: {/a: {get: {parameters: [{in: querystring, name: q, content: {application/json: {schema: {}}}}]}}}}";
    let reported = ["unknown-location /paths/~1a/get/parameters/0"];
    hold(
        Version::OpenApi32,
        text,
        "/paths/~1a/get/parameters",
        "[]",
        &reported,
    );
}

#[test]
fn a_group_is_a_tag_for_finding_operations() {
    let text = "{tags: [{name: beta, kind: badge}, {name: pets, kind: nav}, {name: cats, parent: pets}], paths: {/a: {get: {tags: [beta, pets, cats]}}, /b: {get: {tags: [beta]}}}}";
    hold(
        Version::OpenApi32,
        text,
        "/paths/~1a/get/tags",
        "[pets, cats, beta]",
        &[],
    );
    hold(
        Version::OpenApi32,
        text,
        "/paths/~1b/get/tags",
        "[beta]",
        &[],
    );
}

#[test]
fn a_certificate_is_no_credential_of_a_request() {
    let text = "{security: [{mtls: [], key: []}], paths: {/a: {get: {security: [{mtls: []}]}}}, components: {securitySchemes: {mtls: {type: mutualTLS}, key: {type: http, scheme: bearer}}}}";
    let reported = ["credential-unsupported /components/securitySchemes/mtls"];
    hold(
        Version::OpenApi31,
        text,
        "/security",
        "[{key: []}]",
        &reported,
    );
    hold(
        Version::OpenApi31,
        text,
        "/paths/~1a/get/security",
        "[{}]",
        &reported,
    );
    let schemes = "{key: {type: http, scheme: bearer}}";
    hold(
        Version::OpenApi31,
        text,
        "/components/securitySchemes",
        schemes,
        &reported,
    );
}
