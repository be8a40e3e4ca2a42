//! What holds of every emitted crate.

use generator::Files;

/// Asserts that every file of Rust parses.
pub(crate) fn assert_rust(files: &Files) {
    for (path, file) in files.iter().filter(|(path, _)| path.ends_with(".rs")) {
        if let Err(error) = syn::parse_file(&file.text()) {
            panic!("{path} is no Rust: {error}\n{}", file.text());
        }
    }
}
