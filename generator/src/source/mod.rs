//! Reads JSON or YAML bytes into a tree in which the line and column of every node can be found again. It knows nothing of OpenAPI.

mod deserializer;
mod edit;
mod json;
mod number;
mod report;
#[cfg(test)]
mod tests;
mod text;
mod value;
mod yaml;
mod yaml_places;

use std::sync::Arc;

use crate::diagnostic::{Diagnostics, Locate, Location, Pointer, SourceLine};

pub use deserializer::{Error, from_value};
pub use number::Number;
pub use value::{Data, Object, Origin, Value};

use edit::Edit;
use text::SourceText;

/// How deep a document may be nested. Real documents stay below 50; passes over the tree recurse as deep as this.
pub const MAX_DEPTH: usize = 128;

/// A document: the tree, the text it was read from, and what passes have changed in it.
#[derive(Debug, Clone)]
pub struct Document {
    source: Arc<SourceText>,
    value: Value,
    edits: Vec<Edit>,
}

impl Document {
    /// Reads a document. JSON is tried first when the text begins with `{` or `[`, YAML 1.2 otherwise and after it. Of two equal keys the
    /// first one wins; the second is reported. `None` means that nothing could be read, and that a fatal diagnostic says why.
    #[must_use]
    pub fn parse(name: &str, bytes: &[u8], diagnostics: &mut Diagnostics) -> Option<Self> {
        Self::parse_file(0, name, bytes, diagnostics)
    }

    /// Reads one of several documents, as [`Document::parse`] does. The origins of its nodes have its number.
    #[must_use]
    pub fn parse_file(
        file: u32,
        name: &str,
        bytes: &[u8],
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let text = report::decode(name, bytes, diagnostics)?;
        let (value, source) = report::read(file, name, text, diagnostics)?;
        Some(Self {
            source: Arc::new(source),
            value,
            edits: Vec::new(),
        })
    }

    /// The name it was read under.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.source.name
    }

    /// The tree.
    #[must_use]
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// The node at `pointer`.
    #[must_use]
    pub fn get(&self, pointer: &Pointer) -> Option<&Value> {
        self.value.pointer(pointer)
    }

    /// Where the node at `pointer` was written, with the text of that line: the place of the key for the member of an object, that of the
    /// value otherwise. A node that does not exist has the place of its nearest ancestor.
    #[must_use]
    pub fn locate(&self, pointer: &Pointer) -> Option<(Location, SourceLine)> {
        self.locate_all(&[pointer]).pop().flatten()
    }
}

impl Locate for Document {
    fn name(&self) -> &str {
        &self.source.name
    }

    fn locate_all(&self, pointers: &[&Pointer]) -> Vec<Option<(Location, SourceLine)>> {
        // One walk for each file that has a part in the answer.
        let mut files: Vec<(Arc<SourceText>, Vec<usize>, Vec<Pointer>)> = Vec::new();
        for (number, pointer) in pointers.iter().enumerate() {
            let (source, origin) = self.origin(pointer);
            match files
                .iter_mut()
                .find(|(file, ..)| Arc::ptr_eq(file, &source))
            {
                Some((_, numbers, origins)) => {
                    numbers.push(number);
                    origins.push(origin);
                }
                None => files.push((source, vec![number], vec![origin])),
            }
        }
        let mut places = vec![None; pointers.len()];
        for (file, numbers, origins) in files {
            for (number, place) in numbers.into_iter().zip(file.locate(&origins)) {
                if let Some(slot) = places.get_mut(number) {
                    *slot = place;
                }
            }
        }
        places
    }
}
