//! The verdict of a change report against cargo-semver-checks, on pairs of emitted crates: what it calls breaking, the report does too.
//!
//! It takes minutes, so it runs on request, where cargo-semver-checks is installed:
//!
//!     cargo test -p xtask --test semver_checks -- --ignored --nocapture

#[path = "../../generator/tests/changes/cases.rs"]
mod cases;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use cases::{DOCUMENTS, edit};
use generator::changes::{Surface, Verdict, compare};
use generator::{Config, Source, generate};
use xtask::workspace;

/// The package of every crate. Only crates of one name can be compared.
const PACKAGE: &str = "tokens";

/// A crate, as rustdoc describes it, and the list of its public API.
struct Client {
    json: PathBuf,
    surface: Surface,
}

/// Emits a crate and has rustdoc describe it.
fn client(folder: &Path, name: &str, document: &str) -> Client {
    let config = Config {
        package: PACKAGE.to_owned(),
        document: "tokens.yaml".to_owned(),
        strict: true,
        ..Config::default()
    };
    let source = Source {
        name: "tokens.yaml",
        bytes: document.as_bytes(),
    };
    let generated = generate(source, &[], &config);
    let own = folder.join("crate");
    let _ = fs::remove_dir_all(&own);
    let Some(files) = &generated.files else {
        panic!("{}", generated.render_diagnostics(true));
    };
    for (path, file) in files.iter() {
        let path = own.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, &file.text).unwrap();
    }
    let manifest = own.join("Cargo.toml");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, format!("{text}\n[workspace]\n")).unwrap();
    fs::copy(workspace::root().join("Cargo.lock"), own.join("Cargo.lock")).unwrap();
    let status = Command::new(env!("CARGO"))
        .args([
            "rustdoc",
            "--quiet",
            "--offline",
            "--lib",
            "--no-default-features",
        ])
        .args(["--features", "blocking,test-util", "--"])
        .args([
            "-Zunstable-options",
            "--output-format=json",
            "--cap-lints=allow",
        ])
        .args(["--document-private-items", "--document-hidden-items"])
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .current_dir(&own)
        .status()
        .expect("cargo starts");
    assert!(status.success(), "{name}");
    let json = folder.join(format!("{name}.json").replace(' ', "-"));
    fs::copy(
        folder.join("target/doc").join(format!("{PACKAGE}.json")),
        &json,
    )
    .unwrap();
    Client {
        json,
        surface: generated.surface(PACKAGE).expect("a model"),
    }
}

/// What cargo-semver-checks asks for, and what it says.
fn checked(before: &Client, after: &Client) -> (Verdict, String) {
    let output = Command::new(env!("CARGO"))
        .args([
            "semver-checks",
            "--release-type",
            "patch",
            "--color",
            "never",
        ])
        .arg("--baseline-rustdoc")
        .arg(&before.json)
        .arg("--current-rustdoc")
        .arg(&after.json)
        .output()
        .expect("cargo starts");
    let text = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    let verdict = if text.contains("requires new major version") {
        Verdict::Major
    } else if text.contains("requires new minor version") {
        Verdict::Minor
    } else {
        assert!(text.contains("no semver update required"), "{text}");
        Verdict::None
    };
    (verdict, text)
}

#[test]
#[ignore = "takes minutes, and needs cargo-semver-checks"]
fn nothing_that_is_breaking_is_called_anything_else() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("semver");
    fs::create_dir_all(&folder).unwrap();
    let documents = workspace::root().join("generator/tests/changes");
    let read = |name: &str| fs::read_to_string(documents.join(name)).unwrap();
    let mut too_low = Vec::new();
    for (document, cases) in DOCUMENTS {
        let text = read(document);
        let before = client(&folder, "before", &text);
        let everything = (document == "before.yaml")
            .then(|| ("everything", client(&folder, "after", &read("after.yaml"))));
        let edited = cases
            .iter()
            .map(|(name, _, edits)| (*name, client(&folder, name, &edit(&text, edits))));
        for (name, after) in everything.into_iter().chain(edited) {
            for (way, old, new) in [("", &before, &after), (", taken back", &after, &before)] {
                let own = compare(&old.surface, &new.surface).verdict();
                let (theirs, text) = checked(old, new);
                println!("{name}{way}: {own}, cargo-semver-checks: {theirs}");
                if own < theirs {
                    too_low.push(format!("{name}{way}: {own} and not {theirs}\n{text}"));
                }
            }
        }
    }
    assert!(too_low.is_empty(), "{}", too_low.join("\n"));
}
