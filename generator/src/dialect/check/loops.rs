//! Finds references that lead back to where they began without ever reaching a schema. Recursion through properties and items is fine:
//! there a value can end. A chain of `$ref`, `allOf`, `oneOf`, `anyOf` and `not` alone describes nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::reference::Reference;
use crate::diagnostic::{Diagnostics, Pointer, codes};
use crate::openapi::Kind;
use crate::source::{Target, Value};

/// The references that close a loop, as positions in `references`; each loop is reported once.
pub(super) fn find(
    root: &Value,
    references: &[&Reference<'_>],
    diagnostics: &mut Diagnostics,
) -> BTreeSet<usize> {
    let mut graph = Graph {
        root,
        by_pointer: BTreeMap::new(),
    };
    for (number, reference) in references.iter().enumerate() {
        graph.by_pointer.insert(&reference.pointer, number);
    }
    let mut closing = BTreeSet::new();
    let mut done: BTreeSet<Pointer> = BTreeSet::new();
    for reference in references {
        let Target::Local(start) = reference.local_target() else {
            continue;
        };
        graph.search(start, references, &mut done, &mut closing);
    }
    for number in &closing {
        let Some(reference) = references.get(*number) else {
            continue;
        };
        let message = format!(
            "`{}` leads back to itself without reaching {}",
            reference.target, reference.expected.name
        );
        let help = match reference.expected.kind {
            Kind::Schema => {
                "write out one of the schemas on the way; until then this reference is ignored"
            }
            _ => "write out one of the objects on the way; until then this reference is ignored",
        };
        diagnostics.push(
            codes::REFERENCE_LOOP,
            &root.place(&reference.location()),
            message,
            help,
        );
    }
    closing
}

struct Graph<'run> {
    root: &'run Value,
    by_pointer: BTreeMap<&'run Pointer, usize>,
}

/// A node on the path that the search is on, with the references out of it that are still to be followed.
struct Step {
    node: Pointer,
    outgoing: Vec<usize>,
}

impl Graph<'_> {
    /// A search in depth with a stack of its own, since chains can be long.
    fn search(
        &self,
        start: Pointer,
        references: &[&Reference<'_>],
        done: &mut BTreeSet<Pointer>,
        closing: &mut BTreeSet<usize>,
    ) {
        if done.contains(&start) {
            return;
        }
        let mut on_path: BTreeSet<Pointer> = BTreeSet::from([start.clone()]);
        let mut path = vec![Step {
            outgoing: self.outgoing(&start),
            node: start,
        }];
        while let Some(step) = path.last_mut() {
            let Some(number) = step.outgoing.pop() else {
                on_path.remove(&step.node);
                done.insert(step.node.clone());
                path.pop();
                continue;
            };
            let Some(Target::Local(target)) = references
                .get(number)
                .map(|reference| reference.local_target())
            else {
                continue;
            };
            if closes(&on_path, &target) {
                closing.insert(number);
            } else if !done.contains(&target) {
                on_path.insert(target.clone());
                path.push(Step {
                    outgoing: self.outgoing(&target),
                    node: target,
                });
            }
        }
    }

    /// The references that a node consists of, the first one last.
    fn outgoing(&self, node: &Pointer) -> Vec<usize> {
        let mut outgoing = Vec::new();
        let mut pending = vec![node.clone()];
        while let Some(pointer) = pending.pop() {
            let Some(value) = self.root.pointer(&pointer) else {
                continue;
            };
            if let Some(number) = self.by_pointer.get(&pointer) {
                outgoing.push(*number);
                continue;
            }
            for keyword in ["allOf", "oneOf", "anyOf"] {
                let elements = value
                    .get(keyword)
                    .and_then(Value::as_array)
                    .unwrap_or_default();
                let list = pointer.key(keyword);
                pending.extend((0..elements.len()).map(|index| list.index(index)));
            }
            if value.get("not").is_some() {
                pending.push(pointer.key("not"));
            }
        }
        outgoing.sort_unstable_by(|left, right| right.cmp(left));
        outgoing
    }
}

/// Whether the target is on the path, or contains a node on the path through keywords that reach nothing.
fn closes(on_path: &BTreeSet<Pointer>, target: &Pointer) -> bool {
    // The nodes below the target follow one another after `target/`.
    let below = target.key("");
    on_path.contains(target)
        || on_path
            .range(below..)
            .map_while(|node| node.strip_prefix(target))
            .any(|way| reaches_nothing(&way))
}

fn reaches_nothing(way: &Pointer) -> bool {
    way.segments().all(|segment| {
        matches!(&*segment, "allOf" | "oneOf" | "anyOf" | "not")
            || segment.bytes().all(|byte| byte.is_ascii_digit())
    })
}
