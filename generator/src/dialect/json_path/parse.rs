//! Reads queries.

use super::{Filter, JsonPath, Operand, Relative, Segment, Selector, Step, Unreadable};
use crate::source::{Data, Number};

/// How deep parentheses may be nested in a filter.
const MAX_PARENTHESES: usize = 32;

impl JsonPath {
    /// Reads a query.
    pub(in crate::dialect) fn parse(text: &str) -> Result<Self, Unreadable> {
        let mut parser = Parser {
            text,
            offset: 0,
            parentheses: 0,
        };
        if !parser.eat("$") {
            return parser.expected("`$` at the beginning");
        }
        let mut segments = Vec::new();
        while parser.peek().is_some() {
            segments.push(parser.segment()?);
        }
        Ok(Self { segments })
    }
}

struct Parser<'text> {
    text: &'text str,
    offset: usize,
    parentheses: usize,
}

impl Parser<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.offset..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn eat(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        if found {
            self.offset += token.len();
        }
        found
    }

    fn skip_blanks(&mut self) {
        self.take_while(|character| character.is_ascii_whitespace());
    }

    fn take_while(&mut self, accept: impl Fn(char) -> bool) -> &str {
        let start = self.offset;
        let length = self
            .rest()
            .find(|character| !accept(character))
            .unwrap_or(self.rest().len());
        self.offset += length;
        self.text.get(start..self.offset).unwrap_or_default()
    }

    fn expected<T>(&self, what: &str) -> Result<T, Unreadable> {
        let found = match self.peek() {
            Some(character) => format!("found `{character}`"),
            None => "the path ends".to_owned(),
        };
        let before = self.text.get(..self.offset).unwrap_or_default();
        let column = before.chars().count() + 1;
        Err(Unreadable {
            message: format!("expected {what}, {found}"),
            column,
        })
    }

    fn segment(&mut self) -> Result<Segment, Unreadable> {
        if self.eat("..") {
            let selector = match self.peek() {
                Some('[') => self.bracket()?,
                _ => self.dotted()?,
            };
            return Ok(Segment::Descendant(selector));
        }
        if self.eat(".") {
            return Ok(Segment::Child(self.dotted()?));
        }
        if self.peek() == Some('[') {
            return Ok(Segment::Child(self.bracket()?));
        }
        self.expected("`.name`, `['name']`, `[0]`, `.*`, `..name` or `[?…]`")
    }

    fn dotted(&mut self) -> Result<Selector, Unreadable> {
        if self.eat("*") {
            return Ok(Selector::Wildcard);
        }
        Ok(Selector::Name(self.name()?))
    }

    /// A name after a dot: letters, digits, `_`, everything beyond ASCII, and `-`, which RFC 9535 wants in quotes but overlays have.
    fn name(&mut self) -> Result<String, Unreadable> {
        if self.peek().is_some_and(|first| first.is_ascii_digit()) {
            return self.expected("a name; one that begins with a digit is written `['…']`");
        }
        let name = self
            .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-') || !c.is_ascii());
        if name.is_empty() {
            return self.expected("a name");
        }
        Ok(name.to_owned())
    }

    fn bracket(&mut self) -> Result<Selector, Unreadable> {
        self.eat("[");
        self.skip_blanks();
        let selector = match self.peek() {
            Some('*') => {
                self.eat("*");
                Selector::Wildcard
            }
            Some('\'' | '"') => Selector::Name(self.string()?),
            Some('0'..='9') => Selector::Index(self.index()?),
            Some('?') => {
                self.eat("?");
                Selector::Filter(self.filter()?)
            }
            _ => return self.expected("a name in quotes, an index, `*` or a filter `?`"),
        };
        self.skip_blanks();
        if self.eat("]") {
            Ok(selector)
        } else {
            self.expected("`]`")
        }
    }

    fn index(&mut self) -> Result<usize, Unreadable> {
        let start = self.offset;
        if let Ok(index) = self
            .take_while(|character| character.is_ascii_digit())
            .parse()
        {
            return Ok(index);
        }
        self.offset = start;
        self.expected("an index")
    }

    fn string(&mut self) -> Result<String, Unreadable> {
        let Some(quote) = self.peek() else {
            return self.expected("a string");
        };
        self.offset += quote.len_utf8();
        let mut text = String::new();
        while let Some(character) = self.peek() {
            self.offset += character.len_utf8();
            match character {
                '\\' => match self.peek() {
                    Some(escaped @ ('\'' | '"' | '\\' | '/')) => {
                        self.offset += escaped.len_utf8();
                        text.push(escaped);
                    }
                    _ => return self.expected("a quote or a backslash after the backslash"),
                },
                _ if character == quote => return Ok(text),
                _ => text.push(character),
            }
        }
        self.expected("the end of the string")
    }

    fn filter(&mut self) -> Result<Filter, Unreadable> {
        let mut alternatives = vec![self.all_of()?];
        while self.eat("||") {
            alternatives.push(self.all_of()?);
        }
        Ok(Filter::Any(alternatives))
    }

    fn all_of(&mut self) -> Result<Filter, Unreadable> {
        let mut parts = vec![self.condition()?];
        while self.eat("&&") {
            parts.push(self.condition()?);
        }
        Ok(Filter::All(parts))
    }

    fn condition(&mut self) -> Result<Filter, Unreadable> {
        self.skip_blanks();
        let condition = if self.peek() == Some('(') {
            self.group()?
        } else {
            self.comparison()?
        };
        self.skip_blanks();
        Ok(condition)
    }

    fn group(&mut self) -> Result<Filter, Unreadable> {
        if self.parentheses == MAX_PARENTHESES {
            return self.expected("fewer parentheses");
        }
        self.eat("(");
        self.parentheses += 1;
        let inner = self.filter()?;
        self.parentheses -= 1;
        if self.eat(")") {
            Ok(inner)
        } else {
            self.expected("`)`, `&&` or `||`")
        }
    }

    fn comparison(&mut self) -> Result<Filter, Unreadable> {
        let left = self.operand()?;
        self.skip_blanks();
        let equal = if self.eat("==") {
            true
        } else if self.eat("!=") {
            false
        } else {
            return match left {
                Operand::Node(node) => Ok(Filter::Exists(node)),
                Operand::Literal(_) => self.expected("`==` or `!=`"),
            };
        };
        self.skip_blanks();
        Ok(Filter::Compare {
            left,
            right: self.operand()?,
            equal,
        })
    }

    fn operand(&mut self) -> Result<Operand, Unreadable> {
        if self.eat("@") {
            return Ok(Operand::Node(self.relative()?));
        }
        match self.peek() {
            Some('\'' | '"') => Ok(Operand::Literal(Data::String(self.string()?))),
            Some('-' | '0'..='9') => {
                let start = self.offset;
                let text = self
                    .take_while(|c| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | 'e' | 'E'));
                if let Some(number) = Number::parse(text) {
                    return Ok(Operand::Literal(Data::Number(number)));
                }
                self.offset = start;
                self.expected("a number")
            }
            _ => {
                for (word, value) in [
                    ("true", Data::Bool(true)),
                    ("false", Data::Bool(false)),
                    ("null", Data::Null),
                ] {
                    if self.eat(word) {
                        return Ok(Operand::Literal(value));
                    }
                }
                self.expected("`@`, a string, a number, `true`, `false` or `null`")
            }
        }
    }

    fn relative(&mut self) -> Result<Relative, Unreadable> {
        let mut steps = Vec::new();
        loop {
            if self.peek() == Some('.') {
                self.eat(".");
                steps.push(Step::Name(self.name()?));
            } else if self.peek() == Some('[') {
                let start = self.offset;
                steps.push(match self.bracket()? {
                    Selector::Name(name) => Step::Name(name),
                    Selector::Index(index) => Step::Index(index),
                    Selector::Wildcard | Selector::Filter(_) => {
                        self.offset = start;
                        return self.expected("a single member or element inside a filter");
                    }
                });
            } else {
                return Ok(Relative(steps));
            }
        }
    }
}
