//! Names that have changed, so that what mentions them has not.

use std::collections::BTreeMap;

/// The new names of types and groups that have other ones.
#[derive(Debug, Default)]
pub(super) struct Names {
    types: BTreeMap<String, String>,
    groups: BTreeMap<String, String>,
}

/// What the name of a type of the crate begins with in a signature.
const TYPES: &str = "types::";
/// What the path of an operation begins with.
const CLIENT: &str = "client.";
/// What the path of a group's struct begins with.
const OPERATIONS: &str = "operations::";

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
        let text = replace(text, TYPES, &self.types);
        let text = replace(&text, CLIENT, &self.groups);
        replace(&text, OPERATIONS, &self.groups)
    }
}

/// Replaces the identifiers that follow a prefix.
fn replace(text: &str, prefix: &str, names: &BTreeMap<String, String>) -> String {
    let mut parts = text.split(prefix);
    let mut replaced = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let is_end = |c: char| !(c.is_alphanumeric() || c == '_' || c == '#');
        let (name, rest) = part.split_at(part.find(is_end).unwrap_or(part.len()));
        replaced.push_str(prefix);
        replaced.push_str(names.get(name).map_or(name, String::as_str));
        replaced.push_str(rest);
    }
    replaced
}
