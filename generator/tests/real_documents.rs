//! Real documents, where they are at hand in `../shared/specs` beside the checkout: what is lost of them is lost with a diagnostic.

mod emitted;

use std::fs;
use std::path::Path;

use emitted::assert_rust;
use generator::diagnostic::Severity;
use generator::{Config, Generated, Source, generate};

fn generated(name: &str) -> Option<Generated> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared/specs")
        .join(name);
    let Ok(bytes) = fs::read(&path) else {
        println!(
            "{} is not at hand: nothing is generated from it",
            path.display()
        );
        return None;
    };
    Some(generate(
        Source {
            name,
            bytes: &bytes,
        },
        &[],
        &Config::default(),
    ))
}

#[test]
fn the_pet_store_is_emitted_whole_and_its_xml_is_diagnosed() {
    let Some(generated) = generated("petstore.yaml") else {
        return;
    };

    assert_eq!(generated.summary.operations_emitted, 19);
    assert_rust(generated.files.as_ref().expect("files"));
    let messages: Vec<&str> = generated
        .diagnostics
        .iter()
        .map(|diagnostic| diagnostic.message.as_str())
        .collect();
    assert!(
        messages.iter().any(|message| message.contains("xml")),
        "{messages:#?}"
    );
}

#[test]
fn nearly_all_of_a_large_document_is_emitted() {
    let Some(generated) = generated(concat!("git", "lab-openapi3.yaml")) else {
        return;
    };

    let summary = generated.summary;
    assert_eq!(summary.operations_read, 1106);
    assert!(
        summary.operations_emitted * 100 >= summary.operations_read * 95,
        "{summary}"
    );
    assert_rust(generated.files.as_ref().expect("files"));
}

#[test]
fn every_diagnostic_of_a_real_document_has_a_place_and_a_remedy() {
    for name in ["petstore.yaml", concat!("git", "lab-openapi3.yaml")] {
        let Some(generated) = generated(name) else {
            continue;
        };
        assert!(!generated.diagnostics.is_empty());
        for diagnostic in generated.diagnostics.iter() {
            assert_ne!(diagnostic.severity, Severity::Fatal, "{diagnostic:?}");
            assert!(diagnostic.location.is_some(), "{diagnostic:?}");
            assert!(!diagnostic.help.is_empty(), "{diagnostic:?}");
        }
    }
}
