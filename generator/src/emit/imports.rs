//! Short names for the paths that emitters write in full.
//!
//! An emitter writes `::std::collections::BTreeMap` and `crate::runtime::error::Error` and need not know what else is in its file. Here each
//! file gets the `use` declarations for them; where a name is taken, the path stays as it is.

use std::collections::{BTreeMap, BTreeSet};

use super::layout::MAX_WIDTH;
use proc_macro2::{Group, Spacing, TokenStream, TokenTree};

/// What Rust's prelude names: the last segments of the paths by which emitters refer to it.
const PRELUDE: &[&str] = &[
    "Box",
    "Clone",
    "Default",
    "From",
    "Into",
    "IntoIterator",
    "Option",
    "Result",
    "String",
    "Vec",
];

/// Variants that the prelude names without their enum.
const PRELUDE_VARIANTS: &[&str] = &["Err", "None", "Ok", "Some"];

/// The crates that emitters refer to.
const CRATES: &[&str] = &["bytes", "http", "jiff", "serde_json", "std"];

/// Words after which a path may begin.
const KEYWORDS: &[&str] = &[
    "as", "const", "dyn", "for", "impl", "in", "let", "mut", "pub", "return", "where",
];

/// Shortens the paths in a file's items and returns the `use` declarations that this takes, in groups: the standard library, other crates,
/// this crate. `home` is the module whose items the file's own items are re-exported as.
pub(super) fn shorten<'a>(
    items: impl IntoIterator<Item = &'a mut TokenStream>,
    home: Option<&str>,
) -> Vec<Vec<String>> {
    let items: Vec<&mut TokenStream> = items.into_iter().collect();
    let mut found = BTreeSet::new();
    // The name of the parameter of every generic item.
    let mut defined = BTreeSet::from(["C".to_owned()]);
    for item in &items {
        collect((*item).clone(), &mut found);
        defined.extend(defined_name(item));
    }
    let names = Names::new(found, &defined, home);
    for item in items {
        *item = rewrite(item.clone(), &names);
    }
    names.declarations()
}

/// The name of a struct, an enum or an alias.
fn defined_name(item: &TokenStream) -> Option<String> {
    let mut tokens = item.clone().into_iter();
    tokens.find(|token| {
        matches!(token, TokenTree::Ident(word) if ["struct", "enum", "type"].iter().any(|kind| word == kind))
    })?;
    tokens.next().map(|name| name.to_string())
}

/// The short form of each path.
struct Names {
    short: BTreeSet<String>,
    imported: BTreeMap<String, String>,
}

impl Names {
    fn new(found: BTreeSet<String>, defined: &BTreeSet<String>, home: Option<&str>) -> Self {
        let mut names = Self {
            short: BTreeSet::new(),
            imported: BTreeMap::new(),
        };
        for path in found {
            let name = last_segment(&path);
            let is_at_home = home.is_some_and(|home| path == format!("{home}::{name}"));
            if defined.contains(name) {
                if is_at_home {
                    names.short.insert(path);
                }
            } else if path.starts_with("::std::") && PRELUDE.contains(&name) {
                names.short.insert(path);
            } else if !names.imported.contains_key(name) && !PRELUDE.contains(&name) {
                names.imported.insert(name.to_owned(), path.clone());
                names.short.insert(path);
            }
        }
        names
    }

    fn declarations(&self) -> Vec<Vec<String>> {
        let mut modules: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for path in self.imported.values() {
            if let Some((module, name)) = path.rsplit_once("::") {
                modules.entry(module).or_default().push(name);
            }
        }
        let mut declarations: Vec<(Vec<Key>, usize, String)> = modules
            .into_iter()
            .map(|(module, names)| declaration(module, names))
            .collect();
        declarations.sort();
        let mut groups = vec![Vec::new(); 3];
        for (_, place, text) in declarations {
            if let Some(group) = groups.get_mut(place) {
                group.push(text);
            }
        }
        groups
    }
}

/// A declaration, its group, and what it is sorted by.
fn declaration(module: &str, mut names: Vec<&str>) -> (Vec<Key>, usize, String) {
    names.sort_by_key(|name| sort_key(name));
    let place = match module {
        module if module.starts_with("::std") => 0,
        module if module.starts_with("crate") => 2,
        _ => 1,
    };
    let module = module.trim_start_matches("::");
    let mut key: Vec<Key> = module.split("::").map(sort_key).collect();
    let text = match names.as_slice() {
        [name] => {
            key.push(sort_key(name));
            format!("use {module}::{name};")
        }
        names => {
            // A list comes after everything else.
            key.push(vec![(u32::MAX, 0)]);
            list(module, names)
        }
    };
    (key, place, text)
}

/// `use module::{names};` with as many names on a line as fit.
fn list(module: &str, names: &[&str]) -> String {
    let whole = format!("use {module}::{{{}}};", names.join(", "));
    if whole.len() < MAX_WIDTH {
        return whole;
    }
    let mut lines = vec![format!("use {module}::{{")];
    let mut line = String::from("   ");
    let last = names.len().saturating_sub(1);
    for (index, name) in names.iter().enumerate() {
        // Rustfmt counts the space after a comma, though it ends the line.
        let separator = if index == last { "," } else { ", " };
        let is_empty = line.trim().is_empty();
        if !is_empty && line.len() + " ".len() + name.len() + separator.len() > MAX_WIDTH {
            lines.push(std::mem::replace(&mut line, String::from("   ")));
        }
        line.push_str(&format!(" {name},"));
    }
    lines.extend([line, "};".to_owned()]);
    lines.join("\n")
}

fn last_segment(path: &str) -> &str {
    path.rsplit("::").next().unwrap_or(path)
}

/// What a segment of a path is sorted by, as rustfmt sorts: numbers by value, underscores first.
type Key = Vec<(u32, u64)>;

/// Runs of digits as numbers between other characters.
fn sort_key(segment: &str) -> Key {
    let mut key = Vec::new();
    let mut rest = segment;
    while let Some(first) = rest.chars().next() {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let length = if digits > 0 { digits } else { first.len_utf8() };
        let (head, tail) = rest.split_at(length);
        let rank = if first == '_' {
            0
        } else {
            u32::from(first).saturating_add(1)
        };
        key.push(match head.parse() {
            Ok(number) => (u32::from('0').saturating_add(1), number),
            Err(_) => (rank, 0),
        });
        rest = tail;
    }
    key
}

/// A path that begins at a crate's root: how many tokens it takes, and how many of them name the item.
struct Path {
    name: String,
    length: usize,
    is_variant_of_prelude: bool,
}

/// The path that begins at this token, if one does.
fn path_at(tokens: &[TokenTree], at: usize) -> Option<Path> {
    let rest = tokens.get(at..)?;
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let (mut name, mut length) = match rest.first()? {
        TokenTree::Ident(ident) if ident == "crate" => ("crate".to_owned(), 1),
        TokenTree::Punct(_) if is_root(rest) && !before.is_some_and(is_segment) => {
            (String::new(), 0)
        }
        _ => return None,
    };
    while is_separator(rest, length)
        && let Some(TokenTree::Ident(segment)) = rest.get(length + 2)
    {
        let segment = segment.to_string();
        name = format!("{name}::{segment}");
        length += 3;
        if segment.starts_with(|first: char| first.is_uppercase()) {
            let next = rest
                .get(length + 2)
                .map(ToString::to_string)
                .unwrap_or_default();
            let is_variant_of_prelude = name.starts_with("::std::")
                && is_separator(rest, length)
                && PRELUDE_VARIANTS.contains(&next.as_str());
            return Some(Path {
                name,
                length,
                is_variant_of_prelude,
            });
        }
    }
    None
}

/// Whether a `::` and the name of another crate follow here.
fn is_root(tokens: &[TokenTree]) -> bool {
    is_separator(tokens, 0)
        && matches!(tokens.get(2), Some(TokenTree::Ident(first)) if CRATES.iter().any(|name| first == name))
}

/// Whether a `::` after this token continues a path.
fn is_segment(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Ident(ident) if !KEYWORDS.iter().any(|keyword| ident == keyword))
}

fn is_separator(tokens: &[TokenTree], at: usize) -> bool {
    let is_colon = |token: Option<&TokenTree>, spacing: Option<Spacing>| {
        matches!(token, Some(TokenTree::Punct(punct))
            if punct.as_char() == ':' && spacing.is_none_or(|wanted| punct.spacing() == wanted))
    };
    is_colon(tokens.get(at), Some(Spacing::Joint)) && is_colon(tokens.get(at + 1), None)
}

fn collect(tokens: TokenStream, found: &mut BTreeSet<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        if let TokenTree::Group(group) = token {
            collect(group.stream(), found);
        } else if let Some(path) = path_at(&tokens, at) {
            found.insert(path.name);
        }
    }
}

fn rewrite(tokens: TokenStream, names: &Names) -> TokenStream {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut output = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let path = path_at(&tokens, at).filter(|path| names.short.contains(&path.name));
        if let Some(path) = path {
            let dropped = if path.is_variant_of_prelude {
                path.length + 2
            } else {
                path.length - 1
            };
            at += dropped;
            continue;
        }
        output.push(match token {
            TokenTree::Group(group) => TokenTree::Group(regroup(group, names)),
            other => other.clone(),
        });
        at += 1;
    }
    output.into_iter().collect()
}

fn regroup(group: &Group, names: &Names) -> Group {
    Group::new(group.delimiter(), rewrite(group.stream(), names))
}
