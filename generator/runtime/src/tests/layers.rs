//! The folders of the runtime are copied as wholes. No two may need each other.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

type Graph = BTreeMap<String, BTreeSet<String>>;

/// Returns which folders each folder names in declarations, code and macros.
fn graph() -> Graph {
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/runtime");
    let mut graph = Graph::new();
    for folder in fs::read_dir(runtime).unwrap().map(Result::unwrap) {
        if !folder.path().is_dir() {
            continue;
        }
        let name = folder.file_name().into_string().unwrap();
        let used = graph.entry(name.clone()).or_default();
        for file in fs::read_dir(folder.path()).unwrap() {
            let text = fs::read_to_string(file.unwrap().path()).unwrap();
            used.extend(named_folders(&text));
        }
        used.remove(&name);
    }
    graph
}

/// Returns the folders that a file names outside of its comments.
fn named_folders(text: &str) -> Vec<String> {
    let code: String = text
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default())
        .collect::<Vec<_>>()
        .join("\n");
    let is_name = |c: char| c.is_ascii_lowercase() || c == '_';
    code.split("crate::runtime::")
        .skip(1)
        .flat_map(|rest| match rest.strip_prefix('{') {
            Some(group) => {
                let group = group.split('}').next().unwrap_or_default();
                group.split(',').map(str::trim).collect()
            }
            None => vec![rest],
        })
        .map(|path| path.chars().take_while(|c| is_name(*c)).collect())
        .collect()
}

/// Returns the folders that remain after those without needs are removed repeatedly.
fn cycle(mut graph: Graph) -> Graph {
    loop {
        let rest: BTreeSet<String> = graph.keys().cloned().collect();
        let before = graph.len();
        graph.retain(|_, used| used.intersection(&rest).next().is_some());
        if graph.len() == before {
            return graph;
        }
    }
}

#[test]
fn folders_have_no_import_cycle() {
    let graph = graph();
    assert!(
        graph.contains_key("call") && graph.contains_key("error"),
        "{graph:?}"
    );
    assert_eq!(cycle(graph), Graph::new());
}

#[test]
fn a_cycle_is_found() {
    let needs = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let graph = Graph::from([
        ("a".to_owned(), needs(&["b", "d"])),
        ("b".to_owned(), needs(&["c"])),
        ("c".to_owned(), needs(&["b"])),
        ("d".to_owned(), needs(&[])),
    ]);
    let names: Vec<String> = cycle(graph).into_keys().collect();
    // A folder that needs one of the cycle remains, too.
    assert_eq!(names, ["a", "b", "c"]);

    let text = "use crate::runtime::{decode, error::Error}; // crate::runtime::page\n$crate::runtime::call::x";
    assert_eq!(named_folders(text), ["decode", "error", "call"]);
}
