//! From items to a file's text.

use proc_macro2::{Ident, TokenStream};

use super::print::{self, Token, tree};
use super::{Config, File, FileKind, imports};

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
    /// Creates a file of nothing but declarations.
    pub(super) fn of_declarations<const N: usize>(
        about: impl Into<String>,
        groups: [Vec<TokenStream>; N],
    ) -> Self {
        let groups = groups
            .into_iter()
            .filter(|group| !group.is_empty())
            .map(Item::Declarations);
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
    Declarations(Vec<TokenStream>),
    /// The declaration of a type, an empty line before it.
    Type(TokenStream),
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

/// An item as a tree of tokens.
enum Tree {
    Declarations(Vec<Vec<Token>>),
    Type(Vec<Token>),
    Code(Vec<Token>),
    Call {
        name: &'static str,
        operation: Ident,
        output: Vec<Token>,
    },
    Table {
        name: &'static str,
        head: Vec<Token>,
        lines: Vec<Vec<Token>>,
        expectation: Option<Vec<Token>>,
    },
}

impl From<Item> for Tree {
    fn from(item: Item) -> Self {
        match item {
            Item::Declarations(declarations) => {
                Self::Declarations(declarations.into_iter().map(tree).collect())
            }
            Item::Type(tokens) => Self::Type(tree(tokens)),
            Item::Code(tokens) => Self::Code(tree(tokens)),
            Item::Call {
                name,
                operation,
                output,
            } => Self::Call {
                name,
                operation,
                output: tree(output),
            },
            Item::Table(table) => Self::Table {
                name: table.name,
                head: tree(table.head),
                lines: table.lines.into_iter().map(tree).collect(),
                expectation: table.expectation.map(tree),
            },
        }
    }
}

impl Tree {
    /// Returns the tokens in which paths may be shortened.
    fn tokens_mut(&mut self) -> Vec<&mut Vec<Token>> {
        match self {
            Self::Declarations(_) => Vec::new(),
            Self::Type(tokens) | Self::Code(tokens) => vec![tokens],
            Self::Call { output, .. } => vec![output],
            Self::Table { lines, .. } => lines.iter_mut().collect(),
        }
    }
}

/// Prints a module, after the line with the marker.
pub(super) fn format(module: Module, config: &Config) -> File {
    let mut items: Vec<Tree> = module.items.into_iter().map(Tree::from).collect();
    let tokens = items.iter_mut().flat_map(Tree::tokens_mut);
    let uses = imports::shorten(tokens, module.home);

    let mut text = format!("// {}\n", config.marker());
    for section in [module.attributes, &about(&module.about)] {
        if !section.is_empty() {
            push_section(&mut text, section);
        }
    }
    for group in uses.iter().filter(|group| !group.is_empty()) {
        push_section(&mut text, &group.concat());
    }
    for item in items {
        push_section(&mut text, &item_text(item));
    }
    File::new("", text, FileKind::Generated)
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

fn item_text(item: Tree) -> String {
    match item {
        Tree::Declarations(declarations) => declarations
            .iter()
            .map(|tokens| print::items(tokens))
            .collect(),
        Tree::Type(tokens) => type_text(tokens),
        Tree::Code(tokens) => print::items(&tokens),
        Tree::Call {
            name,
            operation,
            output,
        } => {
            let output = print::one_line(&output);
            format!("crate::{name}!({operation} -> {output});\n")
        }
        Tree::Table {
            name,
            head,
            lines,
            expectation,
        } => table_text(name, &head, &lines, expectation.as_deref()),
    }
}

/// Formats the declaration of a type as rustfmt does. Text that is no declaration stays as it is; a test parses what is emitted.
///
/// Documentation is left as it is. It is most of the text, and would take most of the time, so a number takes its place meanwhile.
fn type_text(mut tokens: Vec<Token>) -> String {
    let mut docs = Vec::new();
    take_docs(&mut tokens, &mut docs);
    let mut text = print::items(&tokens);
    if let Ok(file) = syn::parse_file(&text) {
        text = prettyplease::unparse(&file);
    }
    let length = text.len() + docs.iter().flatten().map(String::len).sum::<usize>();
    let mut documented = String::with_capacity(length);
    for line in text.split_inclusive('\n') {
        let number = line.trim().strip_prefix("///");
        match number.and_then(|number| docs.get(number.parse::<usize>().ok()?)) {
            Some(docs) => {
                let indent = line.len() - line.trim_start().len();
                for doc in docs {
                    documented.extend([line.get(..indent).unwrap_or_default(), "///", doc, "\n"]);
                }
            }
            None => documented.push_str(line),
        }
    }
    documented
}

/// Moves the lines of each piece of documentation out, and leaves the number of the piece.
fn take_docs(tokens: &mut Vec<Token>, docs: &mut Vec<Vec<String>>) {
    let mut is_continued = false;
    tokens.retain_mut(|token| {
        let continues = std::mem::replace(&mut is_continued, matches!(token, Token::Doc(_)));
        match token {
            Token::Doc(line) if continues => {
                let line = std::mem::take(line);
                docs.last_mut().is_none_or(|last| {
                    last.push(line);
                    false
                })
            }
            Token::Doc(line) => {
                let number = docs.len().to_string();
                docs.push(vec![std::mem::replace(line, number)]);
                true
            }
            Token::Group(_, inner) => {
                take_docs(inner, docs);
                true
            }
            _ => true,
        }
    });
}

fn table_text(
    name: &str,
    head: &[Token],
    lines: &[Vec<Token>],
    expectation: Option<&[Token]>,
) -> String {
    let indent = if expectation.is_some() { "    " } else { "" };
    let mut text = String::new();
    if let Some(attribute) = expectation {
        text = format!("{}\nconst _: () = {{\n", print::one_line(attribute));
    }
    let head = print::one_line(head);
    text.push_str(&format!(
        "{indent}crate::{name}! {{\n{indent}    {head} {{\n"
    ));
    for line in lines {
        let line = print::one_line(line);
        text.push_str(&format!("{indent}        {line}\n"));
    }
    text.push_str(&format!("{indent}    }}\n{indent}}}\n"));
    if expectation.is_some() {
        text.push_str("};\n");
    }
    text
}
