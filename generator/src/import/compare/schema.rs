//! Schemas, and the types that they describe.

use std::collections::BTreeMap;

use super::rename::Renamed;
use super::{Change, Comparison, Part, REQUIRED, RawNode, short};
use crate::source::Value;

/// The keywords that hold schemas or that are compared one by one.
const APART: [&str; 12] = [
    "$ref",
    "properties",
    "required",
    "enum",
    "items",
    "additionalProperties",
    "not",
    "allOf",
    "oneOf",
    "anyOf",
    // Of a parameter.
    "name",
    "schema",
];

impl<'a> Comparison<'a> {
    /// Compares two schemas. What they refer to is compared later.
    pub(super) fn schema(&mut self, earlier: &RawNode<'a>, later: &RawNode<'a>, label: &str) {
        let before = earlier.resolved(self.earlier);
        let after = later.resolved(self.later);
        if !earlier.is_reference() && !later.is_reference() {
            self.resolved_schema(&before, &after, label);
            return;
        }
        let name = |node: &RawNode<'_>, target: &RawNode<'_>| {
            target.component().filter(|_| node.is_reference())
        };
        let names = (name(earlier, &before), name(later, &after));
        if let (Some(old), Some(new)) = &names
            && old != new
        {
            let schema =
                |root: &RawNode<'a>, name: &str| root.get("components")?.get("schemas")?.get(name);
            let is_old = schema(&RawNode::root(self.later), old).is_some();
            let was_new = schema(&RawNode::root(self.earlier), new).is_some();
            if is_old || was_new {
                let text = format!("{label} was `{old}` and is `{new}`");
                self.add_keyword(later, "$ref", text);
                if was_new {
                    // It is another schema. What either has lost may be seen nowhere else.
                    self.component(new);
                    if is_old {
                        self.component(old);
                    }
                    return;
                }
            } else {
                let text = format!("the schema `{old}` is called `{new}` now");
                self.add_renamed(Part::Schema, &after, old, new, text);
            }
        }
        let label = match names {
            (_, Some(name)) => format!("`{name}`"),
            _ => label.to_owned(),
        };
        self.pending.push_back((before, after, label));
    }

    /// Compares a schema later with the one that had its name.
    fn component(&mut self, name: &str) {
        let node = |root: &'a Value| {
            let schemas = RawNode::root(root).get("components")?.get("schemas")?;
            Some(schemas.get(name)?.resolved(root))
        };
        if let (Some(before), Some(after)) = (node(self.earlier), node(self.later)) {
            self.pending.push_back((before, after, format!("`{name}`")));
        }
    }

    /// Compares the schemas that references have led to.
    pub(super) fn pending(&mut self) {
        while let Some((earlier, later, label)) = self.pending.pop_front() {
            self.resolved_schema(&earlier, &later, &label);
        }
    }

    fn resolved_schema(&mut self, earlier: &RawNode<'a>, later: &RawNode<'a>, label: &str) {
        let pair = (earlier.pointer.clone(), later.pointer.clone());
        if !self.compared.insert(pair) {
            return;
        }
        self.keywords(earlier, later, label, &APART);
        self.enum_values(earlier, later, label);
        self.properties(earlier, later, label);
        for (keyword, label) in [
            ("items", format!("an item of {label}")),
            (
                "additionalProperties",
                format!("an additional property of {label}"),
            ),
            ("not", format!("what {label} excludes")),
        ] {
            match (earlier.get(keyword), later.get(keyword)) {
                (Some(earlier), Some(later)) => self.schema(&earlier, &later, &label),
                (None, None) => {}
                (None, Some(node)) => {
                    let text = format!("{label} is described now, as {}", short(node.value));
                    self.add(Change::Changed, Part::Keyword, &node, text);
                }
                (Some(node), None) => {
                    let text = format!("{label} is not described any more");
                    self.add(Change::Gone, Part::Keyword, &node, text);
                }
            }
        }
        for keyword in ["allOf", "oneOf", "anyOf"] {
            self.alternatives(earlier, later, keyword, label);
        }
    }

    fn enum_values(&mut self, earlier: &RawNode<'a>, later: &RawNode<'a>, label: &str) {
        match (earlier.get("enum"), later.get("enum")) {
            (Some(earlier), Some(later)) => {
                let (before, after) = (earlier.elements(), later.elements());
                for value in &before {
                    if !after.iter().any(|other| other.value == value.value) {
                        let text = format!("the value {} of {label}", short(value.value));
                        self.add(Change::Gone, Part::EnumValue, value, text);
                    }
                }
                for value in &after {
                    if !before.iter().any(|other| other.value == value.value) {
                        let text = format!("the value {} of {label}", short(value.value));
                        self.add(Change::New, Part::EnumValue, value, text);
                    }
                }
            }
            (None, Some(values)) => {
                let text = format!("{label} has `enum` {} now", short(values.value));
                self.add(Change::Changed, Part::Keyword, &values, text);
            }
            (Some(values), None) => {
                let text = format!(
                    "{label} has no `enum` any more; it was {}",
                    short(values.value)
                );
                self.add_keyword(later, "enum", text);
            }
            (None, None) => {}
        }
    }

    fn properties(&mut self, earlier: &RawNode<'a>, later: &RawNode<'a>, label: &str) {
        let required = |schema: &RawNode<'a>, name: &str| {
            let required = schema.elements_of("required");
            required
                .iter()
                .any(|node| node.value.as_str() == Some(name))
        };
        let mut before = earlier.members_of("properties");
        let mut after = later.members_of("properties");
        let both = |one: &mut Self, old: &str, new: &str, a: &RawNode<'a>, b: &RawNode<'a>| {
            let (was, is) = (required(earlier, old), required(later, new));
            one.required(was, is, later, &format!("the member `{new}` of {label}"));
            one.schema(a, b, &format!("`{new}` of {label}"));
        };
        for renamed in self.renamed(&mut before, &mut after, |node| Some(node.clone())) {
            let Renamed {
                old,
                new,
                before,
                after,
            } = renamed;
            let text = format!("the member `{old}` of {label} is called `{new}` now");
            self.add_renamed(Part::Member, &after, old, new, text);
            both(self, old, new, &before, &after);
        }
        let is_in = |schema: &RawNode<'a>, name: &str| {
            let properties = schema.get("properties");
            properties.is_some_and(|properties| properties.get(name).is_some())
        };
        let of = |name: &str| {
            let is_new = is_in(later, name) && !is_in(earlier, name);
            let suffix = match is_new && required(later, name) {
                true => REQUIRED,
                false => "",
            };
            format!("the member `{name}` of {label}{suffix}")
        };
        self.pairs(&before, &after, Part::Member, of, |one, name, a, b| {
            both(one, name, name, a, b);
        });
    }

    /// Compares the parts of a combination: those that say the same, and the others by their positions.
    fn alternatives(
        &mut self,
        earlier: &RawNode<'a>,
        later: &RawNode<'a>,
        keyword: &'static str,
        label: &str,
    ) {
        let of = |position: usize| format!("part {} in `{keyword}` of {label}", position + 1);
        let before: Vec<_> = earlier
            .elements_of(keyword)
            .into_iter()
            .enumerate()
            .collect();
        let mut after: Vec<_> = later.elements_of(keyword).into_iter().enumerate().collect();
        let text = |node: &RawNode<'_>| node.value.to_json().to_string();
        let mut targets: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (position, node) in after.iter().rev() {
            targets.entry(text(node)).or_default().push(*position);
        }
        let mut rest = Vec::new();
        let mut taken = BTreeMap::new();
        for (position, node) in before {
            match targets.get_mut(&text(&node)).and_then(Vec::pop) {
                Some(other) => _ = taken.insert(other, node),
                None => rest.push((position, node)),
            }
        }
        for (position, node) in &after {
            if let Some(earlier) = taken.get(position) {
                self.schema(earlier, node, &of(*position));
            }
        }
        after.retain(|(position, _)| !taken.contains_key(position));
        for index in 0..rest.len().max(after.len()) {
            match (rest.get(index), after.get(index)) {
                (Some((_, earlier)), Some((position, later))) => {
                    self.schema(earlier, later, &of(*position));
                }
                (Some((position, node)), None) => {
                    self.add(Change::Gone, Part::Schema, node, of(*position));
                }
                (None, Some((position, node))) => {
                    self.add(Change::New, Part::Schema, node, of(*position));
                }
                (None, None) => {}
            }
        }
    }
}
