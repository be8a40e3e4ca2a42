//! The crate's `Cargo.toml` and `README.md`, written once, and what emitted code needs of a manifest that is the user's by then.

use toml::{Table, Value};

use super::format::plain;
use super::{Config, File, FileKind};
use crate::model::{Api, RuntimeFeature};

/// A dependency of emitted code.
struct Dependency {
    name: &'static str,
    version: &'static str,
    default_features: bool,
    optional: bool,
    features: &'static [&'static str],
}

const fn dependency(name: &'static str, version: &'static str) -> Dependency {
    Dependency {
        name,
        version,
        default_features: true,
        optional: false,
        features: &[],
    }
}

const fn optional(
    name: &'static str,
    version: &'static str,
    features: &'static [&'static str],
) -> Dependency {
    Dependency {
        name,
        version,
        default_features: false,
        optional: true,
        features,
    }
}

/// What the runtime and emitted code depend on, in alphabetical order.
const DEPENDENCIES: &[Dependency] = &[
    dependency("base64", "0.22"),
    dependency("bytes", "1.10"),
    dependency("futures-core", "0.3.31"),
    dependency("http", "1.3"),
    optional("http-body", "1.0", &[]),
    dependency("httpdate", "1.0"),
    optional("hyper", "1.6", &[]),
    Dependency {
        features: &["serde"],
        ..dependency("jiff", "1.0")
    },
    dependency("percent-encoding", "2.3"),
    optional("reqwest", "0.13.5", &[]),
    optional("rustls", "0.23.31", &["ring", "std", "tls12"]),
    optional("rustls-platform-verifier", "0.7", &[]),
    dependency("secrecy", "0.10.3"),
    dependency("serde", "1.0.219"),
    dependency("serde_json", "1.0.140"),
    dependency("subtle", "2.6"),
    optional("tokio", "1.46", &["rt", "time"]),
    dependency("url", "2.5"),
];

/// The features that emitted code and the runtime know.
const FEATURES: &[(&str, &str, &[&str])] = &[
    ("default", "", &["reqwest", "rustls"]),
    (
        "reqwest",
        "The client's own HTTP stack. Without it users bring a transport.",
        &["dep:http-body", "dep:hyper", "dep:reqwest", "tokio"],
    ),
    (
        "rustls",
        "TLS by rustls; used where both kinds are compiled in. Builds with nothing but a C compiler.",
        &[
            "reqwest",
            "reqwest/rustls-no-provider",
            "dep:rustls",
            "dep:rustls-platform-verifier",
        ],
    ),
    (
        "native-tls",
        "TLS by the platform's own library.",
        &["reqwest", "reqwest/native-tls-no-alpn"],
    ),
    (
        "tokio",
        "Tokio's timer. Without it users bring a timer.",
        &["dep:tokio"],
    ),
    (
        "blocking",
        "The client for code that is not async.",
        &["tokio", "tokio/sync"],
    ),
    (
        "serialize-secrets",
        "Lets secrets be written outside requests, for stores.",
        &[],
    ),
];

fn wanted(api: &Api) -> impl Iterator<Item = &'static Dependency> {
    let time = api.needs(RuntimeFeature::Time);
    DEPENDENCIES
        .iter()
        .filter(move |dependency| dependency.name != "jiff" || time)
}

/// The files that are written when they are missing.
pub(super) fn files(api: &Api, config: &Config) -> Vec<(String, File)> {
    vec![
        (
            "Cargo.toml".to_owned(),
            plain(manifest(api, config), FileKind::Once),
        ),
        (
            "README.md".to_owned(),
            plain(readme(api, config), FileKind::Once),
        ),
    ]
}

fn manifest(api: &Api, config: &Config) -> String {
    let mut text = format!(
        "[package]\nname = \"{}\"\ndescription = {:?}\nversion = \"0.1.0\"\nedition = \"2024\"\nrust-version = \"1.88\"\n\n[lib]\npath = \"src/lib.rs\"\n\n[dependencies]\n",
        config.package,
        format!("Client for {}", one_line(&api.title)),
    );
    for dependency in wanted(api) {
        text.push_str(&dependency_line(dependency));
    }
    text.push_str("\n[features]\n");
    for (name, about, implied) in FEATURES {
        if !about.is_empty() {
            text.push_str(&format!("# {about}\n"));
        }
        text.push_str(&format!("{name} = {}\n", list(implied)));
    }
    text
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn list(items: &[&str]) -> String {
    let items: Vec<String> = items.iter().map(|item| format!("\"{item}\"")).collect();
    format!("[{}]", items.join(", "))
}

fn dependency_line(dependency: &Dependency) -> String {
    let Dependency {
        name,
        version,
        default_features,
        optional,
        features,
    } = dependency;
    if *default_features && !*optional && features.is_empty() {
        return format!("{name} = \"{version}\"\n");
    }
    let mut parts = vec![format!("version = \"{version}\"")];
    parts.extend((!default_features).then(|| "default-features = false".to_owned()));
    parts.extend(optional.then(|| "optional = true".to_owned()));
    parts.extend((!features.is_empty()).then(|| format!("features = {}", list(features))));
    format!("{name} = {{ {} }}\n", parts.join(", "))
}

fn readme(api: &Api, config: &Config) -> String {
    format!(
        "# {}\n\nClient for {}, generated by `cargo xtask codegen` from `{}`.\n\nThe reference of its operations and types is in [docs](docs/README.md).\n",
        config.package,
        one_line(&api.title),
        config.document,
    )
}

/// Each dependency, feature and `[lib]` line that emitted code needs and the manifest lacks, with the line to add.
#[must_use]
pub fn missing(api: &Api, manifest: &str) -> Vec<String> {
    let table: Table = match manifest.parse() {
        Ok(table) => table,
        Err(_) => {
            return vec![
                "is no valid TOML; mend it or delete it and run the command again".to_owned(),
            ];
        }
    };
    let section = |name: &str| table.get(name).and_then(Value::as_table);
    let mut missing = Vec::new();
    let has_path = section("lib")
        .and_then(|lib| lib.get("path"))
        .and_then(Value::as_str)
        == Some("src/lib.rs");
    if !has_path {
        missing.push("lacks `path = \"src/lib.rs\"` under [lib]".to_owned());
    }
    for dependency in wanted(api) {
        if section("dependencies")
            .is_none_or(|dependencies| !dependencies.contains_key(dependency.name))
        {
            missing.push(format!(
                "lacks `{}` under [dependencies]",
                dependency_line(dependency).trim_end()
            ));
        }
    }
    for (name, _, implied) in FEATURES {
        let present = section("features")
            .and_then(|features| features.get(*name))
            .and_then(Value::as_array);
        let has_all = present.is_some_and(|present| {
            implied
                .iter()
                .all(|wanted| present.iter().any(|found| found.as_str() == Some(wanted)))
        });
        if !has_all {
            missing.push(format!(
                "lacks `{name} = {}` under [features]",
                list(implied)
            ));
        }
    }
    missing
}
