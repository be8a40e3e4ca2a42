//! Schemas, and the types that they describe.

use super::{Change, Comparison, Node, Part, short};

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
    /// Compares two schemas, and what they refer to.
    pub(super) fn schema(&mut self, earlier: &Node<'a>, later: &Node<'a>, label: &str) {
        let before = earlier.resolved(self.earlier);
        let after = later.resolved(self.later);
        let pair = (before.pointer.clone(), after.pointer.clone());
        if !self.compared.insert(pair) {
            return;
        }
        let name = |reference: &Node<'_>, target: &Node<'_>| {
            let is_component = target.pointer.segments().count() == 3;
            let name = target.pointer.last().filter(|_| is_component)?;
            (reference.pointer != target.pointer).then(|| name.into_owned())
        };
        let names = (name(earlier, &before), name(later, &after));
        if let (Some(old), Some(new)) = &names
            && old != new
        {
            let text = format!("the schema `{old}` is called `{new}` now");
            self.add(Change::Renamed, Part::Schema, &after, text);
        }
        let label = match names {
            (_, Some(name)) => format!("`{name}`"),
            _ => label.to_owned(),
        };
        let (earlier, later) = (before, after);
        self.keywords(&earlier, &later, &label, &APART);
        self.enum_values(&earlier, &later, &label);
        self.properties(&earlier, &later, &label);
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
            self.alternatives(&earlier, &later, keyword, &label);
        }
    }

    fn enum_values(&mut self, earlier: &Node<'a>, later: &Node<'a>, label: &str) {
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
                self.add(Change::Changed, Part::Keyword, later, text);
            }
            (None, None) => {}
        }
    }

    fn properties(&mut self, earlier: &Node<'a>, later: &Node<'a>, label: &str) {
        let required = |schema: &Node<'a>, name: &str| {
            let required = schema.elements_of("required");
            required
                .iter()
                .any(|node| node.value.as_str() == Some(name))
        };
        let mut before = earlier.members_of("properties");
        let mut after = later.members_of("properties");
        for (_, node, old, new) in self.renamed(&mut before, &mut after) {
            let text = format!("the member `{old}` of {label} is called `{new}` now");
            self.add(Change::Renamed, Part::Member, &node, text);
        }
        let of = |name: &str| format!("the member `{name}` of {label}");
        self.pairs(&before, &after, Part::Member, of, |one, name, a, b| {
            match (required(earlier, name), required(later, name)) {
                (false, true) => {
                    let text = format!("the member `{name}` of {label} is required now");
                    one.add(Change::Changed, Part::Keyword, b, text);
                }
                (true, false) => {
                    let text = format!("the member `{name}` of {label} is optional now");
                    one.add(Change::Changed, Part::Keyword, b, text);
                }
                _ => {}
            }
            one.schema(a, b, &format!("`{name}` of {label}"));
        });
    }

    /// Compares the parts of a combination by their positions.
    fn alternatives(
        &mut self,
        earlier: &Node<'a>,
        later: &Node<'a>,
        keyword: &'static str,
        label: &str,
    ) {
        let (before, after) = (earlier.elements_of(keyword), later.elements_of(keyword));
        for position in 0..before.len().max(after.len()) {
            let label = format!("part {} in `{keyword}` of {label}", position + 1);
            match (before.get(position), after.get(position)) {
                (Some(earlier), Some(later)) => self.schema(earlier, later, &label),
                (Some(node), None) => self.add(Change::Gone, Part::Schema, node, label),
                (None, Some(node)) => self.add(Change::New, Part::Schema, node, label),
                (None, None) => {}
            }
        }
    }
}
