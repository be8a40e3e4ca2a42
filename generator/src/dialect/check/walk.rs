//! Walks the tree along the tables of [`grammar`](super::grammar).

use std::collections::BTreeMap;

use super::coerce::definite;
use super::edits::Edits;
use super::foreign::Foreign;
use super::grammar::{Grammar, Object, Presence, Shape};
use super::misplaced::{belongs_into_schema, has_misplaced_schema};
use super::reference::{Place, Reference};
use crate::diagnostic::{Code, Diagnostics, Pointer, Severity, codes};
use crate::source::{Data, Object as Members, Value};

/// How deep schemas may be nested in one another without a `$ref`. Real documents stay below 12.
const MAX_SCHEMA_DEPTH: usize = 32;

/// Whether a node can stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Keep,
    Cut,
}

/// What a node is to the object that has it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context {
    /// The grammar of the object.
    pub(super) owner: &'static Grammar,
    /// What is lost with the node.
    pub(super) loss: Loss,
}

/// What is lost when a node is cut out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Loss {
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
    pub(super) pointer: Pointer,
    pub(super) diagnostics: &'run mut Diagnostics,
    pub(super) edits: Edits,
    pub(super) references: Vec<Reference<'tree>>,
    /// The lists of security requirements.
    pub(super) requirements: Vec<(Pointer, &'tree [Value])>,
    /// Where each operation id was first used.
    pub(super) operation_ids: BTreeMap<&'tree str, Pointer>,
    /// How many objects that have no influence on a client the walk is in; faults in them are notes.
    pub(super) harmless: usize,
    /// How many schemas the walk is in.
    pub(super) schemas: usize,
    /// What references lead to outside of the specification's places.
    pub(super) foreign: Foreign,
}

impl<'tree> Walker<'tree, '_> {
    pub(super) fn report(&mut self, severity: Severity, code: Code, message: String, help: String) {
        let severity = if self.harmless > 0 {
            Severity::Note
        } else {
            severity
        };
        let place = self.root.place(&self.pointer);
        self.diagnostics.push(severity, code, &place, message, help);
    }

    /// Reports at a member of the present node.
    pub(super) fn report_at(
        &mut self,
        key: &str,
        severity: Severity,
        code: Code,
        message: String,
        help: String,
    ) {
        self.pointer.push(key);
        self.report(severity, code, message, help);
        self.pointer.pop();
    }

    pub(super) fn remove_member(&mut self, key: &str) {
        self.edits.remove(self.pointer.key(key));
    }

    pub(super) fn replace_member(&mut self, key: &str, value: impl Into<Value>) {
        self.edits.replace(self.pointer.key(key), value);
    }

    pub(super) fn replace(&mut self, value: impl Into<Value>) {
        self.edits.replace(self.pointer.clone(), value);
    }

    pub(super) fn value(&mut self, value: &'tree Value, shape: Shape, context: Context) -> Verdict {
        match (shape, value.data()) {
            (Shape::Any | Shape::Special, _)
            | (Shape::String, Data::String(_))
            | (Shape::Boolean | Shape::BooleanOrSchema, Data::Bool(_)) => Verdict::Keep,
            (Shape::Size, Data::Number(number))
                if number.as_i128().is_some_and(|size| size >= 0) =>
            {
                self.size(number)
            }
            (Shape::List(element), Data::Array(elements)) => {
                self.list(elements, *element, context);
                Verdict::Keep
            }
            (Shape::Map(entry), Data::Object(entries)) => {
                self.map(entries, *entry, context);
                Verdict::Keep
            }
            (Shape::Object(grammar), Data::Object(members)) => self.object(members, grammar),
            (Shape::Reference(grammar), Data::Object(members)) => {
                self.reference_or_object(members, grammar, context)
            }
            (Shape::BooleanOrSchema, Data::Object(members)) => {
                self.reference_or_object(members, &super::grammar::SCHEMA, context)
            }
            (_, Data::Null) if context.loss == Loss::Member => self.null(context),
            _ => self.coerced(value, shape, context),
        }
    }

    fn list(&mut self, elements: &'tree [Value], shape: Shape, context: Context) {
        let context = Context {
            loss: Loss::Entry,
            ..context
        };
        for (index, element) in elements.iter().enumerate() {
            self.pointer.push_index(index);
            if self.value(element, shape, context) == Verdict::Cut {
                self.edits.remove(self.pointer.clone());
            }
            self.pointer.pop();
        }
    }

    fn map(&mut self, entries: &'tree Members, shape: Shape, context: Context) {
        let context = Context {
            loss: Loss::Entry,
            ..context
        };
        for (key, entry) in entries {
            self.pointer.push(key);
            if self.value(entry, shape, context) == Verdict::Cut {
                self.edits.remove(self.pointer.clone());
            }
            self.pointer.pop();
        }
    }

    fn reference_or_object(
        &mut self,
        members: &'tree Members,
        grammar: &'static Grammar,
        context: Context,
    ) -> Verdict {
        match members.get("$ref").map(Value::data) {
            Some(Data::String(target)) => {
                let place = match context.loss {
                    _ if grammar.object != Object::Schema => Place::Removable,
                    Loss::Entry if is_composition(&self.pointer) => Place::Removable,
                    _ => Place::Schema,
                };
                self.references.push(Reference {
                    pointer: self.pointer.clone(),
                    target,
                    expected: grammar,
                    place,
                });
                self.siblings(members, grammar);
                match grammar.object {
                    // A path item may have operations beside its `$ref`.
                    Object::PathItem => self.object(members, grammar),
                    _ => Verdict::Keep,
                }
            }
            Some(other) => {
                let message = format!("`$ref` must be a string, found {}", other.kind());
                let help =
                    "write a pointer such as `'#/components/schemas/Name'`, in quotes".to_owned();
                self.report_at("$ref", Severity::Error, codes::WRONG_TYPE, message, help);
                self.remove_member("$ref");
                self.object(members, grammar)
            }
            None => self.object(members, grammar),
        }
    }

    /// What stands beside a `$ref` is ignored in OpenAPI 3.0. Texts there lose nothing that a reader misses.
    fn siblings(&mut self, members: &Members, grammar: &Grammar) {
        let is_path_item = grammar.object == Object::PathItem;
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
                "{} beside a `$ref` is ignored in OpenAPI 3.0",
                ignored.join(", ")
            );
            let help = match grammar.object {
                Object::Schema => {
                    "move it into the target, or put the `$ref` into an `allOf` of one element"
                }
                _ => "move it into the target, or write the target out in place of the `$ref`",
            }
            .to_owned();
            self.report(
                Severity::Note,
                codes::IGNORED_BESIDE_REFERENCE,
                message,
                help,
            );
        }
    }

    pub(super) fn object(&mut self, members: &'tree Members, grammar: &'static Grammar) -> Verdict {
        if grammar.object != Object::Schema {
            return self.members(members, grammar);
        }
        if self.schemas == MAX_SCHEMA_DEPTH {
            let message = format!("this schema is nested in {MAX_SCHEMA_DEPTH} others");
            let help = "move it into `components.schemas` and refer to it; until then the value may be anything";
            self.report(Severity::Error, codes::TOO_DEEP, message, help.to_owned());
            self.replace(Data::Object(Members::new()));
            return Verdict::Keep;
        }
        self.schemas += 1;
        let verdict = self.members(members, grammar);
        self.schemas -= 1;
        verdict
    }

    fn members(&mut self, members: &'tree Members, grammar: &'static Grammar) -> Verdict {
        let is_harmless = matches!(grammar.object, Object::Example | Object::Link);
        self.harmless += usize::from(is_harmless);
        let mut verdict = Verdict::Keep;
        for (key, value) in members {
            let (shape, presence) = match (grammar.member(key), &grammar.others) {
                (Some(member), _) => (member.shape, member.presence),
                (None, Some(others)) if (others.accepts)(key) => (others.shape, others.presence),
                _ if key.starts_with("x-") || key == "$ref" => continue,
                // Reported together, as the schema that they mean.
                _ if belongs_into_schema(grammar, key) && has_misplaced_schema(members) => continue,
                _ => {
                    self.unknown_member(key, value, grammar);
                    continue;
                }
            };
            let loss = match presence {
                Presence::Required => Loss::Owner,
                Presence::Optional | Presence::Filled => Loss::Member,
            };
            self.pointer.push(key);
            if self.value(
                value,
                shape,
                Context {
                    owner: grammar,
                    loss,
                },
            ) == Verdict::Cut
            {
                match presence {
                    Presence::Required => verdict = Verdict::Cut,
                    Presence::Optional => self.edits.remove(self.pointer.clone()),
                    Presence::Filled => self.replace(shape.empty()),
                }
            }
            self.pointer.pop();
        }
        for member in grammar.members {
            if member.presence != Presence::Optional && !members.contains_key(member.name) {
                self.missing_member(member.name, member.presence, grammar);
                match member.presence {
                    Presence::Required => verdict = Verdict::Cut,
                    _ => self.replace_member(member.name, member.shape.empty()),
                }
            }
        }
        if verdict == Verdict::Keep {
            verdict = self.rules(members, grammar);
        }
        self.harmless -= usize::from(is_harmless);
        verdict
    }

    pub(super) fn missing_member(&mut self, name: &str, presence: Presence, grammar: &Grammar) {
        let message = format!("{} has no `{name}`", grammar.name);
        let consequence = match presence {
            Presence::Required => format!("until then {} is skipped", definite(grammar.name)),
            _ => "until then it is read as empty".to_owned(),
        };
        let help = format!("add `{name}`, which OpenAPI 3.0 requires; {consequence}");
        self.report(Severity::Error, codes::MISSING_MEMBER, message, help);
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
