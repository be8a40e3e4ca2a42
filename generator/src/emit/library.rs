//! The crate's root: what it is, and the names that users need.

use proc_macro2::TokenStream;
use quote::quote;

use super::format::{Item, Module};
use super::text::prose;
use super::tokens::name_of;
use super::{Config, example};
use crate::model::{Api, RuntimeFeature};

pub(super) fn module(api: &Api, config: &Config) -> Module {
    let modules = vec![
        quote! { mod client; },
        quote! { pub mod operations; },
        quote! { pub mod runtime; },
        quote! { pub mod types; },
    ];
    let items = vec![
        Item::Listed(vec![quote! { #![cfg_attr(docsrs, feature(doc_cfg))] }]),
        Item::Listed(modules),
        Item::Listed(expand_exports(api)),
        Item::Listed(vec![expand_test_util()]),
        Item::Listed(vec![expand_blocking(api)]),
    ];
    Module {
        about: about(api, config),
        home: None,
        items,
    }
}

/// The crate's features, as its documentation has them.
const FEATURES: &str = "\
# Features

- `gzip` (default): responses without secrets are asked for in gzip, which saves most of a long list.
- `reqwest` (default): the client's own HTTP stack. Without it, bring a [`Transport`] and a [`Timer`].
- `rustls` (default): TLS by rustls, with the cryptography provider that your program installed, else aws-lc-rs.
- `rustls-no-provider`: the same without aws-lc-rs. Your program installs a provider before it builds a client.
- `native-tls`: TLS by the platform's library. Where rustls is compiled in as well, rustls is used.
- `blocking`: the same operations for code that is not async, in the module `blocking`.
- `serialize-secrets`: a [`Secret`] and what holds one can be serialized, for stores.
- `tracing`: a span for each call and each attempt, with OpenTelemetry's names.
- `test-util`: `ScriptedTransport`, a transport that responds from a list, for tests of code that uses the client.";

fn about(api: &Api, config: &Config) -> String {
    let mut paragraphs = vec![format!(
        "Client for {} (version {} of its description).",
        prose(&api.title),
        prose(&api.version)
    )];
    paragraphs.extend(api.docs.description.clone());
    paragraphs.push(example(api, config));
    paragraphs.push(
        "Each operation is a builder: required inputs are arguments, optional ones are setters. Awaiting it gives\n\
         the result, `send` the response's status and headers as well. [`Error`] says what happened, and never with\n\
         which credential."
            .to_owned(),
    );
    paragraphs.push(FEATURES.to_owned());
    paragraphs.extend(api.docs.link.as_ref().map(|link| format!("See <{link}>.")));
    paragraphs.join("\n\n")
}

fn example(api: &Api, config: &Config) -> String {
    let krate = config.crate_name();
    let statements = example::of_client(api, config);
    format!(
        "```no_run\n# async fn example(secret: String) -> Result<(), {krate}::Error> {{\n{statements}\n# Ok(())\n# }}\n```"
    )
}

/// The re-exports of the crate's root, by module of the runtime, in the order of rustfmt.
const EXPORTS: &[(&str, &[&str], Option<RuntimeFeature>)] = &[
    ("call::builder", &["ClientBuilder"], None),
    ("call::client", &["Client"], None),
    ("call::observe", &["Attempt"], None),
    ("call::options", &["RequestOptions"], None),
    ("call::raw", &["RawBody", "RawRequest"], None),
    ("call::response", &["RateLimit", "Response"], None),
    ("call::retry", &["RetryPolicy"], None),
    ("credential::auth", &["Auth"], None),
    (
        "credential::auth_provider",
        &["AuthError", "AuthFuture", "AuthProvider"],
        None,
    ),
    (
        "decode::nullable",
        &["Nullable"],
        Some(RuntimeFeature::Nullable),
    ),
    ("encode::list", &["IntoList"], Some(RuntimeFeature::List)),
    (
        "encode::multipart",
        &["Upload"],
        Some(RuntimeFeature::Multipart),
    ),
    ("error", &["Error", "ErrorKind", "ReplacementOutcome"], None),
    (
        "page::stream",
        &["ItemStream", "PageStream"],
        Some(RuntimeFeature::Pagination),
    ),
    (
        "page::lossy",
        &["Lossy", "LossyItem"],
        Some(RuntimeFeature::Pagination),
    ),
    (
        "page",
        &["Page", "PageToken"],
        Some(RuntimeFeature::Pagination),
    ),
    ("redact::secret", &["Secret"], None),
    ("transport::timer", &["Sleep", "Timer"], None),
    (
        "transport",
        &["RequestBody", "ResponseBody", "Transport"],
        None,
    ),
    (
        "transport",
        &["TransportError", "TransportErrorKind", "TransportFuture"],
        None,
    ),
];

fn expand_exports(api: &Api) -> Vec<TokenStream> {
    let wanted = EXPORTS
        .iter()
        .filter(|(_, _, feature)| feature.is_none_or(|feature| api.needs(feature)));
    let own = wanted.map(|(module, names, _)| expand_export(module, names));
    own.chain([quote! { pub use http; }]).collect()
}

fn expand_export(module: &str, names: &[&str]) -> TokenStream {
    let path = module.split("::").map(name_of);
    let names = names.iter().map(|name| name_of(name));
    quote! { pub use crate::runtime #(::#path)* ::{#(#names),*}; }
}

/// What tests need, one list for each line.
const TEST_UTIL: &[&[&str]] = &[
    &["RecordedRequest", "ScriptedResponse"],
    &["ScriptedTransport"],
];

fn expand_test_util() -> TokenStream {
    let exports = TEST_UTIL
        .iter()
        .map(|names| expand_export("transport::scripted_transport", names));
    quote! { #(#[cfg(feature = "test-util")] #exports)* }
}

fn expand_blocking(api: &Api) -> TokenStream {
    let client = expand_export("call::blocking", &["Client", "ClientBuilder"]);
    let pages = api
        .needs(RuntimeFeature::Pagination)
        .then(|| expand_export("page::blocking", &["Items", "Pages"]));
    quote! {
        /// The same operations for code that is not async.
        #[cfg(feature = "blocking")]
        pub mod blocking {
            #client
            #pages
        }
    }
}
