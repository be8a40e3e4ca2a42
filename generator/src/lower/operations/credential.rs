//! `x-credential`: what an operation does to a credential.

use std::collections::BTreeMap;

use crate::diagnostic::{Pointer, Severity, codes};
use crate::lower::context::Context;
use crate::lower::extension;
use crate::lower::node::Node;
use crate::model::{
    CredentialEffect, CredentialEffectKind, CredentialStatusInfo, CredentialTarget, HttpMethod,
    Operation, ParameterLocation, ResponsePattern, SecurityRequirement, SuccessResponse,
};
use crate::source::Value;

const KEY: &str = "x-credential";

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
    let mut answers = operation.successes.iter();
    if !answers.any(|answer| SuccessResponse::type_ref(answer).is_some()) {
        return Err("no answer with JSON is documented");
    }
    Ok(operation.path.clone())
}

/// Reads the effect of an operation on a credential.
pub(super) fn effect(context: &mut Context<'_>, operation: &mut Operation, places: &Places) {
    let pointer = Pointer::parse(&operation.pointer).unwrap_or_default();
    if let Some(node) = context.node(pointer.key(KEY)) {
        operation.credential_effect = read(context, &node, operation, places);
    }
}

fn read<'a>(
    context: &mut Context<'a>,
    node: &Node<'a>,
    operation: &Operation,
    places: &Places,
) -> Option<CredentialEffect> {
    if node.as_object().is_none() {
        extension::wrong(context, node, "an object");
        return None;
    }
    let members = ["effect", "target", "secret", "check", "settled", "active"];
    extension::known_members(context, node, &members);
    let kind = match node.text("effect") {
        Some("replace") => CredentialEffectKind::Replace,
        Some("revoke") => CredentialEffectKind::Revoke,
        _ => {
            let at = node.get("effect").unwrap_or_else(|| node.clone());
            fault(context, &at, "`effect` must be `replace` or `revoke`");
            return None;
        }
    };
    let target = target(context, node, operation)?;
    let check_path = match extension::text(context, node, "check") {
        None => None,
        Some(id) => match places.get(&id) {
            Some(Ok(path)) => Some(path.clone()),
            known => {
                let message = match known {
                    Some(Err(reason)) => format!("`{id}` cannot check a credential: {reason}"),
                    _ => format!("there is no operation with the id `{id}`"),
                };
                let at = node.get("check").unwrap_or_else(|| node.clone());
                fault(context, &at, &message);
                return None;
            }
        },
    };
    let effect = CredentialEffect {
        kind,
        target,
        secret: pointer(context, node, "secret"),
        check_path,
        settled: settled(context, node),
        active: active(context, node)?,
    };
    is_complete(context, node, &effect).then_some(effect)
}

/// Whether everything is there that the client needs to keep a credential from harm.
fn is_complete<'a>(context: &mut Context<'a>, node: &Node<'a>, effect: &CredentialEffect) -> bool {
    if node.has("active") && effect.check_path.is_none() {
        fault(
            context,
            node,
            "`active` is about the answers of `check`, which is missing",
        );
        return false;
    }
    if effect.kind == CredentialEffectKind::Revoke {
        return true;
    }
    let check = ("check", effect.check_path.is_some());
    let needs = match &effect.target {
        CredentialTarget::Caller => vec![
            ("secret", effect.secret.is_some()),
            check,
            ("settled", effect.settled.is_some()),
        ],
        CredentialTarget::Parameter { identity, .. } => vec![
            ("secret", effect.secret.is_some()),
            ("identity", identity.is_some()),
            check,
        ],
    };
    let missing: Vec<&str> = needs
        .into_iter()
        .filter_map(|(name, is_there)| (!is_there).then_some(name))
        .collect();
    if !missing.is_empty() {
        let whose = match effect.target {
            CredentialTarget::Caller => "the caller's own credential",
            CredentialTarget::Parameter { .. } => "the credential that a parameter names",
        };
        let message = format!(
            "to replace {whose} takes `{}`, too",
            missing.join("` and `")
        );
        fault(context, node, &message);
    }
    missing.is_empty()
}

fn target<'a>(
    context: &mut Context<'a>,
    node: &Node<'a>,
    operation: &Operation,
) -> Option<CredentialTarget> {
    let target = node.get("target");
    if target.as_ref().and_then(|node| node.value.as_str()) == Some("caller") {
        return Some(CredentialTarget::Caller);
    }
    let Some(target) = target.filter(|node| node.has("parameter")) else {
        fault(
            context,
            node,
            "`target` must be `caller` or an object with `parameter`",
        );
        return None;
    };
    extension::known_members(context, &target, &["parameter", "identity"]);
    let name = extension::text(context, &target, "parameter")?;
    let parameter = operation.parameters.iter().position(|parameter| {
        parameter.wire_name == name && parameter.location == ParameterLocation::Path
    });
    let Some(parameter) = parameter else {
        let message = format!("the operation has no path parameter `{name}`");
        fault(context, &target, &message);
        return None;
    };
    Some(CredentialTarget::Parameter {
        parameter,
        identity: pointer(context, &target, "identity"),
    })
}

fn settled<'a>(context: &mut Context<'a>, node: &Node<'a>) -> Option<ResponsePattern> {
    let settled = node.get("settled")?;
    told_by_words(context, &settled)
}

/// Nothing where it cannot be read as a whole: without one of its conditions, answers would count as proofs that are none.
fn active<'a>(context: &mut Context<'a>, node: &Node<'a>) -> Option<CredentialStatusInfo> {
    let Some(active) = node.get("active") else {
        return Some(CredentialStatusInfo::default());
    };
    if active.as_object().is_none() {
        extension::wrong(context, &active, "an object");
        return None;
    }
    extension::known_members(context, &active, &["member", "error_responses"]);
    let member = pointer(context, &active, "member");
    if member.is_some() != active.has("member")
        || !has_only(&active, &["member", "error_responses"])
    {
        return None;
    }
    if let Some(error_responses) = active.get("error_responses")
        && !matches!(error_responses.value, Value::Array(_))
    {
        extension::wrong(context, &error_responses, "a list of answers");
    }
    // A refusal less only makes the client more careful.
    let error_responses = active
        .elements("error_responses")
        .iter()
        .filter_map(|refusal| told_by_words(context, refusal))
        .collect();
    Some(CredentialStatusInfo {
        member,
        error_responses,
    })
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
fn pointer<'a>(context: &mut Context<'a>, node: &Node<'a>, key: &str) -> Option<String> {
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
        "correct it; until then the operation is taken for one that leaves credentials alone",
    );
}
