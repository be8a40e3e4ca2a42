//! The text of `spec/NAME.import.yaml`, which maintainers edit too.

use generator::Source;
use generator::import::Kept;
use generator::selection::{Selection, Selector};

/// Returns a text that says `kept`, made of one that says `known`. Comments stay.
///
/// # Errors
///
/// Returns the text without comments if they can't stay, because the file is written in a way that lines can't be added to.
pub(super) fn text(file: &[u8], known: &Kept, kept: &Kept) -> Result<String, String> {
    let earlier = String::from_utf8_lossy(file);
    let edited = edited(&earlier, known, kept);
    if read(&edited).as_ref() == Some(kept) {
        return Ok(edited);
    }
    let is_comment = |line: &&str| line.starts_with('#');
    let top: Vec<&str> = earlier.lines().take_while(is_comment).collect();
    let mut rest = earlier.lines().skip(top.len());
    if rest.any(|line| line.contains('#')) {
        return Err(kept.to_string());
    }
    let top: String = top.iter().map(|line| format!("{line}\n")).collect();
    Ok(format!("{top}{kept}"))
}

fn read(text: &str) -> Option<Kept> {
    let source = Source {
        name: "",
        bytes: text.as_bytes(),
    };
    Kept::read(source).ok()
}

/// Adds lines for what is new, and takes those out that exclude what is included now. The result may say something else if the text is
/// not written as [`Kept`] writes it.
fn edited(earlier: &str, known: &Kept, kept: &Kept) -> String {
    let mut lines: Vec<String> = earlier.lines().map(str::to_owned).collect();
    let (before, after) = (&known.selection, &kept.selection);
    let is_dropped = |selector: &Selector| !after.exclude.contains(selector);
    if before.exclude.iter().any(is_dropped) {
        let from = position(&lines, "exclude").unwrap_or(lines.len());
        let mut number = 0;
        lines.retain(|line| {
            number += 1;
            number <= from || !element(line).is_some_and(|selector| is_dropped(&selector))
        });
        if after.exclude.is_empty() {
            lines.retain(|line| key(line) != Some("exclude"));
        }
    }
    for (name, before, after) in [
        ("include", &before.include, &after.include),
        ("exclude", &before.exclude, &after.exclude),
    ] {
        let new: Vec<&Selector> = after.iter().filter(|one| !before.contains(one)).collect();
        if !new.is_empty() {
            add(&mut lines, name, &new);
        }
    }
    if kept.keep_prose && !known.keep_prose {
        lines.push("keep-prose: true".to_owned());
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// Adds elements after the last one of a list, which is at the end of the text if there is none.
fn add(lines: &mut Vec<String>, name: &str, selectors: &[&Selector]) {
    let mut indentation = "";
    let at = match position(lines, name) {
        Some(from) => {
            let rest = lines.get(from..).unwrap_or_default();
            let list = rest.iter().take_while(|line| key(line).is_none());
            let last = list.enumerate().filter(|(_, line)| is_element(line)).last();
            indentation = last.map_or("", |(_, line)| {
                line.split_once('-').map_or("", |(spaces, _)| spaces)
            });
            from + last.map_or(0, |(index, _)| index + 1)
        }
        None => {
            lines.push(format!("{name}:"));
            lines.len()
        }
    };
    let new: Vec<String> = selectors
        .iter()
        .map(|selector| {
            let text = selector.to_string().replace('\'', "''");
            format!("{indentation}- '{text}'")
        })
        .collect();
    lines.splice(at..at, new);
}

/// Returns the number of the line after the one with a key.
fn position(lines: &[String], name: &str) -> Option<usize> {
    Some(lines.iter().position(|line| key(line) == Some(name))? + 1)
}

/// Returns the key of the whole object that a line begins with.
fn key(line: &str) -> Option<&str> {
    let (key, _) = line.split_once(':')?;
    let is_key = key.starts_with(|first: char| first.is_ascii_alphabetic());
    is_key.then_some(key)
}

fn is_element(line: &str) -> bool {
    line.trim_start().starts_with("- ")
}

/// Returns the selector of a line, if it is an element of a list.
fn element(line: &str) -> Option<Selector> {
    let line = is_element(line).then(|| line.trim_start())?;
    let Selection { include, .. } = read(&format!("include:\n{line}\n"))?.selection;
    include.into_iter().next()
}

#[cfg(test)]
mod tests {
    use super::{read, text};
    use generator::import::Kept;
    use generator::selection::Selection;

    fn given(include: &[&str], exclude: &[&str], keep_prose: bool) -> Kept {
        let parsed = |list: &[&str]| list.iter().map(|one| one.parse().unwrap()).collect();
        let selection = Selection {
            include: parsed(include),
            exclude: parsed(exclude),
        };
        Kept {
            selection,
            keep_prose,
        }
    }

    /// Adds to a file, as an import does.
    fn added(file: &str, given: &Kept) -> Result<String, String> {
        let known = read(file).expect(file);
        let mut kept = known.clone();
        kept.selection.add(&given.selection);
        kept.keep_prose |= given.keep_prose;
        let result = text(file.as_bytes(), &known, &kept);
        let written = result.as_ref().unwrap_or_else(|text| text);
        assert_eq!(read(written), Some(kept), "{written}");
        result
    }

    const FILE: &str = "\
# Ours.

# What callers need.
include: # all of it
  # Pets first.
  - 'tag:pets' # cats too
  - path:/a#b/*
  # No more.
exclude:
# Broken at the server.
- operation:x
";

    #[test]
    fn comments_stay_where_they_are() {
        let text = added(FILE, &given(&["tag:it's"], &["operation:y"], true)).unwrap();
        let expected = FILE.replace("/a#b/*\n", "/a#b/*\n  - 'tag:it''s'\n")
            + "- 'operation:y'\nkeep-prose: true\n";
        assert_eq!(text, expected);
        let text = added(FILE, &given(&["operation:x"], &[], false)).unwrap();
        let expected = FILE
            .replace("/a#b/*\n", "/a#b/*\n  - 'operation:x'\n")
            .replace("exclude:\n", "")
            .replace("- operation:x\n", "");
        assert_eq!(text, expected);
        let text = added("# Ours.\n{}\n", &given(&["tag:a"], &[], false)).unwrap();
        assert_eq!(text, "# Ours.\ninclude:\n- 'tag:a'\n");
    }

    #[test]
    fn a_list_in_one_line_is_written_anew_unless_a_comment_would_be_lost() {
        let more = given(&["tag:b"], &[], false);
        let file = "# Ours.\ninclude: [tag:a]\n";
        let expected = "include:\n- 'tag:a'\n- 'tag:b'\n";
        assert_eq!(added(file, &more), Ok(format!("# Ours.\n{expected}")));
        let file = "# Ours.\ninclude: [tag:a] # pets\n";
        assert_eq!(added(file, &more), Err(expected.to_owned()));
    }
}
