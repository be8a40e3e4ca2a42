//! The mirrors have every field of the model. A new field fails a test here until an expectation has it.

use std::collections::BTreeSet;

use generator::model::{Record, TypeKind};

use super::mirror::{
    AssociatedGroup, AssociatedProject, GranularScope, PersonalAccessToken, ProjectAccessLevels,
    ProjectNamespace, TokenAssociations,
};
use crate::support::model;

fn record(name: &str) -> &'static Record {
    let (_, definition) = model::types()
        .find(|(other, _)| *other == name)
        .expect("the type");
    match &definition.kind {
        TypeKind::Record(record) => record,
        other => panic!("{name} is no record: {other:?}"),
    }
}

fn fields(name: &str) -> BTreeSet<&'static str> {
    record(name)
        .fields
        .iter()
        .map(|field| field.name.as_str())
        .collect()
}

fn set(names: &[&'static str]) -> BTreeSet<&'static str> {
    names.iter().copied().collect()
}

#[test]
fn every_field_of_every_response_is_asserted() {
    for (name, mirrored) in [
        ("PersonalAccessToken", PersonalAccessToken::FIELDS),
        ("GranularScope", GranularScope::FIELDS),
        ("TokenAssociations", TokenAssociations::FIELDS),
        ("AssociatedGroup", AssociatedGroup::FIELDS),
        ("AssociatedProject", AssociatedProject::FIELDS),
        ("ProjectAccessLevels", ProjectAccessLevels::FIELDS),
        ("ProjectNamespace", ProjectNamespace::FIELDS),
    ] {
        assert_eq!(fields(name), set(mirrored), "{name}");
    }
    let mut new_token = PersonalAccessToken::FIELDS.to_vec();
    new_token.push("token");
    assert_eq!(fields("PersonalAccessTokenWithToken"), set(&new_token));
}

/// Every record in a response has a mirror or is the body of an error.
#[test]
fn every_record_has_a_mirror() {
    let covered = [
        "PersonalAccessToken",
        "PersonalAccessTokenWithToken",
        "GranularScope",
        "TokenAssociations",
        "AssociatedGroup",
        "AssociatedProject",
        "ProjectAccessLevels",
        "ProjectNamespace",
        // The tests of errors read these.
        "ErrorMessage",
        "ParameterError",
        "TokenError",
    ];
    for (name, definition) in model::types() {
        if definition.usage.response && matches!(definition.kind, TypeKind::Record(_)) {
            assert!(covered.contains(&name), "{name} is decoded by no test");
        }
    }
}
