//! Rooms of the generator, and files within rooms: none may need another that needs it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

type Graph = BTreeMap<String, BTreeSet<String>>;

fn sources() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The Rust files in a folder and below it, without tests.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() && !path.ends_with("tests") {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs")
            && name(&path) != "tests"
        {
            found.push(path);
        }
    }
    found
}

fn name(path: &Path) -> String {
    path.file_stem().unwrap().to_str().unwrap().to_owned()
}

/// The code of a file, without comments and without the tests at its end.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let text = text
        .rfind("#[cfg(test)]\nmod tests {")
        .map_or(&*text, |tests| &text[..tests]);
    let lines = text.lines();
    lines
        .map(|line| line.split("//").next().unwrap_or_default())
        .collect::<Vec<_>>()
        .join("\n")
}

/// The modules that code names behind a prefix such as `crate::`.
fn named(code: &str, prefix: &str) -> BTreeSet<String> {
    let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let mut names = BTreeSet::new();
    for (position, _) in code.match_indices(prefix) {
        let is_whole = !code[..position].ends_with(|c: char| c == ':' || c.is_alphanumeric());
        let rest = &code[position + prefix.len()..];
        let paths: Vec<&str> = match rest.strip_prefix('{') {
            Some(group) => group.split('}').next().unwrap().split(',').collect(),
            None => vec![rest],
        };
        if is_whole {
            names.extend(paths.into_iter().map(|path| {
                let path = path.trim();
                path.chars().take_while(|c| is_name(*c)).collect::<String>()
            }));
        }
    }
    names
}

/// Which rooms of a folder need which: a file or a folder each.
fn rooms(folder: &Path, prefix: &str) -> Graph {
    let mut graph = Graph::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let (path, room) = (entry.path(), name(&entry.path()));
        let is_code = path.is_dir() || path.extension().is_some_and(|name| name == "rs");
        if !is_code || matches!(&*room, "lib" | "main" | "mod" | "tests") {
            continue;
        }
        let parts = if path.is_dir() {
            files(&path)
        } else {
            vec![path]
        };
        let used = graph.entry(room.clone()).or_default();
        for part in parts {
            used.extend(named(&code(&part), prefix));
            let is_root_of_room = part.ends_with(format!("{room}/mod.rs"));
            if prefix != "crate::" && (is_root_of_room || part.parent() == Some(folder)) {
                used.extend(named(&code(&part), "super::"));
            } else if prefix != "crate::" && part.parent().and_then(Path::parent) == Some(folder) {
                used.extend(named(&code(&part), "super::super::"));
            }
        }
        used.remove(&room);
    }
    graph
}

/// The rooms that are left when those that need none of the others are taken away, again and again.
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
fn no_room_needs_one_that_needs_it() {
    let graph = rooms(&sources(), "crate::");
    assert!(graph["lower"].contains("source") && graph["source"].contains("diagnostic"));
    assert_eq!(cycle(graph), Graph::new());
}

/// The folders whose files need one another because what they are about does.
const MUTUAL: [&str; 2] = [
    // An object of the specification holds others, which may hold it.
    "generator/src/openapi",
    // A type is made of types.
    "generator/src/lower/types",
];

/// Adds a folder and those in it that hold code.
fn folders(folder: PathBuf, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(&folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() && !path.ends_with("tests") && !path.ends_with("snapshots") {
            folders(path, found);
        }
    }
    found.push(folder);
}

#[test]
fn no_file_of_a_folder_needs_one_that_needs_it() {
    let workspace = sources().parent().unwrap().parent().unwrap().to_owned();
    let mut checked = 0;
    for root in ["generator/src", "xtask/src"] {
        let mut found = Vec::new();
        folders(workspace.join(root), &mut found);
        for folder in found {
            let name = folder.strip_prefix(&workspace).unwrap();
            if MUTUAL.iter().any(|mutual| name == Path::new(mutual)) {
                continue;
            }
            let modules = name.strip_prefix(root).unwrap().iter();
            let prefix: String = modules
                .map(|module| format!("{}::", module.to_str().unwrap()))
                .collect();
            let graph = rooms(&folder, &format!("crate::{prefix}"));
            assert_eq!(cycle(graph), Graph::new(), "{}", name.display());
            checked += 1;
        }
    }
    assert!(checked > 30, "{checked} folders");
}

#[test]
fn what_a_folder_needs_is_seen() {
    for (folder, file, needed) in [
        ("source", "yaml", "value"),
        ("dialect", "overlay", "json_path"),
        ("dialect/bundle", "components", "files"),
        ("dialect/check", "walk", "edits"),
        ("dialect/openapi31", "visit", "schema"),
    ] {
        let prefix = format!("crate::{}::", folder.replace('/', "::"));
        let graph = rooms(&sources().join(folder), &prefix);
        assert!(graph[file].contains(needed), "{folder}");
    }
}

#[test]
fn what_a_file_names_is_found() {
    let code = "use crate::{a, b::C};\nuse super::c::D;\nlet e = crate::f::g(super::H);";
    let names = |prefix| named(code, prefix).into_iter().collect::<Vec<_>>();
    assert_eq!(names("crate::"), ["a", "b", "f"]);
    assert_eq!(names("super::"), ["", "c"]);
}
