//! How long generation takes, documents already in memory.
//!
//! `cargo bench -p generator`. The real documents are measured where they are at hand, in `../shared/specs` beside the checkout.

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use generator::{Config, Source};

fn client_of_this_workspace(criterion: &mut Criterion) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let spec = fs::read(root.join("spec/gitlab-pat.yaml"))
        .expect("the specification is part of the workspace");
    let overlay = fs::read(root.join("spec/gitlab-pat.overlay.yaml"))
        .expect("the overlay is part of the workspace");
    let overlays = [Source {
        name: "overlay.yaml",
        bytes: &overlay,
    }];
    criterion.bench_function("the client of this workspace", |bencher| {
        bencher.iter(|| {
            let source = Source {
                name: "spec.yaml",
                bytes: black_box(&spec),
            };
            generator::generate(source, &overlays, &Config::default())
        });
    });
}

fn real_documents(criterion: &mut Criterion) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/specs");
    let mut group = criterion.benchmark_group("real documents");
    group
        .sample_size(10)
        .measurement_time(Duration::from_secs(10));
    for name in ["petstore.yaml", "gitlab-openapi3.yaml"] {
        let Ok(bytes) = fs::read(folder.join(name)) else {
            eprintln!("{name} is not at hand and not measured");
            continue;
        };
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                generator::generate(
                    Source {
                        name,
                        bytes: black_box(&bytes),
                    },
                    &[],
                    &Config::default(),
                )
            });
        });
    }
    group.finish();
}

criterion_group!(benches, client_of_this_workspace, real_documents);
criterion_main!(benches);
