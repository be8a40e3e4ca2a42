//! Files for new secrets. A file has its space on the disk before a token is rotated, and gets its name only after the secret is on the
//! disk. This module is independent of tokens.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

/// Bytes that are written in advance. A secret takes some dozens, a whole response about a thousand.
const RESERVED: usize = 4096;

/// A directory for files that only their owner can read.
#[derive(Debug)]
pub struct SecretStore {
    directory: PathBuf,
    create: fn(&Path) -> io::Result<Box<dyn Storage>>,
}

impl SecretStore {
    /// Opens a directory after a probe, which writes, syncs and removes a file.
    pub fn open(directory: &Path) -> io::Result<Self> {
        Self::with_storage(directory, create_private)
    }

    /// Opens a directory whose files are created by `create`.
    pub fn with_storage(
        directory: &Path,
        create: fn(&Path) -> io::Result<Box<dyn Storage>>,
    ) -> io::Result<Self> {
        // An empty path is the current directory.
        let directory = if directory.as_os_str().is_empty() {
            Path::new(".")
        } else {
            directory
        };
        let store = Self {
            directory: directory.to_owned(),
            create,
        };
        store
            .reserve(&format!("probe-{}", std::process::id()))?
            .discard()?;
        Ok(store)
    }

    /// Reserves the file `<name>.token`. Its space is allocated on the disk when this returns.
    ///
    /// Until the secret is written, the file is called `<name>.token.part`. If it, `<name>.token` or `<name>.response` exists, this is an
    /// error: `.token` holds a secret, `.response` may hold one, and `.token.part` belongs to another or an interrupted run.
    pub fn reserve(&self, name: &str) -> io::Result<SecretFile> {
        let path = self.directory.join(format!("{name}.token"));
        let part = self.directory.join(format!("{name}.token.part"));
        let storage = (self.create)(&part).map_err(|error| explain(&part, &error))?;
        let mut file = SecretFile {
            storage,
            part,
            path,
        };
        // No other run can create the file now, because it would have to create the `.part` first.
        let vacant = vacant(&file.path).and_then(|()| vacant(&file.response_path()));
        let prepared =
            vacant.and_then(|()| file.prepare().map_err(|error| explain(&file.part, &error)));
        if let Err(error) = prepared {
            // The first error is the one to report. The next run reports a file that remains.
            let _ = file.discard();
            return Err(error);
        }
        Ok(file)
    }
}

/// A file that waits for its secret.
pub struct SecretFile {
    storage: Box<dyn Storage>,
    part: PathBuf,
    path: PathBuf,
}

impl SecretFile {
    fn prepare(&mut self) -> io::Result<()> {
        // Line ends, so that the secret is a line of its own even if a crash keeps the file from being shortened.
        self.storage.replace(&[b'\n'; RESERVED])?;
        sync_directory(&self.path)
    }

    /// The name for a response that may hold the secret.
    fn response_path(&self) -> PathBuf {
        self.path.with_extension("response")
    }

    /// Writes a response in which no secret was found, under the name `<name>.response`.
    pub fn keep_response(mut self, response: &[u8]) -> Result<PathBuf, KeepError> {
        self.path = self.response_path();
        self.keep(response)
    }

    /// Writes an error response in which no secret was found, under the first name of `<name>.error-1.response`, `<name>.error-2.response` and so
    /// on that is free. It most likely holds no secret, so it does not prevent another rotation. If the file before that one holds the same
    /// response, returns its path instead.
    pub fn keep_error_response(mut self, response: &[u8]) -> Result<PathBuf, KeepError> {
        let name = |number| self.path.with_extension(format!("error-{number}.response"));
        // A name that can't be looked up counts as taken. No other run can take one now, because it would have to create the `.part` first.
        let is_free = |path: &PathBuf| path.try_exists().is_ok_and(|exists| !exists);
        let mut newest: Option<PathBuf> = None;
        for path in (1..=u16::MAX).map(name) {
            if is_free(&path) {
                self.path = path;
                return match newest {
                    Some(kept) if holds(&kept, response) => {
                        // The next run reports a file that remains.
                        let _ = self.discard();
                        Ok(kept)
                    }
                    _ => self.keep(response),
                };
            }
            newest = Some(path);
        }
        match self.storage.replace(response) {
            Ok(()) => Err(KeepError::Misplaced {
                path: self.part,
                error: io::Error::new(io::ErrorKind::AlreadyExists, "no name is free"),
            }),
            Err(error) => Err(self.not_written(error)),
        }
    }

    /// Writes the secret, gives the file its name and returns its path. Everything is on the disk by then.
    pub fn keep(mut self, secret: &[u8]) -> Result<PathBuf, KeepError> {
        if let Err(error) = self.storage.replace(secret) {
            return Err(self.not_written(error));
        }
        let renamed = fs::rename(&self.part, &self.path);
        let Err(error) = renamed.and_then(|()| sync_directory(&self.path)) else {
            return Ok(self.path);
        };
        // The secret is on the disk, unless its file was removed.
        for path in [&self.path, &self.part] {
            if holds(path, secret) {
                let path = path.clone();
                return Err(KeepError::Misplaced { path, error });
            }
        }
        Err(self.not_written(error))
    }

    fn not_written(self, error: io::Error) -> KeepError {
        KeepError::NotWritten(NotWritten {
            error,
            part: self.part,
        })
    }

    /// Removes the file.
    pub fn discard(self) -> io::Result<()> {
        drop(self.storage);
        fs::remove_file(&self.part)
    }
}

/// The reason why a secret is not in its file.
#[derive(Debug)]
pub enum KeepError {
    /// The secret is in this file, which could not be renamed, or whose name may not be on the disk yet.
    Misplaced {
        /// The file that holds the secret.
        path: PathBuf,
        /// The failure.
        error: io::Error,
    },
    /// No file holds the secret.
    NotWritten(NotWritten),
}

/// A secret that could not be written.
#[derive(Debug)]
pub struct NotWritten {
    /// The failure.
    pub error: io::Error,
    /// The file that should hold it.
    pub part: PathBuf,
}

impl NotWritten {
    /// Removes what remains of the file.
    pub fn clean_up(&self) {
        // The next run reports a file that can't be removed.
        let _ = fs::remove_file(&self.part);
    }
}

/// A file that is open for writing. Tests replace it with a file on a full disk.
pub trait Storage: Send {
    /// Replaces the contents and returns when they are on the disk.
    fn replace(&mut self, contents: &[u8]) -> io::Result<()>;
}

impl Storage for File {
    /// Writes in place: the space that the file has is enough for a shorter text.
    fn replace(&mut self, contents: &[u8]) -> io::Result<()> {
        self.seek(SeekFrom::Start(0))?;
        self.write_all(contents)?;
        // The contents are on the disk before the rest is cut off, so that a crash never leaves less than the contents.
        self.sync_all()?;
        self.set_len(contents.len() as u64)?;
        self.sync_all()
    }
}

/// Creates a file that only its owner can read. An existing file is an error.
pub fn create_private(path: &Path) -> io::Result<Box<dyn Storage>> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    Ok(Box::new(options.open(path)?))
}

/// Waits until the names in a file's directory are on the disk.
#[cfg(unix)]
fn sync_directory(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(directory) => File::open(directory)?.sync_all(),
        None => Ok(()),
    }
}

/// Windows offers no such call.
#[cfg(not(unix))]
fn sync_directory(_path: &Path) -> io::Result<()> {
    Ok(())
}

fn explain(path: &Path, error: &io::Error) -> io::Error {
    let path = path.display();
    let text = if error.kind() == io::ErrorKind::AlreadyExists {
        format!(
            "{path} exists: another run is in progress or was interrupted; keep the secret if it holds one, then remove it"
        )
    } else if error.kind() == io::ErrorKind::NotFound {
        format!(
            "{path} can't be created, because its directory does not exist; create the directory first"
        )
    } else {
        format!("{path}: {error}")
    };
    io::Error::new(error.kind(), text)
}

/// Returns whether a file has these contents.
fn holds(path: &Path, contents: &[u8]) -> bool {
    fs::read(path).is_ok_and(|found| found == contents)
}

/// Returns an error if the file exists.
fn vacant(path: &Path) -> io::Result<()> {
    if !path.try_exists().map_err(|error| explain(path, &error))? {
        return Ok(());
    }
    let text = format!(
        "{} exists and may hold a secret: keep it, then remove the file",
        path.display()
    );
    Err(io::Error::new(io::ErrorKind::AlreadyExists, text))
}
