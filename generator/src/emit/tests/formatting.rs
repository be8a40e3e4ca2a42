//! `cargo fmt` leaves emitted files alone.

use std::fmt::Write as _;
use std::process::Command;

use super::emitted;
use super::library::library;

#[test]
fn rustfmt_changes_nothing() {
    if Command::new("rustfmt").arg("--version").output().is_err() {
        eprintln!("rustfmt is not at hand: not tested");
        return;
    }
    let folder = std::env::temp_dir().join(format!("emitted-{}", std::process::id()));
    let files = emitted(&library());
    let mut complaints = String::new();
    for (path, file) in files.iter().filter(|(path, _)| {
        path.ends_with(".rs") && !path.ends_with("mod.rs") && !path.ends_with("lib.rs")
    }) {
        let target = folder.join(path.replace('/', "_"));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(&target, &file.text).unwrap();
        let output = Command::new("rustfmt")
            .args(["--check", "--edition", "2024"])
            .arg(&target)
            .output()
            .unwrap();
        if !output.status.success() {
            writeln!(
                complaints,
                "{path}\n{}",
                String::from_utf8_lossy(&output.stdout)
            )
            .unwrap();
        }
    }
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(complaints.is_empty(), "{complaints}");
}
