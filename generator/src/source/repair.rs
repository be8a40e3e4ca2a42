//! Reads YAML that libyaml accepts and YAML 1.2 refuses: closing brackets that are indented no deeper than their
//! dash, strings in quotes that go on no deeper than their key, and tabs.
//!
//! `serde_yaml`, which is libyaml, is the judge of what such a text means. It has no places, so the text is repaired in memory where the
//! fault is, read as always, and both readings have to agree.

use std::collections::BTreeMap;

use super::text::{Change, Repaired};
use super::value::{Data, MAX_DEPTH, MAX_KEY, Value};
use super::yaml;
use super::yaml_fault::Fault;

/// How much text may be read again for repairs. A repair costs one reading, up to the next fault.
const MAX_BYTES: usize = 64 * 1024 * 1024;

/// How far a line is moved to the right, in the order in which it is tried.
const INDENTS: &[usize] = &[1, 2, 4, 8, 16, 32];

/// Repairs a text that can't be read, and reads it. `None` means that no repair is known, or that it would change the meaning.
pub(super) fn repair(
    text: &str,
    fault: &Fault,
    file: u32,
) -> Option<(Value, Vec<Fault>, Repaired)> {
    if brackets(text) > MAX_DEPTH {
        return None;
    }
    let meant = judge(text)?;
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    let mut changes = Vec::new();
    let mut place = fault.position()?;
    let mut budget = MAX_BYTES;
    let (value, faults) = loop {
        match mended(&mut lines, place, file, &mut budget)? {
            (made, Ok(read)) => {
                changes.extend(made);
                break read;
            }
            (made, Err(next)) => {
                changes.extend(made);
                place = next;
            }
        }
    };
    if !agree(&value, &meant) {
        return None;
    }
    let mut indents = BTreeMap::new();
    for (line, change) in &changes {
        if let Change::Indent(spaces) = change {
            *indents.entry(*line).or_insert(0) += spaces;
        }
    }
    let text = lines.concat();
    Some((
        value,
        faults,
        Repaired {
            text,
            indents,
            changes,
        },
    ))
}

type Reading = (Value, Vec<Fault>);

/// The lines that were changed, and the reading or the place of the next fault.
type Mended = (Vec<(usize, Change)>, Result<Reading, (usize, usize)>);

/// Changes the line of a fault, or the one before it, so that reading gets further. Returns the change, and the reading or the next fault.
fn mended(
    lines: &mut [String],
    place: (usize, usize),
    file: u32,
    budget: &mut usize,
) -> Option<Mended> {
    for line in [place.0, place.0.checked_sub(1)?] {
        let tabs = std::iter::once(Change::Tabs);
        let indents = INDENTS.iter().copied().map(Change::Indent);
        for change in tabs.chain(indents) {
            let Some(slot) = line.checked_sub(1).and_then(|index| lines.get_mut(index)) else {
                break;
            };
            let Some(changed) = changed(slot, change) else {
                continue;
            };
            let before = std::mem::replace(slot, changed);
            let text = lines.concat();
            *budget = budget.checked_sub(text.len())?;
            let next = match yaml::parse(&text, file) {
                Ok(read) => return Some((vec![(line, change)], Ok(read))),
                Err(fault) => fault.position()?,
            };
            let moved = match change {
                Change::Indent(spaces) if next.0 == line => next.1.saturating_sub(spaces),
                _ => next.1,
            };
            if (next.0, moved) > place {
                return Some((vec![(line, change)], Err(next)));
            }
            *lines.get_mut(line - 1)? = before;
        }
    }
    continued(lines, place, file, budget)
}

/// Indents the lines after that of a fault, one after the other, until reading gets further: a string in quotes goes on in them.
fn continued(
    lines: &mut [String],
    place: (usize, usize),
    file: u32,
    budget: &mut usize,
) -> Option<Mended> {
    const MOST: usize = 50;
    let blanks = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let indent = blanks(lines.get(place.0.checked_sub(1)?)?);
    let mut changes = Vec::new();
    for line in place.0 + 1..=place.0 + MOST {
        let slot = lines.get_mut(line - 1)?;
        let own = blanks(slot);
        if own > indent || slot.trim().is_empty() {
            continue;
        }
        let change = Change::Indent(indent + 1 - own);
        *slot = changed(slot, change)?;
        changes.push((line, change));
        let text = lines.concat();
        *budget = budget.checked_sub(text.len())?;
        match yaml::parse(&text, file) {
            Ok(read) => return Some((changes, Ok(read))),
            Err(fault) => {
                let next = fault.position()?;
                if next > place {
                    return Some((changes, Err(next)));
                }
            }
        }
    }
    None
}

/// Returns a line with a change, or `None` where that changes nothing.
fn changed(line: &str, change: Change) -> Option<String> {
    match change {
        Change::Indent(spaces) => Some(format!("{}{line}", " ".repeat(spaces))),
        Change::Tabs => {
            let content = line.trim_end();
            let rest = line.get(content.len()..).unwrap_or_default();
            let changed = content.replace('\t', " ") + &rest.replace('\t', "");
            (changed != line).then_some(changed)
        }
    }
}

/// Returns what libyaml reads.
fn judge(text: &str) -> Option<serde_yaml::Value> {
    use serde::Deserialize;
    let first = serde_yaml::Deserializer::from_str(text).next()?;
    let mut value = serde_yaml::Value::deserialize(first).ok()?;
    value.apply_merge().ok()?;
    Some(value)
}

/// Returns how many brackets are open at most. libyaml's time grows with the square of it.
fn brackets(text: &str) -> usize {
    let mut open = 0_usize;
    let mut most = 0;
    for byte in text.bytes() {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        most = most.max(open);
    }
    most
}

/// Whether two readings mean the same.
fn agree(ours: &Value, theirs: &serde_yaml::Value) -> bool {
    match (ours.data(), theirs) {
        (Data::Null, serde_yaml::Value::Null) => true,
        (Data::Bool(ours), serde_yaml::Value::Bool(theirs)) => ours == theirs,
        (Data::String(ours), serde_yaml::Value::String(theirs)) => ours == theirs,
        (Data::Number(ours), serde_yaml::Value::Number(theirs)) => {
            let whole = theirs.as_i64().map(i128::from);
            match whole.or_else(|| theirs.as_u64().map(i128::from)) {
                Some(whole) => ours.as_i128() == Some(whole),
                None => theirs.as_f64().is_some_and(|theirs| {
                    ours.as_f64() == theirs || ours.as_f64().is_nan() && theirs.is_nan()
                }),
            }
        }
        (Data::Array(ours), serde_yaml::Value::Sequence(theirs)) => {
            ours.len() == theirs.len()
                && ours
                    .iter()
                    .zip(theirs)
                    .all(|(ours, theirs)| agree(ours, theirs))
        }
        (Data::Object(ours), serde_yaml::Value::Mapping(theirs)) => {
            // A member whose key is too long is left out, with a diagnostic.
            let is_read = |key: &serde_yaml::Value| key.as_str().map_or(0, str::len) <= MAX_KEY;
            let theirs = || theirs.iter().filter(|(key, _)| is_read(key));
            ours.len() == theirs().count()
                && theirs().enumerate().all(|(position, (key, theirs))| {
                    let named = key.as_str().and_then(|key| ours.get(key));
                    let value = named.or_else(|| ours.get_index(position).map(|(_, value)| value));
                    value.is_some_and(|ours| agree(ours, theirs))
                })
        }
        _ => false,
    }
}
