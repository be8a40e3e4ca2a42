//! Gives the generator the files that a document refers to.

use std::cell::{Cell, RefCell};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use generator::source::{Load, LoadError, Loaded};

use super::ReadFile;
use crate::workspace::{display_name, folder_of};

/// The files of a description: those in the folder of its entry document, and those in folders that the caller permits.
#[derive(Debug)]
pub struct Files {
    folder: PathBuf,
    /// The folders that may be read, without symbolic links.
    roots: Vec<PathBuf>,
    /// What has been read.
    read: RefCell<Vec<ReadFile>>,
    /// Whether a file that the document refers to could not be read.
    lacks_any: Cell<bool>,
}

impl Files {
    /// The files of the description with the given entry document.
    #[must_use]
    pub fn of(entry: &Path, allowed: &[PathBuf]) -> Self {
        let folder = folder_of(entry).to_path_buf();
        let roots = std::iter::once(&folder).chain(allowed);
        Self {
            roots: roots.filter_map(|root| root.canonicalize().ok()).collect(),
            read: RefCell::default(),
            lacks_any: Cell::default(),
            folder,
        }
    }

    /// Returns the files that have been read, or nothing if one could not be read.
    pub(super) fn into_read(self) -> Option<Vec<ReadFile>> {
        (!self.lacks_any.get()).then(|| self.read.into_inner())
    }

    fn read(&self, path: &str) -> Result<Loaded, LoadError> {
        let file = self.folder.join(path);
        let file = file.canonicalize().map_err(reason)?;
        if !self.roots.iter().any(|root| file.starts_with(root)) {
            return Err(LoadError::Outside);
        }
        if file.is_dir() {
            return Err(LoadError::Folder);
        }
        let name = self.name(&file);
        let bytes = fs::read(&file).map_err(reason)?;
        self.read.borrow_mut().push(ReadFile {
            path: file,
            name: name.clone(),
            bytes: bytes.clone(),
        });
        Ok(Loaded { name, bytes })
    }

    /// The name of a file for diagnostics: that of the entry document's folder, and the rest of its path without symbolic links.
    fn name(&self, file: &Path) -> String {
        let folder = self.roots.first().map(|root| file.strip_prefix(root));
        let path = match folder {
            Some(Ok(rest)) if self.folder == Path::new(".") => rest.to_path_buf(),
            Some(Ok(rest)) => self.folder.join(rest),
            _ => file.to_path_buf(),
        };
        display_name(&path)
    }
}

impl Load for Files {
    fn load(&self, path: &str) -> Result<Loaded, LoadError> {
        let loaded = self.read(path);
        if loaded.is_err() {
            self.lacks_any.set(true);
        }
        loaded
    }
}

fn reason(error: io::Error) -> LoadError {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => LoadError::Missing,
        _ => LoadError::Unreadable(error.to_string()),
    }
}
