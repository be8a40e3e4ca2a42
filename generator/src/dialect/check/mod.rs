//! Walks every node against what the declared version of OpenAPI allows, reports what does not fit and cuts it out in the smallest unit: a keyword before
//! a property, a property before a parameter, response or media type, those before an operation, an operation before a path.
//! Each fault gives one diagnostic; what is cut in its wake goes silently.

mod bounds;
mod edits;
mod foreign;
mod keyword;
mod loops;
mod missing;
mod parameter;
mod path;
mod reference;
mod rules;
mod schema;
mod security;
mod swagger2;
mod targets;
#[cfg(test)]
mod tests;
mod types;
mod value;
mod walk;
mod words;

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostics, Pointer};
use crate::openapi::{OpenApi, SpecObject, Version};
use crate::source::{Document, Value};

use edits::Edits;
use foreign::Foreign;
use reference::Reference;
use walk::Walker;

/// Checks a document against the columns of the version that it is written in, and drops what does not fit.
pub fn check(document: &mut Document, version: Version, diagnostics: &mut Diagnostics) {
    let edits = walk(document.value(), version, diagnostics);
    if edits.is_empty() {
        return;
    }
    edits.apply(document);
}

fn walk(root: &Value, version: Version, diagnostics: &mut Diagnostics) -> Edits {
    let Some(members) = root.as_object() else {
        return Edits::default();
    };
    let mut walker = Walker {
        root,
        version,
        pointer: Pointer::root(),
        diagnostics,
        edits: Edits::default(),
        references: Vec::new(),
        requirements: Vec::new(),
        operation_ids: BTreeMap::new(),
        informative: 0,
        schemas: 0,
        foreign: Foreign::default(),
        misspelt: Vec::new(),
        searched_parts: None,
    };
    walker.object(members, OpenApi::definition());
    walker.foreign_targets();
    let foreign = std::mem::take(&mut walker.foreign);
    let Walker {
        mut edits,
        references,
        requirements,
        diagnostics,
        ..
    } = walker;
    let mut sound: Vec<&Reference<'_>> = Vec::new();
    for reference in &references {
        if reference.check(root, version, &foreign, diagnostics) {
            sound.push(reference);
        } else {
            reference.unlink(&mut edits);
        }
    }
    let closing = loops::find(root, &sound, diagnostics);
    for number in closing.iter().rev() {
        sound.remove(*number).unlink(&mut edits);
    }
    if version == Version::Swagger2 {
        super::swagger2::report(root, diagnostics);
    }
    reference::follow_removals(&sound, &mut edits);
    security::check(root, version, &requirements, &mut edits, diagnostics);
    edits
}
