//! Schemas that hold together: `allOf` is taken apart, wrappers that only describe are looked through, and what is left has one shape.

use super::union::{self, Members};
use super::{scalar, union::alternatives};
use crate::diagnostic::{Pointer, Severity, codes};
use crate::lower::context::{Context, MAX_DEPTH};
use crate::model::TypeRef;
use crate::openapi::{Node, Schema};
use crate::source::Value;

/// One schema, perhaps without the keywords that combine it with others, where those have been dealt with.
#[derive(Debug, Clone)]
pub(in crate::lower) struct Layer<'a> {
    pub(super) node: Node<'a, Schema>,
    /// Whether its `allOf` still counts.
    all_of: bool,
    /// Whether its `oneOf` and `anyOf` still count.
    alternatives: bool,
}

/// Schemas of which a value has to satisfy all, none of them looked into.
#[derive(Debug, Clone)]
pub(in crate::lower) struct Conjunction<'a> {
    layers: Vec<Layer<'a>>,
}

/// Where each schema of a conjunction stands, and whether its `allOf` and its alternatives still count.
pub(super) type Key = Vec<(Pointer, bool, bool)>;

/// Schemas without references and `allOf`, of which a value has to satisfy all.
pub(super) type Layers<'a> = Vec<Layer<'a>>;

/// What the values of a conjunction are.
#[derive(Debug)]
pub(super) enum Shape<'a> {
    /// The same as those of this one.
    Same(Conjunction<'a>),
    /// Objects with known members.
    Record(Layers<'a>),
    /// Objects whose keys are data.
    Map(Layers<'a>),
    Array(Layers<'a>),
    /// The values that all these layers list.
    Enumeration(Layers<'a>),
    Union(Members<'a>),
    Scalar(TypeRef),
}

/// A shape, and whether one of the alternatives that led to it is null.
#[derive(Debug)]
pub(super) struct Shaped<'a> {
    pub(super) shape: Shape<'a>,
    pub(super) nullable: bool,
}

/// A conjunction taken apart.
enum Opened<'a> {
    /// It wraps one other schema.
    Same(Conjunction<'a>),
    Layers(Layers<'a>),
}

impl<'a> Layer<'a> {
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

impl<'a> Conjunction<'a> {
    pub(in crate::lower) fn of(node: &Node<'a, Schema>) -> Self {
        Self {
            layers: vec![Layer::of(node)],
        }
    }

    pub(super) fn new(layers: Vec<Layer<'a>>) -> Self {
        Self { layers }
    }

    /// What tells it from every other conjunction.
    pub(super) fn key(&self) -> Key {
        let key =
            |layer: &Layer<'a>| (layer.node.pointer.clone(), layer.all_of, layer.alternatives);
        self.layers.iter().map(key).collect()
    }

    /// Where to report what is wrong with it.
    pub(super) fn place(&self) -> Pointer {
        self.layers
            .last()
            .map(|layer| layer.node.pointer.clone())
            .unwrap_or_default()
    }

    /// The pointer of the schema that it is, where it is one schema.
    pub(super) fn pointer(&self) -> Option<&Pointer> {
        match self.layers.as_slice() {
            [layer] => Some(&layer.node.pointer),
            _ => None,
        }
    }

    /// The reference that it is, where it is nothing else.
    pub(super) fn as_reference(&self) -> Option<&Node<'a, Schema>> {
        match self.layers.as_slice() {
            [layer] if layer.node.is_reference() => Some(&layer.node),
            _ => None,
        }
    }

    /// The last layer first: what is written closest to the place where the type is used describes it best.
    pub(in crate::lower) fn nodes(&self) -> Vec<&Node<'a, Schema>> {
        self.layers.iter().rev().map(|layer| &layer.node).collect()
    }

    /// The schemas that say something of the values beside their type, the closest first: those behind references only where the type that
    /// they lead to has no place of its own to say it.
    pub(super) fn remarks(&self, context: &mut Context<'a>, follow: bool) -> Vec<Node<'a, Schema>> {
        let mut layers = Vec::new();
        for layer in flatten(&self.layers) {
            if follow {
                expand(context, &layer, 0, &mut layers);
            } else if !layer.node.is_reference() {
                layers.push(layer);
            }
        }
        layers.into_iter().rev().map(|layer| layer.node).collect()
    }

    pub(super) fn values(&self) -> Vec<&'a Value> {
        self.layers.iter().map(|layer| layer.node.value).collect()
    }

    pub(super) fn is_nullable(&self) -> bool {
        self.layers
            .iter()
            .any(|layer| layer.node.nullable().is_true())
    }

    pub(super) fn layers(&self) -> &[Layer<'a>] {
        &self.layers
    }

    /// The shape of its values.
    pub(super) fn shape(&self, context: &mut Context<'a>) -> Shaped<'a> {
        let shape = match self.open(context) {
            Opened::Same(other) => Shape::Same(other),
            Opened::Layers(layers) => match union::shape(context, &layers) {
                Some(shaped) => return shaped,
                None => plain_shape(context, &layers),
            },
        };
        Shaped {
            shape,
            nullable: false,
        }
    }

    fn open(&self, context: &mut Context<'a>) -> Opened<'a> {
        let parts = strongest(flatten(&self.layers));
        if let [part] = parts.as_slice() {
            let is_itself = self.pointer() == Some(&part.node.pointer);
            if !is_itself {
                return Opened::Same(Self::new(parts));
            }
        }
        let mut layers = Vec::new();
        for part in &parts {
            expand(context, part, 0, &mut layers);
        }
        Opened::Layers(strongest(layers))
    }

    /// The shape behind references and wrappers; none for a union, so that looking at a union's members never leads into other unions.
    pub(super) fn plain_shape(&self, context: &mut Context<'a>) -> Option<Shape<'a>> {
        let mut current = self.clone();
        for _ in 0..MAX_DEPTH {
            if let Some(reference) = current.as_reference() {
                current = Self::of(&context.resolve(reference)?);
                continue;
            }
            match current.open(context) {
                Opened::Same(other) => current = other,
                Opened::Layers(layers) if layers.iter().any(Layer::has_alternatives) => {
                    return None;
                }
                Opened::Layers(layers) => return Some(plain_shape(context, &layers)),
            }
        }
        None
    }
}

/// The layers with each `allOf` replaced by its parts; references stay. What stands beside an `allOf` comes after its parts.
fn flatten<'a>(layers: &[Layer<'a>]) -> Layers<'a> {
    let mut flat = Vec::new();
    for layer in layers {
        if !layer.all_of || !layer.node.all_of().is_present() || layer.node.is_reference() {
            flat.push(layer.clone());
            continue;
        }
        let parts: Vec<Layer<'a>> = layer
            .node
            .all_of()
            .elements()
            .map(|part| Layer::of(&part))
            .collect();
        flat.extend(flatten(&parts));
        flat.push(Layer {
            all_of: false,
            ..layer.clone()
        });
    }
    flat
}

/// Follows the references of a layer and adds what they lead to.
fn expand<'a>(context: &mut Context<'a>, layer: &Layer<'a>, depth: usize, layers: &mut Layers<'a>) {
    if !layer.node.is_reference() {
        layers.push(layer.clone());
        return;
    }
    if depth >= MAX_DEPTH {
        context.report(
            Severity::Error,
            codes::TOO_DEEP,
            &layer.node.pointer,
            "too many schemas extend one another; this one and those behind it are left out",
            "shorten the chain of `allOf`",
        );
        return;
    }
    let Some(target) = context.resolve(&layer.node) else {
        return;
    };
    for part in flatten(&[Layer::of(&target)]) {
        expand(context, &part, depth + 1, layers);
    }
}

/// The layers that say more than a type, or else the first that says a type, or else the last. Each schema stands once.
fn strongest(layers: Layers<'_>) -> Layers<'_> {
    let mut strong: Layers<'_> = Vec::new();
    for layer in layers.iter().filter(|layer| layer.is_shaping()) {
        let is_new = strong.iter().all(|known| {
            let is_same_reference =
                known.node.is_reference() && known.node.value == layer.node.value;
            known.node.pointer != layer.node.pointer && !is_same_reference
        });
        if is_new {
            strong.push(layer.clone());
        }
    }
    if strong.is_empty() {
        let typed = layers
            .iter()
            .find(|layer| layer.node.schema_type().is_present());
        strong.extend(typed.or(layers.last()).cloned());
    }
    strong
}

/// The shape of layers without alternatives.
fn plain_shape<'a>(context: &mut Context<'a>, layers: &[Layer<'a>]) -> Shape<'a> {
    let listing = layers.iter().find(|layer| {
        layer.node.enum_values().is_present() && layer.node.format().text() != Some("password")
    });
    if let Some(layer) = listing {
        return Shape::Enumeration(vec![layer.clone()]);
    }
    let kind = kind_of(context, layers);
    match kind {
        Some("object") => object(layers),
        Some("array") => Shape::Array(layers.to_vec()),
        Some(kind) => Shape::Scalar(scalar::scalar(context, kind, layers)),
        None => {
            if let Some(layer) = layers.iter().find(|layer| layer.node.not().is_present()) {
                context.report(
                    Severity::Note,
                    codes::NOT_IGNORED,
                    &layer.node.not().pointer(),
                    "what a value is not tells no type, so it may be anything",
                    "say what the value is",
                );
            }
            Shape::Scalar(TypeRef::Any)
        }
    }
}

/// The type that all layers agree on; the first one where they do not.
fn kind_of<'a>(context: &mut Context<'a>, layers: &[Layer<'a>]) -> Option<&'a str> {
    let first = layers.iter().find_map(Layer::kind)?;
    let mut kind = first;
    for layer in layers {
        let Some(other) = layer.kind() else { continue };
        if other == kind || (other == "number" && kind == "integer") {
            continue;
        }
        if other == "integer" && kind == "number" {
            kind = other;
            continue;
        }
        context.report(
            Severity::Warning,
            codes::ALL_OF_CONFLICT,
            &layer.node.pointer,
            format!(
                "no value is of the types `{kind}` and `{other}` at once; it is taken for `{kind}`"
            ),
            "correct one of the types, or write `oneOf` where `allOf` stands",
        );
    }
    Some(kind)
}

fn object<'a>(layers: &[Layer<'a>]) -> Shape<'a> {
    let has_properties = layers
        .iter()
        .any(|layer| !layer.node.properties().is_empty());
    let is_closed = layers
        .iter()
        .any(|layer| layer.node.additional_properties().is_false());
    if has_properties || is_closed {
        Shape::Record(layers.to_vec())
    } else {
        Shape::Map(layers.to_vec())
    }
}
