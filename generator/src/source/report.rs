//! From bytes to a tree, with a diagnostic for everything that prevents that.

use super::repair::repair;
use super::text::{Change, Format, Mark, Repaired, SourceText};
use super::value::{MAX_DEPTH, MAX_KEY, Value};
use super::yaml_fault::{Fault, FaultKind};
use super::{json, yaml};
use crate::diagnostic::{Diagnostics, Rated, Severity, codes};

/// The text of a file, without a byte order mark. UTF-16 is read where a byte order mark announces it.
pub(super) fn decode(name: &str, bytes: &[u8], diagnostics: &mut Diagnostics) -> Option<String> {
    let (valid, encoding) = match bytes {
        [0xff, 0xfe, rest @ ..] => match utf_16(rest, u16::from_le_bytes) {
            Ok(text) => return Some(text),
            Err(valid) => (valid, "UTF-16"),
        },
        [0xfe, 0xff, rest @ ..] => match utf_16(rest, u16::from_be_bytes) {
            Ok(text) => return Some(text),
            Err(valid) => (valid, "UTF-16"),
        },
        _ => {
            let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            match std::str::from_utf8(bytes) {
                Ok(text) => return Some(text.to_owned()),
                Err(error) => {
                    let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
                    (String::from_utf8_lossy(valid).into_owned(), "UTF-8")
                }
            }
        }
    };
    let end = Mark::Offset(valid.len());
    let source = SourceText {
        name: name.to_owned(),
        text: valid,
        format: Format::Yaml,
        repaired: None,
    };
    if let Some((location, _)) = source.places(&[Some(end)]).pop().flatten() {
        diagnostics.push_at(
            codes::INVALID_UTF8,
            location,
            None,
            format!("the file is not valid {encoding}"),
            "save the file as UTF-8",
        );
    }
    None
}

/// Decodes UTF-16, or returns the text before the first fault.
fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len() / 2);
    for character in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        match character {
            Ok(character) => text.push(character),
            Err(_) => return Err(text),
        }
    }
    if rest.is_empty() { Ok(text) } else { Err(text) }
}

/// The tree that a text holds.
pub(super) fn read(
    file: u32,
    name: &str,
    text: String,
    diagnostics: &mut Diagnostics,
) -> Option<(Value, SourceText)> {
    let mut source = SourceText {
        name: name.to_owned(),
        text,
        format: Format::Yaml,
        repaired: None,
    };
    let begins_like_json = source.text.trim_start().starts_with(['{', '[']);
    let as_json = begins_like_json.then(|| json::parse(&source.text, file));
    if let Some(Ok((value, lost))) = as_json {
        source.format = Format::Json;
        let faults = lost.into_iter().map(|lost| Fault {
            kind: FaultKind::of_lost_key(lost.key),
            mark: Mark::Offset(lost.offset),
        });
        report(&source, faults.collect(), diagnostics);
        return Some((value, source));
    }
    match (yaml::parse(&source.text, file), as_json) {
        (Ok((value, faults)), _) => {
            report(&source, faults, diagnostics);
            Some((value, source))
        }
        // A text that begins like JSON was meant as JSON, so JSON's complaint is the one that helps.
        (Err(_), Some(Err(failure))) => {
            source.format = Format::Json;
            let (kind, offset) = match failure {
                json::Failure::Syntax { offset, message } => (FaultKind::Syntax(message), offset),
                json::Failure::TooDeep { offset } => (FaultKind::TooDeep, offset),
            };
            report(
                &source,
                vec![Fault {
                    kind,
                    mark: Mark::Offset(offset),
                }],
                diagnostics,
            );
            None
        }
        (Err(fault), _) => {
            let repaired = match fault.kind {
                FaultKind::Syntax(_) => repair(&source.text, &fault, file),
                _ => None,
            };
            let Some((value, faults, repaired)) = repaired else {
                report(&source, vec![fault], diagnostics);
                return None;
            };
            report_changes(&source, &repaired, diagnostics);
            source.repaired = Some(repaired);
            report(&source, faults, diagnostics);
            Some((value, source))
        }
    }
}

/// Warns of each line that is read although it is not YAML 1.2.
fn report_changes(source: &SourceText, repaired: &Repaired, diagnostics: &mut Diagnostics) {
    let mark = |line: usize| {
        let text = source.text.lines().nth(line - 1).unwrap_or_default();
        let indent = text.chars().take_while(|c| c.is_whitespace()).count();
        Some(Mark::Position {
            line,
            column: indent + 1,
        })
    };
    let marks: Vec<Option<Mark>> = repaired
        .changes
        .iter()
        .map(|(line, _)| mark(*line))
        .collect();
    for ((_, change), place) in repaired.changes.iter().zip(source.places(&marks)) {
        let (message, help) = match change {
            Change::Indent(_) => (
                "this line is indented no deeper than what it belongs to, which YAML 1.2 does not allow; it is read as libyaml reads it",
                "indent it deeper",
            ),
            Change::Tabs => (
                "YAML 1.2 does not allow the tabs of this line; it is read as libyaml reads it",
                "write spaces instead",
            ),
        };
        if let Some((location, line)) = place {
            diagnostics.push_at(codes::LENIENT_YAML, location, Some(line), message, help);
        }
    }
}

fn report(source: &SourceText, faults: Vec<Fault>, diagnostics: &mut Diagnostics) {
    let marks: Vec<Option<Mark>> = faults.iter().map(|fault| Some(fault.mark)).collect();
    let places = source.places(&marks);
    for (fault, place) in faults.into_iter().zip(places) {
        let (rated, message, help) = described(source, fault.kind);
        if let Some((location, line)) = place {
            diagnostics.push_at(rated, location, Some(line), message, help);
        }
    }
}

fn described(source: &SourceText, kind: FaultKind) -> (Rated, String, String) {
    let format = match source.format {
        Format::Json => "JSON",
        Format::Yaml => "YAML",
    };
    match kind {
        FaultKind::Syntax(message) => (
            codes::SYNTAX.into(),
            format!("this is not valid {format}: {message}"),
            "correct the text here or shortly before; quotes, indentation and brackets are what most often goes wrong".to_owned(),
        ),
        FaultKind::Empty => (
            codes::EMPTY_DOCUMENT.into(),
            "the file is empty".to_owned(),
            "put an OpenAPI document or an overlay into it".to_owned(),
        ),
        FaultKind::TooDeep => (
            codes::TOO_DEEP.rated(Severity::Fatal),
            format!("the document is nested more than {MAX_DEPTH} levels deep"),
            "give inner parts names of their own, and refer to them with `$ref`".to_owned(),
        ),
        FaultKind::AliasBomb => (
            codes::ALIAS_BOMB.into(),
            "this alias makes the document grow beyond all bounds".to_owned(),
            "write the parts out, or use `$ref` instead of YAML aliases".to_owned(),
        ),
        FaultKind::ComplexKey => (
            codes::COMPLEX_KEY.into(),
            "this key is a list or an object".to_owned(),
            "keys are strings: quote it, or correct the indentation".to_owned(),
        ),
        FaultKind::DuplicateKey(key) => (
            codes::DUPLICATE_KEY.into(),
            format!("this object has the key `{key}` twice; the first one is read, this one is not"),
            "remove one of the two, or merge them".to_owned(),
        ),
        FaultKind::LongKey => (
            codes::TOO_LARGE.into(),
            format!("this key has more than {MAX_KEY} bytes, so its member is not read"),
            "give it a shorter key".to_owned(),
        ),
        FaultKind::SecondDocument => (
            codes::SEVERAL_DOCUMENTS.into(),
            "a second YAML document begins here; it is not read".to_owned(),
            "keep one document in the file".to_owned(),
        ),
        FaultKind::BadMerge => (
            codes::BAD_MERGE_KEY.into(),
            "the value of the merge key `<<` is neither an object nor a list of objects".to_owned(),
            "give it an alias to an object, such as `<<: *defaults`".to_owned(),
        ),
    }
}
