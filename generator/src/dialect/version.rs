//! The version of OpenAPI that a document declares.

use crate::diagnostic::{Code, Diagnostics, Pointer, Severity, codes};
use crate::source::{Document, Value};

pub use crate::openapi::Version;

impl Version {
    /// Returns how the first line of a document declares the version.
    pub(super) const fn declaration(self) -> &'static str {
        match self {
            Self::Swagger2 => "swagger: '2.0'",
            Self::OpenApi30 => "openapi: 3.0.4",
            Self::OpenApi31 => "openapi: 3.1.1",
            Self::OpenApi32 => "openapi: 3.2.0",
        }
    }

    /// Reads the text of a version, such as `3.1.1`.
    fn parse(keyword: &str, text: &str) -> Option<Self> {
        let mut numbers = text.trim().split('.');
        match (keyword, numbers.next()?, numbers.next()) {
            ("swagger", "2", None | Some("0")) => Some(Self::Swagger2),
            ("openapi", "3", Some("0")) => Some(Self::OpenApi30),
            ("openapi", "3", Some("1")) => Some(Self::OpenApi31),
            ("openapi", "3", Some("2")) => Some(Self::OpenApi32),
            _ => None,
        }
    }
}

/// Formats that share a root keyword with no version of OpenAPI.
const OTHER_FORMATS: &[(&str, &str)] = &[
    ("swaggerVersion", "Swagger 1.2"),
    ("asyncapi", "AsyncAPI"),
    ("openrpc", "OpenRPC"),
    ("arazzo", "Arazzo"),
    ("overlay", "the Overlay Specification"),
];

const READ: &str = "use a document that is written in OpenAPI 3.0, 3.1 or 3.2, or in Swagger 2.0";

/// Returns the version that a document declares, if it can be read. Otherwise a fatal diagnostic is reported.
pub(super) fn check(document: &mut Document, diagnostics: &mut Diagnostics) -> Option<Version> {
    let (version, text) = match detect(document.value()) {
        Ok(detected) => detected,
        Err(fault) => {
            fault.report(document.value(), diagnostics);
            return None;
        }
    };
    let pointer = Pointer::root().key(version.keyword());
    if document.get(&pointer).and_then(Value::as_str).is_none() {
        diagnostics.push(
            codes::UNQUOTED_STRING,
            &document.place(&pointer),
            format!("`{}` must be a string, found a number", version.keyword()),
            "put it in quotes",
        );
        document.set(&pointer, Value::from(text.as_str()));
    }
    Some(version)
}

/// A reason why a document has no version that could be read. It is always fatal.
#[derive(Debug)]
struct Fault {
    code: Code,
    pointer: Pointer,
    message: String,
    help: String,
}

impl Fault {
    fn report(self, root: &Value, diagnostics: &mut Diagnostics) {
        diagnostics.push(
            self.code.rated(Severity::Fatal),
            &root.place(&self.pointer),
            self.message,
            self.help,
        );
    }
}

/// Returns the version that a document declares, where that can be read.
pub(super) fn declared_by(root: &Value) -> Option<Version> {
    detect(root).ok().map(|(version, _)| version)
}

/// Returns the version that a document declares, with the text of its declaration.
fn detect(root: &Value) -> Result<(Version, String), Fault> {
    let Some(members) = root.as_object() else {
        return Err(Fault {
            code: codes::WRONG_TYPE,
            pointer: Pointer::root(),
            message: root.mismatch("an OpenAPI document", "an object"),
            help: format!(
                "name an OpenAPI document, which begins with a line such as `{}`",
                Version::OpenApi30.declaration()
            ),
        });
    };
    for keyword in ["openapi", "swagger"] {
        if let Some(value) = members.get(keyword) {
            return declared(keyword, value);
        }
    }
    Err(undeclared(members.keys().map(String::as_str)))
}

/// Reads the value of `openapi` or `swagger`.
fn declared(keyword: &str, value: &Value) -> Result<(Version, String), Fault> {
    let pointer = Pointer::root().key(keyword);
    let text = match (value.as_str(), value.as_number()) {
        (Some(text), _) => text,
        (None, Some(number)) => number.as_str(),
        (None, None) => {
            let example = match keyword {
                "swagger" => Version::Swagger2,
                _ => Version::OpenApi30,
            };
            return Err(Fault {
                code: codes::NO_VERSION,
                pointer,
                message: value.mismatch(format_args!("`{keyword}`"), "a string"),
                help: format!("write `{}`", example.declaration()),
            });
        }
    };
    if let Some(version) = Version::parse(keyword, text) {
        return Ok((version, text.to_owned()));
    }
    let other = match keyword {
        "swagger" => "openapi",
        _ => "swagger",
    };
    let help = match (Version::parse(other, text), text.trim()) {
        (Some(meant), _) => format!("write `{}`, if that is what it is", meant.declaration()),
        (None, "3") => "write the minor version too, such as `openapi: 3.0.4`".to_owned(),
        (None, _) => READ.to_owned(),
    };
    let family = match keyword {
        "swagger" => "Swagger",
        _ => "OpenAPI",
    };
    Err(Fault {
        code: codes::UNSUPPORTED_VERSION,
        pointer,
        message: format!("the document declares {family} `{text}`, which is not read"),
        help,
    })
}

/// Returns the fault of a document that has neither `openapi` nor `swagger`.
fn undeclared<'key>(mut keys: impl Iterator<Item = &'key str> + Clone) -> Fault {
    let root = Pointer::root();
    let known = |key: &str| OTHER_FORMATS.iter().find(|(keyword, _)| *keyword == key);
    if let Some((keyword, name)) = keys.clone().find_map(known) {
        return Fault {
            code: codes::UNSUPPORTED_VERSION,
            pointer: root.key(keyword),
            message: format!(
                "the document is written in {name}, which does not describe an API in OpenAPI's terms"
            ),
            help: READ.to_owned(),
        };
    }
    let misspelt = keys.find_map(|key| {
        let meant = ["openapi", "swagger"]
            .into_iter()
            .find(|keyword| key.trim().eq_ignore_ascii_case(keyword))?;
        Some((key, meant))
    });
    let message = "the document does not declare its version of OpenAPI";
    let (pointer, help) = match misspelt {
        Some((key, meant)) => (root.key(key), format!("did you mean `{meant}`?")),
        None => {
            let declarations: Vec<String> = Version::ALL
                .iter()
                .rev()
                .map(|version| format!("`{}`", version.declaration()))
                .collect();
            let help = format!("add one of {} at its top", declarations.join(", "));
            (root, help)
        }
    };
    Fault {
        code: codes::NO_VERSION,
        pointer,
        message: message.to_owned(),
        help,
    }
}

#[cfg(test)]
mod tests {
    use super::{Version, detect};
    use crate::diagnostic::Diagnostics;
    use crate::source::Document;

    fn detected(text: &str) -> Result<Version, (&'static str, String, String)> {
        let document =
            Document::parse("a.yaml", text.as_bytes(), &mut Diagnostics::new()).expect("a tree");
        detect(document.value())
            .map(|(version, _)| version)
            .map_err(|fault| (fault.code.as_str(), fault.pointer.to_string(), fault.help))
    }

    #[test]
    fn strings_and_numbers_declare_a_version() {
        for (text, version) in [
            ("swagger: '2.0'", Version::Swagger2),
            ("swagger: 2.0", Version::Swagger2),
            ("swagger: 2", Version::Swagger2),
            ("{\"swagger\": \"2.0\"}", Version::Swagger2),
            ("openapi: 3.0.4", Version::OpenApi30),
            ("openapi: 3.0", Version::OpenApi30),
            ("openapi: 3.0.0-rc2", Version::OpenApi30),
            ("openapi: '3.1.0'", Version::OpenApi31),
            ("openapi: 3.1", Version::OpenApi31),
            ("openapi: 3.2.0", Version::OpenApi32),
            ("{swagger: '2.0', openapi: 3.1.0}", Version::OpenApi31),
        ] {
            assert_eq!(detected(text), Ok(version), "{text}");
        }
    }

    #[test]
    fn every_declaration_declares_its_version() {
        for version in Version::ALL {
            assert_eq!(detected(version.declaration()), Ok(*version));
        }
    }

    #[test]
    fn everything_else_is_rejected_with_a_place_and_a_remedy() {
        for (text, code, place, remedy) in [
            (
                "openapi: 2.0",
                "unsupported-version",
                "/openapi",
                "swagger: '2.0'",
            ),
            (
                "swagger: 3.0.0",
                "unsupported-version",
                "/swagger",
                "openapi: 3.0.4",
            ),
            (
                "swagger: '1.2'",
                "unsupported-version",
                "/swagger",
                "OpenAPI 3.0",
            ),
            (
                "openapi: 3",
                "unsupported-version",
                "/openapi",
                "minor version",
            ),
            (
                "openapi: 3.10.0",
                "unsupported-version",
                "/openapi",
                "OpenAPI 3.0",
            ),
            (
                "openapi: 4.0.0",
                "unsupported-version",
                "/openapi",
                "OpenAPI 3.0",
            ),
            (
                "openapi: ''",
                "unsupported-version",
                "/openapi",
                "OpenAPI 3.0",
            ),
            ("openapi:", "no-version", "/openapi", "openapi: 3.0.4"),
            (
                "swagger: {a: 1}",
                "no-version",
                "/swagger",
                "swagger: '2.0'",
            ),
            ("OpenAPI: 3.0.0", "no-version", "/OpenAPI", "`openapi`"),
            ("Swagger: '2.0'", "no-version", "/Swagger", "`swagger`"),
            ("info: {}", "no-version", "", "openapi: 3.1.1"),
            ("{}", "no-version", "", "swagger: '2.0'"),
            (
                "swaggerVersion: '1.2'",
                "unsupported-version",
                "/swaggerVersion",
                "Swagger 2.0",
            ),
            (
                "asyncapi: 2.6.0",
                "unsupported-version",
                "/asyncapi",
                "OpenAPI 3.0",
            ),
            ("[1]", "wrong-type", "", "openapi: 3.0.4"),
        ] {
            let (found, pointer, help) = detected(text).expect_err(text);
            assert_eq!((found, pointer.as_str()), (code, place), "{text}");
            assert!(help.contains(remedy), "{text}: {help}");
        }
    }
}
