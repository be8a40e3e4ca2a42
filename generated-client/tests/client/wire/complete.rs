//! The rows of `requests` have everything in the model. A new operation, parameter or member of a body fails a test here until a row
//! has it.

use std::collections::BTreeSet;

use generator::model::{BodyInput, Operation, ParameterLocation, TypeKind, TypeRef};

use super::{Row, requests};
use crate::support::model;

/// Returns the rows of an operation, the one with all inputs first.
fn rows_of(operation: &Operation) -> Vec<Row> {
    let name = operation.name.as_str();
    let mut rows: Vec<Row> = requests::rows();
    rows.retain(|(exchange, _)| {
        exchange.name == name || exchange.name.starts_with(&format!("{name}, "))
    });
    rows.sort_by_key(|(exchange, _)| !exchange.name.contains("everything"));
    rows
}

/// Returns the members of the body that an operation sends.
fn members(operation: &Operation) -> BTreeSet<String> {
    let record = match operation.body.as_ref().map(|body| &body.input) {
        None => return BTreeSet::new(),
        Some(BodyInput::Flattened { record }) => *record,
        Some(BodyInput::Argument {
            type_ref: TypeRef::Named(record),
            ..
        }) => *record,
        Some(other) => panic!("{other:?}"),
    };
    match &model::api().type_def(record).expect("a type").kind {
        TypeKind::Record(record) => record
            .fields
            .iter()
            .map(|field| field.wire_name.clone())
            .collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_operation_is_sent_with_all_its_inputs() {
    for (name, operation) in model::operations() {
        let rows = rows_of(operation);
        let (_, everything) = rows.first().unwrap_or_else(|| panic!("{name} has no row"));
        let (_, target) = everything
            .line
            .split_once(' ')
            .expect("a method and a target");
        let query = target.split_once('?').map_or("", |(_, query)| query);
        let sent: BTreeSet<&str> = query
            .split('&')
            .filter_map(|pair| Some(pair.split_once('=')?.0))
            .collect();
        let known: BTreeSet<&str> = operation
            .parameters
            .iter()
            .filter(|parameter| parameter.location == ParameterLocation::Query)
            .map(|parameter| parameter.wire_name.as_str())
            .collect();
        assert_eq!(sent, known, "{name}");

        let body = everything
            .body
            .map(|body| serde_json::from_str::<serde_json::Value>(body).expect("JSON"));
        let sent: BTreeSet<String> = body
            .iter()
            .flat_map(|body| body.as_object().expect("an object").keys().cloned())
            .collect();
        assert_eq!(sent, members(operation), "{name}");
    }
}

#[test]
fn every_operation_with_options_is_also_sent_without_them() {
    for (name, operation) in model::operations() {
        let takes_options =
            operation.optional_parameters().next().is_some() || operation.body.is_some();
        let wanted = if takes_options { 2 } else { 1 };
        assert_eq!(rows_of(operation).len(), wanted, "{name}");
    }
}
