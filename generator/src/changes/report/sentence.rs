//! A difference in one sentence of Markdown.

use crate::changes::surface::is_alias;
use crate::changes::{Change, Kind, What};

/// The values of a change as code.
struct Words {
    /// The item, and others to which the same happened.
    subject: String,
    /// What the item belongs to.
    owner: String,
    name: String,
    before: String,
    after: String,
}

pub(super) fn sentence(change: &Change) -> String {
    let paths = std::iter::once(&change.path).chain(&change.also);
    let code = |text: &str| format!("`{text}`");
    let words = Words {
        subject: join(paths.map(|path| code(path)).collect()),
        owner: code(&change.owner),
        name: code(&change.name),
        before: change.before.as_deref().map(code).unwrap_or_default(),
        after: change.after.as_deref().map(code).unwrap_or_default(),
    };
    let is_one = change.also.is_empty();
    match change.kind {
        Kind::Input => of_input(change, &words, is_one),
        Kind::Error => of_error(change, &words),
        _ => of_item(change, &words, is_one),
    }
}

/// Joins words with commas and "and".
fn join(mut words: Vec<String>) -> String {
    match (words.pop(), words.as_slice()) {
        (None, _) => String::new(),
        (Some(only), []) => only,
        (Some(last), rest) => format!("{} and {last}", rest.join(", ")),
    }
}

fn of_item(change: &Change, words: &Words, is_one: bool) -> String {
    let Words {
        subject,
        before,
        after,
        ..
    } = words;
    let is = if is_one { "is" } else { "are" };
    let kind = change.kind;
    match change.what {
        What::Added => match kind {
            Kind::Operation => format!("`{}{}`", without_parentheses(&change.path), bare(after)),
            Kind::Implementation => {
                let condition = without(before);
                format!("{} implements {}{condition}", words.owner, words.name)
            }
            Kind::Field if change.is_argument => {
                format!("{subject}: {after}, which `new` requires")
            }
            Kind::Type if is_alias(bare(after)) => {
                format!("{subject}, another name for {after}")
            }
            Kind::Type => format!("{subject}, {} {}", article(bare(after)), bare(after)),
            _ if after.is_empty() => subject.clone(),
            _ => format!("{subject}: {after}"),
        },
        What::Removed => match kind {
            Kind::Implementation => {
                let condition = without(after);
                let Words { owner, name, .. } = words;
                format!("{owner} no longer implements {name}{condition}")
            }
            _ => format!("{subject} {is} gone"),
        },
        What::Renamed => format!("{before} is renamed to {after}"),
        What::Retyped if kind == Kind::Output => {
            format!("{subject} returns {after} instead of {before}")
        }
        What::Retyped if kind == Kind::Type => format!(
            "{subject} is {} instead of {}",
            kind_of_type(after),
            kind_of_type(before)
        ),
        What::Retyped => format!("{subject} {is} {after} instead of {before}"),
        What::Required if before.is_empty() => {
            format!("{subject} {is} now an argument of `new`")
        }
        What::Required => format!("{subject} {is} always there: {after} instead of {before}"),
        What::Optional if before.is_empty() => {
            format!("{subject} {is} no longer an argument of `new`")
        }
        What::Optional => format!("{subject} may be absent: {after} instead of {before}"),
        What::Nullable => format!("{subject} may be null: {after} instead of {before}"),
        What::NotNullable => format!("{subject} {is} never null: {after} instead of {before}"),
        What::Resorted => {
            format!("{subject} sorts its values in another order: {after} instead of {before}")
        }
        What::Reordered if kind == Kind::Type => {
            format!(
                "`{}::new` takes its arguments in another order: {after} instead of {before}",
                change.path
            )
        }
        What::Reordered => {
            format!("{subject} takes its arguments in another order: {after} instead of {before}")
        }
        What::Deprecated => format!("{subject} {is} deprecated"),
        What::Undeprecated => format!("{subject} {is} no longer deprecated"),
        What::Http(aspect) => of_aspect(subject, aspect, before, after),
        What::Documented => format!("{subject} {is} documented anew"),
    }
}

fn of_input(change: &Change, words: &Words, is_one: bool) -> String {
    let Words {
        subject,
        owner,
        name,
        before,
        after,
    } = words;
    let (is, takes) = if is_one {
        ("is", "takes")
    } else {
        ("are", "take")
    };
    let is_argument = change.is_argument;
    // Where the subject is the operation, what else is concerned follows.
    let others = change.also.iter().map(|path| {
        // An argument has no method.
        let setter = format!(".{}()", change.name);
        let operation = path.strip_suffix(&setter).filter(|_| is_argument);
        format!("`{}`", operation.unwrap_or(path))
    });
    let others: Vec<String> = others.collect();
    let others = if others.is_empty() {
        String::new()
    } else {
        format!("; likewise {}", join(others))
    };
    match change.what {
        What::Added if is_argument => {
            format!("{owner} requires the new argument {name}: {after}{others}")
        }
        What::Added => format!("{subject}: {after}"),
        What::Removed if is_argument => {
            format!("{owner} no longer takes the argument {name}{others}")
        }
        What::Removed => format!("{subject} {is} gone"),
        What::Renamed if is_argument => {
            format!("{owner} has another name for an argument, {name}{others}")
        }
        What::Renamed => format!("{before} is renamed to {after}{others}"),
        What::Retyped if is_argument => {
            format!("{owner} takes {after} instead of {before} as {name}{others}")
        }
        What::Retyped => format!("{subject} {takes} {after} instead of {before}"),
        What::Required => {
            format!("{owner} requires {name}, which was optional: {after}{others}")
        }
        What::Optional => {
            format!(
                "{owner} no longer requires {name}, which `{}` sets: {after}{others}",
                change.path
            )
        }
        What::Deprecated => format!("{subject} {is} deprecated"),
        What::Http(aspect) => of_aspect(&format!("{name} of {owner}"), aspect, before, after),
        What::Undeprecated => format!("{subject} {is} no longer deprecated"),
        // Of inputs only the documentation is left.
        What::Documented
        | What::Nullable
        | What::NotNullable
        | What::Reordered
        | What::Resorted => format!("{name} of {owner} is documented anew"),
    }
}

fn of_error(change: &Change, words: &Words) -> String {
    let status = &change.name;
    let body = |text: &str| match text {
        "" => "without a body".to_owned(),
        text => format!("with the body {text}"),
    };
    let paths = std::iter::once(&change.path).chain(&change.also);
    let subject = join(paths.map(|path| format!("`{path}`")).collect());
    match change.what {
        What::Added => format!(
            "{subject} documents the error {status} {}",
            body(&words.after)
        ),
        What::Removed => format!("{subject} no longer documents the error {status}"),
        What::Retyped => format!(
            "{subject} documents the error {status} {} instead of {}",
            body(&words.after),
            body(&words.before)
        ),
        What::Http(aspect) => of_aspect(
            &format!("the error {status} of {subject}"),
            aspect,
            &words.before,
            &words.after,
        ),
        _ => format!("the error {status} of {subject} is documented anew"),
    }
}

fn of_aspect(subject: &str, aspect: &str, before: &str, after: &str) -> String {
    match (before, after) {
        ("", after) => format!("{subject}: new {aspect}, {after}"),
        (before, "") => format!("{subject}: no {aspect}, which was {before}"),
        (before, after) => format!("{subject}: {aspect} {after} instead of {before}"),
    }
}

/// Says that an implementation needs a feature in only one of the clients.
fn without(feature: &str) -> String {
    match feature {
        "" => String::new(),
        feature => format!(" without the feature {feature}"),
    }
}

/// A text without the marks of code.
fn bare(text: &str) -> &str {
    text.trim_matches('`')
}

fn without_parentheses(path: &str) -> &str {
    path.strip_suffix("()").unwrap_or(path)
}

/// A type's kind, or the type that it is another name for.
fn kind_of_type(signature: &str) -> String {
    let kind = bare(signature);
    if is_alias(kind) {
        format!("another name for {signature}")
    } else {
        format!("{} {kind}", article(kind))
    }
}

fn article(noun: &str) -> &'static str {
    if noun.starts_with('e') { "an" } else { "a" }
}
