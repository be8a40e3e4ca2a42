//! Parameters: the siblings of a reference, and the style `cookie` of OpenAPI 3.2.

use super::Pass;
use crate::diagnostic::{Pointer, Severity, codes};
use crate::openapi::{Kind, Version};
use crate::source::Value;

/// The objects whose `description` beside a `$ref` is stronger than that of the target, from 3.1 on. 3.0 ignores it.
pub(super) fn is_described_beside_reference(kind: Kind) -> bool {
    matches!(kind, Kind::Parameter | Kind::RequestBody | Kind::Response)
}

impl Pass<'_> {
    /// Removes the texts beside a reference that OpenAPI 3.0 ignores.
    pub(super) fn texts_beside_reference(&self, value: &mut Value) {
        if self.version == Version::OpenApi30
            && let Some(members) = value.as_object_mut()
            && members.contains_key("$ref")
        {
            members.shift_remove("summary");
            members.shift_remove("description");
        }
    }

    /// Reads the style `cookie` as `form`.
    pub(super) fn parameter(&mut self, value: &mut Value, pointer: &Pointer) {
        if value.get("style").and_then(Value::as_str) != Some("cookie") {
            return;
        }
        let style = value
            .as_object_mut()
            .and_then(|members| members.shift_remove("style"));
        if let Some(style) = style {
            let message = "cookies are sent in the style `form`, which percent-encodes what `cookie` does not";
            let help = "write `style: form`, if the server decodes that; until then it is read so";
            self.report(
                codes::UNKNOWN_STYLE.rated(Severity::Warning),
                &style,
                &pointer.key("style"),
                message,
                help,
            );
        }
    }
}
