//! From tokens to lines.
//!
//! What is emitted has few shapes: items with bodies, calls, struct literals, lists. A statement that does not fit on a line has its
//! last group spread, with a line for each of its entries; nothing else is ever broken. The result is not rustfmt's, which emitted modules
//! are declared to be none of the business of.

mod entries;
mod spacing;
mod token;

use entries::{Entry, Kind, entries};
use proc_macro2::Delimiter;

pub(super) use spacing::is_segment;
pub(super) use token::{Token, tree};

/// The length of a line.
const MAX_WIDTH: usize = 100;

/// The length of a struct literal's members that stay on a line.
const LITERAL_WIDTH: usize = 18;

/// The spaces of a level.
const STEP: usize = 4;

/// Prints items, with an empty line between methods.
pub(super) fn items(tokens: &[Token]) -> String {
    let mut printer = Printer::default();
    printer.entries(tokens, 0, Kind::Items);
    printer.text
}

/// Prints tokens on one line, however long.
pub(super) fn one_line(tokens: &[Token]) -> String {
    let mut printer = Printer::default();
    printer.whole(tokens, None);
    printer.text
}

/// The text so far.
#[derive(Default)]
struct Printer {
    text: String,
    /// Where the last line begins.
    line: usize,
}

impl Printer {
    fn break_line(&mut self, indent: usize) {
        self.text.push('\n');
        self.line = self.text.len();
        self.text.extend(std::iter::repeat_n(' ', indent));
    }

    /// Prints the entries of a group, each with its line's end.
    fn entries(&mut self, tokens: &[Token], indent: usize, kind: Kind) {
        for (index, entry) in entries(tokens).enumerate() {
            if index > 0 && kind == Kind::Items {
                self.text.push('\n');
            }
            self.text.extend(std::iter::repeat_n(' ', indent));
            self.entry(&entry, indent, kind.separator(&entry));
            self.text.push('\n');
            self.line = self.text.len();
        }
    }

    /// Prints names, with as many on a line as fit.
    fn names(&mut self, tokens: &[Token], indent: usize) {
        self.text.extend(std::iter::repeat_n(' ', indent));
        for (index, entry) in entries(tokens).enumerate() {
            let name = one_line(entry.tokens);
            let length = self.text.len() - self.line + name.len() + " ,".len();
            if index > 0 && length > MAX_WIDTH {
                self.break_line(indent);
            } else if index > 0 {
                self.text.push(' ');
            }
            self.text.push_str(&name);
            self.text.push(',');
        }
        self.text.push('\n');
        self.line = self.text.len();
    }

    fn entry(&mut self, entry: &Entry<'_>, indent: usize, separator: &str) {
        for attribute in entry.attributes {
            match attribute {
                Token::Doc(line) => {
                    self.text.push_str("///");
                    self.text.push_str(line);
                }
                other => self.whole(std::slice::from_ref(other), None),
            }
            self.break_line(indent);
        }
        self.statement(entry.tokens, indent, separator);
    }

    /// Prints a statement and what ends it.
    fn statement(&mut self, tokens: &[Token], indent: usize, end: &str) {
        let start = self.text.len();
        let limit = self.line + MAX_WIDTH - end.len().min(MAX_WIDTH);
        if self.line(tokens, None, limit) {
            self.text.push_str(end);
            return;
        }
        self.text.truncate(start);
        match last_group(tokens) {
            Some((head, delimiter, inner, tail)) => {
                self.spread(head, (delimiter, inner), indent);
                let group = tokens.get(head.len());
                self.whole(tail, group);
            }
            None => self.whole(tokens, None),
        }
        self.text.push_str(end);
    }

    /// Prints a group over several lines, after what is before it.
    fn spread(&mut self, head: &[Token], group: (Delimiter, &[Token]), indent: usize) {
        let (delimiter, inner) = group;
        let (open, close) = delimiters(delimiter);
        let space = match (delimiter, head) {
            (Delimiter::Brace, [.., last]) if !last.is_sign("::") => " ",
            (_, [.., last]) => spacing::between(Some(last), &Token::Group(delimiter, Vec::new())),
            _ => "",
        };
        let open = format!("{space}{open}");
        self.statement(head, indent, &open);
        let kind = Kind::of(head, delimiter);
        let mut list = entries(inner);
        match (list.next(), list.next()) {
            (Some(only), None) if delimiter != Delimiter::Brace && only.ends_with_brace() => {
                self.entry(&only, indent, "");
            }
            _ => {
                self.text.push('\n');
                self.line = self.text.len();
                match kind {
                    Kind::Names => self.names(inner, indent + STEP),
                    kind => self.entries(inner, indent + STEP, kind),
                }
                self.text.extend(std::iter::repeat_n(' ', indent));
            }
        }
        self.text.push_str(close);
    }

    /// Prints tokens on the line, however long it gets.
    fn whole(&mut self, tokens: &[Token], before: Option<&Token>) {
        self.line(tokens, before, usize::MAX);
    }

    /// Prints tokens on the line. Returns whether they may stay on it: they end before the limit and nothing in them has lines of its own.
    fn line(&mut self, tokens: &[Token], before: Option<&Token>, limit: usize) -> bool {
        let mut before = before;
        for (at, token) in tokens.iter().enumerate() {
            self.text.push_str(spacing::between(before, token));
            let fits = match token {
                Token::Word(word) => {
                    self.text.push_str(word);
                    true
                }
                Token::Sign(sign) => {
                    self.text.push_str(sign);
                    true
                }
                Token::Group(delimiter, inner) => {
                    let head = tokens.get(..at).unwrap_or_default();
                    self.group(head, *delimiter, inner, limit)
                }
                Token::Doc(line) => {
                    let line = token::literal(line);
                    self.text.push_str(&format!("#[doc = {line}]"));
                    false
                }
                Token::Attribute(inner) => {
                    self.text.push_str("#[");
                    let fits = self.line(inner, None, limit);
                    self.text.push(']');
                    fits
                }
            };
            if limit < usize::MAX && (!fits || self.text.len() > limit) {
                return false;
            }
            before = Some(token);
        }
        true
    }

    /// Prints a group on the line.
    fn group(
        &mut self,
        head: &[Token],
        delimiter: Delimiter,
        inner: &[Token],
        limit: usize,
    ) -> bool {
        let (open, close) = delimiters(delimiter);
        self.text.push_str(open);
        let is_padded = delimiter == Delimiter::Brace
            && !inner.is_empty()
            && !head.last().is_some_and(|last| last.is_sign("::"));
        if is_padded {
            self.text.push(' ');
        }
        let start = self.text.len();
        let inner = match inner {
            [inner @ .., last] if last.is_sign(",") => inner,
            inner => inner,
        };
        let fits = self.line(inner, None, limit);
        let is_short = !is_padded
            || Kind::of(head, delimiter) == Kind::List && self.text.len() - start <= LITERAL_WIDTH;
        if is_padded {
            self.text.push(' ');
        }
        self.text.push_str(close);
        fits && is_short
    }
}

fn delimiters(delimiter: Delimiter) -> (&'static str, &'static str) {
    match delimiter {
        Delimiter::Parenthesis => ("(", ")"),
        Delimiter::Bracket => ("[", "]"),
        Delimiter::Brace => ("{", "}"),
        Delimiter::None => ("", ""),
    }
}

/// What is before a group, its delimiter, its tokens, and what is after it.
type Split<'a> = (&'a [Token], Delimiter, &'a [Token], &'a [Token]);

/// Splits tokens at the last group that has anything in it.
fn last_group(tokens: &[Token]) -> Option<Split<'_>> {
    let at = tokens
        .iter()
        .rposition(|token| matches!(token, Token::Group(_, inner) if !inner.is_empty()))?;
    match tokens.get(at)? {
        Token::Group(delimiter, inner) => {
            Some((tokens.get(..at)?, *delimiter, inner, tokens.get(at + 1..)?))
        }
        _ => None,
    }
}
