//! The report of an import as text.

use std::fmt;

use super::compare::{Change, Names, Part};
use super::correction::{Correction, CorrectionStatus, Row};
use super::report::{Entry, Placed, Report};
use crate::diagnostic::{Pointer, counted};

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operations = counted(self.operations, "operation");
        writeln!(formatter, "{}: {operations}", self.title)?;
        if !self.gone.is_empty() || !self.unmatched.is_empty() {
            let count = self.gone.len() + self.unmatched.len();
            writeln!(formatter, "\nGone or renamed: {count}")?;
            entries(formatter, &self.gone)?;
            for one in &self.unmatched {
                writeln!(formatter, "  - gone: {one}, which the selection names")?;
                let next = "take it out of the file of the selection, or correct it there";
                writeln!(formatter, "    next: {next}; {}", one.remedy())?;
            }
        }
        if !self.corrections.is_empty() {
            let additions = self.corrections.iter();
            let additions = additions.filter(|one| one.value.is_addition).count();
            write!(
                formatter,
                "\nCorrections: {} apply, {} unnecessary, {} out of date",
                self.count(CorrectionStatus::Applies),
                self.count(CorrectionStatus::Unnecessary),
                self.count(CorrectionStatus::OutOfDate),
            )?;
            match additions {
                0 => writeln!(formatter)?,
                _ => writeln!(
                    formatter,
                    ", {} without effect",
                    counted(additions, "addition")
                )?,
            }
        }
        renamed_targets(formatter, &self.corrections)?;
        for status in [CorrectionStatus::OutOfDate, CorrectionStatus::Unnecessary] {
            let corrections = self.corrections.iter();
            let alone = corrections.filter(|one| !one.value.needs_new_name());
            let (additions, alone): (Vec<_>, Vec<_>) = alone
                .filter(|one| one.value.status == status)
                .partition(|one| one.value.is_addition);
            for one in alone {
                correction(formatter, one)?;
            }
            self::additions(formatter, &additions)?;
        }
        let applies = self
            .corrections
            .iter()
            .filter(|one| one.value.status == CorrectionStatus::Applies);
        let names: Vec<&str> = applies.map(|one| &*one.value.name).collect();
        if !names.is_empty() {
            writeln!(formatter, "  still apply")?;
            wrapped(formatter, &names.join(", "), "      ")?;
        }
        if !self.new.is_empty() {
            let is_open = |entry: &&Entry| entry.corrections.is_empty();
            let open = self.new.iter().filter(is_open).count();
            let corrected = match self.new.len() - open {
                0 => String::new(),
                count => format!(", {count} of them corrected"),
            };
            writeln!(formatter, "\nNew or changed: {}{corrected}", self.new.len())?;
            entries(formatter, &self.new)?;
        }
        if self.is_clean() {
            let what = match self.has_earlier {
                true => "nothing has changed, and every correction applies",
                false => "nothing was imported before",
            };
            writeln!(formatter, "{what}")?;
        }
        Ok(())
    }
}

/// Writes findings in groups that need the same, those first that no correction is about.
fn entries(formatter: &mut fmt::Formatter<'_>, entries: &[Entry]) -> fmt::Result {
    let mut steps: Vec<&str> = Vec::new();
    let (open, corrected): (Vec<&Entry>, Vec<&Entry>) = entries
        .iter()
        .partition(|entry| entry.corrections.is_empty());
    for entry in open.into_iter().chain(corrected) {
        let step = next(entry);
        if !steps.contains(&step) {
            steps.push(step);
        }
    }
    for step in steps {
        let of_step = entries.iter().filter(|entry| next(entry) == step);
        for entry in of_step {
            let Placed { value, place } = &entry.finding;
            let sign = match value.change {
                Change::Gone => "gone: ",
                Change::New => "new: ",
                Change::Renamed | Change::Changed => "",
            };
            write!(formatter, "  - {sign}{}", value.text)?;
            if let Some(place) = place {
                write!(formatter, " ({place})")?;
            }
            if !entry.corrections.is_empty() {
                write!(
                    formatter,
                    " — corrected by {}",
                    entry.corrections.join(", ")
                )?;
            }
            writeln!(formatter)?;
        }
        writeln!(formatter, "    next: {step}")?;
    }
    Ok(())
}

/// Returns what a maintainer does about a finding.
fn next(entry: &Entry) -> &'static str {
    if !entry.corrections.is_empty() {
        return "read the correction again, and adapt it if it no longer fits";
    }
    let finding = &entry.finding.value;
    match (finding.change, finding.part) {
        (Change::Gone, Part::Operation) => {
            "its method leaves the client: delete what the overlay says of it, and list it in the changelog"
        }
        (Change::Gone, Part::SecurityScheme) => {
            "callers can't name such a credential any more: correct it if servers still accept it"
        }
        (Change::Gone, Part::EnumValue) => {
            "the client reads it as an unknown value: keep it by a correction if servers still send it"
        }
        (Change::Gone, _) => {
            "it leaves the client: delete what the overlay says of it, or keep it by a correction if servers still have it"
        }
        (Change::Renamed, _) => {
            "write the new name in the overlay; `x-rust-name` keeps the client's name where it is to stay"
        }
        (Change::New, Part::Operation) => {
            "name and document it in the overlay, or import again with `--exclude 'operation:ID' --write`, which leaves it out"
        }
        (Change::New, _) => {
            "it becomes part of the client: document it in the overlay, and correct it where servers differ"
        }
        (Change::Changed, _) => {
            "compare it with the server, and correct it in the overlay if they differ"
        }
    }
}

/// Writes the corrections that are right but for a name in their targets, together for each set of names.
fn renamed_targets(
    formatter: &mut fmt::Formatter<'_>,
    corrections: &[Placed<Correction>],
) -> fmt::Result {
    let renamed = || {
        let corrections = corrections.iter().map(|one| &one.value);
        corrections.filter(|one| one.needs_new_name())
    };
    let mut groups: Vec<(&[Names], &str)> = Vec::new();
    for one in renamed() {
        let group = (&*one.renamed, one.next);
        if !groups.contains(&group) {
            groups.push(group);
        }
    }
    for (names, next) in groups {
        let of_group: Vec<&Correction> = renamed().filter(|one| one.renamed == names).collect();
        let pairs: Vec<String> = names
            .iter()
            .map(|Names { old, new }| format!("`{old}` is called `{new}` now"))
            .collect();
        let count = counted(of_group.len(), "action");
        writeln!(
            formatter,
            "  - out of date: {count}, since {}",
            pairs.join(" and ")
        )?;
        let names: Vec<&str> = of_group.iter().map(|one| &*one.name).collect();
        wrapped(formatter, &names.join(", "), "      ")?;
        writeln!(formatter, "    next: {next}")?;
    }
    Ok(())
}

/// Writes additions in groups that need the same.
fn additions(formatter: &mut fmt::Formatter<'_>, additions: &[&Placed<Correction>]) -> fmt::Result {
    let mut rest = additions.to_vec();
    while let Some(first) = rest.first() {
        let next = first.value.next;
        let (group, others) = rest.into_iter().partition(|one| one.value.next == next);
        rest = others;
        for one in group {
            headline(formatter, one)?;
        }
        writeln!(formatter, "    next: {next}")?;
    }
    Ok(())
}

fn headline(formatter: &mut fmt::Formatter<'_>, one: &Placed<Correction>) -> fmt::Result {
    let Placed { value, place } = one;
    let status = match value.status {
        CorrectionStatus::Applies => "still applies",
        CorrectionStatus::Unnecessary => "unnecessary",
        CorrectionStatus::OutOfDate => "out of date",
    };
    let place = place.as_deref().unwrap_or_default();
    let kind = if value.is_addition { "addition " } else { "" };
    writeln!(formatter, "  - {status}: {kind}{} ({place})", value.name)
}

fn correction(formatter: &mut fmt::Formatter<'_>, one: &Placed<Correction>) -> fmt::Result {
    headline(formatter, one)?;
    let value = &one.value;
    for target in value.targets.iter().filter(|target| **target != value.name) {
        writeln!(formatter, "      {target}")?;
    }
    table(formatter, &value.rows)?;
    for Names { old, new } in &value.renamed {
        writeln!(formatter, "      `{old}` is called `{new}` now")?;
    }
    if !value.reason.is_empty() {
        wrapped(formatter, &format!("reason: {}", value.reason), "      ")?;
    }
    writeln!(formatter, "    next: {}", value.next)
}

/// The width of a column of values.
const COLUMN: usize = 40;

/// Writes what was published and what is there now side by side.
fn table(formatter: &mut fmt::Formatter<'_>, rows: &[Row]) -> fmt::Result {
    if rows.is_empty() {
        return Ok(());
    }
    let keys = rows.iter().map(|row| row.key.chars().count()).max();
    let width = keys.unwrap_or_default();
    let (then, now) = ("published then", "published now");
    writeln!(formatter, "      {:width$} | {then:COLUMN$} | {now}", "")?;
    for row in rows {
        let (then, now) = (pieces(&row.then), pieces(&row.now));
        for line in 0..then.len().max(now.len()) {
            let key = if line == 0 { &*row.key } else { "" };
            let cell = |pieces: &[String]| pieces.get(line).cloned().unwrap_or_default();
            let (then, now) = (cell(&then), cell(&now));
            let text = format!("      {key:width$} | {then:COLUMN$} | {now}");
            writeln!(formatter, "{}", text.trim_end())?;
        }
        if let Some(at) = &row.at {
            let others = match row.places {
                1 => String::new(),
                places => format!(" and {}", counted(places - 1, "other place")),
            };
            writeln!(formatter, "      {:width$} | at {}{others}", "", path(at))?;
        }
    }
    Ok(())
}

/// Returns a pointer as the JSONPath that an overlay has for it.
fn path(pointer: &Pointer) -> String {
    let mut path = "$".to_owned();
    for segment in pointer.segments() {
        let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        if segment.parse::<usize>().is_ok_and(|index| index < 100) {
            path.push_str(&format!("[{segment}]"));
        } else if segment.starts_with(|c: char| c.is_ascii_alphabetic())
            && segment.chars().all(is_word)
        {
            path.push_str(&format!(".{segment}"));
        } else {
            path.push_str(&format!("['{}']", segment.replace('\'', "\\'")));
        }
    }
    path
}

fn pieces(text: &str) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    let pieces = characters.chunks(COLUMN);
    pieces.map(|piece| piece.iter().collect()).collect()
}

/// Writes a text in lines of a readable length.
fn wrapped(formatter: &mut fmt::Formatter<'_>, text: &str, indent: &str) -> fmt::Result {
    const WIDTH: usize = 110;
    let mut line = String::new();
    for word in text.split_whitespace() {
        let length = line.chars().count() + word.chars().count() + 1;
        if !line.is_empty() && length > WIDTH {
            writeln!(formatter, "{indent}{line}")?;
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    writeln!(formatter, "{indent}{line}")
}
