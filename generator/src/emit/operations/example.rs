//! An example of each operation that compiles.

use crate::emit::Config;
use crate::model::{
    Api, Body, BodyInput, BodyMediaType, Group, InputShape, Operation, Record, TypeKind, TypeRef,
};

pub(super) fn of_operation(
    api: &Api,
    config: &Config,
    group: &Group,
    operation: &Operation,
) -> String {
    let arguments: Option<Vec<String>> = arguments(api, operation);
    let Some(arguments) = arguments else {
        return String::new();
    };
    let krate = config.crate_name();
    let result = if operation.output.is_empty() {
        ""
    } else {
        "let answer = "
    };
    let call = format!(
        "{result}client.{}().{}({}).await?;",
        group.name,
        operation.name,
        arguments.join(", ")
    );
    format!(
        "# Examples\n\n```no_run\n# async fn example(client: {krate}::Client) -> Result<(), {krate}::Error> {{\n{call}\n# Ok(())\n# }}\n```"
    )
}

/// The required arguments as Rust expressions; none where a value can't be written down shortly.
fn arguments(api: &Api, operation: &Operation) -> Option<Vec<String>> {
    let parameters = operation
        .required_parameters()
        .map(|parameter| value(api, &parameter.type_ref));
    let body = operation
        .body
        .iter()
        .flat_map(|body| body_values(api, body));
    parameters.chain(body).collect()
}

fn body_values(api: &Api, body: &Body) -> Vec<Option<String>> {
    match &body.input {
        _ if !body.required => Vec::new(),
        BodyInput::Argument { .. } if body.media_type == BodyMediaType::Multipart => vec![None],
        BodyInput::Argument { type_ref, .. } => vec![value(api, type_ref)],
        BodyInput::Flattened { record } => api
            .record(*record)
            .into_iter()
            .flat_map(Record::constructor_fields)
            .map(|field| value(api, &field.type_ref))
            .collect(),
    }
}

fn value(api: &Api, reference: &TypeRef) -> Option<String> {
    match reference {
        TypeRef::Boolean => Some("true".to_owned()),
        TypeRef::Integer32 | TypeRef::Integer64 => Some("42".to_owned()),
        TypeRef::Float | TypeRef::Double => Some("0.5".to_owned()),
        TypeRef::String | TypeRef::Secret => Some("\"text\"".to_owned()),
        TypeRef::Array(item) if matches!(api.input_shape(reference), InputShape::Items(_)) => {
            value(api, item).map(|item| format!("[{item}]"))
        }
        TypeRef::Named(id) => match &api.type_def(*id)?.kind {
            TypeKind::StringEnum(enumeration) => {
                Some(format!("{:?}", enumeration.variants.first()?.value))
            }
            TypeKind::IntegerEnum(enumeration) => {
                Some(enumeration.variants.first()?.value.to_string())
            }
            TypeKind::Alias(alias) => value(api, &alias.target),
            TypeKind::Record(_) | TypeKind::Union(_) => None,
        },
        _ => None,
    }
}
