//! The text of an error: one line, without headers, bodies, query strings and decoded values.

use std::fmt;

use http::StatusCode;

use crate::runtime::error::Error;

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        if let Some(operation) = self.operation() {
            formatter.write_str(operation)?;
            separator = ": ";
        }
        if let Some(status) = self.status() {
            formatter.write_str(separator)?;
            write_status(status, formatter)?;
            separator = ": ";
        }
        let message = self
            .message()
            .filter(|message| !self.is_only_status(message));
        for text in [self.detail(), message].into_iter().flatten() {
            write!(formatter, "{separator}{text}")?;
            separator = ": ";
        }
        if let Some(transport) = self.transport_error() {
            write!(formatter, "{separator}{transport}")?;
        }
        if let Some(authority) = self.authority() {
            write!(formatter, " ({authority})")?;
        }
        if let Some(code) = self.code() {
            write!(formatter, " ({code})")?;
        }
        write_scopes(self.required_scopes(), formatter)?;
        if self.is_outcome_unknown() {
            formatter.write_str("; it is unknown whether the server executed the request")?;
        }
        if let Some(advice) = self.advice() {
            write!(formatter, "; {advice}")?;
        }
        if let Some(reason) = self.list_end() {
            write!(formatter, "; {reason}")?;
        }
        match self.request_id() {
            Some(request_id) => write!(formatter, " [request {request_id}]"),
            None => Ok(()),
        }
    }
}

impl Error {
    /// Returns whether the server's message only repeats the status, such as `401 Unauthorized` or `Unauthorized`.
    fn is_only_status(&self, message: &str) -> bool {
        let Some(status) = self.status() else {
            return false;
        };
        let rest = message.strip_prefix(status.as_str()).unwrap_or(message);
        let reason = rest
            .trim_start_matches([' ', '-', ':'])
            .trim_end_matches('.');
        reason.is_empty()
            || status
                .canonical_reason()
                .is_some_and(|own| own.eq_ignore_ascii_case(reason))
    }
}

fn write_status(status: StatusCode, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    formatter.write_str(status.as_str())?;
    match status.canonical_reason() {
        Some(reason) => write!(formatter, " {reason}"),
        None => Ok(()),
    }
}

/// The maximum number of scopes in the text.
const SHOWN_SCOPES: usize = 8;

fn write_scopes(scopes: &[String], formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut separator = "; the server requires the scopes ";
    for scope in scopes.iter().take(SHOWN_SCOPES) {
        write!(formatter, "{separator}`{scope}`")?;
        separator = ", ";
    }
    if scopes.len() > SHOWN_SCOPES {
        formatter.write_str(" and others")?;
    }
    Ok(())
}

impl fmt::Debug for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Error")
            .field("kind", &self.kind())
            .field("text", &format_args!("{self}"))
            .finish_non_exhaustive()
    }
}

/// There is no source, because the text is complete. A caller that prints an error with its sources would print the same text twice.
impl std::error::Error for Error {}
