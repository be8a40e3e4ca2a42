//! `x-credential`: what an operation does to a credential.

use crate::diagnostic::{Pointer, codes};
use crate::lower::context::Context;
use crate::lower::extension;
use crate::lower::operations::credential_status;
use crate::model::{
    CredentialEffect, CredentialEffectKind, CredentialStatusInfo, CredentialTarget, Operation,
    ParameterLocation,
};
use crate::openapi::{self, Node};

const KEY: &str = "x-credential";

/// Reads the effect of an operation on a credential.
pub(super) fn effect(
    context: &mut Context<'_>,
    operation: &mut Operation,
    status: &CredentialStatusInfo,
) {
    let node = context.node::<openapi::Operation>(&operation.pointer);
    if let Some(node) = node.and_then(|node| node.credential().node()) {
        operation.credential_effect = read(context, &node, operation, status);
    }
}

fn read<'a>(
    context: &mut Context<'a>,
    node: &Node<'a, openapi::Credential>,
    operation: &Operation,
    status: &CredentialStatusInfo,
) -> Option<CredentialEffect> {
    if !node.is_object() {
        extension::wrong(context, node, "an object");
        return None;
    }
    if has_moved_members(context, node) {
        return None;
    }
    extension::known_members(context, node);
    let effect = node.effect();
    let kind = match effect.text() {
        Some("replace") => CredentialEffectKind::Replace,
        Some("revoke") => CredentialEffectKind::Revoke,
        _ => {
            let at = match effect.is_present() {
                true => effect.pointer(),
                false => node.pointer.clone(),
            };
            fault(context, &at, "`effect` must be `replace` or `revoke`");
            return None;
        }
    };
    let effect = CredentialEffect {
        kind,
        target: target(context, node, operation)?,
        secret: extension::pointer(context, &node.secret()),
    };
    is_complete(context, node, &effect, status).then_some(effect)
}

/// Reports members that hold for the whole API and are at the root, with their names there.
fn has_moved_members<'a>(context: &mut Context<'a>, node: &Node<'a, openapi::Credential>) -> bool {
    let mut found: Vec<(&str, Node<'a, openapi::Any>, &str)> = Vec::new();
    for (name, member) in node.unknown_fields() {
        let there = match name {
            "check" | "active" => name,
            "settled" => "ended",
            _ => continue,
        };
        found.push((name, member, there));
    }
    if let Some(target) = node.target().node() {
        let mut members = target.unknown_fields();
        let identity = members.find(|(name, _)| *name == "identity");
        found.extend(identity.map(|(name, member)| (name, member, name)));
    }
    for (name, member, there) in &found {
        context.report(
            codes::INVALID_EXTENSION,
            &member.pointer,
            format!("`{name}` holds for the whole API, and is no member of `{KEY}`"),
            format!(
                "write it once, as `{there}` of `{}` at the root of the document",
                credential_status::KEY
            ),
        );
    }
    !found.is_empty()
}

/// Whether everything is there that the client needs to keep a credential from harm.
fn is_complete<'a>(
    context: &mut Context<'a>,
    node: &Node<'a, openapi::Credential>,
    effect: &CredentialEffect,
    status: &CredentialStatusInfo,
) -> bool {
    if effect.kind == CredentialEffectKind::Revoke {
        return true;
    }
    let (whose, own) = match effect.target {
        CredentialTarget::Caller => (
            "the caller's own credential",
            ("ended", status.ended.is_some()),
        ),
        CredentialTarget::Parameter(_) => (
            "the credential that a parameter names",
            ("identity", status.identity.is_some()),
        ),
    };
    let of_status: Vec<&str> = [("check", status.check_path.is_some()), own]
        .into_iter()
        .filter_map(|(name, is_there)| (!is_there).then_some(name))
        .collect();
    let mut missing = Vec::new();
    if effect.secret.is_none() {
        missing.push("`secret`".to_owned());
    }
    if !of_status.is_empty() {
        missing.push(format!(
            "`{}` at the root with `{}`",
            credential_status::KEY,
            of_status.join("` and `")
        ));
    }
    if !missing.is_empty() {
        let message = format!("to replace {whose} takes {}, too", missing.join(" and "));
        fault(context, &node.pointer, &message);
    }
    missing.is_empty()
}

fn target<'a>(
    context: &mut Context<'a>,
    node: &Node<'a, openapi::Credential>,
    operation: &Operation,
) -> Option<CredentialTarget> {
    let target = node.target().node();
    if target.as_ref().and_then(|node| node.value.as_str()) == Some("caller") {
        return Some(CredentialTarget::Caller);
    }
    let Some(target) = target.filter(|node| node.parameter().is_present()) else {
        fault(
            context,
            &node.pointer,
            "`target` must be `caller` or an object with `parameter`",
        );
        return None;
    };
    extension::known_members(context, &target);
    let name = extension::text(context, &target.parameter())?;
    let parameter = operation.parameters.iter().position(|parameter| {
        parameter.wire_name == name && parameter.location == ParameterLocation::Path
    });
    let Some(parameter) = parameter else {
        let message = format!("the operation has no path parameter `{name}`");
        fault(context, &target.pointer, &message);
        return None;
    };
    Some(CredentialTarget::Parameter(parameter))
}

fn fault(context: &mut Context<'_>, pointer: &Pointer, message: &str) {
    context.report(
        codes::INVALID_EXTENSION,
        pointer,
        message,
        "correct it; until then the operation is taken for one that leaves credentials alone",
    );
}
