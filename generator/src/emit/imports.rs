//! Short names for the paths that emitters write in full.
//!
//! An emitter writes `::std::collections::BTreeMap` and `crate::runtime::error::Error` and need not know what else is in its file. Here each
//! file gets the `use` declarations for them; where a name is taken, the path stays as it is.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::Delimiter;

use super::print::{self, Token, is_segment};

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

/// The name of the parameter of every generic item.
const PARAMETER: &str = "C";

/// Shortens the paths in a file's items and returns the `use` declarations that this takes, in groups: the standard library, other crates,
/// this crate. `home` is the module whose items the file's own items are re-exported as.
pub(super) fn shorten<'a>(
    items: impl IntoIterator<Item = &'a mut Vec<Token>>,
    home: Option<&str>,
) -> Vec<Vec<String>> {
    let items: Vec<&mut Vec<Token>> = items.into_iter().collect();
    let mut found = BTreeSet::new();
    let mut defined = BTreeSet::new();
    let mut name = String::new();
    for item in &items {
        collect(item, &mut name, &mut found);
        defined.extend(defined_name(item));
    }
    let names = Names::new(found, &defined, home);
    for item in items {
        rewrite(item, &mut name, &names);
    }
    names.declarations()
}

/// Returns the name of a struct, an enum or an alias.
fn defined_name(item: &[Token]) -> Option<String> {
    let mut tokens = item.iter();
    tokens.find(|token| {
        ["struct", "enum", "type"]
            .iter()
            .any(|word| token.is_word(word))
    })?;
    match tokens.next()? {
        Token::Word(name) => Some(name.clone()),
        _ => None,
    }
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
            } else if name == PARAMETER {
                // The path stays as it is.
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
        let mut groups = vec![Vec::new(); 3];
        for (module, names) in modules {
            let place = match module {
                module if module.starts_with("::std") => 0,
                module if module.starts_with("crate") => 2,
                _ => 1,
            };
            if let Some(group) = groups.get_mut(place) {
                group.push(declaration(module.trim_start_matches("::"), &names));
            }
        }
        groups
    }
}

/// Returns the declaration of a module's names.
fn declaration(module: &str, names: &[&str]) -> String {
    let names = match names {
        [name] => Token::Word((*name).to_owned()),
        names => {
            let names = names
                .iter()
                .flat_map(|name| [Token::Word((*name).to_owned()), Token::Sign(",")]);
            Token::Group(Delimiter::Brace, names.collect())
        }
    };
    let path = Token::Word(module.to_owned());
    print::items(&[
        Token::Word("use".to_owned()),
        path,
        Token::Sign("::"),
        names,
        Token::Sign(";"),
    ])
}

fn last_segment(path: &str) -> &str {
    path.rsplit("::").next().unwrap_or(path)
}

/// A path that begins at a crate's root: how many tokens lead to its item and are the item.
struct Path {
    length: usize,
    is_variant_of_prelude: bool,
}

/// Returns the path that begins at this token, if one does. Its name is written into the buffer.
fn path_at(tokens: &[Token], at: usize, name: &mut String) -> Option<Path> {
    let rest = tokens.get(at..)?;
    name.clear();
    let mut length = match rest {
        [Token::Word(first), ..] if first == "crate" => {
            name.push_str(first);
            1
        }
        [Token::Sign("::"), Token::Word(krate), ..] if CRATES.contains(&krate.as_str()) => {
            let before = at.checked_sub(1).and_then(|before| tokens.get(before));
            if before.is_some_and(is_segment) {
                return None;
            }
            0
        }
        _ => return None,
    };
    while let Some([Token::Sign("::"), Token::Word(segment), after @ ..]) = rest.get(length..) {
        name.push_str("::");
        name.push_str(segment);
        length += 2;
        if segment.starts_with(|first: char| first.is_uppercase()) {
            let is_variant_of_prelude = name.starts_with("::std::")
                && matches!(after, [Token::Sign("::"), Token::Word(next), ..]
                    if PRELUDE_VARIANTS.contains(&next.as_str()));
            return Some(Path {
                length,
                is_variant_of_prelude,
            });
        }
    }
    None
}

fn collect(tokens: &[Token], name: &mut String, found: &mut BTreeSet<String>) {
    for (at, token) in tokens.iter().enumerate() {
        if let Token::Group(_, inner) = token {
            collect(inner, name, found);
        } else if path_at(tokens, at, name).is_some() && !found.contains(name) {
            found.insert(name.clone());
        }
    }
}

fn rewrite(tokens: &mut Vec<Token>, name: &mut String, names: &Names) {
    // Places that are left out: the segments before the name of an item.
    let mut left_out = Vec::new();
    for at in 0..tokens.len() {
        if let Some(path) = path_at(tokens, at, name)
            && names.short.contains(name)
        {
            let end = if path.is_variant_of_prelude {
                at + path.length + 1
            } else {
                at + path.length - 1
            };
            left_out.extend(at..end);
        }
    }
    let mut left_out = left_out.into_iter().peekable();
    let mut at = 0;
    tokens.retain_mut(|token| {
        if let Token::Group(_, inner) = token {
            rewrite(inner, name, names);
        }
        let is_kept = left_out.next_if_eq(&at).is_none();
        at += 1;
        is_kept
    });
}
