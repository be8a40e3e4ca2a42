//! Objects: members by pattern, members that depend on others, and what no keyword has named.

use super::alternatives::{Alternatives, members};
use super::schema::Schema;
use super::{Members, Pass, conditional};
use crate::diagnostic::{Severity, codes};
use crate::dialect::make;
use crate::source::{Data, Value};

/// In drafts before 2019-09, `dependencies` was both `dependentRequired` and `dependentSchemas`.
pub(super) fn read_earlier_drafts(members: &mut Members) {
    let Some(dependencies) = members.get("dependencies") else {
        return;
    };
    let origin = dependencies.origin();
    if dependencies.as_object().is_none() {
        return;
    }
    let Some(Data::Object(dependencies)) =
        members.shift_remove("dependencies").map(Value::into_data)
    else {
        return;
    };
    let (required, schemas): (Members, Members) = dependencies
        .into_iter()
        .partition(|(_, value)| value.as_array().is_some());
    for (keyword, entries) in [
        ("dependentRequired", required),
        ("dependentSchemas", schemas),
    ] {
        if !entries.is_empty() && !members.contains_key(keyword) {
            let entries = Value::new(origin, Data::Object(entries));
            members.insert(keyword.to_owned(), entries);
        }
    }
}

pub(super) fn objects(pass: &mut Pass<'_>, schema: &mut Schema<'_>) {
    forbidden_properties(schema);
    unevaluated_properties(schema);
    pattern_properties(pass, schema);
    pass.dependent_schemas(schema);
}

/// A property of the schema `false` is never there.
fn forbidden_properties(schema: &mut Schema<'_>) {
    if let Some(properties) = schema.members.get_mut("properties")
        && let Some(properties) = properties.as_object_mut()
    {
        properties.retain(|_, property| !make::is_never(property));
    }
}

/// The usual patterns that match every name.
const EVERY_NAME: &[&str] = &[
    "", ".*", "^.*$", "^.*", ".*$", ".+", "^.+$", "^.+", ".+$", ".",
];

/// Members whose names match a pattern are members without a field of their own. The names of `patternProperties` stay, and the values
/// move.
fn pattern_properties(pass: &mut Pass<'_>, schema: &mut Schema<'_>) {
    let patterns = schema.get("patternProperties").and_then(Value::as_object);
    let describes = patterns
        .into_iter()
        .flatten()
        .any(|(_, value)| !make::is_never(value));
    if !describes {
        return;
    }
    let origin = schema.origin;
    let mut names = patterns
        .into_iter()
        .flatten()
        .map(|(name, _)| name.as_str());
    let matches_every_name = names.any(|name| EVERY_NAME.contains(&name));
    let others = schema.take("additionalProperties");
    let is_open = others
        .as_ref()
        .is_some_and(|others| others.as_bool() == Some(true) || make::is_anything(others));
    let value = if is_open {
        make::empty(origin)
    } else {
        let mut alternatives = Alternatives::default();
        let place = schema.pointer.key("patternProperties");
        alternatives.take(members(schema.members.get_mut("patternProperties"), &place));
        match others {
            Some(others) if others.as_object().is_some() => {
                alternatives.add(others);
            }
            // A member that no pattern matches may be anything.
            None if !matches_every_name => {
                alternatives.add(make::empty(origin));
            }
            _ => {}
        }
        let place = schema.pointer.key("additionalProperties");
        alternatives.into_schema(origin, &place, &mut pass.moves)
    };
    schema.put("additionalProperties", value);
}

/// What no other keyword has evaluated is additional, as far as one schema can tell.
fn unevaluated_properties(schema: &mut Schema<'_>) {
    let Some(others) = schema.take("unevaluatedProperties") else {
        return;
    };
    let is_composed = ["$ref", "allOf", "oneOf", "anyOf"]
        .iter()
        .any(|keyword| schema.has(keyword));
    // Beside a composition, `false` forbids what the parts may have allowed.
    let counts = others.as_object().is_some() || !is_composed;
    if counts && !schema.has("additionalProperties") {
        schema.put("additionalProperties", others);
    }
}

/// Removes parts of compositions that have no effect: an empty schema in `allOf`, and an alternative that no value satisfies.
pub(super) fn compositions(schema: &mut Schema<'_>) {
    for (keyword, has_no_effect) in [
        ("allOf", make::is_anything as fn(&Value) -> bool),
        ("oneOf", make::is_never),
        ("anyOf", make::is_never),
    ] {
        let Some(parts) = schema
            .members
            .get_mut(keyword)
            .and_then(Value::as_array_mut)
        else {
            continue;
        };
        parts.retain(|part| !has_no_effect(part));
        if parts.is_empty() {
            schema.take(keyword);
        }
    }
}

impl Pass<'_> {
    /// Members that are there when another one is are optional members. What of them is required stays for the documentation.
    fn dependent_schemas(&mut self, schema: &mut Schema<'_>) {
        let Some(dependents) = schema.take("dependentSchemas") else {
            return;
        };
        let pointer = schema.pointer.key("dependentSchemas");
        let Data::Object(dependents) = dependents.into_data() else {
            return;
        };
        for (name, dependent) in dependents {
            let required = dependent.get("required").and_then(Value::as_array);
            let required = required.unwrap_or_default().to_vec();
            let is_read = conditional::collect(schema, &dependent);
            if !required.is_empty()
                && let Some(known) = schema.object_mut("dependentRequired")
            {
                let list = make::list(dependent.origin(), required);
                known.entry(name.clone()).or_insert(list);
            }
            if !is_read {
                let message = format!(
                    "what holds only where `{name}` is present is not read, beside the properties that it adds"
                );
                let help = "write `oneOf` with one schema for each kind of object";
                self.report(
                    codes::JSON_SCHEMA_KEYWORD.rated(Severity::Note),
                    &dependent,
                    &pointer.key(&name),
                    message,
                    help,
                );
            }
        }
    }
}
