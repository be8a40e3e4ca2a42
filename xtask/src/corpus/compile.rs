//! Compiles many crates in few workspaces, so that they share their dependencies.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::{fs, io};

use super::{Entry, Generation, package};
use crate::workspace;

/// How many crates a workspace has. Cargo's own time grows faster than the number of members.
const WORKSPACE_SIZE: usize = 100;

/// Compiles the crate of each entry and notes what the compiler complains about.
pub(super) fn check(entries: &mut [Entry], out: &Path) -> io::Result<()> {
    let emitted: Vec<usize> = entries
        .iter()
        .enumerate()
        .filter(|(_, entry)| matches!(entry.result, Generation::Emitted(_)))
        .map(|(number, _)| number)
        .collect();
    for numbers in emitted.chunks(WORKSPACE_SIZE) {
        let messages = check_workspace(numbers, out)?;
        for number in numbers {
            if let Some(entry) = entries.get_mut(*number) {
                entry.complaint = complaint(&messages, &package(*number));
            }
        }
    }
    Ok(())
}

fn check_workspace(numbers: &[usize], out: &Path) -> io::Result<String> {
    let folder = out.join("crates");
    let members: Vec<String> = numbers
        .iter()
        .map(|number| format!("{:?}", package(*number)))
        .collect();
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{}]\n",
        members.join(", ")
    );
    fs::write(folder.join("Cargo.toml"), manifest)?;
    fs::copy(
        workspace::root().join("Cargo.lock"),
        folder.join("Cargo.lock"),
    )?;
    let output = Command::new(env!("CARGO"))
        .args(["check", "--workspace", "--keep-going", "--color", "never"])
        .args(["--features", "blocking,serialize-secrets,test-util"])
        .env("CARGO_TARGET_DIR", out.join("target"))
        .current_dir(&folder)
        .output()?;
    let messages = String::from_utf8_lossy(&output.stderr).into_owned();
    let is_about_a_crate = numbers
        .iter()
        .any(|number| complaint(&messages, &package(*number)).is_some());
    if output.status.success() || is_about_a_crate {
        return Ok(messages);
    }
    Err(io::Error::other(format!("cargo check failed:\n{messages}")))
}

/// Returns the messages of the compiler about one package, or none where there are none.
fn complaint(messages: &str, package: &str) -> Option<String> {
    let failed = format!("could not compile `{package}` ");
    let warned = format!("warning: `{package}` ");
    if !messages
        .lines()
        .any(|line| line.contains(&failed) || line.starts_with(&warned))
    {
        return None;
    }
    let place = format!("--> {package}/");
    let mut text = String::new();
    for message in messages
        .split("\n\n")
        .filter(|message| message.contains(&place))
    {
        let mut lines = message
            .lines()
            .filter(|line| !line.trim_start().starts_with("Checking "));
        if let Some(first) = lines.next() {
            let place = message
                .lines()
                .find(|line| line.contains(&place))
                .unwrap_or_default();
            let _ = writeln!(text, "  {first} {}", place.trim());
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_complaint_belongs_to_its_package_alone() {
        let messages = "    Checking d1 v0.1.0\nerror[E0425]: cannot find value `x`\n --> d1/src/lib.rs:1:1\n  |\n\n\
                        error: could not compile `d1` (lib) due to 1 previous error\n\
                        warning: unused variable\n --> d2/src/lib.rs:4:2\n\n\
                        warning: `d2` (lib) generated 1 warning\n";

        let first = complaint(messages, "d1").unwrap();
        assert!(
            first.contains("E0425") && first.contains("src/lib.rs:1:1"),
            "{first}"
        );
        assert!(!first.contains("d2"), "{first}");
        assert!(complaint(messages, "d2").is_some());
        assert_eq!(complaint(messages, "d3"), None);
        assert_eq!(complaint(messages, "d"), None);
    }
}
