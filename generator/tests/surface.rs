//! The list of a client's public API, of which a change report is made, has what the emitted code has: no more and no less.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use generator::changes::{Item, Kind, Surface};
use generator::{Config, Files, Source, generate};
use syn::{Fields, ImplItem, Visibility};

/// The files and the list of a document's client; nothing where the document is not at hand.
fn made(document: &str, overlays: &[&str]) -> Option<(Files, Surface)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let read = |name: &str| fs::read(root.join(name)).ok();
    let Some(bytes) = read(document) else {
        println!("{document} is not at hand: its client is not compared");
        return None;
    };
    let overlays: Vec<(&str, Vec<u8>)> = overlays
        .iter()
        .map(|name| (*name, read(name).expect("an overlay of the workspace")))
        .collect();
    let overlays: Vec<Source<'_>> = overlays
        .iter()
        .map(|(name, bytes)| Source { name, bytes })
        .collect();
    let source = Source {
        name: document,
        bytes: &bytes,
    };
    let config = Config {
        package: "the-client".into(),
        ..Config::default()
    };
    let mut generated = generate(source, &overlays, &config);
    let surface = generated.surface(&config.package).expect("a model");
    Some((generated.files.take().expect("files"), surface))
}

/// The public names in the emitted code, as the list writes them.
fn emitted_names(files: &Files) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (path, file) in files.iter() {
        let Some(folder) = path
            .strip_prefix("src/")
            .filter(|path| path.ends_with(".rs") && !path.starts_with("runtime/"))
        else {
            continue;
        };
        let parsed = syn::parse_file(&file.text()).expect("Rust");
        let module = folder.trim_end_matches(".rs");
        match module.split_once('/') {
            Some((_, "mod")) => {}
            Some(("types", _)) => items("types", &parsed, &mut names),
            Some((_, _)) => items(&module.replace('/', "::"), &parsed, &mut names),
            None if module == "client" => items("client", &parsed, &mut names),
            None => root("", &parsed.items, &mut names),
        }
    }
    names
}

fn items(module: &str, file: &syn::File, names: &mut BTreeSet<String>) {
    for item in &file.items {
        match item {
            syn::Item::Struct(item) => {
                let path = format!("{module}::{}", item.ident);
                if derives(&item.attrs, "Default") {
                    names.insert(format!("{path}: Default"));
                }
                if let Fields::Named(fields) = &item.fields {
                    for field in fields.named.iter().filter(|field| is_public(&field.vis)) {
                        names.insert(format!("{path}::{}", field.ident.as_ref().unwrap()));
                    }
                }
                names.insert(path);
            }
            syn::Item::Enum(item) => {
                let path = format!("{module}::{}", item.ident);
                let variants = item.variants.iter();
                names.extend(variants.map(|variant| format!("{path}::{}", variant.ident)));
                names.insert(path);
            }
            syn::Item::Type(item) => {
                names.insert(format!("{module}::{}", item.ident));
            }
            syn::Item::Impl(item) => implementation(module, item, names),
            syn::Item::Macro(item) => expansion(module, &item.mac, names),
            syn::Item::Const(item) => block(module, &item.expr, names),
            _ => {}
        }
    }
}

/// The block around a macro that expects a lint.
fn block(module: &str, expression: &syn::Expr, names: &mut BTreeSet<String>) {
    let syn::Expr::Block(block) = expression else {
        return;
    };
    for statement in &block.block.stmts {
        match statement {
            syn::Stmt::Macro(statement) => expansion(module, &statement.mac, names),
            syn::Stmt::Item(syn::Item::Macro(item)) => expansion(module, &item.mac, names),
            _ => {}
        }
    }
}

fn implementation(module: &str, item: &syn::ItemImpl, names: &mut BTreeSet<String>) {
    let syn::Type::Path(target) = &*item.self_ty else {
        return;
    };
    let target = target.path.segments.last().unwrap().ident.to_string();
    let owner = format!("{module}::{target}");
    if let Some((path, _)) = &item.trait_ {
        let last = path.segments.last().unwrap();
        match last.ident.to_string().as_str() {
            "Default" => {
                names.insert(format!("{owner}: Default"));
            }
            "From" => {
                names.insert(format!("{owner}: From {}", names_count(names, &owner)));
            }
            _ => {}
        }
        return;
    }
    for function in &item.items {
        if let ImplItem::Fn(function) = function
            && is_public(&function.vis)
        {
            let name = function.sig.ident.to_string();
            let arguments: Vec<String> = function
                .sig
                .inputs
                .iter()
                .filter_map(|argument| match argument {
                    syn::FnArg::Typed(argument) => match &*argument.pat {
                        syn::Pat::Ident(pattern) => Some(pattern.ident.to_string()),
                        _ => None,
                    },
                    syn::FnArg::Receiver(_) => None,
                })
                .collect();
            // Every operation and every client has them.
            let is_of_all = arguments == ["options"] || (module == "client" && name == "builder");
            if !is_of_all {
                names.insert(format!("{owner}::{name}({})", arguments.join(", ")));
            }
        }
    }
}

/// How many conversions into a type are listed.
fn names_count(names: &BTreeSet<String>, owner: &str) -> usize {
    let begin = format!("{owner}: From ");
    names.iter().filter(|name| name.starts_with(&begin)).count()
}

/// What the runtime's macros add.
fn expansion(module: &str, expansion: &syn::Macro, names: &mut BTreeSet<String>) {
    let name = expansion.path.segments.last().unwrap().ident.to_string();
    let words: Vec<String> = expansion
        .tokens
        .clone()
        .into_iter()
        .map(|token| token.to_string())
        .collect();
    let owner = format!("{module}::{}", words[0]);
    let mut add = |additions: &[&str]| {
        names.extend(
            additions
                .iter()
                .map(|addition| format!("{owner}{addition}")),
        );
    };
    match name.as_str() {
        "record" | "tagged_union" | "untagged_union" => match words[2].as_str() {
            "write" => add(&[": Serialize"]),
            "both" => add(&[": Deserialize", ": Serialize", ": testing::Sample"]),
            "both_secret" => add(&[
                ": Deserialize",
                ": Serialize (with the feature `serialize-secrets`)",
                ": testing::Sample",
            ]),
            other => panic!("{other}"),
        },
        "operation" => {}
        "paginated_operation" => add(&[
            "::lossy()",
            "::read_all()",
            "::into_stream()",
            "::into_page_stream()",
            "::into_pages()",
        ]),
        "replacing_operation" => add(&["::adopt()", "::verify_outcome()"]),
        "string_enum" | "integer_enum" => {}
        other => panic!("{other}"),
    }
}

/// The names that the root and its modules export.
fn root(module: &str, items: &[syn::Item], names: &mut BTreeSet<String>) {
    for item in items {
        match item {
            syn::Item::Use(item) if is_public(&item.vis) => exports(module, &item.tree, names),
            syn::Item::Mod(item) if is_public(&item.vis) => match &item.content {
                Some((_, items)) => root(&format!("{}::", item.ident), items, names),
                None if ["operations", "runtime", "types"].contains(&&*item.ident.to_string()) => {}
                None => {
                    names.insert(format!("{module}{}", item.ident));
                }
            },
            _ => {}
        }
    }
}

fn exports(module: &str, tree: &syn::UseTree, names: &mut BTreeSet<String>) {
    match tree {
        syn::UseTree::Path(path) => exports(module, &path.tree, names),
        syn::UseTree::Name(name) => {
            names.insert(format!("{module}{}", name.ident));
        }
        syn::UseTree::Group(group) => {
            group
                .items
                .iter()
                .for_each(|tree| exports(module, tree, names));
        }
        _ => panic!("another form of `use` in {module}"),
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn derives(attributes: &[syn::Attribute], name: &str) -> bool {
    attributes.iter().any(|attribute| {
        let mut found = false;
        if attribute.path().is_ident("derive") {
            let _ = attribute.parse_nested_meta(|meta| {
                found |= meta.path.is_ident(name);
                Ok(())
            });
        }
        found
    })
}

/// The names of the list, in the same notation.
fn listed_names(surface: &Surface) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for item in &surface.items {
        match item.kind {
            Kind::Export if !METHODS.contains(&item.path.as_str()) => {
                names.insert(item.path.clone());
            }
            Kind::Credential => {
                let arguments = if item.signature.contains("user") {
                    "user, secret"
                } else {
                    "secret"
                };
                names.insert(format!("client::Auth::{}({arguments})", item.name));
            }
            Kind::Group => listed_group(item, &mut names),
            Kind::Type => listed_type(item, &mut names),
            _ => {}
        }
    }
    names
}

/// Methods of the runtime's types, which another test compares.
const METHODS: [&str; 4] = [
    "Response::rate_limit",
    "Page::rate_limit",
    "ClientBuilder::replacement_cooldown",
    "Error::replacement_outcome",
];

fn arguments(item: &Item) -> String {
    let inputs = item.children.iter().filter(|child| child.is_argument);
    let names: Vec<&str> = inputs.map(|child| child.name.as_str()).collect();
    names.join(", ")
}

fn structure(item: &Item) -> &str {
    let mut children = item.children.iter();
    &children
        .find(|child| child.kind == Kind::Struct)
        .expect("a struct")
        .path
}

fn listed_group(group: &Item, names: &mut BTreeSet<String>) {
    let accessor = structure(group);
    names.insert(accessor.to_owned());
    names.insert(format!("client::Client::{}()", group.name));
    for operation in group
        .children
        .iter()
        .filter(|child| child.kind == Kind::Operation)
    {
        let name = &operation.name;
        names.insert(format!("{accessor}::{name}({})", arguments(operation)));
        let builder = structure(operation);
        names.insert(builder.to_owned());
        for child in &operation.children {
            let name = &child.name;
            match child.kind {
                Kind::Input if !child.is_argument => {
                    names.insert(format!("{builder}::{name}({name})"));
                }
                Kind::Method => {
                    names.insert(format!("{builder}::{name}()"));
                }
                Kind::Output if !child.children.is_empty() => {
                    names.insert(child.signature.clone());
                    names.extend(child.children.iter().map(|variant| variant.path.clone()));
                }
                _ => {}
            }
        }
    }
}

fn listed_type(item: &Item, names: &mut BTreeSet<String>) {
    let path = item.path.strip_prefix("the_client::").expect("the crate");
    names.insert(path.to_owned());
    for child in &item.children {
        let name = &child.name;
        match child.kind {
            Kind::Constructor => {
                names.insert(format!("{path}::new({})", arguments(item)));
            }
            Kind::Implementation if name.starts_with("From<") => {
                names.insert(format!("{path}: From {}", names_count(names, path)));
            }
            Kind::Implementation => {
                let feature = match child.signature.as_str() {
                    "" => String::new(),
                    feature => format!(" (with the feature `{feature}`)"),
                };
                names.insert(format!("{path}: {name}{feature}"));
            }
            _ => {
                names.insert(format!("{path}::{name}"));
            }
        }
    }
}

fn assert_listed(document: &str, overlays: &[&str]) {
    let Some((files, surface)) = made(document, overlays) else {
        return;
    };
    let (emitted, listed) = (emitted_names(&files), listed_names(&surface));
    let not_listed: Vec<_> = emitted.difference(&listed).take(10).collect();
    let not_emitted: Vec<_> = listed.difference(&emitted).take(10).collect();
    assert!(
        not_listed.is_empty() && not_emitted.is_empty(),
        "{document}: emitted and not listed {not_listed:#?}, listed and not emitted {not_emitted:#?}"
    );
    assert!(emitted.len() > 20, "{}", emitted.len());
}

#[test]
fn the_list_is_what_is_emitted() {
    assert_listed("spec/gitlab-pat.yaml", &["spec/gitlab-pat.overlay.yaml"]);
    assert_listed("generator/tests/documents/workshop.yaml", &[]);
    assert_listed("generator/tests/changes/kinds.yaml", &[]);
}

#[test]
fn the_list_is_what_is_emitted_of_real_documents() {
    for document in ["petstore.yaml", "box.json", "figma.yaml"] {
        assert_listed(&format!("../shared/specs/{document}"), &[]);
    }
}

/// The methods of the types that the root exports, in all files of the runtime.
fn runtime_methods(files: &Files, surface: &Surface) -> BTreeSet<String> {
    let exported: BTreeSet<&str> = surface
        .items
        .iter()
        .filter(|item| item.kind == Kind::Export)
        .map(|item| item.path.as_str())
        .collect();
    let mut methods = BTreeSet::new();
    for (path, file) in files.iter() {
        if !path.starts_with("src/runtime/") {
            continue;
        }
        for item in syn::parse_file(&file.text()).expect("Rust").items {
            let syn::Item::Impl(item) = item else {
                continue;
            };
            let syn::Type::Path(target) = &*item.self_ty else {
                continue;
            };
            let target = target.path.segments.last().unwrap().ident.to_string();
            if item.trait_.is_some() || !exported.contains(target.as_str()) {
                continue;
            }
            for function in &item.items {
                if let ImplItem::Fn(function) = function
                    && is_public(&function.vis)
                    && !function.attrs.iter().any(is_hidden)
                {
                    methods.insert(format!("{target}::{}", function.sig.ident));
                }
            }
        }
    }
    methods
}

fn is_hidden(attribute: &syn::Attribute) -> bool {
    let mut hidden = false;
    if attribute.path().is_ident("doc") {
        let _ = attribute.parse_nested_meta(|meta| {
            hidden |= meta.path.is_ident("hidden");
            Ok(())
        });
    }
    hidden
}

#[test]
fn methods_that_only_some_clients_have_are_listed() {
    let (small_files, small) = made("generator/tests/changes/before.yaml", &[]).expect("a client");
    let shared: BTreeSet<String> = small
        .items
        .iter()
        .filter(|item| item.kind == Kind::Export)
        .map(|item| item.path.clone())
        .collect();
    let of_all = runtime_methods(&small_files, &small);
    let clients: [(&str, &[&str]); 3] = [
        ("spec/gitlab-pat.yaml", &["spec/gitlab-pat.overlay.yaml"]),
        ("generator/tests/documents/workshop.yaml", &[]),
        ("generator/tests/changes/kinds.yaml", &[]),
    ];
    let mut more = BTreeSet::new();
    for (document, overlays) in clients {
        let (files, surface) = made(document, overlays).expect("a client");
        let own = runtime_methods(&files, &surface);
        let own = own.difference(&of_all).filter(|method| {
            let owner = method.split("::").next().expect("a type");
            shared.contains(owner) || *method == "Page::rate_limit"
        });
        more.extend(own.cloned());
    }
    let mut listed = METHODS.to_vec();
    listed.sort_unstable();

    assert_eq!(more.iter().collect::<Vec<_>>(), listed);
}
