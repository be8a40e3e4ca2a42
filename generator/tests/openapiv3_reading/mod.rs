//! `openapiv3` is the contract of what the check leaves: it reads every checked document of OpenAPI 3.0 as a whole.

use generator::source::{Document, from_value};
use openapiv3::OpenAPI;

/// How much stack reading takes at most: without optimisation some 60 KB for each schema in a schema.
const STACK_SIZE: usize = 16 * 1024 * 1024;

/// Reads a checked document whole.
#[track_caller]
pub(crate) fn read(document: &Document) -> OpenAPI {
    let read = || from_value(document.value()).map_err(|error| error.to_string());
    let read = std::thread::scope(|scope| {
        let reader = std::thread::Builder::new().stack_size(STACK_SIZE);
        let reader = reader.spawn_scoped(scope, read).expect("a thread");
        reader.join().expect("a thread that ends")
    });
    match read {
        Ok(api) => api,
        Err(error) => panic!("the checked document is no OpenAPI 3.0: {error}"),
    }
}
