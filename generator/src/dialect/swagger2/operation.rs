//! Path items and operations.

use super::Pass;
use super::body::BodyParameters;
use super::media_type::{Direction, MediaTypes};
use super::parameter::{Kind, kind};
use crate::dialect::make::{list, object, set};
use crate::openapi::METHODS;
use crate::source::{Data, Object, Value};

impl<'tree> Pass<'tree> {
    /// Returns the paths of the normal form.
    pub(super) fn paths(&self, paths: &'tree Value) -> Value {
        let Some(members) = paths.as_object() else {
            return paths.clone();
        };
        let mut normal = Object::default();
        for (path, item) in members {
            let item = match path.starts_with('/') {
                true => self.path_item(item),
                false => item.clone(),
            };
            set(&mut normal, path, item);
        }
        object(paths.origin(), normal)
    }

    fn path_item(&self, item: &'tree Value) -> Value {
        let Some(members) = item.as_object() else {
            return item.clone();
        };
        let inherited = BodyParameters::of(self.root, item);
        let mut normal = Object::default();
        for (key, value) in members {
            let value = match (key.as_str(), value.data()) {
                ("$ref", _) => self.reference(value),
                ("parameters", Data::Array(elements)) => match self.parameters(value, elements) {
                    Some(parameters) => parameters,
                    None => continue,
                },
                (method, Data::Object(operation)) if METHODS.contains(&method) => {
                    self.operation(value, operation, &inherited)
                }
                _ => value.clone(),
            };
            set(&mut normal, key, value);
        }
        object(item.origin(), normal)
    }

    /// Returns the parameters of a list that stay parameters, `None` if the others were all.
    fn parameters(&self, node: &Value, elements: &[Value]) -> Option<Value> {
        let others: Vec<Value> = elements
            .iter()
            .filter(|element| kind(self.root, element) == Kind::Other)
            .map(|element| self.parameter(element))
            .collect();
        let is_any = !others.is_empty() || elements.is_empty();
        is_any.then(|| list(node.origin(), others))
    }

    fn operation(
        &self,
        node: &'tree Value,
        members: &'tree Object,
        inherited: &BodyParameters<'tree>,
    ) -> Value {
        let consumes = MediaTypes::of(self.root, Some(node), Direction::Request);
        let produces = MediaTypes::of(self.root, Some(node), Direction::Response);
        let mut normal = Object::default();
        for (key, value) in members {
            match (key.as_str(), value.data()) {
                ("consumes" | "produces", _) => {}
                ("schemes", _) => {
                    let servers = self.servers(node);
                    if let Some(servers) =
                        servers.filter(|servers| Some(servers) != self.servers.as_ref())
                    {
                        set(&mut normal, "servers", servers);
                    }
                }
                ("parameters", Data::Array(elements)) => {
                    if let Some(parameters) = self.parameters(value, elements) {
                        set(&mut normal, key, parameters);
                    }
                }
                ("responses", Data::Object(responses)) => {
                    let responses = responses.iter().map(|(status, response)| {
                        let response = match status.starts_with("x-") {
                            true => response.clone(),
                            false => self.response(response, &produces),
                        };
                        (status.clone(), response)
                    });
                    set(&mut normal, key, object(value.origin(), responses));
                }
                _ => set(&mut normal, key, value.clone()),
            }
        }
        let mut parameters = BodyParameters::of(self.root, node);
        parameters.inherit(self.root, inherited);
        if let Some(body) = self.request_body(&parameters, &consumes) {
            set(&mut normal, "requestBody", body);
        }
        object(node.origin(), normal)
    }
}
