//! How the members of forms are written.

use super::member::{Member, ValueKind, Values};
use super::parameter::style_of;
use super::{content_type, nesting};
use crate::diagnostic::{Severity, codes};
use crate::lower::context::Context;
use crate::model::{
    BodyInput, BodyMediaType, MemberFormat, MemberSerialization, Operation, ParameterStyle, TypeDef,
};
use crate::openapi::{Encoding, Node, RequestBody};

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
    let content = context.node::<RequestBody>(&body.pointer).and_then(|node| {
        node.content()
            .entries()
            .find(|(media_type, _)| *media_type == body.content_type)
    });
    let Some(encodings) = content.and_then(|(_, content)| content.encoding().node()) else {
        return;
    };
    for (name, encoding) in encodings.entries() {
        let Some(member) = Member::find(type_ref, name, types) else {
            context.report(
                codes::UNSUPPORTED_BODY,
                &encoding.pointer,
                format!("the form has no member `{name}`, so its encoding has no effect"),
                "correct the name, or add a property of this name to the schema",
            );
            continue;
        };
        if encoding.headers().is_present() {
            context.report(
                codes::UNSUPPORTED_BODY.rated(Severity::Note),
                &encoding.headers().pointer(),
                "parts of a form are sent without `headers` of their own",
                "remove them with an overlay where the server accepts that, and send the body with `Client::request` where it does not",
            );
        }
        let serialization = match (style(&encoding), body.media_type) {
            (None, media_type) => content_type::read(context, &encoding, &member, media_type),
            (Some(style), BodyMediaType::Multipart) => {
                style_of_parts(context, &encoding, style, &member)
            }
            (Some(style), _) => style_of_pairs(context, &encoding, style, &member),
        };
        body.formats
            .extend(serialization.map(|serialization| MemberFormat {
                wire_name: name.to_owned(),
                serialization,
            }));
    }
}

/// The style that an encoding asks for. One of its three keywords is enough, and the others have their defaults.
fn style(encoding: &Node<'_, Encoding>) -> Option<ParameterFormat> {
    let style = encoding.style().text().and_then(style_of);
    let explode = encoding.explode().flag();
    if style.is_none() && explode.is_none() && !encoding.allow_reserved().is_present() {
        return None;
    }
    let style = style.unwrap_or(ParameterStyle::Form);
    Some(ParameterFormat {
        style,
        explode: explode.unwrap_or(style.default_explode()),
        allow_reserved: encoding.allow_reserved().is_true(),
    })
}

/// The format of a parameter in a query, in which members of forms can be written.
#[derive(Clone, Copy)]
struct ParameterFormat {
    style: ParameterStyle,
    explode: bool,
    allow_reserved: bool,
}

impl ParameterFormat {
    fn serialization(self) -> MemberSerialization {
        MemberSerialization::Style {
            style: self.style,
            explode: self.explode,
            allow_reserved: self.allow_reserved,
        }
    }
}

/// How a member of an urlencoded form is written that has a style.
fn style_of_pairs<'a>(
    context: &mut Context<'a>,
    encoding: &Node<'a, Encoding>,
    format: ParameterFormat,
    member: &Member<'_>,
) -> Option<MemberSerialization> {
    if !nesting::is_writable(format.style, member.type_ref, member.types) {
        context.report(
            codes::NESTED_PARAMETER,
            &encoding.pointer,
            format!(
                "values of the member `{}` nest deeper than its style can write; calls with such values fail",
                member.name
            ),
            "write `style: deepObject` where the server reads that, or remove `style`, `explode` and `allowReserved`, so that the values are written as JSON",
        );
    }
    let is_default = member.values.kind == ValueKind::Plain
        && format.style == ParameterStyle::Form
        && format.explode
        && !format.allow_reserved;
    (!is_default).then(|| format.serialization())
}

/// How a member of a multipart form is written that has a style.
fn style_of_parts<'a>(
    context: &mut Context<'a>,
    encoding: &Node<'a, Encoding>,
    format: ParameterFormat,
    member: &Member<'_>,
) -> Option<MemberSerialization> {
    if format.allow_reserved {
        context.report(
            codes::UNSUPPORTED_BODY.rated(Severity::Note),
            &encoding.allow_reserved().pointer(),
            "nothing is percent-encoded in a multipart form, so `allowReserved` has no effect",
            "remove it",
        );
    }
    let Values { is_list, kind } = member.values;
    let is_joined = !format.explode && format.style != ParameterStyle::DeepObject;
    let without_effect = match kind {
        ValueKind::Plain | ValueKind::File if !is_list => return None,
        ValueKind::File if is_joined => "each file is a part of its own",
        ValueKind::Composite if is_joined && is_list => "each item is a part that holds JSON",
        ValueKind::Composite
            if is_joined && !nesting::is_writable(format.style, member.type_ref, member.types) =>
        {
            "an object of lists or objects is one part that holds JSON"
        }
        _ => {
            let is_default = is_list && format.explode && format.style == ParameterStyle::Form;
            return (!is_default).then(|| format.serialization());
        }
    };
    context.report(
        codes::UNSUPPORTED_BODY,
        &encoding.pointer,
        format!("{without_effect}, so `style` and `explode` have no effect here"),
        "remove them, or write `collectionFormat: multi` in Swagger 2.0, where the server accepts that; to send something else, describe the member as a string",
    );
    None
}
