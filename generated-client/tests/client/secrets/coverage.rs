//! Compares the lists of these tests with the model.

use std::collections::BTreeSet;

use generator::model::SecurityRequirement;

use super::{credentials, operations, values};
use crate::support::model;

fn set<T: Into<String>>(names: impl IntoIterator<Item = T>) -> BTreeSet<String> {
    names.into_iter().map(Into::into).collect()
}

#[test]
fn every_type_that_reaches_a_secret_is_covered() {
    let reaching = model::types()
        .filter(|(_, definition)| definition.reaches_secret)
        .map(|(name, _)| name);
    let reaching = set(reaching);
    assert!(!reaching.is_empty(), "the model knows no secret any more");
    assert_eq!(reaching, set(values::TYPES.iter().map(|(name, _)| *name)));
}

/// An operation must be covered if it sends a credential, or if its body or response contains a secret.
#[test]
fn every_operation_is_covered() {
    let secret = model::operations()
        .filter(|(_, operation)| {
            operation.carries_secret || operation.security != SecurityRequirement::Anonymous
        })
        .map(|(name, _)| name);
    assert_eq!(
        set(secret),
        set(operations::ALL.iter().map(|exchange| exchange.name))
    );
}

#[test]
fn every_operation_whose_response_holds_a_secret_is_covered() {
    let secret = model::operations()
        .filter(|(_, operation)| operation.carries_secret)
        .map(|(name, _)| name);
    let secret = set(secret);
    assert!(!secret.is_empty(), "the model knows no secret any more");
    assert_eq!(secret, set(values::RESPONSES.iter().map(|(name, _)| *name)));
}

#[test]
fn every_way_to_send_a_credential_is_covered() {
    let described = model::api()
        .credentials
        .iter()
        .map(|scheme| scheme.name.as_str());
    let covered = set(credentials::ALL.iter().map(|(name, _)| *name));
    for name in described {
        assert!(covered.contains(name), "Auth::{name} is covered by no test");
    }
}
