//! Puts a section into a changelog that follows Keep a Changelog.

/// Adds entries, as [`Changes::markdown`](super::Changes::markdown) writes them, to the part `## Unreleased` of a changelog: below the
/// headings that it has, with new headings after them. A changelog without that part gets one before its first version.
///
/// An entry that the part has already is not added again. Returns nothing if there is none to add.
#[must_use]
pub fn insert(changelog: &str, section: &str) -> Option<String> {
    let mut lines: Vec<String> = changelog.split_inclusive('\n').map(str::to_owned).collect();
    let end_of_line = end_of_line(changelog);
    if let Some(last) = lines.last_mut()
        && !last.ends_with('\n')
    {
        last.push_str(end_of_line);
    }
    let unreleased = position(&lines, 0, is_unreleased);
    let known = unreleased.map_or(&[][..], |begin| {
        lines.get(begin..end_of_part(&lines, begin)).unwrap_or(&[])
    });
    let new: Vec<(String, Vec<String>)> = headings(section)
        .into_iter()
        .map(|(heading, entries)| {
            let is_new = |entry: &String| !known.iter().any(|known| known.trim_end() == entry);
            (heading, entries.into_iter().filter(is_new).collect())
        })
        .filter(|(_, entries): &(String, Vec<String>)| !entries.is_empty())
        .collect();
    if new.is_empty() {
        return None;
    }
    let begin = unreleased.unwrap_or_else(|| add_part(&mut lines, end_of_line));
    for (heading, entries) in new {
        let end = end_of_part(&lines, begin);
        let own = position(&lines, begin + 1, |line| line.trim_end() == heading);
        let (at, block) = match own.filter(|own| *own < end) {
            // After the last line of the heading's list.
            Some(own) => {
                let next = position(&lines, own + 1, |line| line.starts_with('#'));
                (
                    end_of_text(&lines, next.map_or(end, |next| next.min(end))),
                    entries,
                )
            }
            None => {
                let head = [String::new(), heading, String::new()];
                (
                    end_of_text(&lines, end),
                    head.into_iter().chain(entries).collect(),
                )
            }
        };
        let block = block.into_iter().map(|line| line + end_of_line);
        let _ = lines.splice(at..at, block).count();
    }
    Some(lines.concat())
}

/// Returns how most lines of a text end. Those that are there keep their own ends.
fn end_of_line(text: &str) -> &'static str {
    let count = text.matches('\n').count();
    match text.matches("\r\n").count() * 2 > count {
        true => "\r\n",
        false => "\n",
    }
}

/// Returns whether a line begins the part: `## Unreleased`, or a link as in Keep a Changelog.
fn is_unreleased(line: &str) -> bool {
    let heading = line.strip_prefix("## ").unwrap_or_default();
    let heading = heading.trim_start().trim_start_matches('[');
    let begin = heading.get(..UNRELEASED.len());
    begin.is_some_and(|begin| begin.eq_ignore_ascii_case(UNRELEASED))
}

const UNRELEASED: &str = "Unreleased";

/// Adds the part before the first version, or at the end. Returns where it begins.
fn add_part(lines: &mut Vec<String>, end_of_line: &str) -> usize {
    let next = position(lines, 0, |line| line.starts_with("## "));
    let begin = next.unwrap_or_else(|| begin_of_definitions(lines));
    let heading = [
        format!("## {UNRELEASED}{end_of_line}"),
        end_of_line.to_owned(),
    ];
    let _ = lines.splice(begin..begin, heading).count();
    begin
}

/// Returns where the part that begins here ends: before the next version, or the definitions of links.
fn end_of_part(lines: &[String], begin: usize) -> usize {
    let next = position(lines, begin + 1, |line| line.starts_with("## "));
    next.unwrap_or_else(|| begin_of_definitions(lines))
}

/// Returns where the definitions of links at the end begin. Those that a heading or an entry follows belong to a part.
fn begin_of_definitions(lines: &[String]) -> usize {
    let is_of_part = |line: &String| line.starts_with(['#', '-', '*', '+']);
    let last = lines.iter().rposition(is_of_part);
    let from = last.map_or(0, |last| last + 1);
    let is_definition = |line: &str| line.starts_with('[') && line.contains("]: ");
    position(lines, from, is_definition).unwrap_or(lines.len())
}

/// The index after the last line before `end` that is not blank.
fn end_of_text(lines: &[String], end: usize) -> usize {
    let before = lines.get(..end).unwrap_or(lines);
    let last = before.iter().rposition(|line| !line.trim().is_empty());
    last.map_or(0, |last| last + 1)
}

fn position(lines: &[String], from: usize, test: impl Fn(&str) -> bool) -> Option<usize> {
    let mut rest = lines.iter().enumerate().skip(from);
    rest.find(|(_, line)| test(line)).map(|(index, _)| index)
}

/// The headings of a section with their entries.
fn headings(section: &str) -> Vec<(String, Vec<String>)> {
    let mut headings: Vec<(String, Vec<String>)> = Vec::new();
    for line in section.lines() {
        if line.starts_with('#') {
            headings.push((line.to_owned(), Vec::new()));
        } else if let Some((_, entries)) = headings.last_mut()
            && !line.is_empty()
        {
            entries.push(line.to_owned());
        }
    }
    headings
}
