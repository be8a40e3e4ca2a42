//! What operations share: the media types of a shared body are those of the operation that uses it first.

use std::collections::BTreeMap;

use super::media_type::{Direction, MediaTypes};
use super::reference;
use crate::openapi::METHODS;
use crate::source::Value;

/// The media types of the bodies that operations share, by name.
#[derive(Debug, Default)]
pub(super) struct Shared<'tree> {
    responses: BTreeMap<&'tree str, MediaTypes>,
    parameters: BTreeMap<&'tree str, MediaTypes>,
}

impl<'tree> Shared<'tree> {
    /// Finds the operation that uses each shared body first.
    pub(super) fn of(root: &'tree Value) -> Self {
        let mut shared = Self::default();
        let items = root.get("paths").and_then(Value::as_object);
        for item in items.into_iter().flat_map(|items| items.values()) {
            let members = item.as_object().into_iter().flatten();
            for (_, operation) in members.filter(|(key, _)| METHODS.contains(&key.as_str())) {
                shared.operation(root, item, operation);
            }
        }
        shared
    }

    fn operation(&mut self, root: &'tree Value, item: &'tree Value, operation: &'tree Value) {
        let parameters = [item, operation]
            .into_iter()
            .filter_map(|owner| owner.get("parameters")?.as_array())
            .flatten();
        for parameter in parameters {
            for name in reference::names(root, parameter, "parameters") {
                self.parameters
                    .entry(name)
                    .or_insert_with(|| MediaTypes::of(root, Some(operation), Direction::Request));
            }
        }
        let responses = operation.get("responses").and_then(Value::as_object);
        for response in responses.into_iter().flat_map(|map| map.values()) {
            for name in reference::names(root, response, "responses") {
                self.responses
                    .entry(name)
                    .or_insert_with(|| MediaTypes::of(root, Some(operation), Direction::Response));
            }
        }
    }

    /// Returns the media types of a shared response.
    pub(super) fn response(&self, root: &Value, name: &str) -> MediaTypes {
        let known = self.responses.get(name).cloned();
        known.unwrap_or_else(|| MediaTypes::of(root, None, Direction::Response))
    }

    /// Returns the media types of a shared body parameter.
    pub(super) fn parameter(&self, root: &Value, name: &str) -> MediaTypes {
        let known = self.parameters.get(name).cloned();
        known.unwrap_or_else(|| MediaTypes::of(root, None, Direction::Request))
    }
}
