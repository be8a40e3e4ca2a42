use std::collections::BTreeMap;
use std::path::Path;

use toml::{Table, Value};

use super::{DEPENDENCIES, Dependency, FEATURES, missing, text};
use crate::emit::Config;
use crate::emit::tests::{empty, library};

fn parsed(path: &str) -> Table {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(path).unwrap().parse().unwrap()
}

/// A dependency's version, whether default features are on, whether it is optional, its features.
type Entry = (String, bool, bool, Vec<String>);

fn strings(value: Option<&Value>) -> Vec<String> {
    let items = value.and_then(Value::as_array).into_iter().flatten();
    items
        .map(|item| item.as_str().unwrap().to_owned())
        .collect()
}

fn flag(value: &Value, name: &str, otherwise: bool) -> bool {
    value
        .get(name)
        .and_then(Value::as_bool)
        .unwrap_or(otherwise)
}

fn entry_of_workspace(own: &Value, shared: &Value) -> Entry {
    let version = shared
        .as_str()
        .or_else(|| shared.get("version")?.as_str())
        .unwrap();
    let optional = flag(own, "optional", false);
    (
        version.to_owned(),
        flag(shared, "default-features", true),
        optional,
        strings(own.get("features")),
    )
}

fn entry_of_table(dependency: &Dependency) -> Entry {
    let features = dependency
        .features
        .iter()
        .map(|feature| (*feature).to_owned())
        .collect();
    (
        dependency.version.to_owned(),
        dependency.default_features,
        dependency.optional,
        features,
    )
}

#[test]
fn the_dependencies_are_those_of_the_runtime() {
    let runtime = parsed("runtime/Cargo.toml");
    let workspace = parsed("../Cargo.toml");
    let shared = &workspace["workspace"]["dependencies"];
    let of_runtime: BTreeMap<String, Entry> = runtime["dependencies"]
        .as_table()
        .unwrap()
        .iter()
        .map(|(name, own)| (name.clone(), entry_of_workspace(own, &shared[name])))
        .collect();

    let of_table: BTreeMap<String, Entry> = DEPENDENCIES
        .iter()
        .map(|dependency| (dependency.name.to_owned(), entry_of_table(dependency)))
        .collect();

    assert_eq!(of_table, of_runtime);
}

#[test]
fn the_features_are_those_of_the_runtime() {
    let runtime = parsed("runtime/Cargo.toml");
    let of_runtime: BTreeMap<String, Vec<String>> = runtime["features"]
        .as_table()
        .unwrap()
        .iter()
        .map(|(name, implied)| (name.clone(), strings(Some(implied))))
        .collect();

    let of_table: BTreeMap<String, Vec<String>> = FEATURES
        .iter()
        .map(|feature| {
            let implied = feature.implied.iter().map(|implied| (*implied).to_owned());
            (feature.name.to_owned(), implied.collect())
        })
        .collect();

    assert_eq!(of_table, of_runtime);
}

#[test]
fn the_emitted_manifest_lacks_nothing() {
    let api = library();
    assert_eq!(
        missing(&api, &text(&api, &Config::default())),
        Vec::<String>::new()
    );
}

#[test]
fn what_comes_from_a_workspace_is_there() {
    let api = library();
    let manifest = text(&api, &Config::default())
        .replace("edition = \"2024\"", "edition.workspace = true")
        .replace("bytes = \"1.10\"", "bytes.workspace = true");

    assert_eq!(missing(&api, &manifest), Vec::<String>::new());
}

#[test]
fn each_line_that_a_manifest_lacks_is_named() {
    let api = library();
    let manifest = text(&api, &Config::default())
        .replace("path = \"src/lib.rs\"", "path = \"src/other.rs\"")
        .replace("edition = \"2024\"", "edition = \"2021\"")
        .replace("url = \"2.5\"\n", "")
        .replace("features = [\"serde\"]", "features = []")
        .replace(
            "tokio = [\"dep:tokio\", \"tokio/rt\", \"tokio/time\"]",
            "tokio = [\"tokio/rt\"]",
        )
        .replace("serialize-secrets = []\n", "");

    insta::assert_snapshot!(missing(&api, &manifest).join("\n"), @r#"
    lacks `edition = "2024"` under [package]
    lacks `path = "src/lib.rs"` under [lib]
    lacks `jiff = { version = "1.0", features = ["serde"] }` under [dependencies]
    lacks `url = "2.5"` under [dependencies]
    lacks `tokio = ["dep:tokio", "tokio/rt", "tokio/time"]` under [features]
    lacks `serialize-secrets = []` under [features]
    "#);
}

#[test]
fn a_client_without_dates_needs_no_library_for_them() {
    let manifest = text(&empty(), &Config::default());

    assert!(!manifest.contains("jiff"), "{manifest}");
    assert_eq!(missing(&empty(), &manifest), Vec::<String>::new());
}

#[test]
fn a_manifest_that_is_not_toml_is_reported() {
    assert_eq!(missing(&empty(), "[package").len(), 1);
}
