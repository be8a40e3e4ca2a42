//! The documents that are measured.

use std::fs;
use std::path::Path;

/// A document and what corrects it.
pub(crate) struct Input {
    pub(crate) name: String,
    pub(crate) spec: Vec<u8>,
    pub(crate) overlay: Option<Vec<u8>>,
}

/// The document of this workspace's client.
const OWN: &str = "gitlab-pat.yaml";

impl Input {
    /// Returns the documents that are at hand.
    pub(crate) fn all() -> Vec<Self> {
        [
            OWN,
            "petstore.yaml",
            "github.json",
            "gitlab-openapi3.yaml",
            "gitlab-swagger2.yaml",
            "discord.json",
        ]
        .into_iter()
        .filter_map(Self::read)
        .collect()
    }

    /// Reads a document by its name.
    pub(crate) fn read(name: &str) -> Option<Self> {
        let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        let own = crate_folder.join("../spec");
        let folder = match name {
            OWN => own.clone(),
            _ => crate_folder.join("../../shared/specs"),
        };
        let Ok(spec) = fs::read(folder.join(name)) else {
            eprintln!("{name} is not at hand and not measured");
            return None;
        };
        let overlay = (name == OWN).then(|| {
            fs::read(own.join("gitlab-pat.overlay.yaml"))
                .expect("the overlay is part of the workspace")
        });
        Some(Self {
            name: name.to_owned(),
            spec,
            overlay,
        })
    }
}
