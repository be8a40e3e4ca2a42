//! Collects diagnostics while a document goes through the pipeline.

use super::{Diagnostic, Locate, Location, Origin, Place, Rated, Severity, SourceLine};

/// How many diagnostics of each severity there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// How many are [`Severity::Fatal`].
    pub fatal: usize,
    /// How many are [`Severity::Error`].
    pub errors: usize,
    /// How many are [`Severity::Warning`].
    pub warnings: usize,
    /// How many are [`Severity::Note`].
    pub notes: usize,
}

/// After how many diagnostics no name is suggested any more.
const MAX_SUGGESTIONS: usize = 200;

/// The diagnostics of one run. Collecting one stores its origin only; [`Diagnostics::locate`] looks up all places at once.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    items: Vec<Diagnostic>,
}

impl Diagnostics {
    /// An empty collection.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a fault.
    pub fn push(
        &mut self,
        code: impl Into<Rated>,
        place: &Place,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let Rated { code, severity } = code.into();
        self.items.push(Diagnostic {
            severity,
            code,
            origin: place.origin,
            below: place.below,
            pointer: place.pointer.clone(),
            location: None,
            source_line: None,
            message: message.into(),
            help: help.into(),
        });
    }

    /// Adds those of another collection.
    pub fn append(&mut self, other: Self) {
        self.items.extend(other.items);
    }

    /// Adds a fault whose place is known already, such as a syntax error.
    pub fn push_at(
        &mut self,
        code: impl Into<Rated>,
        location: Location,
        source_line: Option<SourceLine>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.push(code, &Place::nowhere(), message, help);
        if let Some(last) = self.items.last_mut() {
            last.location = Some(location);
            last.source_line = source_line;
        }
    }

    /// Looks up the places of all diagnostics that have none yet. Afterwards the order is: file, line, column, then the order in which
    /// they were added.
    pub fn locate(&mut self, documents: &[&dyn Locate]) {
        for document in documents {
            let mut pending: Vec<&mut Diagnostic> = self
                .items
                .iter_mut()
                .filter(|item| item.location.is_none())
                .collect();
            let origins: Vec<Origin> = pending.iter().map(|item| item.origin).collect();
            let places = document.locate_all(&origins);
            for (item, place) in pending.iter_mut().zip(places) {
                if let Some(written) = place {
                    item.pointer = written.pointer.join(&item.pointer.tail(item.below));
                    item.location = Some(written.location);
                    item.source_line = Some(written.source_line);
                }
            }
        }
        self.items
            .sort_by(|left, right| left.location.cmp(&right.location));
    }

    /// Whether nothing is left to work with.
    #[must_use]
    pub fn has_fatal(&self) -> bool {
        self.counts().fatal > 0
    }

    /// Whether the run stops: on anything fatal, and when `strict` on every error and warning too.
    #[must_use]
    pub fn stops(&self, strict: bool) -> bool {
        let counts = self.counts();
        counts.fatal > 0 || strict && counts.errors + counts.warnings > 0
    }

    /// How many there are of each severity.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for item in &self.items {
            match item.severity {
                Severity::Fatal => counts.fatal += 1,
                Severity::Error => counts.errors += 1,
                Severity::Warning => counts.warnings += 1,
                Severity::Note => counts.notes += 1,
            }
        }
        counts
    }

    /// The diagnostics in their present order.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.items.iter()
    }

    /// Whether another one is worth the search for the name that was meant, which takes the longer the more names there are.
    #[must_use]
    pub fn may_suggest(&self) -> bool {
        self.items.len() < MAX_SUGGESTIONS
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<T: IntoIterator<Item = Diagnostic>>(&mut self, items: T) {
        self.items.extend(items);
    }
}
