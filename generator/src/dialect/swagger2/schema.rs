//! Schemas: references, files, null, discriminators.

use super::Pass;
use crate::diagnostic::Pointer;
use crate::dialect::make::{list, object, set, set_absent, text};
use crate::openapi::{Kind, Schema as SchemaObject, Shape, SpecObject as _};
use crate::source::{Data, Object, Origin, Value};

impl<'tree> Pass<'tree> {
    /// Returns a schema of the normal form.
    pub(super) fn schema(&self, schema: &Value) -> Value {
        let Some(members) = schema.as_object() else {
            return schema.clone();
        };
        if members
            .get("$ref")
            .is_some_and(|value| value.as_str().is_some())
        {
            return self.schema_reference(schema, members);
        }
        let mut normal = Object::default();
        for (key, value) in members {
            self.keyword(&mut normal, key, value);
        }
        object(schema.origin(), normal)
    }

    /// Adds a keyword of a schema.
    pub(super) fn keyword(&self, normal: &mut Object, key: &str, value: &Value) {
        match (key, value.data()) {
            ("type", Data::String(kind)) if kind == "file" => file(normal, value.origin()),
            // A file has no format but that of binary data.
            ("format", _) if normal.get("format").is_some() => {}
            ("collectionFormat", _) => {}
            ("x-nullable", Data::Bool(_)) => set(normal, "nullable", value.clone()),
            ("x-example", _) => set_absent(normal, "example", value.clone()),
            ("discriminator", Data::Object(members)) => {
                set(normal, key, object(value.origin(), self.mapped(members)));
            }
            ("discriminator", Data::String(_)) => {
                let discriminator = object(value.origin(), [("propertyName", value.clone())]);
                set(normal, key, discriminator);
            }
            _ => {
                let field = SchemaObject::definition().field_of_any_version(key);
                let value = match field {
                    Some(field) => self.schemas_in(value, field.shape),
                    None => value.clone(),
                };
                set(normal, key, value);
            }
        }
    }

    /// Converts the schemas in what a keyword holds.
    fn schemas_in(&self, value: &Value, shape: Shape) -> Value {
        match (shape, value.data()) {
            (Shape::Map(shape), Data::Object(members)) => {
                let members = members
                    .iter()
                    .map(|(name, member)| (name.clone(), self.schemas_in(member, *shape)));
                object(value.origin(), members)
            }
            (Shape::List(shape), Data::Array(elements)) => {
                let elements = elements
                    .iter()
                    .map(|element| self.schemas_in(element, *shape))
                    .collect();
                list(value.origin(), elements)
            }
            _ => match shape.object() {
                Some(object) if object.kind == Kind::Schema => self.schema(value),
                _ => value.clone(),
            },
        }
    }

    /// Returns the members of a discriminator as OpenAPI 3.0 has it, whose mapping leads to schemas.
    fn mapped(&self, members: &Object) -> Object {
        let mut normal = members.clone();
        let mapping = normal.get_mut("mapping").and_then(Value::as_object_mut);
        for target in mapping.into_iter().flat_map(Object::values_mut) {
            *target = self.reference(target);
        }
        normal
    }

    /// Returns a reference to a schema. `x-nullable` beside it is meant for this place, so the reference becomes a part of a schema.
    fn schema_reference(&self, schema: &Value, members: &Object) -> Value {
        let nullable = members
            .get("x-nullable")
            .filter(|value| value.as_bool() == Some(true));
        let mut normal = Object::default();
        for (key, value) in members {
            match key.as_str() {
                "$ref" if nullable.is_some() => {
                    let part = object(schema.origin(), [("$ref", self.reference(value))]);
                    set(&mut normal, "allOf", list(schema.origin(), vec![part]));
                }
                "$ref" => set(&mut normal, key, self.reference(value)),
                "x-nullable" => {
                    if let Some(value) = nullable {
                        set(&mut normal, "nullable", value.clone());
                    }
                }
                _ => set(&mut normal, key, value.clone()),
            }
        }
        object(schema.origin(), normal)
    }

    /// Makes a schema that refers to another one.
    pub(super) fn schema_at(&self, origin: Origin, pointer: &Pointer) -> Value {
        let reference = super::reference::to(&self.moved(pointer));
        object(origin, [("$ref", text(origin, &reference))])
    }
}

fn file(normal: &mut Object, origin: Origin) {
    set(normal, "type", text(origin, "string"));
    set(normal, "format", text(origin, "binary"));
}

/// Returns whether a schema, or the one that it refers to, is a file.
pub(super) fn is_file(root: &Value, schema: &Value) -> bool {
    let schema = super::reference::resolve(root, schema);
    schema.get("type").and_then(Value::as_str) == Some("file")
}
