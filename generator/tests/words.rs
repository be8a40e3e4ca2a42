//! Documents, code and messages use the words of OpenAPI, HTTP, OAuth and Rust, and none of the private ones that they once had. Code has
//! lines that rustfmt could format.

use std::fs;
use std::path::{Path, PathBuf};

/// Words that have one of the field's in their place: "response" for an answer, "cycle" for a circle, "after" for behind.
const WORDS: [&str; 40] = [
    "alive",
    "answer",
    "answered",
    "answering",
    "answers",
    "anybody",
    "behind",
    "born",
    "carrier",
    "carriers",
    "circle",
    "circles",
    "cleared_of",
    "concerned_by",
    "conjunction",
    "departure",
    "endless",
    "endlessly",
    "harmless",
    "ledger",
    "nobody",
    "obstacle",
    "obstacles",
    "passage",
    "refusal",
    "refusals",
    "scriptedanswer",
    "scrub",
    "scrubber",
    "scrubs",
    "settle_time",
    "sharedcalls",
    "stand",
    "stands",
    "tells",
    "threatened",
    "unsent",
    "whoever",
    "wish",
    "wishes",
];

/// Types that had a private name. In lower case most of these words are ordinary.
const TYPES: [&str; 13] = [
    "Book",
    "Draft",
    "Flight",
    "Grammar",
    "Layer",
    "Life",
    "LifeProof",
    "Loss",
    "Others",
    "Said",
    "Standing",
    "Turn",
    "Walk",
];

/// Ordinary uses of these words, and the former names in the changelog.
const ORDINARY: [&str; 7] = [
    "`ClientBuilder::settle_time`",
    "`ScriptedAnswer`",
    "keep-alive",
    "kept alive",
    "stand-in",
    "stand for",
    "stands for",
];

/// What people read: production code with its messages, and documents.
const READ: [&str; 14] = [
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "BENCHMARKS.md",
    "README.md",
    "SECURITY.md",
    "generated-client/README.md",
    "generated-client/examples",
    "generated-client/fake/src",
    "generator/BENCHMARKS.md",
    "generator/README.md",
    "generator/fuzz/README.md",
    "generator/fuzz/src",
    "generator/runtime/src",
    "generator/src",
];

fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the generator is a member of the workspace")
}

/// Adds a file, or the files of a folder without its tests.
fn collect(path: &Path, files: &mut Vec<PathBuf>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).expect("the folder is part of the workspace") {
            let path = entry.expect("an entry can be read").path();
            let is_test = path.file_stem().is_some_and(|name| name == "tests");
            let is_text = path
                .extension()
                .is_some_and(|name| name == "rs" || name == "md");
            if !is_test && (is_text || path.is_dir()) {
                collect(&path, files);
            }
        }
    } else {
        files.push(path.to_owned());
    }
}

/// Returns the first private word of a line.
fn private_word(line: &str) -> Option<String> {
    let line = ORDINARY
        .iter()
        .fold(line.to_owned(), |line, ordinary| line.replace(ordinary, ""));
    line.split(|c: char| !c.is_alphanumeric() && c != '_')
        .find(|word| TYPES.contains(word) || WORDS.contains(&&*word.to_lowercase()))
        .map(str::to_owned)
}

#[test]
fn no_private_word_is_left() {
    let mut files = Vec::new();
    for part in READ.into_iter().chain(["xtask/src"]) {
        collect(&workspace().join(part), &mut files);
    }
    assert!(files.len() > 300, "the folders hold {} files", files.len());

    let mut found = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).expect("a file can be read");
        let code = match text.find("#[cfg(test)]\nmod tests {") {
            Some(tests) => &text[..tests],
            None => &text,
        };
        for (line, number) in code.lines().zip(1..) {
            if let Some(word) = private_word(line) {
                let name = file.strip_prefix(workspace()).unwrap_or(&file);
                found.push(format!("{}:{number}: {word}", name.display()));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The longest line that may hold anything.
const LONGEST: usize = 160;
/// What a longer line may hold beside texts, which rustfmt does not break. It formats no call that has such a text among its arguments.
const BESIDE_TEXTS: usize = 60;

/// Returns whether a line is too long, beside the texts in it.
fn is_too_long(line: &str) -> bool {
    let mut is_text = false;
    let mut is_escaped = false;
    let code = line.trim().chars().filter(|c| {
        let is_quote = *c == '"' && !is_escaped;
        is_escaped = *c == '\\' && !is_escaped;
        is_text ^= is_quote;
        !is_text && !is_quote
    });
    line.chars().count() > LONGEST && code.count() > BESIDE_TEXTS
}

#[test]
fn no_line_of_code_is_too_long() {
    let mut files = Vec::new();
    for part in ["generator/src", "generator/runtime/src", "xtask/src"] {
        collect(&workspace().join(part), &mut files);
    }

    let mut found = Vec::new();
    for file in files
        .iter()
        .filter(|file| file.extension().is_some_and(|name| name == "rs"))
    {
        let text = fs::read_to_string(file).expect("a file can be read");
        for (line, number) in text.lines().zip(1..) {
            if is_too_long(line) {
                let name = file.strip_prefix(workspace()).unwrap_or(file);
                found.push(format!("{}:{number}", name.display()));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_long_text_is_no_long_line() {
    let text = "a".repeat(LONGEST);

    assert!(!is_too_long(&format!("let message = \"{text}\";")));
    assert!(!is_too_long(&format!("let message = \"\\\"{text}\";")));
    assert!(is_too_long(&format!("/// {text}")));
    assert!(is_too_long(&format!(
        "context.report(codes::UNSUPPORTED_BODY, &content.pointer, format!(\"{text}\"), \"{text}\");"
    )));
}

#[test]
fn ordinary_uses_are_none() {
    assert_eq!(
        private_word("/// What nobody reads."),
        Some("nobody".into())
    );
    assert_eq!(private_word("struct Ledger;"), Some("Ledger".into()));
    assert_eq!(private_word("`*` stands for one segment"), None);
    assert_eq!(private_word("the connection is kept alive"), None);
}
