//! A crate in a temporary directory, and cargo.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// The client's own directory.
pub(super) fn client() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The workspace's directory.
pub(super) fn workspace() -> PathBuf {
    client()
        .parent()
        .expect("the client is a member")
        .to_owned()
}

/// Where the workspace is built, and the crates as well: most of what they need is there already.
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
    /// A crate with these dependencies (lines of a manifest) besides the client, whose own line has `options`.
    pub(super) fn new(name: &str, options: &str, rest: &str) -> Self {
        let directory = tempfile::tempdir().expect("a directory");
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [dependencies]\ngitlab-pat = {{ path = {:?}{options} }}\n{rest}\n[workspace]\n",
            client().display().to_string()
        );
        fs::write(directory.path().join("Cargo.toml"), manifest).expect("a manifest");
        // The versions that the workspace was tested with, which are here already.
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

    /// Runs cargo, which must succeed; what the program said.
    #[track_caller]
    pub(super) fn succeeds(&self, arguments: &[&str]) -> String {
        let output = self.cargo(arguments);
        assert!(
            output.status.success(),
            "cargo {arguments:?}:\n{}",
            said(&output)
        );
        String::from_utf8(output.stdout).expect("text")
    }
}

/// Runs cargo in a directory.
pub(super) fn cargo(directory: &Path, arguments: &[&str]) -> Output {
    let mut cargo = Command::new(env!("CARGO"));
    // What cargo has told this test of its own package would make build scripts run again.
    for (name, _) in std::env::vars_os() {
        let told = ["CARGO_MANIFEST_", "CARGO_PKG_"];
        if told
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
fn a_test_may_be_left_out() {
    leave_out("there is no compiler", false);
}

#[test]
#[should_panic = "not tested: there is no compiler"]
fn no_test_is_left_out_where_everything_is_tested() {
    leave_out("there is no compiler", true);
}

/// What cargo and the program said.
pub(super) fn said(output: &Output) -> String {
    [&output.stdout, &output.stderr]
        .map(|bytes| String::from_utf8_lossy(bytes).into_owned())
        .concat()
}

/// The platform that this is compiled for, as rustc names it.
pub(super) fn host() -> String {
    let rustc = Command::new("rustc").arg("-vV").output().expect("rustc");
    let version = String::from_utf8(rustc.stdout).expect("text");
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    host.expect("rustc names its host").to_owned()
}
