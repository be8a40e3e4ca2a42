//! What a description has that an earlier one had not, and the other way round.
//!
//! Operations are compared by path and method, with everything that their references lead to. So a schema is compared where it is used, whatever
//! it is called. Words for readers do not count.

mod operation;
mod rename;
mod schema;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use crate::diagnostic::{Origin, Pointer};
use crate::source::{Data, Value, resolve};

/// How two descriptions differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// Only the earlier one has it.
    Gone,
    /// It has another name.
    Renamed,
    /// Only the later one has it.
    New,
    /// Both have it, and it is not the same.
    Changed,
}

/// What it is that differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "OpenAPI's words")]
pub enum Part {
    Operation,
    Parameter,
    RequestBody,
    Response,
    Schema,
    Member,
    EnumValue,
    Keyword,
    SecurityScheme,
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How it differs.
    pub change: Change,
    /// What differs.
    pub part: Part,
    /// A sentence without a full stop.
    pub text: String,
    /// Its pointer: in the earlier description if it is gone, in the later one otherwise.
    pub pointer: Pointer,
    /// Where it was written.
    pub origin: Origin,
}

/// Compares two descriptions. The findings are in the order of their parts.
#[must_use]
pub fn compare(earlier: &Value, later: &Value) -> Vec<Finding> {
    let mut comparison = Comparison {
        earlier,
        later,
        compared: BTreeSet::new(),
        findings: Vec::new(),
    };
    comparison.document();
    comparison.operations();
    let mut findings = comparison.findings;
    findings.sort_by_key(|finding| finding.part);
    findings
}

/// A node and its pointer.
#[derive(Debug, Clone)]
struct Node<'a> {
    value: &'a Value,
    pointer: Pointer,
}

impl<'a> Node<'a> {
    fn root(value: &'a Value) -> Self {
        Self {
            value,
            pointer: Pointer::root(),
        }
    }

    fn get(&self, key: &str) -> Option<Self> {
        Some(Self {
            value: self.value.get(key)?,
            pointer: self.pointer.key(key),
        })
    }

    fn text(&self, key: &str) -> Option<&'a str> {
        self.value.get(key)?.as_str()
    }

    fn members(&self) -> Vec<(&'a str, Self)> {
        let members = self.value.as_object().into_iter().flatten();
        let members = members.map(|(key, value)| {
            let pointer = self.pointer.key(key);
            (key.as_str(), Self { value, pointer })
        });
        members.collect()
    }

    /// Returns the members of a member; none where it has no such object.
    fn members_of(&self, key: &str) -> Vec<(&'a str, Self)> {
        self.get(key).map(|node| node.members()).unwrap_or_default()
    }

    fn elements(&self) -> Vec<Self> {
        let elements = self.value.as_array().unwrap_or_default().iter();
        let elements = elements.enumerate().map(|(index, value)| Self {
            value,
            pointer: self.pointer.index(index),
        });
        elements.collect()
    }

    fn elements_of(&self, key: &str) -> Vec<Self> {
        self.get(key)
            .map(|node| node.elements())
            .unwrap_or_default()
    }

    /// Returns what its references lead to, or the node itself where they lead nowhere.
    fn resolved(&self, root: &'a Value) -> Self {
        match resolve(root, &self.pointer) {
            Some((pointer, value)) => Self { value, pointer },
            None => self.clone(),
        }
    }
}

struct Comparison<'a> {
    earlier: &'a Value,
    later: &'a Value,
    /// The pairs of schemas that have been compared.
    compared: BTreeSet<(Pointer, Pointer)>,
    findings: Vec<Finding>,
}

impl<'a> Comparison<'a> {
    fn add(&mut self, change: Change, part: Part, node: &Node<'_>, text: String) {
        let finding = Finding {
            change,
            part,
            text,
            pointer: node.pointer.clone(),
            origin: node.value.origin(),
        };
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }

    /// Compares what is outside of paths and components.
    fn document(&mut self) {
        let (earlier, later) = (Node::root(self.earlier), Node::root(self.later));
        let apart = ["openapi", "info", "tags", "paths", "webhooks", "components"];
        self.keywords(&earlier, &later, "the document", &apart);
        let schemes = |node: &Node<'a>| {
            let components = node.get("components");
            components.map(|node| node.members_of("securitySchemes"))
        };
        let earlier = schemes(&earlier).unwrap_or_default();
        let later = schemes(&later).unwrap_or_default();
        let of = |name: &str| format!("the security scheme `{name}`");
        self.pairs(
            &earlier,
            &later,
            Part::SecurityScheme,
            of,
            |one, name, a, b| {
                let (a, b) = (a.resolved(one.earlier), b.resolved(one.later));
                one.keywords(&a, &b, &of(name), &[]);
            },
        );
    }

    /// Compares members of the same names, and reports those that only one side has.
    fn pairs(
        &mut self,
        earlier: &[(&'a str, Node<'a>)],
        later: &[(&'a str, Node<'a>)],
        part: Part,
        label: impl Fn(&str) -> String,
        mut both: impl FnMut(&mut Self, &str, &Node<'a>, &Node<'a>),
    ) {
        let find = |members: &[(&'a str, Node<'a>)], name: &str| {
            let mut members = members.iter();
            members
                .find(|(other, _)| *other == name)
                .map(|(_, node)| node.clone())
        };
        for (name, node) in earlier {
            match find(later, name) {
                Some(other) => both(self, name, node, &other),
                None => self.add(Change::Gone, part, node, label(name)),
            }
        }
        for (name, node) in later {
            if find(earlier, name).is_none() {
                self.add(Change::New, part, node, label(name));
            }
        }
    }

    /// Compares members whose values have no parts of their own.
    fn keywords(&mut self, earlier: &Node<'a>, later: &Node<'a>, label: &str, apart: &[&str]) {
        let counts = |(key, node): &(&str, Node<'_>)| {
            let is_prose = super::prose::is_prose_of_any(key);
            !apart.contains(key) && !is_prose && !is_default(key, node.value)
        };
        let before: Vec<_> = earlier.members().into_iter().filter(counts).collect();
        let after: Vec<_> = later.members().into_iter().filter(counts).collect();
        for (key, node) in &before {
            let other = after.iter().find(|(other, _)| other == key);
            match other {
                Some((_, other)) if other.value == node.value => {}
                Some((_, other)) => {
                    let text = format!(
                        "`{key}` of {label} was {} and is {}",
                        short(node.value),
                        short(other.value)
                    );
                    self.add(Change::Changed, Part::Keyword, other, text);
                }
                None => {
                    let text = format!(
                        "{label} has no `{key}` any more; it was {}",
                        short(node.value)
                    );
                    self.add(Change::Changed, Part::Keyword, later, text);
                }
            }
        }
        for (key, node) in &after {
            if !before.iter().any(|(other, _)| other == key) {
                let text = format!("{label} has `{key}` {} now", short(node.value));
                self.add(Change::Changed, Part::Keyword, node, text);
            }
        }
    }
}

/// Whether a keyword says no more than its absence.
fn is_default(key: &str, value: &Value) -> bool {
    const FLAGS: [&str; 10] = [
        "required",
        "deprecated",
        "nullable",
        "readOnly",
        "writeOnly",
        "uniqueItems",
        "allowEmptyValue",
        "allowReserved",
        "exclusiveMinimum",
        "exclusiveMaximum",
    ];
    FLAGS.contains(&key) && value.as_bool() == Some(false)
}

/// Returns a value as JSON that is no longer than a line bears.
fn short(value: &Value) -> String {
    const LENGTH: usize = 60;
    let text = match value.data() {
        Data::Number(number) => number.to_string(),
        _ => value.to_json().to_string(),
    };
    match text.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("`{}…`", text.get(..end).unwrap_or_default()),
        None => format!("`{text}`"),
    }
}
