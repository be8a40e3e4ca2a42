//! `x-credential-status`: where the status of a credential is asked for, and what proves it. It holds for the whole API.

use crate::diagnostic::{Pointer, Severity, codes};
use crate::lower::context::Context;
use crate::lower::extension;
use crate::lower::node::Node;
use crate::lower::operations::credential::Places;
use crate::model::{CredentialStatusInfo, ResponsePattern};

pub(super) const KEY: &str = "x-credential-status";

/// Reads what the root of the document says of the status of a credential.
///
/// Returns nothing where it cannot be read as a whole: without one of its conditions, answers would count as proofs that are none.
pub(super) fn status(context: &mut Context<'_>, places: &Places) -> CredentialStatusInfo {
    context
        .node(Pointer::root().key(KEY))
        .and_then(|node| read(context, &node, places))
        .unwrap_or_default()
}

fn read<'a>(
    context: &mut Context<'a>,
    node: &Node<'a>,
    places: &Places,
) -> Option<CredentialStatusInfo> {
    if node.as_object().is_none() {
        extension::wrong(context, node, "an object");
        return None;
    }
    extension::known_members(context, node, &["check", "identity", "ended", "active"]);
    let mut status = CredentialStatusInfo {
        check_path: check_path(context, node, places)?,
        identity: pointer(context, node, "identity"),
        ended: node
            .get("ended")
            .and_then(|ended| told_by_words(context, &ended)),
        ..CredentialStatusInfo::default()
    };
    read_active(context, node, &mut status)?;
    let about_check = ["identity", "active"];
    if status.check_path.is_none()
        && let Some(key) = about_check.into_iter().find(|key| node.has(key))
    {
        let message = format!("`{key}` is about the answers of `check`, which is missing");
        fault(context, node, &message);
        return None;
    }
    Some(status)
}

/// Returns the path of the operation that checks a credential, or `None` if what is written cannot be one.
fn check_path<'a>(
    context: &mut Context<'a>,
    node: &Node<'a>,
    places: &Places,
) -> Option<Option<String>> {
    let Some(at) = node.get("check") else {
        return Some(None);
    };
    let id = extension::text(context, node, "check")?;
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
    node: &Node<'a>,
    status: &mut CredentialStatusInfo,
) -> Option<()> {
    let Some(active) = node.get("active") else {
        return Some(());
    };
    if active.as_object().is_none() {
        extension::wrong(context, &active, "an object");
        return None;
    }
    let members = ["member", "error_responses"];
    extension::known_members(context, &active, &members);
    status.active_member = pointer(context, &active, "member");
    if status.active_member.is_some() != active.has("member") || !has_only(&active, &members) {
        return None;
    }
    if let Some(error_responses) = active.get("error_responses")
        && error_responses.value.as_array().is_none()
    {
        extension::wrong(context, &error_responses, "a list of answers");
    }
    // A refusal less only makes the client more careful.
    status.active_error_responses = active
        .elements("error_responses")
        .iter()
        .filter_map(|refusal| told_by_words(context, refusal))
        .collect();
    Some(())
}

/// A refusal that proves something, by its words: any gateway can give a status.
fn told_by_words<'a>(context: &mut Context<'a>, node: &Node<'a>) -> Option<ResponsePattern> {
    let pattern = pattern(context, node)?;
    if pattern.code.is_none() && pattern.message.is_none() {
        let message = "a refusal that proves something needs `code` or `message`: a proxy can answer with its status, too";
        fault(context, node, message);
        return None;
    }
    Some(pattern)
}

fn pattern<'a>(context: &mut Context<'a>, node: &Node<'a>) -> Option<ResponsePattern> {
    extension::known_members(context, node, &["status", "code", "message"]);
    let status = node
        .get("status")
        .and_then(|status| status.value.as_number()?.as_i64())
        .and_then(|status| u16::try_from(status).ok())
        .filter(|status| (100..600).contains(status));
    let Some(status) = status else {
        fault(context, node, "an answer needs a `status` from 100 to 599");
        return None;
    };
    let code = extension::text(context, node, "code");
    let message = extension::text(context, node, "message");
    // Without a condition that cannot be read, answers would count as proofs that are none.
    let is_whole = node.has("code") == code.is_some()
        && node.has("message") == message.is_some()
        && has_only(node, &["status", "code", "message"]);
    is_whole.then_some(ResponsePattern {
        status,
        code,
        message,
    })
}

/// Whether no member has another name: it may be a condition, misspelt.
fn has_only(node: &Node<'_>, known: &[&str]) -> bool {
    let mut members = node.as_object().into_iter().flatten();
    members.all(|(name, _)| known.contains(&name.as_str()))
}

/// The content of a member that is a JSON pointer.
pub(super) fn pointer<'a>(context: &mut Context<'a>, node: &Node<'a>, key: &str) -> Option<String> {
    let text = extension::text(context, node, key)?;
    if Pointer::parse(&text).is_none()
        && let Some(member) = node.get(key)
    {
        extension::wrong(context, &member, "a JSON pointer such as `/id`");
        return None;
    }
    Some(text)
}

fn fault<'a>(context: &mut Context<'a>, node: &Node<'a>, message: &str) {
    context.report(
        Severity::Error,
        codes::INVALID_EXTENSION,
        &node.pointer,
        message,
        "correct it; until then it proves nothing of a credential",
    );
}
