//! Where a fault is: the node, as passes name it, and its place in a file.

use super::{Location, Pointer, SourceLine};

/// Where a node was written: a file, and the node's number in it in the order of the text. Every clone and every move keeps it. It is a
/// place and not an identity: what an alias repeats, and what an overlay adds in several places, has one origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    file: u32,
    node: u32,
}

impl Origin {
    /// The origin of a node that a pass has made and that is in no document yet. It gets the one of the node that it replaces, or of the
    /// object or list that it is added to.
    pub const NONE: Self = Self {
        file: u32::MAX,
        node: u32::MAX,
    };

    pub(crate) fn new(file: u32, node: u32) -> Self {
        Self { file, node }
    }

    /// Returns the number of the file.
    #[must_use]
    pub fn file(self) -> u32 {
        self.file
    }

    /// Returns the number of the node in the order of its file's text.
    #[must_use]
    pub fn node(self) -> u32 {
        self.node
    }
}

/// The node that a diagnostic is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The origin of the node, or of its nearest ancestor when it doesn't exist.
    pub origin: Origin,
    /// How many segments of the pointer lead below the node of that origin.
    pub below: usize,
    /// The pointer of the node in the tree that the fault was found in.
    pub pointer: Pointer,
}

impl Place {
    /// Returns a place that is in no file.
    #[must_use]
    pub fn nowhere() -> Self {
        Self {
            origin: Origin::NONE,
            below: 0,
            pointer: Pointer::root(),
        }
    }
}

/// Where the node of an origin was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NodeLocation {
    /// The place of the key for the member of an object, that of the value otherwise.
    pub location: Location,
    /// The text of that line.
    pub source_line: SourceLine,
    /// The pointer of the node in its file.
    pub pointer: Pointer,
}

/// A document that knows where its nodes were written.
pub trait Locate {
    /// Returns the place of each origin, or `None` for one of a file that the document has nothing of.
    fn locate_all(&self, origins: &[Origin]) -> Vec<Option<NodeLocation>>;
}
