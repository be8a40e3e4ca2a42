//! Examples that compile: one for each operation and one for the client.

use super::Config;
use super::text::type_path;
use crate::model::{
    Api, Body, BodyInput, Field, FieldPresence, Group, HttpMethod, Identifier, InputShape, Literal,
    Operation, Output, SecurityRequirement, TypeKind, TypeRef,
};

/// Returns statements that create a client and call one operation, for an async function with a parameter `secret`.
pub(super) fn of_client(api: &Api, config: &Config) -> String {
    statements(api, config, "Client", ".await")
}

/// Returns the same for code that is not async, as a code block for the documentation.
pub(super) fn of_blocking_client(api: &Api, config: &Config) -> String {
    let krate = config.crate_name();
    let statements = blocking_statements(api, config);
    format!(
        "```no_run\n# fn example(secret: String) -> Result<(), {krate}::Error> {{\n{statements}\n# Ok(())\n# }}\n```"
    )
}

/// Returns the statements for a function that is not async and has a parameter `secret`.
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
    steps.extend(simple_call(api, config, &api.groups, end));
    steps.join("\n")
}

/// Returns the constructor of a credential that needs nothing but a secret: a bearer token where the document declares no credential at all.
fn constructor(api: &Api) -> Option<&str> {
    if api.credentials.is_empty() {
        let is_sent = |operation: &Operation| operation.security != SecurityRequirement::Anonymous;
        return api.operations().any(is_sent).then_some("bearer_token");
    }
    let mut schemes = api.credentials.iter();
    let simple = schemes.find(|scheme| scheme.placement.takes_secret_only())?;
    Some(simple.name.as_str())
}

/// Returns a call of a group that needs nothing but literals, async and blocking, as statements.
pub(super) fn of_group(api: &Api, config: &Config, group: &Group) -> Option<[String; 2]> {
    let statement = |end| simple_call(api, config, std::slice::from_ref(group), end);
    Some([statement(".await")?, statement(".call()")?])
}

/// Returns a call that needs nothing but literals: a list if there is one, an operation that only reads otherwise.
fn simple_call(api: &Api, config: &Config, groups: &[Group], end: &str) -> Option<String> {
    let operations = groups.iter().flat_map(|group| {
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

/// Returns a section with a call of the operation.
pub(super) fn of_operation(
    api: &Api,
    config: &Config,
    group: &Group,
    operation: &Operation,
) -> String {
    let krate = config.crate_name();
    let ExampleCall {
        mut statement,
        given,
    } = call(api, config, group, operation, ".await");
    // Inputs of the function can't be given twice.
    if operation.pagination.is_some() && given.is_empty() {
        let all = call(api, config, group, operation, ".read_all().await");
        statement = format!(
            "{statement}\n// All items, to be read before anything is changed:\n{}",
            all.statement.replacen("let page", "let items", 1)
        );
    }
    let given: String = given
        .iter()
        .map(|argument| format!(", {argument}"))
        .collect();
    format!(
        "# Examples\n\n```no_run\n# async fn example(client: {krate}::Client{given}) -> Result<(), {krate}::Error> {{\n{statement}\n# Ok(())\n# }}\n```"
    )
}

/// A call of an operation with its required inputs.
struct ExampleCall {
    statement: String,
    /// The inputs that no literal can express, as parameters of the function around the example.
    given: Vec<String>,
}

fn call(
    api: &Api,
    config: &Config,
    group: &Group,
    operation: &Operation,
    end: &str,
) -> ExampleCall {
    let krate = config.crate_name();
    let mut given = Vec::new();
    let mut arguments = Vec::new();
    for input in wanted(api, operation) {
        let value = if input.is_nullable {
            Some("None".to_owned())
        } else {
            documented(api, &input).or_else(|| literal(api, input.name, input.reference))
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
    ExampleCall { statement, given }
}

/// A required input.
struct Wanted<'a> {
    name: &'a Identifier,
    reference: &'a TypeRef,
    is_nullable: bool,
    /// The document's own example.
    example: Option<&'a Literal>,
}

fn wanted<'a>(api: &'a Api, operation: &'a Operation) -> impl Iterator<Item = Wanted<'a>> {
    let parameters = operation.required_parameters().map(|parameter| Wanted {
        name: &parameter.name,
        reference: &parameter.type_ref,
        is_nullable: false,
        example: parameter.example.as_ref(),
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
                example: None,
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
        is_nullable: field.presence == FieldPresence::RequiredNullable,
        example: field.example.as_ref(),
    }
}

/// Returns the document's example as an argument of the method, if an array literal is one where the example is a list.
fn documented(api: &Api, input: &Wanted<'_>) -> Option<String> {
    let example = input.example?;
    let is_list = matches!(example, Literal::EmptyArray | Literal::Array(_));
    let takes_items = matches!(api.input_shape(input.reference), InputShape::Items(_));
    (!is_list || takes_items).then(|| expression(api, example))?
}

fn expression(api: &Api, example: &Literal) -> Option<String> {
    match example {
        Literal::Boolean(value) => Some(value.to_string()),
        Literal::Integer(value) => Some(value.to_string()),
        Literal::Double(value) => Some(format!("{value:?}")),
        Literal::String(value) => Some(format!("{value:?}")),
        Literal::Variant(id, index) => {
            let definition = api.type_def(*id)?;
            let text = definition.variant_text(*index)?;
            match definition.kind {
                TypeKind::IntegerEnum(_) => Some(text),
                _ => Some(format!("{text:?}")),
            }
        }
        Literal::EmptyArray => Some("[]".to_owned()),
        Literal::Array(items) => {
            let items = items.iter().map(|item| expression(api, item));
            let items = items.collect::<Option<Vec<_>>>()?;
            Some(format!("[{}]", items.join(", ")))
        }
    }
}

/// Returns a value as a Rust expression, where a literal is one.
fn literal(api: &Api, name: &Identifier, reference: &TypeRef) -> Option<String> {
    match reference {
        TypeRef::Boolean => Some("true".to_owned()),
        reference if reference.is_integer() => Some("42".to_owned()),
        TypeRef::Double => Some("0.5".to_owned()),
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
