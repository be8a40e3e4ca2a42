//! Which components there are, and what those are called that come from other files.

use std::collections::{BTreeMap, BTreeSet};

use super::files::{At, Files};
use crate::diagnostic::{Diagnostics, Pointer};
use crate::openapi::{Kind, Shape, Version};
use crate::source::Value;

/// Where components of each kind are.
fn sections(version: Version) -> &'static [(Kind, &'static [&'static str])] {
    match version {
        Version::Swagger2 => &[
            (Kind::Schema, &["definitions"]),
            (Kind::Parameter, &["parameters"]),
            (Kind::Response, &["responses"]),
        ],
        Version::OpenApi30 | Version::OpenApi31 | Version::OpenApi32 => &[
            (Kind::Schema, &["components", "schemas"]),
            (Kind::Response, &["components", "responses"]),
            (Kind::Parameter, &["components", "parameters"]),
            (Kind::Example, &["components", "examples"]),
            (Kind::RequestBody, &["components", "requestBodies"]),
            (Kind::Header, &["components", "headers"]),
            (Kind::SecurityScheme, &["components", "securitySchemes"]),
            (Kind::Link, &["components", "links"]),
        ],
    }
}

fn pointer(segments: &[&str]) -> Pointer {
    let root = Pointer::root();
    segments
        .iter()
        .fold(root, |pointer, segment| pointer.key(segment))
}

/// The components of the bundled document.
#[derive(Debug, Default)]
pub(super) struct Components {
    /// The places of nodes of other files. A node may be of several kinds.
    placed: BTreeMap<(At, Kind), Pointer>,
    taken: BTreeSet<Pointer>,
    /// The next number of each name that has to have one.
    numbers: BTreeMap<Pointer, usize>,
}

/// What is to be called by a name.
pub(super) struct NamedComponent {
    pub(super) place: Pointer,
    /// Whether it has been put there by this call.
    pub(super) is_new: bool,
    /// The name that it would have, when that is taken.
    pub(super) preferred: Option<String>,
}

impl Components {
    /// Finds the components of the entry document. One that is a reference to another file is where the target of the reference goes.
    pub(super) fn of_entry(
        files: &mut Files<'_>,
        version: Version,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let mut components = Self::default();
        for (kind, section) in sections(version) {
            let section = pointer(section);
            let at = At {
                file: 0,
                pointer: section.clone(),
            };
            let found = files.find(at, 1, diagnostics);
            let Some(mut found) = found else { continue };
            if let Some(reference) = files.get(&found).and_then(|node| node.get("$ref")).cloned()
                && let Ok(Some(end)) = files.follow(found.file, &reference, diagnostics)
            {
                found = end;
            }
            let Some(document) = files.document(found.file) else {
                continue;
            };
            let members = document.get(&found.pointer).and_then(Value::as_object);
            for (name, node) in members.into_iter().flatten() {
                let place = section.key(name);
                let mut end = At {
                    file: found.file,
                    pointer: found.pointer.key(name),
                };
                if let Some(reference) = node.get("$ref").filter(|text| text.as_str().is_some()) {
                    match files.follow(found.file, reference, diagnostics) {
                        Ok(Some(target)) => end = target,
                        _ => continue,
                    }
                }
                if end.file != 0 {
                    let slot = components.placed.entry((end, *kind));
                    slot.or_insert_with(|| place.clone());
                }
                components.taken.insert(place);
            }
        }
        components
    }

    /// Whether there are components of a kind.
    pub(super) fn has(shape: Shape, version: Version) -> bool {
        let kind = shape.object().map(|object| object.kind);
        sections(version)
            .iter()
            .any(|(known, _)| Some(*known) == kind)
    }

    /// Returns the component that a node of another file is, or `None` when there are no components of its kind.
    pub(super) fn place(
        &mut self,
        at: &At,
        shape: Shape,
        version: Version,
        path: &str,
    ) -> Option<NamedComponent> {
        let kind = shape.object()?.kind;
        let (_, section) = sections(version).iter().find(|(known, _)| *known == kind)?;
        let key = (at.clone(), kind);
        if let Some(place) = self.placed.get(&key) {
            return Some(NamedComponent {
                place: place.clone(),
                is_new: false,
                preferred: None,
            });
        }
        let section = pointer(section);
        let (name, qualifier) = names(at, path);
        let qualified = format!("{qualifier}_{name}");
        let next = self.numbers.entry(section.key(&qualified)).or_insert(2);
        let numbered = (*next..).map(|number| (number, format!("{qualified}_{number}")));
        let candidates = [(*next, name.clone()), (*next, qualified.clone())]
            .into_iter()
            .chain(numbered);
        let (number, place) = candidates
            .map(|(number, name)| (number, section.key(&name)))
            .find(|(_, place)| !self.taken.contains(place))?;
        *next = number;
        self.taken.insert(place.clone());
        self.placed.insert(key, place.clone());
        let is_preferred = place.last().as_deref() == Some(name.as_str());
        Some(NamedComponent {
            place,
            is_new: true,
            preferred: (!is_preferred).then_some(name),
        })
    }
}

/// Returns the name of a node of a file, and what distinguishes it from one of the same name.
fn names(at: &At, path: &str) -> (String, String) {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let folder = folder.rsplit('/').next().unwrap_or_default();
    let of_file = match stem {
        "index" | "_index" if !folder.is_empty() => folder,
        stem => stem,
    };
    let last = at.pointer.last().unwrap_or_default();
    if is_name(&last) {
        (cleaned(&last), cleaned(of_file))
    } else {
        let qualifier = if folder.is_empty() { "other" } else { folder };
        (cleaned(of_file), cleaned(qualifier))
    }
}

/// Whether the last segment of a pointer says what the node is.
fn is_name(segment: &str) -> bool {
    const KEYWORDS: &[&str] = &[
        "schema",
        "items",
        "additionalProperties",
        "not",
        "content",
        "requestBody",
        "default",
    ];
    segment.starts_with(|first: char| first.is_alphabetic() || first == '_')
        && !KEYWORDS.contains(&segment)
        && !segment.contains('/')
}

/// The characters that the name of a component may have.
fn cleaned(name: &str) -> String {
    let allowed = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
    let name: String = name
        .chars()
        .map(|c| if allowed(c) { c } else { '_' })
        .collect();
    if name.is_empty() {
        "_".to_owned()
    } else {
        name
    }
}
