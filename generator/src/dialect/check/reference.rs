//! Where `$ref`s lead.

use std::collections::{BTreeMap, BTreeSet};

use super::edits::Edits;
use super::foreign::Foreign;
use crate::diagnostic::{Code, Diagnostics, Pointer, codes, nearest};
use crate::openapi::{Kind, ObjectDefinition, Version, mapping_target, object_at};
use crate::source::{Target, Value};

/// A `$ref`, or a value of a discriminator's mapping, which means the same.
#[derive(Debug)]
pub(super) struct Reference<'tree> {
    /// The node that has the `$ref`.
    pub(super) pointer: Pointer,
    pub(super) target: &'tree str,
    /// What the target has to be.
    pub(super) expected: &'static ObjectDefinition,
    pub(super) referrer: Referrer,
}

/// What has a reference, which decides what becomes of it when the reference leads nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Referrer {
    /// A schema that something needs, so that one without any restriction takes its place.
    Schema,
    /// A schema whose other keywords hold without the reference.
    BesideSiblings,
    /// An element or member that can go.
    Removable,
    /// An entry of a discriminator's mapping.
    Mapping,
}

impl Reference<'_> {
    /// The pointer of the text that names the target.
    pub(super) fn location(&self) -> Pointer {
        match self.referrer {
            Referrer::Mapping => self.pointer.clone(),
            Referrer::Schema | Referrer::BesideSiblings | Referrer::Removable => {
                self.pointer.key("$ref")
            }
        }
    }

    /// The target as a pointer, when it is in this document. A mapping may name a schema without more.
    pub(super) fn local_target(&self) -> Target<'_> {
        match self.referrer {
            Referrer::Mapping => mapping_target(self.target),
            _ => Target::parse(self.target),
        }
    }

    /// Takes the node out of the way of those who would follow it.
    pub(super) fn unlink(&self, edits: &mut Edits) {
        match self.referrer {
            Referrer::Schema => edits.empty(self.pointer.clone()),
            Referrer::BesideSiblings => edits.remove(self.pointer.key("$ref")),
            Referrer::Removable | Referrer::Mapping => edits.remove(self.pointer.clone()),
        }
    }

    fn consequence(&self) -> String {
        match self.referrer {
            Referrer::Schema => "until then the value may be anything".to_owned(),
            Referrer::BesideSiblings => "until then the reference is ignored".to_owned(),
            Referrer::Mapping => "until then this entry is ignored".to_owned(),
            Referrer::Removable if self.expected.kind == Kind::Schema => {
                "until then this schema is left out of the list".to_owned()
            }
            Referrer::Removable => {
                let noun = self
                    .expected
                    .name
                    .split_once(' ')
                    .map_or(self.expected.name, |(_, noun)| noun);
                format!("until then the {noun} is skipped")
            }
        }
    }

    /// Reports a target that is not there or not what is wanted. Returns whether it is fine.
    pub(super) fn check(
        &self,
        root: &Value,
        version: Version,
        foreign: &Foreign,
        diagnostics: &mut Diagnostics,
    ) -> bool {
        let (code, message, remedy): (Code, String, String) = match self.local_target() {
            Target::Url => (
                codes::EXTERNAL_REFERENCE,
                format!("`{}` is a URL, and nothing is fetched", self.target),
                "save what it leads to beside the document, and refer to it by its path".to_owned(),
            ),
            Target::File { .. } => (
                codes::EXTERNAL_REFERENCE,
                format!(
                    "`{}` leads to another file, and only one file is read",
                    self.target
                ),
                match component(root, version, self.target) {
                    Some(known) => format!("did you mean `#{known}`?"),
                    None => "bundle the files into one first, for example with `redocly bundle`"
                        .to_owned(),
                },
            ),
            Target::Unreadable => (
                codes::DANGLING_REFERENCE,
                format!("`{}` is no reference", self.target),
                match version {
                    Version::Swagger2 => "write it as `#/definitions/Name`".to_owned(),
                    _ => "write it as `#/components/…/Name`".to_owned(),
                },
            ),
            Target::Local(pointer) if root.pointer(&pointer).is_none() => (
                codes::DANGLING_REFERENCE,
                format!("`{}` does not exist", self.target),
                match diagnostics
                    .may_suggest()
                    .then(|| suggestion(root, version, &pointer))
                    .flatten()
                {
                    Some(known) => format!("did you mean `#{known}`?"),
                    None => "add it, or correct the reference".to_owned(),
                },
            ),
            Target::Local(pointer) if foreign.is_in_callbacks(&pointer) => (
                codes::MISMATCHED_REFERENCE,
                format!(
                    "`{}` is in callbacks, for which a client has nothing",
                    self.target
                ),
                "move it out of the callbacks, and let both refer to it".to_owned(),
            ),
            Target::Local(pointer) => {
                let object = object_at(&pointer, version);
                match object.or_else(|| foreign.object_at(&pointer, version)) {
                    Some(definition) if definition.kind == self.expected.kind => return true,
                    Some(definition) => (
                        codes::MISMATCHED_REFERENCE,
                        format!(
                            "`{}` is {}, but {} is needed here",
                            self.target, definition.name, self.expected.name
                        ),
                        format!("refer to {}", self.expected.name),
                    ),
                    None => (
                        codes::MISMATCHED_REFERENCE,
                        format!(
                            "`{}` is at a place where {version} has no {}",
                            self.target,
                            noun(self.expected.name)
                        ),
                        format!("refer to {}", self.expected.name),
                    ),
                }
            }
        };
        let joint = if remedy.ends_with('?') { " " } else { "; " };
        let help = format!("{remedy}{joint}{}", self.consequence());
        let place = root.place(&self.location());
        diagnostics.push(code, &place, message, help);
        false
    }
}

fn noun(name: &str) -> &str {
    name.split_once(' ').map_or(name, |(_, noun)| noun)
}

/// A node beside the one that does not exist, with a name much like it.
fn suggestion(root: &Value, version: Version, pointer: &Pointer) -> Option<Pointer> {
    let (parent, name) = (pointer.parent()?, pointer.last()?);
    let Some(members) = root.pointer(&parent).and_then(Value::as_object) else {
        return component(root, version, &name);
    };
    let known = nearest(&name, members.keys().map(String::as_str))?;
    Some(parent.key(known))
}

/// The schema of this name, when there is one among those with names, which is what most references lead to.
fn component(root: &Value, version: Version, name: &str) -> Option<Pointer> {
    let schemas = version.schemas().split('.');
    let pointer = schemas
        .fold(Pointer::root(), |pointer, key| pointer.key(key))
        .key(name);
    root.pointer(&pointer).map(|_| pointer)
}

/// Cuts the references to nodes that are cut themselves, until none is left. The cause was reported where it is.
pub(super) fn follow_removals(references: &[&Reference<'_>], edits: &mut Edits) {
    let removed = edits.removed();
    let mut by_target: BTreeMap<Pointer, Vec<usize>> = BTreeMap::new();
    let mut pending = Vec::new();
    for (number, reference) in references.iter().enumerate() {
        if let Target::Local(target) = reference.local_target() {
            if removed.contains(&target) {
                pending.push(number);
            }
            by_target.entry(target).or_default().push(number);
        }
    }
    let mut known: BTreeSet<usize> = pending.iter().copied().collect();
    while let Some(number) = pending.pop() {
        let Some(reference) = references.get(number) else {
            continue;
        };
        reference.unlink(edits);
        if matches!(reference.referrer, Referrer::Removable | Referrer::Mapping) {
            let removed = &reference.pointer;
            // The nodes below follow one another after `removed/`.
            let below = by_target.range(removed.key("")..);
            let below = below.take_while(|(target, _)| target.starts_with(removed));
            let numbers = by_target
                .get(removed)
                .into_iter()
                .chain(below.map(|(_, numbers)| numbers));
            pending.extend(numbers.flatten().filter(|number| known.insert(**number)));
        }
    }
}
