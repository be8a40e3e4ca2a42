//! A document with schemas of every kind, and values that are valid for each. `values_client.rs` decodes them with its crate.

use serde_json::{Map, Value, json};

/// Name, schema and valid values of each kind.
const KINDS: &[(&str, &str, &str)] = &[
    (
        "integer",
        r##"{"type": "integer"}"##,
        "[0, -5, 1.0, 1e3, -0, 1.5e1, 9223372036854775807, -9223372036854775808]",
    ),
    (
        "int32",
        r##"{"type": "integer", "format": "int32"}"##,
        "[0, 1.0, -2147483648, 2147483647.0, 1e3]",
    ),
    (
        "uint32",
        r##"{"type": "integer", "format": "uint32"}"##,
        "[4294967295, 4294967295.0]",
    ),
    (
        "uint64",
        r##"{"type": "integer", "format": "uint64"}"##,
        "[0, 18446744073709551615, 18446744073709551615.0, 1e19]",
    ),
    (
        "large",
        r##"{"type": "integer", "minimum": 0, "maximum": 18446744073709551615}"##,
        "[18446744073709551615]",
    ),
    (
        "integer_enum",
        r##"{"type": "integer", "enum": [1, 2]}"##,
        "[1, 2.0, 1e0, 3]",
    ),
    (
        "large_enum",
        r##"{"enum": [1, 18446744073709551615]}"##,
        "[1, 18446744073709551615]",
    ),
    ("integer_const", r##"{"const": 3}"##, "[3, 3.0]"),
    (
        "number",
        r##"{"type": "number"}"##,
        "[1, 1.5, -0.0, 1e300, 1e-300, 0.1]",
    ),
    (
        "float",
        r##"{"type": "number", "format": "float"}"##,
        "[1e39, 0.1, 16777217, 3]",
    ),
    (
        "number_enum",
        r##"{"type": "number", "enum": [1.5, 2]}"##,
        "[1.5, 2, 2.0]",
    ),
    (
        "integer_or_number",
        r##"{"type": ["integer", "number"]}"##,
        "[1, 1.5]",
    ),
    (
        "either_number",
        r##"{"oneOf": [{"type": "integer", "format": "uint64"}, {"type": "number"}]}"##,
        "[18446744073709551615, 1.5, -1]",
    ),
    ("boolean", r##"{"type": "boolean"}"##, "[true, false]"),
    (
        "boolean_enum",
        r##"{"type": "boolean", "enum": [true]}"##,
        "[true]",
    ),
    ("null", r##"{"type": "null"}"##, "[null]"),
    ("null_const", r##"{"const": null}"##, "[null]"),
    (
        "string",
        r##"{"type": "string"}"##,
        r#"["", "a", "1.0", "\u0000", "\ud83d\ude00"]"#,
    ),
    (
        "string_enum",
        r##"{"type": "string", "enum": ["a", "b", ""]}"##,
        r#"["a", "", "later"]"#,
    ),
    (
        "null_enum",
        r##"{"type": ["string", "null"], "enum": ["a", null]}"##,
        r#"["a", null]"#,
    ),
    (
        "mixed_enum",
        r##"{"enum": ["a", 1, true, null, [1], {"a": 1}]}"##,
        r#"["a", 1, true, null, [1], {"a": 1}]"#,
    ),
    (
        "mixed_typed_enum",
        r##"{"type": ["string", "integer"], "enum": ["a", 1]}"##,
        r#"["a", 1]"#,
    ),
    (
        "object_enum",
        r##"{"enum": [{"a": 1}, {"b": 1}]}"##,
        r#"[{"a": 1}, {"b": 1}]"#,
    ),
    (
        "array_enum",
        r##"{"type": "array", "enum": [[1], ["a"]]}"##,
        r#"[[1], ["a"]]"#,
    ),
    (
        "uuid",
        r##"{"type": "string", "format": "uuid"}"##,
        r#"["0189b6e0-0000-7000-8000-000000000000", "other"]"#,
    ),
    (
        "time",
        r##"{"type": "string", "format": "time"}"##,
        r#"["23:59:60Z", "12:00:00.5+01:00", "00:00:00z"]"#,
    ),
    (
        "duration",
        r##"{"type": "string", "format": "duration"}"##,
        r#"["P3Y6M4DT12H30M5S", "PT0.5S", "P1W"]"#,
    ),
    (
        "byte",
        r##"{"type": "string", "format": "byte"}"##,
        r#"["", "AA=="]"#,
    ),
    (
        "binary",
        r##"{"type": "string", "format": "binary"}"##,
        r#"["", "x"]"#,
    ),
    (
        "base64",
        r##"{"type": "string", "contentEncoding": "base64"}"##,
        r#"["AA=="]"#,
    ),
    (
        "json_in_string",
        r##"{"type": "string", "contentMediaType": "application/json", "contentSchema": {"type": "object"}}"##,
        r#"["{}"]"#,
    ),
    (
        "string_of_number_format",
        r##"{"type": "string", "format": "int64"}"##,
        r#"["18446744073709551616"]"#,
    ),
    (
        "any",
        "{}",
        r#"[null, 1, 1.5, "a", true, [1, "a"], {"a": [null]}]"#,
    ),
    ("anything", "true", r#"[1, {"a": 1}, []]"#),
    ("array", r##"{"type": "array"}"##, r#"[[], [1, "a", null]]"#),
    (
        "array_of_any",
        r##"{"type": "array", "items": {}}"##,
        r#"[[null, {"a": 1}]]"#,
    ),
    (
        "array_of_nulls",
        r##"{"type": "array", "items": {"type": ["string", "null"]}}"##,
        r#"[[null, "a"]]"#,
    ),
    (
        "matrix",
        r##"{"type": "array", "items": {"type": "array", "items": {"type": "integer"}}}"##,
        "[[[1, 2.0], []]]",
    ),
    ("no_items", r##"{"type": "array", "items": false}"##, "[[]]"),
    (
        "open_tuple",
        r##"{"prefixItems": [{"type": "integer"}, {"type": "string"}]}"##,
        r#"[[], [1], [1, "a"], [1, "a", true, {"b": null}]]"#,
    ),
    (
        "open_typed_tuple",
        r##"{"type": "array", "prefixItems": [{"type": "integer"}]}"##,
        r#"[[1, "a", null, 1.5]]"#,
    ),
    (
        "open_tuple_of_one_type",
        r##"{"type": "array", "prefixItems": [{"type": "number"}, {"type": "number"}]}"##,
        r#"[[1, 2.5], [1, 2, "m", null]]"#,
    ),
    (
        "closed_tuple",
        r##"{"prefixItems": [{"type": "integer"}, {"type": "string"}], "items": false}"##,
        r#"[[], [1, "a"]]"#,
    ),
    (
        "typed_tuple",
        r##"{"prefixItems": [{"type": "integer"}], "items": {"type": "string"}}"##,
        r#"[[1, "a", "b"]]"#,
    ),
    (
        "tuple_with_any",
        r##"{"prefixItems": [{"type": "integer"}, true], "items": {"type": "string"}}"##,
        r#"[[1, [null], "b"]]"#,
    ),
    (
        "unevaluated_tuple",
        r##"{"prefixItems": [{"type": "integer"}], "unevaluatedItems": {"type": "string"}}"##,
        r#"[[1, "a"]]"#,
    ),
    (
        "unevaluated_closed_tuple",
        r##"{"prefixItems": [{"type": "integer"}], "unevaluatedItems": false}"##,
        "[[1]]",
    ),
    (
        "tuple_of_records",
        r##"{"prefixItems": [{"type": "object", "properties": {"a": {"type": "integer"}}}]}"##,
        r#"[[{"a": 1}, {"a": "other"}, 1]]"#,
    ),
    (
        "contains",
        r##"{"type": "array", "contains": {"type": "integer"}}"##,
        r#"[["a", 1]]"#,
    ),
    (
        "old_tuple",
        r##"{"type": "array", "items": [{"type": "integer"}, {"type": "string"}]}"##,
        r#"[[1, "a"], [1, "a", true]]"#,
    ),
    (
        "old_closed_tuple",
        r##"{"type": "array", "items": [{"type": "integer"}], "additionalItems": false}"##,
        "[[1]]",
    ),
    (
        "object",
        r##"{"type": "object"}"##,
        r#"[{}, {"a": 1, "b": [null]}]"#,
    ),
    (
        "record",
        r##"{"type": "object", "properties": {"a": {"type": "integer"}}}"##,
        r#"[{}, {"a": 1.0}]"#,
    ),
    (
        "required_null",
        r##"{"type": "object", "required": ["a"], "properties": {"a": {"type": ["integer", "null"]}}}"##,
        r#"[{"a": null}, {"a": 1}]"#,
    ),
    (
        "map",
        r##"{"type": "object", "additionalProperties": {"type": "integer"}}"##,
        r#"[{}, {"a": 1, "b": 2e0}]"#,
    ),
    (
        "map_of_nulls",
        r##"{"type": "object", "additionalProperties": {"type": ["integer", "null"]}}"##,
        r#"[{"a": null}]"#,
    ),
    (
        "record_and_map",
        r##"{"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": {"type": "integer"}}"##,
        r#"[{"a": "x", "b": 1}]"#,
    ),
    (
        "patterns",
        r##"{"type": "object", "patternProperties": {"^x-": {"type": "integer"}}}"##,
        r#"[{"x-a": 1}, {"x-a": 1, "other": "text"}, {"other": [null]}]"#,
    ),
    (
        "untyped_patterns",
        r##"{"patternProperties": {"^x-": {"type": "integer"}}}"##,
        r#"[{"x-a": 1, "other": "text"}]"#,
    ),
    (
        "closed_patterns",
        r##"{"type": "object", "patternProperties": {"^x-": {"type": "integer"}}, "additionalProperties": false}"##,
        r#"[{"x-a": 1}]"#,
    ),
    (
        "typed_patterns",
        r##"{"type": "object", "patternProperties": {"^x-": {"type": "integer"}}, "additionalProperties": {"type": "string"}}"##,
        r#"[{"x-a": 1, "b": "text"}]"#,
    ),
    (
        "patterns_beside_properties",
        r##"{"type": "object", "properties": {"a": {"type": "boolean"}}, "patternProperties": {"^x-": {"type": "integer"}}}"##,
        r#"[{"a": true, "x-a": 1, "b": "text"}]"#,
    ),
    (
        "patterns_of_two",
        r##"{"type": "object", "patternProperties": {"^x-": {"type": "integer"}, "^y-": {"type": "string"}}}"##,
        r#"[{"x-a": 1, "y-a": "text", "z": null}]"#,
    ),
    (
        "patterns_unevaluated",
        r##"{"type": "object", "patternProperties": {"^x-": {"type": "integer"}}, "unevaluatedProperties": {"type": "string"}}"##,
        r#"[{"x-a": 1, "b": "text"}]"#,
    ),
    (
        "patterns_of_records",
        r##"{"type": "object", "patternProperties": {"^x-": {"type": "object", "properties": {"a": {"type": "integer"}}}}}"##,
        r#"[{"x-a": {"a": 1}, "b": "text"}]"#,
    ),
    (
        "names",
        r##"{"type": "object", "propertyNames": {"pattern": "^a"}}"##,
        r#"[{"a": 1}]"#,
    ),
    (
        "unevaluated",
        r##"{"type": "object", "properties": {"a": {"type": "string"}}, "unevaluatedProperties": {"type": "integer"}}"##,
        r#"[{"a": "x", "b": 1}]"#,
    ),
    (
        "unevaluated_of_all",
        r##"{"allOf": [{"type": "object", "properties": {"a": {"type": "string"}}}], "unevaluatedProperties": {"type": "integer"}}"##,
        r#"[{"a": "x", "b": 1}]"#,
    ),
    (
        "additional_of_all",
        r##"{"allOf": [{"type": "object", "properties": {"a": {"type": "string"}}}, {"type": "object", "properties": {"b": {"type": "integer"}}, "additionalProperties": {"type": ["integer", "string"]}}]}"##,
        r#"[{"a": "x", "b": 1, "c": 2}]"#,
    ),
    (
        "dependent",
        r##"{"type": "object", "properties": {"a": {"type": "string"}}, "dependentSchemas": {"a": {"properties": {"b": {"type": "integer"}}}}}"##,
        r#"[{"a": "x", "b": 1}, {"a": "x"}]"#,
    ),
    (
        "conditional",
        r##"{"type": "object", "properties": {"k": {"type": "string"}}, "if": {"properties": {"k": {"const": "n"}}}, "then": {"properties": {"v": {"type": "integer"}}}, "else": {"properties": {"v": {"type": "string"}}}}"##,
        r#"[{"k": "n", "v": 1}, {"k": "s", "v": "x"}, {"k": "s"}]"#,
    ),
    (
        "only_if",
        r##"{"type": "object", "properties": {"k": {"type": "string"}}, "if": {"properties": {"k": {"const": "n"}}}, "then": {"properties": {"v": {"type": "integer"}}}}"##,
        r#"[{"k": "n", "v": 1}, {"k": "s"}]"#,
    ),
    (
        "string_or_integer",
        r##"{"type": ["string", "integer"]}"##,
        r#"["a", 1, 1.0]"#,
    ),
    (
        "string_or_array",
        r##"{"type": ["string", "array"], "items": {"type": "string"}}"##,
        r#"["a", ["a"]]"#,
    ),
    (
        "array_or_object",
        r##"{"type": ["array", "object"]}"##,
        r#"[[1], {"a": 1}]"#,
    ),
    (
        "every_type",
        r##"{"type": ["string", "number", "integer", "boolean", "array", "object", "null"]}"##,
        r#"["a", 1, 1.5, true, [1], {"a": 1}, null]"#,
    ),
    (
        "one_of_scalars",
        r##"{"oneOf": [{"type": "string"}, {"type": "boolean"}, {"type": "null"}]}"##,
        r#"["a", true, null]"#,
    ),
    (
        "one_of_consts",
        r##"{"oneOf": [{"const": "a"}, {"const": "b"}]}"##,
        r#"["a", "b", "later"]"#,
    ),
    (
        "one_of_mixed_consts",
        r##"{"oneOf": [{"const": "a"}, {"const": 1}, {"const": null}]}"##,
        r#"["a", 1, null]"#,
    ),
    (
        "enum_beside_consts",
        r##"{"type": "string", "enum": ["a", "b", "c"], "oneOf": [{"const": "a"}, {"const": "b"}]}"##,
        r#"["a", "b", "c"]"#,
    ),
    (
        "enum_beside_enums",
        r##"{"type": "string", "enum": ["a", "b", "c"], "anyOf": [{"enum": ["a"]}, {"enum": ["b"]}]}"##,
        r#"["a", "b"]"#,
    ),
    (
        "enum_beside_types",
        r##"{"enum": ["a", 1, true], "anyOf": [{"type": "string"}, {"type": "integer"}]}"##,
        r#"["a", 1]"#,
    ),
    (
        "enum_beside_others",
        r##"{"enum": ["a", "b"], "anyOf": [{"enum": ["c"]}, {"minLength": 1}]}"##,
        r#"["a", "b"]"#,
    ),
    (
        "enum_or_string",
        r##"{"anyOf": [{"type": "string", "enum": ["a"]}, {"type": "string"}]}"##,
        r#"["a", "z"]"#,
    ),
    (
        "one_or_list",
        r##"{"oneOf": [{"type": "integer"}, {"type": "array", "items": {"type": "integer"}}]}"##,
        "[1, [1, 2], []]",
    ),
    (
        "one_of_times",
        r##"{"oneOf": [{"type": "string", "format": "date-time"}, {"type": "integer"}]}"##,
        r#"["2024-02-29T00:00:00Z", 1, "soon"]"#,
    ),
    (
        "time_or_text",
        r##"{"anyOf": [{"type": "string", "format": "date-time"}, {"type": "string", "maxLength": 40, "enum": ["never"]}, {"type": "array", "items": {"type": "string", "format": "date-time"}}]}"##,
        r#"["2024-02-29T00:00:00Z", "never", ["2024-02-29T00:00:00Z"]]"#,
    ),
    (
        "large_or_text",
        r##"{"oneOf": [{"type": "integer"}, {"type": "string"}, {"type": "array", "items": {"type": "integer"}}]}"##,
        r#"[9007199254740993, "a", 1.0, [1, 9007199254740993]]"#,
    ),
    (
        "one_of_date_or_time",
        r##"{"oneOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}]}"##,
        r#"["2024-02-29", "2024-02-29T00:00:00Z"]"#,
    ),
    (
        "any_of_records",
        r##"{"anyOf": [{"type": "object", "properties": {"a": {"type": "integer"}}}, {"type": "object", "properties": {"b": {"type": "string"}}}]}"##,
        r#"[{"a": 1}, {"b": "x"}, {"a": 1, "b": "x"}, {}]"#,
    ),
    (
        "any_of_records_beside_members",
        r##"{"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}}, "anyOf": [{"required": ["a"], "properties": {"a": {"type": "integer"}}}, {"required": ["b"], "properties": {"b": {"type": "string"}}}, {"minProperties": 3}]}"##,
        r#"[{"id": 1, "a": 1}, {"id": 1, "b": "x"}, {"id": 1, "a": 1, "b": "x"}, {"id": 1}]"#,
    ),
    (
        "any_of_records_that_differ",
        r##"{"anyOf": [{"type": "object", "properties": {"a": {"type": "integer"}}}, {"type": "object", "properties": {"a": {"type": "string"}}}]}"##,
        r#"[{"a": 1}, {"a": "x"}]"#,
    ),
    (
        "object_or_array",
        r##"{"oneOf": [{"type": "object"}, {"type": "array", "items": {"type": "string"}}]}"##,
        r#"[{"a": 1}, ["a"]]"#,
    ),
    (
        "tagged",
        r##"{"oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}], "discriminator": {"propertyName": "kind", "mapping": {"cat": "#/components/schemas/Cat", "dog": "#/components/schemas/Dog"}}}"##,
        r#"[{"kind": "cat", "lives": 9.0}, {"kind": "dog", "name": "x"}, {"kind": "bird"}]"#,
    ),
    (
        "all_of",
        r##"{"allOf": [{"$ref": "#/components/schemas/Cat"}, {"type": "object", "properties": {"color": {"type": "string"}}}]}"##,
        r#"[{"kind": "cat", "lives": 1, "color": "x"}]"#,
    ),
    (
        "all_of_scalars",
        r##"{"allOf": [{"type": "integer"}, {"minimum": 1}]}"##,
        "[1, 1.0]",
    ),
    (
        "all_of_enums",
        r##"{"allOf": [{"type": "string", "enum": ["a", "b"]}, {"enum": ["b", "c"]}]}"##,
        r#"["b"]"#,
    ),
    ("not", r##"{"not": {"type": "string"}}"##, "[1, [1]]"),
    (
        "restricted",
        r##"{"type": "object", "properties": {"a": {"type": "integer"}, "b": {"type": "integer"}}, "anyOf": [{"required": ["a"]}, {"required": ["b"]}]}"##,
        r#"[{"a": 1}, {"b": 1}]"#,
    ),
    (
        "items_beside_restrictions",
        r##"{"type": "array", "items": {"type": "integer"}, "anyOf": [{"minItems": 1}, {"maxItems": 3}]}"##,
        "[[], [1]]",
    ),
    (
        "untyped_items",
        r##"{"items": {"type": "integer"}}"##,
        "[[1]]",
    ),
    (
        "untyped_properties",
        r##"{"properties": {"a": {"type": "integer"}}}"##,
        r#"[{"a": 1}]"#,
    ),
    (
        "untyped_required",
        r##"{"required": ["a"]}"##,
        r#"[{"a": [1]}]"#,
    ),
    (
        "untyped_bounds",
        r##"{"minimum": 1}"##,
        r#"[1, 1.5, "text"]"#,
    ),
    ("untyped_pattern", r##"{"pattern": "^a"}"##, r#"["a", 1]"#),
    (
        "untyped_format",
        r##"{"format": "date-time"}"##,
        r#"["2024-02-29T00:00:00Z", 1]"#,
    ),
    (
        "untyped_enum_of_integers",
        r##"{"enum": [1, 2]}"##,
        "[1, 2.0]",
    ),
    (
        "recursive",
        r##"{"$ref": "#/components/schemas/Tree"}"##,
        r#"[{}, {"children": [{"children": [], "value": 1.0}]}]"#,
    ),
    (
        "reference_and_null",
        r##"{"anyOf": [{"$ref": "#/components/schemas/Cat"}, {"type": "null"}]}"##,
        r#"[null, {"kind": "cat"}]"#,
    ),
    (
        "reference_with_siblings",
        r##"{"$ref": "#/components/schemas/Cat", "properties": {"extra": {"type": "integer"}}}"##,
        r#"[{"kind": "cat", "extra": 1}]"#,
    ),
    (
        "defaulted",
        r##"{"type": "integer", "default": 3}"##,
        "[1, 1.0]",
    ),
    (
        "string_of_null_default",
        r##"{"type": ["string", "null"], "default": null}"##,
        r#"["a", null]"#,
    ),
];

/// Kinds whose values are written as something else: name, schema and pairs of the value received and the one sent.
fn converted() -> Value {
    json!([
        ["date", {"type": "string", "format": "date"}, [["2024-02-29", "2024-02-29"], ["0000-01-01", "0000-01-01"], ["9999-12-31", "9999-12-31"]]],
        ["date_time", {"type": "string", "format": "date-time"}, [
            ["2024-02-29T12:30:45Z", "2024-02-29T12:30:45Z"],
            ["2024-02-29t12:30:60.1234567891z", "2024-02-29T12:30:59.123456789Z"],
            ["9999-12-31T23:59:59Z", "9999-12-30T22:00:00.999999999Z"],
            ["9999-12-31T23:59:59+01:00", "9999-12-30T22:00:00.999999999Z"],
            ["0000-01-01T00:00:00+23:59", "-000001-12-31T00:01:00Z"],
        ]],
        ["time_or_count", {"oneOf": [{"type": "string", "format": "date-time"}, {"type": "integer"}, {"type": "array", "items": {"type": "string", "format": "date-time"}}]}, [
            ["2024-02-29t12:30:60.1234567891z", "2024-02-29T12:30:59.123456789Z"],
            ["9999-12-31T23:59:59Z", "9999-12-30T22:00:00.999999999Z"],
            [["9999-12-31T23:59:59Z"], ["9999-12-30T22:00:00.999999999Z"]],
        ]],
    ])
}

fn entries(value: Value) -> Vec<Vec<Value>> {
    serde_json::from_value(value).unwrap()
}

/// Returns the texts of a list's elements, with their numbers as they are written.
fn elements(list: &str) -> impl Iterator<Item = &str> {
    let list = list
        .trim()
        .strip_prefix('[')
        .unwrap()
        .strip_suffix(']')
        .unwrap();
    let mut depth = 0;
    let mut in_string = false;
    let mut is_escaped = false;
    list.split(move |one: char| {
        let was_escaped = is_escaped;
        is_escaped = in_string && one == '\\' && !was_escaped;
        match one {
            '"' if !was_escaped => in_string = !in_string,
            '[' | '{' if !in_string => depth += 1,
            ']' | '}' if !in_string => depth -= 1,
            _ => {}
        }
        one == ',' && !in_string && depth == 0
    })
    .map(str::trim)
    .filter(|text| !text.is_empty())
}

/// Returns the value of a form, such as a list, that holds a value.
type Form = fn(&str) -> String;

/// Returns the document, and the values of its members as a list of member, value received and value sent, in JSON.
pub(crate) fn document() -> (String, String) {
    let mut members = Map::new();
    let mut values = Vec::new();
    let mut add = |name: &str, schema: &Value, pairs: Vec<(String, String)>| {
        let forms: [(&str, Value, Form); 4] = [
            ("", schema.clone(), |value| value.to_owned()),
            (
                "_list",
                json!({"type": "array", "items": schema}),
                |value| format!("[{value}]"),
            ),
            (
                "_map",
                json!({"type": "object", "additionalProperties": schema}),
                |value| format!("{{\"key\":{value}}}"),
            ),
            (
                "_or_null",
                json!({"anyOf": [schema, {"type": "null"}]}),
                |value| value.to_owned(),
            ),
        ];
        for (form, schema, of) in forms {
            let member = format!("{name}{form}");
            members.insert(member.clone(), schema);
            for (received, sent) in &pairs {
                values.push((member.clone(), of(received), of(sent)));
            }
        }
        values.push((
            format!("{name}_or_null"),
            "null".to_owned(),
            "null".to_owned(),
        ));
    };
    for (name, schema, values) in KINDS {
        let schema = serde_json::from_str(schema).unwrap();
        let pairs = elements(values).map(|text| (text.to_owned(), text.to_owned()));
        add(name, &schema, pairs.collect());
    }
    for kind in entries(converted()) {
        let name = kind[0].as_str().unwrap();
        let pairs = kind[2].as_array().unwrap().iter();
        let pairs = pairs.map(|pair| (pair[0].to_string(), pair[1].to_string()));
        add(name, &kind[1], pairs.collect());
    }
    let json_of = |schema: Value| json!({"description": "ok", "content": {"application/json": {"schema": schema}}});
    let all = json!({"$ref": "#/components/schemas/All"});
    let times = json!({"type": "array", "items": {"type": "string", "format": "date-time"}});
    let time = json!({"type": "string", "format": "date-time"});
    let get = |name: &str, responses: Value| json!({"get": {"tags": ["values"], "operationId": name, "responses": responses}});
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": "Values", "version": "1"},
        "servers": [{"url": "https://values.example"}],
        "paths": {
            "/all": {
                "get": {"tags": ["values"], "operationId": "read", "responses": {"200": json_of(all.clone())}},
                "post": {
                    "tags": ["values"], "operationId": "write",
                    "requestBody": {"required": true, "content": {"application/json": {"schema": {"type": "array", "items": all}}}},
                    "responses": {"204": {"description": "ok"}},
                },
            },
            "/times": get("times", json!({"200": json_of(times.clone())})),
            "/pages": {"get": {
                "tags": ["values"], "operationId": "pages", "x-pagination": {"page-parameter": "page"},
                "parameters": [{"name": "page", "in": "query", "schema": {"type": "integer"}}],
                "responses": {"200": json_of(times.clone())},
            }},
            "/time": get("time", json!({"200": json_of(time.clone()), "204": {"description": "none"}})),
            "/either": get("either", json!({"200": json_of(times), "202": json_of(time)})),
        },
        "components": {"schemas": {
            "All": {"type": "object", "properties": members},
            "Cat": {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}, "lives": {"type": "integer"}}},
            "Dog": {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}, "name": {"type": "string"}}},
            "Tree": {"type": "object", "properties": {"children": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}}, "value": {"type": "integer"}}},
        }},
    });
    (document.to_string(), json!(values).to_string())
}
