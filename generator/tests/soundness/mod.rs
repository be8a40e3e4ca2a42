//! What holds of every model, whatever document it comes from. An emitter relies on it.

use std::collections::BTreeSet;

use generator::model::{
    Api, BodyInput, BodyMediaType, CredentialTarget, FieldPresence, Identifier, Literal, Operation,
    Output, ParameterLocation, PathSegment, TypeDef, TypeId, TypeKind, TypeRef,
};

/// Asserts it.
pub(crate) fn assert_sound(api: &Api) {
    let mut names = BTreeSet::new();
    for definition in &api.types {
        let name = definition.name.as_str().to_ascii_lowercase();
        assert!(
            names.insert(name),
            "two types are called {}",
            definition.name
        );
        definition
            .type_refs()
            .for_each(|one| assert_type_ref(api, one));
        assert_definition(api, definition);
    }
    assert_finite(api);
    assert_unique("groups", api.groups.iter().map(|group| &group.name));
    assert_unique("accessors", api.groups.iter().map(|group| &group.type_name));
    assert_unique("credentials", api.credentials.iter().map(|one| &one.name));
    let mut pointers = BTreeSet::new();
    for group in &api.groups {
        assert_unique("methods", group.operations.iter().map(|one| &one.name));
        let outputs = group.operations.iter().filter_map(|one| match &one.output {
            Output::ByStatus { type_name, .. } => Some(type_name),
            _ => None,
        });
        let builders = group.operations.iter().map(|one| &one.type_name);
        assert_unique(
            "types of a group",
            builders.chain(outputs).chain([&group.type_name]),
        );
        for operation in &group.operations {
            assert!(
                pointers.insert(&operation.pointer),
                "{} stands twice",
                operation.pointer
            );
            operation
                .type_refs()
                .for_each(|one| assert_type_ref(api, one));
            assert_operation(api, operation);
        }
    }
}

fn assert_definition(api: &Api, definition: &TypeDef) {
    match &definition.kind {
        TypeKind::Record(record) => {
            let fields = record.fields.iter().chain(record.additional.as_deref());
            assert_unique("fields", fields.map(|field| &field.name));
            let mut wire_names = BTreeSet::new();
            for field in &record.fields {
                assert!(
                    wire_names.insert(&field.wire_name),
                    "{} twice",
                    field.wire_name
                );
                assert_literal(api, field.default.as_ref());
                assert!(
                    !matches!(field.type_ref, TypeRef::Nullable(_)),
                    "{}",
                    field.pointer
                );
                if let FieldPresence::Defaulted(literal) = &field.presence {
                    assert_literal(api, Some(literal));
                }
            }
        }
        TypeKind::StringEnum(definition) => {
            let names = definition.variants.iter().map(|variant| &variant.name);
            assert_unique("variants", names.chain([&definition.catch_all]));
            let values: BTreeSet<_> = definition.variants.iter().map(|one| &one.value).collect();
            assert_eq!(values.len(), definition.variants.len());
        }
        TypeKind::IntegerEnum(definition) => {
            let names = definition.variants.iter().map(|variant| &variant.name);
            assert_unique("variants", names.chain([&definition.catch_all]));
            let values: BTreeSet<_> = definition.variants.iter().map(|one| one.value).collect();
            assert_eq!(values.len(), definition.variants.len());
        }
        TypeKind::Union(union) => {
            let names = union.variants.iter().map(|variant| &variant.name);
            assert_unique("variants", names.chain([&union.catch_all]));
            let tags: Vec<&String> = union.variants.iter().flat_map(|one| &one.tags).collect();
            let different: BTreeSet<_> = tags.iter().collect();
            assert_eq!(
                tags.len(),
                different.len(),
                "{} has a tag twice",
                definition.name
            );
        }
        TypeKind::Alias(_) => {}
    }
}

fn assert_operation(api: &Api, operation: &Operation) {
    let at = &operation.pointer;
    let inputs = operation.parameters.iter().map(|one| &one.name);
    let of_body: Vec<&Identifier> = match operation.body.as_ref().map(|body| &body.input) {
        Some(BodyInput::Argument { name, .. }) => vec![name],
        Some(BodyInput::Flattened { record }) => match api.type_def(*record).map(|one| &one.kind) {
            Some(TypeKind::Record(record)) => {
                record.fields.iter().map(|field| &field.name).collect()
            }
            other => panic!("{at}: the members of {other:?} are no inputs"),
        },
        None => Vec::new(),
    };
    assert_unique("inputs", inputs.chain(of_body));
    for parameter in &operation.parameters {
        assert_literal(api, parameter.default.as_ref());
    }
    let is_sorted = operation
        .parameters
        .is_sorted_by_key(|parameter| parameter.location);
    assert!(
        is_sorted,
        "{at}: parameters stand in another order than they are passed"
    );
    let parameter = |index: usize| operation.parameters.get(index).expect("a parameter");
    for segment in &operation.segments {
        if let PathSegment::Parameter(index) = segment {
            assert_eq!(parameter(*index).location, ParameterLocation::Path, "{at}");
        }
    }
    assert_eq!(
        matches!(operation.output, Output::Page(_)),
        operation.pagination.is_some(),
        "{at}"
    );
    if let Some(pagination) = &operation.pagination {
        let kind = &parameter(pagination.page_parameter).type_ref;
        assert!(kind.is_integer(), "{at}: {kind:?}");
        pagination.page_size_parameter.map(parameter);
    }
    if let Some(effect) = &operation.credential_effect
        && let CredentialTarget::Parameter(index) = effect.target
    {
        assert_eq!(parameter(index).location, ParameterLocation::Path, "{at}");
    }
    if let Some(body) = operation
        .body
        .as_ref()
        .filter(|body| body.media_type == BodyMediaType::Multipart)
    {
        let record = match &body.input {
            BodyInput::Flattened { record } => *record,
            BodyInput::Argument {
                type_ref: TypeRef::Named(record),
                ..
            } => *record,
            other => panic!("{at}: {other:?} has no members"),
        };
        let kind = api.type_def(record).map(|one| &one.kind);
        assert!(matches!(kind, Some(TypeKind::Record(_))), "{at}: {kind:?}");
    }
    if let Output::ByStatus { variants, .. } = &operation.output {
        assert_unique("answers", variants.iter().map(|variant| &variant.name));
    }
}

fn assert_type_ref(api: &Api, type_ref: &TypeRef) {
    match type_ref {
        TypeRef::Named(id) => {
            assert!(api.type_def(*id).is_some(), "{id:?} is no type");
        }
        TypeRef::Nullable(inner) => {
            assert!(
                !matches!(**inner, TypeRef::Nullable(_) | TypeRef::Any),
                "{type_ref:?}"
            );
            assert_type_ref(api, inner);
        }
        TypeRef::Array(inner) | TypeRef::Map(inner) | TypeRef::Boxed(inner) => {
            assert_type_ref(api, inner);
        }
        _ => {}
    }
}

fn assert_literal(api: &Api, literal: Option<&Literal>) {
    if let Some(Literal::Variant(id, index)) = literal {
        let variants = match api.type_def(*id).map(|definition| &definition.kind) {
            Some(TypeKind::StringEnum(definition)) => definition.variants.len(),
            Some(TypeKind::IntegerEnum(definition)) => definition.variants.len(),
            other => panic!("{other:?} has no variants"),
        };
        assert!(*index < variants, "{literal:?}");
    }
}

/// No type contains itself: whatever is taken away layer by layer comes to an end.
fn assert_finite(api: &Api) {
    let mut left: BTreeSet<usize> = (0..api.types.len()).collect();
    loop {
        let settled: Vec<usize> = left
            .iter()
            .copied()
            .filter(|index| {
                let mut refs = held(&api.types[*index]);
                refs.all(|one| contained(one).is_none_or(|id| !left.contains(&id.index())))
            })
            .collect();
        if settled.is_empty() {
            break;
        }
        for index in settled {
            left.remove(&index);
        }
    }
    let names: Vec<&str> = left
        .iter()
        .map(|index| api.types[*index].name.as_str())
        .collect();
    assert!(names.is_empty(), "{names:?} contain themselves");
}

/// What a value holds, except further members, which are in a map.
fn held(definition: &TypeDef) -> impl Iterator<Item = &TypeRef> {
    let additional = match &definition.kind {
        TypeKind::Record(record) => record.additional.as_deref(),
        _ => None,
    };
    let refs = definition.type_refs();
    refs.filter(move |one| additional.is_none_or(|field| !std::ptr::eq(&field.type_ref, *one)))
}

/// The type that a value holds in place.
fn contained(type_ref: &TypeRef) -> Option<TypeId> {
    match type_ref {
        TypeRef::Named(id) => Some(*id),
        TypeRef::Nullable(inner) => contained(inner),
        _ => None,
    }
}

fn assert_unique<'a>(what: &str, names: impl Iterator<Item = &'a Identifier>) {
    let mut seen = BTreeSet::new();
    for name in names {
        let is_word = |one: char| one.is_ascii_alphanumeric() || one == '_';
        let text = name.as_str();
        assert!(
            text.starts_with(|first: char| first.is_ascii_alphabetic())
                && text.chars().all(is_word),
            "{text:?}"
        );
        assert!(seen.insert(name), "two {what} are called {name}");
    }
}
