//! `$self`, `$id`, `$anchor` and `$dynamicRef`: references by identifiers instead of pointers.
//!
//! It runs before `check`, so that every reference within a document is a pointer from its root, `#/…`, before anything else looks at it.

use std::collections::BTreeMap;

use super::dynamic_scope::{Ambiguity, Scopes};
use super::{uri, walk};
use crate::diagnostic::{Diagnostics, Pointer, codes};
use crate::dialect::make;
use crate::openapi::{Holds, Kind, OpenApi};
use crate::source::{Document, Value, reference_target};

/// Writes each reference to a schema of this document as a pointer.
pub(in crate::dialect) fn resolve_identifiers(
    document: &mut Document,
    diagnostics: &mut Diagnostics,
) {
    let base = document.value().get("$self").and_then(Value::as_str);
    let root = Resource {
        uri: base.unwrap_or_default().to_owned(),
        pointer: Pointer::root(),
    };
    let mut index = Index {
        open: vec![root],
        ..Index::default()
    };
    index.resources.insert(
        base.map(|base| uri::resolve(base, "")).unwrap_or_default(),
        Pointer::root(),
    );
    walk::walk(document.value_mut(), OpenApi::SHAPE, &mut index);
    // Which schema a dynamic reference is depends on where the others lead.
    let (dynamic, others): (Vec<_>, Vec<_>) = std::mem::take(&mut index.references)
        .into_iter()
        .partition(|reference| reference.is_dynamic);
    let mut scopes = None;
    for reference in others.iter().chain(&dynamic) {
        let target = match reference.is_dynamic {
            true => index.dynamic_target(document, reference, &mut scopes),
            false => index.target(document.value(), reference),
        };
        match target {
            Target::Unchanged => {}
            Target::Pointer(pointer) => {
                let origin = document.get(&reference.pointer).map(Value::origin);
                let Some(origin) = origin else { continue };
                if reference.is_dynamic {
                    let at = reference.pointer.clone();
                    document.remove(&at.key(DYNAMIC));
                }
                let text = make::text(origin, format!("#{pointer}"));
                document.set(&reference.pointer.key("$ref"), text);
            }
            Target::Unknown(ambiguity) => {
                let at = reference.pointer.key(DYNAMIC);
                let text = &reference.text;
                let message = match ambiguity {
                    Ambiguity::DependsOnUse => format!(
                        "which schema `{text}` is depends on the schema that refers to this one, so the value may be anything"
                    ),
                    Ambiguity::TooMany => format!(
                        "so many schemas with dynamic anchors lead to one another that the one which `{text}` is was not looked for, so the value may be anything"
                    ),
                };
                diagnostics.push(
                    codes::JSON_SCHEMA_KEYWORD,
                    &document.place(&at),
                    message,
                    "write a `$ref`, or one schema for each use",
                );
                document.remove(&at);
            }
        }
    }
}

const DYNAMIC: &str = "$dynamicRef";

/// A schema with an identifier of its own, or the document.
#[derive(Debug, Clone)]
struct Resource {
    uri: String,
    pointer: Pointer,
}

/// What can be referred to, and what refers.
#[derive(Debug, Default)]
struct Index {
    /// The resources that the walk is in, the innermost last.
    open: Vec<Resource>,
    resources: BTreeMap<String, Pointer>,
    /// The anchors by the URI of their resource and their name.
    anchors: BTreeMap<(String, String), Pointer>,
    /// The dynamic anchors by name.
    dynamic: BTreeMap<String, Vec<Pointer>>,
    references: Vec<Reference>,
}

#[derive(Debug)]
struct Reference {
    /// The node that has it.
    pointer: Pointer,
    text: String,
    is_dynamic: bool,
    resource: Resource,
}

/// Where a reference leads.
enum Target {
    /// It is a pointer from the root already, or leads to no schema of this document.
    Unchanged,
    Pointer(Pointer),
    /// It leads to one schema or another.
    Unknown(Ambiguity),
}

impl Index {
    fn resource(&self) -> Resource {
        let root = || Resource {
            uri: String::new(),
            pointer: Pointer::root(),
        };
        self.open.last().cloned().unwrap_or_else(root)
    }

    /// Whether a reference is a pointer from the root already.
    fn is_plain(&self, reference: &str) -> bool {
        reference.starts_with("#/") && matches!(self.open.as_slice(), [_])
    }

    fn target(&self, root: &Value, reference: &Reference) -> Target {
        let (_, fragment) = uri::split(&reference.text);
        let uri = uri::resolve(&reference.resource.uri, &reference.text);
        let Some(resource) = self.resources.get(&uri) else {
            return Target::Unchanged;
        };
        let target = if fragment.is_empty() {
            Some(resource.clone())
        } else if fragment.starts_with('/') {
            reference_target(&format!("#{fragment}"))
                .map(|pointer| resource.join(&pointer))
                .filter(|pointer| root.pointer(pointer).is_some())
        } else {
            self.anchors.get(&(uri, fragment.to_owned())).cloned()
        };
        match target {
            Some(target) if reference.is_dynamic || format!("#{target}") != reference.text => {
                Target::Pointer(target)
            }
            _ => Target::Unchanged,
        }
    }

    /// Where a dynamic reference leads: to the anchor of its own scope, unless one that leads there has an anchor of that name, too.
    fn dynamic_target(
        &self,
        document: &mut Document,
        reference: &Reference,
        scopes: &mut Option<Scopes>,
    ) -> Target {
        let target = self.target(document.value(), reference);
        let (_, fragment) = uri::split(&reference.text);
        let known = self.dynamic.get(fragment).map_or(&[][..], Vec::as_slice);
        match (known, &target) {
            // An anchor that is not dynamic is one like any other.
            (_, Target::Pointer(found)) if !known.contains(found) => return target,
            ([], _) => return target,
            ([only], _) => return Target::Pointer(only.clone()),
            _ => {}
        }
        let scopes = scopes.get_or_insert_with(|| {
            let resources = self.resources.values().cloned();
            Scopes::new(resources, document.value_mut())
        });
        let root = document.value();
        match scopes.anchor(root, &reference.pointer, fragment, known) {
            Ok(anchor) => Target::Pointer(anchor),
            Err(ambiguity) => Target::Unknown(ambiguity),
        }
    }
}

impl walk::Visitor for Index {
    fn enter(&mut self, value: &mut Value, kind: Kind, pointer: &Pointer) {
        let text = |key: &str| value.get(key).and_then(Value::as_str);
        if kind == Kind::Schema {
            if let Some(id) = text("$id") {
                let uri = uri::resolve(&self.resource().uri, id);
                self.resources
                    .entry(uri.clone())
                    .or_insert_with(|| pointer.clone());
                self.open.push(Resource {
                    uri,
                    pointer: pointer.clone(),
                });
            }
            let uri = uri::resolve(&self.resource().uri, "");
            for keyword in ["$anchor", "$dynamicAnchor"] {
                if let Some(name) = text(keyword) {
                    let anchor = self.anchors.entry((uri.clone(), name.to_owned()));
                    anchor.or_insert_with(|| pointer.clone());
                }
            }
            if let Some(name) = text("$dynamicAnchor") {
                let known = self.dynamic.entry(name.to_owned()).or_default();
                known.push(pointer.clone());
            }
        }
        for (keyword, is_dynamic) in [("$ref", false), (DYNAMIC, true)] {
            if let Some(text) = text(keyword)
                && (!is_dynamic || kind == Kind::Schema)
                && !self.is_plain(text)
            {
                self.references.push(Reference {
                    pointer: pointer.clone(),
                    text: text.to_owned(),
                    is_dynamic,
                    resource: self.resource(),
                });
            }
        }
    }

    fn leave(&mut self, value: &mut Value, kind: Kind, pointer: &Pointer) {
        let is_resource =
            kind == Kind::Schema && value.get("$id").and_then(Value::as_str).is_some();
        if is_resource
            && self
                .open
                .last()
                .is_some_and(|open| open.pointer == *pointer)
        {
            self.open.pop();
        }
    }
}
