//! Damaged documents of every dialect, alone and in several files, through the whole run: each gives Rust that parses, or an error with
//! its place.

use std::time::{Duration, Instant};

use generator::diagnostic::Severity;
use generator::{Config, Source, generate_with_files};
use serde_json::Value;

use super::damage::{Random, damage};
use super::emitted::assert_rust;
use super::files::load;
use super::further::{damage_further, text};
use super::soundness::assert_sound;
use super::{as_json, cases};

const DOCUMENTS: &[(&str, &str)] = &[
    ("2.0", include_str!("swagger2.yaml")),
    ("3.0", super::DOCUMENT),
    ("3.1", include_str!("openapi31.yaml")),
    ("3.2", include_str!("openapi32.yaml")),
];

fn survive(text: &str, overlay: &str, emits: bool) {
    let spec = Source {
        name: "spec.yaml",
        bytes: text.as_bytes(),
    };
    let overlay = Source {
        name: "overlay.yaml",
        bytes: overlay.as_bytes(),
    };
    let overlays = match overlay.bytes.is_empty() {
        true => &[][..],
        false => &[overlay][..],
    };
    let config = Config {
        strict: !emits,
        ..Config::default()
    };
    let generated = generate_with_files(spec, &load, overlays, &config);
    for diagnostic in &generated.diagnostics {
        assert_ne!(
            diagnostic.code.as_str(),
            "internal",
            "{diagnostic:?}\n{text}"
        );
        assert!(diagnostic.location.is_some(), "{diagnostic:?}\n{text}");
        assert!(!diagnostic.help.is_empty(), "{diagnostic:?}\n{text}");
    }
    match &generated.api {
        Some(api) => assert_sound(api),
        None => assert!(generated.diagnostics.has_fatal(), "{text}"),
    }
    if let Some(files) = generated.files.as_ref().filter(|_| emits) {
        assert_rust(files);
    }
}

#[test]
fn damaged_documents_of_every_dialect() {
    let overlay = super::OVERLAY;
    let documents: Vec<(&str, Value)> = DOCUMENTS
        .iter()
        .map(|(dialect, text)| (*dialect, as_json(text)))
        .collect();
    let number = cases(160);
    let mut slowest = (Duration::ZERO, String::new());
    let mut emitted = 0;
    for case in 0..number {
        let (_, document) = &documents[usize::try_from(case % 4).expect("below 4")];
        let mut random =
            Random(0x0dd0_ba11_5eed_cafe ^ (case + 1).wrapping_mul(0x2545_f491_4f6c_dd1d));
        let mut damaged = document.clone();
        for _ in 0..=random.below(4) {
            match random.below(2) {
                0 => damage(&mut damaged, &mut random),
                _ => damage_further(&mut damaged, &mut random),
            }
        }
        let text = text(&damaged, random.below(2) == 0);
        let overlay = match random.below(4) {
            0 => overlay,
            _ => "",
        };
        // To emit and parse a crate takes far longer than to read a document.
        let emits = random.below(16) == 0;
        emitted += u64::from(emits);
        let start = Instant::now();
        survive(&text, overlay, emits);
        if slowest.0 < start.elapsed() {
            slowest = (start.elapsed(), text);
        }
    }
    let (time, text) = slowest;
    println!("{number} documents, {emitted} crates; the slowest took {time:?}:\n{text}");
}

#[test]
fn the_documents_of_every_dialect_have_no_error() {
    for (dialect, text) in DOCUMENTS {
        let spec = Source {
            name: "spec.yaml",
            bytes: text.as_bytes(),
        };
        let generated = generate_with_files(spec, &load, &[], &Config::default());
        // The document of 3.2 has methods that no client sends.
        let faults: Vec<&str> = generated
            .diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity < Severity::Warning)
            .map(|diagnostic| diagnostic.code.as_str())
            .collect();
        let is_expected = faults.iter().all(|code| *code == "unsupported-method");
        assert!(
            is_expected && (faults.is_empty() || *dialect == "3.2"),
            "{dialect}: {}",
            generated.render_diagnostics(false)
        );
        assert_eq!(
            generated.summary.operations_skipped(),
            faults.len(),
            "{dialect}: {}",
            generated.summary
        );
        assert_rust(&generated.files.expect("files"));
    }
}
