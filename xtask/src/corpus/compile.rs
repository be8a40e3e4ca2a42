//! Compiles many crates in few workspaces, so that they share their dependencies.

use std::fmt::Write as _;
use std::io;
use std::path::Path;
use std::process::Command;

use super::{Entry, Generation, package};
use crate::workspace;

/// How many crates a workspace has. Cargo's own time grows faster than the number of members.
const WORKSPACE_SIZE: usize = 100;

/// One of Cargo's commands over a workspace.
pub(super) struct Tool {
    arguments: &'static [&'static str],
    /// What it says of a package that it fails on, before the name.
    failure: &'static str,
}

/// Compiles without generating code.
pub(super) const CHECK: &[Tool] = &[Tool {
    arguments: &["check", "--workspace", "--keep-going"],
    failure: "could not compile",
}];

/// Compiles with every lint that is on by default, and documents.
pub(super) const LINT: &[Tool] = &[
    Tool {
        arguments: &["clippy", "--workspace", "--keep-going"],
        failure: "could not compile",
    },
    Tool {
        arguments: &["doc", "--workspace", "--no-deps", "--keep-going"],
        failure: "could not document",
    },
];

/// Runs the tools over the crate of each entry and notes what they complain about.
pub(super) fn compile(entries: &mut [Entry], out: &Path, tools: &[Tool]) -> io::Result<()> {
    let emitted: Vec<usize> = entries
        .iter()
        .enumerate()
        .filter(|(_, entry)| matches!(entry.result, Generation::Emitted(_)))
        .map(|(number, _)| number)
        .collect();
    for numbers in emitted.chunks(WORKSPACE_SIZE) {
        let packages: Vec<String> = numbers.iter().map(|number| package(*number)).collect();
        workspace::write_manifest(&out.join("crates"), &packages)?;
        for tool in tools {
            let messages = tool.run(numbers, out)?;
            for number in numbers {
                if let Some(entry) = entries.get_mut(*number)
                    && let Some(complaint) = tool.complaint(&messages, &package(*number))
                {
                    entry.complaint.get_or_insert_default().push_str(&complaint);
                }
            }
        }
    }
    Ok(())
}

impl Tool {
    /// Returns what the tool printed.
    fn run(&self, numbers: &[usize], out: &Path) -> io::Result<String> {
        let output = Command::new(env!("CARGO"))
            .args(self.arguments)
            .args(["--color", "never"])
            .args(["--features", "blocking,serialize-secrets,test-util"])
            .env("CARGO_TARGET_DIR", out.join("target"))
            .current_dir(out.join("crates"))
            .output()?;
        let messages = String::from_utf8_lossy(&output.stderr).into_owned();
        let is_about_a_crate = numbers
            .iter()
            .any(|number| self.complaint(&messages, &package(*number)).is_some());
        if output.status.success() || is_about_a_crate {
            return Ok(messages);
        }
        let command = self.arguments.first().unwrap_or(&"");
        Err(io::Error::other(format!(
            "cargo {command} failed:\n{messages}"
        )))
    }

    /// Returns the messages about one package, or none where there are none.
    fn complaint(&self, messages: &str, package: &str) -> Option<String> {
        let failed = format!("{} `{package}`", self.failure);
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

        let first = CHECK[0].complaint(messages, "d1").unwrap();
        assert!(
            first.contains("E0425") && first.contains("src/lib.rs:1:1"),
            "{first}"
        );
        assert!(!first.contains("d2"), "{first}");
        assert!(CHECK[0].complaint(messages, "d2").is_some());
        assert_eq!(CHECK[0].complaint(messages, "d3"), None);
        assert_eq!(CHECK[0].complaint(messages, "d"), None);
    }
}
