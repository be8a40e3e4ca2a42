//! What stands at the root of the document and holds for every answer.

use super::context::Context;
use super::extension;
use super::names::{Scope, Space};
use super::node::Node;
use crate::diagnostic::{Pointer, Severity, codes};
use crate::model::{CredentialPlacement, ErrorBody, Identifier, RateLimitHeaders, ResponseHeaders};

/// `x-error-body`, or where error bodies usually say what (RFC 9457 first).
pub(super) fn error_body(context: &mut Context<'_>) -> ErrorBody {
    let usual = || ErrorBody {
        message: [
            "/detail",
            "/title",
            "/message",
            "/error_description",
            "/error",
            "/error/message",
        ]
        .map(str::to_owned)
        .to_vec(),
        code: ["/code", "/error/code", "/error"]
            .map(str::to_owned)
            .to_vec(),
        required_scopes: Vec::new(),
    };
    let Some(node) = member(context, "x-error-body") else {
        return usual();
    };
    extension::known_members(context, &node, &["message", "code", "required-scopes"]);
    ErrorBody {
        message: pointers(context, &node, "message"),
        code: pointers(context, &node, "code"),
        required_scopes: pointers(context, &node, "required-scopes"),
    }
}

/// `x-modules`.
pub(super) fn modules(context: &mut Context<'_>) -> Vec<Identifier> {
    let Some(root) = context.node(Pointer::root()) else {
        return Vec::new();
    };
    let mut scope = Scope::new(Space::Module);
    let mut modules = Vec::new();
    for given in extension::texts(context, &root, "x-modules") {
        match scope.claim_given(&given) {
            Ok(name) => modules.push(name),
            Err(_) => context.report(
                Severity::Error,
                codes::INVALID_EXTENSION,
                &Pointer::root().key("x-modules"),
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
    let Some(node) = member(context, "x-credential-places") else {
        return Vec::new();
    };
    extension::known_members(context, &node, &["header", "query", "cookie"]);
    let headers = names(context, &node, "header", is_header_name);
    let queries = names(context, &node, "query", |name| !name.is_empty());
    let cookies = names(context, &node, "cookie", |name| !name.is_empty());
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
    node: &Node<'a>,
    key: &str,
    is_name: impl Fn(&str) -> bool,
) -> Vec<String> {
    let (names, others): (Vec<String>, Vec<String>) = extension::texts(context, node, key)
        .into_iter()
        .partition(|name| is_name(name));
    for other in others {
        context.report(
            Severity::Error,
            codes::INVALID_EXTENSION,
            &node.pointer.key(key),
            format!("`{other}` is no name for a credential in `{key}`"),
            "write the name as it stands in requests; until then it is left out",
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
    let Some(node) = member(context, "x-response-headers") else {
        return ResponseHeaders::default();
    };
    extension::known_members(context, &node, &["request-id", "rate-limit"]);
    let rate_limit = match node.get("rate-limit") {
        Some(node) if node.as_object().is_some() => {
            let known = ["limit", "remaining", "observed", "name", "reset"];
            extension::known_members(context, &node, &known);
            RateLimitHeaders {
                limit: extension::text(context, &node, "limit"),
                remaining: extension::text(context, &node, "remaining"),
                observed: extension::text(context, &node, "observed"),
                name: extension::text(context, &node, "name"),
                reset: extension::text(context, &node, "reset"),
            }
        }
        Some(node) => {
            extension::wrong(context, &node, "an object");
            RateLimitHeaders::default()
        }
        None => RateLimitHeaders::default(),
    };
    ResponseHeaders {
        request_id: extension::texts(context, &node, "request-id"),
        rate_limit,
    }
}

/// An extension at the root that is an object.
fn member<'a>(context: &mut Context<'a>, key: &str) -> Option<Node<'a>> {
    let node = context.node(Pointer::root().key(key))?;
    if node.as_object().is_none() {
        extension::wrong(context, &node, "an object");
        return None;
    }
    Some(node)
}

fn pointers<'a>(context: &mut Context<'a>, node: &Node<'a>, key: &str) -> Vec<String> {
    let mut pointers = extension::texts(context, node, key);
    if pointers.iter().any(|text| Pointer::parse(text).is_none())
        && let Some(member) = node.get(key)
    {
        extension::wrong(
            context,
            &member,
            "a list of JSON pointers such as `/message`",
        );
        pointers.retain(|text| Pointer::parse(text).is_some());
    }
    pointers
}
