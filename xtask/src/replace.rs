//! Replaces several files: all of them, or none.

use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::num::NonZero;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread;

/// The suffix of a file that is being written.
pub(crate) const TEMPORARY_SUFFIX: &str = ".xtask-tmp";

/// A difference between a file on disk and what it is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Relative to the folder of all changes.
    pub path: String,
    /// The file's current text, if it exists.
    pub before: Option<Vec<u8>>,
    /// The new text, or none if the file is to be removed.
    pub after: Option<String>,
}

/// The file that can't be written, and the reason.
#[derive(Debug)]
pub(crate) struct Failed(pub(crate) PathBuf, pub(crate) io::Error);

/// Makes changes in a folder. Each file is written to a temporary file and renamed. If one fails, the replaced files are restored.
pub(crate) fn replace(root: &Path, changes: &[Change]) -> Result<(), Failed> {
    let staged = stage_all(root, changes)?;
    for (done, (temporary, target)) in staged.iter().enumerate() {
        if let Err(error) = fs::rename(temporary, target) {
            discard(staged.get(done..).unwrap_or_default());
            restore(root, changes);
            return Err(Failed(target.clone(), error));
        }
    }
    for change in changes.iter().filter(|change| change.after.is_none()) {
        let target = root.join(&change.path);
        if let Err(error) = fs::remove_file(&target) {
            restore(root, changes);
            return Err(Failed(target, error));
        }
        remove_empty_parents(root, &target);
    }
    Ok(())
}

/// Writes the texts beside their targets, by as many threads as there are processors. If one fails, none stays.
fn stage_all(root: &Path, changes: &[Change]) -> Result<Vec<(PathBuf, PathBuf)>, Failed> {
    let texts: Vec<(PathBuf, &str)> = changes
        .iter()
        .filter_map(|change| Some((root.join(&change.path), change.after.as_deref()?)))
        .collect();
    let parents = texts.iter().filter_map(|(target, _)| target.parent());
    for folder in parents.collect::<BTreeSet<_>>() {
        fs::create_dir_all(folder).map_err(|error| Failed(folder.to_path_buf(), error))?;
    }
    let stage = |(target, text): &(PathBuf, &str)| match stage(target, text.as_bytes()) {
        Ok(temporary) => Ok((temporary, target.clone())),
        Err(error) => Err(Failed(target.clone(), error)),
    };
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let part = texts.len().div_ceil(threads).max(1);
    let results: Vec<_> = thread::scope(|scope| {
        let writers: Vec<_> = texts
            .chunks(part)
            .map(|part| scope.spawn(move || part.iter().map(stage).collect::<Vec<_>>()))
            .collect();
        let results = writers.into_iter().map(|writer| writer.join());
        results
            .flat_map(|results| results.unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    });
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

/// Writes the text beside the target. It is not made durable, which takes longer than a whole generation: what a failure of the machine
/// leaves is repaired by the next run.
fn stage(target: &Path, text: &[u8]) -> io::Result<PathBuf> {
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
    if let Err(error) = created.and_then(|mut file| file.write_all(text)) {
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

/// Restores the previous text of the files. If that fails, the next run repairs them, because it makes everything anew.
fn restore(root: &Path, changes: &[Change]) {
    for change in changes {
        let target = root.join(&change.path);
        match &change.before {
            Some(text) if fs::read(&target).ok().as_ref() != Some(text) => {
                if let Some(folder) = target.parent() {
                    let _ = fs::create_dir_all(folder);
                }
                if let Ok(temporary) = stage(&target, text)
                    && fs::rename(&temporary, &target).is_err()
                {
                    let _ = fs::remove_file(&temporary);
                }
            }
            Some(_) => {}
            None => {
                let _ = fs::remove_file(&target);
                remove_empty_parents(root, &target);
            }
        }
    }
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
    use super::{Change, replace};
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
            path: "a.yaml".to_owned(),
            before: None,
            after: Some("ours".to_owned()),
        };

        replace(folder.path(), &[change]).unwrap();

        assert_eq!(fs::read_to_string(&other).unwrap(), "theirs");
        let written = folder.path().join("a.yaml");
        assert!(written.symlink_metadata().unwrap().is_file());
        assert_eq!(fs::read_to_string(written).unwrap(), "ours");
        assert!(temporary.symlink_metadata().is_err());
    }
}
