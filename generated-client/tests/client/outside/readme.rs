//! The examples of the READMEs compile with the dependencies that the READMEs name, and run unless they are `no_run`.

use std::fs;
use std::path::Path;

use super::crates::{Crate, client, workspace};

/// A block of code in a README: the words after its fence, and its text.
struct Block {
    info: String,
    text: String,
}

fn blocks(readme: &Path) -> Vec<Block> {
    let text =
        fs::read_to_string(readme).unwrap_or_else(|error| panic!("{}: {error}", readme.display()));
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for line in text.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(info)) => {
                open = Some(Block {
                    info: info.trim().to_owned(),
                    text: String::new(),
                });
            }
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some(block), None) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            (None, None) => {}
        }
    }
    assert!(
        open.is_none(),
        "{}: a block without an end",
        readme.display()
    );
    blocks
}

/// Returns the program of a block, as rustdoc creates it: lines after `# ` are part of it, and `main` is added if there is none.
fn program(text: &str) -> String {
    let visible: String = text
        .lines()
        .map(|line| match line.strip_prefix("# ") {
            Some(hidden) => hidden,
            None if line == "#" => "",
            None => line,
        })
        .map(|line| format!("{line}\n"))
        .collect();
    if visible.contains("fn main()") {
        format!("#![allow(unused)]\n{visible}")
    } else {
        format!(
            "#![allow(unused)]\n#[tokio::main]\nasync fn main() -> Result<(), Box<dyn std::error::Error>> {{\n{visible}\nOk(())\n}}\n"
        )
    }
}

/// Returns the dependencies that a README names, without the client's line.
fn dependencies(blocks: &[Block]) -> String {
    let manifest = blocks
        .iter()
        .find(|block| block.info == "toml" && block.text.contains("[dependencies]"))
        .expect("the README names the dependencies");
    assert!(manifest.text.contains("gitlab-pat = "), "{}", manifest.text);
    manifest
        .text
        .lines()
        .filter(|line| *line != "[dependencies]" && !line.starts_with("gitlab-pat = "))
        .map(|line| format!("{line}\n"))
        .collect()
}

#[test]
fn every_rust_block_compiles_and_runs() {
    let mut dependencies_named = String::new();
    let mut programs = Vec::new();
    let mut runnable = Vec::new();
    for (name, readme) in [
        ("workspace", workspace().join("README.md")),
        ("client", client().join("README.md")),
    ] {
        let blocks = blocks(&readme);
        if name == "workspace" {
            dependencies_named = dependencies(&blocks);
        }
        let before = programs.len();
        for block in blocks.iter().filter(|block| block.info.starts_with("rust")) {
            assert!(
                !block.info.contains("ignore"),
                "{}: a block is not checked",
                readme.display()
            );
            let program_name = format!("{name}_{}", programs.len());
            if !block.info.contains("no_run") {
                runnable.push(program_name.clone());
            }
            programs.push((program_name, program(&block.text)));
        }
        assert!(
            programs.len() > before,
            "{} shows no Rust",
            readme.display()
        );
    }
    assert!(!runnable.is_empty(), "no README shows a test");
    let fake = client().join("fake").display().to_string();
    let mut outside = Crate::new(
        "outside-readme",
        ", features = [\"blocking\", \"test-util\"]",
        &format!("gitlab-pat-fake = {{ path = {fake:?} }}\n{dependencies_named}"),
    );
    for (name, source) in &programs {
        outside = outside.program(name, source);
    }
    outside.succeeds(&["check", "--bins"]);
    for name in &runnable {
        outside.succeeds(&["run", "--bin", name]);
    }
}
