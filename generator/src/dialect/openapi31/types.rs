//! `type`: lists of types, and the type `null`.

use super::conditional::CONDITIONAL;
use super::schema::Schema;
use super::{Members, Pass};
use crate::diagnostic::{Place, codes, counted};
use crate::dialect::make;
use crate::source::{Data, Origin, Value};

const STRING: &str = "string";
const NUMBER: &str = "number";
const INTEGER: &str = "integer";
const BOOLEAN: &str = "boolean";
const ARRAY: &str = "array";
const OBJECT: &str = "object";

const TYPES: &[&str] = &[STRING, NUMBER, INTEGER, BOOLEAN, ARRAY, OBJECT];

/// The keywords that say something about values of some types only.
const TYPED: &[(&str, &[&str])] = &[
    ("format", &[STRING, NUMBER, INTEGER]),
    ("minimum", &[NUMBER, INTEGER]),
    ("maximum", &[NUMBER, INTEGER]),
    ("exclusiveMinimum", &[NUMBER, INTEGER]),
    ("exclusiveMaximum", &[NUMBER, INTEGER]),
    ("multipleOf", &[NUMBER, INTEGER]),
    ("minLength", &[STRING]),
    ("maxLength", &[STRING]),
    ("pattern", &[STRING]),
    ("contentEncoding", &[STRING]),
    ("contentMediaType", &[STRING]),
    ("contentSchema", &[STRING]),
    ("items", &[ARRAY]),
    ("prefixItems", &[ARRAY]),
    ("unevaluatedItems", &[ARRAY]),
    ("minItems", &[ARRAY]),
    ("maxItems", &[ARRAY]),
    ("uniqueItems", &[ARRAY]),
    ("contains", &[ARRAY]),
    ("minContains", &[ARRAY]),
    ("maxContains", &[ARRAY]),
    ("properties", &[OBJECT]),
    (CONDITIONAL, &[OBJECT]),
    ("required", &[OBJECT]),
    ("additionalProperties", &[OBJECT]),
    ("patternProperties", &[OBJECT]),
    ("unevaluatedProperties", &[OBJECT]),
    ("propertyNames", &[OBJECT]),
    ("minProperties", &[OBJECT]),
    ("maxProperties", &[OBJECT]),
    ("dependentRequired", &[OBJECT]),
    ("dependentSchemas", &[OBJECT]),
    ("discriminator", &[OBJECT]),
];

/// The extensions that have a text for each value of an enumeration, and what that is.
const OF_VALUES: &[(&str, &str)] = &[
    ("x-enum-varnames", "name"),
    ("x-enumNames", "name"),
    ("x-enum-descriptions", "description"),
];

/// The formats of numbers in OpenAPI's registry; all others are formats of strings.
const NUMERIC_FORMATS: &[&str] = &[
    "int8",
    "int16",
    "int32",
    "int64",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    "uint",
    "int128",
    "uint128",
    "float",
    "double",
    "decimal",
    "decimal128",
    "double-int",
    "sf-decimal",
    "sf-integer",
];

impl Pass<'_> {
    pub(super) fn types(&mut self, schema: &mut Schema<'_>) {
        let Some(kind) = schema.get("type") else {
            return;
        };
        let origin = kind.origin();
        let listed: Vec<&str> = match kind.data() {
            Data::String(kind) if kind == "null" => vec!["null"],
            Data::Null => vec!["null"],
            Data::Array(kinds) => kinds.iter().filter_map(name).collect(),
            _ => return,
        };
        let is_nullable = listed.contains(&"null");
        let mut kinds: Vec<&'static str> = TYPES
            .iter()
            .copied()
            .filter(|kind| listed.contains(kind))
            .filter(|kind| *kind != INTEGER || !listed.contains(&NUMBER))
            .collect();
        kinds.sort_by_key(|kind| listed.iter().position(|listed| listed == kind));
        schema.take("type");
        match kinds.as_slice() {
            [] if is_nullable => return null(schema, origin),
            [] => {}
            [kind] => schema.put("type", make::text(origin, *kind)),
            kinds => self.several(schema, kinds, origin),
        }
        if is_nullable {
            schema.put("nullable", make::flag(origin, true));
        }
    }

    /// Several types are alternatives of one type each.
    fn several(&mut self, schema: &mut Schema<'_>, kinds: &[&'static str], origin: Origin) {
        let is_composed = ["$ref", "allOf", "oneOf", "anyOf"]
            .iter()
            .any(|keyword| schema.has(keyword));
        let is_typed = schema.has("enum") || TYPED.iter().any(|(keyword, _)| schema.has(keyword));
        let is_anything = TYPES
            .iter()
            .all(|kind| *kind == INTEGER || kinds.contains(kind));
        // What is composed says of its parts what they are, and of all types there is nothing to say.
        if is_composed || (is_anything && !is_typed) {
            return;
        }
        self.texts_of_values(schema);
        let mut branches: Vec<(Members, Vec<&'static str>)> = kinds
            .iter()
            .filter_map(|kind| branch(schema, kind, kinds, origin))
            .collect();
        for (keyword, _) in TYPED {
            schema.take(keyword);
        }
        schema.take("enum");
        for (keyword, _) in OF_VALUES {
            schema.take(keyword);
        }
        if branches.len() == 1
            && let Some((members, _)) = branches.pop()
        {
            schema.members.extend(members);
            return;
        }
        let alternatives = schema.pointer.key("anyOf");
        for (index, (_, moved)) in branches.iter().enumerate() {
            for keyword in moved {
                let to = alternatives.index(index).key(keyword);
                self.moves.add(schema.pointer.key(keyword), to);
            }
        }
        let branches = branches
            .into_iter()
            .map(|(members, _)| Value::new(origin, Data::Object(members)))
            .collect();
        schema.put("anyOf", make::list(origin, branches));
    }
}

impl Pass<'_> {
    /// Reports and removes lists that have not one text for each value. They would have one for each value of no type.
    fn texts_of_values(&mut self, schema: &mut Schema<'_>) {
        let length = |list: &Value| list.as_array().map(<[Value]>::len);
        let count = schema.get("enum").and_then(length).unwrap_or_default();
        for (keyword, what) in OF_VALUES {
            let texts = schema.get(keyword).and_then(length);
            let Some(texts) = texts.filter(|texts| *texts != count) else {
                continue;
            };
            let Some(list) = schema.take(keyword) else {
                continue;
            };
            let place = Place {
                origin: list.origin(),
                below: 0,
                pointer: schema.pointer.key(keyword),
            };
            self.diagnostics.push(
                codes::INVALID_EXTENSION,
                &place,
                format!(
                    "`{keyword}` has {} for {}",
                    counted(texts, what),
                    counted(count, "value")
                ),
                format!("give one {what} for each value of `enum`, in their order"),
            );
        }
    }
}

fn name(kind: &Value) -> Option<&str> {
    match kind.data() {
        Data::Null => Some("null"),
        _ => kind.as_str(),
    }
}

/// The schema of null alone.
fn null(schema: &mut Schema<'_>, origin: Origin) {
    for (keyword, _) in TYPED {
        schema.take(keyword);
    }
    let null = Value::new(origin, Data::Null);
    schema.put("enum", make::list(origin, vec![null]));
}

/// What a schema says of values of one type, with the keywords that were copied. None where no value of the type is listed.
fn branch(
    schema: &Schema<'_>,
    kind: &'static str,
    kinds: &[&str],
    origin: Origin,
) -> Option<(Members, Vec<&'static str>)> {
    let mut members = Members::default();
    members.insert("type".to_owned(), make::text(origin, kind));
    if let Some(values) = schema.get("enum") {
        let all = values.as_array().unwrap_or_default();
        let is_of_kind = |number: &usize| all.get(*number).is_some_and(|value| is_of(value, kind));
        let numbers: Vec<usize> = (0..all.len()).filter(is_of_kind).collect();
        let chosen = |list: &[Value]| -> Vec<Value> {
            let chosen = numbers.iter().filter_map(|number| list.get(*number));
            chosen.cloned().collect()
        };
        let of_kind = chosen(all);
        if of_kind.is_empty() {
            return None;
        }
        for (keyword, _) in OF_VALUES {
            if let Some(list) = schema.get(keyword) {
                let texts = match list.as_array() {
                    Some(texts) => make::list(list.origin(), chosen(texts)),
                    // Reported when it is read.
                    None => list.clone(),
                };
                members.insert((*keyword).to_owned(), texts);
            }
        }
        members.insert("enum".to_owned(), make::list(values.origin(), of_kind));
    }
    let mut moved = Vec::new();
    for (keyword, of) in TYPED {
        let Some(value) = schema.get(keyword) else {
            continue;
        };
        let applies = match *keyword {
            "format" => format_is_of(value, kind, kinds),
            _ => of.contains(&kind),
        };
        if applies {
            members.insert((*keyword).to_owned(), value.clone());
            moved.push(*keyword);
        }
    }
    Some((members, moved))
}

fn is_of(value: &Value, kind: &str) -> bool {
    match value.data() {
        Data::Null => false,
        Data::Bool(_) => kind == BOOLEAN,
        Data::Number(number) => kind == NUMBER || (kind == INTEGER && number.is_integer()),
        Data::String(_) => kind == STRING,
        Data::Array(_) => kind == ARRAY,
        Data::Object(_) => kind == OBJECT,
    }
}

fn format_is_of(format: &Value, kind: &str, kinds: &[&str]) -> bool {
    let is_numeric = format
        .as_str()
        .is_some_and(|format| NUMERIC_FORMATS.contains(&format));
    match kind {
        NUMBER | INTEGER => is_numeric || !kinds.contains(&STRING),
        STRING => !is_numeric,
        _ => false,
    }
}
