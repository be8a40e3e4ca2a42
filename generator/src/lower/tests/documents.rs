//! Documents that vendors publish, where they are at hand.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::lower_bytes;
use crate::model::Api;

fn published(name: &str) -> Option<Vec<u8>> {
    let mut path = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    path.push("../../shared/specs");
    path.push(name);
    let bytes = std::fs::read(&path).ok();
    if bytes.is_none() {
        println!("skipped: {} is not there", path.display());
    }
    bytes
}

fn operation_count(api: &Api) -> usize {
    api.operations().count()
}

#[test]
fn petstore_is_lowered_whole() {
    let Some(bytes) = published("petstore.yaml") else { return };
    let (api, _, diagnostics) = lower_bytes("petstore.yaml", &bytes);
    println!("{api:#?}");
    println!("{}", crate::diagnostic::render(&diagnostics, false));
    assert_eq!(operation_count(&api), 19);
}

#[test]
fn others() {
    for name in ["gitlab-openapi3.yaml", "github.json", "box.json"] {
        let Some(bytes) = published(name) else { return };
        let start = std::time::Instant::now();
        let (api, _, diagnostics) = lower_bytes(name, &bytes);
        println!("{name}: {} ops, {} types, {:?}", operation_count(&api), api.types.len(), start.elapsed());
        let mut counts: BTreeMap<_, usize> = BTreeMap::new();
        for item in &diagnostics {
            *counts.entry((item.code.as_str(), item.severity)).or_default() += 1;
        }
        println!("{counts:#?}");
    }
}
