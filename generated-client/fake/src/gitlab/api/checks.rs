//! Checks of parameters, and their common error text. Knows types of parameters, not their meanings.

use jiff::Timestamp;
use jiff::civil::Date;

use super::call::Parameters;
use super::dates;
use crate::response::FakeResponse;

/// Reads typed parameters and collects their problems in the order of reading.
pub(crate) struct Checks<'call> {
    parameters: &'call Parameters,
    problems: Vec<String>,
}

impl<'call> Checks<'call> {
    pub(crate) fn new(parameters: &'call Parameters) -> Self {
        Self {
            parameters,
            problems: Vec::new(),
        }
    }

    pub(crate) fn problem(&mut self, name: &str, what: &str) {
        self.problems.push(format!("{name} {what}"));
    }

    /// Returns the error response if there was a problem.
    pub(crate) fn finish(self) -> Result<(), FakeResponse> {
        if self.problems.is_empty() {
            Ok(())
        } else {
            Err(FakeResponse::error(400, &self.problems.join(", ")))
        }
    }

    pub(crate) fn integer(&mut self, name: &str) -> Option<i64> {
        self.typed(name, |text| text.trim().parse().ok())
    }

    pub(crate) fn boolean(&mut self, name: &str) -> Option<bool> {
        self.typed(name, |text| match text.to_ascii_lowercase().as_str() {
            "true" | "t" | "1" | "yes" | "y" | "on" => Some(true),
            "false" | "f" | "0" | "no" | "n" | "off" => Some(false),
            _ => None,
        })
    }

    pub(crate) fn date(&mut self, name: &str) -> Option<Date> {
        self.typed(name, dates::date)
    }

    pub(crate) fn moment(&mut self, name: &str) -> Option<Timestamp> {
        self.typed(name, dates::moment)
    }

    /// Reads a parameter. Returns `None` if it is absent or blank, and reports a problem if it is invalid.
    fn typed<T>(&mut self, name: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        self.parameters.get(name)?;
        let text = self.parameters.text(name);
        if text.as_deref().is_some_and(|text| text.trim().is_empty()) {
            return None;
        }
        let value = text.as_deref().and_then(read);
        if value.is_none() {
            self.problem(name, "is invalid");
        }
        value
    }
}
