//! Responses: their schemas and examples go below the media types that the operation produces.

use super::Pass;
use super::media_type::{self, MediaTypes};
use super::reference;
use super::schema::is_file;
use crate::diagnostic::Pointer;
use crate::dialect::make::{object, set, text};
use crate::source::{Data, Object, Value};

/// Returns the media types of a response that has a schema.
pub(super) fn media_types(root: &Value, response: &Value, declared: &MediaTypes) -> Vec<Value> {
    let schema = response.get("schema");
    if schema.is_some_and(|schema| is_file(root, schema)) {
        return media_type::of_file(declared, response.origin());
    }
    if !declared.names.is_empty() {
        return declared.names.clone();
    }
    let examples = response.get("examples").and_then(Value::as_object);
    let names: Vec<Value> = examples
        .into_iter()
        .flatten()
        .filter(|(name, _)| name.contains('/'))
        .map(|(name, example)| text(example.origin(), name))
        .collect();
    if names.is_empty() {
        return vec![text(response.origin(), "application/json")];
    }
    names
}

impl<'tree> Pass<'tree> {
    /// Returns a member of `responses` at the root.
    pub(super) fn shared_response(&self, name: &str, response: &Value) -> Value {
        let types = self.shared.response(self.root, name);
        self.response(response, &types)
    }

    /// Returns a response of an operation.
    pub(super) fn response(&self, response: &Value, types: &MediaTypes) -> Value {
        let Some(members) = response.as_object() else {
            return response.clone();
        };
        let Some(reference) = members.get("$ref") else {
            return self.own_response(response, members, types, None);
        };
        if let Some((pointer, target)) = reference::target(self.root, response)
            && let Some(name) = reference::name_of(&pointer, "responses")
            && let Some(of_target) = target.as_object()
            && of_target.contains_key("schema")
            && !self.shared.response(self.root, &name).is_same(types)
        {
            // The media types of this operation are others, so it has a response of its own, of the same type.
            return self.own_response(target, of_target, types, Some(&pointer.key("schema")));
        }
        let mut normal = members.clone();
        set(&mut normal, "$ref", self.reference(reference));
        object(response.origin(), normal)
    }

    fn own_response(
        &self,
        response: &Value,
        members: &Object,
        types: &MediaTypes,
        schema_at: Option<&Pointer>,
    ) -> Value {
        let mut normal = Object::default();
        let mut examples = members.get("examples").and_then(Value::as_object).cloned();
        for (key, value) in members {
            match (key.as_str(), value.data()) {
                ("schema", _) => {
                    let schema = match schema_at {
                        Some(pointer) if value.get("$ref").is_none() => {
                            self.schema_at(value.origin(), pointer)
                        }
                        _ => self.schema(value),
                    };
                    let content = self.response_content(response, schema, types, &mut examples);
                    set(&mut normal, "content", content);
                }
                ("headers", Data::Object(headers)) => {
                    let headers = headers
                        .iter()
                        .map(|(name, header)| (name.clone(), self.header(header)));
                    set(&mut normal, key, object(value.origin(), headers));
                }
                ("examples", Data::Object(_)) => {}
                _ => set(&mut normal, key, value.clone()),
            }
        }
        // Examples of media types that the response does not have.
        if let (Some(examples), Some(value)) = (examples, members.get("examples"))
            && !examples.is_empty()
        {
            set(&mut normal, "x-examples", object(value.origin(), examples));
        }
        object(response.origin(), normal)
    }

    fn response_content(
        &self,
        response: &Value,
        schema: Value,
        types: &MediaTypes,
        examples: &mut Option<Object>,
    ) -> Value {
        let names = media_types(self.root, response, types);
        let origin = schema.origin();
        let mut content = Object::default();
        for name in names {
            let text = name.as_str().unwrap_or_default();
            let mut media = match object(origin, [("schema", schema.clone())]).into_data() {
                Data::Object(members) => members,
                _ => Object::default(),
            };
            let example = examples
                .as_mut()
                .and_then(|examples| examples.shift_remove(text));
            if let Some(example) = example {
                set(&mut media, "example", example);
            }
            set(&mut content, text, object(name.origin(), media));
        }
        object(origin, content)
    }
}
