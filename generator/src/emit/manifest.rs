//! The crate's `Cargo.toml`, written once, and what emitted code needs of a manifest that is the user's by then.

use toml::{Table, Value};

use super::Config;
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

/// What the runtime and emitted code depend on, in alphabetical order. A test holds it against the manifest of the runtime.
const DEPENDENCIES: &[Dependency] = &[
    dependency("base64", "0.23"),
    dependency("bytes", "1.10"),
    optional("flate2", "1.1.11", &["rust_backend"]),
    dependency("futures-core", "0.3.31"),
    Dependency {
        default_features: false,
        features: &["std"],
        ..dependency("futures-util", "0.3.31")
    },
    dependency("http", "1.5"),
    Dependency {
        optional: true,
        ..dependency("http-body", "1.0")
    },
    dependency("httpdate", "1.0.3"),
    optional("hyper", "1.6", &[]),
    Dependency {
        features: &["serde"],
        ..dependency("jiff", "1.0")
    },
    dependency("percent-encoding", "2.3"),
    optional("reqwest", "0.13.5", &[]),
    optional("rustls", "0.23.31", &["std", "tls12"]),
    Dependency {
        optional: true,
        ..dependency("rustls-platform-verifier", "0.7")
    },
    dependency("secrecy", "0.10.3"),
    dependency("serde", "1.0.219"),
    Dependency {
        // Without it, doubles lose their last digit.
        features: &["float_roundtrip"],
        ..dependency("serde_json", "1.0.140")
    },
    dependency("subtle", "2.6"),
    Dependency {
        features: &["sync"],
        ..dependency("tokio", "1.46")
    },
    optional("tracing", "0.1.41", &[]),
    dependency("url", "2.5"),
];

/// A feature that emitted code and the runtime know.
struct Feature {
    name: &'static str,
    about: &'static str,
    implied: &'static [&'static str],
}

/// The features, in the order of the manifest.
const FEATURES: &[Feature] = &[
    Feature {
        name: "default",
        about: "",
        implied: &["gzip", "reqwest", "rustls"],
    },
    Feature {
        name: "gzip",
        about: "Requests responses in gzip and decompresses them.",
        implied: &["dep:flate2"],
    },
    Feature {
        name: "reqwest",
        about: "The default HTTP transport. Without it, the program provides a transport.",
        implied: &["dep:http-body", "dep:hyper", "dep:reqwest", "tokio"],
    },
    Feature {
        name: "rustls",
        about: "TLS with rustls and the cryptography provider that the program has installed, or aws-lc-rs otherwise. Preferred to native-tls if both are enabled.",
        implied: &["rustls-no-provider", "reqwest/rustls", "rustls?/aws-lc-rs"],
    },
    Feature {
        name: "rustls-no-provider",
        about: "TLS with rustls and the cryptography provider that the program has installed, without a fallback. A client needs one even for a server without TLS.",
        implied: &[
            "reqwest",
            "reqwest/rustls-no-provider",
            "dep:rustls",
            "dep:rustls-platform-verifier",
        ],
    },
    Feature {
        name: "native-tls",
        about: "TLS with the platform's library.",
        implied: &["reqwest", "reqwest/native-tls-no-alpn"],
    },
    Feature {
        name: "tokio",
        about: "Tokio's timer. Without it, the program provides a timer.",
        implied: &["tokio/rt", "tokio/time"],
    },
    Feature {
        name: "blocking",
        about: "The client for blocking code.",
        implied: &["tokio"],
    },
    Feature {
        name: "serialize-secrets",
        about: "Serializes secrets outside requests, for storage.",
        implied: &[],
    },
    Feature {
        name: "tracing",
        about: "Spans of calls and attempts, with OpenTelemetry's names.",
        implied: &["dep:tracing"],
    },
    Feature {
        name: "test-util",
        about: "A transport that returns responses from a list, and samples of types, for tests of code that uses the client.",
        implied: &[],
    },
];

const EDITION: &str = "2024";
const RUST_VERSION: &str = "1.88";
const LIBRARY: &str = "src/lib.rs";

/// Returns the dependencies of this API's client.
fn wanted(api: &Api) -> impl Iterator<Item = &'static Dependency> {
    let time = api.needs(RuntimeFeature::Time);
    let replacement = api.needs(RuntimeFeature::Replacement);
    DEPENDENCIES
        .iter()
        .filter(move |dependency| dependency.name != "jiff" || time)
        .map(move |dependency| match dependency.name {
            "tokio" if !replacement => &OPTIONAL_TOKIO,
            _ => dependency,
        })
}

/// Without operations that replace a credential nothing but the features needs Tokio.
const OPTIONAL_TOKIO: Dependency = Dependency {
    optional: true,
    ..dependency("tokio", "1.46")
};

/// Returns what a feature of this API's client implies.
fn implied(api: &Api, feature: &Feature) -> Vec<&'static str> {
    let mut implied = feature.implied.to_vec();
    if !api.needs(RuntimeFeature::Replacement) {
        match feature.name {
            "tokio" => implied.insert(0, "dep:tokio"),
            "blocking" => implied.push("tokio/sync"),
            _ => {}
        }
    }
    implied
}

/// Returns the manifest that a maintainer begins with.
pub(super) fn text(api: &Api, config: &Config) -> String {
    let package = &config.package;
    let description = quoted(&format!("Client for {}", api.title));
    let dependencies: String = wanted(api).map(dependency_line).collect();
    let features: String = FEATURES
        .iter()
        .map(|feature| feature_lines(api, feature))
        .collect();
    format!(
        "\
[package]
name = \"{package}\"
description = {description}
version = \"0.1.0\"
edition = \"{EDITION}\"
rust-version = \"{RUST_VERSION}\"
readme = \"README.md\"

[package.metadata.docs.rs]
all-features = true
rustdoc-args = [\"--cfg\", \"docsrs\"]

[lib]
path = \"{LIBRARY}\"

[dependencies]
{dependencies}
[features]
{features}"
    )
}

/// Returns a text on one line between quotation marks.
fn quoted(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let plain: String = words
        .join(" ")
        .chars()
        .filter(|c| !c.is_control())
        .collect();
    format!("\"{}\"", plain.replace('\\', "\\\\").replace('"', "\\\""))
}

fn dependency_line(dependency: &Dependency) -> String {
    let name = dependency.name;
    let mut parts = vec![format!("version = \"{}\"", dependency.version)];
    if !dependency.default_features {
        parts.push("default-features = false".to_owned());
    }
    if dependency.optional {
        parts.push("optional = true".to_owned());
    }
    if !dependency.features.is_empty() {
        parts.push(format!("features = {}", list(dependency.features)));
    }
    match parts.as_slice() {
        [_] => format!("{name} = \"{}\"\n", dependency.version),
        parts => format!("{name} = {{ {} }}\n", parts.join(", ")),
    }
}

fn feature_lines(api: &Api, feature: &Feature) -> String {
    let about = match feature.about {
        "" => String::new(),
        about => format!("# {about}\n"),
    };
    format!("{about}{}", feature_line(api, feature))
}

fn feature_line(api: &Api, feature: &Feature) -> String {
    format!("{} = {}\n", feature.name, list(&implied(api, feature)))
}

fn list(items: &[&str]) -> String {
    let items: Vec<String> = items.iter().map(|item| format!("\"{item}\"")).collect();
    format!("[{}]", items.join(", "))
}

/// Returns each line that emitted code needs and the manifest lacks.
#[must_use]
pub fn missing(api: &Api, manifest: &str) -> Vec<String> {
    let Ok(table) = manifest.parse::<Table>() else {
        return vec![
            "is not valid TOML; correct it, or delete it and run the command again".to_owned(),
        ];
    };
    let member = |section: &str, name: &str| table.get(section)?.get(name);
    let mut missing = Vec::new();
    let mut require = |is_there: bool, line: &str, section: &str| {
        if !is_there {
            missing.push(format!("lacks `{}` under [{section}]", line.trim_end()));
        }
    };
    require(
        has_text(member("package", "edition"), EDITION),
        &format!("edition = \"{EDITION}\""),
        "package",
    );
    require(
        has_text(member("lib", "path"), LIBRARY),
        &format!("path = \"{LIBRARY}\""),
        "lib",
    );
    for dependency in wanted(api) {
        let found = member("dependencies", dependency.name);
        let is_there = found.is_some_and(|found| satisfies(found, dependency));
        require(is_there, &dependency_line(dependency), "dependencies");
    }
    for feature in FEATURES {
        let found = member("features", feature.name);
        let is_there = found.is_some_and(|found| has_all(found, &implied(api, feature)));
        require(is_there, &feature_line(api, feature), "features");
    }
    missing
}

/// Returns whether the member is this text, or comes from the workspace.
fn has_text(found: Option<&Value>, wanted: &str) -> bool {
    found.is_some_and(|found| found.as_str() == Some(wanted) || inherits(found))
}

fn inherits(found: &Value) -> bool {
    found.get("workspace").and_then(Value::as_bool) == Some(true)
}

/// Returns whether a dependency of a manifest is sufficient. What it takes from a workspace can't be seen here, and its version is the
/// maintainer's affair.
fn satisfies(found: &Value, wanted: &Dependency) -> bool {
    let is_optional = found.get("optional").and_then(Value::as_bool) == Some(true);
    let features = found.get("features");
    let has_features = inherits(found)
        || wanted.features.is_empty()
        || features.is_some_and(|features| has_all(features, wanted.features));
    is_optional == wanted.optional && has_features
}

fn has_all(found: &Value, wanted: &[&str]) -> bool {
    let found: Vec<&str> = found
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    found.len() >= wanted.len() && wanted.iter().all(|wanted| found.contains(wanted))
}

#[cfg(test)]
mod tests;
