//! Security schemes, and which operations need a credential.

use openapiv3::{APIKeyLocation, ReferenceOr, SecurityScheme};

use super::context::Context;
use super::names::{self, Scope, Space, Wish};
use super::node::Node;
use super::{docs, extension};
use crate::diagnostic::{Pointer, Severity, codes};
use crate::model::{CredentialPlacement, CredentialScheme, SecurityRequirement};

/// What the document says about credentials as a whole.
pub(super) struct Security {
    pub(super) credentials: Vec<CredentialScheme>,
    /// What holds for operations that say nothing.
    default: SecurityRequirement,
}

impl Security {
    pub(super) fn new(context: &mut Context<'_>) -> Self {
        let credentials = credentials(context);
        let default = match &context.openapi.security {
            Some(requirements) => {
                let is_empty: Vec<bool> = requirements.iter().map(|one| one.is_empty()).collect();
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
        operation: &Node<'_>,
    ) -> SecurityRequirement {
        if !operation.has("security") {
            return self.default;
        }
        let alternatives = operation.elements("security");
        let size = |node: &Node<'_>| node.as_object().map_or(0, |schemes| schemes.len());
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
    let paths = &context.openapi.paths.paths;
    let mut items = paths.values().filter_map(ReferenceOr::as_item);
    items.any(|item| {
        item.iter()
            .any(|(_, operation)| operation.security.is_some())
    })
}

fn credentials(context: &mut Context<'_>) -> Vec<CredentialScheme> {
    let Some(components) = &context.openapi.components else {
        return Vec::new();
    };
    let schemes = Pointer::root().key("components").key("securitySchemes");
    let mut found: Vec<(&str, Pointer, CredentialPlacement)> = Vec::new();
    for (key, scheme) in &components.security_schemes {
        // A scheme that refers to another one describes the same credential.
        let ReferenceOr::Item(scheme) = scheme else {
            continue;
        };
        let pointer = schemes.key(key);
        let placement = placement(context, scheme, &pointer);
        if let Some((first, ..)) = found.iter().find(|(.., known)| *known == placement) {
            let first = (*first).to_owned();
            context.report(
                Severity::Note,
                codes::CREDENTIAL_UNSUPPORTED,
                &pointer,
                format!(
                    "it travels as that of `{first}` does, so there is one constructor for both"
                ),
                "nothing needs to be done",
            );
            continue;
        }
        found.push((key, pointer, placement));
    }
    let nodes: Vec<Option<Node<'_>>> = found
        .iter()
        .map(|(_, pointer, _)| context.node(pointer.clone()))
        .collect();
    let wishes: Vec<Wish> = found
        .iter()
        .zip(&nodes)
        .map(|((key, ..), node)| Wish {
            given: node
                .as_ref()
                .and_then(|node| extension::text(context, node, "x-rust-name")),
            derived: (*key).to_owned(),
        })
        .collect();
    let (identifiers, refused) = names::assign(&mut Scope::new(Space::Credential), &wishes);
    for index in refused {
        if let (Some(Some(node)), Some(name)) = (nodes.get(index), identifiers.get(index)) {
            extension::refused(context, node, "x-rust-name", name);
        }
    }
    found
        .into_iter()
        .zip(identifiers)
        .zip(nodes)
        .map(|(((key, pointer, placement), name), node)| {
            let description = node.as_ref().and_then(|node| node.text("description"));
            CredentialScheme {
                pointer: pointer.to_string(),
                key: key.to_owned(),
                name,
                docs: docs::item(None, description, None, &[]),
                placement,
            }
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
