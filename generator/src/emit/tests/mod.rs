//! Tests of what is emitted, from models built by hand.

mod fixtures;
mod formatting;
mod library;

use super::{Config, Files, emit};
use crate::model::Api;

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

#[test]
fn dump() {
    let Ok(folder) = std::env::var("EMIT_DUMP") else {
        return;
    };
    for (path, file) in emitted(&library::library()).iter() {
        let target = std::path::Path::new(&folder).join(path);
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::write(target, &file.text).unwrap();
    }
}
