//! Words of names, and what they mean for an operation.

use crate::lower::names;

/// What operations are called that do one thing to what their path names. `GET` needs others: what is read is often called after a deed,
/// such as an import.
const VERBS: &[&str] = &[
    "accept",
    "activate",
    "add",
    "append",
    "apply",
    "approve",
    "archive",
    "assign",
    "attach",
    "authorize",
    "ban",
    "block",
    "bookmark",
    "build",
    "bulk",
    "cancel",
    "check",
    "clear",
    "clone",
    "close",
    "commit",
    "complete",
    "confirm",
    "connect",
    "convert",
    "copy",
    "create",
    "deactivate",
    "decline",
    "delete",
    "deliver",
    "deny",
    "deploy",
    "destroy",
    "detach",
    "disable",
    "disconnect",
    "dismiss",
    "download",
    "duplicate",
    "enable",
    "end",
    "erase",
    "execute",
    "exchange",
    "export",
    "extend",
    "fetch",
    "find",
    "finish",
    "follow",
    "fork",
    "generate",
    "get",
    "grant",
    "import",
    "increment",
    "initialize",
    "initiate",
    "install",
    "invalidate",
    "invite",
    "join",
    "keep",
    "leave",
    "like",
    "link",
    "list",
    "lock",
    "login",
    "logout",
    "lookup",
    "mark",
    "merge",
    "move",
    "mute",
    "open",
    "pause",
    "ping",
    "play",
    "post",
    "preview",
    "promote",
    "publish",
    "purge",
    "push",
    "put",
    "query",
    "reactivate",
    "rebase",
    "read",
    "rebuild",
    "recover",
    "redeem",
    "redeliver",
    "refresh",
    "refund",
    "register",
    "reject",
    "release",
    "reload",
    "remove",
    "rename",
    "renew",
    "reopen",
    "reorder",
    "repair",
    "replace",
    "reply",
    "report",
    "request",
    "rerun",
    "resend",
    "reset",
    "resolve",
    "restart",
    "restore",
    "resume",
    "retry",
    "retrieve",
    "revert",
    "review",
    "revoke",
    "rotate",
    "run",
    "save",
    "scan",
    "schedule",
    "search",
    "send",
    "set",
    "share",
    "sign",
    "simulate",
    "skip",
    "star",
    "start",
    "stop",
    "submit",
    "subscribe",
    "suspend",
    "sync",
    "synchronize",
    "terminate",
    "test",
    "track",
    "transfer",
    "transition",
    "trim",
    "trigger",
    "unapprove",
    "unarchive",
    "unassign",
    "unban",
    "unblock",
    "unfollow",
    "uninstall",
    "unlink",
    "unlock",
    "unmute",
    "unpublish",
    "unshare",
    "unstar",
    "unsubscribe",
    "unsuspend",
    "update",
    "upgrade",
    "upload",
    "upsert",
    "validate",
    "verify",
    "vote",
    "watch",
];

/// What a `GET` does beside getting and listing.
const READING_VERBS: &[&str] = &[
    "check", "download", "find", "lookup", "ping", "preview", "search", "validate", "verify",
];

/// What gets several things when the operation's result is a list.
const GETTING_VERBS: &[&str] = &["fetch", "find", "get", "query", "read", "retrieve"];

/// Words that only mean something after another one.
const JOINING: &[&str] = &[
    "a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "via",
    "with",
];

pub(super) fn is_verb(word: &str) -> bool {
    VERBS.contains(&word)
}

pub(super) fn is_reading_verb(word: &str) -> bool {
    READING_VERBS.contains(&word)
}

pub(super) fn is_getting_verb(word: &str) -> bool {
    GETTING_VERBS.contains(&word)
}

pub(super) fn is_joining(word: &str) -> bool {
    JOINING.contains(&word)
}

/// Returns a word for one of the things that a word names.
pub(super) fn singular(word: &str) -> String {
    const UNCHANGED: &[&str] = &[
        "access",
        "address",
        "alias",
        "analysis",
        "analytics",
        "bus",
        "news",
        "process",
        "series",
        "status",
    ];
    if UNCHANGED.contains(&word) || word.len() < 4 {
        return word.to_owned();
    }
    match word {
        "children" => return "child".to_owned(),
        "people" => return "person".to_owned(),
        _ => {}
    }
    for (plural, one) in [
        ("ies", "y"),
        ("sses", "ss"),
        ("ches", "ch"),
        ("shes", "sh"),
        ("xes", "x"),
        ("statuses", "status"),
        ("aliases", "alias"),
    ] {
        if let Some(stem) = word
            .strip_suffix(plural)
            .filter(|stem| stem.len() > 1 || plural.len() > 4)
        {
            return format!("{stem}{one}");
        }
    }
    match word.strip_suffix('s') {
        Some(stem) if !stem.ends_with(['s', 'u', 'i']) => stem.to_owned(),
        _ => word.to_owned(),
    }
}

/// Returns the words with the last one in the singular.
pub(super) fn one_of(words: &[String]) -> Vec<String> {
    match words.split_last() {
        Some((last, others)) => {
            let mut words = others.to_vec();
            words.push(singular(last));
            words
        }
        None => Vec::new(),
    }
}

/// Returns whether two runs of words are the same, as far as one thing and several are.
pub(super) fn are_same(left: &[String], right: &[String]) -> bool {
    let mut pairs = left.iter().zip(right);
    left.len() == right.len() && pairs.all(|(left, right)| singular(left) == singular(right))
}

/// Returns what follows a run of words.
pub(super) fn after<'w>(words: &'w [String], first: &[String]) -> Option<&'w [String]> {
    let (start, rest) = words.split_at_checked(first.len())?;
    (!first.is_empty() && are_same(start, first)).then_some(rest)
}

/// Joins words into a text, of which those are left out at the end that make it too long.
pub(super) fn text<'w>(words: impl IntoIterator<Item = &'w String>) -> String {
    let mut text = String::new();
    for word in words {
        if text.len() + 1 + word.len() > names::USUAL_LENGTH {
            break;
        }
        if !text.is_empty() {
            text.push('_');
        }
        text.push_str(word);
    }
    text
}
