//! An example of each operation that compiles.

use crate::emit::Config;
use crate::emit::text::type_path;
use crate::model::{
    Api, Body, BodyInput, Field, Group, Identifier, InputShape, Operation, Output, Presence,
    TypeKind, TypeRef,
};

/// A call with its required inputs. A value that takes more than a literal is there already, as an argument of the example.
pub(super) fn of_operation(
    api: &Api,
    config: &Config,
    group: &Group,
    operation: &Operation,
) -> String {
    let krate = config.crate_name();
    let mut given = vec![format!("client: {krate}::Client")];
    let mut arguments = Vec::new();
    for Wanted {
        name,
        reference,
        is_nullable,
    } in wanted(api, operation)
    {
        let value = if is_nullable {
            Some("None".to_owned())
        } else {
            literal(api, name, reference)
        };
        arguments.push(value.unwrap_or_else(|| {
            given.push(format!("{name}: {}", type_path(api, reference, &krate)));
            name.to_string()
        }));
    }
    let result = match operation.output {
        Output::Empty => "",
        Output::Page(_) => "let page = ",
        _ => "let result = ",
    };
    let call = format!(
        "{result}client.{}().{}({}).await?;",
        group.name,
        operation.name,
        arguments.join(", ")
    );
    format!(
        "# Examples\n\n```no_run\n# async fn example({}) -> Result<(), {krate}::Error> {{\n{call}\n# Ok(())\n# }}\n```",
        given.join(", ")
    )
}

/// A required input.
struct Wanted<'a> {
    name: &'a Identifier,
    reference: &'a TypeRef,
    is_nullable: bool,
}

fn wanted<'a>(api: &'a Api, operation: &'a Operation) -> impl Iterator<Item = Wanted<'a>> {
    let parameters = operation.required_parameters().map(|parameter| Wanted {
        name: &parameter.name,
        reference: &parameter.type_ref,
        is_nullable: false,
    });
    let body = operation.body.iter().filter(|body| body.required);
    parameters.chain(body.flat_map(|body| wanted_by_body(api, body)))
}

fn wanted_by_body<'a>(api: &'a Api, body: &'a Body) -> Vec<Wanted<'a>> {
    match &body.input {
        BodyInput::Argument { name, type_ref } => {
            vec![Wanted {
                name,
                reference: type_ref,
                is_nullable: false,
            }]
        }
        BodyInput::Flattened { record } => {
            api.constructor_fields(*record).map(wanted_member).collect()
        }
    }
}

fn wanted_member(field: &Field) -> Wanted<'_> {
    Wanted {
        name: &field.name,
        reference: &field.type_ref,
        is_nullable: field.presence == Presence::RequiredNullable,
    }
}

/// A value as a Rust expression, where a literal is one.
fn literal(api: &Api, name: &Identifier, reference: &TypeRef) -> Option<String> {
    match reference {
        TypeRef::Boolean => Some("true".to_owned()),
        TypeRef::Integer32 | TypeRef::Integer64 => Some("42".to_owned()),
        TypeRef::Float | TypeRef::Double => Some("0.5".to_owned()),
        TypeRef::String | TypeRef::Secret => Some(format!("\"{}\"", name.file_stem())),
        TypeRef::Array(item) => match api.input_shape(reference) {
            InputShape::Items(_) => literal(api, name, item).map(|item| format!("[{item}]")),
            InputShape::Plain | InputShape::Into => None,
        },
        TypeRef::Named(id) => match &api.type_def(*id)?.kind {
            TypeKind::StringEnum(enumeration) => {
                Some(format!("{:?}", enumeration.variants.first()?.value))
            }
            TypeKind::IntegerEnum(enumeration) => {
                Some(enumeration.variants.first()?.value.to_string())
            }
            TypeKind::Alias(alias) => literal(api, name, &alias.target),
            TypeKind::Record(_) | TypeKind::Union(_) => None,
        },
        _ => None,
    }
}
