//! Reads the extensions that the generator understands, and reports one that has the wrong shape.

use super::context::Context;
use super::names::Given;
use crate::diagnostic::{Pointer, codes};
use crate::openapi::{Field, Flag, List, Node, SpecObject, Text};
use crate::source::Data;

/// Returns the content of an extension that is a text.
pub(super) fn text<'a>(context: &mut Context<'a>, field: &Field<'_, 'a, Text>) -> Option<String> {
    let node = field.node()?;
    let text = node.text();
    if text.is_none_or(str::is_empty) {
        wrong(context, &node, "a text that is not empty");
        return None;
    }
    text.map(str::to_owned)
}

/// Returns the content of an extension that is true or false.
pub(super) fn flag<'a>(context: &mut Context<'a>, field: &Field<'_, 'a, Flag>) -> bool {
    let Some(node) = field.node() else {
        return false;
    };
    field.flag().unwrap_or_else(|| {
        wrong(context, &node, "`true` or `false`");
        false
    })
}

/// Returns the content of an extension that is a list of texts; a single text means a list of one.
pub(super) fn texts<'a>(
    context: &mut Context<'a>,
    field: &Field<'_, 'a, List<Text>>,
) -> Vec<String> {
    let Some(node) = field.node() else {
        return Vec::new();
    };
    let texts: Option<Vec<String>> = match node.value.data() {
        Data::String(text) => Some(vec![text.clone()]),
        Data::Array(_) => node
            .elements()
            .map(|element| element.text().map(str::to_owned))
            .collect(),
        _ => None,
    };
    texts.unwrap_or_else(|| {
        wrong(context, &node, "a list of texts");
        Vec::new()
    })
}

/// Returns the content of an extension that is a JSON pointer.
pub(super) fn pointer<'a>(
    context: &mut Context<'a>,
    field: &Field<'_, 'a, Text>,
) -> Option<Pointer> {
    let pointer = Pointer::parse(&text(context, field)?);
    if pointer.is_none()
        && let Some(node) = field.node()
    {
        wrong(context, &node, "a JSON pointer such as `/id`");
    }
    pointer
}

/// Returns the content of an extension that is a list of JSON pointers, without those that are none.
pub(super) fn pointers<'a>(
    context: &mut Context<'a>,
    field: &Field<'_, 'a, List<Text>>,
) -> Vec<Pointer> {
    let texts = texts(context, field);
    let pointers: Vec<Pointer> = texts
        .iter()
        .filter_map(|text| Pointer::parse(text))
        .collect();
    if pointers.len() < texts.len()
        && let Some(node) = field.node()
    {
        wrong(context, &node, "a list of JSON pointers such as `/message`");
    }
    pointers
}

/// Reports an extension that does not have the shape it must have.
pub(super) fn wrong<'a, T>(context: &mut Context<'a>, node: &Node<'a, T>, expected: &str) {
    let key = node.pointer.last().unwrap_or_default().into_owned();
    context.report(
        codes::INVALID_EXTENSION,
        &node.pointer,
        node.value.mismatch(format_args!("`{key}`"), expected),
        format!("write {expected}; until then it is ignored"),
    );
}

/// Reports the members of an extension that its table does not know.
pub(super) fn known_members<'a, T: SpecObject>(context: &mut Context<'a>, node: &Node<'a, T>) {
    for (name, member) in node.unknown_fields() {
        let key = node.pointer.last().unwrap_or_default().into_owned();
        let known: Vec<&str> = node
            .definition()
            .fixed
            .iter()
            .map(|field| field.name)
            .collect();
        context.report(
            codes::INVALID_EXTENSION,
            &member.pointer,
            format!("`{key}` has no member `{name}`"),
            format!(
                "write one of {}; until then it is ignored",
                known.join(", ")
            ),
        );
    }
}

/// Returns a name that an extension gives.
pub(super) fn name<'a>(context: &mut Context<'a>, field: &Field<'_, 'a, Text>) -> Option<Given> {
    Some(Given {
        name: text(context, field)?,
        pointer: field.pointer(),
    })
}
