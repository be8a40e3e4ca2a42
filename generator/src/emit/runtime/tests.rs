use std::collections::BTreeSet;
use std::path::Path;

use super::FILES;

#[test]
fn every_file_of_the_runtime_is_listed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime/src/runtime");
    let present: BTreeSet<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter_map(|name| name.strip_suffix(".rs").map(str::to_owned))
        .filter(|name| name != "mod")
        .collect();

    let listed: BTreeSet<String> = FILES.iter().map(|file| file.name.to_owned()).collect();

    assert_eq!(listed, present);
}
