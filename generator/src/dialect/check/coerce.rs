//! Values that are not what their place asks for: read as what was meant where that is plain, cut out otherwise, reported either way.

use super::grammar::{Object, Shape};
use super::walk::{Context, Loss, Verdict, Walker};
use crate::diagnostic::{Pointer, Severity, codes};
use crate::source::{Number, Object as Members, Value};

impl Walker<'_, '_> {
    /// `null` where a member may be left out says nothing.
    pub(super) fn null(&mut self, context: Context) -> Verdict {
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
    pub(super) fn size(&mut self, number: &Number) -> Verdict {
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
    pub(super) fn coerced(&mut self, value: &Value, shape: Shape, context: Context) -> Verdict {
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
            // The schema of any value, as OpenAPI 3.1 writes it.
            (Shape::Reference(grammar), Value::Bool(true)) if grammar.object == Object::Schema => {
                Some(Value::Object(Members::new()))
            }
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
pub(super) fn definite(name: &str) -> String {
    match name.split_once(' ') {
        Some(("a" | "an", noun)) => format!("the {noun}"),
        _ => name.to_owned(),
    }
}
