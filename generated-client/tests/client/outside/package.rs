//! The package as it is published. `.ci/run` also builds it and its examples.

use std::fs;

use super::crates::{cargo, client, host, text_of, workspace};

/// Runs cargo on the client and returns its output.
#[track_caller]
fn output(arguments: &[&str]) -> String {
    let output = cargo(client(), &[&["--offline"], arguments].concat());
    assert!(
        output.status.success(),
        "{arguments:?}: {}",
        text_of(&output)
    );
    String::from_utf8(output.stdout).expect("text")
}

#[test]
fn both_packages_contain_their_licences() {
    for package in ["gitlab-pat", "gitlab-pat-fake"] {
        let list = output(&["package", "--list", "--allow-dirty", "--package", package]);
        for name in ["LICENSE-APACHE", "LICENSE-MIT", "README.md"] {
            assert!(list.lines().any(|line| line == name), "{package}: {list}");
        }
    }
    for name in ["LICENSE-APACHE", "LICENSE-MIT"] {
        let original = fs::read(workspace().join(name)).expect("a licence");
        for directory in [client().to_owned(), client().join("fake")] {
            let copy = fs::read(directory.join(name)).expect("a licence");
            assert!(original == copy, "{name} in {}", directory.display());
        }
    }
}

#[test]
fn the_package_needs_nothing_that_is_not_published() {
    let list = output(&["package", "--list", "--allow-dirty"]);
    let examples: Vec<&str> = list
        .lines()
        .filter(|line| line.starts_with("examples/"))
        .collect();
    assert!(examples.len() > 2, "{list}");
    for example in examples {
        let text = fs::read_to_string(client().join(example)).expect("an example");
        assert!(!text.contains("gitlab_pat_fake"), "{example}");
    }
    assert!(!list.contains("tests/"), "{list}");
}

#[test]
fn the_readmes_state_the_rust_version_that_suffices() {
    let version = env!("CARGO_PKG_RUST_VERSION");
    for directory in [client().to_owned(), client().join("fake")] {
        let readme = fs::read_to_string(directory.join("README.md")).expect("a README");
        assert!(
            readme.contains(&format!("Rust {version} or newer")),
            "{}",
            directory.display()
        );
    }

    let number = |version: &str| -> Vec<u32> {
        let parts = version
            .split('.')
            .map(|part| part.parse().expect("a number"));
        parts.take(2).collect()
    };
    let tree = output(&[
        "tree",
        "--edges",
        "normal",
        "--prefix",
        "none",
        "--no-dedupe",
        "--format",
        "{p}",
    ]);
    let used: Vec<(&str, &str)> = tree
        .lines()
        .filter_map(|line| line.split_once(" v"))
        .map(|(name, version)| (name, version.split(' ').next().unwrap_or_default()))
        .collect();
    assert!(used.len() > 20, "{tree}");
    let metadata = output(&[
        "metadata",
        "--format-version",
        "1",
        "--filter-platform",
        &host(),
    ]);
    let metadata: serde_json::Value = serde_json::from_str(&metadata).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    for package in packages {
        let (Some(name), Some(own)) = (package["name"].as_str(), package["version"].as_str())
        else {
            panic!("a package has a name and a version: {package}");
        };
        let needed = package["rust_version"].as_str();
        if let Some(needed) = needed.filter(|_| used.contains(&(name, own))) {
            assert!(
                number(needed) <= number(version),
                "{name} {own} needs Rust {needed}"
            );
        }
    }
}
