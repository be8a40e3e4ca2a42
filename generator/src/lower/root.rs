//! What is at the root of the document and holds for every response.

use super::context::Context;
use super::docs;
use super::extension;
use super::names::{Namespace, Scope};
use crate::diagnostic::codes;
use crate::model::{CredentialPlacement, ErrorBody, Identifier, RateLimitHeaders, ResponseHeaders};
use crate::openapi::{Field, List, Node, SpecObject, Text};

/// `x-error-body`. Without it, the places are empty, and the client reads those where error bodies usually say what (RFC 9457 first). It has
/// to know the difference, since a result may have members of these names too.
pub(super) fn error_body(context: &mut Context<'_>) -> ErrorBody {
    let Some(node) = object(context, &context.root().error_body()) else {
        return ErrorBody::default();
    };
    extension::known_members(context, &node);
    ErrorBody {
        message: extension::pointers(context, &node.message()),
        code: extension::pointers(context, &node.code()),
        required_scopes: extension::pointers(context, &node.required_scopes()),
    }
}

/// Names the licence of the API by its identifier, which is there to be read by programs.
pub(super) fn license(context: &Context<'_>) -> Option<String> {
    let license = context.root().info().node()?.license().node()?;
    let identifier = license.identifier().text()?;
    Some(format!("License: {}.", docs::code(identifier)))
}

/// `x-modules`.
pub(super) fn modules(context: &mut Context<'_>) -> Vec<Identifier> {
    let root = context.root();
    let mut scope = Scope::new(Namespace::Module);
    let mut modules = Vec::new();
    for given in extension::texts(context, &root.modules()) {
        match scope.take_given(&given) {
            Ok(name) => modules.push(name),
            Err(_) => context.report(
                codes::INVALID_EXTENSION,
                &root.modules().pointer(),
                format!(
                    "`{given}` is no name for a module, or the crate has a module of that name"
                ),
                "write another name in snake case; until then the module is left out",
            ),
        }
    }
    modules
}

/// `x-credential-places`.
pub(super) fn other_credential_places(context: &mut Context<'_>) -> Vec<CredentialPlacement> {
    let Some(node) = object(context, &context.root().credential_places()) else {
        return Vec::new();
    };
    extension::known_members(context, &node);
    let headers = names(context, &node.header(), is_header_name);
    let queries = names(context, &node.query(), |name| !name.is_empty());
    let cookies = names(context, &node.cookie(), |name| !name.is_empty());
    headers
        .into_iter()
        .map(CredentialPlacement::Header)
        .chain(queries.into_iter().map(CredentialPlacement::Query))
        .chain(cookies.into_iter().map(CredentialPlacement::Cookie))
        .collect()
}

/// The names in a list that can be one.
fn names<'a>(
    context: &mut Context<'a>,
    field: &Field<'_, 'a, List<Text>>,
    is_name: impl Fn(&str) -> bool,
) -> Vec<String> {
    let (names, others): (Vec<String>, Vec<String>) = extension::texts(context, field)
        .into_iter()
        .partition(|name| is_name(name));
    for other in others {
        context.report(
            codes::INVALID_EXTENSION,
            &field.pointer(),
            format!(
                "`{other}` is no name for a credential in `{}`",
                field.name()
            ),
            "write the name as it is sent in requests; until then it is left out",
        );
    }
    names
}

/// Whether a text is a token (RFC 9110, section 5.6.2).
fn is_header_name(text: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(is_part)
}

/// `x-response-headers`.
pub(super) fn response_headers(context: &mut Context<'_>) -> ResponseHeaders {
    let Some(node) = object(context, &context.root().response_headers()) else {
        return ResponseHeaders::default();
    };
    extension::known_members(context, &node);
    let rate_limit = match object(context, &node.rate_limit()) {
        Some(node) => {
            extension::known_members(context, &node);
            RateLimitHeaders {
                limit: extension::text(context, &node.limit()),
                remaining: extension::text(context, &node.remaining()),
                observed: extension::text(context, &node.observed()),
                name: extension::text(context, &node.name()),
                reset: extension::text(context, &node.reset()),
            }
        }
        None => RateLimitHeaders::default(),
    };
    ResponseHeaders {
        request_id: extension::texts(context, &node.request_id()),
        rate_limit,
    }
}

/// Returns the content of an extension that is an object.
fn object<'a, T: SpecObject>(
    context: &mut Context<'a>,
    field: &Field<'_, 'a, T>,
) -> Option<Node<'a, T>> {
    let node = field.node()?;
    if !node.is_object() {
        extension::wrong(context, &node, "an object");
        return None;
    }
    Some(node)
}
