//! The only place that makes an [`Identifier`]: it turns the names of a document into Rust names that are valid, not reserved and unique
//! in their scope. It knows which names the runtime and the language take; it does not know where in a document a name comes from.

mod reserved;
mod spelling;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use heck::{ToSnakeCase, ToUpperCamelCase};

use crate::model::Identifier;

pub(super) use reserved::Space;

/// A set of names that must differ from one another.
#[derive(Debug)]
pub(super) struct Scope {
    space: Space,
    taken: BTreeSet<String>,
}

impl Scope {
    /// An empty scope of a kind of name.
    pub(super) fn new(space: Space) -> Self {
        Self {
            space,
            taken: BTreeSet::new(),
        }
    }

    /// Makes a name of the scope's kind from a text of the document; of several equal ones the later get a number.
    pub(super) fn claim(&mut self, text: &str) -> Identifier {
        let name = self.space.name(text);
        self.claim_unique(name)
    }

    /// Takes a name that was given explicitly. `Err` holds the name that is used instead, when it is no valid name of this kind or taken.
    pub(super) fn claim_given(&mut self, given: &str) -> Result<Identifier, Identifier> {
        let name = self.space.name(given);
        let is_as_given = name == given && !self.is_taken(given);
        let identifier = self.claim_unique(name);
        if is_as_given {
            Ok(identifier)
        } else {
            Err(identifier)
        }
    }

    /// Whether the scope has this name already, or keeps it for itself.
    pub(super) fn has(&self, name: &str) -> bool {
        self.is_taken(name) || self.space.is_reserved(name)
    }

    fn claim_unique(&mut self, name: String) -> Identifier {
        let mut unique = name.clone();
        let mut number = 2usize;
        while self.is_taken(&unique) {
            unique = self.space.numbered(&name, number);
            number += 1;
        }
        self.taken.insert(self.space.key(&unique));
        Identifier::new_unchecked(unique)
    }

    fn is_taken(&self, name: &str) -> bool {
        self.taken.contains(&self.space.key(name))
    }
}

/// One name to be made: what the document gives explicitly, and what to derive it from otherwise.
#[derive(Debug, Clone)]
pub(super) struct Wish {
    /// The content of `x-rust-name` or its kin.
    pub(super) given: Option<String>,
    /// The text that the name is derived from.
    pub(super) derived: String,
}

/// The names of one scope, in the order of the wishes. Names that are given come before names that are derived, whatever the order. The
/// second list has the indices of given names that could not be used as they are.
pub(super) fn assign(scope: &mut Scope, wishes: &[Wish]) -> (Vec<Identifier>, Vec<usize>) {
    let mut refused = Vec::new();
    let given: Vec<Option<Identifier>> = wishes
        .iter()
        .enumerate()
        .map(|(index, wish)| {
            let claimed = scope.claim_given(wish.given.as_deref()?);
            Some(claimed.unwrap_or_else(|instead| {
                refused.push(index);
                instead
            }))
        })
        .collect();
    let names = wishes
        .iter()
        .zip(given)
        .map(|(wish, given)| given.unwrap_or_else(|| scope.claim(&wish.derived)))
        .collect();
    (names, refused)
}

/// The words of a text as `UpperCamelCase`, without regard to what is reserved: a piece to build the name of an inline type from.
pub(super) fn camel_piece(text: &str) -> String {
    spelling::spell(text).to_upper_camel_case()
}

/// The length from which on a name is cut off. Names become the names of files, which hold 255 bytes.
const MAX_LENGTH: usize = 200;

impl Space {
    /// What must be unique in a name. Some systems take the files of two types for one whose names differ in case alone.
    fn key(self, name: &str) -> String {
        match self {
            Self::Type => name.to_ascii_lowercase(),
            _ => name.to_owned(),
        }
    }

    fn name(self, text: &str) -> String {
        let spelled = spelling::spell(text);
        let mut name = if self.is_camel() {
            spelled.to_upper_camel_case()
        } else {
            spelled.to_snake_case()
        };
        if name.is_empty() {
            name.push_str(if text.is_empty() && self.names_values() {
                "Empty"
            } else {
                self.fallback()
            });
        }
        if name.starts_with(|first: char| first.is_ascii_digit()) {
            let joint = if self.is_camel() { "" } else { "_" };
            name = format!("{}{joint}{name}", self.fallback());
        }
        // Names are ASCII here, so that every length is a boundary.
        name.truncate(MAX_LENGTH);
        if self.is_reserved(&name) {
            name.push('_');
        }
        name
    }

    /// A number behind a name; apart from a digit at its end, so that `Sha256` does not become `Sha2562`.
    fn numbered(self, name: &str, number: usize) -> String {
        let name = name.trim_end_matches('_');
        if !self.is_camel() || name.ends_with(|last: char| last.is_ascii_digit()) {
            format!("{name}_{number}")
        } else {
            format!("{name}{number}")
        }
    }
}
