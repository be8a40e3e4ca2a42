//! The page of a type.

use super::operation::{default, discouraged, sent_as};
use super::table::Page;
use crate::emit::text::{code, member_link, type_link, type_remarks};
use crate::model::{
    Api, EnumVariant, Field, FieldPresence, Identifier, Record, TypeDef, TypeKind, TypeRef, Union,
    UnionKind,
};

pub(super) fn page(api: &Api, definition: &TypeDef) -> String {
    let mut page = Page::new(definition.name.as_str());
    page.docs(&definition.docs);
    type_remarks(definition)
        .iter()
        .for_each(|remark| page.paragraph(remark));
    match &definition.kind {
        TypeKind::Record(record) => properties(&mut page, api, record),
        TypeKind::StringEnum(enumeration) => {
            values(&mut page, &enumeration.variants, &enumeration.catch_all)
        }
        TypeKind::IntegerEnum(enumeration) => {
            values(&mut page, &enumeration.variants, &enumeration.catch_all)
        }
        TypeKind::Union(union) => variants(&mut page, api, union),
        TypeKind::Alias(alias) => {
            page.paragraph(&format!("An alias of {}.", linked(api, &alias.target)))
        }
    }
    page.paragraph("[[Back to the types]](../README.md#types) [[Back to the operations]](../README.md#operations)");
    page.finish()
}

fn linked(api: &Api, reference: &TypeRef) -> String {
    type_link(api, reference, page_of)
}

fn page_of(name: &Identifier) -> String {
    format!("{name}.md")
}

fn properties(page: &mut Page, api: &Api, record: &Record) {
    page.heading(2, "Properties");
    let fields = record.fields.iter().map(|field| property(api, field));
    let additional = record.additional.iter().map(|field| {
        [
            format!("**{}**", field.name),
            linked(api, &TypeRef::Map(Box::new(field.type_ref.clone()))),
            field.docs.text(),
            "all other members".to_owned(),
        ]
    });
    page.table(
        ["Name", "Type", "Description", "Notes"],
        fields.chain(additional),
        "The object has no known members.",
    );
}

fn property(api: &Api, field: &Field) -> [String; 4] {
    let presence = match field.presence {
        FieldPresence::Required | FieldPresence::OmittedWhenEmpty => None,
        FieldPresence::RequiredNullable => Some("may be null"),
        FieldPresence::Optional => Some("optional"),
        FieldPresence::OptionalNullable => Some("optional; may be null"),
        FieldPresence::Defaulted(_) => Some("the default if it is absent or null"),
    };
    let notes = [
        presence.map(str::to_owned),
        sent_as(&field.name, &field.wire_name),
        default(api, field.default.as_ref()),
        discouraged(field.deprecated),
    ];
    let notes: Vec<String> = notes.into_iter().flatten().collect();
    [
        format!("**{}**", field.name),
        member_link(api, &field.type_ref, page_of),
        field.docs.text(),
        notes.join("; "),
    ]
}

fn values<T: std::fmt::Display>(
    page: &mut Page,
    variants: &[EnumVariant<T>],
    catch_all: &Identifier,
) {
    page.heading(2, "Values");
    let rows = variants.iter().map(|variant| {
        [
            format!("**{}**", variant.name),
            code(&variant.value.to_string()),
            variant.docs.text(),
        ]
    });
    page.table(
        ["Variant", "Value", "Description"],
        rows,
        "No value is documented.",
    );
    page.paragraph(&format!(
        "`{catch_all}` holds any other value that the server sends."
    ));
}

fn variants(page: &mut Page, api: &Api, union: &Union) {
    page.heading(2, "Variants");
    if let UnionKind::Tagged { property } = &union.kind {
        page.paragraph(&format!("The member `{property}` selects the variant."));
    }
    let rows = union.variants.iter().map(|variant| {
        let tags = variant.tags.iter().map(|tag| code(tag));
        let rest = variant.is_default.then(|| "any other".to_owned());
        let tags: Vec<String> = tags.chain(rest).collect();
        [
            format!("**{}**", variant.name),
            linked(api, &variant.type_ref),
            tags.join(", "),
        ]
    });
    page.table(
        ["Variant", "Type", "Value"],
        rows,
        "No variant is documented.",
    );
    page.paragraph(&format!(
        "`{}` holds anything else that the server sends.",
        union.catch_all
    ));
}
