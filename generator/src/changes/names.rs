//! Names that have changed, so that what mentions them has not.

use std::collections::BTreeMap;

use super::surface::is_alias;
use super::{Kind, Surface};

/// The new names of types and groups that have other ones.
#[derive(Debug, Default)]
pub(super) struct Names {
    types: BTreeMap<String, String>,
    groups: BTreeMap<String, String>,
}

/// What the name of a type of the crate begins with in a signature.
const TYPES_PREFIX: &str = "types::";
/// What the path of an operation begins with.
const CLIENT_PREFIX: &str = "client.";
/// What the path of a group's struct begins with.
const OPERATIONS_PREFIX: &str = "operations::";

impl Names {
    /// Notes the new name of a type.
    pub(super) fn add_type(&mut self, before: &str, after: &str) {
        self.types.insert(before.to_owned(), after.to_owned());
    }

    /// Notes the new name of a group.
    pub(super) fn add_group(&mut self, before: &str, after: &str) {
        self.groups.insert(before.to_owned(), after.to_owned());
    }

    /// Returns a path or signature of the client before with the new names.
    pub(super) fn translate(&self, text: &str) -> String {
        let text = replace(text, TYPES_PREFIX, &self.types);
        let text = replace(&text, CLIENT_PREFIX, &self.groups);
        replace(&text, OPERATIONS_PREFIX, &self.groups)
    }
}

/// The types that aliases name.
#[derive(Debug)]
pub(super) struct Aliases(BTreeMap<String, String>);

impl Aliases {
    /// Lists the aliases of a client.
    pub(super) fn of(surface: &Surface) -> Self {
        let aliases = surface.items.iter();
        let aliases = aliases.filter(|item| item.kind == Kind::Type && is_alias(&item.signature));
        Self(
            aliases
                .map(|item| (item.name.clone(), item.signature.clone()))
                .collect(),
        )
    }

    /// Returns a signature with the types that its aliases name.
    pub(super) fn resolve(&self, signature: &str) -> String {
        let mut signature = signature.to_owned();
        // An alias may name another, and none names itself.
        for _ in 0..=self.0.len() {
            let resolved = self.step(&signature);
            if resolved == signature {
                break;
            }
            signature = resolved;
        }
        signature
    }

    fn step(&self, signature: &str) -> String {
        let mut parts = signature.split(TYPES_PREFIX);
        let mut resolved = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (name, rest) = split_identifier(part);
            match self.0.get(name) {
                Some(target) => resolved.push_str(target),
                None => {
                    resolved.push_str(TYPES_PREFIX);
                    resolved.push_str(name);
                }
            }
            resolved.push_str(rest);
        }
        resolved
    }
}

/// Replaces the identifiers that follow a prefix.
fn replace(text: &str, prefix: &str, names: &BTreeMap<String, String>) -> String {
    let mut parts = text.split(prefix);
    let mut replaced = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = split_identifier(part);
        replaced.push_str(prefix);
        replaced.push_str(names.get(name).map_or(name, String::as_str));
        replaced.push_str(rest);
    }
    replaced
}

/// Splits a text after the identifier that it begins with.
fn split_identifier(text: &str) -> (&str, &str) {
    let is_end = |c: char| !(c.is_alphanumeric() || c == '_' || c == '#');
    text.split_at(text.find(is_end).unwrap_or(text.len()))
}
