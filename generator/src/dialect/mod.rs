//! Passes over the value tree that turn what was read into an OpenAPI 3.0 document that cannot fail to be read by `openapiv3`.

pub mod check;
mod json_path;
pub mod overlay;
mod swagger2;
mod version;

pub use version::Version;

use openapiv3::OpenAPI;

use crate::diagnostic::{Diagnostics, Place, Severity, codes};
use crate::source::{Document, Value, from_value};

/// Makes sure of the version, cuts out what does not fit, and reads the rest. `None` means that nothing is left to work with, and that
/// a fatal diagnostic says why.
#[must_use]
pub fn read(document: &mut Document, diagnostics: &mut Diagnostics) -> Option<OpenAPI> {
    let version = version::check(document, diagnostics)?;
    if version == Version::Swagger2 {
        swagger2::normalize(document, diagnostics);
    }
    check::check(document, diagnostics);
    match deserialize(document.value()) {
        Ok(api) => Some(api),
        Err(error) => {
            diagnostics.push(
                Severity::Fatal,
                codes::INTERNAL,
                &Place::nowhere(),
                format!("the checked document could not be read: {error}"),
                "this is a fault of the generator; please report it with the document",
            );
            None
        }
    }
}

/// How much stack reading takes at most. In a build without optimisation `openapiv3` takes some 60 KB for each schema in a schema, which
/// is more than the main thread has on every platform.
const STACK_SIZE: usize = 16 * 1024 * 1024;

fn deserialize(value: &Value) -> Result<OpenAPI, String> {
    let read = || from_value(value).map_err(|error| error.to_string());
    std::thread::scope(|scope| {
        match std::thread::Builder::new()
            .stack_size(STACK_SIZE)
            .spawn_scoped(scope, read)
        {
            Ok(reader) => reader
                .join()
                .unwrap_or_else(|_| Err("the reader panicked".to_owned())),
            Err(_) => read(),
        }
    })
}
