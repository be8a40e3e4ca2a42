//! Brings a published description into the form in which a maintainer keeps it: the chosen operations, without the words for readers, in
//! YAML. Names, order and faults stay as they are published. Compares it with the earlier one, and says what became of each
//! correction.

mod compare;
mod correction;
mod kept;
mod names;
mod prose;
mod render;
mod report;
#[cfg(test)]
mod tests;

use crate::diagnostic::{Code, Diagnostics, Locate, Pointer, Severity, codes};
use crate::dialect;
use crate::generated::Source;
use crate::selection::{Selection, Unmatched};
use crate::source::{Document, Load, to_yaml};

pub use compare::{Change, Finding, Names, Part, compare};
pub use correction::{Correction, CorrectionStatus, Row};
pub use kept::Kept;
pub use report::{Entry, Placed, Report};

/// What is imported, and from where.
pub struct Request<'a> {
    /// The published description: its entry document.
    pub published: Source<'a>,
    /// The other files of it.
    pub files: &'a dyn Load,
    /// The operations that are wanted, and whether the words for readers are.
    pub kept: &'a Kept,
    /// The selectors among those that are given for this import. Each must match an operation; of the others, the report lists
    /// those that match none.
    pub given: &'a Selection,
    /// What was imported before.
    pub earlier: Option<Source<'a>>,
    /// The overlays that correct it.
    pub overlays: &'a [Source<'a>],
}

/// What an import gives.
#[derive(Debug)]
pub struct Imported {
    /// The description as a file, with the comment at the top of the earlier one.
    pub text: String,
    /// What has changed, and what is to be done.
    pub report: Report,
    /// What was found in the files, none of it fatal.
    pub diagnostics: Diagnostics,
}

/// Imports a description.
///
/// Swagger 2.0 is brought to the words of OpenAPI 3.0; other versions stay what they are.
///
/// # Errors
///
/// Returns the diagnostics if a file can't be read, if a given selector matches nothing, or if the selection leaves no operation.
pub fn import(request: &Request<'_>) -> Result<Imported, Diagnostics> {
    let mut diagnostics = Diagnostics::new();
    match run(request, &mut diagnostics) {
        Some((text, report)) => Ok(Imported {
            text,
            report,
            diagnostics,
        }),
        None => Err(diagnostics),
    }
}

fn run(request: &Request<'_>, diagnostics: &mut Diagnostics) -> Option<(String, Report)> {
    let Source { name, bytes } = request.published;
    let mut document = Document::parse(name, bytes, diagnostics)?;
    let mut overlays = Vec::new();
    for (source, number) in request.overlays.iter().zip(1..) {
        overlays.push(Document::parse_file(
            number,
            source.name,
            source.bytes,
            diagnostics,
        )?);
    }
    let earlier_number = u32::try_from(overlays.len() + 1).ok()?;
    let earlier = match request.earlier {
        Some(source) => Some(Document::parse_file(
            earlier_number,
            source.name,
            source.bytes,
            diagnostics,
        )?),
        None => None,
    };
    let first_other = earlier_number + 1;
    dialect::bundle::bundle(&mut document, request.files, first_other, diagnostics);
    let (chosen, unmatched) = select(request, &mut document, diagnostics);
    // What the pass assumes is a matter of code generation.
    let mut notes = Diagnostics::new();
    let version = dialect::convert(&mut document, &mut notes);
    let text = match version {
        Some(version) => {
            if !request.kept.keep_prose {
                prose::remove(
                    document.value_mut(),
                    version.max(crate::openapi::Version::OpenApi30),
                );
            }
            to_yaml(document.value())
        }
        None => None,
    };
    if version.is_some() && text.is_none() {
        let message = "the document can't be written as YAML that says the same";
        let help = "please report this with the document";
        fatal(&document, codes::INTERNAL, message, help, diagnostics);
    }
    if version.is_none() {
        *diagnostics = notes;
    }
    if diagnostics.has_fatal() || version.is_none() {
        diagnostics.locate(&[&document]);
        return None;
    }
    let report = report::Report::of(&report::Material {
        document: &document,
        earlier: earlier.as_ref(),
        overlays: &overlays,
        unmatched: &unmatched,
        chosen,
    });
    let documents: Vec<&dyn Locate> = std::iter::once(&document)
        .chain(&overlays)
        .chain(&earlier)
        .map(|document| document as &dyn Locate)
        .collect();
    diagnostics.locate(&documents);
    let comment = request.earlier.map_or(&[][..], |earlier| earlier.bytes);
    Some((format!("{}{}", comment_of(comment), text?), report))
}

/// Reduces a document to the chosen operations. Returns how many they are, and the kept selectors that match none.
fn select(
    request: &Request<'_>,
    document: &mut Document,
    diagnostics: &mut Diagnostics,
) -> (usize, Vec<Unmatched>) {
    let code = codes::SELECTION_NO_MATCH;
    let selection = &request.kept.selection;
    let (given, kept): (Vec<_>, Vec<_>) = selection
        .unmatched(document.value())
        .into_iter()
        .partition(|one| request.given.contains(&one.selector));
    for one in &given {
        fatal(document, code, &one.to_string(), &one.remedy(), diagnostics);
    }
    for selector in selection.overruled(document.value()) {
        if request.given.include.contains(selector) {
            let message = format!("every operation that `{selector}` matches is excluded");
            let help = "take the selector that excludes them out of the selection";
            fatal(document, code, &message, help, diagnostics);
        }
    }
    let chosen = selection.apply(document);
    if chosen == 0 && !diagnostics.has_fatal() {
        for one in &kept {
            fatal(document, code, &one.to_string(), &one.remedy(), diagnostics);
        }
        let message = "the selection leaves no operation";
        let help = "exclude less, or include more";
        fatal(document, code, message, help, diagnostics);
    }
    (chosen, kept)
}

fn fatal(
    document: &Document,
    code: Code,
    message: &str,
    help: &str,
    diagnostics: &mut Diagnostics,
) {
    let place = document.place(&Pointer::root().key("paths"));
    diagnostics.push(code.rated(Severity::Fatal), &place, message, help);
}

/// Returns the comment at the top of a file.
fn comment_of(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let lines = text.lines();
    lines
        .take_while(|line| line.starts_with('#'))
        .map(|line| format!("{line}\n"))
        .collect()
}
