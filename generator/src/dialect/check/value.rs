//! Values of another type than their place asks for.

use super::walk::{Context, Disposition, RemovalScope, Walker};
use super::words::definite;
use crate::diagnostic::{Pointer, codes};
use crate::dialect::coercion::meant_value;
use crate::openapi::Shape;
use crate::source::{Number, Value};

impl Walker<'_, '_> {
    /// `null` where a member may be left out says nothing.
    pub(super) fn null(&mut self, context: Context) -> Disposition {
        let message = format!(
            "{} is null, which is read as if it were absent",
            self.label(context)
        );
        self.report(codes::NULL_VALUE, message, "remove it, or give it a value");
        Disposition::Drop
    }

    pub(super) fn size(&mut self, number: &Number) -> Disposition {
        if number.as_u64().is_some() {
            return Disposition::Keep;
        }
        let message = format!("{number} is larger than any size can be, so it restricts nothing");
        let help = "remove it, or give a number within 64 bits";
        self.report(codes::NUMBER_OUT_OF_RANGE, message, help);
        Disposition::Drop
    }

    /// Reports a value of another type. It stays where it is plain what it means.
    pub(super) fn wrong_value(
        &mut self,
        value: &Value,
        shape: Shape,
        context: Context,
    ) -> Disposition {
        let meant = meant_value(value, shape, self.version).map(Value::from);
        let label = self.label(context);
        let message = value.mismatch(label, shape.name());
        let Some(meant) = meant else {
            self.wrong_type(shape, message, context);
            return Disposition::Drop;
        };
        if matches!(shape, Shape::String) {
            let help = "put it in quotes";
            self.report(codes::UNQUOTED_STRING, message, help);
        } else {
            let help = format!(
                "write it as {}; it is read as `{}`",
                shape.name(),
                meant.to_json()
            );
            self.report(codes::WRONG_TYPE, message, help);
        }
        Disposition::Keep
    }

    fn wrong_type(&mut self, shape: Shape, message: String, context: Context) {
        let help = format!(
            "write it as {}; {}",
            shape.name(),
            self.consequence(context)
        );
        self.report(codes::WRONG_TYPE, message, help);
    }

    /// What the present node is, for messages.
    fn label(&self, context: Context) -> String {
        let segment = self.pointer.last().unwrap_or_default();
        match context.scope {
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
    fn consequence(&self, context: Context) -> String {
        match context.scope {
            RemovalScope::Member | RemovalScope::Entry => "until then it is ignored".to_owned(),
            RemovalScope::Owner => {
                format!("until then {} is skipped", definite(context.owner.name))
            }
        }
    }
}
