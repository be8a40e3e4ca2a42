//! The places of files in this workspace.

use std::path::{Path, PathBuf};

/// The workspace's root.
#[must_use]
pub fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().unwrap_or(manifest).to_path_buf()
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
