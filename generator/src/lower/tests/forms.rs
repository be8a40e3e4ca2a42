//! The `encoding` of the members of forms.

use super::bodies::post;

#[test]
fn members_of_forms_have_formats() {
    insta::assert_snapshot!(post("
        required: true
        content:
          application/x-www-form-urlencoded:
            schema: {type: object, properties: {a: {type: array, items: {type: string}}, b: {type: string}, c: {type: array, items: {type: string}}, d: {type: string}}}
            encoding: {a: {style: pipeDelimited}, b: {allowReserved: true}, c: {explode: true}, d: {}}
        "), @r#"
    struct CreateThingBody (in)
        a: Vec<String>? = "a"
        b: String? = "b"
        c: Vec<String>? = "c"
        d: String? = "d"
    group general: General
      create_thing: CreateThing POST /things/{id} [Optional, NonIdempotent]
        id: Integer64 = "id" in Path, Simple
        body ..CreateThingBody as Form application/x-www-form-urlencoded
            "a" in PipeDelimited, explode false, reserved false
            "b" in Form, explode true, reserved true
        -> ()
        Code(204): nothing
    "#);
    insta::assert_snapshot!(post("
        required: true
        content:
          multipart/form-data:
            schema: {type: object, properties: {a: {type: array, items: {type: string}}, b: {type: array, items: {type: string}}}}
            encoding: {a: {explode: false}, b: {style: form}}
        "), @r#"
    struct CreateThingBody (in)
        a: Vec<String>? = "a"
        b: Vec<String>? = "b"
    group general: General
      create_thing: CreateThing POST /things/{id} [Optional, NonIdempotent]
        id: Integer64 = "id" in Path, Simple
        body ..CreateThingBody as Multipart multipart/form-data
            "a" in Form, explode false, reserved false
        -> ()
        Code(204): nothing
    "#);
}

#[test]
fn an_object_is_written_as_its_encoding_says() {
    insta::assert_snapshot!(post("
        required: true
        content:
          application/x-www-form-urlencoded:
            schema:
              type: object
              properties:
                spread: {type: object, properties: {x: {type: integer}}}
                joined: {type: object, properties: {x: {type: integer}}}
                deep: {type: object, properties: {x: {type: integer}}}
                reserved: {type: object, properties: {x: {type: integer}}}
                map: {type: object, additionalProperties: {type: string}}
                anything: {}
                nested: {type: object, properties: {in: {type: object, properties: {x: {type: integer}}}}}
                nestedDeep: {type: object, properties: {in: {type: object, properties: {x: {type: integer}}}}}
            encoding:
              spread: {style: form}
              joined: {explode: false}
              deep: {style: deepObject}
              reserved: {style: deepObject, allowReserved: true}
              map: {style: form, explode: true}
              anything: {style: form}
              nested: {style: form}
              nestedDeep: {style: deepObject}
        "), @r#"
    struct CreateThingBody (in)
        spread: CreateThingBodySpread? = "spread"
        joined: CreateThingBodyJoined? = "joined"
        deep: CreateThingBodyDeep? = "deep"
        reserved: CreateThingBodyReserved? = "reserved"
        map: Map<String>? = "map"
        anything: Any? = "anything"
        nested: CreateThingBodyNested? = "nested"
        nested_deep: CreateThingBodyNestedDeep? = "nestedDeep"
    struct CreateThingBodySpread (in)
        x: Integer64? = "x"
    struct CreateThingBodyJoined (in)
        x: Integer64? = "x"
    struct CreateThingBodyDeep (in)
        x: Integer64? = "x"
    struct CreateThingBodyReserved (in)
        x: Integer64? = "x"
    struct CreateThingBodyNested (in)
        in_: CreateThingBodyNestedIn? = "in"
    struct CreateThingBodyNestedDeep (in)
        in_: CreateThingBodyNestedDeepIn? = "in"
    struct CreateThingBodyNestedIn (in)
        x: Integer64? = "x"
    struct CreateThingBodyNestedDeepIn (in)
        x: Integer64? = "x"
    group general: General
      create_thing: CreateThing POST /things/{id} [Optional, NonIdempotent]
        id: Integer64 = "id" in Path, Simple
        body ..CreateThingBody as Form application/x-www-form-urlencoded
            "spread" in Form, explode true, reserved false
            "joined" in Form, explode false, reserved false
            "deep" in DeepObject, explode false, reserved false
            "reserved" in DeepObject, explode false, reserved true
            "map" in Form, explode true, reserved false
            "anything" in Form, explode true, reserved false
            "nested" in Form, explode true, reserved false
            "nestedDeep" in DeepObject, explode false, reserved false
        -> ()
        Code(204): nothing
    warning nested-parameter at /paths/~1things~1{id}/post/requestBody/content/application~1x-www-form-urlencoded/encoding/nested: values of the member `nested` nest deeper than its style can write; calls with such values fail
    "#);
}

#[test]
fn parts_of_a_multipart_form_have_styles() {
    insta::assert_snapshot!(post("
        required: true
        content:
          multipart/form-data:
            schema:
              type: object
              properties:
                object: {type: object, properties: {x: {type: integer}}}
                plainObject: {type: object, properties: {x: {type: integer}}}
                text: {type: string}
                files: {type: array, items: {type: string, format: binary}}
                filesApart: {type: array, items: {type: string, format: binary}}
                objects: {type: array, items: {type: object, properties: {x: {type: integer}}}}
                texts: {type: array, items: {type: string}}
                deep: {type: array, items: {type: string}}
                spread: {type: object, properties: {x: {type: integer}}}
                joined: {type: object, properties: {x: {type: integer}}}
                nested: {type: object, properties: {x: {type: array, items: {type: string}}}}
            encoding:
              spread: {explode: true}
              joined: {style: form, explode: false}
              nested: {style: pipeDelimited}
              object: {style: deepObject}
              plainObject: {contentType: application/json}
              text: {style: form, allowReserved: true}
              files: {explode: false}
              filesApart: {explode: true}
              objects: {explode: false}
              texts: {style: pipeDelimited}
              deep: {style: deepObject}
        "), @r#"
    struct CreateThingBody (in)
        object: CreateThingBodyObject? = "object"
        plain_object: CreateThingBodyPlainObject? = "plainObject"
        text: String? = "text"
        files: Vec<Binary>? = "files"
        files_apart: Vec<Binary>? = "filesApart"
        objects: Vec<CreateThingBodyObjectsItem>? = "objects"
        texts: Vec<String>? = "texts"
        deep: Vec<String>? = "deep"
        spread: CreateThingBodySpread? = "spread"
        joined: CreateThingBodyJoined? = "joined"
        nested: CreateThingBodyNested? = "nested"
    struct CreateThingBodyObject (in)
        x: Integer64? = "x"
    struct CreateThingBodyPlainObject (in)
        x: Integer64? = "x"
    struct CreateThingBodyObjectsItem (in)
        x: Integer64? = "x"
    struct CreateThingBodySpread (in)
        x: Integer64? = "x"
    struct CreateThingBodyJoined (in)
        x: Integer64? = "x"
    struct CreateThingBodyNested (in)
        x: Vec<String>? = "x"
    group general: General
      create_thing: CreateThing POST /things/{id} [Optional, NonIdempotent]
        id: Integer64 = "id" in Path, Simple
        body ..CreateThingBody as Multipart multipart/form-data
            "spread" in Form, explode true, reserved false
            "joined" in Form, explode false, reserved false
            "object" in DeepObject, explode false, reserved false
            "texts" in PipeDelimited, explode false, reserved false
            "deep" in DeepObject, explode false, reserved false
        -> ()
        Code(204): nothing
    warning unsupported-body at /paths/~1things~1{id}/post/requestBody/content/multipart~1form-data/encoding/nested: an object of lists or objects is one part that holds JSON, so `style` and `explode` have no effect here
    note unsupported-body at /paths/~1things~1{id}/post/requestBody/content/multipart~1form-data/encoding/text/allowReserved: nothing is percent-encoded in a multipart form, so `allowReserved` has no effect
    warning unsupported-body at /paths/~1things~1{id}/post/requestBody/content/multipart~1form-data/encoding/files: each file is a part of its own, so `style` and `explode` have no effect here
    warning unsupported-body at /paths/~1things~1{id}/post/requestBody/content/multipart~1form-data/encoding/objects: each item is a part that holds JSON, so `style` and `explode` have no effect here
    "#);
}

#[test]
fn an_encoding_of_nothing_is_reported() {
    insta::assert_snapshot!(post("
        required: true
        content:
          application/x-www-form-urlencoded:
            schema: {type: object, properties: {a: {type: string}}}
            encoding: {a: {}, b: {style: form}, A: {contentType: text/plain}}
        "), @r#"
    struct CreateThingBody (in)
        a: String? = "a"
    group general: General
      create_thing: CreateThing POST /things/{id} [Optional, NonIdempotent]
        id: Integer64 = "id" in Path, Simple
        body ..CreateThingBody as Form application/x-www-form-urlencoded
        -> ()
        Code(204): nothing
    warning unsupported-body at /paths/~1things~1{id}/post/requestBody/content/application~1x-www-form-urlencoded/encoding/b: the form has no member `b`, so its encoding has no effect
    warning unsupported-body at /paths/~1things~1{id}/post/requestBody/content/application~1x-www-form-urlencoded/encoding/A: the form has no member `A`, so its encoding has no effect
    "#);
    insta::assert_snapshot!(post("
        required: true
        content:
          application/x-www-form-urlencoded:
            schema: {type: object, additionalProperties: {type: array, items: {type: string}}}
            encoding: {b: {explode: false}}
        "), @r#"
    group general: General
      create_thing: CreateThing POST /things/{id} [Optional, NonIdempotent]
        id: Integer64 = "id" in Path, Simple
        body body: Map<Vec<String>> as Form application/x-www-form-urlencoded
            "b" in Form, explode false, reserved false
        -> ()
        Code(204): nothing
    "#);
}

#[test]
fn members_have_content_types() {
    let schema = "
            schema:
              type: object
              properties:
                object: {type: object, properties: {x: {type: integer}}}
                objects: {type: array, items: {type: object, properties: {x: {type: integer}}}}
                xml: {type: object, properties: {x: {type: integer}}}
                wild: {type: object, properties: {x: {type: integer}}}
                special: {type: object, properties: {x: {type: integer}}}
                text: {type: string}
                csv: {type: array, items: {type: string}}
                json: {type: string}
                styled: {type: string}
                invalid: {type: string}
                either: {oneOf: [{type: string}, {type: object, properties: {x: {type: integer}}}]}
                file: {type: string, format: binary}
                files: {type: array, items: {type: string, format: binary}}
                picture: {type: string, format: binary}
            encoding:
              object: {contentType: application/json}
              objects: {contentType: 'application/xml, application/json'}
              xml: {contentType: application/xml}
              wild: {contentType: '*/*'}
              special: {contentType: application/special+json}
              text: {contentType: text/plain}
              csv: {contentType: text/csv}
              json: {contentType: application/json}
              styled: {contentType: application/json, style: form}
              invalid: {contentType: csv}
              either: {contentType: application/json}
              file: {contentType: image/png}
              files: {contentType: 'image/png, image/jpeg'}
              picture: {contentType: 'image/*'}
        ";
    for (media_type, expected) in [
        (
            "multipart/form-data",
            vec![
                r#""special" as JSON, application/special+json"#,
                r#""csv" as text/csv"#,
                r#""json" as JSON, application/json"#,
                r#""either" as JSON, application/json"#,
                r#""file" as image/png"#,
                "unsupported-body at xml",
                "invalid-media-type at invalid",
            ],
        ),
        (
            "application/x-www-form-urlencoded",
            vec![
                r#""json" as JSON, application/json"#,
                r#""either" as JSON, application/json"#,
                "unsupported-body at xml",
                "invalid-media-type at invalid",
            ],
        ),
    ] {
        let sketch = post(&format!(
            "
        required: true
        content:
          {media_type}:{schema}"
        ));
        let lines = sketch.lines().map(str::trim);
        let found: Vec<String> = lines
            .filter_map(|line| {
                let is_member = line.starts_with('"');
                let diagnostic = line.split_once(' ').filter(|_| line.contains("/encoding/"));
                match diagnostic.and_then(|(_, rest)| rest.split_once(" at ")) {
                    Some((code, rest)) => {
                        let name = rest.split("/encoding/").nth(1)?.split('/').next()?;
                        Some(format!("{code} at {name}"))
                    }
                    None => is_member.then(|| line.to_owned()),
                }
            })
            .collect();
        assert_eq!(found, expected, "{media_type}");
    }
}

#[test]
fn without_an_encoding_nothing_is_reported() {
    let members = "lists: {type: array, items: {type: array, items: {type: string}}}, objects: {type: array, items: {type: object, properties: {a: {type: object, properties: {b: {type: string}}}}}}, map: {type: object, additionalProperties: {type: array, items: {}}}, either: {nullable: true, oneOf: [{type: string}, {type: array, items: {type: object, properties: {a: {type: string}}}}]}";
    for media_type in ["application/x-www-form-urlencoded", "multipart/form-data"] {
        let sketch = post(&format!(
            "
        required: true
        content: {{{media_type}: {{schema: {{type: object, properties: {{{members}}}}}}}}}"
        ));
        assert!(!sketch.contains(" at /"), "{sketch}");
    }
}

#[test]
fn a_union_is_written_in_a_style_where_a_variant_can_be() {
    let deep = "{type: array, items: {type: object, properties: {a: {type: string}}}}";
    for (items, is_reported) in [
        (format!("{{oneOf: [{{type: string}}, {deep}]}}"), false),
        (
            format!("{{oneOf: [{{type: object, properties: {{a: {deep}}}}}, {deep}]}}"),
            true,
        ),
        (
            format!(
                "{{type: array, items: {{oneOf: [{deep}, {{type: object, properties: {{b: {{type: string}}}}}}]}}}}"
            ),
            true,
        ),
    ] {
        let sketch = post(&format!("
        required: true
        content: {{application/x-www-form-urlencoded: {{schema: {{type: object, properties: {{a: {items}}}}}, encoding: {{a: {{style: form}}}}}}}}"));
        assert_eq!(sketch.contains("nested-parameter"), is_reported, "{sketch}");
    }
}
