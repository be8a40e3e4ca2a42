//! Lines of tokens.

use proc_macro2::TokenStream;
use quote::quote;

use super::config;
use super::library::library;
use crate::emit::format::Item;
use crate::emit::plan::Content;
use crate::emit::print::{self, Token, tree};
use crate::emit::tokens::doc_text;

fn printed(tokens: TokenStream) -> String {
    print::items(&tree(tokens))
}

#[test]
fn a_signature_that_is_too_long_has_a_line_for_each_parameter() {
    let text = printed(quote! {
        pub fn short(&self, argument: impl Into<String>) -> Name<C> { x }
        pub fn a_method_of_a_group_with_a_long_name<L, M>(
            &self, argument: impl Into<String>, another: impl IntoList<String, L>
        ) -> Result<Name, ()> { x }
    });

    insta::assert_snapshot!(text, @"
    pub fn short(&self, argument: impl Into<String>) -> Name<C> {
        x
    }

    pub fn a_method_of_a_group_with_a_long_name<L, M>(
        &self,
        argument: impl Into<String>,
        another: impl IntoList<String, L>,
    ) -> Result<Name, ()> {
        x
    }
    ");
}

#[test]
fn a_call_that_is_too_long_has_a_line_for_each_argument() {
    let text = printed(quote! {
        fn f() {
            request.query("a name, with a comma in it, and with more words", Style::Form, true, &self.name)?;
            request.query("name", Format { style: Style::Form, explode: true, allow_reserved: false }, &self.name)?;
            request.short("name", Style::Form)?;
        }
    });

    insta::assert_snapshot!(text, @r#"
    fn f() {
        request.query(
            "a name, with a comma in it, and with more words",
            Style::Form,
            true,
            &self.name,
        )?;
        request.query(
            "name",
            Format {
                style: Style::Form,
                explode: true,
                allow_reserved: false,
            },
            &self.name,
        )?;
        request.short("name", Style::Form)?;
    }
    "#);
}

#[test]
fn a_struct_literal_is_short_or_spread() {
    let text = printed(quote! {
        fn f() {
            let one = Self { client };
            let two = Self { client: client.clone(), id };
            Ok(Some(Name { one: 1, two: Inner { three_and_more: 3, four: 4 } }))
        }
    });

    insta::assert_snapshot!(text, @"
    fn f() {
        let one = Self { client };
        let two = Self {
            client: client.clone(),
            id,
        };
        Ok(Some(Name {
            one: 1,
            two: Inner {
                three_and_more: 3,
                four: 4,
            },
        }))
    }
    ");
}

#[test]
fn a_block_has_a_line_for_each_statement() {
    let text = printed(quote! {
        fn f() -> ::std::result::Result<A, B> {
            if let Some(body) = &self.body { request.body(body)?; }
            match response.status() {
                200 => Ok(Self::A(a)),
                _ => { if let Ok(a) = b { return Ok(a); } Err(c) },
            }
        }
        const A: Option<&'static dyn B> = { const C: u8 = -1; Some(&C) };
    });

    insta::assert_snapshot!(text, @"
    fn f() -> ::std::result::Result<A, B> {
        if let Some(body) = &self.body {
            request.body(body)?;
        }
        match response.status() {
            200 => Ok(Self::A(a)),
            _ => {
                if let Ok(a) = b {
                    return Ok(a);
                }
                Err(c)
            }
        }
    }

    const A: Option<&'static dyn B> = {
        const C: u8 = -1;
        Some(&C)
    };
    ");
}

#[test]
fn methods_have_an_empty_line_between_them_and_fields_have_none() {
    let text = printed(quote! {
        /// Documentation.
        #[derive(Debug)]
        pub struct X<C> {
            /// A field.
            pub a: u8,
            #[deprecated]
            pub b: u8,
        }
        impl<C> Y for X<C> {
            type Output = ();
            const A: u8 = 1;
            /// Documentation.
            fn a() {}
            #[must_use]
            pub(crate) fn b() {}
        }
    });

    insta::assert_snapshot!(text, @"
    /// Documentation.
    #[derive(Debug)]
    pub struct X<C> {
        /// A field.
        pub a: u8,
        #[deprecated]
        pub b: u8,
    }

    impl<C> Y for X<C> {
        type Output = ();

        const A: u8 = 1;

        /// Documentation.
        fn a() {}

        #[must_use]
        pub(crate) fn b() {}
    }
    ");
}

#[test]
fn documentation_keeps_its_text() {
    let line = " A \"quoted\" \\ text, 100\u{a0}% ünusual\t\u{1}.";
    let odd = "/ no documentation after slashes";

    let text = printed(quote! {
        #[doc = #line]
        #[doc = #odd]
        #[doc = r#" As "rustc" writes it."#]
        type A = ();
    });

    let expected =
        format!("///{line}\n#[doc = \"{odd}\"]\n/// As \"rustc\" writes it.\ntype A = ();\n");
    assert_eq!(text, expected);
}

#[test]
fn documentation_of_several_lines_keeps_its_text() {
    let lines = "A \"quoted\" \\ text\n\n  r#\"{ünusual}\n// #\"raw\"# text";
    let docs = doc_text(lines);

    let text = printed(quote!(#docs type A = ();));

    let expected =
        "/// A \"quoted\" \\ text\n///\n///   r#\"{ünusual}\n/// // #\"raw\"# text\ntype A = ();\n";
    assert_eq!(text, expected);
    assert_eq!(doc_text("").to_string(), "");
}

#[test]
fn text_literals_are_left_as_they_are() {
    let text = printed(quote!(
        const A: &str = "( { [ < , . \" = : ";
    ));

    assert_eq!(text, "const A: &str = \"( { [ < , . \\\" = : \";\n");
}

/// The text of tokens without spaces and commas, which printing adds and removes.
fn compact(tokens: &[Token]) -> String {
    let parts = tokens.iter().map(|token| match token {
        Token::Sign(",") => String::new(),
        Token::Sign(sign) => (*sign).to_owned(),
        Token::Word(word) => word.clone(),
        Token::Doc(line) => format!("///{line}\n"),
        Token::Attribute(inner) => format!("#[{}]", compact(inner)),
        Token::Group(delimiter, inner) => format!("{delimiter:?}({})", compact(inner)),
    });
    parts.collect()
}

#[test]
fn printing_keeps_every_token() {
    let (api, config) = (library(), config());
    let mut compared = 0;
    for planned in crate::emit::plan(&api, &config) {
        let Content::Module(module) = planned.expand().0 else {
            continue;
        };
        for item in module.items {
            if let Item::Code(tokens) = item {
                let tokens = tree(tokens);
                let text = print::items(&tokens);
                let again = tree(text.parse().unwrap());
                assert_eq!(compact(&tokens), compact(&again), "{}", planned.path());
                compared += 1;
            }
        }
    }
    assert!(compared > 50, "{compared}");
}

#[test]
fn files_are_planned_by_their_size() {
    let api = library();
    let config = config();

    let files = crate::emit::plan(&api, &config);

    assert!(
        files[0].path().starts_with("src/operations/"),
        "{}",
        files[0].path()
    );
}
