//! What the pass assumes or leaves out of a document. [`check`](crate::dialect::check) reports it.

use super::Pass;
use super::body::BodyParameters;
use super::media_type::{Direction, MediaTypes};
use super::reference;
use super::schema::is_file;
use crate::diagnostic::{Diagnostics, Pointer, codes};
use crate::openapi::METHODS;
use crate::source::Value;

/// Reports it.
pub(in crate::dialect) fn report(root: &Value, diagnostics: &mut Diagnostics) {
    report_host(root, diagnostics);
    let mut assumes_media_types = false;
    let paths = root.get("paths").and_then(Value::as_object);
    for (path, item) in paths.into_iter().flatten() {
        let inherited = BodyParameters::of(root, item);
        let operations = METHODS
            .iter()
            .filter_map(|method| Some((*method, item.get(method)?)));
        let pointer = Pointer::root().key("paths").key(path);
        let mut inherited_lost = 0;
        for (method, operation) in operations.filter(|_| path.starts_with('/')) {
            let mut parameters = BodyParameters::of(root, operation);
            report_lost(root, &pointer.key(method), parameters.lost(), diagnostics);
            inherited_lost = inherited_lost.max(parameters.inherit(root, &inherited));
            let consumes = MediaTypes::of(root, Some(operation), Direction::Request);
            let produces = MediaTypes::of(root, Some(operation), Direction::Response);
            assumes_media_types |= parameters.has_body() && consumes.names.is_empty();
            let responses = operation.get("responses").and_then(Value::as_object);
            assumes_media_types |= produces.names.is_empty()
                && responses
                    .into_iter()
                    .flatten()
                    .any(|(_, response)| lacks_media_type(root, response));
        }
        report_lost(root, &pointer, inherited_lost, diagnostics);
    }
    if assumes_media_types {
        diagnostics.push(
            codes::ASSUMED_MEDIA_TYPE,
            &root.place(&Pointer::root().key("swagger")),
            "some bodies have no media type; they are read and sent as `application/json`",
            "add `consumes` and `produces`, at the top of the document or in its operations",
        );
    }
}

/// Reports the parameters of a list that describe another body than the one that is sent.
fn report_lost(root: &Value, owner: &Pointer, lost: usize, diagnostics: &mut Diagnostics) {
    if lost > 0 {
        diagnostics.push(
            codes::SEVERAL_BODIES,
            &root.place(&owner.key("parameters")),
            format!("a request has one body, and {lost} more parameters describe another one"),
            "keep one `in: body`, or `in: formData` alone; until then the first `in: body` is sent",
        );
    }
}

/// Returns whether a response has a body, and neither a file nor an example gives its media type.
fn lacks_media_type(root: &Value, response: &Value) -> bool {
    let response = reference::resolve(root, response);
    let examples = response.get("examples").and_then(Value::as_object);
    let has_example = examples.is_some_and(|examples| !examples.is_empty());
    let schema = response.get("schema");
    schema.is_some_and(|schema| !is_file(root, schema)) && !has_example
}

fn report_host(root: &Value, diagnostics: &mut Diagnostics) {
    let host = root.get("host").and_then(Value::as_str).unwrap_or_default();
    let Some((scheme, rest)) = Pass::split_host(host) else {
        return;
    };
    diagnostics.push(
        codes::INVALID_HOST,
        &root.place(&Pointer::root().key("host")),
        format!(
            "`host` must be a host, with its port if it needs one, found the scheme `{scheme}`"
        ),
        format!("write `host: {rest}` and `schemes: [{scheme}]`; it is read so"),
    );
}
