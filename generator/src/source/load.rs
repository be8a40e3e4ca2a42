//! How a document gets other files. The library itself touches no disk.

/// A file that was loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded {
    /// What diagnostics call it. All paths to one file give one name.
    pub name: String,
    /// YAML or JSON.
    pub bytes: Vec<u8>,
}

/// Why a file was not loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LoadError {
    /// There is no such file.
    Missing,
    /// The path leads to a folder.
    Folder,
    /// The path leads out of the folders that may be read.
    Outside,
    /// The file exists and can't be read, for the given reason.
    Unreadable(String),
}

/// Gives the files that a document refers to.
pub trait Load {
    /// Returns a file. The path has `/` between its parts and is relative to the folder of the entry document; one that leads out of that
    /// folder begins with `..`.
    ///
    /// # Errors
    ///
    /// Returns the reason when there is no such file, or when it may not be read.
    fn load(&self, path: &str) -> Result<Loaded, LoadError>;
}

impl<F: Fn(&str) -> Result<Loaded, LoadError>> Load for F {
    fn load(&self, path: &str) -> Result<Loaded, LoadError> {
        self(path)
    }
}
