//! Replaces several files: all of them, or none.

use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use generator::parallel;

/// The suffix of a file that is being written.
pub(crate) const TEMPORARY_SUFFIX: &str = ".xtask-tmp";

/// A difference between a file on disk and what it is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Relative to the folder of all changes.
    pub path: PathBuf,
    /// The file's current text, if it exists.
    pub before: Option<Vec<u8>>,
    /// The new text, or none if the file is to be removed.
    pub after: Option<String>,
}

/// Why files are not replaced.
#[derive(Debug)]
pub(crate) struct Failed {
    /// The file that can't be written.
    pub(crate) path: PathBuf,
    /// The reason.
    pub(crate) error: io::Error,
    /// The files that are changed nevertheless, because they can't be restored.
    pub(crate) changed: Vec<PathBuf>,
}

impl Failed {
    /// Nothing is changed.
    fn early(path: &Path, error: io::Error) -> Self {
        Self {
            path: path.to_path_buf(),
            error,
            changed: Vec::new(),
        }
    }
}

/// When a text reaches the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flush {
    /// Before its file is in its place. A failure of the machine leaves the earlier text or the new one.
    First,
    /// When the system writes it. A failure of the machine may leave an empty file; thousands of files take less time.
    Later,
}

/// Makes changes in a folder. Each file is written to a temporary file and renamed. If one fails, the replaced files are restored.
pub(crate) fn replace(root: &Path, changes: &[Change], flush: Flush) -> Result<(), Failed> {
    let staged = stage_all(root, changes, flush)?;
    let (written, removed): (Vec<_>, Vec<_>) =
        changes.iter().partition(|change| change.after.is_some());
    let failed = |path: &Path, error, done: &[&Change]| Failed {
        path: path.to_path_buf(),
        error,
        changed: restore(root, done, flush),
    };
    for (done, (temporary, target)) in staged.iter().enumerate() {
        if let Err(error) = fs::rename(temporary, target) {
            discard(staged.get(done..).unwrap_or_default());
            let failed = failed(target, error, written.get(..done).unwrap_or_default());
            for change in &written {
                // Only a folder that was made for this is empty.
                remove_empty_parents(root, &root.join(&change.path));
            }
            return Err(failed);
        }
    }
    let mut done = written;
    for change in removed {
        let target = root.join(&change.path);
        if let Err(error) = fs::remove_file(&target) {
            return Err(failed(&target, error, &done));
        }
        remove_empty_parents(root, &target);
        done.push(change);
    }
    Ok(())
}

/// Writes the texts beside their targets, by as many threads as there are processors. If one fails, none stays.
fn stage_all(
    root: &Path,
    changes: &[Change],
    flush: Flush,
) -> Result<Vec<(PathBuf, PathBuf)>, Failed> {
    let texts: Vec<(PathBuf, &str)> = changes
        .iter()
        .filter_map(|change| Some((root.join(&change.path), change.after.as_deref()?)))
        .collect();
    let parents = texts.iter().filter_map(|(target, _)| target.parent());
    for folder in parents.collect::<BTreeSet<_>>() {
        fs::create_dir_all(folder).map_err(|error| Failed::early(folder, error))?;
    }
    let stage = |(target, text): &(PathBuf, &str)| match stage(target, text.as_bytes(), flush) {
        Ok(temporary) => Ok((temporary, target.clone())),
        Err(error) => Err(Failed::early(target, error)),
    };
    let results = parallel::map(&texts, stage);
    let mut staged = Vec::with_capacity(results.len());
    let mut failure = None;
    for result in results {
        match result {
            Ok(one) => staged.push(one),
            Err(failed) => _ = failure.get_or_insert(failed),
        }
    }
    match failure {
        Some(failed) => {
            discard(&staged);
            Err(failed)
        }
        None => Ok(staged),
    }
}

/// Writes the text beside the target.
fn stage(target: &Path, text: &[u8], flush: Flush) -> io::Result<PathBuf> {
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(TEMPORARY_SUFFIX);
    let temporary = target.with_file_name(name);
    // A killed run may have left one. What is there may also be a link, which must not be followed.
    match fs::remove_file(&temporary) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let created = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&temporary);
    let written = created.and_then(|mut file| {
        file.write_all(text)?;
        match flush {
            Flush::First => file.sync_all(),
            Flush::Later => Ok(()),
        }
    });
    if let Err(error) = written {
        // The error that counts is the first; a leftover goes with the next run.
        let _ = fs::remove_file(&temporary);
        return Err(error);
    }
    Ok(temporary)
}

fn discard(staged: &[(PathBuf, PathBuf)]) {
    for (temporary, _) in staged {
        let _ = fs::remove_file(temporary);
    }
}

/// Restores the previous text of the files. Returns those that can't be restored.
fn restore(root: &Path, changes: &[&Change], flush: Flush) -> Vec<PathBuf> {
    let mut changed = Vec::new();
    for change in changes {
        let target = root.join(&change.path);
        let restored = match &change.before {
            Some(text) => put_back(&target, text, flush),
            None => fs::remove_file(&target),
        };
        match restored {
            Ok(()) => remove_empty_parents(root, &target),
            Err(_) => changed.push(target),
        }
    }
    changed
}

fn put_back(target: &Path, text: &[u8], flush: Flush) -> io::Result<()> {
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder)?;
    }
    write(target, text, flush)
}

/// Writes one file in a folder that exists: all of it or, if that fails, nothing.
pub(crate) fn write(target: &Path, text: &[u8], flush: Flush) -> io::Result<()> {
    let temporary = stage(target, text, flush)?;
    let renamed = fs::rename(&temporary, target);
    if renamed.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    renamed
}

fn remove_empty_parents(root: &Path, removed: &Path) {
    let mut directory = removed.parent();
    while let Some(current) = directory {
        // Fails on a folder that is not empty, which ends the loop.
        if current == root || fs::remove_dir(current).is_err() {
            return;
        }
        directory = current.parent();
    }
}

#[cfg(test)]
mod tests {
    use super::{Change, Flush, replace, restore};
    use std::fs;
    use tempfile::TempDir;

    #[cfg(unix)]
    #[test]
    fn a_link_in_the_place_of_the_temporary_file_is_not_followed() {
        let folder = TempDir::new().unwrap();
        let other = folder.path().join("other");
        fs::write(&other, "theirs").unwrap();
        let temporary = folder.path().join("a.yaml.xtask-tmp");
        std::os::unix::fs::symlink(&other, &temporary).unwrap();
        let change = Change {
            path: "a.yaml".into(),
            before: None,
            after: Some("ours".to_owned()),
        };

        replace(folder.path(), &[change], Flush::First).unwrap();

        assert_eq!(fs::read_to_string(&other).unwrap(), "theirs");
        let written = folder.path().join("a.yaml");
        assert!(written.symlink_metadata().unwrap().is_file());
        assert_eq!(fs::read_to_string(written).unwrap(), "ours");
        assert!(temporary.symlink_metadata().is_err());
    }

    fn change(path: &str, before: Option<&str>, after: Option<&str>) -> Change {
        Change {
            path: path.into(),
            before: before.map(|text| text.as_bytes().to_vec()),
            after: after.map(str::to_owned),
        }
    }

    #[test]
    fn what_was_done_before_a_failure_is_undone() {
        let folder = TempDir::new().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("a"), "old").unwrap();
        fs::create_dir_all(path("d/in the way")).unwrap();
        let writes = [
            change("a", Some("old"), Some("new")),
            change("b/c", None, Some("new")),
            change("d", None, Some("new")),
            change("e/f", None, Some("new")),
        ];
        let removal = [
            change("a", Some("old"), None),
            change("b/c", None, Some("new")),
            change("d", Some("old"), None),
        ];
        for changes in [&writes[..], &removal] {
            let failed = replace(folder.path(), changes, Flush::Later).unwrap_err();
            assert_eq!(failed.path, path("d"));
            assert!(failed.changed.is_empty(), "{failed:?}");
            assert_eq!(fs::read_to_string(path("a")).unwrap(), "old");
            let names = fs::read_dir(folder.path()).unwrap();
            let mut names: Vec<_> = names.map(|entry| entry.unwrap().file_name()).collect();
            names.sort();
            assert_eq!(names, ["a", "d"]);
        }
    }

    #[test]
    fn what_cannot_be_restored_is_named() {
        let folder = TempDir::new().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::create_dir_all(path("a/in the way")).unwrap();
        fs::write(path("b"), "new").unwrap();
        let changes = [
            change("a", Some("old"), Some("new")),
            change("b", Some("old"), Some("new")),
            change("c", None, Some("new")),
        ];
        let changes: Vec<&Change> = changes.iter().collect();

        let changed = restore(folder.path(), &changes, Flush::First);

        assert_eq!(changed, [path("a"), path("c")]);
        assert_eq!(fs::read_to_string(path("b")).unwrap(), "old");
    }
}
