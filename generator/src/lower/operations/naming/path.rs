//! Names of operations from method, path and the shape of the result, and ids that are made of no more than method and path.

use std::collections::BTreeSet;

use super::words::{are_same, is_reading_verb, is_verb, one_of, text};
use crate::lower::names::words;
use crate::model::HttpMethod;

/// A part of a path.
#[derive(Debug, Clone)]
pub(super) enum Segment {
    Literal(Vec<String>),
    Parameter(Vec<String>),
}

/// Returns the parts of a path.
pub(super) fn segments(path: &str) -> Vec<Segment> {
    let parts = path.split(['/', '#', ':']).filter(|part| !part.is_empty());
    parts.flat_map(pieces).collect()
}

/// Returns the literals and parameters of one part of a path: two of `binary-{architecture}`, one of `{id}` and of `*path`.
fn pieces(part: &str) -> Vec<Segment> {
    if let Some(name) = part.strip_prefix('*') {
        return vec![Segment::Parameter(words(name))];
    }
    let mut pieces = Vec::new();
    let mut rest = part;
    while !rest.is_empty() {
        let (literal, after) = rest.split_once('{').unwrap_or((rest, ""));
        if literal.chars().any(char::is_alphanumeric) {
            // A sign in front says nothing here: `@me`.
            let literal = literal.trim_start_matches(|one: char| !one.is_alphanumeric());
            pieces.push(Segment::Literal(words(literal)));
        }
        let (parameter, after) = after.split_once('}').unwrap_or((after, ""));
        if !parameter.is_empty() {
            pieces.push(Segment::Parameter(words(parameter)));
        }
        rest = after;
    }
    pieces
}

/// Returns how many segments all paths begin with that say nothing of any: `/api/v4`.
pub(super) fn common_prefix<'s>(paths: impl Iterator<Item = &'s [Segment]>) -> usize {
    // The root is below every prefix.
    let paths: Vec<&[Segment]> = paths.filter(|path| literals(path) > 0).collect();
    let literal = |path: &'s [Segment], at: usize| match path.get(at) {
        Some(Segment::Literal(words)) => Some(words),
        _ => None,
    };
    let Some(first) = paths.first() else {
        return 0;
    };
    // What a prefix is followed by is a literal of each path, which is what the path is about.
    let is_common = |at: &usize| {
        let words = literal(first, *at);
        words.is_some()
            && paths
                .iter()
                .all(|path| literal(path, *at) == words && literal(path, at + 1).is_some())
    };
    (0..first.len()).take_while(is_common).count()
}

fn literals(path: &[Segment]) -> usize {
    path.iter()
        .filter(|segment| matches!(segment, Segment::Literal(_)))
        .count()
}

/// The length of ids from which on none is compared with its path.
const MAX_LENGTH: usize = 1000;

/// Returns how many words of an id are not made from method and path: none of `getApiV4ProjectsId`, two of
/// `read_item_items__item_id__get`; `None` when it is not made so.
pub(super) fn own_words(
    id: &[String],
    method: HttpMethod,
    path: &[Segment],
    prefix: usize,
) -> Option<usize> {
    if id.iter().map(String::len).sum::<usize>() > MAX_LENGTH {
        return None;
    }
    let method = method.as_str().to_lowercase();
    let short = path.get(prefix..).unwrap_or_default();
    let is_made_so = |words: &[String]| {
        let text = words.concat();
        let before = text.strip_prefix(method.as_str());
        let after = text.strip_suffix(method.as_str());
        [before, after]
            .into_iter()
            .flatten()
            .any(|rest| spells(rest, path) || prefix > 0 && spells(rest, short))
    };
    if is_made_so(id) {
        return Some(0);
    }
    // After words of its own an id repeats the whole path, and then the method.
    let is_repeated = |start: &usize| {
        let words = id.get(*start..).unwrap_or_default();
        words.last() == Some(&method) && is_made_so(words)
    };
    (1..id.len()).find(is_repeated)
}

/// Returns whether a text spells the segments of a path one after another. A parameter may be spelled by its last word, or as `id`.
fn spells(text: &str, path: &[Segment]) -> bool {
    // Where the segments so far may end. One way to an end is as good as another.
    let mut ends = BTreeSet::from([0]);
    for segment in path {
        let mut pieces = BTreeSet::new();
        match segment {
            Segment::Literal(words) => _ = pieces.insert(words.concat()),
            Segment::Parameter(words) => {
                let last = words.last().cloned().unwrap_or_default();
                for name in [words.concat(), last, "id".to_owned()] {
                    pieces.extend((!name.is_empty()).then(|| format!("by{name}")));
                    pieces.extend((!name.is_empty()).then_some(name));
                }
            }
        }
        let follow = |end: &usize| {
            let rest = text.get(*end..).unwrap_or_default();
            let spelled = pieces
                .iter()
                .filter(move |piece| rest.starts_with(piece.as_str()));
            let end = *end;
            spelled.map(move |piece| end + piece.len())
        };
        ends = ends.iter().flat_map(follow).collect();
    }
    ends.contains(&text.len())
}

/// What the name of an operation is made of.
pub(super) struct Endpoint<'a> {
    pub(super) method: HttpMethod,
    /// The path without what all paths begin with.
    pub(super) path: &'a [Segment],
    pub(super) is_list: bool,
}

/// A literal segment, and whether a parameter follows it that chooses one of what it names.
struct Noun<'a> {
    words: &'a [String],
    is_one: bool,
}

impl Noun<'_> {
    fn words(&self) -> Vec<String> {
        if self.is_one {
            one_of(self.words)
        } else {
            self.words.to_vec()
        }
    }
}

/// Returns the names that an operation can have in a group, the best one first.
pub(super) fn names(endpoint: &Endpoint<'_>, group: &[Vec<String>]) -> Vec<String> {
    let nouns = nouns(endpoint.path);
    let is_group = |noun: &Noun<'_>| {
        group.iter().any(|name| {
            let length = noun.words.len();
            let end = length.checked_sub(name.len());
            let ends = end.and_then(|end| noun.words.get(end..));
            !name.is_empty() && ends.is_some_and(|ends| are_same(ends, name))
        })
    };
    let of_group = nouns.iter().rposition(is_group);
    let (parents, own) = match of_group {
        Some(at) => (
            nouns.get(..at).unwrap_or_default(),
            nouns.get(at + 1..).unwrap_or_default(),
        ),
        None => (&[] as &[_], nouns.as_slice()),
    };
    let (verb, own) = verb(endpoint, own);
    let mut name = verb.clone();
    for (index, noun) in own.iter().enumerate() {
        let is_made = verb.len() == 1 && verb.concat() == "create" && index + 1 == own.len();
        name.extend(if is_made {
            one_of(noun.words)
        } else {
            noun.words()
        });
    }
    let parents: Vec<String> = parents.iter().flat_map(Noun::words).collect();
    if !parents.is_empty() {
        name.push("for".to_owned());
        name.extend(parents);
    }
    let mut with_parameter = name.clone();
    if let Some(Segment::Parameter(words)) = endpoint.path.last() {
        with_parameter.push("by".to_owned());
        with_parameter.extend(words.iter().cloned());
    }
    let mut whole = verb;
    whole.extend(nouns.iter().flat_map(|noun| noun.words.iter().cloned()));
    [name, with_parameter, whole].iter().map(text).collect()
}

fn nouns(path: &[Segment]) -> Vec<Noun<'_>> {
    let followers = path.iter().skip(1).map(Some).chain([None]);
    path.iter()
        .zip(followers)
        .filter_map(|(segment, follower)| match segment {
            Segment::Literal(words) => Some(Noun {
                words,
                is_one: matches!(follower, Some(Segment::Parameter(_))),
            }),
            Segment::Parameter(_) => None,
        })
        .collect()
}

/// Returns what an operation does, and the nouns that are left to name.
fn verb<'n, 'a>(endpoint: &Endpoint<'a>, own: &'n [Noun<'a>]) -> (Vec<String>, &'n [Noun<'a>]) {
    if let Some((last, others)) = own.split_last()
        && !last.is_one
        && let Some(first) = last.words.first()
    {
        let is_deed = match endpoint.method {
            HttpMethod::Post | HttpMethod::Put | HttpMethod::Patch => is_verb(first),
            HttpMethod::Get => is_reading_verb(first),
            _ => false,
        };
        if is_deed {
            return (last.words.to_vec(), others);
        }
    }
    let is_one = matches!(endpoint.path.last(), Some(Segment::Parameter(_)));
    let verb = match endpoint.method {
        HttpMethod::Get if !is_one && endpoint.is_list => "list",
        HttpMethod::Get => "get",
        HttpMethod::Post => "create",
        HttpMethod::Put | HttpMethod::Patch => "update",
        HttpMethod::Delete => "delete",
        HttpMethod::Head => "head",
        HttpMethod::Options => "options",
        HttpMethod::Trace => "trace",
        HttpMethod::Query => "query",
    };
    (vec![verb.to_owned()], own)
}
