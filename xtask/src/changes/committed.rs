//! Files as they are in the last commit, from a git process that starts before one is needed.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{self, Component, Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use crate::codegen::ReadFile;

/// A git process that gives the files in and below a folder.
pub(super) struct Committed {
    folder: PathBuf,
    git: Child,
    requests: ChildStdin,
    responses: BufReader<ChildStdout>,
}

impl Committed {
    /// Starts git. Returns nothing where it can't be run.
    pub(super) fn start(folder: &Path) -> Option<Self> {
        let mut git = Command::new("git")
            .arg("-C")
            .arg(folder)
            .args(["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let requests = git.stdin.take()?;
        let responses = BufReader::new(git.stdout.take()?);
        Some(Self {
            folder: path::absolute(folder).ok()?,
            git,
            requests,
            responses,
        })
    }

    /// Returns whether git says that files were committed as they were read from the disk.
    pub(super) fn has(&mut self, files: &[ReadFile]) -> bool {
        let mut files = files.iter();
        files.all(|file| self.file(&file.path).as_ref() == Some(&file.bytes))
    }

    fn file(&mut self, path: &Path) -> Option<Vec<u8>> {
        let path = path::absolute(path).ok()?;
        let path = path.strip_prefix(&self.folder).ok()?;
        let parts = path.components().map(|part| match part {
            Component::Normal(name) => name.to_str().filter(|name| !name.contains('\n')),
            _ => None,
        });
        let path = parts.collect::<Option<Vec<_>>>()?.join("/");
        writeln!(self.requests, "HEAD:./{path}").ok()?;
        let mut head = String::new();
        self.responses.read_line(&mut head).ok()?;
        // `<object> blob <size>`, or `<name> missing`.
        let size = head.trim_end().rsplit_once(" blob ")?.1.parse().ok()?;
        let mut bytes = vec![0; size];
        self.responses.read_exact(&mut bytes).ok()?;
        self.responses.read_exact(&mut [0]).ok()?;
        Some(bytes)
    }
}

impl Drop for Committed {
    fn drop(&mut self) {
        // Git may be writing a response that is not read.
        _ = self.git.kill();
        _ = self.git.wait();
    }
}
