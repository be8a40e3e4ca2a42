//! `cargo fmt` leaves emitted files alone.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use super::emitted;
use super::library::library;

/// Formats a text. Of a file, rustfmt would format the modules that it declares as well.
fn rustfmt(text: &str) -> Output {
    let mut rustfmt = Command::new("rustfmt")
        .args(["--edition", "2024", "--style-edition", "2024"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = rustfmt.stdin.take().unwrap();
    stdin.write_all(text.as_bytes()).unwrap();
    drop(stdin);
    rustfmt.wait_with_output().unwrap()
}

#[test]
fn rustfmt_changes_nothing() {
    if Command::new("rustfmt").arg("--version").output().is_err() {
        let reason = "not tested: rustfmt is not installed";
        assert!(std::env::var_os("TEST_EVERYTHING").is_none(), "{reason}");
        println!("{reason}");
        return;
    }
    let files = emitted(&library());
    let mut complaints = String::new();
    for (path, file) in files.iter().filter(|(path, _)| path.ends_with(".rs")) {
        let output = rustfmt(&file.text);
        assert!(output.status.success(), "{path}: {output:?}");
        let formatted = String::from_utf8(output.stdout).unwrap();
        for (number, (ours, its)) in (1..).zip(file.text.lines().zip(formatted.lines())) {
            if ours != its {
                writeln!(complaints, "{path}:{number}\n  {ours}\n  {its}").unwrap();
                break;
            }
        }
        if complaints.is_empty() {
            assert_eq!(file.text, formatted, "{path}");
        }
    }
    assert!(complaints.is_empty(), "{complaints}");
}
