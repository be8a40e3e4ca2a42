//! The model that the client was emitted from. It determines what tests must cover.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use generator::Source;
use generator::model::{Api, Operation, TypeDef};

/// Returns the model of `spec/`.
pub(crate) fn api() -> &'static Api {
    static API: LazyLock<Api> = LazyLock::new(read);
    &API
}

fn read() -> Api {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let read = |name| fs::read(spec.join(name)).expect("the description");
    let (document, overlay) = (read("gitlab-pat.yaml"), read("gitlab-pat.overlay.yaml"));
    let source = |name, bytes| Source { name, bytes };
    let generated = generator::read_model(
        source("gitlab-pat.yaml", &document),
        &[source("gitlab-pat.overlay.yaml", &overlay)],
    );
    generated.api.expect("a model")
}

/// Returns every operation as errors name it: `group.method`.
pub(crate) fn operations() -> impl Iterator<Item = (String, &'static Operation)> {
    api().groups.iter().flat_map(|group| {
        group
            .operations
            .iter()
            .map(move |operation| (format!("{}.{}", group.name, operation.name), operation))
    })
}

/// Returns every named type.
pub(crate) fn types() -> impl Iterator<Item = (&'static str, &'static TypeDef)> {
    api()
        .types
        .iter()
        .map(|definition| (definition.name.as_str(), definition))
}
