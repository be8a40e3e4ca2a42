//! Security schemes, and which operations need a credential.

use std::collections::{BTreeSet, HashMap, HashSet};

use indexmap::IndexSet;
use openapiv3::{APIKeyLocation, SecurityScheme};

use super::context::Context;
use super::names::{self, NameRequest, Namespace, Scope};
use super::{docs, extension};
use crate::diagnostic::{Pointer, codes};
use crate::model::{
    CredentialPlacement, CredentialScheme, Parameter, ParameterLocation, SecurityRequirement,
};
use crate::openapi::{self, Node};

/// What the document says about credentials as a whole.
pub(super) struct Security {
    pub(super) credentials: Vec<CredentialScheme>,
    /// What the document requires of operations that have no requirement of their own, or `None` where it has none either.
    default: Option<SecurityRequirement>,
    /// What is said of the operations that have no requirement of their own.
    remark: Option<String>,
    /// The indices of the credentials by the keys of their schemes.
    by_key: HashMap<String, usize>,
    /// Where credentials are sent.
    sent: HashSet<(ParameterLocation, String)>,
}

impl Security {
    pub(super) fn new(context: &mut Context<'_>) -> Self {
        let credentials = credentials(context, &companions(context));
        let default = context.root().security().node().map(|requirements| {
            let is_empty: Vec<bool> = requirements
                .elements()
                .map(|one| one.schemes().next().is_none())
                .collect();
            requirement(&is_empty)
        });
        let remark = remark(context, context.root().security().elements());
        let keys = credentials.iter().map(|scheme| scheme.key.clone());
        Self {
            by_key: keys.zip(0..).collect(),
            sent: credentials.iter().filter_map(sent_as).collect(),
            credentials,
            default,
            remark,
        }
    }

    /// Returns whether an operation sends a credential.
    ///
    /// A missing requirement is not an empty one: `security: []` means that no credential is sent, and without `security` the credential
    /// that a caller gives is sent. Many documents describe their security in prose alone.
    pub(super) fn of(
        &self,
        context: &mut Context<'_>,
        operation: &Node<'_, openapi::Operation>,
        parameters: &[Parameter],
    ) -> SecurityRequirement {
        let security = operation.security();
        if !security.is_present() {
            return match self.default {
                Some(requirement) => requirement,
                // The operation takes the credential as a parameter, and a request has one credential.
                None if self.is_parameter(parameters) => SecurityRequirement::Anonymous,
                None => SecurityRequirement::Optional,
            };
        }
        let alternatives: Vec<_> = security.elements().collect();
        for alternative in &alternatives {
            self.report_companions(context, alternative, parameters);
        }
        let is_empty: Vec<bool> = alternatives
            .iter()
            .map(|node| node.schemes().next().is_none())
            .collect();
        requirement(&is_empty)
    }

    /// Reports the credentials of an alternative that the client's one credential is not, unless the operation has parameters for them.
    fn report_companions(
        &self,
        context: &mut Context<'_>,
        alternative: &Node<'_, openapi::SecurityRequirement>,
        parameters: &[Parameter],
    ) {
        let declared: HashSet<_> = parameters.iter().map(place_of).collect();
        let is_parameter = |key: &str| {
            let scheme = self.by_key.get(key);
            let scheme = scheme.and_then(|index| self.credentials.get(*index));
            scheme
                .and_then(sent_as)
                .is_some_and(|place| declared.contains(&place))
        };
        if !keys(alternative).skip(1).all(is_parameter) {
            let message = "several credentials are required at once, but a client has one";
            let help = "declare the others as parameters of the operation, or send them with `RequestOptions::header`";
            context.report(
                codes::CREDENTIAL_UNSUPPORTED,
                &alternative.pointer,
                message,
                help,
            );
        }
    }

    /// Returns whether one of the parameters is where a credential of the document is sent.
    fn is_parameter(&self, parameters: &[Parameter]) -> bool {
        let mut places = parameters.iter().map(place_of);
        places.any(|place| self.sent.contains(&place))
    }

    /// Says which scopes or roles an operation takes.
    pub(super) fn remark(
        &self,
        context: &mut Context<'_>,
        operation: &Node<'_, openapi::Operation>,
    ) -> Option<String> {
        let own = operation.security();
        if own.is_present() {
            return remark(context, own.elements());
        }
        let pointer = context.root().security().pointer();
        let remark = self.remark.as_ref()?;
        context.shared_text(&pointer, || remark).cloned()
    }
}

/// Says which scopes or roles alternatives ask for.
fn remark<'a>(
    context: &Context<'a>,
    security: impl Iterator<Item = Node<'a, openapi::SecurityRequirement>>,
) -> Option<String> {
    let schemes = context.root().components().node();
    let mut alternatives: IndexSet<String> = IndexSet::new();
    for alternative in security {
        let mut needs = Vec::new();
        for (key, granted) in alternative.schemes() {
            let granted = granted.elements().filter_map(|name| name.text());
            let names: Vec<String> = granted.map(docs::code).collect();
            if names.is_empty() {
                continue;
            }
            let scheme = schemes.as_ref()?.security_schemes().entry(key);
            let kind = scheme.and_then(|scheme| scheme.scheme_type().text());
            let noun = match kind {
                Some("oauth2" | "openIdConnect") => "scope",
                _ => "role",
            };
            let plural = if names.len() == 1 { "" } else { "s" };
            needs.push(format!("the {noun}{plural} {}", names.join(", ")));
        }
        alternatives.insert(needs.join(" and "));
    }
    let alternatives: Vec<String> = alternatives.into_iter().collect();
    // Where one way needs none, nothing is needed.
    let needs_none = alternatives.iter().any(String::is_empty);
    (!alternatives.is_empty() && !needs_none)
        .then(|| format!("Requires {}.", alternatives.join(", or ")))
}

/// Returns where a credential is sent, if a parameter can be there.
fn sent_as(scheme: &CredentialScheme) -> Option<(ParameterLocation, String)> {
    Some(match &scheme.placement {
        CredentialPlacement::Header(name) => (ParameterLocation::Header, name.to_ascii_lowercase()),
        CredentialPlacement::Query(name) => (ParameterLocation::Query, name.clone()),
        CredentialPlacement::Cookie(name) => (ParameterLocation::Cookie, name.clone()),
        CredentialPlacement::Bearer | CredentialPlacement::Basic => return None,
    })
}

/// Returns where a parameter is sent.
fn place_of(parameter: &Parameter) -> (ParameterLocation, String) {
    let name = match parameter.location {
        ParameterLocation::Header => parameter.wire_name.to_ascii_lowercase(),
        _ => parameter.wire_name.clone(),
    };
    (parameter.location, name)
}

/// The security schemes of one alternative.
fn keys<'a>(alternative: &Node<'a, openapi::SecurityRequirement>) -> impl Iterator<Item = &'a str> {
    alternative.schemes().map(|(key, _)| key)
}

/// The schemes that are only required together with another one, which is the client's credential.
fn companions<'a>(context: &Context<'a>) -> BTreeSet<&'a str> {
    let root = context.root();
    let mut alternatives: Vec<_> = root.security().elements().collect();
    let paths = root.paths().node();
    for (_, item) in paths.iter().flat_map(|paths| paths.path_items()) {
        let Some(item) = context.resolve(&item) else {
            continue;
        };
        for (_, operation) in item.operations() {
            alternatives.extend(operation.security().elements());
        }
    }
    let first: BTreeSet<&str> = alternatives
        .iter()
        .filter_map(|one| keys(one).next())
        .collect();
    let others = alternatives.iter().flat_map(|one| keys(one).skip(1));
    others.filter(|key| !first.contains(key)).collect()
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

fn credentials(context: &mut Context<'_>, companions: &BTreeSet<&str>) -> Vec<CredentialScheme> {
    let Some(components) = context.root().components().node() else {
        return Vec::new();
    };
    let mut found: Vec<(&str, Node<'_, openapi::SecurityScheme>, CredentialPlacement)> = Vec::new();
    let mut placements: HashSet<CredentialPlacement> = HashSet::new();
    for (key, node) in components.security_schemes().entries() {
        // A scheme that refers to another one describes the same credential.
        if node.is_reference() {
            continue;
        }
        let Some(scheme) = node.read() else {
            continue;
        };
        let placement = placement(context, &scheme, &node.pointer);
        // Schemes whose credentials are sent alike have one constructor.
        if !placements.insert(placement.clone()) {
            continue;
        }
        found.push((key, node, placement));
    }
    let requests: Vec<NameRequest> = found
        .iter()
        .map(|(key, node, _)| NameRequest::new(extension::name(context, &node.rust_name()), *key))
        .collect();
    let mut scope = Scope::new(Namespace::Credential);
    let identifiers = names::assign(context, &mut scope, &requests);
    found
        .into_iter()
        .zip(identifiers)
        .map(|((key, node, placement), name)| CredentialScheme {
            pointer: node.pointer.clone(),
            is_companion: companions.contains(key),
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
