//! Tests of what is emitted, from models built by hand.

mod documents;
mod fixtures;
mod formatting;
mod imports;
mod items;
mod library;
mod print;

use super::{Config, Files, emit};
use crate::model::Api;

pub(super) use fixtures::empty;
pub(super) use library::library;

fn emitted(api: &Api) -> Files {
    let files = emit(api, &config());
    for (path, file) in files.iter().filter(|(path, _)| path.ends_with(".rs")) {
        if let Err(error) = syn::parse_file(&file.text()) {
            panic!("{path}: {error}\n{}", file.text());
        }
    }
    files
}

fn config() -> Config {
    Config {
        package: "library-client".to_owned(),
        document: "library.yaml".to_owned(),
        ..Config::default()
    }
}
