//! `in: querystring`: a whole query as one parameter.

use std::collections::{BTreeSet, HashSet};

use indexmap::IndexMap;

use super::{Members, Pass, walk};
use crate::diagnostic::{Pointer, codes};
use crate::dialect::copies::{self, Copies};
use crate::dialect::make;
use crate::openapi::{Holds, Kind, OpenApi};
use crate::source::{Data, Document, Resolved, Value, follow};

/// How many `allOf`s may be in one another.
const MAX_DEPTH: usize = 64;

/// Replaces each parameter of the whole query by one parameter for each property of its form.
pub(super) fn expand(document: &mut Document, pass: &mut Pass<'_>) {
    let mut finder = Finder::default();
    walk::walk(document.value_mut(), OpenApi::SHAPE, &mut finder);
    let mut expanded: Vec<(Pointer, Value)> = Vec::new();
    let mut copies: Option<Copies> = None;
    for list in finder.lists {
        let root = document.value();
        let Some(elements) = root.pointer(&list).and_then(Value::as_array) else {
            continue;
        };
        let is_query = |element: &Value| {
            let parameter = follow(root, element).node();
            parameter
                .and_then(|node| node.get("in"))
                .and_then(Value::as_str)
                == Some("querystring")
        };
        if !elements.iter().any(is_query) {
            continue;
        }
        let mut parameters = Vec::new();
        for (index, element) in elements.iter().enumerate() {
            let Some(whole) = follow(root, element).node().filter(|_| is_query(element)) else {
                parameters.push(element.clone());
                continue;
            };
            let copies = copies.get_or_insert_with(|| Copies::of(root));
            let of_properties = match copies.are_exhausted() {
                true => Some(Vec::new()),
                false => properties(root, whole),
            };
            let at = list.index(index);
            match of_properties {
                Some(of_properties) if copies.take(&of_properties) => {
                    parameters.extend(of_properties);
                }
                Some(_) => {
                    let message =
                        "so many operations share a large query that this parameter is skipped";
                    pass.report(codes::TOO_LARGE, element, &at, message, copies::remedy());
                }
                None => {
                    let message = "only a query of `application/x-www-form-urlencoded` with the schema of an object can be sent";
                    let help = "describe the query so, or write a parameter in `query` for each of its members; until then the parameter is skipped";
                    pass.report(codes::UNKNOWN_LOCATION, element, &at, message, help);
                }
            }
        }
        if let Some(value) = root.pointer(&list) {
            expanded.push((list, make::list(value.origin(), parameters)));
        }
    }
    for (pointer, parameters) in expanded {
        document.set(&pointer, parameters);
    }
    drop_components(document);
}

/// The lists of parameters.
#[derive(Default)]
struct Finder {
    lists: Vec<Pointer>,
}

impl walk::Visitor for Finder {
    fn enter(&mut self, value: &mut Value, kind: Kind, pointer: &Pointer) {
        if matches!(kind, Kind::Operation | Kind::PathItem) && value.get("parameters").is_some() {
            self.lists.push(pointer.key("parameters"));
        }
    }
}

/// A parameter for each property of a form that is a whole query. None where it is no such form.
fn properties(root: &Value, whole: &Value) -> Option<Vec<Value>> {
    let content = whole.get("content")?.as_object()?;
    let (media_type, content) = content.iter().next()?;
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return None;
    }
    let origin = whole.origin();
    let of_whole = content.get("schema")?.origin();
    let mut parts = Vec::new();
    collect(
        root,
        content.get("schema")?,
        &mut parts,
        &mut BTreeSet::new(),
        0,
    );
    let is_required = whole.get("required").and_then(Value::as_bool) == Some(true);
    let required: HashSet<&str> = parts
        .iter()
        .filter_map(|part| part.get("required")?.as_array())
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let mut parameters: IndexMap<&String, Value> = IndexMap::new();
    for part in &parts {
        let properties = part.get("properties").and_then(Value::as_object);
        for (name, schema) in properties.into_iter().flatten() {
            if parameters.contains_key(name) {
                continue;
            }
            let mut parameter: Members = [
                // What it is made of are the schema that has it, the schema of the whole, and the parameter of the whole.
                ("name", make::text(part.origin(), name.clone())),
                ("in", make::text(of_whole, "query")),
                (
                    "required",
                    make::flag(origin, is_required && required.contains(name.as_str())),
                ),
            ]
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect();
            let encoding = content
                .get("encoding")
                .and_then(|encoding| encoding.get(name));
            let mut has_style = false;
            for keyword in ["style", "explode", "allowReserved"] {
                if let Some(value) = encoding.and_then(|encoding| encoding.get(keyword)) {
                    parameter.insert(keyword.to_owned(), value.clone());
                    has_style = true;
                }
            }
            if !has_style && is_object(root, schema) {
                // Members that are objects are written as JSON where no style is given.
                let media = make::object(schema.origin(), [("schema", schema.clone())]);
                let json = make::object(schema.origin(), [("application/json", media)]);
                parameter.insert("content".to_owned(), json);
            } else {
                parameter.insert("schema".to_owned(), schema.clone());
            }
            let parameter = Value::new(schema.origin(), Data::Object(parameter));
            parameters.insert(name, parameter);
        }
    }
    if !parameters.is_empty() {
        return Some(parameters.into_values().collect());
    }
    // A map: each of its members is a parameter of the query, as the style of forms has it.
    let is_map = parts
        .iter()
        .any(|part| part.get("additionalProperties").is_some());
    let mut map = whole.clone();
    let schema = content.get("schema")?.clone();
    let members = map.as_object_mut().filter(|_| is_map)?;
    members.shift_remove("content");
    members.insert("in".to_owned(), make::text(origin, "query"));
    members.insert("schema".to_owned(), schema);
    members.insert("explode".to_owned(), make::flag(origin, true));
    Some(vec![map])
}

/// Whether a schema describes objects.
fn is_object(root: &Value, schema: &Value) -> bool {
    let Some(schema) = follow(root, schema).node() else {
        return false;
    };
    match schema.get("type").map(Value::data) {
        Some(Data::String(name)) => name == "object",
        Some(Data::Array(names)) => names
            .iter()
            .all(|name| matches!(name.as_str(), Some("object" | "null"))),
        _ => schema.get("properties").is_some() || schema.get("additionalProperties").is_some(),
    }
}

/// The schemas that together say what an object has.
fn collect<'tree>(
    root: &'tree Value,
    schema: &'tree Value,
    parts: &mut Vec<&'tree Value>,
    known: &mut BTreeSet<Pointer>,
    depth: usize,
) {
    let schema = match follow(root, schema) {
        Resolved::Itself(schema) => schema,
        // A schema that is extended along several ways is read once.
        Resolved::Node(pointer, target) if known.insert(pointer.clone()) => target,
        Resolved::Node(..) | Resolved::Nothing => return,
    };
    if depth >= MAX_DEPTH {
        return;
    }
    let all_of = schema.get("allOf").and_then(Value::as_array);
    for part in all_of.unwrap_or_default() {
        collect(root, part, parts, known, depth + 1);
    }
    parts.push(schema);
}

/// What is a parameter of the whole query among the components has been put where it is used.
fn drop_components(document: &mut Document) {
    let pointer = Pointer::root().key("components").key("parameters");
    let Some(mut parameters) = document.get(&pointer).cloned() else {
        return;
    };
    if let Some(members) = parameters.as_object_mut() {
        let before = members.len();
        members.retain(|_, parameter| {
            parameter.get("in").and_then(Value::as_str) != Some("querystring")
        });
        if members.len() < before {
            document.set(&pointer, parameters);
        }
    }
}
