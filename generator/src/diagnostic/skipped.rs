//! What a run leaves out of a document because of faults.

use std::fmt;

/// A part of a document that is left out whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A path with all of its operations.
    PathItem,
    /// A response of an operation, or of several.
    Response,
    /// A property of a schema.
    Property,
}

/// How many parts of a document were left out. What is in a part that is left out is not counted again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Skipped {
    /// How many are [`Part::PathItem`].
    pub path_items: usize,
    /// How many are [`Part::Response`].
    pub responses: usize,
    /// How many are [`Part::Property`].
    pub properties: usize,
}

impl Skipped {
    pub(super) fn add(&mut self, part: Part) {
        *match part {
            Part::PathItem => &mut self.path_items,
            Part::Response => &mut self.responses,
            Part::Property => &mut self.properties,
        } += 1;
    }
}

impl fmt::Display for Skipped {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [
            (self.path_items, "path", "paths"),
            (self.responses, "response", "responses"),
            (self.properties, "property", "properties"),
        ];
        for (count, one, several) in parts {
            match count {
                0 => {}
                1 => write!(formatter, ", 1 {one}")?,
                _ => write!(formatter, ", {count} {several}")?,
            }
        }
        Ok(())
    }
}
