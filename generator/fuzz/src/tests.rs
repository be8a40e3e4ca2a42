//! The seeds go through without a finding, on any toolchain: `cargo test`.

use std::fs;
use std::path::Path;

fn each_seed(target: &str, run: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("seeds")
        .join(target);
    let mut seeds = 0;
    for seed in fs::read_dir(folder).expect("the seeds") {
        let seed = fs::read(seed.expect("a seed").path()).expect("a seed");
        run(&seed);
        seeds += 1;
    }
    assert!(seeds > 2, "{target} has {seeds} seeds");
}

#[test]
fn document() {
    each_seed("document", crate::document);
}

#[test]
fn damaged_documents() {
    each_seed("document", |seed| {
        let damaged = (0..4).filter_map(|number| crate::damaged(seed, number));
        let texts: Vec<String> = damaged.collect();
        assert!(!texts.is_empty());
        texts
            .iter()
            .for_each(|text| crate::document(text.as_bytes()));
    });
}

#[test]
fn response() {
    each_seed("response", crate::response);
}

#[test]
fn headers() {
    each_seed("headers", crate::headers);
}

#[test]
fn link() {
    each_seed("link", crate::link);
}

#[test]
fn retry_after() {
    each_seed("retry_after", crate::retry_after);
}

#[test]
fn an_empty_input_is_one() {
    for run in [
        crate::document,
        crate::response,
        crate::headers,
        crate::link,
        crate::retry_after,
    ] {
        run(b"");
        run(b"clock: 99999999999999999999\n\n%%\n%%\n\n");
    }
}
