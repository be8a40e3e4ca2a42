//! Puts a box where a type would otherwise contain itself, and around what would make a type large.
//!
//! Types that contain one another form a graph. A walk in the order of the types finds the references that lead back to a type on the way;
//! with those in boxes no cycle is left, and no reference outside a cycle is boxed.

use crate::model::{TypeDef, TypeId, TypeKind, TypeRef};

/// The size in bytes from which on a variant is boxed. Clippy complains of a variant that is 200 bytes larger than the next.
const LARGE_VARIANT: usize = 160;

/// The size in bytes from which on a field of a struct is boxed. Types that hold one another several times each, level by level, would be
/// larger than a stack, and in the end than any memory.
const LARGE_FIELD: usize = 16 * 1024;

/// Where a reference is in its type: the position among the fields or variants.
type Slot = usize;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    New,
    OnTheWay,
    Done,
}

/// Breaks each cycle of types that contain one another.
pub(super) fn break_cycles(definitions: &mut [TypeDef]) {
    for (index, slot) in containment(definitions).closing {
        if let Some(definition) = definitions.get_mut(index) {
            wrap(definition, slot);
        }
    }
}

/// What a walk through all types finds.
#[derive(Default)]
struct Containment {
    /// The references that lead back to a type on the way.
    closing: Vec<(usize, Slot)>,
    /// The types, each after those that it contains.
    inner_first: Vec<usize>,
}

/// Visits every type, without recursion: the chains of a document may be long.
fn containment(definitions: &[TypeDef]) -> Containment {
    let edges: Vec<Vec<(Slot, usize)>> = definitions.iter().map(contained).collect();
    let mut marks = vec![Mark::New; definitions.len()];
    let mut found = Containment::default();
    for start in 0..definitions.len() {
        if marks.get(start) != Some(&Mark::New) {
            continue;
        }
        set(&mut marks, start, Mark::OnTheWay);
        let mut way: Vec<(usize, usize)> = vec![(start, 0)];
        while let Some((index, next)) = way.last_mut() {
            let index = *index;
            let edge = edges.get(index).and_then(|edges| edges.get(*next));
            let Some((slot, target)) = edge.copied() else {
                set(&mut marks, index, Mark::Done);
                found.inner_first.push(index);
                way.pop();
                continue;
            };
            *next += 1;
            match marks.get(target) {
                Some(Mark::New) => {
                    set(&mut marks, target, Mark::OnTheWay);
                    way.push((target, 0));
                }
                Some(Mark::OnTheWay) => found.closing.push((index, slot)),
                Some(Mark::Done) | None => {}
            }
        }
    }
    found
}

fn set(marks: &mut [Mark], index: usize, mark: Mark) {
    if let Some(slot) = marks.get_mut(index) {
        *slot = mark;
    }
}

/// The types that a value holds without a list, a map or a box between.
fn contained(definition: &TypeDef) -> Vec<(Slot, usize)> {
    let refs: Vec<&TypeRef> = match &definition.kind {
        TypeKind::Record(record) => record.fields.iter().map(|field| &field.type_ref).collect(),
        TypeKind::Union(union) => union
            .variants
            .iter()
            .map(|variant| &variant.type_ref)
            .collect(),
        TypeKind::Alias(_) | TypeKind::StringEnum(_) | TypeKind::IntegerEnum(_) => Vec::new(),
    };
    refs.into_iter()
        .enumerate()
        .filter_map(|(slot, type_ref)| Some((slot, direct(type_ref)?.index())))
        .collect()
}

fn direct(type_ref: &TypeRef) -> Option<TypeId> {
    match type_ref {
        TypeRef::Named(id) => Some(*id),
        TypeRef::Nullable(inner) => direct(inner),
        _ => None,
    }
}

fn wrap(definition: &mut TypeDef, slot: Slot) {
    let type_ref = match &mut definition.kind {
        TypeKind::Record(record) => record.fields.get_mut(slot).map(|field| &mut field.type_ref),
        TypeKind::Union(union) => union
            .variants
            .get_mut(slot)
            .map(|variant| &mut variant.type_ref),
        _ => None,
    };
    if let Some(type_ref) = type_ref {
        let inner = std::mem::replace(type_ref, TypeRef::Any);
        *type_ref = match inner {
            TypeRef::Nullable(inner) => TypeRef::Nullable(Box::new(TypeRef::Boxed(inner))),
            inner => TypeRef::Boxed(Box::new(inner)),
        };
    }
}

/// Boxes the large variants of unions and the very large fields of structs. Cycles must have been broken.
pub(super) fn shrink(definitions: &mut [TypeDef]) {
    let mut sizes = Sizes(vec![0; definitions.len()]);
    for index in containment(definitions).inner_first {
        let Some(definition) = definitions.get_mut(index) else {
            continue;
        };
        let (held, most): (Vec<&TypeRef>, usize) = match &definition.kind {
            TypeKind::Union(union) => {
                let variants = union.variants.iter();
                (
                    variants.map(|variant| &variant.type_ref).collect(),
                    LARGE_VARIANT,
                )
            }
            TypeKind::Record(record) => {
                let fields = record.fields.iter();
                (fields.map(|field| &field.type_ref).collect(), LARGE_FIELD)
            }
            _ => (Vec::new(), 0),
        };
        let held = held.into_iter().enumerate();
        let large: Vec<Slot> = held
            .filter(|(_, held)| sizes.size(held) > most)
            .map(|(slot, _)| slot)
            .collect();
        for slot in large {
            wrap(definition, slot);
        }
        sizes.set(index, definition);
    }
}

/// The sizes in bytes of all types on a 64-bit machine, roughly and from above.
#[derive(Debug)]
pub(in crate::lower) struct Sizes(Vec<usize>);

impl Sizes {
    /// The sizes of types without cycles.
    pub(in crate::lower) fn of(definitions: &[TypeDef]) -> Self {
        let mut sizes = Self(vec![0; definitions.len()]);
        for index in containment(definitions).inner_first {
            if let Some(definition) = definitions.get(index) {
                sizes.set(index, definition);
            }
        }
        sizes
    }

    /// Whether a variant of this type goes into a box.
    pub(in crate::lower) fn is_large(&self, type_ref: &TypeRef) -> bool {
        self.size(type_ref) > LARGE_VARIANT
    }

    fn set(&mut self, index: usize, definition: &TypeDef) {
        let size = match &definition.kind {
            TypeKind::Record(record) => {
                let fields = record.fields.iter();
                let fields: usize = fields.map(|field| self.size(&field.type_ref) + 8).sum();
                fields + record.additional.as_ref().map_or(0, |_| 24)
            }
            TypeKind::Union(union) => {
                let variants = union.variants.iter();
                let largest = variants.map(|variant| self.size(&variant.type_ref)).max();
                largest.unwrap_or(0).max(32) + 8
            }
            TypeKind::StringEnum(_) => 24,
            TypeKind::IntegerEnum(_) => 16,
            TypeKind::Alias(alias) => self.size(&alias.target),
        };
        if let Some(slot) = self.0.get_mut(index) {
            *slot = size;
        }
    }

    fn size(&self, type_ref: &TypeRef) -> usize {
        match type_ref {
            TypeRef::Boolean => 1,
            TypeRef::Integer32 => 4,
            TypeRef::Integer64
            | TypeRef::Unsigned64
            | TypeRef::Double
            | TypeRef::Date
            | TypeRef::Boxed(_) => 8,
            TypeRef::Timestamp => 16,
            TypeRef::String | TypeRef::Secret | TypeRef::Array(_) | TypeRef::Map(_) => 24,
            TypeRef::Binary | TypeRef::Any => 32,
            TypeRef::Nullable(inner) => self.size(inner) + 8,
            TypeRef::Named(id) => self.0.get(id.index()).copied().unwrap_or(0),
        }
    }
}
