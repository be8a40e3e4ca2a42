//! `cargo fmt` leaves emitted crates alone.

use std::fs;
use std::process::{Command, Output};

use super::emitted;
use super::library::library;
use crate::Files;

/// Formats a crate as `cargo fmt --check` does: its root, and the modules that it leads to.
fn rustfmt(files: &Files) -> Output {
    let folder = tempfile::tempdir().unwrap();
    for (path, file) in files.iter().filter(|(path, _)| path.ends_with(".rs")) {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, file.text().as_bytes()).unwrap();
    }
    Command::new("rustfmt")
        .args(["--check", "--edition", "2024", "--style-edition", "2024"])
        .arg(folder.path().join("src/lib.rs"))
        .output()
        .unwrap()
}

#[test]
fn rustfmt_changes_nothing() {
    if Command::new("rustfmt").arg("--version").output().is_err() {
        let reason = "not tested: rustfmt is not installed";
        assert!(std::env::var_os("TEST_EVERYTHING").is_none(), "{reason}");
        println!("{reason}");
        return;
    }
    let output = rustfmt(&emitted(&library()));
    let complaints = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{complaints}{output:?}");
}
