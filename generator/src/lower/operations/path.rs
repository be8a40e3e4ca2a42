//! Path templates.

use crate::model::{Operation, Parameter, ParameterLocation, PathSegment};

/// A template in pieces. A name that no parameter has stays as it is written.
pub(super) fn segments(path: &str, parameters: &[Parameter]) -> Vec<PathSegment> {
    let mut segments = Vec::new();
    let mut literal = String::new();
    let mut rest = path;
    while let Some((before, from_brace)) = rest.split_once('{') {
        let Some((name, after)) = from_brace.split_once('}') else {
            break;
        };
        literal.push_str(before);
        let position = parameters.iter().position(|parameter| {
            parameter.location == ParameterLocation::Path && parameter.wire_name == name
        });
        match position {
            Some(position) => {
                if !literal.is_empty() {
                    segments.push(PathSegment::Literal(std::mem::take(&mut literal)));
                }
                segments.push(PathSegment::Parameter(position));
            }
            None => literal.push_str(&format!("{{{name}}}")),
        }
        rest = after;
    }
    literal.push_str(rest);
    if !literal.is_empty() {
        segments.push(PathSegment::Literal(literal));
    }
    segments
}

/// Puts the path of a server that says no host in front of an operation's path, so that it is not lost.
pub(super) fn prefix(operation: &mut Operation, base_path: &str) {
    if base_path.is_empty() {
        return;
    }
    operation.path = format!("{base_path}{}", operation.path);
    match operation.segments.first_mut() {
        Some(PathSegment::Literal(text)) => *text = format!("{base_path}{text}"),
        _ => operation
            .segments
            .insert(0, PathSegment::Literal(base_path.to_owned())),
    }
}
