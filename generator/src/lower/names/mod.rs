//! The only place that makes an [`Identifier`]: it turns the names of a document into Rust names that are valid, not reserved and unique
//! in their scope. It knows which names the runtime and the language take; it does not know where in a document a name comes from.

mod reserved;
mod spelling;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use heck::ToUpperCamelCase;

use super::context::Context;
use crate::diagnostic::{Pointer, codes};
use crate::model::Identifier;

pub(super) use reserved::Namespace;

/// A set of names that must differ from one another.
#[derive(Debug)]
pub(super) struct Scope {
    namespace: Namespace,
    taken: BTreeSet<String>,
    /// The next number to try after names that have been numbered.
    numbers: BTreeMap<String, usize>,
}

impl Scope {
    /// Creates an empty scope of a namespace.
    pub(super) fn new(namespace: Namespace) -> Self {
        Self {
            namespace,
            taken: BTreeSet::new(),
            numbers: BTreeMap::new(),
        }
    }

    /// Makes a name of the namespace from a text of the document; of several equal ones the later get a number.
    pub(super) fn uniquify(&mut self, text: &str) -> Identifier {
        let name = self.namespace.name(text);
        self.take(name)
    }

    /// Makes a name from the first text whose name is free, or else from the first text.
    fn uniquify_any(&mut self, texts: &[String]) -> Identifier {
        let free = texts
            .iter()
            .map(|text| self.namespace.spelled(text))
            .find(|name| !self.has(name));
        match (free, texts) {
            (Some(name), _) => self.take(name),
            (None, [first, ..]) => self.uniquify(first),
            (None, []) => self.uniquify(""),
        }
    }

    /// Takes a name that is given explicitly. `Err` holds the name that is used instead, when it is no valid name of the namespace or taken.
    pub(super) fn take_given(&mut self, given: &str) -> Result<Identifier, Identifier> {
        let name = self.namespace.name(given);
        let is_as_given = name == given && !self.is_taken(given);
        let identifier = self.take(name);
        if is_as_given {
            Ok(identifier)
        } else {
            Err(identifier)
        }
    }

    /// Returns whether a text is a name of the namespace as it is.
    pub(super) fn is_spelled(&self, text: &str) -> bool {
        self.namespace.spelled(text) == text
    }

    /// Takes a name that is given explicitly, in any case. `Err` holds the name that is used instead, when it is reserved or taken.
    pub(super) fn take_spelled(&mut self, given: &str) -> Result<Identifier, Identifier> {
        let is_free = !self.has(&self.namespace.spelled(given));
        let identifier = self.uniquify(given);
        if is_free {
            Ok(identifier)
        } else {
            Err(identifier)
        }
    }

    /// Returns whether a name is taken or reserved.
    pub(super) fn has(&self, name: &str) -> bool {
        self.is_taken(name) || self.namespace.is_reserved(name)
    }

    fn take(&mut self, name: String) -> Identifier {
        let mut unique = name.clone();
        if self.is_taken(&name) {
            let key = self.namespace.key(&name);
            let mut number = self.numbers.get(&key).copied().unwrap_or(2);
            while self.is_taken(&unique) {
                unique = self.namespace.numbered(&name, number);
                number += 1;
            }
            self.numbers.insert(key, number);
        }
        self.taken.insert(self.namespace.key(&unique));
        Identifier::new_unchecked(unique)
    }

    fn is_taken(&self, name: &str) -> bool {
        self.taken.contains(&self.namespace.key(name))
    }
}

/// A name that the document gives explicitly, in `x-rust-name` or its kin.
#[derive(Debug, Clone)]
pub(super) struct Given {
    pub(super) name: String,
    /// Where it is in the document.
    pub(super) pointer: Pointer,
}

/// One name to be made: what the document gives explicitly, and what to derive it from otherwise.
#[derive(Debug, Clone)]
pub(super) struct NameRequest {
    given: Option<Given>,
    /// The texts that the name is derived from; the first whose name is free is used.
    derived: Vec<String>,
}

impl NameRequest {
    /// Requests the given name, or one that is derived from a text.
    pub(super) fn new(given: Option<Given>, derived: impl Into<String>) -> Self {
        Self::any(given, vec![derived.into()])
    }

    /// Requests the given name, or one that is derived from one of several texts.
    pub(super) fn any(given: Option<Given>, derived: Vec<String>) -> Self {
        Self { given, derived }
    }
}

/// Names everything in one scope, in the order of the requests. Names that are given come before names that are derived, whatever the
/// order. Given names that cannot be used as they are have a diagnostic.
pub(super) fn assign(
    context: &mut Context<'_>,
    scope: &mut Scope,
    requests: &[NameRequest],
) -> Vec<Identifier> {
    let given: Vec<Option<Identifier>> = requests
        .iter()
        .map(|request| Some(take_given(context, scope, request.given.as_ref()?)))
        .collect();
    requests
        .iter()
        .zip(given)
        .map(|(request, given)| given.unwrap_or_else(|| scope.uniquify_any(&request.derived)))
        .collect()
}

/// Takes a name that is given explicitly, and reports it when another one is used instead.
pub(super) fn take_given(
    context: &mut Context<'_>,
    scope: &mut Scope,
    given: &Given,
) -> Identifier {
    scope.take_given(&given.name).unwrap_or_else(|instead| {
        context.report(
            codes::INVALID_NAME,
            &given.pointer,
            format!(
                "the name `{}` is taken or not a valid name here; `{instead}` is used",
                given.name
            ),
            "give another name, in the case that Rust asks for",
        );
        instead
    })
}

/// Returns the words of a text as `UpperCamelCase`, without regard to what is reserved: a piece of the name of an inline type.
pub(super) fn camel_piece(text: &str) -> String {
    spelling::spell(text).to_upper_camel_case()
}

/// Returns the words of a text in lower case.
pub(super) fn words(text: &str) -> Vec<String> {
    let snake = spelling::snake(text);
    let words = snake.split('_').filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// The length of names that are made of what surrounds something. What is further away is left out.
pub(super) const USUAL_LENGTH: usize = 60;

/// Returns a text, of which the beginning is left out word by word where its name would be long.
pub(super) fn shortened(text: &str) -> String {
    let name = camel_piece(text);
    if name.len() <= USUAL_LENGTH {
        text.to_owned()
    } else {
        join("", &name)
    }
}

/// Joins a piece in upper camel case to what surrounds it. Of a long name the beginning is left out, word by word, up to a word that says
/// something.
pub(super) fn join(outer: &str, piece: &str) -> String {
    let joined = format!("{outer}{piece}");
    if joined.len() <= USUAL_LENGTH {
        return joined;
    }
    let is_start = |at: &usize| {
        joined
            .get(*at..)
            .is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_uppercase()))
    };
    let cut = joined.len() - USUAL_LENGTH;
    let mut starts = (cut..joined.len()).filter(is_start);
    let first = starts.next();
    let telling = first.into_iter().chain(starts).find(|start| {
        let rest = joined.get(*start..).unwrap_or_default();
        !is_filler(first_word(rest))
    });
    let start = telling.or(first).unwrap_or(cut);
    joined.get(start..).unwrap_or_default().to_owned()
}

/// Returns the first word of a name in upper camel case.
fn first_word(name: &str) -> &str {
    let end = name.char_indices().skip(1);
    let mut end = end.filter(|(_, character)| character.is_ascii_uppercase());
    let end = end.next().map_or(name.len(), |(end, _)| end);
    name.get(..end).unwrap_or(name)
}

/// Returns whether a word at the beginning of a name only connects it with what was before.
fn is_filler(word: &str) -> bool {
    let is_version = word.strip_prefix('V').is_some_and(|number| {
        !number.is_empty() && number.chars().all(|digit| digit.is_ascii_digit())
    });
    is_version || FILLERS.contains(&word)
}

const FILLERS: [&str; 17] = [
    "And", "Api", "Body", "By", "For", "From", "Id", "Iid", "In", "Item", "Of", "On", "Or",
    "Request", "Response", "To", "With",
];

/// The length from which on a name is cut off. Names become the names of files, which hold 255 bytes.
const MAX_LENGTH: usize = 200;

impl Namespace {
    /// What must be unique in a name. Some systems take the files of two types for one whose names differ in case alone.
    fn key(self, name: &str) -> String {
        match self {
            Self::Type | Self::Builder => name.to_ascii_lowercase(),
            _ => name.to_owned(),
        }
    }

    /// Returns the name that a text has, which is apart from the reserved names.
    fn name(self, text: &str) -> String {
        let mut name = self.spelled(text);
        if self.is_reserved(&name) {
            name.push('_');
        }
        name
    }

    fn spelled(self, text: &str) -> String {
        let mut name = if self.is_camel() {
            spelling::spell(text).to_upper_camel_case()
        } else {
            spelling::snake(text)
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
        name
    }

    /// A number after a name; apart from a digit at its end, so that `Sha256` does not become `Sha2562`.
    fn numbered(self, name: &str, number: usize) -> String {
        let name = name.trim_end_matches('_');
        if !self.is_camel() || name.ends_with(|last: char| last.is_ascii_digit()) {
            format!("{name}_{number}")
        } else {
            format!("{name}{number}")
        }
    }
}
