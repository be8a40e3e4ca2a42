//! Values that are not what their place asks for: read as what was meant where that is plain, cut out otherwise, reported either way.

use super::walk::{Context, RemovalScope, Verdict, Walker};
use crate::diagnostic::{Pointer, Severity, codes};
use crate::openapi::{Kind, Shape};
use crate::source::{Data, Number, Object as Members, Value};

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
        Verdict::Drop
    }

    /// A whole number may be written `10.0`, which `openapiv3` refuses.
    pub(super) fn size(&mut self, number: &Number) -> Verdict {
        match number.as_u64() {
            Some(_) if number.is_integer() => Verdict::Keep,
            Some(size) => {
                self.replace(Data::Number(size.into()));
                Verdict::Keep
            }
            None => {
                let message =
                    format!("{number} is larger than any size can be, so it restricts nothing");
                let help = "remove it, or give a number within 64 bits".to_owned();
                self.report(Severity::Note, codes::NUMBER_OUT_OF_RANGE, message, help);
                Verdict::Drop
            }
        }
    }

    /// Reads a value as what was meant where that is plain, and reports it either way.
    pub(super) fn coerced(&mut self, value: &Value, shape: Shape, context: Context) -> Verdict {
        let meant = match (shape, value.data()) {
            (Shape::String, _) => text(value).map(Data::from),
            (Shape::Boolean | Shape::OrBoolean(_), Data::String(text)) => match text.as_str() {
                "true" => Some(Data::Bool(true)),
                "false" => Some(Data::Bool(false)),
                _ => None,
            },
            (Shape::Size, Data::String(text)) => text
                .parse::<u64>()
                .ok()
                .map(|size| Data::Number(size.into())),
            // The schema of any value, as OpenAPI 3.1 writes it.
            (Shape::Reference(definition), Data::Bool(true))
                if definition().kind == Kind::Schema =>
            {
                Some(Data::Object(Members::new()))
            }
            (Shape::List(_), Data::Null) => Some(Data::Array(Vec::new())),
            (Shape::List(Shape::String), Data::String(_)) => Some(Data::Array(vec![value.clone()])),
            _ => None,
        };
        let label = self.label(context);
        let message = format!("{label} must be {}, found {}", shape.name(), value.kind());
        let Some(meant) = meant.map(Value::from) else {
            self.wrong_type(shape, message, context);
            return Verdict::Drop;
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
            RemovalScope::Member | RemovalScope::Owner => {
                format!("`{segment}` of {}", context.owner.name)
            }
            RemovalScope::Entry => {
                let list = self.pointer.parent();
                let list = list.as_ref().and_then(Pointer::last).unwrap_or_default();
                format!("`{segment}` in `{list}`")
            }
        }
    }

    /// What happens until the fault is corrected.
    fn loss(&self, context: Context) -> String {
        match context.loss {
            RemovalScope::Member | RemovalScope::Entry => "until then it is ignored".to_owned(),
            RemovalScope::Owner => {
                format!("until then {} is skipped", definite(context.owner.name))
            }
        }
    }
}

/// A string, or what stands in its place because somebody forgot the quotes.
pub(super) fn text(value: &Value) -> Option<&str> {
    match value.data() {
        Data::String(text) => Some(text),
        Data::Number(number) => Some(number.as_str()),
        Data::Bool(true) => Some("true"),
        Data::Bool(false) => Some("false"),
        Data::Null | Data::Array(_) | Data::Object(_) => None,
    }
}

/// `a parameter` as `the parameter`.
pub(super) fn definite(name: &str) -> String {
    match name.split_once(' ') {
        Some(("a" | "an", noun)) => format!("the {noun}"),
        _ => name.to_owned(),
    }
}
