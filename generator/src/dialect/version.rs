//! Which version of OpenAPI a document is written in, and whether it can be read.

use crate::diagnostic::{Diagnostics, Pointer, Severity, codes};
use crate::source::{Document, Value};

/// Makes sure that the document is OpenAPI 3.0. Returns whether it is; a fatal diagnostic says why not.
pub(super) fn check(document: &mut Document, diagnostics: &mut Diagnostics) -> bool {
    let root = Pointer::root();
    let Value::Object(members) = document.value() else {
        let message = format!(
            "an OpenAPI document is an object, found {}",
            document.value().kind()
        );
        diagnostics.push(
            Severity::Fatal,
            codes::WRONG_TYPE,
            &root,
            message,
            "begin it with `openapi: 3.0.3`",
        );
        return false;
    };
    let version = match (members.get("openapi"), members.get("swagger")) {
        (Some(Value::String(version)), _) => version.clone(),
        (Some(Value::Number(number)), _) => {
            let pointer = root.key("openapi");
            let version = number.to_string();
            let message = "`openapi` must be a string, found a number";
            diagnostics.push(
                Severity::Note,
                codes::UNQUOTED_STRING,
                &pointer,
                message,
                "put it in quotes",
            );
            document.set(&pointer, Value::from(version.as_str()));
            version
        }
        (Some(other), _) => {
            let message = format!("`openapi` must be a string, found {}", other.kind());
            diagnostics.push(
                Severity::Fatal,
                codes::NO_VERSION,
                &root.key("openapi"),
                message,
                "write `openapi: 3.0.3`",
            );
            return false;
        }
        (None, Some(_)) => {
            let message = "the document is written in Swagger 2.0, and only OpenAPI 3.0 is read";
            let help = "convert it to OpenAPI 3.0 first, for example with `swagger2openapi`";
            diagnostics.push(
                Severity::Fatal,
                codes::UNSUPPORTED_VERSION,
                &root.key("swagger"),
                message,
                help,
            );
            return false;
        }
        (None, None) => {
            let message = "the document does not say which version of OpenAPI it is written in";
            let help = "add `openapi: 3.0.3` at its top, if that is what it is";
            diagnostics.push(Severity::Fatal, codes::NO_VERSION, &root, message, help);
            return false;
        }
    };
    let mut numbers = version.split('.');
    if (numbers.next(), numbers.next()) == (Some("3"), Some("0")) {
        return true;
    }
    let message =
        format!("the document is written in OpenAPI {version}, and only OpenAPI 3.0 is read");
    let help = match version.split('.').next() {
        Some("3") => "convert it to OpenAPI 3.0 first, for example with `openapi-down-convert`",
        _ => "use a document that is written in OpenAPI 3.0",
    };
    diagnostics.push(
        Severity::Fatal,
        codes::UNSUPPORTED_VERSION,
        &root.key("openapi"),
        message,
        help,
    );
    false
}
