//! Request bodies: which of the offered media types is used, and what callers pass.

use super::Lowering;
use super::media_type::{self, Kind};
use super::parameter::component_key;
use crate::diagnostic::codes;
use crate::lower::context::{Context, shared};
use crate::lower::docs;
use crate::lower::names::{Scope, camel_piece};
use crate::lower::types::{NameContext, Roots, without_binary};
use crate::model::{Body, BodyInput, BodyMediaType, TypeDef, TypeRef};
use crate::openapi::{self, MediaType, Node, Schema};

/// What a body is in one of its media types.
struct RequestBody {
    media_type: BodyMediaType,
    content_type: String,
    type_ref: TypeRef,
}

impl<'a> Lowering<'_, 'a> {
    pub(super) fn body(
        &mut self,
        context: &mut Context<'a>,
        operation: &Node<'a, openapi::Operation>,
        inputs: &mut Scope,
    ) -> Option<Body> {
        let reference = operation.request_body().node()?;
        let node = context.resolve(&reference)?;
        let mut offered: Vec<_> = node.content().entries().collect();
        offered.sort_by_key(|(media_type, _)| media_type::kind(media_type));
        let name_context = match component_key(&node) {
            Some(key) => NameContext::new(suffixed(&camel_piece(&key), &["Request", "Body"])),
            None => self.name_context("Body"),
        };
        let mut request_body: Option<(RequestBody, Node<'a, MediaType>)> = None;
        for (media_type, content) in offered {
            match &request_body {
                Some((used, known)) => skipped(context, media_type, &content, used, known),
                None => {
                    request_body = self
                        .request_body(context, media_type, &content, &name_context)
                        .map(|request_body| (request_body, content));
                }
            }
        }
        let (request_body, _) = request_body?;
        let name = inputs.uniquify("body");
        let description = match reference.description().text() {
            Some(own) => Some(own),
            None => shared(context, &node.description()),
        };
        Some(Body {
            pointer: node.pointer.clone(),
            required: node.required().is_true(),
            media_type: request_body.media_type,
            content_type: request_body.content_type,
            // Read when the types of the members are known.
            formats: Vec::new(),
            input: BodyInput::Argument {
                name,
                type_ref: request_body.type_ref,
            },
            docs: docs::item(None, description, None, &[]),
        })
    }

    fn request_body(
        &mut self,
        context: &mut Context<'a>,
        media_type: &str,
        content: &Node<'a, MediaType>,
        name_context: &NameContext,
    ) -> Option<RequestBody> {
        let kind = media_type::kind(media_type);
        report_odd(context, kind, media_type, content);
        match kind {
            Kind::Json | Kind::Wildcard | Kind::Invalid => {
                let ty = content
                    .schema()
                    .node()
                    .map(|schema| self.types.type_of(context, &schema, name_context.clone()));
                let mut type_ref = ty.map_or(TypeRef::Any, |ty| ty.into_ref());
                let is_raw = matches!(type_ref, TypeRef::Binary | TypeRef::String)
                    || !content.schema().is_present();
                if kind == Kind::Wildcard && is_raw {
                    return Some(raw(BodyMediaType::Binary, "application/octet-stream"));
                }
                without_binary(&mut type_ref);
                Roots::add(&mut self.roots.json_request, &type_ref);
                let content_type = match kind {
                    Kind::Json => media_type,
                    _ => "application/json",
                };
                Some(RequestBody {
                    media_type: BodyMediaType::Json,
                    content_type: content_type.to_owned(),
                    type_ref,
                })
            }
            Kind::Form | Kind::Multipart => {
                self.form(context, kind, media_type, content, name_context)
            }
            Kind::Text => {
                report_unused_schema(context, media_type, content, "text");
                Some(raw(BodyMediaType::Text, media_type))
            }
            Kind::Xml => Some(raw(BodyMediaType::Text, media_type)),
            Kind::Binary => {
                report_unused_schema(context, media_type, content, "bytes");
                Some(raw(BodyMediaType::Binary, media_type))
            }
        }
    }

    /// A body of named members.
    fn form(
        &mut self,
        context: &mut Context<'a>,
        kind: Kind,
        media_type: &str,
        content: &Node<'a, MediaType>,
        name_context: &NameContext,
    ) -> Option<RequestBody> {
        let ty = content
            .schema()
            .node()
            .map(|schema| self.types.type_of(context, &schema, name_context.clone()));
        let type_ref = ty.map(|ty| ty.type_ref);
        let id = match &type_ref {
            Some(TypeRef::Named(id)) => Some(*id),
            _ => None,
        };
        let definition = id.and_then(|id| self.types.definition(id));
        let is_union = definition.and_then(TypeDef::union).is_some();
        let record = id.filter(|_| definition.and_then(TypeDef::record).is_some());
        let is_map = matches!(&type_ref, Some(TypeRef::Map(_))) && kind == Kind::Form;
        let Some(type_ref) = type_ref.filter(|_| record.is_some() || is_map) else {
            let found = match is_union {
                true => "is one of several",
                false => "has no properties",
            };
            let message =
                format!("a body of `{media_type}` has named members, but its schema {found}");
            let help = "describe the members as properties of an object; until then the body cannot be sent in this media type";
            context.report(codes::UNSUPPORTED_BODY, &content.pointer, message, help);
            return None;
        };
        Roots::add(&mut self.roots.request, &type_ref);
        if kind == Kind::Multipart {
            self.roots.multipart.extend(record);
        }
        Some(RequestBody {
            media_type: match kind {
                Kind::Multipart => BodyMediaType::Multipart,
                _ => BodyMediaType::Form,
            },
            content_type: media_type.to_owned(),
            type_ref,
        })
    }
}

fn raw(media_type: BodyMediaType, content_type: &str) -> RequestBody {
    let (type_ref, of_range) = match media_type {
        BodyMediaType::Text => (TypeRef::String, "text/plain"),
        _ => (TypeRef::Binary, "application/octet-stream"),
    };
    // What is sent is of one media type, whatever range the document allows.
    let content_type = match content_type.contains('*') {
        true => of_range,
        false => content_type,
    };
    RequestBody {
        media_type,
        content_type: content_type.to_owned(),
        type_ref,
    }
}

/// A name with the first of some endings, unless it has one of them.
pub(super) fn suffixed(name: &str, endings: &[&str]) -> String {
    let has_one = endings.iter().any(|ending| name.ends_with(ending));
    match endings.first().filter(|_| !has_one) {
        Some(ending) => format!("{name}{ending}"),
        None => name.to_owned(),
    }
}

/// Reports what is used but is not what it should be.
pub(super) fn report_odd<'a>(
    context: &mut Context<'a>,
    kind: Kind,
    media_type: &str,
    content: &Node<'a, MediaType>,
) {
    match kind {
        Kind::Invalid => context.report(
            codes::INVALID_MEDIA_TYPE,
            &content.pointer,
            format!("`{media_type}` is no media type; it is taken for `application/json`"),
            "write the media type of the body, such as `application/json`",
        ),
        Kind::Xml => context.report(
            codes::MEDIA_TYPE_SKIPPED,
            &content.pointer,
            format!("`{media_type}` is passed as text; its schema is not used"),
            "offer `application/json` where the server speaks it",
        ),
        _ => {}
    }
}

/// Reports a schema that says more of a body than that it is passed as it is.
pub(super) fn report_unused_schema<'a>(
    context: &mut Context<'a>,
    media_type: &str,
    content: &Node<'a, MediaType>,
    passed_as: &str,
) {
    let Some(schema) = content.schema().node() else {
        return;
    };
    if context
        .resolve(&schema)
        .is_some_and(|schema| is_plain(&schema))
    {
        schema.value.mark_all_read();
        return;
    }
    schema.value.clear_marks();
    let message =
        format!("a body of `{media_type}` is passed as {passed_as}; its schema is not used");
    let help = "offer `application/json` where the server speaks it; until then callers write or read the body themselves";
    context.report(codes::SCHEMA_UNUSED, &content.pointer, message, help);
}

/// Whether a schema says no more than that a value is a text or a file.
fn is_plain(schema: &Node<'_, Schema>) -> bool {
    let is_text = matches!(schema.schema_type().text(), None | Some("string" | "file"));
    let has_parts = schema.properties().is_present()
        || schema.items().is_present()
        || schema.enum_values().is_present()
        || schema.all_of().is_present()
        || schema.one_of().is_present()
        || schema.any_of().is_present()
        || schema.additional_properties().is_present();
    is_text && !has_parts
}

/// Reports a media type beside the one that is used, unless it carries the same.
fn skipped<'a>(
    context: &mut Context<'a>,
    media_type: &str,
    content: &Node<'a, MediaType>,
    used: &RequestBody,
    known: &Node<'a, MediaType>,
) {
    let same_schema = content.schema().value() == known.schema().value();
    if same_schema && media_type::kind(media_type) != Kind::Xml {
        content.value.mark_all_read();
        return;
    }
    content.value.clear_marks();
    context.report(
        codes::MEDIA_TYPE_SKIPPED,
        &content.pointer,
        format!(
            "the body is sent as `{}`, never as `{media_type}`",
            used.content_type
        ),
        "remove one of the two with an overlay; until then this one is not used",
    );
}
