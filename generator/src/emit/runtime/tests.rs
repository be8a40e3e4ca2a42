use std::collections::BTreeSet;
use std::path::Path;

use super::FILES;

#[test]
fn every_file_of_the_runtime_is_listed() {
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime/src/runtime");
    let mut present = BTreeSet::new();
    for entry in std::fs::read_dir(&runtime).unwrap() {
        let folder = entry.unwrap();
        let name = folder.file_name().into_string().unwrap();
        if name == "mod.rs" {
            continue;
        }
        // No file lies beside the folders, and no folder in one.
        for file in std::fs::read_dir(folder.path()).unwrap() {
            let file = file.unwrap().file_name().into_string().unwrap();
            present.insert(format!("{name}/{}", file.strip_suffix(".rs").unwrap()));
        }
    }

    let listed: BTreeSet<String> = FILES.iter().map(super::RuntimeFile::module).collect();

    assert_eq!(listed, present);
}
