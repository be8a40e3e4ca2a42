//! What a maintainer has chosen, as a file.

use std::fmt;

use crate::diagnostic::{Diagnostics, Pointer, Severity, codes};
use crate::generated::Source;
use crate::selection::{Selection, Selector};
use crate::source::{Document, Value};

/// What an import takes from a published description.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kept {
    /// The operations.
    pub selection: Selection,
    /// Whether summaries, descriptions and examples are taken too.
    pub keep_prose: bool,
}

impl Kept {
    /// Reads a file: an object with the lists `include` and `exclude` and the flag `keep-prose`.
    ///
    /// # Errors
    ///
    /// Returns the diagnostics if the file has any fault.
    pub fn read(source: Source<'_>) -> Result<Self, Diagnostics> {
        let mut diagnostics = Diagnostics::new();
        let document = Document::parse(source.name, source.bytes, &mut diagnostics);
        let mut kept = Self::default();
        if let Some(document) = &document {
            let mut reader = Reader {
                document,
                diagnostics: &mut diagnostics,
            };
            kept = reader.kept();
            diagnostics.locate(&[document]);
        }
        match diagnostics.iter().next() {
            None => Ok(kept),
            Some(_) => Err(diagnostics),
        }
    }
}

/// Writes the file.
impl fmt::Display for Kept {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, selectors) in [
            ("include", &self.selection.include),
            ("exclude", &self.selection.exclude),
        ] {
            if !selectors.is_empty() {
                writeln!(formatter, "{name}:")?;
            }
            for selector in selectors {
                writeln!(
                    formatter,
                    "- '{}'",
                    selector.to_string().replace('\'', "''")
                )?;
            }
        }
        if self.keep_prose {
            writeln!(formatter, "keep-prose: true")?;
        }
        if *self == Self::default() {
            writeln!(formatter, "{{}}")?;
        }
        Ok(())
    }
}

struct Reader<'run> {
    document: &'run Document,
    diagnostics: &'run mut Diagnostics,
}

impl Reader<'_> {
    fn kept(&mut self) -> Kept {
        let root = Pointer::root();
        let mut kept = Kept::default();
        let Some(members) = self.document.value().as_object() else {
            let message = self.document.value().mismatch("a selection", "an object");
            self.report(&root, &message, "write `include:` and a list");
            return kept;
        };
        for (name, value) in members {
            let at = root.key(name);
            match name.as_str() {
                "include" => {
                    kept.selection.include = self.selectors(&at, value);
                    if value.as_array().is_some_and(<[Value]>::is_empty) {
                        let help =
                            "list selectors, or leave `include` out to select every operation";
                        self.report(&at, "an empty `include` selects nothing", help);
                    }
                }
                "exclude" => kept.selection.exclude = self.selectors(&at, value),
                "keep-prose" => match value.as_bool() {
                    Some(flag) => kept.keep_prose = flag,
                    None => {
                        let message = value.mismatch("`keep-prose`", "true or false");
                        self.report(&at, &message, "write true or false");
                    }
                },
                _ => {
                    let message = format!("`{name}` has no meaning in a selection");
                    let help = "write `include`, `exclude` or `keep-prose`";
                    self.report(&at, &message, help);
                }
            }
        }
        kept
    }

    fn selectors(&mut self, at: &Pointer, value: &Value) -> Vec<Selector> {
        let Some(elements) = value.as_array() else {
            let help = "write one selector a line, such as `- tag:pets`";
            let message = value.mismatch(
                format_args!("`{}`", at.last().unwrap_or_default()),
                "a list",
            );
            self.report(at, &message, help);
            return Vec::new();
        };
        let mut selectors = Vec::new();
        for (index, element) in elements.iter().enumerate() {
            match element.as_str().map(str::parse) {
                Some(Ok(selector)) => selectors.push(selector),
                Some(Err(invalid)) => {
                    let message = format!("this is no selector: {invalid}");
                    self.report(
                        &at.index(index),
                        &message,
                        "write it as `tag:…`, `path:/…` or `operation:…`",
                    );
                }
                None => {
                    let message = element.mismatch("a selector", "a string");
                    self.report(&at.index(index), &message, "put it in quotes");
                }
            }
        }
        selectors
    }

    fn report(&mut self, at: &Pointer, message: &str, help: &str) {
        let place = self.document.place(at);
        self.diagnostics.push(
            codes::WRONG_TYPE.rated(Severity::Fatal),
            &place,
            message,
            help,
        );
    }
}
