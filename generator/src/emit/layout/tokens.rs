//! Tokens on one line, for what prettyplease does not know how to print.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// Tokens on one line, spaced as people write them.
pub(in crate::emit) fn one_line(tokens: TokenStream) -> String {
    let mut text = String::new();
    let mut glued = true;
    for token in tokens {
        match &token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => ("{ ", " }"),
                    Delimiter::None => ("", ""),
                };
                text.push_str(open);
                text.push_str(&one_line(group.stream()));
                text.push_str(close);
                glued = false;
            }
            TokenTree::Punct(punct) => {
                let sign = punct.as_char();
                let leans_left = matches!(sign, ',' | ';' | ':' | '?' | '!')
                    || text.ends_with(':') && sign == ':';
                if !glued && !leans_left {
                    text.push(' ');
                }
                text.push(sign);
                let ends_path = text.ends_with("::");
                glued = punct.spacing() == Spacing::Joint
                    || ends_path
                    || text.ends_with("..")
                    || matches!(sign, '&' | '-');
            }
            other => {
                if !glued {
                    text.push(' ');
                }
                text.push_str(&other.to_string());
                glued = false;
            }
        }
    }
    text
}
