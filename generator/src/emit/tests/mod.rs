//! Tests of what is emitted, from models built by hand.

mod documents;
mod fixtures;
mod formatting;
mod imports;
mod items;
mod layout;
mod library;

use super::{Config, Files, emit};
use crate::model::Api;

pub(super) use fixtures::empty;
pub(super) use library::library;

fn emitted(api: &Api) -> Files {
    emit(api, &config()).unwrap()
}

fn config() -> Config {
    Config {
        package: "library-client".to_owned(),
        document: "library.yaml".to_owned(),
        strict: false,
    }
}
