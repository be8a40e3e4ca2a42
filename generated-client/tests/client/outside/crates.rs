//! A crate in a temporary directory, and cargo.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// Returns the client's directory.
pub(super) fn client() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Returns the workspace's directory.
pub(super) fn workspace() -> PathBuf {
    client()
        .parent()
        .expect("the client is a member")
        .to_owned()
}

/// Returns the target directory of the workspace. The crates use it, too, because it has most of their dependencies.
fn target() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .expect("a directory in the target directory")
}

/// A crate outside of the workspace.
pub(super) struct Crate {
    directory: TempDir,
}

impl Crate {
    /// Creates a crate with these dependencies (lines of a manifest) and the client, whose line has `options`.
    pub(super) fn new(name: &str, options: &str, rest: &str) -> Self {
        let directory = tempfile::tempdir().expect("a directory");
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [dependencies]\ngitlab-pat = {{ path = {:?}{options} }}\n{rest}\n[workspace]\n",
            client().display().to_string()
        );
        fs::write(directory.path().join("Cargo.toml"), manifest).expect("a manifest");
        // The versions of the workspace, which are on this machine.
        fs::copy(
            workspace().join("Cargo.lock"),
            directory.path().join("Cargo.lock"),
        )
        .expect("a lock file");
        Self { directory }
    }

    /// Adds a program.
    pub(super) fn program(self, name: &str, source: &str) -> Self {
        let programs = self.directory.path().join("src/bin");
        fs::create_dir_all(&programs).expect("a directory");
        fs::write(programs.join(format!("{name}.rs")), source).expect("a program");
        self
    }

    /// Runs cargo in the crate, without a network.
    pub(super) fn cargo(&self, arguments: &[&str]) -> Output {
        cargo(self.directory.path(), &[&["--offline"], arguments].concat())
    }

    /// Runs cargo, which must succeed, and returns the program's output.
    #[track_caller]
    pub(super) fn succeeds(&self, arguments: &[&str]) -> String {
        let output = self.cargo(arguments);
        assert!(
            output.status.success(),
            "cargo {arguments:?}:\n{}",
            text_of(&output)
        );
        String::from_utf8(output.stdout).expect("text")
    }
}

/// Runs cargo in a directory.
pub(super) fn cargo(directory: &Path, arguments: &[&str]) -> Output {
    let mut cargo = Command::new(env!("CARGO"));
    // Cargo's variables of this test's package would make build scripts run again.
    for (name, _) in std::env::vars_os() {
        let variables = ["CARGO_MANIFEST_", "CARGO_PKG_"];
        if variables
            .iter()
            .any(|start| name.to_string_lossy().starts_with(start))
        {
            cargo.env_remove(name);
        }
    }
    cargo
        .arg("--quiet")
        .args(arguments)
        .current_dir(directory)
        .env("CARGO_TARGET_DIR", target())
        .env("CARGO_TERM_COLOR", "never")
        .output()
        .expect("cargo runs")
}

/// Reports a test that can't run on this machine. The environment variable `TEST_EVERYTHING` makes that a failure.
#[track_caller]
pub(super) fn not_tested(reason: &str) {
    leave_out(reason, std::env::var_os("TEST_EVERYTHING").is_some());
}

#[track_caller]
fn leave_out(reason: &str, everything: bool) {
    assert!(!everything, "not tested: {reason}");
    println!("not tested: {reason}");
}

#[test]
fn a_test_that_cannot_run_is_skipped() {
    leave_out("there is no compiler", false);
}

#[test]
#[should_panic = "not tested: there is no compiler"]
fn a_test_that_cannot_run_fails_where_everything_is_tested() {
    leave_out("there is no compiler", true);
}

/// Returns the output of cargo and the program.
pub(super) fn text_of(output: &Output) -> String {
    [&output.stdout, &output.stderr]
        .map(|bytes| String::from_utf8_lossy(bytes).into_owned())
        .concat()
}

/// Returns the target triple of this test.
pub(super) fn host() -> String {
    let rustc = Command::new("rustc").arg("-vV").output().expect("rustc");
    let version = String::from_utf8(rustc.stdout).expect("text");
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    host.expect("rustc names its host").to_owned()
}
