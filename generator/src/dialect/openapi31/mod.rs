//! Brings a checked document of OpenAPI 3.0, 3.1 or 3.2 to the normal form: the words of 3.0, and what 3.0 has no words for.
//!
//! The keywords of JSON Schema 2020-12 and OpenAPI 3.1 are brought to those of 3.0: a list of types is `nullable` or `anyOf`, a constant
//! an `enum` of one value, an exclusive bound a flag. What only restricts values stays for the documentation. The pass runs on documents of
//! 3.0 too, where `check` has reported the words of later versions and how they are read. It reports only what it can't express.
//!
//! No node moves, except where [`Moves`] remembers it, so that a `$ref` leads where it led before.

mod alternatives;
mod arrays;
mod bounds;
mod certificates;
mod conditional;
mod conditions;
mod constants;
mod contents;
mod definitions;
mod dynamic_scope;
mod identifiers;
mod media_types;
mod moves;
mod objects;
mod parameters;
mod path_items;
mod query_string;
mod references;
mod schema;
mod schema_dialect;
mod tags;
#[cfg(test)]
mod tests;
mod types;
mod uri;
mod visit;
mod walk;

use crate::diagnostic::{Diagnostics, Place, Pointer, Rated};
use crate::openapi::Version;
use crate::openapi::{Holds, OpenApi};
use crate::source::{Document, Object as Members, Value};

use definitions::Definitions;
use moves::Moves;

pub(super) use identifiers::resolve_identifiers;
pub(super) use path_items::inline as inline_path_items;

/// Brings a checked document to the normal form.
pub(super) fn normalize(document: &mut Document, version: Version, diagnostics: &mut Diagnostics) {
    let mut pass = Pass {
        version,
        diagnostics,
        moves: Moves::default(),
        definitions: Definitions::default(),
    };
    if version > Version::OpenApi30 {
        media_types::inline(document, &mut pass);
        query_string::expand(document, &mut pass);
        tags::sort(document);
        certificates::remove(document, &mut pass);
        let pointer = Pointer::root().key("jsonSchemaDialect");
        pass.schema_dialect(document.get(&pointer), &pointer);
        conditions::resolve(document, &mut pass);
    }
    walk::walk(document.value_mut(), OpenApi::SHAPE, &mut pass);
    let Pass {
        moves, definitions, ..
    } = pass;
    let root = document.value_mut();
    let moves = definitions.hoist(root, moves);
    conditional::finish(root, &moves);
    moves.follow(root);
    path_items::complete(root);
}

/// The state of the pass over schemas.
struct Pass<'run> {
    version: Version,
    diagnostics: &'run mut Diagnostics,
    moves: Moves,
    definitions: Definitions,
}

impl Pass<'_> {
    /// Reports what the normal form can't express, at a node and the pointer that it had before the pass. In a document of 3.0, `check` has reported it.
    fn report(
        &mut self,
        code: impl Into<Rated>,
        node: &Value,
        pointer: &Pointer,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        if self.version > Version::OpenApi30 {
            let place = Place {
                origin: node.origin(),
                below: 0,
                pointer: pointer.clone(),
            };
            self.diagnostics.push(code, &place, message, help);
        }
    }
}
