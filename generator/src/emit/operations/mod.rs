//! The operations: one file for each group.

mod builder;
mod group;
mod info;
mod output;
mod remarks;
mod request;

use proc_macro2::TokenStream;
use quote::quote;

use super::Config;
use super::format::{Item, Module};
use super::plan::PlannedFile;
use super::text::code;
use super::tokens::{ident, type_ref};
use crate::model::{Api, Group, Operation};

pub(super) use info::{expand_credential_status, expand_optional_text};
pub(super) use remarks::{cancel_safety, http_line, lost_secret, success_by_status};

/// Returns the files below `src/operations`.
pub(super) fn files<'a>(api: &'a Api, config: &'a Config) -> Vec<PlannedFile<'a>> {
    let mut files: Vec<_> = api
        .groups
        .iter()
        .map(|group| {
            // An operation takes more code than a type or a page of the reference.
            let weight = 4 * group.operations.len();
            PlannedFile::module(group_path(group), weight, move || {
                group_module(api, config, group)
            })
        })
        .collect();
    files.push(PlannedFile::module("src/operations/mod.rs", 1, || {
        root(api)
    }));
    files
}

fn root(api: &Api) -> Module {
    let declarations = api.groups.iter().map(|group| {
        let name = ident(&group.name);
        quote!(#[rustfmt::skip] pub mod #name;)
    });
    let mut declarations: Vec<TokenStream> = declarations.collect();
    declarations.sort_by_key(ToString::to_string);
    Module::of_declarations("The operations of the API, by group.", [declarations])
}

fn group_path(group: &Group) -> String {
    format!("src/operations/{}.rs", group.name.file_stem())
}

fn group_module(api: &Api, config: &Config, group: &Group) -> Module {
    let mut items = vec![
        Item::Code(group::expand_accessor(group)),
        Item::Code(group::expand_methods(api, config, group)),
    ];
    for operation in &group.operations {
        items.extend(
            expand_operation(api, group, operation)
                .into_iter()
                .map(Item::Code),
        );
        items.push(forwards(api, operation));
    }
    Module {
        about: format!("The operations of the group {}.", code(&group.tag)),
        items,
        ..Module::default()
    }
}

fn expand_operation(api: &Api, group: &Group, operation: &Operation) -> Vec<TokenStream> {
    let mut items = vec![
        builder::expand_struct(api, group, operation),
        builder::expand_setters(api, operation),
        request::expand_operation(api, group, operation),
    ];
    items.extend(output::expand_paginated(api, operation));
    items.extend(
        output::expand_by_status(api, operation)
            .into_iter()
            .flatten(),
    );
    items
}

/// Expands the methods that run the operation.
fn forwards(api: &Api, operation: &Operation) -> Item {
    let (name, output) = match &operation.pagination {
        Some(pagination) => ("paginated_operation", type_ref(api, &pagination.item)),
        None if operation.replaces_caller() => {
            ("replacing_operation", output::expand_type(api, operation))
        }
        None => ("operation", output::expand_type(api, operation)),
    };
    Item::Call {
        name,
        operation: ident(&operation.type_name),
        output,
    }
}
