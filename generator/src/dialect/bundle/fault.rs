//! What is wrong with references between files.

use crate::diagnostic::{Code, Diagnostics, Origin, Place, Pointer, Severity, codes};
use crate::openapi::{Kind, Shape};
use crate::source::Value;

/// A reference that leads nowhere.
#[derive(Debug, Clone)]
pub(super) struct Fault {
    pub(super) origin: Origin,
    text: String,
    kind: FaultKind,
}

#[derive(Debug, Clone)]
pub(super) enum FaultKind {
    Absolute,
    Missing,
    Folder,
    Outside,
    Unreadable(String),
    /// The file is no document, which was reported in it.
    Invalid,
    NoPointer,
    NoNode,
    Loop,
    /// What is brought in by references has become too much.
    TooMuch,
}

impl Fault {
    /// Returns a fault of the text of a reference.
    pub(super) fn new(reference: &Value, kind: FaultKind) -> Self {
        Self {
            origin: reference.origin(),
            text: reference.as_str().unwrap_or_default().to_owned(),
            kind,
        }
    }

    /// Reports it. In what doesn't affect a client, it is a note.
    pub(super) fn report_to(
        &self,
        shape: Shape,
        is_informative: bool,
        diagnostics: &mut Diagnostics,
    ) {
        let text = &self.text;
        let (code, message, remedy): (Code, String, &str) = match &self.kind {
            FaultKind::Invalid => return,
            FaultKind::Absolute => (
                codes::EXTERNAL_REFERENCE,
                format!("`{text}` is an absolute path"),
                "write the path relative to this file",
            ),
            FaultKind::Missing => (
                codes::MISSING_FILE,
                format!("`{text}` leads to a file that does not exist"),
                "correct the path, which is relative to this file",
            ),
            FaultKind::Folder => (
                codes::MISSING_FILE,
                format!("`{text}` leads to a folder"),
                "name a file in it",
            ),
            FaultKind::Outside => (
                codes::EXTERNAL_REFERENCE,
                format!("`{text}` leads out of the folder of the entry document"),
                "move the file into that folder, or permit the folder that it is in with `--allow-root DIR`",
            ),
            FaultKind::Unreadable(reason) => (
                codes::MISSING_FILE,
                format!("the file of `{text}` can't be read: {reason}"),
                "make it readable, or correct the path",
            ),
            FaultKind::NoPointer => (
                codes::EXTERNAL_REFERENCE,
                format!(
                    "what follows `#` in `{text}` is neither a pointer nor an `$anchor` of that file"
                ),
                "write it as `file.yaml#/…/Name`",
            ),
            FaultKind::NoNode => (
                codes::DANGLING_REFERENCE,
                format!("`{text}` does not exist"),
                "add it, or correct the reference",
            ),
            FaultKind::Loop => (
                codes::REFERENCE_LOOP,
                format!("`{text}` leads back to itself without reaching anything"),
                "write out one of the nodes on the way",
            ),
            FaultKind::TooMuch => (
                codes::TOO_DEEP,
                format!("with `{text}` the document grows beyond all bounds"),
                "refer to whole objects, such as schemas, instead of parts of them",
            ),
        };
        let is_schema = shape
            .object()
            .is_some_and(|object| object.kind == Kind::Schema);
        let consequence = if is_schema {
            "until then the value may be anything"
        } else {
            "until then it is left out"
        };
        let place = Place {
            origin: self.origin,
            below: 0,
            pointer: Pointer::root().key("$ref"),
        };
        let help = format!("{remedy}; {consequence}");
        match is_informative {
            true => diagnostics.push(code.rated(Severity::Note), &place, message, help),
            false => diagnostics.push(code, &place, message, help),
        }
    }
}
