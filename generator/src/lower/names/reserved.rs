//! The kinds of names that a client has, and what names of each kind must leave alone.

/// What an identifier names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lower) enum Namespace {
    /// A struct or enum in the module of types.
    Type,
    /// A struct or enum in the module of a group, which generic items of that module refer to.
    Builder,
    /// A variant of an enumeration.
    Variant,
    /// A field of a record.
    Field,
    /// An argument or setter of an operation's builder.
    Input,
    /// A method of a group.
    Method,
    /// An accessor of the client, which is the name of a module and a file too.
    Group,
    /// A module of the maintainer's.
    Module,
    /// A constructor of `Auth`.
    Credential,
}

/// Strict and reserved keywords of every edition up to 2024.
const KEYWORDS: &[&str] = &[
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// What emitted code takes from the prelude by its plain name.
const PRELUDE: &[&str] = &[
    "AsMut",
    "AsRef",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Drop",
    "Eq",
    "Err",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Hash",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
];

/// The generic parameters of builders and accessors. A struct of such a name would be hidden by its own parameter.
const GENERICS: &[&str] = &["C"];

/// The methods of the prelude's traits that every type has and that take `self` by value. A call finds them before an inherent method
/// that takes `&self`.
const BY_VALUE: &[&str] = &["into", "try_into"];

/// The methods that builders have (some only those whose result comes in pages, or that replace the caller's credential; a setter has the
/// same name in all of them), and those that clippy takes for an operator (`should_implement_trait`).
const INPUTS: &[&str] = &[
    "add",
    "adopt",
    "bitand",
    "bitor",
    "bitxor",
    "call",
    "verify_outcome",
    "client",
    "clone",
    "decode",
    "div",
    "into_future",
    "into_iter",
    "into_page_stream",
    "into_pages",
    "into_stream",
    "lossy",
    "mul",
    "neg",
    "new",
    "not",
    "options",
    "read_all",
    "rem",
    "request",
    "send",
    "set_page",
    "shl",
    "shr",
    "sub",
];

/// The methods that a group's accessor has from elsewhere, and those that clippy takes for a trait's.
const METHODS: &[&str] = &[
    "as_mut",
    "as_ref",
    "borrow",
    "borrow_mut",
    "clone",
    "cmp",
    "default",
    "deref",
    "deref_mut",
    "drop",
    "eq",
    "fmt",
    "from_iter",
    "from_str",
    "hash",
    "index",
    "index_mut",
    "new",
    "next",
];

/// The methods of the client, modules of the crate, and file names that some systems refuse.
const GROUPS: &[&str] = &[
    "api",
    "auth",
    "aux",
    "base_url",
    "blocking",
    "builder",
    "clone",
    "close",
    "con",
    "default",
    "drop",
    "exchange",
    "execute",
    "fmt",
    "from",
    "from_shared",
    "main",
    "new",
    "nul",
    "operations",
    "prn",
    "request",
    "run",
    "send",
    "set_auth",
];

/// The modules that a crate's root has anyway, and files that are crates of their own.
const MODULES: &[&str] = &[
    "blocking",
    "bytes",
    "client",
    "http",
    "jiff",
    "lib",
    "main",
    "operations",
    "pagination",
    "runtime",
    "testing",
    "transport",
    "types",
    "unknown",
];

/// The constructors that `Auth` has anyway, and those that clippy takes for a trait's.
const CREDENTIALS: &[&str] = &[
    "basic",
    "bearer_token",
    "clone",
    "cookie",
    "default",
    "eq",
    "fmt",
    "from",
    "from_iter",
    "from_str",
    "header",
    "new",
    "none",
    "prepare",
    "query",
    "secret",
    "with_secret",
];

impl Namespace {
    pub(super) fn is_camel(self) -> bool {
        matches!(self, Self::Type | Self::Builder | Self::Variant)
    }

    pub(super) fn names_values(self) -> bool {
        self == Self::Variant
    }

    /// What a name begins with that would begin with a digit, and what is taken for nothing at all.
    pub(super) fn fallback(self) -> &'static str {
        match self {
            Self::Type | Self::Builder => "Type",
            Self::Variant => "Value",
            Self::Field => "field",
            Self::Input => "parameter",
            Self::Method => "call",
            Self::Group => "group",
            Self::Module => "module",
            Self::Credential => "credential",
        }
    }

    pub(super) fn is_reserved(self, name: &str) -> bool {
        let own: [&[&str]; 2] = match self {
            Self::Type => [PRELUDE, &[]],
            Self::Builder => [PRELUDE, GENERICS],
            Self::Variant | Self::Field => [&[], &[]],
            Self::Input => [INPUTS, &[]],
            Self::Method => [METHODS, BY_VALUE],
            Self::Group => [GROUPS, BY_VALUE],
            Self::Module => [MODULES, &[]],
            Self::Credential => [CREDENTIALS, BY_VALUE],
        };
        KEYWORDS.contains(&name)
            || own.iter().any(|names| names.contains(&name))
            || matches!(self, Self::Type | Self::Builder) && is_list_kind(name)
    }
}

/// Whether a function's parameter for the kind of a list may have this name: `L`, or `L1` and so on.
fn is_list_kind(name: &str) -> bool {
    name.strip_prefix('L')
        .is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}
