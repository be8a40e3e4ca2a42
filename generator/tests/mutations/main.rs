//! Thousands of damaged documents: none makes the generator panic, every diagnostic has a place and a remedy, and what is left after
//! the check can always be read, and gives a sound model. The damage is pseudo-random and the same on every run.

mod chains;
mod damage;
mod dialects;
#[path = "../emitted/mod.rs"]
mod emitted;
mod files;
mod further;
mod growth;
mod long_chains;
#[path = "../openapiv3_reading/mod.rs"]
mod openapiv3_reading;
mod sharing;
#[path = "../soundness/mod.rs"]
mod soundness;

use generator::Config;
use generator::diagnostic::Diagnostics;
use generator::dialect;
use generator::emit::emit;
use generator::lower::lower;
use generator::source::{Data, Document, Value as Tree};
use serde_json::Value;

use damage::{Random, damage};
use emitted::assert_rust;
use soundness::assert_sound;

/// A document that has every object of OpenAPI 3.0.
const DOCUMENT: &str = include_str!("openapi30.yaml");
const OVERLAY: &str = include_str!("overlay.yaml");

/// Runs the pipeline and asserts what must hold of every document.
fn survive(spec: &[u8], overlay: &[u8]) {
    let mut diagnostics = Diagnostics::new();
    let document = Document::parse("spec.yaml", spec, &mut diagnostics);
    let overlay = Document::parse_file(1, "overlay.yaml", overlay, &mut diagnostics);
    let Some(mut document) = document else {
        assert!(diagnostics.has_fatal());
        return;
    };
    if let Some(overlay) = &overlay {
        dialect::overlay::apply(&mut document, overlay, &mut diagnostics);
    }
    let version = dialect::read(&mut document, &mut diagnostics);
    if version.is_some() {
        openapiv3_reading::read(&document);
        let model = lower(&document, &mut diagnostics);
        assert_sound(&model);
        // To parse everything that is emitted takes far longer than to read a document.
        if spec.len().is_multiple_of(32) {
            assert_rust(&emit(&model, &Config::default()));
        }
    }
    match &overlay {
        Some(overlay) => diagnostics.locate(&[&document, overlay]),
        None => diagnostics.locate(&[&document]),
    }
    let input = || String::from_utf8_lossy(spec).into_owned();
    for diagnostic in &diagnostics {
        assert_ne!(
            diagnostic.code.as_str(),
            "internal",
            "{}\n{}",
            diagnostic.message,
            input()
        );
        assert!(diagnostic.location.is_some(), "{diagnostic:?}\n{}", input());
        assert!(!diagnostic.help.is_empty(), "{diagnostic:?}");
    }
    if version.is_none() {
        assert!(overlay.is_none() || diagnostics.has_fatal(), "{}", input());
        return;
    }
    // What is left needs no further cut.
    let checked = document.value().clone();
    let mut again = Diagnostics::new();
    dialect::check::check(&mut document, dialect::Version::OpenApi30, &mut again);
    let repeated: Vec<_> = again
        .iter()
        .map(|diagnostic| (diagnostic.code, diagnostic.pointer.to_string()))
        .collect();
    assert!(
        *document.value() == checked,
        "cut again: {repeated:?}: {:?}\n{}",
        difference("", &checked, document.value()),
        input()
    );
}

/// Where two trees differ first.
fn difference(pointer: &str, left: &Tree, right: &Tree) -> Option<String> {
    match (left.data(), right.data()) {
        (Data::Object(left), Data::Object(right)) if left.keys().eq(right.keys()) => {
            left.iter().find_map(|(key, value)| {
                difference(&format!("{pointer}/{key}"), value, right.get(key)?)
            })
        }
        (Data::Array(left), Data::Array(right)) if left.len() == right.len() => {
            let pairs = left.iter().zip(right).enumerate();
            pairs
                .map(|(index, (left, right))| {
                    difference(&format!("{pointer}/{index}"), left, right)
                })
                .find_map(|found| found)
        }
        _ if left == right => None,
        _ => Some(format!(
            "{pointer}: {} became {}",
            left.to_json(),
            right.to_json()
        )),
    }
}

fn cases(number: u64) -> u64 {
    std::env::var("MUTATIONS")
        .ok()
        .and_then(|factor| factor.parse().ok())
        .unwrap_or(1)
        * number
}

fn as_json(text: &str) -> Value {
    let mut diagnostics = Diagnostics::new();
    let document = Document::parse("x", text.as_bytes(), &mut diagnostics).expect("a document");
    document.value().to_json()
}

#[test]
fn the_whole_document_is_sound() {
    let mut diagnostics = Diagnostics::new();
    let mut document =
        Document::parse("spec.yaml", DOCUMENT.as_bytes(), &mut diagnostics).expect("a document");
    let overlay = Document::parse_file(1, "overlay.yaml", OVERLAY.as_bytes(), &mut diagnostics)
        .expect("an overlay");
    dialect::overlay::apply(&mut document, &overlay, &mut diagnostics);
    let version = dialect::read(&mut document, &mut diagnostics);
    assert_eq!(version, Some(dialect::Version::OpenApi30));
    let api = openapiv3_reading::read(&document);
    diagnostics.locate(&[&document, &overlay]);
    let codes: Vec<_> = diagnostics
        .iter()
        .map(|diagnostic| diagnostic.code.as_str())
        .collect();
    assert_eq!(codes, ["callbacks-ignored"]);
    assert_eq!(api.operations().count(), 4);
}

#[test]
fn damaged_nodes() {
    let document = as_json(DOCUMENT);
    for case in 0..cases(1000) {
        let mut random =
            Random(0x9e37_79b9_7f4a_7c15 ^ (case + 1).wrapping_mul(0x2545_f491_4f6c_dd1d));
        let mut damaged = document.clone();
        for _ in 0..=random.below(4) {
            damage(&mut damaged, &mut random);
        }
        survive(damaged.to_string().as_bytes(), b"");
    }
}

#[test]
fn damaged_overlays() {
    let overlay = as_json(OVERLAY);
    let spec = as_json(DOCUMENT).to_string();
    for case in 0..cases(400) {
        let mut random =
            Random(0x1234_5678_9abc_def1 ^ (case + 1).wrapping_mul(0x2545_f491_4f6c_dd1d));
        let mut damaged = overlay.clone();
        for _ in 0..=random.below(3) {
            damage(&mut damaged, &mut random);
        }
        survive(spec.as_bytes(), damaged.to_string().as_bytes());
    }
}

#[test]
fn damaged_bytes() {
    const INTERESTING: &[u8] = b"{}[]:,'\"-?&*!|>%@`#\n\t \\0123456789.eE~<\xff\xc3\xed\x00\x7f";
    let as_one_line = as_json(DOCUMENT).to_string();
    for case in 0..cases(1000) {
        let mut random =
            Random(0xdead_beef_cafe_f00d ^ (case + 1).wrapping_mul(0x2545_f491_4f6c_dd1d));
        let mut bytes = if case % 3 == 0 {
            as_one_line.clone().into_bytes()
        } else {
            DOCUMENT.as_bytes().to_vec()
        };
        for _ in 0..=random.below(5) {
            let at = random.below(bytes.len());
            match random.below(5) {
                0 => bytes[at] = *random.one_of(INTERESTING),
                1 => bytes.insert(at, *random.one_of(INTERESTING)),
                2 => {
                    let end = (at + random.below(40)).min(bytes.len());
                    bytes.drain(at..end);
                }
                3 => {
                    let end = (at + random.below(200)).min(bytes.len());
                    let copied = bytes[at..end].to_vec();
                    let to = random.below(bytes.len());
                    bytes.splice(to..to, copied);
                }
                _ => bytes[at] ^= 1 << random.below(8),
            }
        }
        survive(&bytes, b"");
    }
}
