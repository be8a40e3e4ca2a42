//! Brings a document of Swagger 2.0 to the normal form, which has the words of OpenAPI 3.0.
//!
//! Every node that this pass makes has the origin of the author's node that it was made from. [`check`](super::check) has compared the
//! author's document with Swagger 2.0, so the pass reports nothing, and keeps what it has no other words for as it is.

mod body;
mod faults;
mod header;
mod limits;
mod media_type;
mod moves;
mod operation;
mod parameter;
mod reference;
mod response;
mod schema;
mod security;
mod server;
mod shared;
#[cfg(test)]
mod tests;

use crate::diagnostic::Pointer;
use crate::source::{Data, Document, Object, Value};

use crate::dialect::make::{object, set, text};
pub(super) use faults::report;
pub(super) use limits::limit_media_types;
use shared::Shared;

/// Brings a document to the normal form.
pub(super) fn normalize(document: &mut Document) {
    let root = document.value();
    let Some(members) = root.as_object() else {
        return;
    };
    let mut pass = Pass {
        root,
        shared: Shared::default(),
        servers: None,
    };
    let value = pass.document(members);
    document.set(&Pointer::root(), value);
}

/// The state of the pass.
struct Pass<'tree> {
    /// The author's document.
    root: &'tree Value,
    /// What operations share.
    shared: Shared<'tree>,
    /// The servers of the whole API.
    servers: Option<Value>,
}

impl<'tree> Pass<'tree> {
    fn document(&mut self, members: &'tree Object) -> Value {
        self.shared = Shared::of(self.root);
        self.servers = self.servers(self.root);
        let origin = self.root.origin();
        let mut normal = Object::default();
        let mut components = match members.get("components").map(Value::data) {
            Some(Data::Object(foreign)) => self.components(foreign),
            _ => Object::default(),
        };
        for (key, value) in members {
            match key.as_str() {
                "swagger" => set(&mut normal, "openapi", text(value.origin(), "3.0.4")),
                "host" | "basePath" | "schemes" => {
                    if let Some(servers) = &self.servers
                        && !normal.contains_key("servers")
                    {
                        set(&mut normal, "servers", servers.clone());
                    }
                }
                "consumes" | "produces" | "components" => {}
                "paths" => set(&mut normal, "paths", self.paths(value)),
                "definitions" => {
                    let schemas = self.each(value, |pass, _, schema| pass.schema(schema));
                    merge(&mut components, "schemas", schemas);
                }
                "responses" => {
                    let responses = self.each(value, Self::shared_response);
                    merge(&mut components, "responses", responses);
                }
                "parameters" => self.shared_parameters(value, &mut components),
                "securityDefinitions" => {
                    let schemes = self.each(value, |_, _, scheme| security::scheme(scheme));
                    merge(&mut components, "securitySchemes", schemes);
                }
                _ => set(&mut normal, key, value.clone()),
            }
        }
        if !components.is_empty() {
            set(&mut normal, "components", object(origin, components));
        }
        object(origin, normal)
    }

    /// Converts the schemas of components, which only references lead to.
    fn components(&self, components: &Object) -> Object {
        let components = components.iter().map(|(name, value)| {
            let value = match (name.as_str(), value.data()) {
                ("schemas", Data::Object(schemas)) => {
                    let schemas = schemas
                        .iter()
                        .map(|(name, schema)| (name.clone(), self.schema(schema)));
                    object(value.origin(), schemas)
                }
                _ => value.clone(),
            };
            (name.clone(), value)
        });
        components.collect()
    }

    /// Converts each member of an object.
    fn each(
        &self,
        map: &'tree Value,
        convert: impl Fn(&Self, &'tree str, &'tree Value) -> Value,
    ) -> Value {
        let Some(members) = map.as_object() else {
            return map.clone();
        };
        let members = members
            .iter()
            .map(|(name, value)| (name.clone(), convert(self, name, value)));
        object(map.origin(), members)
    }
}

/// Adds the members of an object to a member that may be there.
fn merge(components: &mut Object, key: &str, value: Value) {
    match (
        components.get_mut(key).and_then(Value::as_object_mut),
        value.data(),
    ) {
        (Some(there), Data::Object(members)) => {
            there.extend(
                members
                    .iter()
                    .map(|(name, member)| (name.clone(), member.clone())),
            );
        }
        _ => set(components, key, value),
    }
}
