//! Walks the tree along the tables of [`openapi`](crate::openapi), in the column of one version.

use std::collections::BTreeMap;

use super::edits::Edits;
use super::foreign::Foreign;
use super::reference::{Reference, Referrer};
use crate::diagnostic::{Diagnostics, Pointer, Rated, Severity, codes};
use crate::dialect::coercion::{belongs_into_schema, has_misplaced_schema};
use crate::openapi::{Kind, ObjectDefinition, Presence, Shape, Version};
use crate::source::{Data, Object as Members, Value};

/// How deep schemas may be nested in one another without a `$ref`. Real documents stay below 12.
const MAX_SCHEMA_DEPTH: usize = 32;

/// Whether a node can stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Disposition {
    Keep,
    Drop,
}

/// What a node is to the object that has it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context {
    /// The table of the object.
    pub(super) owner: &'static ObjectDefinition,
    /// What is lost with the node.
    pub(super) scope: RemovalScope,
}

/// What is lost when a node is cut out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RemovalScope {
    /// The member alone.
    Member,
    /// One element of a list, or one entry of a map.
    Entry,
    /// The object that cannot be without it.
    Owner,
}

/// The state of one walk. The tree stays as it is; what shall change is collected.
pub(super) struct Walker<'tree, 'run> {
    pub(super) root: &'tree Value,
    /// The version that the document declares.
    pub(super) version: Version,
    pub(super) pointer: Pointer,
    pub(super) diagnostics: &'run mut Diagnostics,
    pub(super) edits: Edits,
    pub(super) references: Vec<Reference<'tree>>,
    /// The lists of security requirements.
    pub(super) requirements: Vec<(Pointer, &'tree [Value])>,
    /// Where each operation id was first used.
    pub(super) operation_ids: BTreeMap<&'tree str, Pointer>,
    /// How many objects that have no influence on a client the walk is in; faults in them are notes.
    pub(super) informative: usize,
    /// How many schemas the walk is in.
    pub(super) schemas: usize,
    /// What references lead to outside of the specification's places.
    pub(super) foreign: Foreign,
    /// Members of the present object that it does not know, reported as those that they are meant to be.
    pub(super) misspelt: Vec<&'tree str>,
    /// The `allOf` that was last searched for a part with `items`, and whether it has one.
    pub(super) searched_parts: Option<(Pointer, bool)>,
}

impl<'tree> Walker<'tree, '_> {
    /// Reports a fault of the present node.
    pub(super) fn report(
        &mut self,
        code: impl Into<Rated>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let mut rated = code.into();
        if self.informative > 0 {
            rated.severity = Severity::Note;
        }
        let place = self.root.place(&self.pointer);
        self.diagnostics.push(rated, &place, message, help);
    }

    /// Reports a fault of a member of the present node.
    pub(super) fn report_at(
        &mut self,
        key: &str,
        code: impl Into<Rated>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.pointer.push(key);
        self.report(code, message, help);
        self.pointer.pop();
    }

    pub(super) fn remove_member(&mut self, key: &str) {
        self.edits.remove(self.pointer.key(key));
    }

    pub(super) fn remove_callbacks(&mut self) {
        self.foreign.add_callbacks(self.pointer.key("callbacks"));
        self.remove_member("callbacks");
    }

    pub(super) fn value(
        &mut self,
        value: &'tree Value,
        shape: Shape,
        context: Context,
    ) -> Disposition {
        match (shape, value.data()) {
            (Shape::Any | Shape::Custom, _)
            | (Shape::String, Data::String(_))
            | (Shape::Number, Data::Number(_))
            | (Shape::Boolean | Shape::OrBoolean(_), Data::Bool(_)) => Disposition::Keep,
            // A schema that is `true` or `false`.
            (Shape::Reference(definition), Data::Bool(_))
                if self.version.has_json_schema() && definition().kind == Kind::Schema =>
            {
                Disposition::Keep
            }
            (Shape::Size, Data::Number(number))
                if number.as_i128().is_some_and(|size| size >= 0) =>
            {
                self.size(number)
            }
            (Shape::List(element), Data::Array(elements)) => {
                self.list(elements, *element, context);
                Disposition::Keep
            }
            (Shape::Map(entry), Data::Object(entries)) => {
                self.map(entries, *entry, context);
                Disposition::Keep
            }
            (Shape::Object(definition), Data::Object(members)) => {
                self.object(members, definition())
            }
            (
                Shape::Reference(definition) | Shape::OrBoolean(definition),
                Data::Object(members),
            ) => self.reference_or_object(members, definition(), context),
            (_, Data::Null) if context.scope == RemovalScope::Member => self.null(context),
            _ => self.wrong_value(value, shape, context),
        }
    }

    fn list(&mut self, elements: &'tree [Value], shape: Shape, context: Context) {
        let context = Context {
            scope: RemovalScope::Entry,
            ..context
        };
        for (index, element) in elements.iter().enumerate() {
            self.pointer.push_index(index);
            if self.value(element, shape, context) == Disposition::Drop {
                self.edits.remove(self.pointer.clone());
            }
            self.pointer.pop();
        }
    }

    fn map(&mut self, entries: &'tree Members, shape: Shape, context: Context) {
        let context = Context {
            scope: RemovalScope::Entry,
            ..context
        };
        for (key, entry) in entries {
            self.pointer.push(key);
            if self.value(entry, shape, context) == Disposition::Drop {
                self.edits.remove(self.pointer.clone());
            }
            self.pointer.pop();
        }
    }

    pub(super) fn reference_or_object(
        &mut self,
        members: &'tree Members,
        definition: &'static ObjectDefinition,
        context: Context,
    ) -> Disposition {
        match members.get("$ref").map(Value::data) {
            Some(Data::String(target)) => {
                // JSON Schema has the siblings of a `$ref` hold too.
                let has_siblings = definition.kind == Kind::Schema
                    && self.version.has_json_schema()
                    && members.len() > 1;
                let referrer = match context.scope {
                    _ if definition.kind != Kind::Schema => Referrer::Removable,
                    _ if has_siblings => Referrer::BesideSiblings,
                    RemovalScope::Entry if is_composition(&self.pointer) => Referrer::Removable,
                    _ => Referrer::Schema,
                };
                self.references.push(Reference {
                    pointer: self.pointer.clone(),
                    target,
                    expected: definition,
                    referrer,
                });
                if has_siblings {
                    return self.object(members, definition);
                }
                self.siblings(members, definition);
                match definition.kind {
                    // A path item may have operations beside its `$ref`.
                    Kind::PathItem => self.object(members, definition),
                    _ => Disposition::Keep,
                }
            }
            Some(other) => {
                let message = other.mismatch("`$ref`", "a string");
                let help = format!(
                    "write a pointer such as `'#/{}/Name'`, in quotes",
                    self.version.schemas().replace('.', "/")
                );
                self.report_at("$ref", codes::WRONG_TYPE, message, help);
                self.remove_member("$ref");
                self.object(members, definition)
            }
            None => self.object(members, definition),
        }
    }

    /// Reports the siblings of a `$ref`, which are ignored except in a schema or path item of OpenAPI 3.1 and later. Those that are texts are not reported.
    fn siblings(&mut self, members: &Members, definition: &ObjectDefinition) {
        let is_path_item = definition.kind == Kind::PathItem;
        // Since OpenAPI 3.1 a path item is merged with the one that it refers to.
        if is_path_item && self.version.has_json_schema() {
            return;
        }
        let ignored: Vec<String> = members
            .keys()
            .filter(|key| !is_path_item || matches!(key.as_str(), "parameters" | "servers"))
            .filter(|key| {
                !key.starts_with("x-")
                    && !matches!(
                        key.as_str(),
                        "$ref" | "description" | "summary" | "title" | "example"
                    )
            })
            .map(|key| format!("`{key}`"))
            .collect();
        if !ignored.is_empty() {
            let message = format!(
                "{} beside a `$ref` is ignored in {}",
                ignored.join(", "),
                self.version
            );
            let help = match definition.kind {
                Kind::Schema => {
                    "move it into the target, or put the `$ref` into an `allOf` of one element"
                }
                _ => "move it into the target, or write the target out in place of the `$ref`",
            }
            .to_owned();
            self.report(codes::IGNORED_BESIDE_REFERENCE, message, help);
        }
    }

    pub(super) fn object(
        &mut self,
        members: &'tree Members,
        definition: &'static ObjectDefinition,
    ) -> Disposition {
        if definition.kind != Kind::Schema {
            return self.members(members, definition);
        }
        if self.schemas == MAX_SCHEMA_DEPTH {
            let message = format!("this schema is nested in {MAX_SCHEMA_DEPTH} others");
            let help = format!(
                "move it into `{}` and refer to it; until then the value may be anything",
                self.version.schemas()
            );
            self.report(codes::TOO_DEEP, message, help);
            self.edits.empty(self.pointer.clone());
            return Disposition::Keep;
        }
        self.schemas += 1;
        let disposition = self.members(members, definition);
        self.schemas -= 1;
        disposition
    }

    fn members(
        &mut self,
        members: &'tree Members,
        definition: &'static ObjectDefinition,
    ) -> Disposition {
        let is_informative = matches!(definition.kind, Kind::Example | Kind::Link);
        self.informative += usize::from(is_informative);
        let mut disposition = Disposition::Keep;
        let missing = self.missing(members, definition);
        let mut unknown = Vec::new();
        for (key, value) in members {
            let patterned = definition.patterned_field(key, self.version);
            let (shape, presence) = match (definition.field(key, self.version), patterned) {
                (Some((field, presence)), _) => (field.shape, presence),
                (None, Some(found)) => found,
                _ if key.starts_with("x-") || key == "$ref" => continue,
                // Reported as the member that it is meant to be.
                _ if missing.iter().any(|one| one.misspelt == Some(key.as_str())) => continue,
                // Reported together, as the schema that they mean.
                _ if self.version != Version::Swagger2
                    && belongs_into_schema(definition, key)
                    && has_misplaced_schema(members) =>
                {
                    continue;
                }
                _ => {
                    unknown.push((key, value));
                    continue;
                }
            };
            let scope = match presence {
                Presence::Required => RemovalScope::Owner,
                _ => RemovalScope::Member,
            };
            self.pointer.push(key);
            if self.value(
                value,
                shape,
                Context {
                    owner: definition,
                    scope,
                },
            ) == Disposition::Drop
            {
                match presence {
                    Presence::Required => disposition = Disposition::Drop,
                    _ => self.edits.remove(self.pointer.clone()),
                }
            }
            self.pointer.pop();
        }
        for one in missing {
            self.missing_member(&one, definition);
            if one.presence == Presence::Required {
                disposition = Disposition::Drop;
            }
        }
        if disposition == Disposition::Keep {
            disposition = self.rules(members, definition);
        }
        let misspelt = std::mem::take(&mut self.misspelt);
        for (key, value) in unknown {
            if !misspelt.contains(&key.as_str()) {
                self.unknown_member(key, value, definition);
            }
        }
        self.informative -= usize::from(is_informative);
        disposition
    }
}

/// Whether the pointer leads to an element of `allOf`, `oneOf` or `anyOf`.
fn is_composition(pointer: &Pointer) -> bool {
    pointer
        .parent()
        .as_ref()
        .and_then(Pointer::last)
        .is_some_and(|list| matches!(&*list, "allOf" | "oneOf" | "anyOf"))
}
