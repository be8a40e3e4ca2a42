//! Inputs that are not in the body.

use indexmap::IndexMap;

use super::{Lowering, RawOperation, media_type};
use crate::lower::context::{Context, shared};
use crate::lower::names::{self, NameRequest, Scope};
use crate::lower::types::{NameContext, NullableType, Roots, without_binary};
use crate::lower::{docs, extension};
use crate::model::{Identifier, Parameter, ParameterLocation, ParameterStyle, TypeRef};
use crate::openapi::{self, Node};

/// A parameter as an operation lists it.
struct Declared<'a> {
    /// The element of the list: the parameter, or a reference to it, which may describe it.
    reference: Node<'a, openapi::Parameter>,
    node: Node<'a, openapi::Parameter>,
}

impl<'a> Lowering<'_, 'a> {
    /// Those of the path item and those of the operation, which override them: by place in the request, then in the document's order.
    pub(super) fn parameters(
        &mut self,
        context: &mut Context<'a>,
        raw: &RawOperation<'a>,
        inputs: &mut Scope,
    ) -> Vec<Parameter> {
        let mut nodes: IndexMap<(ParameterLocation, &'a str), Declared<'a>> = IndexMap::new();
        let declared = raw.path_item.parameters().elements();
        for reference in declared.chain(raw.node.parameters().elements()) {
            let Some(node) = context.resolve(&reference) else {
                continue;
            };
            if let (Some(location), Some(name)) = (location(&node), node.name().text()) {
                nodes.insert((location, name), Declared { reference, node });
            }
        }
        nodes.sort_by(|left, _, right, _| left.0.cmp(&right.0));
        let requests: Vec<NameRequest> = nodes
            .iter()
            .map(|((_, name), declared)| {
                NameRequest::new(extension::name(context, &declared.node.rust_name()), *name)
            })
            .collect();
        let identifiers = names::assign(context, inputs, &requests);
        nodes
            .iter()
            .zip(identifiers)
            .map(|(((location, wire_name), declared), name)| {
                self.parameter(context, declared, *location, wire_name, name)
            })
            .collect()
    }

    fn parameter(
        &mut self,
        context: &mut Context<'a>,
        declared: &Declared<'a>,
        location: ParameterLocation,
        wire_name: &str,
        name: Identifier,
    ) -> Parameter {
        let Declared { reference, node } = declared;
        let style = node.style().text().and_then(style_of);
        let style = style.unwrap_or_else(|| location.default_style());
        let content = node.content().entries().next();
        let json = content
            .as_ref()
            .is_some_and(|(media, _)| media_type::is_json(media));
        let schema = node
            .schema()
            .node()
            .or_else(|| content.and_then(|(_, content)| content.schema().node()));
        let name_context = match component_key(node) {
            Some(key) => NameContext::new(names::camel_piece(&key)),
            None => self.name_context(wire_name),
        };
        let ty = schema
            .as_ref()
            .map(|schema| self.types.type_of(context, schema, name_context));
        let mut ty = ty.unwrap_or(NullableType {
            type_ref: TypeRef::Any,
            nullable: false,
        });
        without_binary(&mut ty.type_ref);
        let annotations = match &schema {
            Some(schema) => self.types.annotations(context, schema, &ty),
            None => Default::default(),
        };
        let example = node
            .example()
            .node()
            .and_then(|example| self.types.example(&ty, &example));
        // JSON alone can say null; elsewhere it is the same as leaving the parameter out.
        let type_ref = if json { ty.into_ref() } else { ty.type_ref };
        Roots::add(&mut self.roots.request, &type_ref);
        if json {
            Roots::add(&mut self.roots.json_request, &type_ref);
        }
        let description = match reference.description().text() {
            Some(own) => Some(own),
            None => shared(context, &node.description()),
        };
        Parameter {
            pointer: node.pointer.clone(),
            name,
            wire_name: wire_name.to_owned(),
            location,
            style,
            explode: node.explode().flag().unwrap_or(style.default_explode()),
            allow_reserved: node.allow_reserved().is_true(),
            json,
            type_ref,
            required: location == ParameterLocation::Path || node.required().is_true(),
            docs: docs::item(
                annotations.title,
                description.or(annotations.description),
                None,
                &annotations.remarks,
            ),
            deprecated: node.deprecated().is_true() || annotations.deprecated,
            default: annotations.default,
            example: example.or(annotations.example),
        }
    }
}

fn location(node: &Node<'_, openapi::Parameter>) -> Option<ParameterLocation> {
    Some(match node.location().text()? {
        "path" => ParameterLocation::Path,
        "query" => ParameterLocation::Query,
        "header" => ParameterLocation::Header,
        "cookie" => ParameterLocation::Cookie,
        _ => return None,
    })
}

/// Returns the style of this name.
pub(super) fn style_of(name: &str) -> Option<ParameterStyle> {
    Some(match name {
        "matrix" => ParameterStyle::Matrix,
        "label" => ParameterStyle::Label,
        "form" => ParameterStyle::Form,
        "simple" => ParameterStyle::Simple,
        "spaceDelimited" => ParameterStyle::SpaceDelimited,
        "pipeDelimited" => ParameterStyle::PipeDelimited,
        "tabDelimited" => ParameterStyle::TabDelimited,
        "deepObject" => ParameterStyle::DeepObject,
        _ => return None,
    })
}

/// The key of a parameter, body or response that is among the components; its inline types are named after it, since many operations
/// may share it.
pub(super) fn component_key<T>(node: &Node<'_, T>) -> Option<String> {
    let segments: Vec<_> = node.pointer.segments().take(4).collect();
    match segments.as_slice() {
        [components, _, key] if components == "components" => Some(key.clone().into_owned()),
        _ => None,
    }
}
