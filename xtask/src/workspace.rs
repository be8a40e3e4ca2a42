//! The places of files in this workspace.

use std::path::{Path, PathBuf};
use std::{fs, io};

/// The workspace's root.
#[must_use]
pub fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().unwrap_or(manifest).to_path_buf()
}

/// Returns the path for diagnostics: relative to the workspace for a file inside of it, so that it is the same on every machine.
#[must_use]
pub fn display_name(path: &Path) -> String {
    path.strip_prefix(root())
        .unwrap_or(path)
        .display()
        .to_string()
}

/// Returns the folder of a file, `.` for a name alone.
pub(crate) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// The published description of this workspace's client, relative to the root.
pub const SPEC: &str = "spec/gitlab-pat.yaml";

/// The overlay with its corrections, relative to the root.
pub const OVERLAY: &str = "spec/gitlab-pat.overlay.yaml";

/// The emitted crate, relative to the root.
pub const OUT: &str = "generated-client";

/// Its package name.
pub const PACKAGE: &str = "gitlab-pat";

/// The fuzz targets, a workspace of their own, relative to the root.
pub const FUZZ: &str = "generator/fuzz";

/// Writes the manifest and the lock file of a workspace of emitted crates, each in a folder of its package's name.
///
/// The lock file is this workspace's, so that emitted crates are compiled with the same dependencies.
///
/// # Errors
///
/// Returns an error if a file can't be written.
pub fn write_manifest(folder: &Path, packages: &[impl AsRef<str>]) -> io::Result<()> {
    let members: Vec<String> = packages
        .iter()
        .map(|package| format!("{:?}", package.as_ref()))
        .collect();
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{}]\n",
        members.join(", ")
    );
    fs::write(folder.join("Cargo.toml"), manifest)?;
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock"))?;
    Ok(())
}
