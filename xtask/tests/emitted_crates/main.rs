//! Crates that are made of other documents compile, and without a warning.

mod hostile;
mod values;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use xtask::codegen::{Job, prepare, write};
use xtask::workspace;

/// A crate to make: its package, its document and what must be said of it.
struct Case {
    package: &'static str,
    document: PathBuf,
    operations: usize,
    /// How many errors and warnings at the most.
    diagnosed: usize,
}

/// The package with a schema of every kind.
const VALUES: &str = "emitted-values";

/// The package in which everything has a name that something else has.
const HOSTILE: &str = "emitted-hostile";

fn cases() -> Vec<Case> {
    let root = workspace::root();
    let (document, operations) = hostile::document();
    let hostile = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile.json");
    fs::write(&hostile, document).unwrap();
    let (document, _) = values::document();
    let values = Path::new(env!("CARGO_TARGET_TMPDIR")).join("values.json");
    fs::write(&values, document).unwrap();
    let mut cases = vec![
        Case {
            package: VALUES,
            document: values,
            operations: 6,
            diagnosed: usize::MAX,
        },
        Case {
            package: "emitted-workshop",
            document: root.join("generator/tests/documents/workshop.yaml"),
            operations: 7,
            diagnosed: 3,
        },
        Case {
            package: HOSTILE,
            document: hostile,
            operations,
            diagnosed: usize::MAX,
        },
        // The published document alone: no names, no corrections.
        Case {
            package: "emitted-published",
            document: root.join(workspace::SPEC),
            operations: 10,
            diagnosed: usize::MAX,
        },
    ];
    let petstore = root.join("../shared/specs/petstore.yaml");
    if petstore.exists() {
        cases.push(Case {
            package: "emitted-petstore",
            document: petstore,
            operations: 19,
            diagnosed: usize::MAX,
        });
    } else {
        println!(
            "{} is not at hand: no crate is made of it",
            petstore.display()
        );
    }
    cases
}

#[test]
fn crates_of_other_documents_compile_without_a_warning() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("emitted");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let cases = cases();
    for case in &cases {
        make(case, &folder.join(case.package));
    }
    let packages: Vec<&str> = cases.iter().map(|case| case.package).collect();
    workspace::write_manifest(&folder, &packages).unwrap();

    let features = ["--features", "blocking,serialize-secrets,test-util"];
    run(&folder, &[["clippy", "--workspace"], features].concat());
    run(
        &folder,
        &[["doc", "--workspace"], ["--no-deps", "--quiet"], features].concat(),
    );
    // Without the HTTP stack, which no example needs.
    run(
        &folder,
        &[
            "test",
            "--quiet",
            "--package",
            HOSTILE,
            "--package",
            VALUES,
            "--no-default-features",
            "--features",
            "blocking,test-util",
        ],
    );
}

/// Runs cargo in the workspace of the emitted crates, and asserts that it prints no warning.
fn run(folder: &Path, arguments: &[&str]) {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("emitted-target");
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .args(["--offline", "--color", "never"])
        .env("CARGO_TARGET_DIR", target)
        .current_dir(folder)
        .output()
        .unwrap();

    let messages = String::from_utf8_lossy(&output.stderr);
    let results = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{messages}\n{results}");
    assert!(!messages.contains("warning"), "{messages}");
}

fn make(case: &Case, out: &Path) {
    let job = Job {
        spec: case.document.clone(),
        overlays: Vec::new(),
        allowed: Vec::new(),
        out: out.to_path_buf(),
        package: case.package.to_owned(),
        strict: false,
        selection: Default::default(),
    };
    let outcome = prepare(&job).unwrap_or_else(|failure| panic!("{failure}"));
    let counts = outcome.generated.diagnostics.counts();
    assert_eq!(
        outcome.generated.summary.operations_emitted, case.operations,
        "{}",
        case.package
    );
    assert!(
        counts.errors + counts.warnings <= case.diagnosed,
        "{}: {}",
        case.package,
        outcome.generated.render_diagnostics(false)
    );
    write(&job, &outcome).unwrap_or_else(|failure| panic!("{failure}"));
    let tests = out.join("tests");
    let add = |name: &str, text: &str| {
        fs::create_dir_all(&tests).unwrap();
        fs::write(tests.join(name), text).unwrap();
    };
    match case.package {
        HOSTILE => add("wire.rs", include_str!("wire.rs")),
        VALUES => {
            add("values.rs", include_str!("values_client.rs"));
            add("values.json", &values::document().1);
        }
        _ => {}
    }
}
