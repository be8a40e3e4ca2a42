//! Reads the `x-` members that the generator understands, and says so where one has the wrong shape.

use super::context::Context;
use super::node::Node;
use crate::diagnostic::{Pointer, Severity, codes};
use crate::model::Identifier;
use crate::source::Data;

/// The content of an extension that is a text.
pub(super) fn text<'a>(context: &mut Context<'a>, node: &Node<'a>, key: &str) -> Option<String> {
    let value = node.get(key)?;
    let text = value.value.as_str();
    if text.is_none_or(str::is_empty) {
        wrong(context, &value, "a text that is not empty");
        return None;
    }
    text.map(str::to_owned)
}

/// The content of an extension that is true or false.
pub(super) fn flag<'a>(context: &mut Context<'a>, node: &Node<'a>, key: &str) -> bool {
    let Some(value) = node.get(key) else {
        return false;
    };
    value.value.as_bool().unwrap_or_else(|| {
        wrong(context, &value, "`true` or `false`");
        false
    })
}

/// The content of an extension that is a list of texts; a single text stands for a list of one.
pub(super) fn texts<'a>(context: &mut Context<'a>, node: &Node<'a>, key: &str) -> Vec<String> {
    let Some(value) = node.get(key) else {
        return Vec::new();
    };
    let texts: Option<Vec<String>> = match value.value.data() {
        Data::String(text) => Some(vec![text.clone()]),
        Data::Array(elements) => elements
            .iter()
            .map(|element| element.as_str().map(str::to_owned))
            .collect(),
        _ => None,
    };
    texts.unwrap_or_else(|| {
        wrong(context, &value, "a list of texts");
        Vec::new()
    })
}

/// Reports an extension that does not have the shape it must have.
pub(super) fn wrong<'a>(context: &mut Context<'a>, node: &Node<'a>, wanted: &str) {
    let key = node.pointer.last().unwrap_or_default().into_owned();
    context.report(
        Severity::Error,
        codes::INVALID_EXTENSION,
        &node.pointer,
        format!("`{key}` must be {wanted}, found {}", node.value.kind()),
        format!("write {wanted}; until then it is ignored"),
    );
}

/// Reports the members of an extension that mean nothing.
pub(super) fn known_members<'a>(context: &mut Context<'a>, node: &Node<'a>, known: &[&str]) {
    for (name, _) in node.as_object().into_iter().flatten() {
        if !known.contains(&name.as_str()) {
            let key = node.pointer.last().unwrap_or_default().into_owned();
            context.report(
                Severity::Error,
                codes::INVALID_EXTENSION,
                &node.pointer.key(name),
                format!("`{key}` has no member `{name}`"),
                format!(
                    "write one of {}; until then it is ignored",
                    known.join(", ")
                ),
            );
        }
    }
}

/// Reports a name that cannot be used as it is given.
pub(super) fn refused<'a>(
    context: &mut Context<'a>,
    node: &Node<'a>,
    key: &str,
    instead: &Identifier,
) {
    let given = node.text(key).unwrap_or_default();
    refused_text(context, &node.pointer.key(key), given, instead);
}

/// Reports a name at a pointer that cannot be used as it is given.
pub(super) fn refused_text(
    context: &mut Context<'_>,
    pointer: &Pointer,
    given: &str,
    instead: &Identifier,
) {
    context.report(
        Severity::Error,
        codes::INVALID_NAME,
        pointer,
        format!("the name `{given}` is taken or not a valid name here; `{instead}` is used"),
        "give another name, in the case that Rust asks for",
    );
}
