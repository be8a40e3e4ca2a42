//! Lowering reads documents by the views of the tables alone: a misspelt keyword does not compile.

use std::fs;
use std::path::{Path, PathBuf};

/// The calls that read a member by its name.
const READS: [&str; 10] = [
    ".get(\"",
    ".key(\"",
    ".has(\"",
    ".text(\"",
    ".flag(\"",
    ".child(\"",
    ".members(\"",
    ".elements(\"",
    ".contains_key(\"",
    "as_object()",
];

fn sources(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder is part of the workspace") {
        let path = entry.expect("an entry can be read").path();
        if path.is_dir() {
            if path.file_name().is_none_or(|name| name != "tests") {
                sources(&path, files);
            }
        } else {
            files.push(path);
        }
    }
}

#[test]
fn lowering_reads_no_member_by_its_name() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lower");
    let mut files = Vec::new();
    sources(&folder, &mut files);
    assert!(files.len() > 20, "the folder holds {} files", files.len());
    let mut found = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).expect("a file can be read");
        for (number, line) in text.lines().enumerate() {
            if READS.iter().any(|read| line.contains(read)) {
                found.push(format!(
                    "{}:{}: {}",
                    file.display(),
                    number + 1,
                    line.trim()
                ));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
