//! What has another name in the later description.

use std::collections::BTreeSet;

use super::{Comparison, RawNode, is_default};
use crate::openapi::{Holds as _, Schema, Shape, Version, shape_of_member};
use crate::source::{Data, Value};

/// How much of two names must be the same.
const LIKENESS: f64 = 0.5;

/// How many characters names have that are compared with others.
const LENGTH: usize = 200;

/// How many pairs of names are compared. Where there are more, most of the object is another one.
const PAIRS: usize = 10_000;

/// How many nodes of two values are compared. Where there are more, they are not taken for the same.
const NODES: usize = 1_000;

type Members<'a> = Vec<(&'a str, RawNode<'a>)>;

/// A member of the earlier description, and the one of another name in the later one.
pub(super) struct Renamed<'a> {
    pub(super) old: &'a str,
    pub(super) new: &'a str,
    pub(super) before: RawNode<'a>,
    pub(super) after: RawNode<'a>,
}

impl<'a> Comparison<'a> {
    /// Takes those out of both lists that have another name on the other side and the same schema: the only ones that are left, or those
    /// of a similar name. `schema` gives the schema of a member.
    pub(super) fn renamed(
        &self,
        earlier: &mut Members<'a>,
        later: &mut Members<'a>,
        schema: impl Fn(&RawNode<'a>) -> Option<RawNode<'a>>,
    ) -> Vec<Renamed<'a>> {
        let names = |members: &Members<'a>| -> BTreeSet<&'a str> {
            members.iter().map(|(name, _)| *name).collect()
        };
        let (before, after) = (names(earlier), names(later));
        let only = |members: &Members<'a>, others: &BTreeSet<&str>| -> Members<'a> {
            let only = members.iter().filter(|(name, _)| !others.contains(name));
            only.cloned().collect()
        };
        let (gone, new) = (only(earlier, &after), only(later, &before));
        if gone.len().saturating_mul(new.len()) > PAIRS {
            return Vec::new();
        }
        let is_only = gone.len() == 1 && new.len() == 1;
        let mut candidates = Vec::new();
        for before in &gone {
            for after in &new {
                let likeness = likeness(before.0, after.0);
                if is_only || likeness >= LIKENESS {
                    candidates.push((likeness, before, after));
                }
            }
        }
        candidates.sort_by(|left, right| right.0.total_cmp(&left.0));
        let mut taken = (BTreeSet::new(), BTreeSet::new());
        let mut renamed = Vec::new();
        for (_, (old, before), (new, after)) in candidates {
            if taken.0.contains(old) || taken.1.contains(new) {
                continue;
            }
            let is_same = match (schema(before), schema(after)) {
                (Some(before), Some(after)) => {
                    let mut nodes = NODES;
                    self.is_same(&before, &after, Schema::SHAPE, &mut nodes)
                }
                (None, None) => true,
                _ => false,
            };
            if is_same {
                taken.0.insert(*old);
                taken.1.insert(*new);
                renamed.push(Renamed {
                    old,
                    new,
                    before: before.clone(),
                    after: after.clone(),
                });
            }
        }
        earlier.retain(|(name, _)| !taken.0.contains(name));
        later.retain(|(name, _)| !taken.1.contains(name));
        renamed
    }

    /// Whether two nodes of a shape say the same to those who do not read words.
    fn is_same(
        &self,
        earlier: &RawNode<'a>,
        later: &RawNode<'a>,
        shape: Shape,
        nodes: &mut usize,
    ) -> bool {
        let Some(left) = nodes.checked_sub(1) else {
            return false;
        };
        *nodes = left;
        let (before, after) = (earlier.resolved(self.earlier), later.resolved(self.later));
        let names = (before.component(), after.component());
        if earlier.is_reference() && later.is_reference() && names.0.is_some() && names.0 == names.1
        {
            return true;
        }
        match (before.value.data(), after.value.data()) {
            (Data::Object(_), Data::Object(_)) => {
                let counts = |(key, node): &(&str, RawNode<'_>)| says(shape, key, node.value);
                let before: Vec<_> = before.members().into_iter().filter(counts).collect();
                let count = after.members().iter().filter(|one| counts(one)).count();
                let mut before = before.iter();
                before.len() == count
                    && before.all(|(key, node)| {
                        let other = after.get(key);
                        let shape = shape_in(shape, key);
                        other.is_some_and(|other| self.is_same(node, &other, shape, nodes))
                    })
            }
            (Data::Array(_), Data::Array(_)) => {
                let (before, after) = (before.elements(), after.elements());
                let shape = match shape {
                    Shape::List(inner) => *inner,
                    _ => Shape::Any,
                };
                let mut pairs = before.iter().zip(&after);
                before.len() == after.len()
                    && pairs.all(|(before, after)| self.is_same(before, after, shape, nodes))
            }
            (before, after) => before == after,
        }
    }
}

/// Whether a member of an object says something to those who do not read words. All do whose names are no keywords.
fn says(owner: Shape, key: &str, value: &Value) -> bool {
    let is_silent = super::super::prose::is_prose_of_any(key) || is_default(key, value);
    owner.object().is_none() || !is_silent
}

/// Returns the shape of a member of an object.
fn shape_in(owner: Shape, key: &str) -> Shape {
    let member = |object| shape_of_member(object, key, Version::OpenApi32);
    match owner {
        Shape::Map(inner) => *inner,
        _ => owner.object().and_then(member).unwrap_or(Shape::Any),
    }
}

fn likeness(old: &str, new: &str) -> f64 {
    if old.len().max(new.len()) > LENGTH {
        return 0.0;
    }
    strsim::normalized_damerau_levenshtein(old, new)
}
