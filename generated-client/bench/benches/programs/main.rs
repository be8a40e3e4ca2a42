//! The size of a program with one call, and the time of a build after an edit.
//!
//! Both programs are outside of the workspace, like those of users, with the workspace's versions of their dependencies.

use std::error::Error;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;
use std::{env, fs, io};

use bench::report;

const CLIENT: &str = include_str!("client.rs");
const BY_HAND: &str = include_str!("by_hand.rs");
const TOKEN: &str = include_str!("../../src/token.rs");

/// The number of edits. The shortest build counts, because other work on the machine can only slow it down.
const EDITS: usize = 15;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = env::temp_dir().join("gitlab-pat-bench");
    let client = Program::make(&folder.join("client"), CLIENT, &client_dependencies())?;
    let by_hand = Program::make(&folder.join("by-hand"), BY_HAND, BY_HAND_DEPENDENCIES)?;
    fs::write(by_hand.folder.join("src/token.rs"), TOKEN)?;

    report::head("bytes of a stripped program");
    report::row("without TLS", client.size()?, by_hand.size()?);

    client.rebuild(0)?;
    by_hand.rebuild(0)?;
    let (mut shortest, mut shortest_by_hand) = (f64::INFINITY, f64::INFINITY);
    for edit in 1..=EDITS {
        shortest = shortest.min(client.rebuild(edit)?);
        shortest_by_hand = shortest_by_hand.min(by_hand.rebuild(edit)?);
    }
    report::head("seconds to build again");
    report::row("after an edit", shortest, shortest_by_hand);
    Ok(())
}

/// A package outside of the workspace.
struct Program {
    folder: PathBuf,
    source: &'static str,
}

impl Program {
    fn make(folder: &Path, source: &'static str, dependencies: &str) -> io::Result<Self> {
        fs::create_dir_all(folder.join("src"))?;
        fs::copy(workspace().join("Cargo.lock"), folder.join("Cargo.lock"))?;
        let manifest = format!("{MANIFEST}{dependencies}");
        fs::write(folder.join("Cargo.toml"), manifest)?;
        let program = Self {
            folder: folder.to_owned(),
            source,
        };
        program.edit(0)?;
        Ok(program)
    }

    /// Edits the text that the program prints.
    fn edit(&self, number: usize) -> io::Result<()> {
        let source = self.source.replace("I am", &format!("I am {number}"));
        fs::write(self.folder.join("src/main.rs"), source)
    }

    fn build(&self, arguments: &[&str]) -> Result<(), Box<dyn Error>> {
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        // Settings of this machine that change builds.
        for (name, _) in env::vars_os().filter(|(name, _)| changes_builds(name)) {
            cargo.env_remove(name);
        }
        let output = cargo
            .arg("build")
            .args(arguments)
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            .output()?;
        if output.status.success() {
            Ok(())
        } else {
            Err(String::from_utf8_lossy(&output.stderr).into())
        }
    }

    fn size(&self) -> Result<f64, Box<dyn Error>> {
        self.build(&["--release"])?;
        let executable = format!("target/release/program{}", env::consts::EXE_SUFFIX);
        Ok(fs::metadata(self.folder.join(executable))?.len() as f64)
    }

    /// Returns the time of a build after an edit, in seconds.
    fn rebuild(&self, edit: usize) -> Result<f64, Box<dyn Error>> {
        self.edit(edit)?;
        let begun = Instant::now();
        self.build(&[])?;
        Ok(begun.elapsed().as_secs_f64())
    }
}

/// Returns whether an environment variable changes how cargo builds.
fn changes_builds(name: &OsStr) -> bool {
    let prefixes = [
        "CARGO_BUILD_",
        "CARGO_INCREMENTAL",
        "CARGO_PROFILE_",
        "RUSTFLAGS",
    ];
    name.to_str()
        .is_some_and(|name| prefixes.iter().any(|prefix| name.starts_with(prefix)))
}

fn workspace() -> &'static Path {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.ancestors().nth(2).unwrap_or(package)
}

const MANIFEST: &str = r#"
[package]
name = "program"
version = "0.1.0"
edition = "2024"

[workspace]

[profile.release]
strip = true

[dependencies]
tokio = { version = "1", features = ["macros", "rt"] }
"#;

const BY_HAND_DEPENDENCIES: &str = r#"
jiff = { version = "1", features = ["serde"] }
reqwest = { version = "0.13", default-features = false, features = ["json"] }
serde = { version = "1", features = ["derive"] }
"#;

fn client_dependencies() -> String {
    format!(
        "gitlab-pat = {{ path = {:?}, default-features = false, features = [\"reqwest\"] }}\n",
        workspace().join("generated-client")
    )
}
