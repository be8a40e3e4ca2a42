//! Each construct alone.

use super::{Dialect, assert_equal, is_read, model};

/// One construct, written in each dialect: what follows the head of the document. 3.2 has the text of 3.1.
struct Construct {
    name: &'static str,
    v2: &'static str,
    v30: &'static str,
    v31: &'static str,
}

#[test]
fn every_construct_gives_the_same_model() {
    for construct in CONSTRUCTS {
        let of = |dialect: Dialect| {
            let body = match dialect {
                Dialect::V2 => construct.v2,
                Dialect::V30 => construct.v30,
                Dialect::V31 | Dialect::V32 if construct.v31.is_empty() => construct.v30,
                Dialect::V31 | Dialect::V32 => construct.v31,
            };
            model(&format!("{}{body}", dialect.head()))
        };
        let expected = of(Dialect::V30);
        assert!(expected.contains("Operation {"), "{}", construct.name);
        for dialect in Dialect::ALL.into_iter().filter(|one| is_read(*one)) {
            assert_equal(construct.name, dialect, &of(dialect), &expected);
        }
    }
}

const CONSTRUCTS: &[Construct] = &[
    Construct {
        name: "lists in the query, the path and headers",
        v2: "paths:
  /a/{ids}:
    get:
      operationId: a
      parameters:
      - {in: path, name: ids, required: true, type: array, items: {type: integer, format: int64}}
      - {in: query, name: csv, type: array, items: {type: string}, description: Many}
      - {in: query, name: multi, type: array, collectionFormat: multi, items: {type: string}}
      - {in: query, name: ssv, type: array, collectionFormat: ssv, items: {type: string}}
      - {in: query, name: pipes, type: array, collectionFormat: pipes, items: {type: string}, maxItems: 3}
      - {in: header, name: X-List, type: array, items: {type: boolean}}
      responses: {'204': {description: done}}
",
        v30: "paths:
  /a/{ids}:
    get:
      operationId: a
      parameters:
      - {in: path, name: ids, required: true, schema: {type: array, items: {type: integer, format: int64}}}
      - {in: query, name: csv, explode: false, schema: {type: array, items: {type: string}}, description: Many}
      - {in: query, name: multi, schema: {type: array, items: {type: string}}}
      - {in: query, name: ssv, style: spaceDelimited, explode: false, schema: {type: array, items: {type: string}}}
      - {in: query, name: pipes, style: pipeDelimited, explode: false, schema: {type: array, items: {type: string}, maxItems: 3}}
      - {in: header, name: X-List, schema: {type: array, items: {type: boolean}}}
      responses: {'204': {description: done}}
",
        v31: "",
    },
    Construct {
        name: "constraints and defaults of parameters",
        v2: "paths:
  /a:
    get:
      operationId: a
      parameters:
      - {in: query, name: page, type: integer, default: 1, minimum: 0, exclusiveMinimum: true, maximum: 100}
      - {in: query, name: order, type: string, enum: [up, down], x-enum-varnames: [Up, Down], required: true}
      - {in: query, name: name, type: string, minLength: 1, maxLength: 9, pattern: '^a', x-example: abc}
      responses: {'204': {description: done}}
",
        v30: "paths:
  /a:
    get:
      operationId: a
      parameters:
      - {in: query, name: page, schema: {type: integer, default: 1, minimum: 0, exclusiveMinimum: true, maximum: 100}}
      - {in: query, name: order, required: true, schema: {type: string, enum: [up, down], x-enum-varnames: [Up, Down]}}
      - {in: query, name: name, example: abc, schema: {type: string, minLength: 1, maxLength: 9, pattern: '^a'}}
      responses: {'204': {description: done}}
",
        v31: "paths:
  /a:
    get:
      operationId: a
      parameters:
      - {in: query, name: page, schema: {type: integer, default: 1, exclusiveMinimum: 0, maximum: 100}}
      - {in: query, name: order, required: true, schema: {type: string, enum: [up, down], x-enum-varnames: [Up, Down]}}
      - {in: query, name: name, example: abc, schema: {type: string, minLength: 1, maxLength: 9, pattern: '^a'}}
      responses: {'204': {description: done}}
",
    },
    Construct {
        name: "a body and a result",
        v2: "paths:
  /a:
    post:
      operationId: a
      parameters: [{in: body, name: thing, required: true, description: A thing, schema: {$ref: '#/definitions/Thing'}}]
      responses: {'201': {description: made, schema: {$ref: '#/definitions/Thing'}}}
definitions:
  Thing: {type: object, required: [id], properties: {id: {type: integer, format: int64, readOnly: true}, name: {type: string}}}
",
        v30: "paths:
  /a:
    post:
      operationId: a
      requestBody: {required: true, description: A thing, content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}
      responses: {'201': {description: made, content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}}
components:
  schemas:
    Thing: {type: object, required: [id], properties: {id: {type: integer, format: int64, readOnly: true}, name: {type: string}}}
",
        v31: "",
    },
    Construct {
        name: "inline bodies of several media types",
        v2: "paths:
  /a:
    put:
      operationId: a
      consumes: [application/json, application/vnd.a+json]
      produces: [application/json, text/plain]
      parameters: [{in: body, name: b, schema: {type: object, properties: {a: {type: string}}}}]
      responses: {'200': {description: ok, schema: {type: object, properties: {b: {type: string}}}}, default: {description: bad}}
",
        v30: "paths:
  /a:
    put:
      operationId: a
      requestBody:
        content:
          application/json: {schema: {type: object, properties: {a: {type: string}}}}
          application/vnd.a+json: {schema: {type: object, properties: {a: {type: string}}}}
      responses:
        '200':
          description: ok
          content:
            application/json: {schema: {type: object, properties: {b: {type: string}}}}
            text/plain: {schema: {type: object, properties: {b: {type: string}}}}
        default: {description: bad}
",
        v31: "",
    },
    Construct {
        name: "a form",
        v2: "paths:
  /a:
    post:
      operationId: a
      consumes: [application/x-www-form-urlencoded]
      parameters:
      - {in: formData, name: name, type: string, required: true, description: Its name}
      - {in: formData, name: size, type: integer, default: 3}
      - {in: formData, name: tags, type: array, collectionFormat: multi, items: {type: string}}
      responses: {'204': {description: done}}
",
        v30: "paths:
  /a:
    post:
      operationId: a
      requestBody:
        required: true
        content:
          application/x-www-form-urlencoded:
            schema:
              type: object
              required: [name]
              properties:
                name: {type: string, description: Its name}
                size: {type: integer, default: 3}
                tags: {type: array, items: {type: string}}
      responses: {'204': {description: done}}
",
        v31: "",
    },
    Construct {
        name: "lists in forms",
        v2: "paths:
  /a:
    post:
      operationId: a
      consumes: [application/x-www-form-urlencoded]
      parameters:
      - {in: formData, name: none, type: array, items: {type: string}}
      - {in: formData, name: csv, type: array, collectionFormat: csv, items: {type: string}}
      - {in: formData, name: ssv, type: array, collectionFormat: ssv, items: {type: string}}
      - {in: formData, name: pipes, type: array, collectionFormat: pipes, items: {type: string}}
      - {in: formData, name: multi, type: array, collectionFormat: multi, items: {type: string}}
      responses: {'204': {description: done}}
  /b:
    post:
      operationId: b
      consumes: [multipart/form-data]
      parameters:
      - {in: formData, name: ssv, type: array, collectionFormat: ssv, items: {type: string}}
      - {in: formData, name: multi, type: array, collectionFormat: multi, items: {type: string}}
      responses: {'204': {description: done}}
",
        v30: "paths:
  /a:
    post:
      operationId: a
      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema:
              type: object
              properties:
                none: {type: array, items: {type: string}}
                csv: {type: array, items: {type: string}}
                ssv: {type: array, items: {type: string}}
                pipes: {type: array, items: {type: string}}
                multi: {type: array, items: {type: string}}
            encoding:
              none: {explode: false}
              csv: {explode: false}
              ssv: {style: spaceDelimited, explode: false}
              pipes: {style: pipeDelimited, explode: false}
      responses: {'204': {description: done}}
  /b:
    post:
      operationId: b
      requestBody:
        content:
          multipart/form-data:
            schema:
              type: object
              properties:
                ssv: {type: array, items: {type: string}}
                multi: {type: array, items: {type: string}}
            encoding: {ssv: {style: spaceDelimited, explode: false}}
      responses: {'204': {description: done}}
",
        v31: "",
    },
    Construct {
        name: "a form with a file",
        v2: "paths:
  /a:
    post:
      operationId: a
      consumes: [multipart/form-data]
      parameters:
      - {in: formData, name: file, type: file, required: true, description: The file}
      - {in: formData, name: note, type: string}
      responses: {'204': {description: done}}
",
        v30: "paths:
  /a:
    post:
      operationId: a
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema:
              type: object
              required: [file]
              properties:
                file: {type: string, format: binary, description: The file}
                note: {type: string}
      responses: {'204': {description: done}}
",
        v31: "paths:
  /a:
    post:
      operationId: a
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema:
              type: object
              required: [file]
              properties:
                file: {type: string, format: binary, description: The file}
                note: {type: string}
      responses: {'204': {description: done}}
",
    },
    Construct {
        name: "a file as the result",
        v2: "paths:
  /a:
    get:
      operationId: a
      produces: [application/zip]
      responses: {'200': {description: The archive, schema: {type: file}}}
",
        v30: "paths:
  /a:
    get:
      operationId: a
      responses: {'200': {description: The archive, content: {application/zip: {schema: {type: string, format: binary}}}}}
",
        v31: "paths:
  /a:
    get:
      operationId: a
      responses: {'200': {description: The archive, content: {application/zip: {}}}}
",
    },
    Construct {
        name: "shared parameters and bodies",
        v2: "parameters:
  Limit: {in: query, name: limit, type: integer, description: How many}
  Thing: {in: body, name: thing, required: true, schema: {type: object, properties: {name: {type: string}}}}
paths:
  /a:
    parameters: [{$ref: '#/parameters/Limit'}]
    post: {operationId: a, parameters: [{$ref: '#/parameters/Thing'}], responses: {'204': {description: done}}}
    put: {operationId: b, parameters: [{$ref: '#/parameters/Thing'}], responses: {'204': {description: done}}}
",
        v30: "components:
  parameters:
    Limit: {in: query, name: limit, schema: {type: integer}, description: How many}
  requestBodies:
    Thing: {required: true, content: {application/json: {schema: {type: object, properties: {name: {type: string}}}}}}
paths:
  /a:
    parameters: [{$ref: '#/components/parameters/Limit'}]
    post: {operationId: a, requestBody: {$ref: '#/components/requestBodies/Thing'}, responses: {'204': {description: done}}}
    put: {operationId: b, requestBody: {$ref: '#/components/requestBodies/Thing'}, responses: {'204': {description: done}}}
",
        v31: "",
    },
    Construct {
        name: "a body that the operations of a path share",
        v2: "paths:
  /a:
    parameters: [{in: body, name: b, schema: {type: array, items: {type: string}}}, {in: query, name: q, type: string}]
    post: {operationId: a, responses: {'204': {description: done}}}
    put: {operationId: b, parameters: [{in: body, name: b, schema: {type: string}}], responses: {'204': {description: done}}}
",
        v30: "paths:
  /a:
    parameters: [{in: query, name: q, schema: {type: string}}]
    post: {operationId: a, requestBody: {content: {application/json: {schema: {type: array, items: {type: string}}}}}, responses: {'204': {description: done}}}
    put: {operationId: b, requestBody: {content: {application/json: {schema: {type: string}}}}, responses: {'204': {description: done}}}
",
        v31: "",
    },
    Construct {
        name: "shared responses",
        v2: "responses:
  Bad: {description: bad, schema: {type: object, properties: {message: {type: string}}}}
paths:
  /a:
    get: {operationId: a, responses: {'200': {description: ok, schema: {type: string}}, default: {$ref: '#/responses/Bad'}}}
    put: {operationId: b, responses: {'204': {description: done}, '404': {$ref: '#/responses/Bad'}}}
",
        v30: "components:
  responses:
    Bad: {description: bad, content: {application/json: {schema: {type: object, properties: {message: {type: string}}}}}}
paths:
  /a:
    get: {operationId: a, responses: {'200': {description: ok, content: {application/json: {schema: {type: string}}}}, default: {$ref: '#/components/responses/Bad'}}}
    put: {operationId: b, responses: {'204': {description: done}, '404': {$ref: '#/components/responses/Bad'}}}
",
        v31: "",
    },
    Construct {
        name: "headers and examples of a response",
        v2: "paths:
  /a:
    get:
      operationId: a
      responses:
        '200':
          description: ok
          schema: {type: array, items: {type: string}}
          headers:
            X-Total: {type: integer, description: How many}
            X-Kinds: {type: array, items: {type: string}}
          examples: {application/json: [a, b]}
",
        v30: "paths:
  /a:
    get:
      operationId: a
      responses:
        '200':
          description: ok
          headers:
            X-Total: {schema: {type: integer}, description: How many}
            X-Kinds: {schema: {type: array, items: {type: string}}}
          content: {application/json: {schema: {type: array, items: {type: string}}, example: [a, b]}}
",
        v31: "",
    },
    Construct {
        name: "null",
        v2: "paths:
  /a:
    get: {operationId: a, responses: {'200': {description: ok, schema: {$ref: '#/definitions/A'}}}}
definitions:
  A:
    type: object
    required: [a, b, c]
    properties:
      a: {type: string, x-nullable: true}
      b: {type: string, x-nullable: false}
      c: {$ref: '#/definitions/B', x-nullable: true}
      d: {type: array, items: {type: integer, x-nullable: true}}
  B: {type: object, properties: {x: {type: string}}}
",
        v30: "paths:
  /a:
    get: {operationId: a, responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}}
components:
  schemas:
    A:
      type: object
      required: [a, b, c]
      properties:
        a: {type: string, nullable: true}
        b: {type: string}
        c: {nullable: true, allOf: [{$ref: '#/components/schemas/B'}]}
        d: {type: array, items: {type: integer, nullable: true}}
    B: {type: object, properties: {x: {type: string}}}
",
        v31: "paths:
  /a:
    get: {operationId: a, responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}}
components:
  schemas:
    A:
      type: object
      required: [a, b, c]
      properties:
        a: {type: [string, 'null']}
        b: {type: string}
        c: {anyOf: [{$ref: '#/components/schemas/B'}, {type: 'null'}]}
        d: {type: array, items: {type: [integer, 'null']}}
    B: {type: object, properties: {x: {type: string}}}
",
    },
    Construct {
        name: "schemas that extend another",
        v2: "paths:
  /a:
    get: {operationId: a, responses: {'200': {description: ok, schema: {$ref: '#/definitions/Cat'}}}}
definitions:
  Pet: {type: object, discriminator: kind, required: [kind], properties: {kind: {type: string}, name: {type: string}}}
  Cat: {allOf: [{$ref: '#/definitions/Pet'}, {type: object, properties: {lives: {type: integer}}}]}
  Dog: {allOf: [{$ref: '#/definitions/Pet'}, {type: object, required: [bark], properties: {bark: {type: string}}}]}
",
        v30: "paths:
  /a:
    get: {operationId: a, responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Cat'}}}}}}
components:
  schemas:
    Pet: {type: object, discriminator: {propertyName: kind}, required: [kind], properties: {kind: {type: string}, name: {type: string}}}
    Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {lives: {type: integer}}}]}
    Dog: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, required: [bark], properties: {bark: {type: string}}}]}
",
        v31: "",
    },
    Construct {
        name: "a value of any schema that extends another",
        v2: "paths:
  /a:
    get: {operationId: a, responses: {'200': {description: ok, schema: {$ref: '#/definitions/Owner'}}}}
definitions:
  Owner: {type: object, properties: {pet: {$ref: '#/definitions/Pet'}, pets: {type: array, items: {$ref: '#/definitions/Pet'}}}}
  Pet: {type: object, description: Any pet, discriminator: kind, required: [kind], properties: {kind: {type: string}, friend: {$ref: '#/definitions/Pet'}}}
  Cat: {allOf: [{$ref: '#/definitions/Pet'}, {type: object, properties: {lives: {type: integer}}}]}
  Siamese: {allOf: [{$ref: '#/definitions/Cat'}, {type: object, properties: {voice: {type: string}}}]}
  Dog: {x-discriminator-value: dog, allOf: [{$ref: '#/definitions/Pet'}, {type: object, required: [bark], properties: {bark: {type: string}}}]}
",
        v30: "paths:
  /a:
    get: {operationId: a, responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Owner'}}}}}}
components:
  schemas:
    Owner: {type: object, properties: {pet: {$ref: '#/components/schemas/Pet'}, pets: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}
    Pet: {type: object, description: Any pet, discriminator: {propertyName: kind, mapping: {dog: Dog}}, required: [kind], properties: {kind: {type: string}, friend: {$ref: '#/components/schemas/Pet'}}}
    Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {lives: {type: integer}}}]}
    Siamese: {allOf: [{$ref: '#/components/schemas/Cat'}, {type: object, properties: {voice: {type: string}}}]}
    Dog: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, required: [bark], properties: {bark: {type: string}}}]}
",
        v31: "",
    },
    Construct {
        name: "enumerations, maps and dates",
        v2: "paths:
  /a:
    get: {operationId: a, responses: {'200': {description: ok, schema: {$ref: '#/definitions/A'}}}}
definitions:
  A:
    type: object
    properties:
      kind: {type: string, enum: [one, two], x-enum-varnames: [First, Second]}
      count: {type: integer, enum: [1, 2]}
      only: {type: string, enum: [fixed]}
      labels: {type: object, additionalProperties: {type: string}}
      anything: {type: object, additionalProperties: true}
      day: {type: string, format: date}
      at: {type: string, format: date-time, x-example: '2020-01-01T00:00:00Z'}
      secret: {type: string, format: password}
",
        v30: "paths:
  /a:
    get: {operationId: a, responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}}
components:
  schemas:
    A:
      type: object
      properties:
        kind: {type: string, enum: [one, two], x-enum-varnames: [First, Second]}
        count: {type: integer, enum: [1, 2]}
        only: {type: string, enum: [fixed]}
        labels: {type: object, additionalProperties: {type: string}}
        anything: {type: object, additionalProperties: true}
        day: {type: string, format: date}
        at: {type: string, format: date-time, example: '2020-01-01T00:00:00Z'}
        secret: {type: string, format: password}
",
        v31: "paths:
  /a:
    get: {operationId: a, responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}}
components:
  schemas:
    A:
      type: object
      properties:
        kind: {type: string, enum: [one, two], x-enum-varnames: [First, Second]}
        count: {type: integer, enum: [1, 2]}
        only: {type: string, const: fixed}
        labels: {type: object, additionalProperties: {type: string}}
        anything: {type: object, additionalProperties: true}
        day: {type: string, format: date}
        at: {type: string, format: date-time, examples: ['2020-01-01T00:00:00Z']}
        secret: {type: string, format: password}
",
    },
    Construct {
        name: "credentials",
        v2: "securityDefinitions:
  key: {type: apiKey, in: header, name: X-Key, description: A key}
  name: {type: basic}
  flow: {type: oauth2, flow: accessCode, authorizationUrl: 'https://a.test/a', tokenUrl: 'https://a.test/t', scopes: {read: Read}}
security: [{key: []}]
paths:
  /a:
    get: {operationId: a, responses: {'204': {description: done}}}
    put: {operationId: b, security: [{flow: [read]}, {}], responses: {'204': {description: done}}}
    post: {operationId: c, security: [], responses: {'204': {description: done}}}
",
        v30: "components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key, description: A key}
    name: {type: http, scheme: basic}
    flow: {type: oauth2, flows: {authorizationCode: {authorizationUrl: 'https://a.test/a', tokenUrl: 'https://a.test/t', scopes: {read: Read}}}}
security: [{key: []}]
paths:
  /a:
    get: {operationId: a, responses: {'204': {description: done}}}
    put: {operationId: b, security: [{flow: [read]}, {}], responses: {'204': {description: done}}}
    post: {operationId: c, security: [], responses: {'204': {description: done}}}
",
        v31: "",
    },
    Construct {
        name: "the other flows",
        v2: "securityDefinitions:
  a: {type: oauth2, flow: implicit, authorizationUrl: 'https://a.test/a', scopes: {}}
paths:
  /a:
    get: {operationId: a, security: [{a: []}], responses: {'204': {description: done}}}
",
        v30: "components:
  securitySchemes:
    a: {type: oauth2, flows: {implicit: {authorizationUrl: 'https://a.test/a', scopes: {}}}}
paths:
  /a:
    get: {operationId: a, security: [{a: []}], responses: {'204': {description: done}}}
",
        v31: "",
    },
    Construct {
        name: "references into operations",
        v2: "paths:
  /a:
    get:
      operationId: a
      parameters: [{in: body, name: b, schema: {type: object, properties: {x: {type: object, properties: {y: {type: string}}}}}}, {in: query, name: q, type: string}]
      responses: {'200': {description: ok, schema: {type: object, properties: {z: {type: string}}}}}
    put:
      operationId: b
      parameters: [{in: body, name: b, schema: {$ref: '#/paths/~1a/get/parameters/0/schema/properties/x'}}, {$ref: '#/paths/~1a/get/parameters/1'}]
      responses: {'200': {description: ok, schema: {$ref: '#/paths/~1a/get/responses/200/schema'}}, '404': {$ref: '#/paths/~1a/get/responses/200'}}
",
        v30: "paths:
  /a:
    get:
      operationId: a
      parameters: [{in: query, name: q, schema: {type: string}}]
      requestBody: {content: {application/json: {schema: {type: object, properties: {x: {type: object, properties: {y: {type: string}}}}}}}}
      responses: {'200': {description: ok, content: {application/json: {schema: {type: object, properties: {z: {type: string}}}}}}}
    put:
      operationId: b
      requestBody: {content: {application/json: {schema: {$ref: '#/paths/~1a/get/requestBody/content/application~1json/schema/properties/x'}}}}
      parameters: [{$ref: '#/paths/~1a/get/parameters/0'}]
      responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/paths/~1a/get/responses/200/content/application~1json/schema'}}}}, '404': {$ref: '#/paths/~1a/get/responses/200'}}
",
        v31: "",
    },
    Construct {
        name: "deprecation, tags and external documentation",
        v2: "tags: [{name: things, description: Of things, externalDocs: {url: 'https://a.test/docs'}}]
externalDocs: {url: 'https://a.test'}
paths:
  /a:
    get: {operationId: a, tags: [things], summary: Gets, description: Gets one., deprecated: true, externalDocs: {url: 'https://a.test/a'}, responses: {'204': {description: done}}}
",
        v30: "tags: [{name: things, description: Of things, externalDocs: {url: 'https://a.test/docs'}}]
externalDocs: {url: 'https://a.test'}
paths:
  /a:
    get: {operationId: a, tags: [things], summary: Gets, description: Gets one., deprecated: true, externalDocs: {url: 'https://a.test/a'}, responses: {'204': {description: done}}}
",
        v31: "",
    },
];
