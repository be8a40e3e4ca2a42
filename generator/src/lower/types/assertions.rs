//! Says in words what schemas of OpenAPI 3.1 ask of values beside their type: the order of a tuple, what a list contains, the names of
//! members, what a string holds.

use crate::lower::docs::code;
use crate::openapi::{Node, Schema};
use crate::source::Value;

/// One sentence for each assertion, in a fixed order.
pub(super) fn assertions<'a>(nodes: &[Node<'a, Schema>]) -> Vec<String> {
    let sentences = [
        content_encoding,
        content_media_type,
        content_schema,
        tuple,
        contains,
        patterns,
        property_names,
    ];
    let mut found: Vec<String> = sentences
        .iter()
        .filter_map(|sentence| nodes.iter().find_map(sentence))
        .collect();
    for node in nodes {
        found.extend(dependent_required(node));
    }
    found
}

fn content_encoding(node: &Node<'_, Schema>) -> Option<String> {
    let encoding = node.content_encoding().text()?;
    Some(format!("Encoding: {}.", code(encoding)))
}

fn content_media_type(node: &Node<'_, Schema>) -> Option<String> {
    let media_type = node.content_media_type().text()?;
    Some(format!("Media type: {}.", code(media_type)))
}

fn content_schema(node: &Node<'_, Schema>) -> Option<String> {
    let content = word(&node.content_schema().node()?)?;
    Some(format!("Holds {content}."))
}

fn tuple(node: &Node<'_, Schema>) -> Option<String> {
    let items: Vec<String> = node
        .prefix_items()
        .elements()
        .map(|item| word(&item).unwrap_or_else(|| "any value".to_owned()))
        .collect();
    (!items.is_empty()).then(|| format!("Items in order: {}.", items.join(", ")))
}

fn contains(node: &Node<'_, Schema>) -> Option<String> {
    let item = word(&node.contains().node()?)?;
    let least = node.min_contains().number();
    let least = least.map_or("1", |number| number.as_str());
    let most = node.max_contains().number();
    Some(match most {
        Some(most) => format!("Contains {item}: {least} to {}.", most.as_str()),
        None => format!("Contains {item}: at least {least}."),
    })
}

fn patterns(node: &Node<'_, Schema>) -> Option<String> {
    let patterns: Vec<String> = node
        .pattern_properties()
        .entries()
        .map(|(pattern, _)| code(pattern))
        .collect();
    (!patterns.is_empty()).then(|| format!("Names of further members: {}.", patterns.join(", ")))
}

fn property_names(node: &Node<'_, Schema>) -> Option<String> {
    let names = node.property_names().node()?;
    let word = match names.pattern().text() {
        Some(pattern) => code(pattern),
        None => word(&names)?,
    };
    Some(format!("Names of members: {word}."))
}

fn dependent_required(node: &Node<'_, Schema>) -> Vec<String> {
    node.dependent_required()
        .entries()
        .filter_map(|(name, required)| {
            let required: Vec<String> = required
                .elements()
                .filter_map(|name| name.text().map(code))
                .collect();
            let name = code(name);
            (!required.is_empty())
                .then(|| format!("Where {name} is present, so is {}.", required.join(", ")))
        })
        .collect()
}

/// What a small schema describes, in a word; none where it would take more.
fn word(node: &Node<'_, Schema>) -> Option<String> {
    if let Some(reference) = node.reference() {
        return reference.rsplit('/').next().map(code);
    }
    let values: Vec<String> = node
        .enum_values()
        .elements()
        .map(|value| code(&literal(value.value)))
        .collect();
    if !values.is_empty() {
        return Some(values.join(" or "));
    }
    node.schema_type().text().map(code)
}

fn literal(value: &Value) -> String {
    match value.as_str() {
        Some(text) => text.to_owned(),
        None => value.to_json().to_string(),
    }
}
