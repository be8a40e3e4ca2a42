//! Body and form parameters: the request body of an operation.

use super::Pass;
use super::media_type::{self, MediaTypes};
use super::parameter::{self, Kind, Location, named_examples};
use super::reference;
use super::schema::is_file;
use crate::diagnostic::Pointer;
use crate::dialect::make::{flag, list, object, set, set_absent, text};
use crate::source::{Data, Object, Origin, Value};

/// The parameters of a path item or an operation that make up a request body.
#[derive(Debug, Clone, Default)]
pub(super) struct BodyParameters<'tree> {
    bodies: Vec<&'tree Value>,
    form: Vec<&'tree Value>,
}

impl<'tree> BodyParameters<'tree> {
    /// Finds those of a list.
    pub(super) fn of(root: &'tree Value, owner: &'tree Value) -> Self {
        let mut found = Self::default();
        let elements = owner.get("parameters").and_then(Value::as_array);
        for element in elements.unwrap_or_default() {
            match parameter::kind(root, element) {
                Kind::Body => found.bodies.push(element),
                Kind::Form => found.form.push(element),
                Kind::Other => {}
            }
        }
        found
    }

    /// Adds those of the path item that the operation does not override. Returns how many of these are not sent.
    pub(super) fn inherit(&mut self, root: &'tree Value, inherited: &Self) -> usize {
        let name = |element| reference::resolve(root, element).get("name");
        let new = |own: &[&'tree Value], inherited: &[&'tree Value]| -> Vec<&'tree Value> {
            let is_new = |one: &&'tree Value| own.iter().all(|own| name(own) != name(one));
            inherited.iter().copied().filter(is_new).collect()
        };
        let mut added = Self {
            bodies: new(&self.bodies, &inherited.bodies),
            form: new(&self.form, &inherited.form),
        };
        if self.bodies.is_empty() && self.form.is_empty() {
            *self = added;
            return self.lost();
        }
        if self.bodies.is_empty() {
            added.form.append(&mut self.form);
            self.form = added.form;
            return added.bodies.len();
        }
        added.bodies.len() + added.form.len()
    }

    /// Whether one of them is the whole body.
    pub(super) fn has_body(&self) -> bool {
        !self.bodies.is_empty()
    }

    /// How many of them lose to the first one that is the whole body.
    pub(super) fn lost(&self) -> usize {
        match self.bodies.len() {
            0 => 0,
            bodies => bodies - 1 + self.form.len(),
        }
    }
}

impl<'tree> Pass<'tree> {
    /// Returns the request body that parameters make up.
    pub(super) fn request_body(
        &self,
        parameters: &BodyParameters<'tree>,
        types: &MediaTypes,
    ) -> Option<Value> {
        match parameters.bodies.first() {
            Some(body) => Some(self.body(body, types)),
            None => self.form(&parameters.form, types),
        }
    }

    /// Returns the request body that a body parameter is.
    fn body(&self, element: &'tree Value, types: &MediaTypes) -> Value {
        let Some((pointer, target)) = reference::target(self.root, element) else {
            return self.own_body(element, types, None);
        };
        let is_same = reference::name_of(&pointer, "parameters")
            .is_some_and(|name| self.shared.parameter(self.root, &name).is_same(types));
        if is_same {
            let reference = text(element.origin(), reference::to(&self.moved(&pointer)));
            return object(element.origin(), [("$ref", reference)]);
        }
        match target.get("$ref") {
            Some(_) => self.body(target, types),
            None => self.own_body(target, types, Some(&pointer.key("schema"))),
        }
    }

    fn own_body(
        &self,
        parameter: &Value,
        types: &MediaTypes,
        schema_at: Option<&Pointer>,
    ) -> Value {
        let mut normal = Object::default();
        let mut schema = Object::default();
        for (key, value) in parameter.as_object().into_iter().flatten() {
            match key.as_str() {
                "name" | "in" | "schema" | "x-example" | "x-examples" | "collectionFormat" => {}
                key if parameter::is_of_schema(key) => self.keyword(&mut schema, key, value),
                _ => set(&mut normal, key, value.clone()),
            }
        }
        let schema = match (parameter.get("schema"), schema_at) {
            (Some(schema), Some(pointer)) if schema.get("$ref").is_none() => {
                Some(self.schema_at(schema.origin(), pointer))
            }
            (Some(schema), _) => Some(self.schema(schema)),
            (None, _) if schema.is_empty() => None,
            (None, _) => Some(object(parameter.origin(), schema)),
        };
        let mut content = Object::default();
        for name in media_type::of_body(types, parameter.origin()) {
            let mut media = Object::default();
            if let Some(schema) = &schema {
                set(&mut media, "schema", schema.clone());
            }
            let text = name.as_str().unwrap_or_default();
            examples(&mut media, parameter, text);
            set(&mut content, text, object(name.origin(), media));
        }
        let origin = schema.as_ref().unwrap_or(parameter).origin();
        set(&mut normal, "content", object(origin, content));
        object(parameter.origin(), normal)
    }

    /// Returns the request body that form parameters make up.
    fn form(&self, fields: &[&'tree Value], types: &MediaTypes) -> Option<Value> {
        let origin = fields.first()?.origin();
        let mut properties = Object::default();
        let mut required = Vec::new();
        let mut encodings = Object::default();
        for element in fields {
            let field = reference::resolve(self.root, element);
            let (Some(members), Some(name)) = (field.as_object(), field_name(field)) else {
                continue;
            };
            if members.get("required").and_then(Value::as_bool) == Some(true) {
                required.push(name.clone());
            }
            let name = name.as_str().unwrap_or_default();
            let encoding = encoding(members);
            if !encoding.is_empty() {
                set_absent(&mut encodings, name, object(field.origin(), encoding));
            }
            set_absent(&mut properties, name, self.field(field, members));
        }
        let mut schema = Object::default();
        set(&mut schema, "type", text(origin, "object"));
        let is_required = !required.is_empty();
        if is_required {
            set(&mut schema, "required", list(origin, required));
        }
        set(&mut schema, "properties", object(origin, properties));
        let mut content = Object::default();
        for name in form_media_types(self.root, fields.iter().copied(), types) {
            let mut media = Object::default();
            set(&mut media, "schema", object(origin, schema.clone()));
            if !encodings.is_empty() {
                set(&mut media, "encoding", object(origin, encodings.clone()));
            }
            let text = name.as_str().unwrap_or_default();
            set(&mut content, text, object(name.origin(), media));
        }
        let mut body = Object::default();
        if is_required {
            set(&mut body, "required", flag(origin, true));
        }
        set(&mut body, "content", object(origin, content));
        Some(object(origin, body))
    }

    /// Returns the property that a form parameter becomes.
    fn field(&self, field: &Value, members: &Object) -> Value {
        let mut normal = Object::default();
        for (key, value) in members {
            match key.as_str() {
                "name" | "in" | "required" | "allowEmptyValue" => {}
                key if ENCODING.contains(&key) => {}
                "x-rust-name" => set(&mut normal, "x-rust-field-name", value.clone()),
                _ => self.keyword(&mut normal, key, value),
            }
        }
        object(field.origin(), normal)
    }

    /// Adds the parameters at the root to the components, which hold bodies apart. Parts of forms have no place there; they become
    /// properties where they are used.
    pub(super) fn shared_parameters(&self, map: &'tree Value, components: &mut Object) {
        let Some(members) = map.as_object() else {
            return set(components, "parameters", map.clone());
        };
        let mut parameters = Object::default();
        let mut bodies = Object::default();
        for (name, parameter) in members {
            match parameter::kind(self.root, parameter) {
                Kind::Body => {
                    let types = self.shared.parameter(self.root, name);
                    let body = self.body(parameter, &types);
                    set(&mut bodies, name, body);
                }
                Kind::Form => {}
                Kind::Other => set(&mut parameters, name, self.parameter(parameter)),
            }
        }
        if !parameters.is_empty() {
            set(components, "parameters", object(map.origin(), parameters));
        }
        if !bodies.is_empty() {
            set(components, "requestBodies", object(map.origin(), bodies));
        }
    }
}

/// The fields of an Encoding Object that a parameter of later versions has too.
const ENCODING: &[&str] = &["style", "explode", "allowReserved"];

/// Returns how a part of a form is written.
fn encoding(members: &Object) -> Object {
    let mut encoding = Object::default();
    for key in ENCODING {
        if let Some(value) = members.get(*key) {
            set(&mut encoding, key, value.clone());
        }
    }
    if encoding.is_empty() {
        for (key, value) in parameter::style(members, Location::Query) {
            set(&mut encoding, key, value);
        }
    }
    encoding
}

/// Returns the media types of the form that parameters make up.
pub(super) fn form_media_types<'tree>(
    root: &'tree Value,
    fields: impl Iterator<Item = &'tree Value>,
    types: &MediaTypes,
) -> Vec<Value> {
    let mut origin: Option<Origin> = None;
    let mut has_file = false;
    for element in fields {
        let field = reference::resolve(root, element);
        if parameter::kind(root, field) != Kind::Form {
            continue;
        }
        origin = origin.or(Some(element.origin()));
        let items = field.get("items");
        has_file |= is_file(root, field) || items.is_some_and(|items| is_file(root, items));
    }
    let origin = origin.unwrap_or_else(|| root.origin());
    media_type::of_form(types, has_file, origin)
}

fn field_name(field: &Value) -> Option<Value> {
    let name = field.get("name")?;
    match name.data() {
        Data::String(_) => Some(name.clone()),
        Data::Number(number) => Some(text(name.origin(), number.as_str())),
        _ => None,
    }
}

/// Adds the examples of a body parameter for a media type.
fn examples(media: &mut Object, parameter: &Value, media_type: &str) {
    if let Some(example) = parameter.get("x-example") {
        set(media, "example", example.clone());
    }
    let Some(node) = parameter.get("x-examples") else {
        return;
    };
    let Some(examples) = node.as_object() else {
        return;
    };
    match examples.get(media_type) {
        Some(example) => set_absent(media, "example", example.clone()),
        None if examples.keys().all(|key| !key.contains('/')) => {
            set(media, "examples", named_examples(node, examples));
        }
        None => {}
    }
}
