//! From items to a file's text.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{Config, EmitError, File, FileKind, imports, layout};

/// A Rust file before it is formatted.
#[derive(Default)]
pub(super) struct Module {
    /// The file's attributes, in rustfmt's lines.
    pub(super) attributes: &'static str,
    /// What the file is about.
    pub(super) about: String,
    /// The module whose items the file's own are re-exported as.
    pub(super) home: Option<&'static str>,
    /// Its items.
    pub(super) items: Vec<Item>,
}

impl Module {
    /// A file of nothing but declarations.
    pub(super) fn listed<const N: usize>(
        about: impl Into<String>,
        groups: [Vec<TokenStream>; N],
    ) -> Self {
        let groups = groups
            .into_iter()
            .filter(|group| !group.is_empty())
            .map(Item::Listed);
        Self {
            about: about.into(),
            items: groups.collect(),
            ..Self::default()
        }
    }
}

/// An item of a file.
#[derive(Clone)]
pub(super) enum Item {
    /// Declarations without empty lines between them, whose paths stay as they are written.
    Listed(Vec<TokenStream>),
    /// Code, an empty line before it.
    Code(TokenStream),
    /// A call of one of the runtime's macros that take a name and a type.
    Call {
        /// The macro's name.
        name: &'static str,
        /// The name of the operation.
        operation: Ident,
        /// The type.
        output: TokenStream,
    },
    /// A call of one of the runtime's macros that read like a table.
    Table(Table),
}

/// `crate::name! { head { lines } }`.
#[derive(Clone)]
pub(super) struct Table {
    /// The macro's name.
    pub(super) name: &'static str,
    /// The text before the inner braces.
    pub(super) head: TokenStream,
    /// The lines inside, each with its separator.
    pub(super) lines: Vec<TokenStream>,
    /// An attribute for what the macro expands to.
    pub(super) expectation: Option<TokenStream>,
}

impl Item {
    /// The tokens in which paths may be shortened.
    fn tokens_mut(&mut self) -> Vec<&mut TokenStream> {
        match self {
            Self::Listed(_) => Vec::new(),
            Self::Code(tokens) => vec![tokens],
            Self::Call { output, .. } => vec![output],
            Self::Table(table) => table.lines.iter_mut().collect(),
        }
    }
}

/// The text of a module, after the line with the marker.
pub(super) fn format(path: &str, mut module: Module, config: &Config) -> Result<File, EmitError> {
    let fail = |error: syn::Error| EmitError {
        path: path.to_owned(),
        message: error.to_string(),
    };
    let tokens = module.items.iter_mut().flat_map(Item::tokens_mut);
    let uses = imports::shorten(tokens, module.home);

    let mut text = format!("// {}\n", config.marker());
    for section in [module.attributes, &about(&module.about)] {
        if !section.is_empty() {
            push_section(&mut text, section);
        }
    }
    for group in uses.iter().filter(|group| !group.is_empty()) {
        push_section(&mut text, &(group.join("\n") + "\n"));
    }
    for item in &module.items {
        push_section(&mut text, &item_text(item).map_err(fail)?);
    }
    syn::parse_file(&text).map_err(fail)?;
    Ok(File {
        text,
        kind: FileKind::Generated,
    })
}

fn push_section(text: &mut String, section: &str) {
    text.push('\n');
    text.push_str(section);
}

fn about(text: &str) -> String {
    let lines = text
        .lines()
        .map(|line| format!("//! {line}").trim_end().to_owned() + "\n");
    lines.collect()
}

fn item_text(item: &Item) -> Result<String, syn::Error> {
    match item {
        Item::Listed(declarations) => declarations.iter().map(code_text).collect(),
        Item::Code(tokens) => code_text(tokens),
        Item::Call {
            name,
            operation,
            output,
        } => call_text(name, operation, output),
        Item::Table(table) => Ok(table_text(table)),
    }
}

fn code_text(tokens: &TokenStream) -> Result<String, syn::Error> {
    let file = syn::parse2(tokens.clone())?;
    Ok(layout::lay_out(&prettyplease::unparse(&file)))
}

fn call_text(name: &str, operation: &Ident, output: &TokenStream) -> Result<String, syn::Error> {
    let output = type_text(output)?;
    let text = format!("crate::{name}!({operation} -> {output});\n");
    Ok(if text.len() > layout::MAX_WIDTH + 1 {
        format!("{}\n{text}", layout::SKIP)
    } else {
        text
    })
}

/// A type on one line.
fn type_text(tokens: &TokenStream) -> Result<String, syn::Error> {
    let lines = code_text(&quote!(type T = #tokens;))?;
    let text: String = lines.lines().map(str::trim).collect();
    let text = text.trim_start_matches("type T =").trim_end_matches(';');
    Ok(text.trim().replace(",>", ">"))
}

fn table_text(table: &Table) -> String {
    let head = layout::one_line(table.head.clone());
    let lines = table
        .lines
        .iter()
        .map(|line| format!("        {}", layout::one_line(line.clone())));
    let lines = [
        format!("crate::{}! {{", table.name),
        format!("    {head} {{"),
    ]
    .into_iter()
    .chain(lines)
    .chain(["    }".to_owned(), "}".to_owned()]);
    match &table.expectation {
        None => lines.map(|line| line + "\n").collect(),
        Some(attribute) => {
            let attribute = layout::one_line(attribute.clone());
            let lines: String = lines.map(|line| format!("    {line}\n")).collect();
            format!("{attribute}\nconst _: () = {{\n{lines}}};\n")
        }
    }
}

/// A file that does not consist of items.
pub(super) fn plain(text: String, kind: FileKind) -> File {
    File { text, kind }
}
