//! Names of operations from ids that somebody thought of.

use super::words::{after, is_getting_verb, is_joining, is_verb, singular, text};

/// Returns the names that an operation can have in a group, the best one first: what its id says beside the group, and the whole id.
pub(super) fn names(id: &[String], group: &[Vec<String>], is_list: bool) -> Vec<String> {
    let short = group
        .iter()
        .filter_map(|group| without_group(id, group, is_list))
        .min_by_key(Vec::len);
    let names = short.iter().map(text);
    names.chain([text(id)]).collect()
}

/// Returns the words of an id without the group's, which come first or after a verb.
fn without_group(id: &[String], group: &[String], is_list: bool) -> Option<Vec<String>> {
    if let Some(rest) = after(id, group) {
        let first = rest.first()?;
        return (!is_joining(first)).then(|| rest.to_vec());
    }
    let (verb, words) = id.split_first()?;
    let rest = after(words, group).filter(|_| is_verb(verb))?;
    let is_plural = group
        .len()
        .checked_sub(1)
        .and_then(|last| words.get(last))
        .is_some_and(|word| singular(word) != *word);
    let verb = match rest.first() {
        Some(first) if is_joining(first) => verb.as_str(),
        // `remove_albums_user` is not about a user alone.
        Some(_) => return None,
        None if is_plural && is_getting_verb(verb) => match is_list {
            true => "list",
            false => return None,
        },
        None => verb.as_str(),
    };
    let mut name = vec![verb.to_owned()];
    name.extend(rest.iter().cloned());
    Some(name)
}
