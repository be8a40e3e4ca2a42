//! Turns paths into groups of operations.

mod body;
mod content_type;
mod credential;
mod credential_status;
mod flatten;
mod media_type;
mod member;
mod member_formats;
mod naming;
mod nesting;
mod new_secret;
mod pagination;
mod parameter;
mod path;
mod response;
mod webhook;

use std::collections::HashMap;

use super::context::Context;
use super::extension;
use super::names::{Namespace, Scope};
use super::security::Security;
use super::types::{Roots, Sizes, Types};
use super::{docs, names};
use crate::diagnostic::{Pointer, codes};
use crate::model::{
    Content, ContentKind, CredentialStatusInfo, Group, HttpMethod, Operation, Output, RetryClass,
    SecurityRequirement, TypeDef, TypeRef,
};
use crate::openapi::{self, Field, List, Node, PathItem, Server};
use crate::source::Allowance;

use naming::NamedOperation;

/// An operation of the document, not yet named.
#[derive(Debug, Clone)]
struct RawOperation<'a> {
    path: &'a str,
    method: HttpMethod,
    node: Node<'a, openapi::Operation>,
    path_item: Node<'a, PathItem>,
}

/// The groups, as far as they are known before the types are complete.
pub(super) struct Operations {
    groups: Vec<Group>,
    /// The types that they mention.
    pub(super) roots: Roots,
}

/// Lowers every operation, and what it mentions into the types.
pub(super) fn operations<'a>(
    context: &mut Context<'a>,
    types: &mut Types<'a>,
    security: &Security,
    base_path: &str,
) -> Operations {
    let raw_operations = raw_operations(context);
    let mut roots = Roots::default();
    let mut groups = Vec::new();
    let mut scopes = Vec::new();
    let mut named: Vec<(usize, NamedOperation)> = Vec::new();
    let mut contents = HashMap::new();
    for (number, group) in naming::name(context, &raw_operations)
        .into_iter()
        .enumerate()
    {
        groups.push(group.group);
        scopes.push(group.scope);
        named.extend(group.operations.into_iter().map(|named| (number, named)));
    }
    // In the document's order, so that an operation that is added at its end takes no name from another one.
    named.sort_by_key(|(_, named)| named.index);
    for (number, named) in named {
        let (Some(raw), Some(group), Some(scope)) = (
            raw_operations.get(named.index),
            groups.get_mut(number),
            scopes.get_mut(number),
        ) else {
            continue;
        };
        let mut lowering = Lowering {
            types: &mut *types,
            roots: &mut roots,
            contents: &mut contents,
            scope,
            base: named.base.clone(),
        };
        let mut operation = lowering.operation(context, raw, named);
        operation.security = security.of(context, &raw.node, &operation.parameters);
        if let Some(remark) = security.remark(context, &raw.node) {
            operation.docs = operation.docs.with_remark(&remark);
        }
        path::prefix(&mut operation, base_path);
        group.operations.push(operation);
        types.lower_pending(context);
    }
    webhook::types(context, types, &mut roots);
    types.lower_pending(context);
    Operations { groups, roots }
}

impl Operations {
    /// Takes the decisions that need the types as they are in the end.
    pub(super) fn finish(
        mut self,
        context: &mut Context<'_>,
        types: &[TypeDef],
    ) -> (Vec<Group>, CredentialStatusInfo) {
        let places = self.groups.iter().flat_map(|group| &group.operations);
        let places = credential_status::places(places);
        let status = credential_status::status(context, &places);
        let sizes = Sizes::of(types);
        let mut inputs = Allowance::new(20_000, 1);
        for operation in self
            .groups
            .iter_mut()
            .flat_map(|group| &mut group.operations)
        {
            nesting::report(context, operation, types);
            member_formats::read(context, operation, types);
            shrink(&mut operation.output, &sizes);
            flatten::flatten(operation, types, |count| {
                inputs.take(count, context.document.value())
            });
            pagination::paginate(context, operation, types);
            credential::effect(context, operation, &status);
            operation.new_secret = new_secret::pointer(operation, types);
            operation.carries_secret = operation
                .type_refs()
                .any(|type_ref| type_ref.any(&|inner| is_secret(inner, types)))
                || flatten::record(operation, types)
                    .is_some_and(|definition| definition.reaches_secret);
        }
        (self.groups, status)
    }
}

/// Boxes what would make the enum of an operation's responses large.
fn shrink(output: &mut Output, sizes: &Sizes) {
    let Output::ByStatus { variants, .. } = output else {
        return;
    };
    for content in variants.iter_mut().flat_map(|variant| &mut variant.content) {
        if let ContentKind::Json(type_ref) = &mut content.kind
            && sizes.is_large(type_ref)
        {
            let inner = std::mem::replace(type_ref, TypeRef::Any);
            *type_ref = TypeRef::Boxed(Box::new(inner));
        }
    }
}

fn is_secret(type_ref: &TypeRef, types: &[TypeDef]) -> bool {
    match type_ref {
        TypeRef::Secret => true,
        TypeRef::Named(id) => types
            .get(id.index())
            .is_some_and(|definition| definition.reaches_secret),
        _ => false,
    }
}

/// The operations in the document's order.
fn raw_operations<'a>(context: &mut Context<'a>) -> Vec<RawOperation<'a>> {
    let Some(paths) = context.root().paths().node() else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (path, item) in paths.path_items() {
        let Some(path_item) = context.resolve(&item) else {
            continue;
        };
        let first = found.len();
        for (name, node) in path_item.operations() {
            let Some(method) = method(context, name, &node) else {
                continue;
            };
            let mut of_path = found.iter().skip(first);
            if of_path.any(|known: &RawOperation<'_>| known.method == method) {
                continue;
            }
            report_servers(context, &path_item.servers());
            report_servers(context, &node.servers());
            found.push(RawOperation {
                path,
                method,
                node,
                path_item: path_item.clone(),
            });
        }
    }
    found
}

/// Reports servers that hold for a part of the API only.
fn report_servers(context: &mut Context<'_>, servers: &Field<'_, '_, List<Server>>) {
    if servers.is_present() {
        context.report(
            codes::SERVERS_IGNORED,
            &servers.pointer(),
            "a client has one server for all operations",
            "let callers use a client of its own, with another `base_url`, for these operations",
        );
    }
}

/// The method of a field of a path item, or of one of its additional operations.
fn method<'a>(
    context: &mut Context<'a>,
    name: &str,
    operation: &Node<'a, openapi::Operation>,
) -> Option<HttpMethod> {
    // As an additional operation, `QUERY` is in its place in versions that have no field for it.
    if let Some(method) = HttpMethod::of_field(if name == "QUERY" { "query" } else { name }) {
        return Some(method);
    }
    let field = name.to_ascii_lowercase();
    let (message, help) = match HttpMethod::of_field(&field) {
        Some(_) => (
            format!("the method `{name}` has a field of its own in a path item"),
            format!("move the operation to `{field}` of the path item; until then it is skipped"),
        ),
        None => (
            format!("a client has no requests of the method `{name}`"),
            "remove the operation with an overlay, and send its requests with an HTTP library; until then it is skipped".to_owned(),
        ),
    };
    operation.value.clear_marks();
    context.report(codes::UNSUPPORTED_METHOD, &operation.pointer, message, help);
    None
}

/// What is at hand while one operation is lowered.
struct Lowering<'run, 'a> {
    types: &'run mut Types<'a>,
    roots: &'run mut Roots,
    /// What the responses among the components hold, each as a result or as an error.
    contents: &'run mut HashMap<(Pointer, bool), Option<Content>>,
    /// The names of the group's module.
    scope: &'run mut Scope,
    /// What inline types of the operation are named after.
    base: String,
}

impl<'a> Lowering<'_, 'a> {
    fn operation(
        &mut self,
        context: &mut Context<'a>,
        raw: &RawOperation<'a>,
        named: NamedOperation,
    ) -> Operation {
        let node = &raw.node;
        let mut inputs = Scope::new(Namespace::Input);
        let body = self.body(context, node, &mut inputs);
        let parameters = self.parameters(context, raw, &mut inputs);
        let segments = path::segments(raw.path, &parameters);
        let responses = self.responses(context, raw, named.type_name.as_str());
        let link = node.external_docs().node();
        let item = &raw.path_item;
        let described = match (node.summary().text(), node.description().text()) {
            // The description of a path item holds for its operations.
            (None, None) => (item.summary().text(), item.description().text()),
            own => own,
        };
        Operation {
            pointer: node.pointer.clone(),
            id: named.id,
            name: named.name,
            type_name: named.type_name,
            method: raw.method,
            path: raw.path.to_owned(),
            segments,
            parameters,
            body,
            accept: responses.accept,
            output: responses.output,
            successes: responses.successes,
            errors: responses.errors,
            pagination: None,
            retry: retry(context, raw),
            new_secret: None,
            credential_effect: None,
            security: SecurityRequirement::Anonymous,
            carries_secret: false,
            docs: docs::summarized(
                described.0,
                described.1,
                link.as_ref().and_then(|link| link.url().text()),
            ),
            deprecated: node.deprecated().is_true(),
        }
    }

    /// The name of an inline type of this operation.
    fn name_context(&self, piece: &str) -> super::types::NameContext {
        super::types::NameContext::new(names::join(&self.base, &names::camel_piece(piece)))
    }
}

fn retry<'a>(context: &mut Context<'a>, raw: &RawOperation<'a>) -> RetryClass {
    let by_method = match raw.method {
        HttpMethod::Post | HttpMethod::Patch => RetryClass::NonIdempotent,
        _ => RetryClass::Idempotent,
    };
    let Some(node) = raw.node.retry().node() else {
        return by_method;
    };
    match node.text() {
        Some("idempotent") => RetryClass::Idempotent,
        Some("non-idempotent") => RetryClass::NonIdempotent,
        _ => {
            extension::wrong(context, &node, "`idempotent` or `non-idempotent`");
            by_method
        }
    }
}
