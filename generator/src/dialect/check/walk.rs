//! Walks the tree along the tables of [`grammar`](super::grammar).

use std::collections::BTreeMap;

use super::edits::Edits;
use super::grammar::{Grammar, Object, Presence, Shape};
use super::reference::{Place, Reference};
use crate::diagnostic::{Code, Diagnostics, Pointer, Severity, codes};
use crate::source::{Object as Members, Value};

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
}

impl<'tree> Walker<'tree, '_> {
    pub(super) fn report(&mut self, severity: Severity, code: Code, message: String, help: String) {
        let severity = if self.harmless > 0 {
            Severity::Note
        } else {
            severity
        };
        self.diagnostics
            .push(severity, code, &self.pointer, message, help);
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

    pub(super) fn replace_member(&mut self, key: &str, value: Value) {
        self.edits.replace(self.pointer.key(key), value);
    }

    fn replace(&mut self, value: Value) {
        self.edits.replace(self.pointer.clone(), value);
    }

    pub(super) fn value(&mut self, value: &'tree Value, shape: Shape, context: Context) -> Verdict {
        match (shape, value) {
            (Shape::Any | Shape::Special, _)
            | (Shape::String, Value::String(_))
            | (Shape::Boolean | Shape::BooleanOrSchema, Value::Bool(_)) => Verdict::Keep,
            (Shape::Size, Value::Number(number))
                if number.as_i128().is_some_and(|size| size >= 0) =>
            {
                self.size(number)
            }
            (Shape::List(element), Value::Array(elements)) => {
                self.list(elements, *element, context);
                Verdict::Keep
            }
            (Shape::Map(entry), Value::Object(entries)) => {
                self.map(entries, *entry, context);
                Verdict::Keep
            }
            (Shape::Object(grammar), Value::Object(members)) => self.object(members, grammar),
            (Shape::Reference(grammar), Value::Object(members)) => {
                self.reference_or_object(members, grammar, context)
            }
            (Shape::BooleanOrSchema, Value::Object(members)) => {
                self.reference_or_object(members, &super::grammar::SCHEMA, context)
            }
            (_, Value::Null) if context.loss == Loss::Member => self.null(context),
            _ => self.coerced(value, shape, context),
        }
    }

    /// `null` where a member may be left out says nothing.
    fn null(&mut self, context: Context) -> Verdict {
        let message = format!(
            "{} is null, which is read as if it were absent",
            self.label(context)
        );
        self.report(
            Severity::Note,
            codes::NULL_VALUE,
            message,
            "remove it, or give it a value".to_owned(),
        );
        Verdict::Cut
    }

    /// A whole number may be written `10.0`, which `openapiv3` refuses.
    fn size(&mut self, number: &crate::source::Number) -> Verdict {
        match number.as_u64() {
            Some(_) if number.is_integer() => Verdict::Keep,
            Some(size) => {
                self.replace(Value::Number(size.into()));
                Verdict::Keep
            }
            None => {
                let message =
                    format!("{number} is larger than any size can be, so it restricts nothing");
                let help = "remove it, or give a number within 64 bits".to_owned();
                self.report(Severity::Note, codes::NUMBER_OUT_OF_RANGE, message, help);
                Verdict::Cut
            }
        }
    }

    /// Reads a value as what was meant where that is plain, and reports it either way.
    fn coerced(&mut self, value: &Value, shape: Shape, context: Context) -> Verdict {
        let meant = match (shape, value) {
            (Shape::String, value) => text(value).map(Value::from),
            (Shape::Boolean | Shape::BooleanOrSchema, Value::String(text)) => match text.as_str() {
                "true" => Some(Value::Bool(true)),
                "false" => Some(Value::Bool(false)),
                _ => None,
            },
            (Shape::Size, Value::String(text)) => text
                .parse::<u64>()
                .ok()
                .map(|size| Value::Number(size.into())),
            (Shape::List(_), Value::Null) => Some(Value::Array(Vec::new())),
            (Shape::List(Shape::String), Value::String(_)) => {
                Some(Value::Array(vec![value.clone()]))
            }
            _ => None,
        };
        let label = self.label(context);
        let message = format!("{label} must be {}, found {}", shape.name(), value.kind());
        let Some(meant) = meant else {
            self.wrong_type(shape, message, context);
            return Verdict::Cut;
        };
        if matches!(shape, Shape::String) {
            let help = "put it in quotes".to_owned();
            self.report(Severity::Note, codes::UNQUOTED_STRING, message, help);
        } else {
            let help = format!(
                "write it as {}; it is read as `{}`",
                shape.name(),
                meant.to_json()
            );
            self.report(Severity::Error, codes::WRONG_TYPE, message, help);
        }
        self.replace(meant);
        Verdict::Keep
    }

    fn wrong_type(&mut self, shape: Shape, message: String, context: Context) {
        let help = format!("write it as {}; {}", shape.name(), self.loss(context));
        self.report(Severity::Error, codes::WRONG_TYPE, message, help);
    }

    /// What the present node is, for messages.
    fn label(&self, context: Context) -> String {
        let segment = self.pointer.last().unwrap_or_default();
        match context.loss {
            Loss::Member | Loss::Owner => format!("`{segment}` of {}", context.owner.name),
            Loss::Entry => {
                let list = self.pointer.parent();
                let list = list.as_ref().and_then(Pointer::last).unwrap_or_default();
                format!("`{segment}` in `{list}`")
            }
        }
    }

    /// What happens until the fault is corrected.
    fn loss(&self, context: Context) -> String {
        match context.loss {
            Loss::Member | Loss::Entry => "until then it is ignored".to_owned(),
            Loss::Owner => format!("until then {} is skipped", definite(context.owner.name)),
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
        match members.get("$ref") {
            Some(Value::String(target)) => {
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
                Verdict::Keep
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
        if grammar.object == Object::PathItem {
            return;
        }
        let ignored: Vec<String> = members
            .keys()
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
            let help = "move it into the target, or put the `$ref` into an `allOf` of one element"
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
            self.replace(Value::Object(Members::new()));
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

/// A string, or what stands in its place because somebody forgot the quotes.
pub(super) fn text(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.as_str()),
        Value::Bool(true) => Some("true"),
        Value::Bool(false) => Some("false"),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// `a parameter` as `the parameter`.
fn definite(name: &str) -> String {
    match name.split_once(' ') {
        Some(("a" | "an", noun)) => format!("the {noun}"),
        _ => name.to_owned(),
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
