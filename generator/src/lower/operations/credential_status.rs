//! `x-credential-status`: where the status of a credential is asked for, and what proves it. It holds for the whole API.

use std::collections::BTreeMap;

use crate::diagnostic::codes;
use crate::lower::context::Context;
use crate::lower::extension;
use crate::model::{
    CredentialStatusInfo, HttpMethod, Operation, ResponsePattern, SecurityRequirement,
    SuccessResponse,
};
use crate::openapi::{CredentialStatus, ErrorPattern, Node, SpecObject};

pub(super) const KEY: &str = "x-credential-status";

/// The paths of the operations that can check a credential, by id, and what keeps others from it.
pub(super) type Places = BTreeMap<String, Result<String, &'static str>>;

pub(super) fn places<'o>(operations: impl Iterator<Item = &'o Operation>) -> Places {
    operations
        .map(|operation| (operation.id.clone(), place(operation)))
        .collect()
}

fn place(operation: &Operation) -> Result<String, &'static str> {
    if operation.method != HttpMethod::Get || operation.required_parameters().next().is_some() {
        return Err("it is no `GET` without required parameters");
    }
    if operation.security == SecurityRequirement::Anonymous {
        return Err("it sends none");
    }
    let mut responses = operation.successes.iter();
    if !responses.any(|response| SuccessResponse::type_ref(response).is_some()) {
        return Err("no response with JSON is documented");
    }
    Ok(operation.path.clone())
}

/// Reads what the root of the document says of the status of a credential.
///
/// Returns nothing where it cannot be read as a whole: without one of its conditions, responses would count as proofs that are none.
pub(super) fn status(context: &mut Context<'_>, places: &Places) -> CredentialStatusInfo {
    context
        .root()
        .credential_status()
        .node()
        .and_then(|node| read(context, &node, places))
        .unwrap_or_default()
}

fn read<'a>(
    context: &mut Context<'a>,
    node: &Node<'a, CredentialStatus>,
    places: &Places,
) -> Option<CredentialStatusInfo> {
    if !node.is_object() {
        extension::wrong(context, node, "an object");
        return None;
    }
    extension::known_members(context, node);
    let mut status = CredentialStatusInfo {
        check_path: check_path(context, node, places)?,
        identity: extension::pointer(context, &node.identity()),
        ended: node
            .ended()
            .node()
            .and_then(|ended| pattern_with_words(context, &ended)),
        ..CredentialStatusInfo::default()
    };
    read_active(context, node, &mut status)?;
    let about_check = [
        (node.identity().name(), node.identity().is_present()),
        (node.active().name(), node.active().is_present()),
    ];
    if status.check_path.is_none()
        && let Some((key, _)) = about_check.into_iter().find(|(_, is_there)| *is_there)
    {
        let message = format!("`{key}` is about the responses of `check`, which is missing");
        fault(context, node, &message);
        return None;
    }
    Some(status)
}

/// Returns the path of the operation that checks a credential, or `None` if what is written cannot be one.
fn check_path<'a>(
    context: &mut Context<'a>,
    node: &Node<'a, CredentialStatus>,
    places: &Places,
) -> Option<Option<String>> {
    let Some(at) = node.check().node() else {
        return Some(None);
    };
    let id = extension::text(context, &node.check())?;
    let message = match places.get(&id) {
        Some(Ok(path)) => return Some(Some(path.clone())),
        Some(Err(reason)) => format!("`{id}` cannot check a credential: {reason}"),
        None => format!("there is no operation with the id `{id}`"),
    };
    fault(context, &at, &message);
    None
}

fn read_active<'a>(
    context: &mut Context<'a>,
    node: &Node<'a, CredentialStatus>,
    status: &mut CredentialStatusInfo,
) -> Option<()> {
    let Some(active) = node.active().node() else {
        return Some(());
    };
    if !active.is_object() {
        extension::wrong(context, &active, "an object");
        return None;
    }
    extension::known_members(context, &active);
    status.active_member = extension::pointer(context, &active.member());
    if status.active_member.is_some() != active.member().is_present() || !has_only(&active) {
        return None;
    }
    if let Some(error_responses) = active.error_responses().node()
        && error_responses.value.as_array().is_none()
    {
        extension::wrong(context, &error_responses, "a list of responses");
    }
    // An error response less only makes the client more careful.
    status.active_error_responses = active
        .error_responses()
        .elements()
        .filter_map(|response| pattern_with_words(context, &response))
        .collect();
    Some(())
}

/// Reads an error response that proves something. It needs a code or a message, since any gateway can respond with its status.
fn pattern_with_words<'a>(
    context: &mut Context<'a>,
    node: &Node<'a, ErrorPattern>,
) -> Option<ResponsePattern> {
    let pattern = pattern(context, node)?;
    if pattern.code.is_none() && pattern.message.is_none() {
        let message = "an error response that proves something needs `code` or `message`: a proxy can respond with its status, too";
        fault(context, node, message);
        return None;
    }
    Some(pattern)
}

fn pattern<'a>(
    context: &mut Context<'a>,
    node: &Node<'a, ErrorPattern>,
) -> Option<ResponsePattern> {
    extension::known_members(context, node);
    let status = node
        .status()
        .number()
        .and_then(crate::source::Number::as_i64)
        .and_then(|status| u16::try_from(status).ok())
        .filter(|status| (100..600).contains(status));
    let Some(status) = status else {
        fault(context, node, "a response needs a `status` from 100 to 599");
        return None;
    };
    let code = extension::text(context, &node.code());
    let message = extension::text(context, &node.message());
    // Without a condition that cannot be read, responses would count as proofs that are none.
    let is_whole = node.code().is_present() == code.is_some()
        && node.message().is_present() == message.is_some()
        && has_only(node);
    is_whole.then_some(ResponsePattern {
        status,
        code,
        message,
    })
}

/// Whether no member has another name: it may be a condition, misspelt.
fn has_only<T: SpecObject>(node: &Node<'_, T>) -> bool {
    node.unknown_fields().next().is_none()
}

fn fault<'a, T>(context: &mut Context<'a>, node: &Node<'a, T>, message: &str) {
    context.report(
        codes::INVALID_EXTENSION,
        &node.pointer,
        message,
        "correct it; until then it proves nothing of a credential",
    );
}
