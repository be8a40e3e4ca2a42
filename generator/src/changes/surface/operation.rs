//! Groups and operations: what is passed, what comes back, and what goes over the network.

use super::{Item, Kind, NULLABLE, signature};
use crate::diagnostic::Pointer;
use crate::emit;
use crate::model::{
    Api, Body, BodyInput, BodyMediaType, CredentialEffectKind, CredentialTarget, ErrorResponse,
    Field, FieldPresence, Group, Literal, Operation, Output, Pagination, Parameter,
    ParameterLocation, PathSegment, RetryClass, SecurityRequirement, StatusPattern,
};

pub(super) fn group(api: &Api, group: &Group) -> Item {
    let path = format!("client.{}()", group.name);
    let module = group.name.file_stem();
    let mut item = Item::new(Kind::Group, &path, group.name.as_str()).documented(&group.docs);
    item.key.clone_from(&group.tag);
    item.pointer.clone_from(&group.pointer);
    let accessor = structure(module, group.type_name.as_str(), &group.pointer);
    let operations = group.operations.iter();
    let operations = operations.map(|one| operation(api, module, &path, one));
    item.children = std::iter::once(accessor).chain(operations).collect();
    item
}

fn structure(module: &str, name: &str, pointer: &Pointer) -> Item {
    let mut item = Item::new(Kind::Struct, format!("operations::{module}::{name}"), name);
    "struct".clone_into(&mut item.key);
    item.pointer.clone_from(pointer);
    item
}

fn operation(api: &Api, module: &str, group: &str, operation: &Operation) -> Item {
    let path = format!("{group}.{}()", operation.name);
    let statuses: Vec<String> = operation
        .successes
        .iter()
        .map(|success| status(success.status))
        .collect();
    let mut item = Item::new(Kind::Operation, &path, operation.name.as_str())
        .http(
            "request",
            format!("{} {}", operation.method.as_str(), operation.path),
        )
        .http("operation id", &operation.id)
        .http("documented success", statuses.join(", "))
        .http("Accept", operation.accept.as_deref().unwrap_or_default())
        .http(
            "request body",
            operation.body.as_ref().map(body_format).unwrap_or_default(),
        )
        .http("credential", security(operation.security))
        .http("retries", retry(operation.retry))
        .http(
            "pages",
            operation.pagination.as_ref().map(pages).unwrap_or_default(),
        )
        .http("effect on a credential", effect(operation))
        .http(
            "place of a new secret",
            operation.new_secret.as_ref().map_or("", Pointer::as_str),
        )
        .documented(&operation.docs);
    item.key = key(operation);
    item.deprecated = operation.deprecated;
    item.pointer.clone_from(&operation.pointer);
    let inputs = inputs(api, &path, operation);
    item.signature = signature_of(api, module, operation, &inputs);
    let mut children = vec![structure(
        module,
        operation.type_name.as_str(),
        &operation.pointer,
    )];
    children.extend(inputs);
    children.push(output(api, module, &path, operation));
    children.extend(methods(&path, operation));
    children.extend(operation.errors.iter().map(|one| error(api, &path, one)));
    item.children = children;
    item
}

/// Method and path, whatever its parameters are called.
fn key(operation: &Operation) -> String {
    let mut key = format!("{} ", operation.method.as_str());
    let mut is_literal = true;
    for character in operation.path.chars() {
        match character {
            '{' => is_literal = false,
            '}' => {
                key.push_str("{}");
                is_literal = true;
            }
            _ if is_literal => key.push(character),
            _ => {}
        }
    }
    key
}

fn signature_of(api: &Api, module: &str, operation: &Operation, inputs: &[Item]) -> String {
    let arguments: Vec<String> = inputs
        .iter()
        .filter(|input| input.is_argument)
        .map(|input| format!("{}: {}", input.name, input.signature))
        .collect();
    let output = signature::output(api, module, &operation.output);
    format!("({}) -> {output}", arguments.join(", "))
}

/// What callers pass: parameters, then the body or its members.
fn inputs(api: &Api, path: &str, operation: &Operation) -> Vec<Item> {
    let mut inputs: Vec<Item> = operation
        .parameters
        .iter()
        .enumerate()
        .map(|(index, one)| {
            let mut item = parameter(api, path, one);
            if one.location == ParameterLocation::Path {
                item.key = position(operation, index);
            }
            item
        })
        .collect();
    let Some(body) = &operation.body else {
        return inputs;
    };
    match &body.input {
        BodyInput::Argument { name, type_ref } => {
            let mut item = input(path, name.as_str()).documented(&body.docs);
            "body".clone_into(&mut item.key);
            item.signature = signature::value(api, type_ref);
            item.is_argument = body.required;
            item.pointer.clone_from(&body.pointer);
            inputs.push(item);
        }
        BodyInput::Flattened { record } => {
            let fields = api.record(*record).map_or(&[][..], |record| &record.fields);
            inputs.extend(fields.iter().map(|field| member(api, path, body, field)));
        }
    }
    inputs
}

/// The mark of a path parameter, whose name is not on the wire.
fn position(operation: &Operation, index: usize) -> String {
    let segments = operation.segments.iter();
    let mut parameters = segments.filter(|one| matches!(one, PathSegment::Parameter(_)));
    let position = parameters.position(|one| *one == PathSegment::Parameter(index));
    format!("path {}", position.unwrap_or(index))
}

fn input(path: &str, name: &str) -> Item {
    Item::new(Kind::Input, format!("{path}.{name}()"), name)
}

fn parameter(api: &Api, path: &str, parameter: &Parameter) -> Item {
    let place = match parameter.location {
        ParameterLocation::Path => "path",
        ParameterLocation::Query => "query",
        ParameterLocation::Header => "header",
        ParameterLocation::Cookie => "cookie",
    };
    let format = if parameter.json {
        "JSON".to_owned()
    } else {
        let explode = if parameter.explode { ", exploded" } else { "" };
        let reserved = if parameter.allow_reserved {
            ", reserved characters kept"
        } else {
            ""
        };
        format!("{:?}{explode}{reserved}", parameter.style)
    };
    let name_on_the_wire = match parameter.location {
        ParameterLocation::Path => "",
        _ => &parameter.wire_name,
    };
    let mut item = input(path, parameter.name.as_str())
        .http("name on the wire", name_on_the_wire)
        .http("place", place)
        .http("format", format)
        .http("default", default(api, parameter.default.as_ref()))
        .documented(&parameter.docs);
    item.key = format!("{place} {}", parameter.wire_name);
    item.signature = signature::value(api, &parameter.type_ref);
    item.is_argument = parameter.required;
    item.deprecated = parameter.deprecated;
    item.pointer.clone_from(&parameter.pointer);
    item
}

fn member(api: &Api, path: &str, body: &Body, field: &Field) -> Item {
    let mut item = input(path, field.name.as_str())
        .http("name on the wire", &field.wire_name)
        .http("place", "body")
        .http("default", default_of_member(api, field))
        .documented(&field.docs);
    item.key = format!("body {}", field.wire_name);
    item.signature = signature::member_input(api, field);
    item.is_argument = body.required && field.is_constructor_argument();
    item.deprecated = field.deprecated;
    item.pointer.clone_from(&field.pointer);
    item
}

fn output(api: &Api, module: &str, path: &str, operation: &Operation) -> Item {
    let mut item = Item::new(Kind::Output, path, "");
    item.signature = signature::output(api, module, &operation.output);
    item.pointer = operation
        .successes
        .first()
        .map_or(&operation.pointer, |success| &success.pointer)
        .clone();
    if let Output::ByStatus {
        type_name,
        variants,
    } = &operation.output
    {
        let path = format!("operations::{module}::{type_name}");
        item.children = variants
            .iter()
            .map(|variant| {
                let name = variant.name.as_str();
                let mut child = Item::new(Kind::Variant, format!("{path}::{name}"), name)
                    .documented(&variant.docs);
                child.key = status(variant.status);
                child.signature = variant
                    .content
                    .as_ref()
                    .map_or_else(String::new, |content| signature::content(api, content));
                child.pointer = operation
                    .successes
                    .iter()
                    .find(|success| success.status == variant.status)
                    .map_or(&operation.pointer, |success| &success.pointer)
                    .clone();
                child
            })
            .collect();
    }
    item
}

/// The methods that the operation's builder has besides setters, `options`, `send` and `call`.
fn methods(path: &str, operation: &Operation) -> Vec<Item> {
    let names: &[&str] = if operation.pagination.is_some() {
        &[
            "lossy",
            "read_all",
            "into_stream",
            "into_page_stream",
            "into_pages",
        ]
    } else if operation.replaces_caller() {
        &["adopt", "verify_outcome"]
    } else {
        &[]
    };
    let method = |name: &&str| {
        let mut item = Item::new(Kind::Method, format!("{path}.{name}()"), *name);
        (*name).clone_into(&mut item.key);
        item.pointer.clone_from(&operation.pointer);
        item
    };
    names.iter().map(method).collect()
}

fn error(api: &Api, path: &str, error: &ErrorResponse) -> Item {
    let status = status(error.status);
    let mut item = Item::new(Kind::Error, path, &status)
        .http("advice", error.advice.as_deref().unwrap_or_default())
        .documented(&error.docs);
    item.key = status;
    item.signature = error
        .content
        .as_ref()
        .map_or_else(String::new, |content| signature::content(api, content));
    item.pointer.clone_from(&error.pointer);
    item
}

fn status(status: StatusPattern) -> String {
    match status {
        StatusPattern::Code(code) => code.to_string(),
        StatusPattern::Class(class) => format!("{class}XX"),
        StatusPattern::Default => "default".to_owned(),
    }
}

fn body_format(body: &Body) -> String {
    let files = match body.media_type {
        BodyMediaType::Multipart => " with files",
        _ => "",
    };
    // Without it, a request has a body also where a caller sets nothing.
    let condition = if body.required {
        ""
    } else {
        " where it is set"
    };
    format!("{}{files}{condition}", body.content_type)
}

fn security(security: SecurityRequirement) -> &'static str {
    match security {
        SecurityRequirement::Required => "always sent",
        SecurityRequirement::Optional => "sent where there is one",
        SecurityRequirement::Anonymous => "never sent",
    }
}

fn retry(retry: RetryClass) -> &'static str {
    match retry {
        RetryClass::Idempotent => "always",
        RetryClass::NonIdempotent => "only where the request was certainly not executed",
    }
}

fn pages(pages: &Pagination) -> String {
    let text = |name: &Option<String>| name.clone().unwrap_or_else(|| "none".to_owned());
    format!(
        "from {}, next {}, page {}, size {}, total {}, pages {}, links {}, {}guessed, past the end {}",
        pages.first_page,
        text(&pages.next_page_header),
        text(&pages.page_header),
        text(&pages.page_size_header),
        text(&pages.total_header),
        text(&pages.total_pages_header),
        text(&pages.link_header),
        if pages.may_guess { "" } else { "not " },
        pages
            .past_end_status
            .map_or_else(|| "an empty page".to_owned(), |status| status.to_string()),
    )
}

fn effect(operation: &Operation) -> String {
    let Some(effect) = &operation.credential_effect else {
        return String::new();
    };
    let verb = match effect.kind {
        CredentialEffectKind::Replace => "replaces",
        CredentialEffectKind::Revoke => "revokes",
    };
    match &effect.target {
        CredentialTarget::Caller => format!("{verb} the caller's own"),
        CredentialTarget::Parameter(index) => {
            let parameter = operation.parameters.get(*index);
            let name = parameter.map_or("", |parameter| &parameter.wire_name);
            format!("{verb} that of {name}")
        }
    }
}

/// Returns the value that the server takes in place of one that is absent. A member that has it as its own value shows it by its presence.
pub(super) fn default_of_member(api: &Api, field: &Field) -> String {
    match field.presence {
        FieldPresence::Defaulted(_) => String::new(),
        _ => default(api, field.default.as_ref()),
    }
}

fn default(api: &Api, literal: Option<&Literal>) -> String {
    let text = literal.map(|literal| emit::default_text(api, literal));
    text.unwrap_or_default().trim_matches('`').to_owned()
}

/// Returns how a member is read and written, beyond its type.
pub(super) fn presence(api: &Api, presence: &FieldPresence) -> String {
    match presence {
        FieldPresence::Required => "always there".to_owned(),
        FieldPresence::RequiredNullable => NULLABLE.to_owned(),
        FieldPresence::Optional => "may be absent".to_owned(),
        FieldPresence::OptionalNullable => "may be absent or null".to_owned(),
        FieldPresence::OmittedWhenEmpty => "left out when empty".to_owned(),
        FieldPresence::Defaulted(default) => {
            format!("{} where absent", emit::default_text(api, default))
        }
    }
}
