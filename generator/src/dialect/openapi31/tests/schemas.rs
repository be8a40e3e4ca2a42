//! Each keyword of JSON Schema 2020-12.

use super::{hold, schemas};
use crate::openapi::Version;

#[test]
fn types() {
    hold(&[
        ("{type: string}", "{type: string}", &[]),
        ("{type: [string]}", "{type: string}", &[]),
        (
            "{type: [string, 'null']}",
            "{type: string, nullable: true}",
            &[],
        ),
        (
            "{type: ['null', string]}",
            "{type: string, nullable: true}",
            &[],
        ),
        (
            "{type: [string, null]}",
            "{type: string, nullable: true}",
            &[],
        ),
        ("{type: [integer, number]}", "{type: number}", &[]),
        ("{type: []}", "{}", &[]),
        ("{type: 'null'}", "{enum: [null]}", &[]),
        (
            "{type: ['null'], minLength: 1, title: T}",
            "{title: T, enum: [null]}",
            &[],
        ),
        ("{type: 'null', const: null}", "{enum: [null]}", &[]),
        (
            "{type: [string, integer], title: T}",
            "{title: T, anyOf: [{type: string}, {type: integer}]}",
            &[],
        ),
        (
            "{type: [integer, string, 'null']}",
            "{anyOf: [{type: integer}, {type: string}], nullable: true}",
            &[],
        ),
        (
            "{type: [object, array, string], properties: {a: {type: string}}, items: {type: integer}, minLength: 2}",
            "{anyOf: [{type: object, properties: {a: {type: string}}}, {type: array, items: {type: integer}}, {type: string, minLength: 2}]}",
            &[],
        ),
        (
            "{type: [string, number, boolean, object, array, 'null']}",
            "{nullable: true}",
            &[],
        ),
        (
            "{type: [string, number, integer, boolean, object, array]}",
            "{}",
            &[],
        ),
        (
            "{type: [string, integer], enum: [a, 1, null]}",
            "{anyOf: [{type: string, enum: [a]}, {type: integer, enum: [1]}]}",
            &[],
        ),
        (
            "{type: [string, integer], enum: [a, b]}",
            "{type: string, enum: [a, b]}",
            &[],
        ),
        (
            "{type: [string, integer], format: int64}",
            "{anyOf: [{type: string}, {type: integer, format: int64}]}",
            &[],
        ),
        (
            "{type: [string, integer], format: date-time}",
            "{anyOf: [{type: string, format: date-time}, {type: integer}]}",
            &[],
        ),
        (
            "{type: [object, 'null'], allOf: [{$ref: '#/components/schemas/A'}]}",
            "{type: object, allOf: [{$ref: '#/components/schemas/A'}], nullable: true}",
            &[],
        ),
        (
            "{type: [object, array], oneOf: [{type: object}, {type: array}]}",
            "{oneOf: [{type: object}, {type: array}]}",
            &[],
        ),
        (
            "{anyOf: [{type: string}, {type: 'null'}]}",
            "{anyOf: [{type: string}, {enum: [null]}]}",
            &[],
        ),
    ]);
}

#[test]
fn boolean_schemas() {
    hold(&[
        ("true", "{}", &[]),
        ("false", "{not: {}}", &[]),
        (
            "{properties: {a: true, b: false}}",
            "{properties: {a: {}}}",
            &[],
        ),
        (
            "{additionalProperties: false}",
            "{additionalProperties: false}",
            &[],
        ),
        (
            "{additionalProperties: true}",
            "{additionalProperties: true}",
            &[],
        ),
        ("{items: true}", "{items: {}}", &[]),
        ("{items: false}", "{maxItems: 0, items: {}}", &[]),
        (
            "{oneOf: [{type: string}, false]}",
            "{oneOf: [{type: string}]}",
            &[],
        ),
        (
            "{allOf: [true, {type: string}]}",
            "{allOf: [{type: string}]}",
            &[],
        ),
        ("{allOf: [true]}", "{}", &[]),
    ]);
}

#[test]
fn constants_and_examples() {
    hold(&[
        ("{const: 42}", "{enum: [42]}", &[]),
        ("{const: null}", "{enum: [null]}", &[]),
        (
            "{type: string, const: a, enum: [a, b]}",
            "{type: string, enum: [a]}",
            &[],
        ),
        (
            "{type: string, examples: [a, b]}",
            "{type: string, example: a}",
            &[],
        ),
        ("{example: c, examples: [a, b]}", "{example: c}", &[]),
        ("{examples: []}", "{}", &[]),
    ]);
}

#[test]
fn exclusive_bounds() {
    hold(&[
        (
            "{exclusiveMinimum: 0}",
            "{minimum: 0, exclusiveMinimum: true}",
            &[],
        ),
        (
            "{exclusiveMaximum: 9.5}",
            "{maximum: 9.5, exclusiveMaximum: true}",
            &[],
        ),
        ("{minimum: 1, exclusiveMinimum: 0}", "{minimum: 1}", &[]),
        (
            "{minimum: 0, exclusiveMinimum: 0}",
            "{minimum: 0, exclusiveMinimum: true}",
            &[],
        ),
        (
            "{maximum: 5, exclusiveMaximum: 4}",
            "{maximum: 4, exclusiveMaximum: true}",
            &[],
        ),
        (
            "{minimum: 0, exclusiveMinimum: true}",
            "{minimum: 0, exclusiveMinimum: true}",
            &[],
        ),
        (
            "{type: [number, string], exclusiveMinimum: 0}",
            "{anyOf: [{type: number, minimum: 0, exclusiveMinimum: true}, {type: string}]}",
            &[],
        ),
    ]);
}

#[test]
fn contents() {
    hold(&[
        (
            "{type: string, contentEncoding: base64}",
            "{type: string, format: byte}",
            &[],
        ),
        (
            "{type: string, contentEncoding: base64, contentMediaType: image/png}",
            "{type: string, format: byte, contentMediaType: image/png}",
            &[],
        ),
        (
            "{type: string, contentEncoding: base64url}",
            "{type: string, format: base64url}",
            &[],
        ),
        (
            "{contentMediaType: application/octet-stream}",
            "{contentMediaType: application/octet-stream, type: string, format: binary}",
            &[],
        ),
        (
            "{type: [string, 'null'], contentEncoding: base64}",
            "{type: string, format: byte, nullable: true}",
            &[],
        ),
        (
            "{type: string, contentMediaType: application/json}",
            "{type: string, contentMediaType: application/json}",
            &[],
        ),
        (
            "{type: string, contentMediaType: application/json, contentSchema: {type: object}}",
            "{type: string, contentMediaType: application/json, contentSchema: {type: object}}",
            &[],
        ),
        (
            "{type: string, contentSchema: {properties: {a: {type: string}}}}",
            "{type: string, contentSchema: {properties: {a: {type: string}}}}",
            &["json-schema-keyword /components/schemas/A/contentSchema"],
        ),
        (
            "{type: string, contentEncoding: quoted-printable}",
            "{type: string, contentEncoding: quoted-printable}",
            &[],
        ),
    ]);
}

#[test]
fn tuples() {
    hold(&[
        (
            "{type: array, prefixItems: [{type: string}, {type: integer}], items: false}",
            "{type: array, prefixItems: [{type: string}, {type: integer}], maxItems: 2, items: {anyOf: [{type: string}, {type: integer}]}}",
            &[],
        ),
        (
            "{prefixItems: [{type: number}, {type: number}], minItems: 2}",
            "{prefixItems: [{type: number}, {type: number}], minItems: 2, items: {anyOf: [{type: number}, {}]}}",
            &[],
        ),
        (
            "{prefixItems: [{type: number}, {type: number}], maxItems: 2}",
            "{prefixItems: [{type: number}, {type: number}], maxItems: 2, items: {type: number}}",
            &[],
        ),
        (
            "{prefixItems: [{type: number}], maxItems: 2}",
            "{prefixItems: [{type: number}], maxItems: 2, items: {anyOf: [{type: number}, {}]}}",
            &[],
        ),
        (
            "{type: array, prefixItems: [{type: string}], items: {type: integer}}",
            "{type: array, prefixItems: [{type: string}], items: {anyOf: [{type: string}, {type: integer}]}}",
            &[],
        ),
        (
            "{type: array, prefixItems: [{type: string}], items: true}",
            "{type: array, prefixItems: [{type: string}], items: {}}",
            &[],
        ),
        (
            "{type: array, items: [{type: string}], additionalItems: false}",
            "{type: array, prefixItems: [{type: string}], maxItems: 1, items: {type: string}}",
            &[],
        ),
        (
            "{type: array, unevaluatedItems: {type: string}}",
            "{type: array, items: {type: string}}",
            &[],
        ),
        (
            "{type: array, prefixItems: [{type: string}], unevaluatedItems: false}",
            "{type: array, prefixItems: [{type: string}], maxItems: 1, items: {type: string}}",
            &[],
        ),
        (
            "{type: array, contains: {const: 1}}",
            "{type: array, contains: {enum: [1]}}",
            &[],
        ),
    ]);
}

#[test]
fn members_without_a_name() {
    hold(&[
        (
            "{patternProperties: {'^x-': {type: string}}}",
            "{patternProperties: {'^x-': {type: string}}, additionalProperties: {anyOf: [{type: string}, {}]}}",
            &[],
        ),
        (
            "{patternProperties: {'.*': {type: string}}}",
            "{patternProperties: {'.*': {type: string}}, additionalProperties: {type: string}}",
            &[],
        ),
        (
            "{type: object, patternProperties: {a: {type: string}}, unevaluatedProperties: {type: integer}}",
            "{type: object, patternProperties: {a: {type: string}}, additionalProperties: {anyOf: [{type: string}, {type: integer}]}}",
            &[],
        ),
        (
            "{type: object, patternProperties: {a: {type: string}}, unevaluatedProperties: false}",
            "{type: object, patternProperties: {a: {type: string}}, additionalProperties: {type: string}}",
            &[],
        ),
        (
            "{properties: {a: {type: string}}, patternProperties: {'^x-': {type: string}}}",
            "{properties: {a: {type: string}}, patternProperties: {'^x-': {type: string}}, additionalProperties: {anyOf: [{type: string}, {}]}}",
            &[],
        ),
        (
            "{type: object, patternProperties: {a: {type: string}, b: {type: [integer]}}, additionalProperties: false}",
            "{type: object, patternProperties: {a: {type: string}, b: {type: integer}}, additionalProperties: {anyOf: [{type: string}, {type: integer}]}}",
            &[],
        ),
        (
            "{type: object, patternProperties: {a: {type: string}}, additionalProperties: true}",
            "{type: object, patternProperties: {a: {type: string}}, additionalProperties: {}}",
            &[],
        ),
        (
            "{type: object, unevaluatedProperties: false}",
            "{type: object, additionalProperties: false}",
            &[],
        ),
        (
            "{type: object, unevaluatedProperties: {type: string}, allOf: [{type: object}]}",
            "{type: object, additionalProperties: {type: string}, allOf: [{type: object}]}",
            &[],
        ),
        (
            "{unevaluatedProperties: false, allOf: [{type: object}]}",
            "{allOf: [{type: object}]}",
            &[],
        ),
        (
            "{type: object, propertyNames: {pattern: '^a'}}",
            "{type: object, propertyNames: {pattern: '^a'}}",
            &[],
        ),
    ]);
}

#[test]
fn members_that_depend_on_others() {
    hold(&[
        (
            "{type: object, dependentRequired: {a: [b]}}",
            "{type: object, dependentRequired: {a: [b]}}",
            &[],
        ),
        (
            "{type: object, properties: {a: {type: string}}, dependentSchemas: {a: {properties: {b: {type: string}}, required: [b]}}}",
            "{type: object, properties: {a: {type: string}, b: {type: string}}, dependentRequired: {a: [b]}}",
            &[],
        ),
        (
            "{type: object, dependencies: {a: [b], c: {properties: {d: {}}}}}",
            "{type: object, dependentRequired: {a: [b]}, properties: {d: {}}}",
            &[],
        ),
        (
            "{type: object, dependentSchemas: {a: {$ref: '#/components/schemas/A'}}}",
            "{type: object}",
            &["json-schema-keyword /components/schemas/A/dependentSchemas/a"],
        ),
    ]);
}

#[test]
fn conditions() {
    let note: &[&str] = &["json-schema-keyword /components/schemas/A/if"];
    hold(&[
        (
            "{type: object, properties: {a: {type: string}}, if: {properties: {a: {const: x}}}, then: {properties: {b: {type: integer}}, required: [b]}, else: {properties: {c: {type: integer}}}}",
            "{type: object, properties: {a: {type: string}, b: {type: integer}, c: {type: integer}}}",
            note,
        ),
        (
            "{if: {required: [a]}, then: {$ref: '#/components/schemas/A'}, else: {$ref: '#/components/schemas/A'}}",
            "{oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/A'}]}",
            note,
        ),
        (
            "{if: {required: [a]}, then: {properties: {v: {type: string}}}, else: {properties: {v: {type: integer}, w: {type: string}}}}",
            "{properties: {v: {anyOf: [{type: string}, {type: integer}]}, w: {type: string}}}",
            note,
        ),
        (
            "{properties: {a: {type: string}}, if: {required: [a]}, then: {properties: {a: {format: date}}}}",
            "{properties: {a: {type: string}}}",
            note,
        ),
        ("{type: string, if: {minLength: 3}}", "{type: string}", &[]),
        (
            "{type: string, then: {minLength: 3}}",
            "{type: string}",
            &[],
        ),
        (
            "{type: string, if: {minLength: 3}, then: {pattern: a}}",
            "{type: string}",
            note,
        ),
    ]);
}

#[test]
fn conditions_of_several_parts() {
    let parts: &[&str] = &[
        "json-schema-keyword /components/schemas/A/allOf/0/if",
        "json-schema-keyword /components/schemas/A/allOf/1/if",
    ];
    hold(&[
        (
            "{type: object, properties: {a: {type: string}}, allOf: [{if: {required: [a]}, then: {properties: {a: {format: date}, v: {type: string}}}}, {if: {required: [b]}, then: {properties: {v: {type: integer}}}}]}",
            "{type: object, properties: {a: {type: string}, v: {anyOf: [{type: string}, {type: integer}]}}}",
            parts,
        ),
        (
            "{allOf: [{if: {required: [a]}, then: {properties: {v: {type: string}}}}, {$ref: '#/components/schemas/A/$defs/B', if: {required: [a]}, then: {properties: {a: {minLength: 3}}}}], $defs: {B: {allOf: [{properties: {a: {type: string}}}]}}}",
            "{allOf: [{allOf: [{$ref: '#/components/schemas/B'}]}], properties: {v: {type: string}}}, B: {allOf: [{properties: {a: {type: string}}}]}",
            parts,
        ),
        (
            "{properties: {a: {type: string}}, dependentSchemas: {a: {properties: {v: {type: string}}}, b: {properties: {v: {type: integer}, a: {format: date}}}}}",
            "{properties: {a: {type: string}, v: {anyOf: [{type: string}, {type: integer}]}}}",
            &[],
        ),
    ]);
}

#[test]
fn what_stands_beside_a_reference() {
    hold(&[
        (
            "{$ref: '#/components/schemas/A'}",
            "{$ref: '#/components/schemas/A'}",
            &[],
        ),
        (
            "{$ref: '#/components/schemas/A', description: D, deprecated: true}",
            "{allOf: [{$ref: '#/components/schemas/A'}], description: D, deprecated: true}",
            &[],
        ),
        (
            "{$ref: '#/components/schemas/A', type: ['null', object], required: [a], allOf: [{minProperties: 1}]}",
            "{allOf: [{$ref: '#/components/schemas/A'}, {minProperties: 1}], type: object, nullable: true, required: [a]}",
            &[],
        ),
        (
            "{oneOf: [{$ref: '#/components/schemas/A', title: T, description: D, x-y: 1}]}",
            "{oneOf: [{$ref: '#/components/schemas/A'}]}",
            &[],
        ),
        (
            "{oneOf: [{$ref: '#/components/schemas/A', required: [a]}]}",
            "{oneOf: [{allOf: [{$ref: '#/components/schemas/A'}], required: [a]}]}",
            &[],
        ),
    ]);
}

#[test]
fn openapi_3_0_ignores_what_stands_beside_a_reference() {
    let schema =
        "{A: {$ref: '#/components/schemas/B', description: D}, B: {type: [string, 'null']}}";
    let (found, reports) = schemas(Version::OpenApi30, schema);
    let found = found.expect("schemas").to_json();
    assert_eq!(found["A"]["description"], "D");
    assert_eq!(
        found["B"],
        serde_json::json!({"type": "string", "nullable": true})
    );
    assert!(reports.is_empty());
}

#[test]
fn what_is_for_other_tools_goes() {
    hold(&[(
        "{$schema: 'https://json-schema.org/draft/2020-12/schema', $comment: c, $vocabulary: {}, type: string}",
        "{type: string}",
        &[],
    )]);
}

#[test]
fn nested_schemas_are_reached() {
    hold(&[(
        "{properties: {a: {items: {additionalProperties: {not: {anyOf: [{type: [string]}]}}}}}}",
        "{properties: {a: {items: {additionalProperties: {not: {anyOf: [{type: string}]}}}}}}",
        &[],
    )]);
}
