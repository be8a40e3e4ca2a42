//! Schemas that hold together: `allOf` is taken apart, wrappers that only describe are looked through, and what is left has one shape.

use std::collections::BTreeSet;

use super::union::{self, Members};
use super::{scalar, union::alternatives};
use crate::diagnostic::{Pointer, codes};
use crate::lower::context::{Context, MAX_DEPTH};
use crate::model::TypeRef;
use crate::openapi::{Node, Schema};
use crate::source::Value;

/// One schema, perhaps without the keywords that combine it with others, where those have been dealt with.
#[derive(Debug, Clone)]
pub(in crate::lower) struct Subschema<'a> {
    pub(super) node: Node<'a, Schema>,
    /// Whether its `allOf` still counts.
    all_of: bool,
    /// Whether its `oneOf` and `anyOf` still count.
    alternatives: bool,
}

/// Schemas of which a value has to satisfy all, none of them looked into.
#[derive(Debug, Clone)]
pub(in crate::lower) struct AllOfSet<'a> {
    subschemas: Vec<Subschema<'a>>,
}

/// Where each schema of an `allOf` set is, and whether its `allOf` and its alternatives still count.
pub(super) type Key = Vec<(Pointer, bool, bool)>;

/// Schemas without references and `allOf`, of which a value has to satisfy all.
pub(super) type Subschemas<'a> = Vec<Subschema<'a>>;

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

/// An `allOf` set taken apart.
enum Opened<'a> {
    /// It wraps one other schema.
    Same(AllOfSet<'a>),
    Subschemas(Subschemas<'a>),
}

impl<'a> Subschema<'a> {
    pub(super) fn of(node: &Node<'a, Schema>) -> Self {
        Self {
            node: node.clone(),
            all_of: true,
            alternatives: true,
        }
    }

    /// The schema without its `oneOf` and `anyOf`.
    pub(super) fn without_alternatives(&self) -> Self {
        Self {
            alternatives: false,
            ..self.clone()
        }
    }

    /// Whether it says something about a value beyond its type, so that it is more than a remark.
    fn is_shaping(&self) -> bool {
        let node = &self.node;
        node.is_reference()
            || node.properties().is_present()
            || node.required().is_present()
            || node.items().is_present()
            || node.enum_values().is_present()
            || node.format().is_present()
            || node.additional_properties().is_present()
            || (self.alternatives && !alternatives(&self.node).is_empty())
    }

    pub(super) fn has_alternatives(&self) -> bool {
        self.alternatives && !alternatives(&self.node).is_empty()
    }

    fn kind(&self) -> Option<&'a str> {
        let node = &self.node;
        node.schema_type().text().or_else(|| {
            if node.properties().is_present()
                || node.additional_properties().is_present()
                || node.required().is_present()
            {
                Some("object")
            } else if node.items().is_present() {
                Some("array")
            } else {
                None
            }
        })
    }
}

impl<'a> AllOfSet<'a> {
    pub(in crate::lower) fn of(node: &Node<'a, Schema>) -> Self {
        Self {
            subschemas: vec![Subschema::of(node)],
        }
    }

    pub(super) fn new(subschemas: Vec<Subschema<'a>>) -> Self {
        Self { subschemas }
    }

    /// What distinguishes it from every other `allOf` set.
    pub(super) fn key(&self) -> Key {
        let key = |subschema: &Subschema<'a>| {
            (
                subschema.node.pointer.clone(),
                subschema.all_of,
                subschema.alternatives,
            )
        };
        self.subschemas.iter().map(key).collect()
    }

    /// Where to report what is wrong with it.
    pub(super) fn pointer_of_last(&self) -> Pointer {
        self.subschemas
            .last()
            .map(|subschema| subschema.node.pointer.clone())
            .unwrap_or_default()
    }

    /// The pointer of the schema that it is, where it is one schema.
    pub(super) fn pointer(&self) -> Option<&Pointer> {
        match self.subschemas.as_slice() {
            [subschema] => Some(&subschema.node.pointer),
            _ => None,
        }
    }

    /// The pointer of the schema that it is with all its keywords. Where some have been dealt with, it is another type.
    pub(super) fn pointer_of_whole(&self) -> Option<&Pointer> {
        match self.subschemas.as_slice() {
            [subschema] if subschema.all_of && subschema.alternatives => {
                Some(&subschema.node.pointer)
            }
            _ => None,
        }
    }

    /// The reference that it is, where it is nothing else.
    pub(super) fn as_reference(&self) -> Option<&Node<'a, Schema>> {
        match self.subschemas.as_slice() {
            [subschema] if subschema.node.is_reference() => Some(&subschema.node),
            _ => None,
        }
    }

    /// The last subschema first: what is written closest to the place where the type is used describes it best.
    pub(in crate::lower) fn nodes(&self) -> Vec<&Node<'a, Schema>> {
        self.subschemas
            .iter()
            .rev()
            .map(|subschema| &subschema.node)
            .collect()
    }

    /// The schemas that say something of the values beside their type, the closest first: those behind references only where the type that
    /// they lead to has no place of its own to say it.
    pub(super) fn remarks(&self, context: &mut Context<'a>, follow: bool) -> Vec<Node<'a, Schema>> {
        let mut expanded = Expanded::default();
        for subschema in flatten(&self.subschemas) {
            if follow {
                expanded.add(context, &subschema, 0);
            } else if !subschema.node.is_reference() {
                expanded.subschemas.push(subschema);
            }
        }
        let subschemas = expanded.subschemas.into_iter().rev();
        subschemas.map(|subschema| subschema.node).collect()
    }

    pub(super) fn values(&self) -> Vec<&'a Value> {
        self.subschemas
            .iter()
            .map(|subschema| subschema.node.value)
            .collect()
    }

    pub(super) fn is_nullable(&self) -> bool {
        self.subschemas
            .iter()
            .any(|subschema| subschema.node.nullable().is_true())
    }

    pub(super) fn subschemas(&self) -> &[Subschema<'a>] {
        &self.subschemas
    }

    /// The shape of its values.
    pub(super) fn shape(&self, context: &mut Context<'a>) -> NullableShape<'a> {
        let shape = match self.open(context) {
            Opened::Same(other) => ValueShape::Same(other),
            Opened::Subschemas(subschemas) => match union::shape(context, &subschemas) {
                Some(shaped) => return shaped,
                None => plain_shape(context, &subschemas),
            },
        };
        NullableShape {
            shape,
            nullable: false,
        }
    }

    fn open(&self, context: &mut Context<'a>) -> Opened<'a> {
        let parts = strongest(flatten(&self.subschemas));
        if let [part] = parts.as_slice() {
            let is_itself = self.pointer() == Some(&part.node.pointer);
            if !is_itself {
                return Opened::Same(Self::new(parts));
            }
        }
        let mut expanded = Expanded::default();
        for part in &parts {
            expanded.add(context, part, 0);
        }
        Opened::Subschemas(strongest(expanded.subschemas))
    }

    /// The shape behind references and wrappers; none for a union, so that looking at a union's members never leads into other unions.
    pub(super) fn plain_shape(&self, context: &mut Context<'a>) -> Option<ValueShape<'a>> {
        let mut current = self.clone();
        for _ in 0..MAX_DEPTH {
            if let Some(reference) = current.as_reference() {
                current = Self::of(&context.resolve(reference)?);
                continue;
            }
            match current.open(context) {
                Opened::Same(other) => current = other,
                Opened::Subschemas(subschemas)
                    if subschemas.iter().any(Subschema::has_alternatives) =>
                {
                    return None;
                }
                Opened::Subschemas(subschemas) => return Some(plain_shape(context, &subschemas)),
            }
        }
        None
    }
}

/// The subschemas with each `allOf` replaced by its parts; references stay. What is beside an `allOf` comes after its parts.
fn flatten<'a>(subschemas: &[Subschema<'a>]) -> Subschemas<'a> {
    let mut flat = Vec::new();
    for subschema in subschemas {
        if !subschema.all_of
            || !subschema.node.all_of().is_present()
            || subschema.node.is_reference()
        {
            flat.push(subschema.clone());
            continue;
        }
        let parts: Vec<Subschema<'a>> = subschema
            .node
            .all_of()
            .elements()
            .map(|part| Subschema::of(&part))
            .collect();
        flat.extend(flatten(&parts));
        flat.push(Subschema {
            all_of: false,
            ..subschema.clone()
        });
    }
    flat
}

/// Subschemas whose references have been followed.
#[derive(Default)]
struct Expanded<'a> {
    subschemas: Subschemas<'a>,
    /// What references have led to. A schema that is extended along several ways is read once.
    targets: BTreeSet<Pointer>,
}

impl<'a> Expanded<'a> {
    /// Follows the references of a subschema and adds what they lead to.
    fn add(&mut self, context: &mut Context<'a>, subschema: &Subschema<'a>, depth: usize) {
        if !subschema.node.is_reference() {
            self.subschemas.push(subschema.clone());
            return;
        }
        if depth >= MAX_DEPTH {
            context.report(
                codes::TOO_DEEP,
                &subschema.node.pointer,
                "too many schemas extend one another; this one and those behind it are left out",
                "shorten the chain of `allOf`",
            );
            return;
        }
        let Some(target) = context.resolve(&subschema.node) else {
            return;
        };
        if !self.targets.insert(target.pointer.clone()) {
            return;
        }
        for part in flatten(&[Subschema::of(&target)]) {
            self.add(context, &part, depth + 1);
        }
    }
}

/// The subschemas that say more than a type, or else the first that says a type, or else the last. Each schema occurs once.
fn strongest(subschemas: Subschemas<'_>) -> Subschemas<'_> {
    let mut strong: Subschemas<'_> = Vec::new();
    for subschema in subschemas.iter().filter(|subschema| subschema.is_shaping()) {
        let is_new = strong.iter().all(|known| {
            let is_same_reference =
                known.node.is_reference() && known.node.value == subschema.node.value;
            known.node.pointer != subschema.node.pointer && !is_same_reference
        });
        if is_new {
            strong.push(subschema.clone());
        }
    }
    if strong.is_empty() {
        let ty = subschemas
            .iter()
            .find(|subschema| subschema.node.schema_type().is_present());
        strong.extend(ty.or(subschemas.last()).cloned());
    }
    strong
}

/// The shape of subschemas without alternatives.
fn plain_shape<'a>(context: &mut Context<'a>, subschemas: &[Subschema<'a>]) -> ValueShape<'a> {
    let listing = subschemas.iter().find(|subschema| {
        subschema.node.enum_values().is_present()
            && subschema.node.format().text() != Some("password")
    });
    if let Some(subschema) = listing {
        return ValueShape::Enumeration(vec![subschema.clone()]);
    }
    let kind = kind_of(context, subschemas);
    match kind {
        Some("object") => object(subschemas),
        Some("array") => ValueShape::Array(subschemas.to_vec()),
        Some(kind) => ValueShape::Scalar(scalar::scalar(context, kind, subschemas)),
        None => {
            if let Some(subschema) = subschemas
                .iter()
                .find(|subschema| subschema.node.not().is_present())
            {
                context.report(
                    codes::NOT_IGNORED,
                    &subschema.node.not().pointer(),
                    "`not` determines no type, so the value may be anything",
                    "say what the value is",
                );
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
