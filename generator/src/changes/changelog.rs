//! Puts a section into a changelog that follows Keep a Changelog.

/// Adds entries, as [`Changes::markdown`](super::Changes::markdown) writes them, to the part `## Unreleased` of a changelog: below the
/// headings that it has, with new headings behind them. A changelog without that part gets one before its first version.
#[must_use]
pub fn insert(changelog: &str, section: &str) -> String {
    let mut lines: Vec<String> = changelog.lines().map(str::to_owned).collect();
    let begin = match position(&lines, 0, |line| line.starts_with("## Unreleased")) {
        Some(begin) => begin,
        None => {
            let first = position(&lines, 0, |line| line.starts_with("## ")).unwrap_or(lines.len());
            let heading = ["## Unreleased".to_owned(), String::new()];
            let _ = lines.splice(first..first, heading).count();
            first
        }
    };
    for (heading, entries) in headings(section) {
        let end =
            position(&lines, begin + 1, |line| line.starts_with("## ")).unwrap_or(lines.len());
        let own = position(&lines, begin + 1, |line| line == heading).filter(|own| *own < end);
        let (at, block) = match own {
            // Behind the last line of the heading's list.
            Some(own) => {
                let next = position(&lines, own + 1, |line| line.starts_with('#'));
                let next = next.unwrap_or(lines.len());
                (behind_text(&lines, next), entries)
            }
            None => {
                let head = [String::new(), heading, String::new()];
                (
                    behind_text(&lines, end),
                    head.into_iter().chain(entries).collect(),
                )
            }
        };
        let _ = lines.splice(at..at, block).count();
    }
    let mut text = lines.join("\n");
    text.push('\n');
    text
}

/// The index behind the last line before `end` that is not blank.
fn behind_text(lines: &[String], end: usize) -> usize {
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
