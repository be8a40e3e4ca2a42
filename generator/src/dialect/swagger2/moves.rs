//! Where nodes of the author's document are in the normal form, and the references to them.

use super::Pass;
use super::body;
use super::media_type::{Direction, MediaTypes};
use super::parameter::{Kind, kind};
use super::reference::{resolve, to};
use super::response;
use crate::diagnostic::Pointer;
use crate::dialect::make::text;
use crate::openapi::METHODS;
use crate::source::{Value, reference_target};

impl Pass<'_> {
    /// Returns the text of a reference in the normal form. One that leads out of the document or nowhere stays as it is.
    pub(super) fn reference(&self, reference: &Value) -> Value {
        let Some(written) = reference.as_str() else {
            return reference.clone();
        };
        if let Some(rest) = written.strip_prefix("#/definitions/") {
            return text(reference.origin(), format!("#/components/schemas/{rest}"));
        }
        match reference_target(written) {
            Some(pointer) => text(reference.origin(), to(&self.moved(&pointer))),
            None => reference.clone(),
        }
    }

    /// Returns where a node of the author's document is in the normal form.
    pub(super) fn moved(&self, pointer: &Pointer) -> Pointer {
        let segments: Vec<_> = pointer.segments().collect();
        let segments: Vec<&str> = segments.iter().map(|segment| &**segment).collect();
        let moved = match segments.as_slice() {
            ["definitions", rest @ ..] => Some(joined(&["components", "schemas"], rest)),
            ["securityDefinitions", rest @ ..] => {
                Some(joined(&["components", "securitySchemes"], rest))
            }
            ["responses", name, rest @ ..] => self.moved_response(
                joined(&["components", "responses"], &[name]),
                self.root.get("responses").and_then(|map| map.get(name)),
                &self.shared.response(self.root, name),
                rest,
            ),
            ["parameters", name, rest @ ..] => self.moved_parameter(name, rest),
            ["paths", path, method, "responses", status, rest @ ..] => {
                let operation = self.operation_at(path, method);
                let node = operation.and_then(|operation| operation.get("responses")?.get(status));
                let types = MediaTypes::of(self.root, operation, Direction::Response);
                let place = joined(&["paths", path, method, "responses"], &[status]);
                self.moved_response(place, node, &types, rest)
            }
            ["paths", path, "parameters", index, rest @ ..] => {
                self.moved_element(path, None, index, rest)
            }
            ["paths", path, method, "parameters", index, rest @ ..] => {
                self.moved_element(path, Some(method), index, rest)
            }
            _ => None,
        };
        moved.unwrap_or_else(|| pointer.clone())
    }

    fn operation_at(&self, path: &str, method: &str) -> Option<&Value> {
        self.root.get("paths")?.get(path)?.get(method)
    }

    fn moved_response(
        &self,
        place: Pointer,
        node: Option<&Value>,
        types: &MediaTypes,
        rest: &[&str],
    ) -> Option<Pointer> {
        Some(match rest {
            ["schema", rest @ ..] => {
                let name = response::media_types(self.root, node?, types)
                    .into_iter()
                    .next();
                let name = name.as_ref().and_then(Value::as_str);
                extended(place.key("content").key(name?).key("schema"), rest)
            }
            ["headers", name, rest @ ..] if !rest.is_empty() => {
                extended(place.key("headers").key(name).key("schema"), rest)
            }
            _ => extended(place, rest),
        })
    }

    fn moved_parameter(&self, name: &str, rest: &[&str]) -> Option<Pointer> {
        let node = self.root.get("parameters")?.get(name)?;
        match kind(self.root, node) {
            Kind::Body => {
                let place = joined(&["components", "requestBodies"], &[name]);
                let types = self.shared.parameter(self.root, name);
                moved_body(place, &types, rest)
            }
            Kind::Form => None,
            Kind::Other => Some(in_parameter(
                joined(&["components", "parameters"], &[name]),
                rest,
            )),
        }
    }

    /// Returns where an element of a list of parameters is.
    fn moved_element(
        &self,
        path: &str,
        method: Option<&str>,
        index: &str,
        rest: &[&str],
    ) -> Option<Pointer> {
        let item = self.root.get("paths")?.get(path)?;
        let owner = match method {
            Some(method) => item.get(method)?,
            None => item,
        };
        let index: usize = index.parse().ok()?;
        let elements = owner.get("parameters")?.as_array()?;
        let element = elements.get(index)?;
        let of_path = joined(&["paths"], &[path]);
        let kind_of = |element: &Value| kind(self.root, element);
        if kind_of(element) == Kind::Other {
            let earlier = elements.get(..index)?.iter();
            let position = earlier
                .filter(|element| kind_of(element) == Kind::Other)
                .count();
            let owner = match method {
                Some(method) => of_path.key(method),
                None => of_path,
            };
            return Some(in_parameter(owner.key("parameters").index(position), rest));
        }
        let has_method = |name: &&&str| item.get(name).is_some();
        let method = method.or_else(|| METHODS.iter().find(has_method).copied())?;
        let place = of_path.key(method).key("requestBody");
        let types = MediaTypes::of(self.root, item.get(method), Direction::Request);
        if kind_of(element) == Kind::Body {
            return moved_body(place, &types, rest);
        }
        let media_type = body::form_media_types(self.root, elements.iter(), &types)
            .into_iter()
            .next()?;
        let name = resolve(self.root, element).get("name")?.as_str()?;
        let schema = place.key("content").key(media_type.as_str()?).key("schema");
        Some(extended(schema.key("properties").key(name), rest))
    }
}

fn moved_body(place: Pointer, types: &MediaTypes, rest: &[&str]) -> Option<Pointer> {
    let ["schema", rest @ ..] = rest else {
        return Some(extended(place, rest));
    };
    let first = types.texts().next().unwrap_or("application/json");
    Some(extended(
        place.key("content").key(first).key("schema"),
        rest,
    ))
}

/// Returns the place of something in a parameter, whose keywords move into its schema.
fn in_parameter(place: Pointer, rest: &[&str]) -> Pointer {
    match rest {
        [] | ["schema", ..] => extended(place, rest),
        _ => extended(place.key("schema"), rest),
    }
}

fn joined(prefix: &[&str], rest: &[&str]) -> Pointer {
    extended(extended(Pointer::root(), prefix), rest)
}

fn extended(mut pointer: Pointer, segments: &[&str]) -> Pointer {
    for segment in segments {
        pointer.push(segment);
    }
    pointer
}
