//! Finds the documents in folders: JSON or YAML files that declare a version of OpenAPI at their root.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// A document and the version that it declares.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Candidate {
    pub(super) path: PathBuf,
    pub(super) version: String,
}

/// Returns the documents at these paths, in the order of their paths. Of files with equal content it returns the first.
pub(super) fn documents(paths: &[PathBuf]) -> io::Result<Vec<Candidate>> {
    let mut files = BTreeSet::new();
    for path in paths {
        collect(path, &mut files)?;
    }
    let mut contents = BTreeSet::new();
    let mut candidates = Vec::new();
    for path in files {
        let bytes = fs::read(&path).map_err(|error| at(&path, &error))?;
        let Some(version) = declared_version(&String::from_utf8_lossy(&bytes)) else {
            continue;
        };
        if contents.insert(bytes) {
            candidates.push(Candidate { path, version });
        }
    }
    Ok(candidates)
}

fn collect(path: &Path, files: &mut BTreeSet<PathBuf>) -> io::Result<()> {
    let metadata = fs::metadata(path).map_err(|error| at(path, &error))?;
    if !metadata.is_dir() {
        files.insert(path.to_path_buf());
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        let entry = entry?.path();
        let is_document = entry.extension().is_some_and(|extension| {
            ["json", "yaml", "yml"]
                .iter()
                .any(|known| extension == *known)
        });
        // A link may form a cycle or lead nowhere.
        if entry.is_symlink() {
            continue;
        }
        if entry.is_dir() || is_document {
            collect(&entry, files)?;
        }
    }
    Ok(())
}

fn at(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(
        error.kind(),
        format!("{} can't be read: {error}", path.display()),
    )
}

/// Returns the first two parts of the version that a text declares at its root, without reading it as a whole.
fn declared_version(text: &str) -> Option<String> {
    let text = text.trim_start_matches('\u{feff}');
    let is_json = text.trim_start().starts_with('{');
    let value = if is_json {
        json_root_member(text)?
    } else {
        text.lines().find_map(|line| {
            let line = line.trim_start_matches(['"', '\'']);
            let rest = line
                .strip_prefix("openapi")
                .or_else(|| line.strip_prefix("swagger"))?;
            rest.trim_start_matches(['"', '\''])
                .trim_start()
                .strip_prefix(':')
        })?
    };
    let version = value.trim_start().trim_start_matches(['"', '\'']);
    let digits: String = version
        .chars()
        .take_while(|character| character.is_ascii_digit() || *character == '.')
        .collect();
    let mut parts = digits.split('.');
    let (major, minor) = (parts.next()?, parts.next().unwrap_or("0"));
    matches!(major, "2" | "3").then(|| format!("{major}.{minor}"))
}

/// Returns the text after the colon of the member `openapi` or `swagger` of the outermost object.
fn json_root_member(text: &str) -> Option<&str> {
    let mut depth = 0_usize;
    let mut characters = text.char_indices();
    while let Some((start, character)) = characters.next() {
        match character {
            '{' | '[' => depth += 1,
            '}' | ']' => depth = depth.saturating_sub(1),
            '"' => {
                let mut end = start;
                while let Some((offset, character)) = characters.next() {
                    match character {
                        '\\' => _ = characters.next(),
                        '"' => {
                            end = offset;
                            break;
                        }
                        _ => {}
                    }
                }
                let key = text.get(start + 1..end)?;
                if depth == 1 && matches!(key, "openapi" | "swagger") {
                    let rest = text.get(end + 1..)?.trim_start();
                    if let Some(value) = rest.strip_prefix(':') {
                        return Some(value);
                    }
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_found_at_the_root_alone() {
        for (text, expected) in [
            ("openapi: 3.1.0\n", Some("3.1")),
            ("# a comment\n\"openapi\": '3.0.3'\n", Some("3.0")),
            ("swagger: 2\n", Some("2.0")),
            (
                "{\"info\": {\"openapi\": \"3.0.0\"}, \"swagger\": \"2.0\"}",
                Some("2.0"),
            ),
            (
                "{\"a\": \"\\\"openapi\", \"openapi\" : \"3.2.0\"}",
                Some("3.2"),
            ),
            ("info:\n  openapi: 3.0.0\n", None),
            ("openapi: true\n", None),
            ("{\"a\": \"openapi\"}", None),
            ("{\"unfinished", None),
        ] {
            assert_eq!(declared_version(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn folders_are_searched_and_copies_are_left_out() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("inner");
        fs::create_dir(&inner).unwrap();
        fs::write(folder.path().join("a.yaml"), "openapi: 3.0.0\n").unwrap();
        fs::write(inner.join("b.yml"), "openapi: 3.0.0\n").unwrap();
        fs::write(inner.join("c.json"), "{\"swagger\": \"2.0\"}").unwrap();
        fs::write(inner.join("d.txt"), "openapi: 3.0.0\n# other\n").unwrap();
        fs::write(inner.join("e.json"), "{}").unwrap();

        let found = documents(&[folder.path().to_path_buf()]).unwrap();

        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|candidate| {
                let name = candidate.path.file_name().unwrap().to_str().unwrap();
                (name, candidate.version.as_str())
            })
            .collect();
        assert_eq!(found, [("a.yaml", "3.0"), ("c.json", "2.0")]);
    }
}
