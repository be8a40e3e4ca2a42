//! What is particular to one API lives in `spec/`: neither the generator nor the runtime has a word of it.

use std::fs;
use std::path::{Path, PathBuf};

/// In pieces, so that this file does not hold them either.
const WORDS: [&str; 4] = [
    concat!("git", "lab"),
    concat!("personal", "_access"),
    "x-next-page",
    "private-token",
];

fn files_below(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder is part of the workspace") {
        let path = entry.expect("an entry can be read").path();
        if path.is_dir() {
            files_below(&path, files);
        } else {
            files.push(path);
        }
    }
}

#[test]
fn no_word_of_one_api_stands_in_the_generator_or_the_runtime() {
    let generator = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    files_below(&generator.join("src"), &mut files);
    files_below(&generator.join("runtime"), &mut files);
    assert!(files.len() > 20, "the folders hold {} files", files.len());

    let mut found = Vec::new();
    for file in files {
        let text =
            String::from_utf8_lossy(&fs::read(&file).expect("a file can be read")).to_lowercase();
        for (number, line) in text.lines().enumerate() {
            if let Some(word) = WORDS.iter().find(|word| line.contains(**word)) {
                found.push(format!("{}:{}: {word}", file.display(), number + 1));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
