//! Changes to a document that remember where everything came from, so that a node's place can still be told after passes have
//! moved it, cut its neighbours or brought it in from another file.

use std::sync::Arc;

use super::text::SourceText;
use super::value::array_index;
use super::{Data, Document, Value};
use crate::diagnostic::Pointer;

/// A change that has to be undone in thought to find where a node was written.
#[derive(Debug, Clone)]
pub(super) enum Edit {
    /// The node at `at` was written in another file.
    Placed {
        at: Pointer,
        source: Arc<SourceText>,
        from: Pointer,
    },
    /// An element of a list was taken out, and those behind it moved up.
    Removed { array: Pointer, index: usize },
}

impl Document {
    /// Replaces the node at `at`, or adds it as a member of an object or as the element behind the last of a list. Its place stays that of
    /// the node it replaces. Returns whether there was a parent to put it in.
    /// A value without an origin gets that of the node it replaces, or else that of the parent.
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

    /// As [`Document::set`], and remembers that the node was written at `from` in `origin`.
    pub fn set_from(
        &mut self,
        at: &Pointer,
        value: Value,
        origin: &Document,
        from: &Pointer,
    ) -> bool {
        let was_set = self.set(at, value);
        if was_set {
            let (source, from) = origin.origin(from);
            self.edits.push(Edit::Placed {
                at: at.clone(),
                source,
                from,
            });
        }
        was_set
    }

    /// Takes a node out. The root cannot be taken out.
    pub fn remove(&mut self, at: &Pointer) -> Option<Value> {
        let (parent, segment) = (at.parent()?, at.last()?);
        match self.value.pointer_mut(&parent)?.data_mut() {
            Data::Object(members) => members.shift_remove(&*segment),
            Data::Array(elements) => {
                let index = array_index(&segment).filter(|index| *index < elements.len())?;
                let value = elements.remove(index);
                self.edits.push(Edit::Removed {
                    array: parent,
                    index,
                });
                Some(value)
            }
            _ => None,
        }
    }

    /// The file in which the node at `pointer` was written, and the pointer that it had there.
    pub(super) fn origin(&self, pointer: &Pointer) -> (Arc<SourceText>, Pointer) {
        let mut pointer = pointer.clone();
        for edit in self.edits.iter().rev() {
            match edit {
                Edit::Placed { at, source, from } => {
                    if let Some(rest) = pointer.strip_prefix(at) {
                        return (Arc::clone(source), from.join(&rest));
                    }
                }
                Edit::Removed { array, index } => {
                    if let Some(earlier) = before_removal(&pointer, array, *index) {
                        pointer = earlier;
                    }
                }
            }
        }
        (Arc::clone(&self.source), pointer)
    }
}

/// The pointer as it was before the element was taken out, when that made a difference.
fn before_removal(pointer: &Pointer, array: &Pointer, removed: usize) -> Option<Pointer> {
    let rest = pointer.strip_prefix(array)?;
    let mut segments = rest.segments();
    let index = array_index(&segments.next()?).filter(|index| *index >= removed)?;
    let mut earlier = array.index(index + 1);
    for segment in segments {
        earlier.push(&segment);
    }
    Some(earlier)
}
