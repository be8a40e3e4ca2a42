//! `x-credential`: what an operation does to a credential.

use std::collections::BTreeMap;

use crate::diagnostic::{Pointer, Severity, codes};
use crate::lower::context::Context;
use crate::lower::extension;
use crate::lower::node::Node;
use crate::model::{
    CredentialEffect, CredentialEffectKind, CredentialTarget, HttpMethod, Operation,
    ParameterLocation, SettledAnswer,
};

const KEY: &str = "x-credential";

/// The paths of the operations that can check a credential, by id: a `GET` that needs no input.
pub(super) fn places<'o>(
    operations: impl Iterator<Item = &'o Operation>,
) -> BTreeMap<String, Option<String>> {
    operations
        .map(|operation| {
            let can_check = operation.method == HttpMethod::Get
                && operation.required_parameters().next().is_none();
            let path = can_check.then(|| operation.path.clone());
            (operation.id.clone(), path)
        })
        .collect()
}

/// Reads the effect of an operation on a credential.
pub(super) fn effect(
    context: &mut Context<'_>,
    operation: &mut Operation,
    places: &BTreeMap<String, Option<String>>,
) {
    let pointer = Pointer::parse(&operation.pointer).unwrap_or_default();
    if let Some(node) = context.node(pointer.key(KEY)) {
        operation.credential_effect = read(context, &node, operation, places);
    }
}

fn read<'a>(
    context: &mut Context<'a>,
    node: &Node<'a>,
    operation: &Operation,
    places: &BTreeMap<String, Option<String>>,
) -> Option<CredentialEffect> {
    if node.as_object().is_none() {
        extension::wrong(context, node, "an object");
        return None;
    }
    let members = ["effect", "target", "secret", "check", "settled"];
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
    let check_operation = extension::text(context, node, "check");
    let check_path = match &check_operation {
        None => None,
        Some(id) => match places.get(id) {
            Some(Some(path)) => Some(path.clone()),
            known => {
                let message = match known {
                    Some(_) => format!(
                        "`{id}` cannot check a credential: it is no `GET` without required parameters"
                    ),
                    None => format!("there is no operation with the id `{id}`"),
                };
                let at = node.get("check").unwrap_or_else(|| node.clone());
                fault(context, &at, &message);
                return None;
            }
        },
    };
    Some(CredentialEffect {
        kind,
        target,
        secret: pointer(context, node, "secret"),
        check_path,
        check_operation,
        settled: settled(context, node),
    })
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

fn settled<'a>(context: &mut Context<'a>, node: &Node<'a>) -> Option<SettledAnswer> {
    let settled = node.get("settled")?;
    extension::known_members(context, &settled, &["status", "code", "message"]);
    let status = settled
        .get("status")
        .and_then(|status| status.value.as_number()?.as_i64())
        .and_then(|status| u16::try_from(status).ok())
        .filter(|status| (100..600).contains(status));
    let Some(status) = status else {
        fault(
            context,
            &settled,
            "`settled` needs a `status` from 100 to 599",
        );
        return None;
    };
    let code = extension::text(context, &settled, "code");
    let message = extension::text(context, &settled, "message");
    // Without a condition that cannot be read, answers would count as proofs that are none.
    let is_whole =
        settled.has("code") == code.is_some() && settled.has("message") == message.is_some();
    is_whole.then_some(SettledAnswer {
        status,
        code,
        message,
    })
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
