//! Examples that compile: one of each operation, one of the client.

use super::Config;
use super::text::type_path;
use crate::model::{
    Api, Body, BodyInput, Field, Group, HttpMethod, Identifier, InputShape, Operation, Output,
    Presence, SecurityRequirement, TypeKind, TypeRef,
};

/// How a client is made and one operation is called, as statements of an async function that has a `secret`.
pub(super) fn of_client(api: &Api, config: &Config) -> String {
    statements(api, config, "Client", ".await")
}

/// The same for code that is not async, as a block for the documentation.
pub(super) fn of_blocking_client(api: &Api, config: &Config) -> String {
    let krate = config.crate_name();
    let statements = blocking_statements(api, config);
    format!(
        "```no_run\n# fn example(secret: String) -> Result<(), {krate}::Error> {{\n{statements}\n# Ok(())\n# }}\n```"
    )
}

/// The statements of a function that is not async and has a `secret`.
pub(super) fn blocking_statements(api: &Api, config: &Config) -> String {
    statements(api, config, "blocking::Client", ".call()")
}

fn statements(api: &Api, config: &Config, client: &str, end: &str) -> String {
    let krate = config.crate_name();
    let mut steps = vec![format!("let client = {krate}::{client}::builder()")];
    if api.default_base_url.is_none() {
        steps.push("    .base_url(\"https://api.example.com\")?".to_owned());
    }
    if let Some(constructor) = constructor(api) {
        steps.push(format!("    .auth({krate}::Auth::{constructor}(secret))"));
    }
    steps.push("    .build()?;".to_owned());
    steps.extend(first_call(api, config, end));
    steps.join("\n")
}

/// The constructor of a credential that needs nothing but a secret: a bearer token where the document declares no credential at all.
fn constructor(api: &Api) -> Option<&str> {
    if api.credentials.is_empty() {
        let is_sent = |operation: &Operation| operation.security != SecurityRequirement::Anonymous;
        return api.operations().any(is_sent).then_some("bearer_token");
    }
    let mut schemes = api.credentials.iter();
    let simple = schemes.find(|scheme| scheme.placement.takes_secret_only())?;
    Some(simple.name.as_str())
}

/// A call that needs nothing but literals: a list if there is one, something that only reads otherwise.
fn first_call(api: &Api, config: &Config, end: &str) -> Option<String> {
    let operations = api.groups.iter().flat_map(|group| {
        let operations = group.operations.iter();
        operations.map(move |operation| (group, operation))
    });
    let usable = operations.filter(|(_, operation)| !operation.deprecated);
    let calls = usable.map(|(group, operation)| {
        let rank = (
            operation.pagination.is_none(),
            operation.method != HttpMethod::Get,
        );
        (rank, call(api, config, group, operation, end))
    });
    let simple = calls.filter(|(_, call)| call.given.is_empty());
    let (_, call) = simple.min_by_key(|(rank, _)| *rank)?;
    Some(call.statement)
}

/// The first call of a group that needs nothing but literals, async and blocking, as statements.
pub(super) fn of_group(api: &Api, config: &Config, group: &Group) -> Option<[String; 2]> {
    let operations = group.operations.iter();
    let mut usable = operations.filter(|operation| !operation.deprecated);
    usable.find_map(|operation| {
        let statement = |end| {
            let call = call(api, config, group, operation, end);
            call.given.is_empty().then_some(call.statement)
        };
        Some([statement(".await")?, statement(".call()")?])
    })
}

/// A section with a call of the operation.
pub(super) fn of_operation(
    api: &Api,
    config: &Config,
    group: &Group,
    operation: &Operation,
) -> String {
    let krate = config.crate_name();
    let Call { statement, given } = call(api, config, group, operation, ".await");
    let given: String = given
        .iter()
        .map(|argument| format!(", {argument}"))
        .collect();
    format!(
        "# Examples\n\n```no_run\n# async fn example(client: {krate}::Client{given}) -> Result<(), {krate}::Error> {{\n{statement}\n# Ok(())\n# }}\n```"
    )
}

/// A call of an operation with its required inputs.
struct Call {
    statement: String,
    /// What takes more than a literal and is there already, as arguments of a function.
    given: Vec<String>,
}

fn call(api: &Api, config: &Config, group: &Group, operation: &Operation, end: &str) -> Call {
    let krate = config.crate_name();
    let mut given = Vec::new();
    let mut arguments = Vec::new();
    for input in wanted(api, operation) {
        let value = if input.is_nullable {
            Some("None".to_owned())
        } else {
            literal(api, input.name, input.reference)
        };
        arguments.push(value.unwrap_or_else(|| {
            given.push(format!(
                "{}: {}",
                input.name,
                type_path(api, input.reference, &krate)
            ));
            input.name.to_string()
        }));
    }
    let result = match operation.output {
        Output::Empty => "",
        Output::Page(_) => "let page = ",
        _ => "let result = ",
    };
    let arguments = arguments.join(", ");
    let statement = format!(
        "{result}client.{}().{}({arguments}){end}?;",
        group.name, operation.name
    );
    Call { statement, given }
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
