//! The crate's root: its front page, and the names that users need.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::format::{Item, Module};
use super::tokens::{doc_text, ident, name_of};
use super::{Config, example};
use crate::model::{Api, RuntimeFeature};

pub(super) fn module(api: &Api, config: &Config) -> Module {
    let emitted = [
        (
            "client",
            quote! {
                #[rustfmt::skip]
                mod client;
            },
        ),
        (
            "operations",
            quote! {
                #[rustfmt::skip]
                pub mod operations;
            },
        ),
        (
            "runtime",
            quote! {
                #[doc(hidden)]
                pub mod runtime;
            },
        ),
        (
            "types",
            quote! {
                #[rustfmt::skip]
                pub mod types;
            },
        ),
    ];
    let own = api.modules.iter().map(|module| {
        let name = ident(module);
        (module.as_str(), quote! { pub mod #name; })
    });
    let modules: BTreeMap<&str, TokenStream> = emitted.into_iter().chain(own).collect();
    let modules = modules.into_values().collect();
    let mut items = vec![
        Item::Declarations(modules),
        Item::Declarations(expand_root(api)),
    ];
    let facades = FACADES
        .iter()
        .filter_map(|facade| expand_facade(api, config, facade));
    items.extend(facades.map(|facade| Item::Declarations(vec![facade])));
    Module {
        attributes: FRONT_PAGE,
        items,
        ..Module::default()
    }
}

/// The README is the front page, and its examples are tests where the features that they use are on. There, `[reference]` is a file; here
/// the first definition of it counts.
const FRONT_PAGE: &str = "\
#![cfg_attr(docsrs, feature(doc_cfg))]
#![doc = \"[reference]: crate::operations\"]
#![cfg_attr(
    any(not(doctest), all(feature = \"blocking\", feature = \"test-util\")),
    doc = include_str!(\"../README.md\")
)]
";

/// Names of one module of the runtime.
struct Export {
    module: &'static str,
    names: &'static [&'static str],
    feature: Option<RuntimeFeature>,
}

const fn export(module: &'static str, names: &'static [&'static str]) -> Export {
    Export {
        module,
        names,
        feature: None,
    }
}

const fn export_if(
    feature: RuntimeFeature,
    module: &'static str,
    names: &'static [&'static str],
) -> Export {
    Export {
        module,
        names,
        feature: Some(feature),
    }
}

/// The re-exports of the crate's root, in the order of rustfmt.
const ROOT: &[Export] = &[
    export("call::builder", &["ClientBuilder"]),
    export("call::client", &["Client"]),
    export("call::observe", &["Attempt"]),
    export("call::options", &["RequestOptions"]),
    export_if(
        RuntimeFeature::RateLimit,
        "call::rate_limit",
        &["RateLimit"],
    ),
    export("call::raw", &["RawBody", "RawRequest"]),
    export("call::response", &["Response"]),
    export("call::retry", &["RetryPolicy"]),
    export("credential::auth", &["Auth"]),
    export(
        "credential::auth_provider",
        &["AuthError", "AuthFuture", "AuthProvider"],
    ),
    export_if(RuntimeFeature::Nullable, "decode::nullable", &["Nullable"]),
    export_if(RuntimeFeature::List, "encode::list", &["IntoList"]),
    export_if(RuntimeFeature::Multipart, "encode::multipart", &["Upload"]),
    export("error", &["Error", "ErrorKind"]),
    export_if(RuntimeFeature::Pagination, "page", &["Page"]),
    export("redact::secret", &["Secret"]),
    export_if(
        RuntimeFeature::Replacement,
        "replacement::outcome",
        &["ReplacementOutcome"],
    ),
];

/// A documented module of re-exports.
struct Facade {
    name: &'static str,
    about: &'static str,
    /// The feature of the crate that it needs.
    cfg: Option<&'static str>,
    exports: &'static [Export],
}

/// The modules, in alphabetical order.
const FACADES: &[Facade] = &[
    Facade {
        name: "blocking",
        about: "The client for code that is not async. It has the same operations, and `.call()` takes the place of `.await`.",
        cfg: Some("blocking"),
        exports: &[
            export("call::blocking", &["Client", "ClientBuilder"]),
            export_if(
                RuntimeFeature::Pagination,
                "page::blocking",
                &["Items", "Pages"],
            ),
        ],
    },
    Facade {
        name: "pagination",
        about: "Streams of items and pages, and lists that keep items that can't be decoded.",
        cfg: None,
        exports: &[
            export_if(RuntimeFeature::Pagination, "page", &["PageToken"]),
            export_if(
                RuntimeFeature::Pagination,
                "page::lossy",
                &["Lossy", "LossyItem"],
            ),
            export_if(
                RuntimeFeature::Pagination,
                "page::stream",
                &["ItemStream", "PageStream"],
            ),
        ],
    },
    Facade {
        name: "testing",
        about: "A transport that returns responses from a list, and samples of types, for tests of code that uses the client.",
        cfg: Some("test-util"),
        exports: &[
            export("decode::sample", &["Sample"]),
            export(
                "transport::scripted_transport",
                &["RecordedRequest", "ScriptedResponse", "ScriptedTransport"],
            ),
        ],
    },
    Facade {
        name: "transport",
        about: "Traits for a transport and a timer of your own, which replace the client's HTTP library and Tokio's timer.",
        cfg: None,
        exports: &[
            export("transport", &["TransportFuture"]),
            export("transport::timer", &["Sleep", "Timer"]),
            export("transport", &["RequestBody", "ResponseBody", "Transport"]),
            export("transport", &["TransportError", "TransportErrorKind"]),
        ],
    },
    Facade {
        name: "unknown",
        about: "Values that the API's description does not list. A server may send them, and callers create them from text and numbers.",
        cfg: None,
        exports: &[
            export_if(
                RuntimeFeature::IntegerEnum,
                "decode::integer_enum",
                &["UnknownInteger"],
            ),
            export_if(
                RuntimeFeature::StringEnum,
                "decode::string_enum",
                &["UnknownString"],
            ),
            export_if(RuntimeFeature::Union, "decode::union", &["UnknownValue"]),
        ],
    },
];

fn expand_root(api: &Api) -> Vec<TokenStream> {
    let mut exports = expand_exports(api, ROOT);
    exports.push(quote! { pub use bytes; });
    exports.push(quote! { pub use http; });
    if api.needs(RuntimeFeature::Time) {
        exports.push(quote! { pub use jiff; });
    }
    exports
}

fn expand_exports(api: &Api, exports: &[Export]) -> Vec<TokenStream> {
    let wanted = exports
        .iter()
        .filter(|export| export.feature.is_none_or(|feature| api.needs(feature)));
    wanted.map(expand_export).collect()
}

/// Returns the paths of the names that the root and its modules export in this API's client, as users write them.
pub(super) fn exports(api: &Api) -> Vec<String> {
    let is_there = |export: &&Export| export.feature.is_none_or(|feature| api.needs(feature));
    let root = ROOT.iter().filter(is_there);
    let mut paths: Vec<String> = root
        .flat_map(|export| export.names)
        .map(|name| (*name).to_owned())
        .collect();
    paths.extend(["bytes", "http"].map(str::to_owned));
    paths.extend(api.needs(RuntimeFeature::Time).then(|| "jiff".to_owned()));
    for facade in FACADES {
        let exports = facade.exports.iter().filter(is_there);
        let names = exports.flat_map(|export| export.names);
        paths.extend(names.map(|name| format!("{}::{name}", facade.name)));
    }
    paths
}

fn expand_export(export: &Export) -> TokenStream {
    let path = export.module.split("::").map(name_of);
    let names = export.names.iter().map(|name| name_of(name));
    let names = match export.names {
        [_] => quote! { #(#names)* },
        _ => quote! { {#(#names),*} },
    };
    quote! { pub use crate::runtime #(::#path)* ::#names; }
}

/// Expands a module, if it has anything.
fn expand_facade(api: &Api, config: &Config, facade: &Facade) -> Option<TokenStream> {
    let exports = expand_exports(api, facade.exports);
    if exports.is_empty() {
        return None;
    }
    let name = name_of(facade.name);
    let about = doc_text(&about(api, config, facade));
    let cfg = facade.cfg.map(|feature| quote!(#[cfg(feature = #feature)]));
    Some(quote! {
        #about
        #cfg
        pub mod #name {
            #(#exports)*
        }
    })
}

fn about(api: &Api, config: &Config, facade: &Facade) -> String {
    match facade.name {
        "blocking" => format!(
            "{}\n\n{}",
            facade.about,
            example::of_blocking_client(api, config)
        ),
        _ => facade.about.to_owned(),
    }
}
