//! The pieces that every emitter uses: identifiers, types, documentation. Paths are written in full, since a document may name a type
//! `Option` or `String`.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use crate::model::{self, Api, Docs, Identifier, TypeId, TypeRef};

/// Returns an identifier of the model as a token.
pub(super) fn ident(name: &Identifier) -> Ident {
    match name.as_str().strip_prefix("r#") {
        Some(keyword) => Ident::new_raw(keyword, Span::call_site()),
        None => Ident::new(name.as_str(), Span::call_site()),
    }
}

/// Returns a fixed name as a token.
pub(super) fn name_of(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// Returns a text of the model as a literal.
pub(super) fn text(value: &str) -> Literal {
    // Most have nothing to escape, and are read in less time than their characters are looked up.
    let is_plain = value
        .bytes()
        .all(|byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\'));
    if is_plain && let Ok(literal) = format!("\"{value}\"").parse() {
        return literal;
    }
    Literal::string(value)
}

/// Expects clippy's complaint about a constructor that is called like its type, where it is.
pub(super) fn expect_self_named(type_name: &str, constructor: &str) -> Option<TokenStream> {
    let is_same = constructor.replace('_', "") == type_name.to_ascii_lowercase();
    is_same.then(
        || quote!(#[expect(clippy::self_named_constructors, reason = "the API has this name")]),
    )
}

/// Expands the Rust type of a value.
pub(super) fn type_ref(api: &Api, reference: &TypeRef) -> TokenStream {
    match reference {
        TypeRef::Boolean => quote!(bool),
        TypeRef::Integer32 => quote!(i32),
        TypeRef::Integer64 => quote!(i64),
        TypeRef::Unsigned64 => quote!(u64),
        TypeRef::Double => quote!(f64),
        TypeRef::String => quote!(::std::string::String),
        TypeRef::Secret => quote!(crate::Secret),
        TypeRef::Date => quote!(::jiff::civil::Date),
        TypeRef::Timestamp => quote!(::jiff::Timestamp),
        TypeRef::Binary => quote!(::bytes::Bytes),
        TypeRef::Any => quote!(::serde_json::Value),
        TypeRef::Array(inner) => {
            let inner = type_ref(api, inner);
            quote!(::std::vec::Vec<#inner>)
        }
        TypeRef::Map(inner) => {
            let inner = type_ref(api, inner);
            quote!(::std::collections::BTreeMap<::std::string::String, #inner>)
        }
        TypeRef::Nullable(inner) => {
            let inner = type_ref(api, inner);
            quote!(::std::option::Option<#inner>)
        }
        TypeRef::Boxed(inner) => {
            let inner = type_ref(api, inner);
            quote!(::std::boxed::Box<#inner>)
        }
        TypeRef::Named(id) => named(api, *id),
    }
}

/// Expands the path of a type of the crate.
pub(super) fn named(api: &Api, id: TypeId) -> TokenStream {
    match api.type_def(id) {
        Some(definition) => {
            let name = ident(&definition.name);
            quote!(crate::types::#name)
        }
        None => quote!(::serde_json::Value),
    }
}

/// Expands the doc attribute of an item: the paragraphs of its documentation, or a sentence in their place.
pub(super) fn docs(docs: &Docs, otherwise: &str, more: &[String]) -> TokenStream {
    docs_then(docs, otherwise, more, "")
}

/// Expands the same as [`docs`], after a first paragraph about the item itself.
pub(super) fn docs_after(first: &str, docs: &Docs, more: &[String]) -> TokenStream {
    let rest = paragraphs(docs, "", more, "");
    doc_text(format!("{first}\n\n{rest}").trim_end())
}

/// Expands the same as [`docs`], with sections after the link.
pub(super) fn docs_then(
    docs: &Docs,
    otherwise: &str,
    more: &[String],
    sections: &str,
) -> TokenStream {
    doc_text(&paragraphs(docs, otherwise, more, sections))
}

fn paragraphs(docs: &Docs, otherwise: &str, more: &[String], sections: &str) -> String {
    let own = [docs.summary.as_deref(), docs.description.as_deref()]
        .into_iter()
        .flatten();
    let otherwise = docs.has_no_text().then_some(otherwise);
    let link = docs.link.as_ref().map(|link| format!("See <{link}>."));
    let paragraphs: Vec<&str> = own
        .chain(otherwise)
        .chain(more.iter().map(String::as_str))
        .chain(link.as_deref())
        .chain([sections])
        .filter(|paragraph| !paragraph.is_empty())
        .collect();
    paragraphs.join("\n\n")
}

/// Expands the doc attribute of a text. Its printer writes each line after `///`.
pub(super) fn doc_text(text: &str) -> TokenStream {
    if text.is_empty() {
        return TokenStream::new();
    }
    let mut lines = String::with_capacity(text.len() + 16);
    for (number, line) in text.lines().enumerate() {
        let line = line.trim_end();
        lines.push_str(if number == 0 { "" } else { "\n" });
        lines.push_str(if line.is_empty() { "" } else { " " });
        lines.push_str(line);
    }
    // A raw text is read in less time than one is escaped. One with the sign of its end is none.
    let literal = format!("r#\"{lines}\"#").parse();
    let literal: Literal = literal.unwrap_or_else(|_| Literal::string(&lines));
    quote!(#[doc = #literal])
}

/// Expands `#[deprecated]`, where the document discourages use.
pub(super) fn deprecated(deprecated: bool) -> Option<TokenStream> {
    deprecated.then(|| quote!(#[deprecated]))
}

/// Expects the lint for a member whose use the document discourages.
pub(super) fn expect_deprecated(deprecated: bool) -> Option<TokenStream> {
    deprecated.then(|| quote!(#[expect(deprecated, reason = "the member is part of the API")]))
}

/// Expands a constant of the document as an expression of its field's type.
pub(super) fn literal(api: &Api, literal: &model::Literal) -> TokenStream {
    match literal {
        model::Literal::Boolean(value) => quote!(#value),
        model::Literal::Integer(value) => {
            let value = Literal::i128_unsuffixed(*value);
            quote!(#value)
        }
        model::Literal::Double(value) => {
            let value = Literal::f64_unsuffixed(*value);
            quote!(#value)
        }
        model::Literal::String(value) => quote!(::std::string::String::from(#value)),
        model::Literal::Variant(id, index) => variant(api, *id, *index),
        model::Literal::EmptyArray => quote!(::std::vec::Vec::new()),
        model::Literal::Array(items) => {
            let items = items.iter().map(|item| self::literal(api, item));
            quote!(::std::vec![#(#items),*])
        }
    }
}

fn variant(api: &Api, id: TypeId, index: usize) -> TokenStream {
    let path = named(api, id);
    let name = api
        .type_def(id)
        .and_then(|definition| definition.variant_name(index));
    match name {
        Some(name) => {
            let name = ident(name);
            quote!(#path::#name)
        }
        None => quote!(::std::default::Default::default()),
    }
}
