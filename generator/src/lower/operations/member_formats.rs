//! How the members of forms are written.

use super::nesting;
use super::parameter::style_of;
use crate::diagnostic::{Pointer, Severity, codes};
use crate::lower::context::Context;
use crate::model::{
    BodyInput, BodyMediaType, MemberFormat, Operation, ParameterStyle, Record, TypeDef, TypeKind,
    TypeRef,
};
use crate::openapi::{Encoding, Node, RequestBody};

/// What the values of a member are, as far as it decides how they are written.
enum Shape<'types> {
    Plain,
    List(&'types TypeRef),
    Object,
    /// Known when a value is there.
    Unknown,
}

/// Reads the formats of the members of an operation's form, where its `encoding` asks for others than OpenAPI's default.
pub(super) fn read(context: &mut Context<'_>, operation: &mut Operation, types: &[TypeDef]) {
    let Some(body) = &mut operation.body else {
        return;
    };
    let BodyInput::Argument { type_ref, .. } = &body.input else {
        return;
    };
    if !matches!(
        body.media_type,
        BodyMediaType::Form | BodyMediaType::Multipart
    ) {
        return;
    }
    let pointer = Pointer::parse(&body.pointer).unwrap_or_default();
    let content = context.node::<RequestBody>(pointer).and_then(|node| {
        node.content()
            .entries()
            .find(|(media_type, _)| *media_type == body.content_type)
    });
    let Some(encodings) = content.and_then(|(_, content)| content.encoding().node()) else {
        return;
    };
    for (name, encoding) in encodings.entries() {
        let Some(member) = member(type_ref, name, types) else {
            context.report(
                codes::UNSUPPORTED_BODY,
                &encoding.pointer,
                format!("the form has no member `{name}`, so its encoding has no effect"),
                "correct the name, or add a property of this name to the schema",
            );
            continue;
        };
        if encoding.content_type().is_present() || encoding.headers().is_present() {
            context.report(
                codes::UNSUPPORTED_BODY.rated(Severity::Note),
                &encoding.pointer,
                "`contentType` and `headers` of an encoding are not read; members are written as their types say",
                "remove them with an overlay where the server accepts that, and send the body with `Client::request` where it does not",
            );
        }
        let Some(format) = format(name, &encoding) else {
            continue;
        };
        let is_used = match body.media_type {
            BodyMediaType::Multipart => joins(context, &encoding, &format, member, types),
            _ => is_own(context, &encoding, &format, member, types),
        };
        if is_used {
            body.formats.push(format);
        }
    }
}

/// The type of a member of a form. None where it has no such member.
fn member<'types>(
    form: &'types TypeRef,
    name: &str,
    types: &'types [TypeDef],
) -> Option<&'types TypeRef> {
    match resolved(form, types) {
        TypeRef::Map(value) => Some(value),
        TypeRef::Named(id) => {
            let record = record(types.get(id.index())?)?;
            let field = record.fields.iter().find(|field| field.wire_name == name);
            let field = field.or(record.additional.as_deref())?;
            Some(&field.type_ref)
        }
        _ => None,
    }
}

fn record(definition: &TypeDef) -> Option<&Record> {
    match &definition.kind {
        TypeKind::Record(record) => Some(record),
        _ => None,
    }
}

/// Returns the type that boxes, options and other names stand for.
fn resolved<'types>(type_ref: &'types TypeRef, types: &'types [TypeDef]) -> &'types TypeRef {
    match type_ref {
        TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => resolved(inner, types),
        TypeRef::Named(id) => match types.get(id.index()).map(|definition| &definition.kind) {
            Some(TypeKind::Alias(alias)) => resolved(&alias.target, types),
            _ => type_ref,
        },
        _ => type_ref,
    }
}

fn shape<'types>(type_ref: &'types TypeRef, types: &'types [TypeDef]) -> Shape<'types> {
    match resolved(type_ref, types) {
        TypeRef::Array(item) => Shape::List(item),
        TypeRef::Map(_) => Shape::Object,
        TypeRef::Any => Shape::Unknown,
        TypeRef::Named(id) => match types.get(id.index()).map(|definition| &definition.kind) {
            Some(TypeKind::Record(_)) => Shape::Object,
            Some(TypeKind::Union(_)) => Shape::Unknown,
            _ => Shape::Plain,
        },
        _ => Shape::Plain,
    }
}

/// The format that an encoding asks for, if it does.
fn format(name: &str, encoding: &Node<'_, Encoding>) -> Option<MemberFormat> {
    let style = encoding.style().text().and_then(style_of);
    let explode = encoding.explode().flag();
    let allow_reserved = encoding.allow_reserved().is_true();
    if style.is_none() && explode.is_none() && !allow_reserved {
        return None;
    }
    let style = style.unwrap_or(ParameterStyle::Form);
    Some(MemberFormat {
        wire_name: name.to_owned(),
        style,
        explode: explode.unwrap_or(style.default_explode()),
        allow_reserved,
    })
}

/// Whether the format of a member of an urlencoded form is another one than that of its values without an `encoding`.
fn is_own<'a>(
    context: &mut Context<'a>,
    encoding: &Node<'a, Encoding>,
    format: &MemberFormat,
    member: &TypeRef,
    types: &[TypeDef],
) -> bool {
    if !nesting::is_writable(format.style, member, types) {
        context.report(
            codes::NESTED_PARAMETER,
            &encoding.pointer,
            format!(
                "values of the member `{}` nest deeper than its style can write; calls with such values fail",
                format.wire_name
            ),
            "write `style: deepObject` where the server reads that, or describe the member as a string that holds JSON",
        );
    }
    let usual = match shape(member, types) {
        Shape::Plain | Shape::List(_) => format.style == ParameterStyle::Form && format.explode,
        Shape::Object => format.style == ParameterStyle::DeepObject,
        Shape::Unknown => false,
    };
    !usual || format.allow_reserved
}

/// Whether the lists of a member of a multipart form are one part, in place of one for each item.
fn joins<'a>(
    context: &mut Context<'a>,
    encoding: &Node<'a, Encoding>,
    format: &MemberFormat,
    member: &TypeRef,
    types: &[TypeDef],
) -> bool {
    if format.allow_reserved {
        context.report(
            codes::UNSUPPORTED_BODY.rated(Severity::Note),
            &encoding.allow_reserved().pointer(),
            "nothing is percent-encoded in a multipart form, so `allowReserved` has no effect",
            "remove it",
        );
    }
    if !encoding.style().is_present() && !encoding.explode().is_present() {
        return false;
    }
    let without_effect = match shape(member, types) {
        Shape::Plain => None,
        Shape::Object => Some("an object is one part that holds JSON"),
        Shape::List(item) if matches!(resolved(item, types), TypeRef::Binary) => {
            (!format.explode).then_some("each file is a part of its own")
        }
        Shape::List(item) if !matches!(shape(item, types), Shape::Plain | Shape::Unknown) => {
            (!format.explode).then_some("each item is a part that holds JSON")
        }
        Shape::List(_) | Shape::Unknown if format.style == ParameterStyle::DeepObject => {
            Some("a list has a part for each item")
        }
        Shape::List(_) | Shape::Unknown => return !format.explode,
    };
    if let Some(written) = without_effect {
        context.report(
            codes::UNSUPPORTED_BODY,
            &encoding.pointer,
            format!("{written}, so `style` and `explode` have no effect here"),
            "remove them where the server accepts that; to send something else, describe the member as a string",
        );
    }
    false
}
