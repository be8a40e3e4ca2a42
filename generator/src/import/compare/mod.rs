//! What a description has that an earlier one had not, and the other way round.
//!
//! Operations are compared by path and method, with everything that their references lead to. So a schema is compared where it is used, whatever
//! it is called. Words for readers do not count.

mod node;
mod operation;
mod rename;
mod schema;
mod short;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::diagnostic::{Origin, Pointer};
use crate::source::Value;

use node::RawNode;
use short::{short, short_pair};

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

/// The names of something that has another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    /// The earlier name.
    pub old: String,
    /// The later name.
    pub new: String,
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
    /// Its names, if they differ.
    pub names: Option<Names>,
    /// Its pointer: in the earlier description if it is gone, in the later one otherwise. A keyword that is gone has the pointer that it
    /// would have in the later one.
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
        pending: VecDeque::new(),
        known: BTreeSet::new(),
        findings: Vec::new(),
    };
    comparison.document();
    comparison.operations();
    let mut findings = comparison.findings;
    findings.sort_by_key(|finding| finding.part);
    findings
}

struct Comparison<'a> {
    earlier: &'a Value,
    later: &'a Value,
    /// The pairs of schemas that have been compared.
    compared: BTreeSet<(Pointer, Pointer)>,
    /// The pairs of schemas that references lead to and that are still to be compared, with the label of the later one.
    pending: VecDeque<(RawNode<'a>, RawNode<'a>, String)>,
    /// What has been found, by text and pointer.
    known: BTreeSet<(String, Pointer)>,
    findings: Vec<Finding>,
}

impl<'a> Comparison<'a> {
    fn add(&mut self, change: Change, part: Part, node: &RawNode<'_>, text: String) {
        self.finding(Finding {
            change,
            part,
            text,
            names: None,
            pointer: node.pointer.clone(),
            origin: node.value.origin(),
        });
    }

    /// Adds what is elsewhere now. Its name may be the same, such as that of a path of which an operation has another method.
    fn add_renamed(&mut self, part: Part, node: &RawNode<'_>, old: &str, new: &str, text: String) {
        self.finding(Finding {
            change: Change::Renamed,
            part,
            text,
            names: (old != new).then(|| Names {
                old: old.to_owned(),
                new: new.to_owned(),
            }),
            pointer: node.pointer.clone(),
            origin: node.value.origin(),
        });
    }

    /// Adds a keyword of a node of the later description that has changed. It may be gone.
    fn add_keyword(&mut self, node: &RawNode<'_>, key: &str, text: String) {
        let value = node.value.get(key).unwrap_or(node.value);
        self.finding(Finding {
            change: Change::Changed,
            part: Part::Keyword,
            text,
            names: None,
            pointer: node.pointer.key(key),
            origin: value.origin(),
        });
    }

    fn finding(&mut self, finding: Finding) {
        let key = (finding.text.clone(), finding.pointer.clone());
        if self.known.insert(key) {
            self.findings.push(finding);
        }
    }

    /// Compares what is outside of paths and components.
    fn document(&mut self) {
        let (earlier, later) = (RawNode::root(self.earlier), RawNode::root(self.later));
        let apart = ["openapi", "info", "tags", "paths", "webhooks", "components"];
        self.keywords(&earlier, &later, "the document", &apart);
        let schemes = |node: &RawNode<'a>| {
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
        earlier: &[(&'a str, RawNode<'a>)],
        later: &[(&'a str, RawNode<'a>)],
        part: Part,
        label: impl Fn(&str) -> String,
        mut both: impl FnMut(&mut Self, &str, &RawNode<'a>, &RawNode<'a>),
    ) {
        let by_name = |members: &[(&'a str, RawNode<'a>)]| -> BTreeMap<&'a str, RawNode<'a>> {
            members.iter().cloned().collect()
        };
        let (before, after) = (by_name(earlier), by_name(later));
        for (name, node) in earlier {
            match after.get(name) {
                Some(other) => both(self, name, node, other),
                None => self.add(Change::Gone, part, node, label(name)),
            }
        }
        for (name, node) in later {
            if !before.contains_key(name) {
                let is_required = part == Part::Parameter && node.flag("required");
                let suffix = if is_required { REQUIRED } else { "" };
                self.add(Change::New, part, node, label(name) + suffix);
            }
        }
    }

    /// Compares members whose values have no parts of their own.
    fn keywords(
        &mut self,
        earlier: &RawNode<'a>,
        later: &RawNode<'a>,
        label: &str,
        apart: &[&str],
    ) {
        let counts = |(key, node): &(&str, RawNode<'_>)| {
            let is_prose = super::prose::is_prose_of_any(key);
            !apart.contains(key) && !is_prose && !is_default(key, node.value)
        };
        let before: Vec<_> = earlier.members().into_iter().filter(counts).collect();
        let after: Vec<_> = later.members().into_iter().filter(counts).collect();
        let known: BTreeSet<&str> = before.iter().map(|(key, _)| *key).collect();
        let mut left: BTreeMap<&str, &RawNode<'_>> =
            after.iter().map(|(key, node)| (*key, node)).collect();
        for (key, node) in &before {
            let text = match left.remove(key) {
                Some(other) if other.value == node.value => continue,
                Some(other) => {
                    let (was, is) = short_pair(node.value, other.value);
                    format!("`{key}` of {label} was {was} and is {is}")
                }
                None => format!(
                    "{label} has no `{key}` any more; it was {}",
                    short(node.value)
                ),
            };
            self.add_keyword(later, key, text);
        }
        for (key, node) in after.iter().filter(|(key, _)| !known.contains(key)) {
            let text = format!("{label} has `{key}` {} now", short(node.value));
            self.add_keyword(later, key, text);
        }
    }

    /// Compares flags that are false where they are absent.
    fn required(&mut self, earlier: bool, later: bool, node: &RawNode<'_>, label: &str) {
        let what = match (earlier, later) {
            (false, true) => "required",
            (true, false) => "optional",
            _ => return,
        };
        self.add_keyword(node, "required", format!("{label} is {what} now"));
    }
}

/// The remark about something new that callers must give.
const REQUIRED: &str = ", which is required";

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
