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

#[test]
fn operations_and_types_of_real_documents_have_names_of_a_usual_length() {
    for name in [
        "petstore.yaml",
        "github.json",
        "box.json",
        "discord.json",
        concat!("git", "lab-openapi3.yaml"),
    ] {
        let Some(generated) = generated(name) else {
            continue;
        };
        let api = generated.api.as_ref().expect("a model");
        let operations = api.operations().map(|one| one.name.as_str());
        let types = api.types.iter().map(|one| one.name.as_str());
        // A number or an underscore may follow.
        let long: Vec<&str> = operations
            .chain(types)
            .filter(|name| name.len() > 64)
            .collect();
        assert!(long.is_empty(), "{name}: {long:?}");
    }
}

#[test]
fn real_ids_give_the_names_that_their_authors_meant() {
    let table = [
        ("github.json", "gists/list", "gists.list"),
        (
            "github.json",
            "issues/list-for-repo",
            "issues.list_for_repo",
        ),
        ("github.json", "repos/create-fork", "repos.create_fork"),
        ("box.json", "get_files_id", "files.get"),
        ("box.json", "get_folders_id_items", "folders.list_items"),
        ("petstore.yaml", "findPetsByStatus", "pet.find_by_status"),
        (
            concat!("git", "lab-openapi3.yaml"),
            "putApiV4JobsId",
            "jobs.update",
        ),
        (
            concat!("git", "lab-openapi3.yaml"),
            "deleteApiV4ProjectsIdIssuesIssueIid",
            "projects.delete_issue",
        ),
    ];
    for document in [
        "github.json",
        "box.json",
        "petstore.yaml",
        concat!("git", "lab-openapi3.yaml"),
    ] {
        let Some(generated) = generated(document) else {
            continue;
        };
        let api = generated.api.as_ref().expect("a model");
        for (_, id, expected) in table.iter().filter(|(of, ..)| *of == document) {
            let found = api.groups.iter().find_map(|group| {
                let operation = group.operations.iter().find(|one| one.id == *id)?;
                Some(format!("{}.{}", group.name, operation.name))
            });
            assert_eq!(found.as_deref(), Some(*expected), "{id}");
        }
    }
}
