//! The part of JSONPath (RFC 9535) that overlays are written in: `$`, `.name`, `['name']`, `[0]`, `.*`, `[*]`, `..name`, and filters
//! `[?@.name=='x']` with `==`, `!=`, existence, `&&`, `||` and parentheses. It gives the pointers of the nodes that are selected.

mod evaluate;
mod parse;
#[cfg(test)]
mod tests;

use crate::source::Data;

/// A query that starts at the root.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct JsonPath {
    segments: Vec<Segment>,
}

/// A step from nodes to some of the nodes below them.
#[derive(Debug, Clone, PartialEq)]
enum Segment {
    /// To children.
    Child(Selector),
    /// To children of the node and of every node below it.
    Descendant(Selector),
}

/// Which children.
#[derive(Debug, Clone, PartialEq)]
enum Selector {
    Name(String),
    Index(usize),
    Wildcard,
    Filter(Filter),
}

/// What holds of a child that a filter lets through.
#[derive(Debug, Clone, PartialEq)]
enum Filter {
    Any(Vec<Filter>),
    All(Vec<Filter>),
    Exists(Relative),
    Compare {
        left: Operand,
        right: Operand,
        equal: bool,
    },
}

/// One side of a comparison.
#[derive(Debug, Clone, PartialEq)]
enum Operand {
    Node(Relative),
    Literal(Data),
}

/// A way from the child that is being filtered (`@`) to at most one node.
#[derive(Debug, Clone, PartialEq)]
struct Relative(Vec<Step>);

#[derive(Debug, Clone, PartialEq)]
enum Step {
    Name(String),
    Index(usize),
}

impl JsonPath {
    /// Returns the names of members in it, and the strings that its filters compare with.
    pub(super) fn names(&self) -> Vec<String> {
        let mut names = Vec::new();
        for segment in &self.segments {
            let (Segment::Child(selector) | Segment::Descendant(selector)) = segment;
            match selector {
                Selector::Name(name) => names.push(name.clone()),
                Selector::Filter(filter) => filter.names(&mut names),
                Selector::Index(_) | Selector::Wildcard => {}
            }
        }
        names
    }
}

impl Filter {
    fn names(&self, names: &mut Vec<String>) {
        match self {
            Self::Any(filters) | Self::All(filters) => {
                filters.iter().for_each(|filter| filter.names(names));
            }
            Self::Exists(relative) => relative.names(names),
            Self::Compare { left, right, .. } => {
                for operand in [left, right] {
                    match operand {
                        Operand::Node(relative) => relative.names(names),
                        Operand::Literal(Data::String(text)) => names.push(text.to_string()),
                        Operand::Literal(_) => {}
                    }
                }
            }
        }
    }
}

impl Relative {
    /// The first step is a keyword of the child, such as `@.name`.
    fn names(&self, names: &mut Vec<String>) {
        for step in self.0.iter().skip(1) {
            if let Step::Name(name) = step {
                names.push(name.clone());
            }
        }
    }
}

/// Why a query cannot be read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Unreadable {
    /// What was expected, and what is there.
    pub(super) message: String,
    /// Where, counted in characters from 1.
    pub(super) column: usize,
}
