//! What the values of schemas that hold together are.

use super::all_of::AllOfSet;
use super::scalar;
use super::subschema::{Subschema, Subschemas};
use super::union::Members;
use crate::diagnostic::codes;
use crate::lower::context::Context;
use crate::model::TypeRef;
use crate::source::Data;

/// What the values of an `allOf` set are.
#[derive(Debug)]
pub(super) enum ValueShape<'a> {
    /// The same as those of this one.
    Same(AllOfSet<'a>),
    /// Objects with known members.
    Record(Subschemas<'a>),
    /// Objects whose keys are data.
    Map(Subschemas<'a>),
    Array(Subschemas<'a>),
    /// The values that all these subschemas list.
    Enumeration(Subschemas<'a>),
    Union(Members<'a>),
    Scalar(TypeRef),
}

/// A shape, and whether one of the alternatives that led to it is null.
#[derive(Debug)]
pub(super) struct NullableShape<'a> {
    pub(super) shape: ValueShape<'a>,
    pub(super) nullable: bool,
}

impl<'a> From<ValueShape<'a>> for NullableShape<'a> {
    fn from(shape: ValueShape<'a>) -> Self {
        Self {
            shape,
            nullable: false,
        }
    }
}

/// The shape of subschemas without alternatives.
pub(super) fn plain_shape<'a>(
    context: &mut Context<'a>,
    subschemas: &[Subschema<'a>],
) -> ValueShape<'a> {
    let listing = subschemas.iter().find(|subschema| {
        subschema.node.enum_values().is_present()
            && subschema.node.format().text() != Some("password")
    });
    if let Some(subschema) = listing {
        return ValueShape::Enumeration(vec![subschema.clone()]);
    }
    let kind = kind_of(context, subschemas);
    if let Some(kind @ ("object" | "array")) = kind {
        report_implied(context, kind, subschemas);
    }
    match kind {
        Some("object") => object(subschemas),
        Some("array") => ValueShape::Array(subschemas.to_vec()),
        Some(kind) => ValueShape::Scalar(scalar::scalar(context, kind, subschemas)),
        None => {
            if let Some(subschema) = subschemas
                .iter()
                .find(|subschema| subschema.node.not().is_present())
            {
                let not = subschema.node.not();
                let not_of = not.node();
                let is_never = not_of.is_some_and(|not| match not.value.data() {
                    Data::Object(members) => members.is_empty(),
                    _ => false,
                });
                // That is also how the schema `false` is read.
                let message = match is_never {
                    true => {
                        "no value satisfies this schema; one that is received is read as anything"
                    }
                    false => "`not` determines no type, so the value may be anything",
                };
                let help = "say what the value is";
                context.report(codes::NOT_IGNORED, &not.pointer(), message, help);
            }
            ValueShape::Scalar(TypeRef::Any)
        }
    }
}

/// The type that all subschemas agree on; the first one where they do not.
fn kind_of<'a>(context: &mut Context<'a>, subschemas: &[Subschema<'a>]) -> Option<&'a str> {
    let first = subschemas.iter().find_map(Subschema::kind)?;
    let mut kind = first;
    for subschema in subschemas {
        let Some(other) = subschema.kind() else {
            continue;
        };
        if other == kind || (other == "number" && kind == "integer") {
            continue;
        }
        if other == "integer" && kind == "number" {
            kind = other;
            continue;
        }
        context.report(
            codes::ALL_OF_CONFLICT,
            &subschema.node.pointer,
            format!(
                "no value is of the types `{kind}` and `{other}` at once; it is taken for `{kind}`"
            ),
            "correct one of the types, or write `oneOf` in place of `allOf`",
        );
    }
    Some(kind)
}

/// A schema that describes members or items and has no type allows every other value. Nearly all mean objects and lists, and a type of those
/// is worth more than one of anything.
fn report_implied<'a>(context: &mut Context<'a>, kind: &str, subschemas: &[Subschema<'a>]) {
    let is_typed =
        |one: &Subschema<'a>| one.is_one_of_several || one.node.schema_type().is_present();
    let implying = subschemas.iter().find(|one| one.kind().is_some());
    let Some(implying) = implying.filter(|_| !subschemas.iter().any(is_typed)) else {
        return;
    };
    let (what, read) = match kind {
        "array" => ("items of a list", "lists"),
        _ => ("members of an object", "objects"),
    };
    context.report(
        codes::IMPLIED_TYPE,
        &implying.node.pointer,
        format!(
            "this schema describes {what} and has no `type`, so values of other types are valid, too; only {read} are read"
        ),
        format!("add `type: {kind}`, or list the other values in `oneOf`"),
    );
}

fn object<'a>(subschemas: &[Subschema<'a>]) -> ValueShape<'a> {
    let has_properties = subschemas
        .iter()
        .any(|subschema| !subschema.node.properties().is_empty());
    let is_closed = subschemas
        .iter()
        .any(|subschema| subschema.node.additional_properties().is_false());
    if has_properties || is_closed {
        ValueShape::Record(subschemas.to_vec())
    } else {
        ValueShape::Map(subschemas.to_vec())
    }
}

/// Whether null satisfies all subschemas, and one of them says so.
pub(super) fn is_nullable(subschemas: &[Subschema<'_>]) -> bool {
    let allows = |subschema: &Subschema<'_>| {
        let node = &subschema.node;
        node.nullable().is_true()
            || !(node.schema_type().is_present() || node.enum_values().is_present())
    };
    subschemas
        .iter()
        .any(|subschema| subschema.node.nullable().is_true())
        && subschemas.iter().all(allows)
}
