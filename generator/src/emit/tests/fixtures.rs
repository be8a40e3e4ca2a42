//! Small pieces of a model, built by hand.

use crate::diagnostic::Pointer;
use crate::model::*;

pub(crate) fn identifier(name: &str) -> Identifier {
    Identifier::new_unchecked(name)
}

pub(crate) fn summary(text: &str) -> Docs {
    Docs {
        summary: Some(text.to_owned()),
        ..Docs::default()
    }
}

/// The pointer of this text, which begins with `/`.
pub(crate) fn pointer(text: &str) -> Pointer {
    Pointer::parse(text).expect("a pointer")
}

pub(crate) fn named(index: usize) -> TypeRef {
    TypeRef::Named(TypeId::new(index))
}

pub(crate) fn array(item: TypeRef) -> TypeRef {
    TypeRef::Array(Box::new(item))
}

pub(crate) fn map(value: TypeRef) -> TypeRef {
    TypeRef::Map(Box::new(value))
}

/// An API without anything.
pub(crate) fn empty() -> Api {
    Api {
        title: "Library".to_owned(),
        version: "1.2".to_owned(),
        docs: Docs::default(),
        default_base_url: Some("https://library.example".to_owned()),
        base_path: None,
        modules: Vec::new(),
        groups: Vec::new(),
        types: Vec::new(),
        credentials: Vec::new(),
        credential_status: CredentialStatusInfo::default(),
        error_body: ErrorBody::default(),
        other_credential_places: Vec::new(),
        response_headers: ResponseHeaders::default(),
    }
}

pub(crate) fn field(name: &str, type_ref: TypeRef, presence: FieldPresence) -> Field {
    Field {
        pointer: Pointer::root(),
        name: identifier(name),
        wire_name: name.to_owned(),
        type_ref,
        presence,
        docs: Docs::default(),
        deprecated: false,
        default: None,
        example: None,
    }
}

pub(crate) fn type_def(name: &str, kind: TypeKind) -> TypeDef {
    TypeDef {
        pointer: Pointer::root(),
        schema_name: Some(name.to_owned()),
        name: identifier(name),
        docs: Docs::default(),
        deprecated: false,
        usage: Usage {
            request: true,
            response: true,
        },
        reaches_secret: false,
        kind,
    }
}

pub(crate) fn record(name: &str, fields: Vec<Field>) -> TypeDef {
    type_def(
        name,
        TypeKind::Record(Record {
            fields,
            additional: None,
        }),
    )
}

pub(crate) fn variant<T>(name: &str, value: T) -> EnumVariant<T> {
    EnumVariant {
        pointer: Pointer::root(),
        name: identifier(name),
        value,
        docs: Docs::default(),
    }
}

pub(crate) fn string_enum(name: &str, values: &[(&str, &str)]) -> TypeDef {
    let variants = values
        .iter()
        .map(|(name, value)| variant(name, (*value).to_owned()))
        .collect();
    type_def(
        name,
        TypeKind::StringEnum(StringEnum {
            variants,
            catch_all: identifier("Unknown"),
        }),
    )
}

pub(crate) fn integer_enum(name: &str, values: &[(&str, i64)]) -> TypeDef {
    let variants = values
        .iter()
        .map(|(name, value)| variant(name, *value))
        .collect();
    type_def(
        name,
        TypeKind::IntegerEnum(IntegerEnum {
            variants,
            catch_all: identifier("Unknown"),
        }),
    )
}

pub(crate) fn union(name: &str, kind: UnionKind, variants: &[(&str, &[&str], TypeRef)]) -> TypeDef {
    let variants = variants
        .iter()
        .map(|(name, tags, type_ref)| UnionVariant {
            name: identifier(name),
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
            is_default: false,
            type_ref: type_ref.clone(),
        })
        .collect();
    type_def(
        name,
        TypeKind::Union(Union {
            kind,
            variants,
            catch_all: identifier("Unknown"),
        }),
    )
}

pub(crate) fn parameter(name: &str, location: ParameterLocation, type_ref: TypeRef) -> Parameter {
    let (style, explode) = match location {
        ParameterLocation::Path | ParameterLocation::Header => (ParameterStyle::Simple, false),
        ParameterLocation::Query | ParameterLocation::Cookie => (ParameterStyle::Form, true),
    };
    Parameter {
        pointer: Pointer::root(),
        name: identifier(name),
        wire_name: name.to_owned(),
        location,
        style,
        explode,
        allow_reserved: false,
        json: false,
        type_ref,
        required: location == ParameterLocation::Path,
        docs: Docs::default(),
        deprecated: false,
        default: None,
        example: None,
    }
}

pub(crate) fn operation(name: &str, type_name: &str, method: HttpMethod, path: &str) -> Operation {
    Operation {
        pointer: Pointer::root(),
        id: format!("{}{path}", method.as_str()),
        name: identifier(name),
        type_name: identifier(type_name),
        method,
        path: path.to_owned(),
        segments: Vec::new(),
        parameters: Vec::new(),
        body: None,
        accept: Some("application/json".to_owned()),
        output: Output::Empty,
        successes: Vec::new(),
        errors: Vec::new(),
        pagination: None,
        retry: RetryClass::Idempotent,
        new_secret: None,
        credential_effect: None,
        security: SecurityRequirement::Required,
        carries_secret: false,
        docs: summary(&format!("Sends {type_name}.")),
        deprecated: false,
    }
}

pub(crate) fn group(name: &str, type_name: &str, operations: Vec<Operation>) -> Group {
    Group {
        pointer: Pointer::root(),
        tag: name.to_owned(),
        name: identifier(name),
        type_name: identifier(type_name),
        docs: Docs::default(),
        operations,
    }
}

pub(crate) fn json(type_ref: TypeRef) -> Content {
    Content {
        media_type: "application/json".to_owned(),
        kind: ContentKind::Json(type_ref),
    }
}

pub(crate) fn returning(mut operation: Operation, type_ref: TypeRef) -> Operation {
    operation.output = Output::Content(json(type_ref.clone()));
    operation.successes.push(SuccessResponse {
        pointer: Pointer::root(),
        status: StatusPattern::Code(200),
        content: Some(json(type_ref)),
        docs: Docs::default(),
    });
    operation
}

pub(crate) fn body(
    media_type: BodyMediaType,
    content_type: &str,
    required: bool,
    input: BodyInput,
) -> Body {
    Body {
        pointer: Pointer::root(),
        required,
        media_type,
        content_type: content_type.to_owned(),
        formats: Vec::new(),
        input,
        docs: summary("What is sent."),
    }
}

pub(crate) fn argument(name: &str, type_ref: TypeRef) -> BodyInput {
    BodyInput::Argument {
        name: identifier(name),
        type_ref,
    }
}
