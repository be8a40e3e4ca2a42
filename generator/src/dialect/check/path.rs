//! Rules for path items and operations: templates and the parameters that fill them, operation ids, callbacks.

use std::collections::BTreeSet;

use super::walk::{Disposition, Walker};
use crate::diagnostic::{Pointer, codes, nearest};
use crate::dialect::coercion::text;
use crate::dialect::path_parameters::template_names;
use crate::openapi::{METHODS, PathItem, SpecObject as _, Version};
use crate::source::{Data, Object as Members, Value, follow};

/// The parameters of one list.
#[derive(Default)]
struct Declared<'tree> {
    /// The names of those in the path, with their positions.
    path: Vec<(&'tree str, usize)>,
    /// The names in the path that some of them were most likely meant to have.
    misspelt: BTreeSet<String>,
    /// Whether there are some whose names cannot be known, because of a fault that is reported elsewhere.
    has_unknown: bool,
}

impl<'tree> Walker<'tree, '_> {
    pub(super) fn operation(&mut self, members: &'tree Members) -> Disposition {
        self.security(members);
        self.duplicate_parameters(members);
        if let Some(id) = members.get("operationId").and_then(Value::as_str) {
            match self.operation_ids.get(id) {
                None => {
                    self.operation_ids.insert(id, self.pointer.clone());
                }
                Some(first) => {
                    let message = format!(
                        "the operation id `{id}` belongs to {} already",
                        operation_name(first)
                    );
                    let help = "give one of the two another id; until then this operation is named after its path";
                    self.report_at("operationId", codes::DUPLICATE_OPERATION_ID, message, help);
                    self.remove_member("operationId");
                }
            }
        }
        if members.contains_key("callbacks") && self.version > Version::Swagger2 {
            let message =
                "callbacks are requests that the server sends, so a client has nothing for them"
                    .to_owned();
            let help = "receive them with a server of your own, or remove them with an overlay";
            self.report_at("callbacks", codes::CALLBACKS_IGNORED, message, help);
            self.remove_callbacks();
        }
        Disposition::Keep
    }

    pub(super) fn path_item(&mut self, members: &'tree Members) -> Disposition {
        self.duplicate_parameters(members);
        let path = self.pointer.last().unwrap_or_default().into_owned();
        if self.pointer.parent() != Some(Pointer::root().key("paths")) {
            return Disposition::Keep;
        }
        let names = match template_names(&path) {
            Ok(names) => names,
            Err(message) => {
                let help = "a parameter is written `{name}`; until then the path is skipped";
                self.report(codes::INVALID_PATH, message, help);
                return Disposition::Drop;
            }
        };
        let mut shared = self.declared(members);
        let mut operations: Vec<(&str, Declared<'tree>)> = METHODS
            .iter()
            .filter(|method| PathItem::definition().field(method, self.version).is_some())
            .filter_map(|method| Some((*method, self.declared(members.get(*method)?.as_object()?))))
            .collect();
        self.unused_parameters(&path, &names, &mut shared);
        for (method, declared) in &mut operations {
            self.pointer.push(method);
            self.unused_parameters(&path, &names, declared);
            self.pointer.pop();
        }
        let Some(target) = self.merged_path_item() else {
            self.undeclared_parameters(&path, &names, &shared, &operations);
            return Disposition::Keep;
        };
        // What the present path item has is stronger than what it refers to.
        let shared = match members.contains_key("parameters") {
            true => shared,
            false => self.declared(target),
        };
        let merged = METHODS.iter().filter_map(|method| {
            let operation = members.get(*method).or_else(|| target.get(*method))?;
            Some((*method, self.declared(operation.as_object()?)))
        });
        let merged: Vec<(&str, Declared<'tree>)> = merged.collect();
        self.undeclared_parameters(&path, &names, &shared, &merged);
        Disposition::Keep
    }

    /// Returns the path item that the present one refers to, and is merged with.
    fn merged_path_item(&self) -> Option<&'tree Members> {
        let item = self.root.pointer(&self.pointer)?;
        let (_, target) = follow(self.root, item).target()?;
        target.as_object()
    }

    fn declared(&self, members: &'tree Members) -> Declared<'tree> {
        let mut declared = Declared::default();
        let elements = match members.get("parameters").map(Value::data) {
            None | Some(Data::Null) => return declared,
            Some(Data::Array(elements)) => elements,
            Some(_) => {
                return Declared {
                    has_unknown: true,
                    ..declared
                };
            }
        };
        for (position, element) in elements.iter().enumerate() {
            let Some(parameter) = resolve_parameter(self.root, element) else {
                declared.has_unknown = true;
                continue;
            };
            match (
                parameter.get("in").and_then(Value::as_str),
                parameter.get("name").and_then(text),
            ) {
                (Some("path"), Some(name)) => declared.path.push((name, position)),
                (Some(_), Some(_)) => {}
                _ => declared.has_unknown = true,
            }
        }
        declared
    }

    /// Reports the path parameters of the present node that its path has no place for.
    fn unused_parameters(&mut self, path: &str, names: &[String], declared: &mut Declared<'_>) {
        for (name, position) in &declared.path {
            if names.iter().any(|known| known == name) {
                continue;
            }
            let pointer = self.pointer.key("parameters").index(*position);
            let message = format!(
                "the path `{path}` has no `{{{name}}}`, so the path parameter `{name}` goes nowhere"
            );
            let names = names.iter().map(String::as_str);
            let may_suggest = self.diagnostics.may_suggest();
            let help = match may_suggest.then(|| nearest(name, names)).flatten() {
                Some(known) => {
                    declared.misspelt.insert(known.to_owned());
                    format!("did you mean `{known}`? until then the parameter is skipped")
                }
                None => "put it into the path or remove it; until then the parameter is skipped"
                    .to_owned(),
            };
            self.diagnostics.push(
                codes::UNUSED_PATH_PARAMETER,
                &self.root.place(&pointer),
                message,
                help,
            );
            self.edits.remove(pointer);
        }
    }

    /// Reports the names in the path that no parameter declares, once at the path when all operations lack it.
    fn undeclared_parameters(
        &mut self,
        path: &str,
        names: &[String],
        shared: &Declared<'_>,
        operations: &[(&str, Declared<'_>)],
    ) {
        if shared.has_unknown {
            return;
        }
        // One that is misspelt was reported where it is declared.
        let lacks = |declared: &Declared<'_>, name: &str| {
            let is_declared = declared.path.iter().any(|(known, _)| *known == name);
            !is_declared && !declared.misspelt.contains(name)
        };
        for name in names.iter().filter(|name| lacks(shared, name)) {
            let lacking: Vec<&str> = operations
                .iter()
                .filter(|(_, declared)| !declared.has_unknown && lacks(declared, name))
                .map(|(method, _)| *method)
                .collect();
            if lacking.len() == operations.len() && !lacking.is_empty() {
                self.undeclared(path, name);
                continue;
            }
            for method in lacking {
                self.pointer.push(method);
                self.undeclared(path, name);
                self.pointer.pop();
            }
        }
    }

    fn undeclared(&mut self, path: &str, name: &str) {
        let message = format!("the parameter `{name}` of the path `{path}` is not declared");
        let keyword = match self.version {
            Version::Swagger2 => "type",
            _ => "schema",
        };
        let help = format!(
            "add `{{name: {name}, in: path, required: true, {keyword}: …}}` to its `parameters`; until then it is read as a string"
        );
        self.report(codes::UNDECLARED_PATH_PARAMETER, message, help);
    }

    /// A parameter is known by its name and place; a second one in the same list is an error.
    fn duplicate_parameters(&mut self, members: &'tree Members) {
        let Some(elements) = members.get("parameters").and_then(Value::as_array) else {
            return;
        };
        let mut seen = BTreeSet::new();
        for (position, element) in elements.iter().enumerate() {
            let Some(parameter) = resolve_parameter(self.root, element) else {
                continue;
            };
            let (Some(name), Some(location)) = (
                parameter.get("name").and_then(text),
                parameter.get("in").and_then(Value::as_str),
            ) else {
                continue;
            };
            if !seen.insert((name, location)) {
                let pointer = self.pointer.key("parameters").index(position);
                let message = format!("the parameter `{name}` in `{location}` is declared twice");
                let help = "remove one of the two; until then the first one is read";
                self.diagnostics.push(
                    codes::DUPLICATE_PARAMETER,
                    &self.root.place(&pointer),
                    message,
                    help,
                );
                self.edits.remove(pointer);
            }
        }
    }
}

fn resolve_parameter<'tree>(root: &'tree Value, element: &'tree Value) -> Option<&'tree Members> {
    follow(root, element).node()?.as_object()
}

/// `GET /pets` for the pointer of that operation.
fn operation_name(pointer: &Pointer) -> String {
    let segments: Vec<_> = pointer.segments().collect();
    match segments.as_slice() {
        [_, path, method] => format!("{} {path}", method.to_uppercase()),
        _ => pointer.to_string(),
    }
}
