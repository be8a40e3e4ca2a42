//! What commands print.

use std::fmt::Display;
use std::io::{self, ErrorKind, Write as _};

/// Prints a text. A reader that has closed the pipe, such as `head`, does not end the command.
pub(crate) fn print(text: impl Display) {
    let mut output = io::stdout().lock();
    let printed = write!(output, "{text}").and_then(|()| output.flush());
    if let Err(error) = printed
        && error.kind() != ErrorKind::BrokenPipe
    {
        eprintln!("error: the output can't be printed: {error}");
    }
}

/// Prints a text and the end of a line, as [`print`] does.
pub(crate) fn print_line(text: impl Display) {
    print(format_args!("{text}\n"));
}

/// Returns the text of an error with what to do about it, in the form of the diagnostics.
pub(crate) fn failure(message: impl Display, help: &str) -> String {
    format!("error: {message}\n  = help: {help}")
}
