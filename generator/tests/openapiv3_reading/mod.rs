//! `openapiv3` is the contract of what the check leaves: it reads every checked document of OpenAPI 3.0 as a whole.

use generator::source::{Data, Document, Value, from_value};
use openapiv3::OpenAPI;

/// How much stack reading takes at most: without optimisation some 60 KB for each schema in a schema.
const STACK_SIZE: usize = 16 * 1024 * 1024;

/// Reads a checked document whole.
#[track_caller]
pub(crate) fn read(document: &Document) -> OpenAPI {
    let mut value = document.value().clone();
    remove_large_integers(&mut value);
    let read = || from_value(&value).map_err(|error| error.to_string());
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

/// Removes the bounds and values of integers that `openapiv3` has no type for, since its integers have 64 bits and a sign.
fn remove_large_integers(value: &mut Value) {
    let is_large = |value: &Value| {
        let number = value.as_number();
        number.is_some_and(|number| number.as_f64().abs() >= i64::MAX as f64)
    };
    match value.data_mut() {
        Data::Object(members) => {
            if members.get("type").and_then(Value::as_str) == Some("integer") {
                members.retain(|name, member| {
                    !matches!(name.as_str(), "minimum" | "maximum" | "multipleOf")
                        || !is_large(member)
                });
                if let Some(values) = members.get_mut("enum").and_then(Value::as_array_mut) {
                    values.retain(|value| !is_large(value));
                }
            }
            members.values_mut().for_each(remove_large_integers);
        }
        Data::Array(elements) => elements.iter_mut().for_each(remove_large_integers),
        _ => {}
    }
}
