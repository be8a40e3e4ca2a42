//! `jsonSchemaDialect` and `$schema`: the dialect of JSON Schema that schemas are written in.

use super::Pass;
use crate::diagnostic::{Pointer, codes};
use crate::source::Value;

/// What the URIs of the dialects begin with that are read: those of OpenAPI, and JSON Schema's drafts since 4.
const KNOWN: &[&str] = &[
    "spec.openapis.org/oas/",
    "json-schema.org/draft-04/",
    "json-schema.org/draft-06/",
    "json-schema.org/draft-07/",
    "json-schema.org/draft/2019-09/",
    "json-schema.org/draft/2020-12/",
    "json-schema.org/schema",
];

impl Pass<'_> {
    /// Reports a dialect that is not known.
    pub(super) fn schema_dialect(&mut self, dialect: Option<&Value>, pointer: &Pointer) {
        let Some((node, uri)) = dialect.and_then(|node| Some((node, node.as_str()?))) else {
            return;
        };
        let address = uri
            .strip_prefix("https://")
            .or_else(|| uri.strip_prefix("http://"));
        let is_known = address.is_some_and(|uri| KNOWN.iter().any(|known| uri.starts_with(known)));
        if !is_known {
            let message = format!(
                "the dialect `{uri}` of JSON Schema is not known; schemas are read as those of 2020-12"
            );
            let help = "write the schemas in `https://json-schema.org/draft/2020-12/schema`, and name that or none";
            self.report(codes::JSON_SCHEMA_KEYWORD, node, pointer, message, help);
        }
    }
}
