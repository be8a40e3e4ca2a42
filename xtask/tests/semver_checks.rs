//! The verdict of a change report against cargo-semver-checks, on pairs of emitted crates: what it calls breaking, the report does too.
//! Its warnings count as errors, except for variants that move because another one is added or removed.
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
        fs::write(path, file.text().as_bytes()).unwrap();
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

/// Returns what the warnings ask for.
///
/// A new variant moves those after it, `Unknown` among them, so variants that move count only if others of their enum move the other way.
fn warned(text: &str) -> Verdict {
    let count = |level: &str| {
        let summary = text
            .lines()
            .find(|line| line.contains("level warnings"))
            .unwrap_or_default();
        let words: Vec<&str> = summary.split_whitespace().collect();
        let at = words.iter().position(|word| *word == level);
        at.map_or(0, |at| words[at - 1].parse::<usize>().expect("a count"))
    };
    let (down, up): (Vec<_>, Vec<_>) = text
        .lines()
        .filter_map(is_moved_down)
        .partition(|(_, is_down)| *is_down);
    let is_order_another = down
        .iter()
        .any(|(name, _)| up.iter().any(|(other, _)| name == other));
    let is_order_kept = (!down.is_empty() || !up.is_empty()) && !is_order_another;
    if count("major") > usize::from(is_order_kept) {
        Verdict::Major
    } else if count("minor") > 0 {
        Verdict::Minor
    } else {
        Verdict::None
    }
}

/// The enum of a variant that has moved, and whether its position is a higher one.
fn is_moved_down(line: &str) -> Option<(&str, bool)> {
    let (variant, positions) = line.trim().split_once(" moved from position ")?;
    let (name, _) = variant.rsplit_once("::")?;
    let (before, rest) = positions.split_once(" to ")?;
    let (after, _) = rest.split_once(',')?;
    let before: usize = before.parse().ok()?;
    let after: usize = after.parse().ok()?;
    Some((name, after > before))
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
    (verdict.max(warned(&text)), text)
}

#[test]
fn a_warning_counts_unless_variants_move_one_way() {
    let moved = |lines: &str| {
        format!(
            "\n--- warning partial_ord_enum_variants_reordered: enum variants reordered ---\n\nFailed in:\n{lines}\n     Summary no semver update required\n     Warning produced 1 major and 0 minor level warnings\n"
        )
    };
    let down = "  Kind::Big moved from position 3 to 4, in src/kind.rs:9\n  Kind::Unknown moved from position 4 to 5, in src/kind.rs:12\n";
    let up = "  Kind::Small moved from position 2 to 1, in src/kind.rs:7\n";
    let other = "  Size::Small moved from position 2 to 1, in src/size.rs:7\n";

    assert_eq!(
        warned("     Summary no semver update required\n"),
        Verdict::None
    );
    assert_eq!(warned(&moved(down)), Verdict::None);
    assert_eq!(warned(&moved(&format!("{down}{other}"))), Verdict::None);
    assert_eq!(warned(&moved(&format!("{down}{up}"))), Verdict::Major);
    assert_eq!(
        warned("     Warning produced 0 major and 2 minor level warnings\n"),
        Verdict::Minor
    );
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
