//! A document: its tree, and the files that the nodes of the tree were written in.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::locate::locate;
use super::report;
use super::text::SourceText;
use super::value::{Data, Value, array_index};
use crate::diagnostic::{Diagnostics, Locate, NodeLocation, Origin, Place, Pointer};

/// A document: the tree, and the text of each file that nodes of it come from.
#[derive(Debug, Clone)]
pub struct Document {
    file: u32,
    files: BTreeMap<u32, Arc<SourceText>>,
    value: Value,
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
            file,
            files: BTreeMap::from([(file, Arc::new(source))]),
            value,
        })
    }

    /// Returns the name it was read under.
    #[must_use]
    pub fn name(&self) -> &str {
        self.files.get(&self.file).map_or("", |file| &file.name)
    }

    /// Returns the tree.
    #[must_use]
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// Returns the tree, to be changed. Nodes that come from another document need its files too ([`Document::include`]).
    pub fn value_mut(&mut self) -> &mut Value {
        &mut self.value
    }

    /// Returns the node at `pointer`.
    #[must_use]
    pub fn get(&self, pointer: &Pointer) -> Option<&Value> {
        self.value.pointer(pointer)
    }

    /// Returns the place of the node at `pointer`, for a diagnostic. A node that doesn't exist has the place of its nearest ancestor.
    #[must_use]
    pub fn place(&self, pointer: &Pointer) -> Place {
        self.value.place(pointer)
    }

    /// Returns where the node at `pointer` was written.
    #[must_use]
    pub fn locate(&self, pointer: &Pointer) -> Option<NodeLocation> {
        self.locate_all(&[self.place(pointer).origin]).pop()?
    }

    /// Makes the files of another document known, so that its nodes can be put into this one.
    pub fn include(&mut self, other: &Self) {
        let files = other.files.iter();
        self.files
            .extend(files.map(|(number, file)| (*number, Arc::clone(file))));
    }

    /// Replaces the node at `at`, or adds it as a member of an object or as the element after the last of a list. Returns whether there
    /// was a parent to put it in. A value without an origin gets that of the node it replaces, or else that of the parent.
    pub fn set(&mut self, at: &Pointer, value: impl Into<Value>) -> bool {
        let mut value = value.into();
        let (Some(parent), Some(segment)) = (at.parent(), at.last()) else {
            value.adopt(self.value.origin());
            self.value = value;
            return true;
        };
        let Some(parent) = self.value.pointer_mut(&parent) else {
            return false;
        };
        let replaced = parent.child(&segment).unwrap_or(parent);
        value.adopt(replaced.origin());
        match parent.data_mut() {
            Data::Object(members) => {
                members.insert(segment.into_owned(), value);
                true
            }
            Data::Array(elements) => {
                let Some(index) = array_index(&segment) else {
                    return false;
                };
                let length = elements.len();
                match elements.get_mut(index) {
                    Some(element) => *element = value,
                    None if index == length => elements.push(value),
                    None => return false,
                }
                true
            }
            _ => false,
        }
    }

    /// Takes a node out. The root cannot be taken out.
    pub fn remove(&mut self, at: &Pointer) -> Option<Value> {
        let (parent, segment) = (at.parent()?, at.last()?);
        match self.value.pointer_mut(&parent)?.data_mut() {
            Data::Object(members) => members.shift_remove(&*segment),
            Data::Array(elements) => {
                let index = array_index(&segment).filter(|index| *index < elements.len())?;
                Some(elements.remove(index))
            }
            _ => None,
        }
    }
}

impl Locate for Document {
    fn locate_all(&self, origins: &[Origin]) -> Vec<Option<NodeLocation>> {
        let mut places = vec![None; origins.len()];
        let mut by_file: BTreeMap<u32, (Vec<usize>, Vec<u32>)> = BTreeMap::new();
        for (slot, origin) in origins.iter().enumerate() {
            let (slots, nodes) = by_file.entry(origin.file()).or_default();
            slots.push(slot);
            nodes.push(origin.node());
        }
        for (number, file) in &self.files {
            let (slots, nodes) = by_file.remove(number).unwrap_or_default();
            for (slot, place) in slots.into_iter().zip(locate(file, &nodes)) {
                if let Some(found) = places.get_mut(slot) {
                    *found = place;
                }
            }
        }
        places
    }
}
