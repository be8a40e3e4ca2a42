//! The crate's root: what it is, and the names that users need.

use proc_macro2::TokenStream;
use quote::quote;

use super::Config;
use super::format::Module;
use crate::model::{Api, RuntimeFeature};

pub(super) fn module(api: &Api, config: &Config) -> Module {
    let exports = expand_exports(api);
    let items = vec![
        quote! {
            mod client;
            pub mod operations;
            pub mod runtime;
            pub mod types;
        },
        expand_blocking(api),
        quote!(#(#exports)*),
    ];
    Module {
        about: about(api, config),
        items,
    }
}

fn about(api: &Api, config: &Config) -> String {
    let mut paragraphs = vec![format!(
        "Client for {} (version {} of its description).",
        api.title, api.version
    )];
    paragraphs.extend(api.docs.description.clone());
    paragraphs.push(example(api, config));
    paragraphs.push(
        "Each operation is a builder: required inputs are arguments, optional ones are setters. Awaiting it gives the result, `send` \
         the answer's status and headers as well. Errors say what happened and never with which credential."
            .to_owned(),
    );
    paragraphs.extend(api.docs.link.as_ref().map(|link| format!("See <{link}>.")));
    paragraphs.join("\n\n")
}

fn example(api: &Api, config: &Config) -> String {
    let krate = config.crate_name();
    let base_url = match api.default_base_url {
        Some(_) => "",
        None => "\n    .base_url(\"https://api.example.com\")?",
    };
    let auth = match api.credentials.first() {
        Some(scheme) if scheme.placement.takes_secret_only() => {
            format!("\n    .auth({krate}::Auth::{}(secret))", scheme.name)
        }
        _ => String::new(),
    };
    format!(
        "```no_run\n# fn example(secret: String) -> Result<(), {krate}::Error> {{\nlet client = {krate}::Client::builder(){base_url}{auth}\n    .build()?;\n# let _ = client;\n# Ok(())\n# }}\n```"
    )
}

fn expand_exports(api: &Api) -> Vec<TokenStream> {
    let mut exports = vec![
        quote!(
            pub use crate::runtime::auth::Auth;
        ),
        quote!(
            pub use crate::runtime::builder::ClientBuilder;
        ),
        quote!(
            pub use crate::runtime::client::Client;
        ),
        quote!(
            pub use crate::runtime::error::{Error, ErrorKind};
        ),
    ];
    let optional = [
        (
            RuntimeFeature::Multipart,
            quote!(
                pub use crate::runtime::multipart::Upload;
            ),
        ),
        (
            RuntimeFeature::Nullable,
            quote!(
                pub use crate::runtime::nullable::Nullable;
            ),
        ),
        (
            RuntimeFeature::Pagination,
            quote!(
                pub use crate::runtime::page::{Page, PageToken};
            ),
        ),
        (
            RuntimeFeature::Pagination,
            quote!(
                pub use crate::runtime::page_stream::{ItemStream, PageStream};
            ),
        ),
    ];
    exports.extend(
        optional
            .into_iter()
            .filter(|(feature, _)| api.needs(*feature))
            .map(|(_, export)| export),
    );
    exports.extend([
        quote!(
            pub use crate::runtime::options::RequestOptions;
        ),
        quote!(
            pub use crate::runtime::raw::{RawBody, RawRequest};
        ),
        quote!(
            pub use crate::runtime::response::{RateLimit, Response};
        ),
        quote!(
            pub use crate::runtime::secret::Secret;
        ),
        quote!(
            pub use crate::runtime::timer::{Sleep, Timer};
        ),
        quote!(
            pub use crate::runtime::transport::{
                RequestBody, ResponseBody, Transport, TransportError, TransportErrorKind,
                TransportFuture,
            };
        ),
        quote!(
            pub use http;
        ),
    ]);
    exports
}

fn expand_blocking(api: &Api) -> TokenStream {
    let pages = api.needs(RuntimeFeature::Pagination).then(|| {
        quote!(
            pub use crate::runtime::page_blocking::{Items, Pages};
        )
    });
    quote! {
        #[cfg(feature = "blocking")]
        #[doc = " The same operations for code that is not async."]
        pub mod blocking {
            pub use crate::runtime::blocking::{Client, ClientBuilder};
            #pages
        }
    }
}
