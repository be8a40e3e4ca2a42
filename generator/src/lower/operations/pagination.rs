//! `x-pagination`.

use crate::diagnostic::codes;
use crate::lower::context::Context;
use crate::lower::extension;
use crate::model::{
    ContentKind, Literal, Operation, Output, Pagination, Parameter, ParameterLocation, TypeDef,
    TypeRef,
};
use crate::openapi::{self, Field, Node, Text};
use crate::source::Number;

/// Makes a list of an operation whose document says how further pages are asked for.
pub(super) fn paginate(context: &mut Context<'_>, operation: &mut Operation, types: &[TypeDef]) {
    let node = context.node::<openapi::Operation>(&operation.pointer);
    let Some(node) = node.and_then(|node| node.pagination().node()) else {
        return;
    };
    if let Some(pagination) = read(context, &node, operation, types) {
        operation.output = Output::Page(pagination.item.clone());
        operation.pagination = Some(pagination);
    }
}

fn read<'a>(
    context: &mut Context<'a>,
    node: &Node<'a, openapi::Pagination>,
    operation: &Operation,
    types: &[TypeDef],
) -> Option<Pagination> {
    if !node.is_object() {
        extension::wrong(context, node, "an object");
        return None;
    }
    extension::known_members(context, node);
    let Some(page_parameter) = parameter(context, &node.page_parameter(), operation) else {
        if !node.page_parameter().is_present() {
            fault(
                context,
                node,
                "`page-parameter` is missing, so no page can be asked for",
                "name the parameter that takes the page's number",
            );
        }
        return None;
    };
    let is_integer = operation
        .parameters
        .get(page_parameter)
        .is_some_and(|parameter| parameter.type_ref.is_integer());
    if !is_integer {
        fault(
            context,
            node,
            "the parameter that takes the page's number is no integer",
            "correct its type; until then the operation returns one list",
        );
        return None;
    }
    let Some(item) = item(&operation.output, types) else {
        fault(
            context,
            node,
            "a page is a list, but the successful response of this operation is none",
            "describe the response as an array; until then the operation returns what it describes",
        );
        return None;
    };
    Some(Pagination {
        item,
        page_parameter,
        page_size_parameter: parameter(context, &node.page_size_parameter(), operation),
        first_page: first_page(context, operation.parameters.get(page_parameter)),
        next_page_header: extension::text(context, &node.next_page_header()),
        page_header: extension::text(context, &node.page_header()),
        page_size_header: extension::text(context, &node.page_size_header()),
        total_header: extension::text(context, &node.total_header()),
        total_pages_header: extension::text(context, &node.total_pages_header()),
        link_header: extension::text(context, &node.link_header()),
        may_guess: may_guess(context, node),
        past_end_status: status(context, &node.past_end_status()),
    })
}

/// The number of the first page: what the server assumes where the parameter is absent, else its minimum, else 1.
fn first_page(context: &Context<'_>, parameter: Option<&Parameter>) -> u32 {
    let Some(parameter) = parameter else {
        return 1;
    };
    let minimum = || {
        let parameter = context.node::<openapi::Parameter>(&parameter.pointer)?;
        let schema = context.resolve(&parameter.schema().node()?)?;
        schema.minimum().number()?.as_i128()
    };
    let number = match parameter.default {
        Some(Literal::Integer(number)) => Some(number),
        _ => minimum(),
    };
    number
        .and_then(|number| u32::try_from(number).ok())
        .unwrap_or(1)
}

/// Whether a page may be requested that a response says nothing of: unless the document forbids it.
fn may_guess<'a>(context: &mut Context<'a>, node: &Node<'a, openapi::Pagination>) -> bool {
    let field = node.guess_next_page();
    let Some(value) = field.node() else {
        return true;
    };
    field.flag().unwrap_or_else(|| {
        extension::wrong(context, &value, "`true` or `false`");
        true
    })
}

/// The status of a client's or a server's error.
fn status<'a>(context: &mut Context<'a>, field: &Field<'_, 'a, openapi::Number>) -> Option<u16> {
    let value = field.node()?;
    let status = field
        .number()
        .and_then(Number::as_i64)
        .and_then(|status| u16::try_from(status).ok())
        .filter(|status| (400..600).contains(status));
    if status.is_none() {
        extension::wrong(context, &value, "the status of an error, such as 404");
    }
    status
}

/// The position of the query parameter that a member names.
fn parameter<'a>(
    context: &mut Context<'a>,
    field: &Field<'_, 'a, Text>,
    operation: &Operation,
) -> Option<usize> {
    let name = extension::text(context, field)?;
    let position = operation.parameters.iter().position(|parameter| {
        parameter.wire_name == name && parameter.location == ParameterLocation::Query
    });
    if position.is_none()
        && let Some(member) = field.node()
    {
        fault(
            context,
            &member,
            &format!("the operation has no query parameter `{name}`"),
            "name one that it has",
        );
    }
    position
}

fn item(output: &Output, types: &[TypeDef]) -> Option<TypeRef> {
    let Output::Content(content) = output else {
        return None;
    };
    let ContentKind::Json(type_ref) = &content.kind else {
        return None;
    };
    match type_ref.resolved(types) {
        TypeRef::Array(item) => Some((**item).clone()),
        _ => None,
    }
}

fn fault<'a, T>(context: &mut Context<'a>, node: &Node<'a, T>, message: &str, help: &str) {
    context.report(codes::INVALID_EXTENSION, &node.pointer, message, help);
}
