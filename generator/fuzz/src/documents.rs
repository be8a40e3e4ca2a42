//! Whole documents of any dialect, from their text to the emitted code.

#[path = "../../tests/mutations/damage.rs"]
mod damage;
#[path = "../../tests/mutations/files.rs"]
mod files;
#[path = "../../tests/mutations/further.rs"]
mod further;
#[path = "../../tests/soundness/mod.rs"]
mod soundness;

use generator::diagnostic::Diagnostics;
use generator::{Config, Source, generate_with_files};

use damage::Random;

/// Generates a crate from a document, and asserts what holds of every run: each diagnostic has a place and a remedy, the model is sound,
/// and the emitted code parses.
pub(crate) fn generate(input: &[u8]) {
    let spec = Source {
        name: "spec.yaml",
        bytes: input,
    };
    let generated = generate_with_files(spec, &files::load, &[], &Config::default());
    for diagnostic in &generated.diagnostics {
        assert_ne!(diagnostic.code.as_str(), "internal", "{diagnostic:?}");
        assert!(diagnostic.location.is_some(), "{diagnostic:?}");
        assert!(!diagnostic.help.is_empty(), "{diagnostic:?}");
    }
    assert_eq!(
        generated.files.is_none(),
        generated.diagnostics.has_fatal(),
        "{}",
        generated.render_diagnostics(false)
    );
    let report: Result<serde_json::Value, _> = serde_json::from_str(&generated.report());
    assert!(report.is_ok(), "{report:?}");
    if let Some(api) = &generated.api {
        soundness::assert_sound(api);
    }
    for (path, file) in generated.files.iter().flat_map(|files| files.iter()) {
        // The runtime is a copy, which has tests of its own.
        if path.ends_with(".rs") && !path.starts_with("src/runtime/") {
            let parsed = syn::parse_file(&file.text());
            assert!(parsed.is_ok(), "{path}: {:?}\n{}", parsed.err(), file.text());
        }
    }
}

/// Returns a document with some of its nodes damaged, as JSON or YAML. Returns none for what is no document, and in one of four cases, in
/// which bytes are to be changed.
pub fn damaged(input: &[u8], seed: u32) -> Option<String> {
    let mut random = Random((u64::from(seed) << 32 | 0x5eed).wrapping_mul(0x2545_f491_4f6c_dd1d));
    if random.below(4) == 0 {
        return None;
    }
    let document = generator::source::Document::parse("x", input, &mut Diagnostics::new())?;
    let mut value = document.value().to_json();
    for _ in 0..=random.below(3) {
        match random.below(2) {
            0 => damage::damage(&mut value, &mut random),
            _ => further::damage_further(&mut value, &mut random),
        }
    }
    Some(further::text(&value, random.below(2) == 0))
}
