//! The texts of help that production code can produce, as its source has them.
//!
//! A text of help is what a parameter or a field of the name `help` gets. It is followed through local variables, `match`, `if`,
//! `format!`, constants and functions to the literals that it is made of.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use syn::parse::Parser as _;
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{
    Block, Expr, ExprCall, ExprClosure, ExprMethodCall, ExprStruct, FieldValue, FnArg, ImplItemFn,
    ItemConst, ItemFn, ItemMod, Lit, Local, Macro, Member, Pat, Signature, Stmt, Token,
};

/// The name of the parameters and fields that get a text of help.
const HELP: &str = "help";

/// A part that is known when a diagnostic is reported.
pub(crate) const HOLE: char = '…';

/// The functions and constants of a crate.
#[derive(Default)]
struct Library {
    /// The file that is read.
    file: String,
    functions: BTreeMap<String, Vec<Function>>,
    /// By their files and names.
    constants: BTreeMap<(String, String), Expr>,
    /// The positions of the parameters of the name `help`.
    sinks: BTreeMap<Called, usize>,
}

struct Function {
    file: String,
    signature: Signature,
    block: Block,
}

/// What a call names: a method or another function, its name, and the number of arguments.
type Called = (bool, String, usize);

/// A local variable: what it is made of, at which position of a tuple, and how many variables were known before it.
#[derive(Clone)]
struct Variable {
    name: String,
    value: Option<Expr>,
    position: Option<usize>,
    known: usize,
}

/// The walk over one file.
struct Search<'library> {
    library: &'library Library,
    file: String,
    variables: Vec<Variable>,
    /// The closures with a parameter of the name `help`.
    closures: BTreeMap<Called, usize>,
    found: BTreeSet<String>,
    unknown: Vec<String>,
}

/// Returns the texts of help of the crate in a folder, with [`HOLE`] for each part that is known when a diagnostic is reported.
///
/// Panics if the help of a diagnostic can't be followed to its literals.
pub(crate) fn texts(folder: &Path) -> BTreeSet<String> {
    let mut paths = Vec::new();
    collect(folder, &mut paths);
    let mut library = Library::default();
    let files: Vec<(String, syn::File)> = paths
        .iter()
        .map(|path| {
            let text = fs::read_to_string(path).expect("a source can be read");
            let name = path.strip_prefix(folder).unwrap_or(path);
            let file = syn::parse_file(&text).expect("a source is Rust");
            (name.display().to_string(), file)
        })
        .collect();
    for (name, file) in &files {
        library.file.clone_from(name);
        library.visit_file(file);
    }
    let mut found = BTreeSet::new();
    let mut unknown = Vec::new();
    for (name, file) in &files {
        let mut search = Search::new(&library, name);
        search.visit_file(file);
        found.extend(search.found);
        unknown.extend(search.unknown);
    }
    assert!(unknown.is_empty(), "{}", unknown.join("\n"));
    found
}

/// Returns whether a text is what a pattern with holes stands for.
pub(crate) fn is_made_of(text: &str, pattern: &str) -> bool {
    let mut parts = pattern.split(HOLE);
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else {
        return false;
    };
    let Some(last) = parts.next_back() else {
        return rest.is_empty();
    };
    for part in parts {
        match rest.split_once(part) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    rest.ends_with(last)
}

/// Adds the sources below a folder, without tests.
fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder can be read") {
        let path = entry.expect("an entry can be read").path();
        let is_test = path.file_stem().is_some_and(|name| name == "tests");
        if !is_test && path.is_dir() {
            collect(&path, paths);
        } else if !is_test && path.extension().is_some_and(|name| name == "rs") {
            paths.push(path);
        }
    }
}

fn is_test(module: &ItemMod) -> bool {
    module.ident == "tests"
}

impl Library {
    fn add(&mut self, signature: &Signature, block: &Block) {
        let parameters = signature.inputs.iter().filter_map(|input| match input {
            FnArg::Typed(typed) => Some(&*typed.pat),
            FnArg::Receiver(_) => None,
        });
        let is_method = signature.receiver().is_some();
        let name = signature.ident.to_string();
        self.sinks.extend(sink(is_method, &name, parameters));
        self.functions.entry(name).or_default().push(Function {
            file: self.file.clone(),
            signature: signature.clone(),
            block: block.clone(),
        });
    }
}

impl<'ast> Visit<'ast> for Library {
    fn visit_item_mod(&mut self, module: &'ast ItemMod) {
        if !is_test(module) {
            visit::visit_item_mod(self, module);
        }
    }

    fn visit_item_fn(&mut self, function: &'ast ItemFn) {
        self.add(&function.sig, &function.block);
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast ImplItemFn) {
        self.add(&function.sig, &function.block);
        visit::visit_impl_item_fn(self, function);
    }

    fn visit_item_const(&mut self, constant: &'ast ItemConst) {
        let value = (*constant.expr).clone();
        let key = (self.file.clone(), constant.ident.to_string());
        self.constants.insert(key, value);
    }
}

/// Returns the position of the parameter of the name `help`, if there is one.
fn sink<'a>(
    is_method: bool,
    name: &str,
    parameters: impl Iterator<Item = &'a Pat>,
) -> Option<(Called, usize)> {
    let names: Vec<Option<String>> = parameters.map(name_of).collect();
    let mut parameters = names.iter();
    let position = parameters.position(|name| name.as_deref() == Some(HELP))?;
    Some(((is_method, name.to_owned(), names.len()), position))
}

/// Returns the name that a pattern binds, if it does nothing else.
fn name_of(pattern: &Pat) -> Option<String> {
    match pattern {
        Pat::Ident(ident) => Some(ident.ident.to_string()),
        Pat::Type(typed) => name_of(&typed.pat),
        _ => None,
    }
}

/// Adds the variables that a `let` binds.
fn bind(local: &Local, variables: &mut Vec<Variable>) {
    let known = variables.len();
    let value = local.init.as_ref().map(|init| (*init.expr).clone());
    let mut add = |name: String, position| {
        variables.push(Variable {
            name,
            value: value.clone(),
            position,
            known,
        });
    };
    let pattern = match &local.pat {
        Pat::Type(typed) => &*typed.pat,
        pattern => pattern,
    };
    match pattern {
        Pat::Tuple(tuple) => {
            for (position, element) in tuple.elems.iter().enumerate() {
                if let Some(name) = name_of(element) {
                    add(name, Some(position));
                }
            }
        }
        pattern => {
            if let Some(name) = name_of(pattern) {
                add(name, None);
            }
        }
    }
}

impl<'library> Search<'library> {
    fn new(library: &'library Library, file: &str) -> Self {
        Self {
            library,
            file: file.to_owned(),
            variables: Vec::new(),
            closures: BTreeMap::new(),
            found: BTreeSet::new(),
            unknown: Vec::new(),
        }
    }

    /// Returns a search in which these variables are known.
    fn with(&self, variables: Vec<Variable>) -> Self {
        Self {
            variables,
            ..Self::new(self.library, &self.file)
        }
    }

    fn function(&mut self, signature: &Signature, walk: impl FnOnce(&mut Self)) {
        let outer = std::mem::take(&mut self.variables);
        self.parameters(signature);
        walk(self);
        self.variables = outer;
    }

    fn parameters(&mut self, signature: &Signature) {
        for input in &signature.inputs {
            if let FnArg::Typed(typed) = input
                && let Some(name) = name_of(&typed.pat)
            {
                self.variables.push(Variable {
                    name,
                    value: None,
                    position: None,
                    known: 0,
                });
            }
        }
    }

    fn called(&mut self, is_method: bool, name: &str, arguments: &Punctuated<Expr, Token![,]>) {
        let key = (is_method, name.to_owned(), arguments.len());
        let sinks = [&self.closures, &self.library.sinks];
        if let Some(position) = sinks.iter().find_map(|sinks| sinks.get(&key)) {
            self.help(&arguments[*position]);
        }
    }

    fn help(&mut self, value: &Expr) {
        match self.texts(value, None, self.variables.len(), 0) {
            Some(texts) => self.found.extend(texts),
            None => self.unknown.push(format!(
                "{}: `{}` is made in a way that `tests/remedies/help.rs` doesn't follow",
                self.file,
                quote::quote!(#value)
            )),
        }
    }

    /// Returns the texts that an expression can be, of a tuple those at the position. `known` is the number of variables that it can
    /// use.
    fn texts(
        &self,
        value: &Expr,
        position: Option<usize>,
        known: usize,
        depth: usize,
    ) -> Option<Vec<String>> {
        let again = |value: &Expr| self.texts(value, position, known, depth + 1);
        if depth > 40 {
            return None;
        }
        match value {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Str(text) => Some(vec![text.value()]),
                _ => None,
            },
            Expr::Macro(makes) if makes.mac.path.is_ident("format") => {
                self.formatted(&makes.mac, known, depth)
            }
            Expr::Tuple(tuple) => {
                let element = tuple.elems.get(position?)?;
                self.texts(element, None, known, depth + 1)
            }
            Expr::Match(choice) => {
                let arms = choice.arms.iter();
                union(arms.map(|arm| again(&arm.body)))
            }
            Expr::If(choice) => {
                let (_, otherwise) = choice.else_branch.as_ref()?;
                let branch = self.block(&choice.then_branch, position, known, depth);
                union([branch, again(otherwise)])
            }
            Expr::Block(block) => self.block(&block.block, position, known, depth),
            Expr::Return(_) | Expr::Continue(_) => Some(Vec::new()),
            Expr::Reference(reference) => again(&reference.expr),
            Expr::Paren(inner) => again(&inner.expr),
            Expr::Field(field) => match &field.member {
                Member::Named(name) if name == HELP => Some(Vec::new()),
                _ => None,
            },
            Expr::Path(path) => {
                self.named(path.path.get_ident()?.to_string(), position, known, depth)
            }
            Expr::MethodCall(call) => match &*call.method.to_string() {
                "to_owned" | "into" | "as_str" | "clone" | "to_string" | "as_ref" => {
                    again(&call.receiver)
                }
                name => self.returned(name, call.args.len(), position, depth),
            },
            Expr::Call(call) => match &*call.func {
                Expr::Path(path) => {
                    let name = path.path.segments.last()?.ident.to_string();
                    self.returned(&name, call.args.len(), position, depth)
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// Returns the texts of a variable or a constant.
    fn named(
        &self,
        name: String,
        position: Option<usize>,
        known: usize,
        depth: usize,
    ) -> Option<Vec<String>> {
        let variables = self.variables.get(..known).unwrap_or_default();
        let Some(variable) = variables.iter().rev().find(|one| one.name == name) else {
            let value = self.library.constants.get(&(self.file.clone(), name))?;
            return self.texts(value, position, 0, depth + 1);
        };
        match &variable.value {
            Some(value) => self.texts(value, variable.position, variable.known, depth + 1),
            // The callers of the function were looked at.
            None if name == HELP => Some(Vec::new()),
            None => None,
        }
    }

    /// Returns the texts that functions of a name return.
    fn returned(
        &self,
        name: &str,
        arguments: usize,
        position: Option<usize>,
        depth: usize,
    ) -> Option<Vec<String>> {
        let functions = self.library.functions.get(name)?;
        let fitting = functions.iter().filter(|function| {
            let parameters = function.signature.inputs.iter();
            let typed = parameters.filter(|input| matches!(input, FnArg::Typed(_)));
            typed.count() == arguments
        });
        union(fitting.map(|function| {
            let block = &function.block;
            let mut inner = Self::new(self.library, &function.file);
            inner.parameters(&function.signature);
            let mut returns = Returns::default();
            returns.visit_block(block);
            let mut variables = inner.variables.clone();
            for statement in &block.stmts {
                if let Stmt::Local(local) = statement {
                    bind(local, &mut variables);
                }
            }
            let tail = inner.block(block, position, inner.variables.len(), depth + 1);
            inner.variables = variables;
            let known = inner.variables.len();
            let early = returns.values.iter();
            let early = early.map(|value| inner.texts(value, position, known, depth + 1));
            union(std::iter::once(tail).chain(early))
        }))
    }

    fn block(
        &self,
        block: &Block,
        position: Option<usize>,
        known: usize,
        depth: usize,
    ) -> Option<Vec<String>> {
        let variables = self.variables.get(..known).unwrap_or_default();
        let mut inner = self.with(variables.to_vec());
        for statement in &block.stmts {
            if let Stmt::Local(local) = statement {
                bind(local, &mut inner.variables);
            }
        }
        match block.stmts.last()? {
            Stmt::Expr(value @ Expr::Return(_), _) | Stmt::Expr(value, None) => {
                inner.texts(value, position, inner.variables.len(), depth + 1)
            }
            _ => None,
        }
    }

    /// Returns the texts of a `format!`: where several texts can be in one place, one for each of them.
    fn formatted(&self, makes: &Macro, known: usize, depth: usize) -> Option<Vec<String>> {
        let parser = Punctuated::<Expr, Token![,]>::parse_terminated;
        let arguments = parser.parse2(makes.tokens.clone()).ok()?;
        let mut arguments = arguments.into_iter();
        let Some(Expr::Lit(literal)) = arguments.next() else {
            return None;
        };
        let Lit::Str(text) = &literal.lit else {
            return None;
        };
        let mut positional = arguments;
        let mut parts: Vec<Result<String, Option<Vec<String>>>> = vec![Ok(String::new())];
        let text = text.value().replace("{{", "\u{1}").replace("}}", "\u{2}");
        let mut rest = &*text;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}')?;
            parts.push(Ok(before.to_owned()));
            let name = name.split(':').next().unwrap_or_default();
            parts.push(Err(if name.is_empty() {
                let value = positional.next()?;
                // What another object gives is known when a diagnostic is reported.
                let is_given = matches!(&value, Expr::MethodCall(call) if !is_self(&call.receiver));
                match is_given {
                    true => None,
                    false => self.texts(&value, None, known, depth + 1),
                }
            } else {
                self.named(name.to_owned(), None, known, depth + 1)
            }));
            rest = after;
        }
        parts.push(Ok(rest.to_owned()));
        let written = |chosen: Option<(usize, &str)>| -> String {
            let parts = parts.iter().enumerate();
            let texts = parts.map(|(number, part)| match (part, chosen) {
                (Ok(text), _) => text.replace('\u{1}', "{").replace('\u{2}', "}"),
                (Err(_), Some((place, text))) if place == number => text.to_owned(),
                (Err(_), _) => HOLE.to_string(),
            });
            texts.collect()
        };
        let mut texts = Vec::new();
        for (number, part) in parts.iter().enumerate() {
            if let Err(Some(choices)) = part {
                texts.extend(choices.iter().map(|text| written(Some((number, text)))));
            }
        }
        if texts.is_empty() {
            texts.push(written(None));
        }
        Some(texts)
    }
}

fn is_self(value: &Expr) -> bool {
    matches!(value, Expr::Path(path) if path.path.is_ident("self"))
}

/// Returns all texts, or none where one can't be followed.
fn union(texts: impl IntoIterator<Item = Option<Vec<String>>>) -> Option<Vec<String>> {
    let all: Option<Vec<Vec<String>>> = texts.into_iter().collect();
    Some(all?.concat())
}

/// What `return` has in a function.
#[derive(Default)]
struct Returns {
    values: Vec<Expr>,
}

impl<'ast> Visit<'ast> for Returns {
    fn visit_expr_return(&mut self, value: &'ast syn::ExprReturn) {
        self.values.extend(value.expr.as_deref().cloned());
    }

    fn visit_expr_closure(&mut self, _: &'ast ExprClosure) {}
}

impl<'ast> Visit<'ast> for Search<'_> {
    fn visit_item_mod(&mut self, module: &'ast ItemMod) {
        if !is_test(module) {
            visit::visit_item_mod(self, module);
        }
    }

    fn visit_item_fn(&mut self, function: &'ast ItemFn) {
        self.function(&function.sig, |search| {
            visit::visit_item_fn(search, function);
        });
    }

    fn visit_impl_item_fn(&mut self, function: &'ast ImplItemFn) {
        self.function(&function.sig, |search| {
            visit::visit_impl_item_fn(search, function);
        });
    }

    fn visit_block(&mut self, block: &'ast Block) {
        let known = self.variables.len();
        visit::visit_block(self, block);
        self.variables.truncate(known);
    }

    fn visit_local(&mut self, local: &'ast Local) {
        if let (Some(name), Some(init)) = (name_of(&local.pat), &local.init)
            && let Expr::Closure(closure) = &*init.expr
        {
            self.closures
                .extend(sink(false, &name, closure.inputs.iter()));
        }
        visit::visit_local(self, local);
        bind(local, &mut self.variables);
    }

    fn visit_expr_closure(&mut self, closure: &'ast ExprClosure) {
        let known = self.variables.len();
        for name in closure.inputs.iter().filter_map(name_of) {
            self.variables.push(Variable {
                name,
                value: None,
                position: None,
                known: 0,
            });
        }
        visit::visit_expr_closure(self, closure);
        self.variables.truncate(known);
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        self.called(true, &call.method.to_string(), &call.args);
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        if let Expr::Path(path) = &*call.func
            && let Some(last) = path.path.segments.last()
        {
            self.called(false, &last.ident.to_string(), &call.args);
        }
        visit::visit_expr_call(self, call);
    }

    fn visit_expr_struct(&mut self, value: &'ast ExprStruct) {
        for FieldValue { member, expr, .. } in &value.fields {
            if matches!(member, Member::Named(name) if name == HELP) {
                self.help(expr);
            }
        }
        visit::visit_expr_struct(self, value);
    }
}
