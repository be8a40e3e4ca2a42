//! Which paths become `use` declarations.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::imports::shorten;
use crate::emit::print::{self, Token, tree};

/// The declarations, then the items.
fn shortened(items: &[TokenStream], home: Option<&str>) -> String {
    let mut items: Vec<_> = items.iter().cloned().map(tree).collect();
    let declarations = shorten(&mut items, home).concat();
    let items: Vec<String> = items.iter().map(|item| print::items(item)).collect();
    declarations.concat() + &items.join("\n")
}

fn parsed(text: &str) -> Vec<Token> {
    tree(text.parse().unwrap())
}

#[test]
fn a_path_is_declared_once_and_by_group() {
    let items = [
        quote!(
            type A = ::std::collections::BTreeMap<::std::string::String, ::jiff::Timestamp>;
        ),
        quote!(
            type B = crate::types::Pet;
        ),
        quote!(
            type D = crate::types::Pet;
        ),
    ];

    insta::assert_snapshot!(shortened(&items, None), @"
    use std::collections::BTreeMap;
    use jiff::Timestamp;
    use crate::types::Pet;
    type A = BTreeMap<String, Timestamp>;

    type B = Pet;

    type D = Pet;
    ");
}

#[test]
fn only_the_items_part_of_a_path_is_declared() {
    let items = [
        quote!(
            const A: u8 = crate::runtime::api::operation::Method::Get;
        ),
        quote!(
            fn a() -> ::std::option::Option<u8> {
                ::std::option::Option::None
            }
        ),
        quote!(
            fn b() -> u8 {
                <Self as crate::runtime::page::Paginated>::PAGES
            }
        ),
        quote!(
            impl<C> ::std::convert::From<C> for ::jiff::civil::Date {}
        ),
    ];

    insta::assert_snapshot!(shortened(&items, None), @"
    use jiff::civil::Date;
    use crate::runtime::api::operation::Method;
    use crate::runtime::page::Paginated;
    const A: u8 = Method::Get;

    fn a() -> Option<u8> {
        None
    }

    fn b() -> u8 {
        <Self as Paginated>::PAGES
    }

    impl<C> From<C> for Date {}
    ");
}

#[test]
fn a_name_that_the_file_defines_is_not_taken() {
    let items = [
        quote!(
            pub struct Error;
        ),
        quote!(
            fn a() -> crate::Error {
                crate::types::Page
            }
        ),
    ];

    insta::assert_snapshot!(shortened(&items, None), @"
    use crate::types::Page;
    pub struct Error;

    fn a() -> crate::Error {
        Page
    }
    ");
}

#[test]
fn two_paths_with_one_name_get_one_declaration() {
    let items = [quote!(
        type A = (crate::Page, crate::types::Page);
    )];

    insta::assert_snapshot!(shortened(&items, None), @"
    use crate::Page;
    type A = (Page, crate::types::Page);
    ");
}

#[test]
fn a_types_own_module_is_its_home() {
    let items = [
        quote!(
            type Pet = crate::types::Owner;
        ),
        quote!(
            pub struct Owner;
        ),
    ];

    insta::assert_snapshot!(shortened(&items, Some("crate::types")), @"
    type Pet = Owner;

    pub struct Owner;
    ");
}

#[test]
fn a_types_parameter_hides_no_type() {
    let items = [quote!(
        type List<C> = (C, crate::types::C);
    )];

    insta::assert_snapshot!(shortened(&items, None), @"type List<C> = (C, crate::types::C);");
}

#[test]
fn a_name_of_the_prelude_stays_its_own() {
    let items = [quote!(
        type A = (::std::string::String, crate::types::String);
    )];

    insta::assert_snapshot!(shortened(&items, None), @"type A = (String, crate::types::String);");
}

#[test]
fn declarations_are_sorted() {
    let paths = [
        "types::A10",
        "types::A2",
        "types::Zebra",
        "types::deep::B",
        "Error",
        "Page",
        "runtime::redact::secret::Secret",
    ];
    let mut items: Vec<_> = paths
        .iter()
        .map(|path| parsed(&format!("type T = crate::{path};")))
        .collect();

    insta::assert_snapshot!(shorten(&mut items, None).concat().concat(), @"
    use crate::{Error, Page};
    use crate::runtime::redact::secret::Secret;
    use crate::types::{A10, A2, Zebra};
    use crate::types::deep::B;
    ");
}

#[test]
fn a_long_list_is_filled_line_by_line() {
    let mut items: Vec<_> = (10..40)
        .map(|number| parsed(&format!("type T = crate::types::Name{number};")))
        .collect();

    insta::assert_snapshot!(shorten(&mut items, None).concat().concat(), @"
    use crate::types::{
        Name10, Name11, Name12, Name13, Name14, Name15, Name16, Name17, Name18, Name19, Name20, Name21,
        Name22, Name23, Name24, Name25, Name26, Name27, Name28, Name29, Name30, Name31, Name32, Name33,
        Name34, Name35, Name36, Name37, Name38, Name39,
    };
    ");
}

#[test]
fn a_type_of_the_name_of_the_type_parameter_is_short_only_where_it_is_defined() {
    let item = quote!(
        type D = crate::types::C;
    );
    let defined = quote!(
        struct C;
    );
    let shared = shortened(std::slice::from_ref(&item), Some("crate::types"));
    assert_eq!(shared.trim(), "type D = crate::types::C;");
    let own = shortened(&[defined, item], Some("crate::types"));
    assert!(own.contains("type D = C;"), "{own}");
}
