//! What is emitted beside Rust: the reference, the manifest, the readme.

use super::emitted;
use super::library::library;

fn file(path: &str) -> String {
    emitted(&library()).get(path).unwrap().text().into_owned()
}

#[test]
fn the_index_of_the_reference() {
    insta::assert_snapshot!(file("docs/README.md"));
}

#[test]
fn the_page_of_a_group() {
    insta::assert_snapshot!(file("docs/books.md"));
}

#[test]
fn the_pages_of_types() {
    for name in ["Book", "Genre", "Level", "Medium", "Isbn", "NewBook"] {
        insta::assert_snapshot!(
            format!("the_page_of_{name}"),
            file(&format!("docs/types/{name}.md"))
        );
    }
}

#[test]
fn the_manifest() {
    insta::assert_snapshot!(file("Cargo.toml"));
}

#[test]
fn the_readme() {
    insta::assert_snapshot!(file("README.md"));
}

#[test]
fn every_link_of_the_reference_leads_somewhere() {
    let files = emitted(&library());
    let mut links = 0;
    for (path, file) in files.iter().filter(|(path, _)| path.starts_with("docs/")) {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for target in file
            .text()
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split_once(')'))
        {
            let target = target.0.split('#').next().unwrap();
            if target.is_empty() || target.starts_with("http") {
                continue;
            }
            let resolved = match target.strip_prefix("../") {
                Some(rest) => format!("{}{rest}", folder.strip_suffix("types").unwrap_or_default()),
                None => format!("{folder}/{target}"),
            };
            assert!(files.contains(&resolved), "{path}: {target} ({resolved})");
            links += 1;
        }
    }
    assert!(links > 50, "{links}");
}
