//! Turns a checked document into the model. Every decision is taken here: names, what is optional, what is in a box, which media type is
//! used, what an operation returns. It knows OpenAPI, and nothing of tokens.
//!
//! It reads the document through the typed views of [`openapi`](crate::openapi) alone. A checked document has no node of a wrong shape,
//! so what a view does not find is not there.

mod context;
mod docs;
mod extension;
mod names;
mod operations;
mod root;
mod security;
mod server;
#[cfg(test)]
mod tests;
mod types;

use crate::diagnostic::Diagnostics;
use crate::model::Api;
use crate::source::Document;

use context::Context;
use security::Security;
use types::Types;

/// Lowers a document that [`dialect::read`](crate::dialect::read) has made sure of. What cannot be expressed is left out in the smallest
/// unit, with a diagnostic.
#[must_use]
pub fn lower(document: &Document, diagnostics: &mut Diagnostics) -> Api {
    let context = &mut Context::new(document, diagnostics);
    let server = server::server(context);
    let security = Security::new(context);
    let mut types = Types::new(context);
    let operations = operations::operations(context, &mut types, &security, &server.base_path);
    let base_path = server::base_path(context, &server.base_path);
    let types = types.finish(context, &operations.roots);
    let (groups, credential_status) = operations.finish(context, &types);
    let root = context.root();
    let info = root.info().node().and_then(|info| info.read());
    let info = info.unwrap_or_default();
    let link = root.external_docs().node();
    let docs = docs::summarized(
        root.info().node().and_then(|info| info.summary().text()),
        info.description.as_deref(),
        link.and_then(|link| link.url().text()),
    );
    let license = root::license(context);
    Api {
        title: info.title,
        version: info.version,
        docs: match license {
            Some(license) => docs.with_remark(&license),
            None => docs,
        },
        default_base_url: server.base_url,
        base_path,
        groups,
        types,
        credentials: security.credentials,
        error_body: root::error_body(context),
        credential_status,
        other_credential_places: root::other_credential_places(context),
        response_headers: root::response_headers(context),
        modules: root::modules(context),
    }
}
