//! Security schemes, and which operations need a credential.

use openapiv3::{APIKeyLocation, SecurityScheme};

use super::context::Context;
use super::names::{self, Scope, Space, Wish};
use super::{docs, extension};
use crate::diagnostic::{Pointer, Severity, codes};
use crate::model::{CredentialPlacement, CredentialScheme, SecurityRequirement};
use crate::openapi::{self, Node};

/// What the document says about credentials as a whole.
pub(super) struct Security {
    pub(super) credentials: Vec<CredentialScheme>,
    /// What holds for operations that say nothing.
    default: SecurityRequirement,
}

impl Security {
    pub(super) fn new(context: &mut Context<'_>) -> Self {
        let credentials = credentials(context);
        let default = match context.root().security().node() {
            Some(requirements) => {
                let is_empty: Vec<bool> = requirements
                    .elements()
                    .map(|one| one.schemes().next().is_none())
                    .collect();
                requirement(&is_empty)
            }
            // A document that describes credentials and says nowhere who needs them leaves it to the caller.
            None if !credentials.is_empty() && !says_anywhere(context) => {
                SecurityRequirement::Optional
            }
            None => SecurityRequirement::Anonymous,
        };
        Self {
            credentials,
            default,
        }
    }

    /// Whether an operation needs a credential.
    pub(super) fn of(
        &self,
        context: &mut Context<'_>,
        operation: &Node<'_, openapi::Operation>,
    ) -> SecurityRequirement {
        let security = operation.security();
        if !security.is_present() {
            return self.default;
        }
        let alternatives: Vec<_> = security.elements().collect();
        let size = |node: &Node<'_, openapi::SecurityRequirement>| node.schemes().count();
        for alternative in &alternatives {
            if size(alternative) > 1 {
                context.report(
                    Severity::Note,
                    codes::CREDENTIAL_UNSUPPORTED,
                    &alternative.pointer,
                    "several credentials are asked for at once, but a client carries one",
                    "send the others as headers of the request",
                );
            }
        }
        let is_empty: Vec<bool> = alternatives.iter().map(|node| size(node) == 0).collect();
        requirement(&is_empty)
    }
}

/// What a list of alternatives comes to; an empty alternative asks for nothing.
fn requirement(is_empty: &[bool]) -> SecurityRequirement {
    if is_empty.iter().all(|is_empty| *is_empty) {
        SecurityRequirement::Anonymous
    } else if is_empty.contains(&true) {
        SecurityRequirement::Optional
    } else {
        SecurityRequirement::Required
    }
}

fn says_anywhere(context: &Context<'_>) -> bool {
    let paths = context.root().paths().node();
    let mut items = paths.iter().flat_map(|paths| paths.path_items());
    items.any(|(_, item)| {
        item.operations()
            .any(|(_, operation)| operation.security().is_present())
    })
}

fn credentials(context: &mut Context<'_>) -> Vec<CredentialScheme> {
    let Some(components) = context.root().components().node() else {
        return Vec::new();
    };
    let mut found: Vec<(&str, Node<'_, openapi::SecurityScheme>, CredentialPlacement)> = Vec::new();
    for (key, node) in components.security_schemes().entries() {
        // A scheme that refers to another one describes the same credential.
        if node.is_reference() {
            continue;
        }
        let Some(scheme) = node.read() else {
            continue;
        };
        let placement = placement(context, &scheme, &node.pointer);
        if let Some((first, ..)) = found.iter().find(|(.., known)| *known == placement) {
            let first = (*first).to_owned();
            context.report(
                Severity::Note,
                codes::CREDENTIAL_UNSUPPORTED,
                &node.pointer,
                format!(
                    "it travels as that of `{first}` does, so there is one constructor for both"
                ),
                "nothing needs to be done",
            );
            continue;
        }
        found.push((key, node, placement));
    }
    let wishes: Vec<Wish> = found
        .iter()
        .map(|(key, node, _)| Wish {
            given: extension::text(context, &node.rust_name()),
            derived: (*key).to_owned(),
        })
        .collect();
    let (identifiers, refused) = names::assign(&mut Scope::new(Space::Credential), &wishes);
    for index in refused {
        if let (Some((_, node, _)), Some(name)) = (found.get(index), identifiers.get(index)) {
            extension::refused(context, &node.rust_name(), name);
        }
    }
    found
        .into_iter()
        .zip(identifiers)
        .map(|((key, node, placement), name)| CredentialScheme {
            pointer: node.pointer.to_string(),
            key: key.to_owned(),
            name,
            docs: docs::item(None, node.description().text(), None, &[]),
            placement,
        })
        .collect()
}

fn placement(
    context: &mut Context<'_>,
    scheme: &SecurityScheme,
    pointer: &Pointer,
) -> CredentialPlacement {
    match scheme {
        SecurityScheme::APIKey { location, name, .. } => match location {
            APIKeyLocation::Header => CredentialPlacement::Header(name.clone()),
            APIKeyLocation::Query => CredentialPlacement::Query(name.clone()),
            APIKeyLocation::Cookie => CredentialPlacement::Cookie(name.clone()),
        },
        SecurityScheme::HTTP { scheme, .. } if scheme.eq_ignore_ascii_case("basic") => {
            CredentialPlacement::Basic
        }
        SecurityScheme::HTTP { scheme, .. } if !scheme.eq_ignore_ascii_case("bearer") => {
            context.report(
                Severity::Note,
                codes::CREDENTIAL_UNSUPPORTED,
                pointer,
                format!("there is nothing of its own for the HTTP scheme `{scheme}`"),
                "callers pass the whole value of `Authorization`",
            );
            CredentialPlacement::Header("Authorization".to_owned())
        }
        SecurityScheme::HTTP { .. }
        | SecurityScheme::OAuth2 { .. }
        | SecurityScheme::OpenIDConnect { .. } => CredentialPlacement::Bearer,
    }
}
