//! Writes parsed Markdown anew, block by block, without recursion: what is open is on a stack.

use pulldown_cmark::{
    CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd, TextMergeStream,
};

use super::escape::{self, clean, code, line_starts, longest_run};
use super::html;

/// Languages that rustdoc does not take for Rust.
const LANGUAGES: &[&str] = &[
    "bash",
    "console",
    "csv",
    "diff",
    "go",
    "graphql",
    "html",
    "http",
    "java",
    "javascript",
    "json",
    "markdown",
    "python",
    "ruby",
    "sh",
    "shell",
    "sql",
    "text",
    "toml",
    "xml",
    "yaml",
];

/// A block of Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) text: String,
    pub(super) is_paragraph: bool,
}

impl Block {
    pub(super) fn paragraph(text: String) -> Self {
        Self {
            text,
            is_paragraph: true,
        }
    }

    fn other(text: String) -> Self {
        Self {
            text,
            is_paragraph: false,
        }
    }
}

/// What is being read.
enum Frame {
    /// The whole text, a quotation, or an item with its marker.
    Root,
    Quote,
    Item(String),
    /// A list, with the number of its next item.
    List(Option<u64>),
    /// Anything that holds text: a paragraph, a heading, a cell.
    Inline,
    Emphasis(&'static str),
    /// A link with its target, where it has one that holds from everywhere.
    Link(Option<String>),
    /// A URL in angle brackets.
    Autolink(String),
    Code(String),
    Html,
    /// A table, a row of it; the row knows whether it is the head.
    Table,
    Row(bool),
}

struct Open {
    frame: Frame,
    inline: String,
    blocks: Vec<Block>,
}

impl Open {
    fn new(frame: Frame) -> Self {
        Self {
            frame,
            inline: String::new(),
            blocks: Vec::new(),
        }
    }

    /// Makes a paragraph of text that is in a block without one, as in the items of a tight list.
    fn flush(&mut self) {
        let text = std::mem::take(&mut self.inline);
        if !text.trim().is_empty() {
            self.blocks.push(Block::paragraph(line_starts(text.trim())));
        }
    }
}

/// The blocks of a text.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    match text.trim_end() {
        plain if is_plain(plain) => vec![Block::paragraph(plain.to_owned())],
        _ => parsed(text),
    }
}

/// Returns whether a text is a line without a sign that Markdown knows, which the parser leaves as it is. Most descriptions are such.
fn is_plain(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b" ,.;'\"()?!/-".contains(&byte))
}

/// The blocks that the parser finds in a text.
pub(super) fn parsed(text: &str) -> Vec<Block> {
    let text = clean(text);
    let mut stack = vec![Open::new(Frame::Root)];
    for event in TextMergeStream::new(Parser::new_ext(&text, Options::ENABLE_TABLES)) {
        match event {
            Event::Start(tag) => start(&mut stack, tag),
            Event::End(tag) => end(&mut stack, tag),
            other => leaf(&mut stack, other),
        }
    }
    while stack.len() > 1 {
        close(&mut stack);
    }
    let mut blocks = Vec::new();
    if let Some(mut root) = stack.pop() {
        root.flush();
        blocks = root.blocks;
    }
    blocks
}

fn start(stack: &mut Vec<Open>, tag: Tag<'_>) {
    let frame = match tag {
        Tag::BlockQuote(_) => Frame::Quote,
        Tag::List(number) => Frame::List(number),
        Tag::Item => Frame::Item(marker(stack)),
        Tag::Emphasis => Frame::Emphasis("*"),
        Tag::Strong => Frame::Emphasis("**"),
        Tag::Link {
            link_type: LinkType::Autolink,
            dest_url,
            ..
        } if escape::is_absolute(&dest_url) => Frame::Autolink(dest_url.into_string()),
        Tag::Link {
            link_type,
            dest_url,
            ..
        } => Frame::Link(target(link_type, &dest_url)),
        Tag::Image { dest_url, .. } => Frame::Link(target(LinkType::Inline, &dest_url)),
        Tag::CodeBlock(kind) => Frame::Code(language(&kind).to_owned()),
        Tag::HtmlBlock => Frame::Html,
        Tag::Table(_) => Frame::Table,
        Tag::TableHead => Frame::Row(true),
        Tag::TableRow => Frame::Row(false),
        _ => Frame::Inline,
    };
    let is_block = !matches!(
        frame,
        Frame::Emphasis(_) | Frame::Link(_) | Frame::Autolink(_)
    );
    if is_block
        && let Some(parent) = stack.last_mut()
        && !matches!(parent.frame, Frame::Table | Frame::Row(_))
    {
        parent.flush();
    }
    stack.push(Open::new(frame));
}

/// The marker of the next item of the innermost list.
fn marker(stack: &mut [Open]) -> String {
    match stack.last_mut().map(|open| &mut open.frame) {
        Some(Frame::List(Some(number))) => {
            let marker = format!("{number}. ");
            *number = number.saturating_add(1).min(999_999_999);
            marker
        }
        _ => "- ".to_owned(),
    }
}

fn target(link_type: LinkType, url: &str) -> Option<String> {
    match link_type {
        LinkType::Email => Some(format!("mailto:{}", escape::url(url))),
        _ => escape::is_absolute(url).then(|| escape::url(url)),
    }
}

fn language(kind: &CodeBlockKind<'_>) -> &'static str {
    let CodeBlockKind::Fenced(info) = kind else {
        return "text";
    };
    let word = info.split([' ', ',', '{']).next().unwrap_or_default();
    LANGUAGES
        .iter()
        .find(|language| language.eq_ignore_ascii_case(word))
        .copied()
        .unwrap_or("text")
}

fn end(stack: &mut Vec<Open>, tag: TagEnd) {
    if stack.len() > 1 {
        match tag {
            TagEnd::Heading(_) => {
                if let Some(open) = stack.last_mut() {
                    let text = open.inline.replace("**", "");
                    open.inline = match text.trim() {
                        "" => String::new(),
                        text => format!("**{text}**"),
                    };
                }
            }
            TagEnd::TableCell => {
                let cell = stack.pop().map(|open| open.inline).unwrap_or_default();
                if let Some(row) = stack.last_mut() {
                    row.inline.push_str(&format!(
                        " {} |",
                        cell.trim().replace("\\\n", " ").replace('\n', " ")
                    ));
                }
                return;
            }
            _ => {}
        }
        close(stack);
    }
}

/// Closes the innermost open thing and hands what it holds to the one around it.
fn close(stack: &mut Vec<Open>) {
    let Some(mut open) = stack.pop() else { return };
    let Some(parent) = stack.last_mut() else {
        return;
    };
    match &open.frame {
        Frame::Emphasis(mark) => {
            let text = open.inline.trim();
            if !text.is_empty() {
                parent.inline.push_str(&format!("{mark}{text}{mark}"));
            }
        }
        Frame::Link(target) => {
            let text = open.inline.trim();
            match target {
                Some(target) if text.is_empty() || text == target => {
                    parent.inline.push_str(&format!("<{target}>"));
                }
                Some(target) => parent.inline.push_str(&format!("[{text}]({target})")),
                None => parent.inline.push_str(text),
            }
        }
        Frame::Autolink(url) => parent.inline.push_str(&format!("<{url}>")),
        Frame::Code(language) => {
            let content = open.inline.trim_end_matches('\n');
            let fence = "`".repeat(longest_run(content, '`').max(2) + 1);
            let lines: Vec<&str> = content.lines().map(str::trim_end).collect();
            let text = format!("{fence}{language}\n{}\n{fence}", lines.join("\n"));
            parent.blocks.push(Block::other(text));
        }
        Frame::Html => {
            let text = html::without_tags(&open.inline);
            for paragraph in text.split("\n\n").map(str::trim) {
                if !paragraph.is_empty() {
                    let text = line_starts(&escape::text(paragraph, false));
                    parent.blocks.push(Block::paragraph(text));
                }
            }
        }
        Frame::Row(is_head) => {
            parent.inline.push_str(&format!("|{}\n", open.inline));
            if *is_head {
                let columns = open.inline.matches(" |").count();
                parent
                    .inline
                    .push_str(&format!("|{}\n", " --- |".repeat(columns)));
            }
        }
        Frame::Table => {
            let text = open.inline.trim_end().to_owned();
            parent.blocks.push(Block::other(text));
        }
        Frame::Inline | Frame::Root => {
            open.flush();
            parent.blocks.append(&mut open.blocks);
        }
        Frame::Quote => {
            open.flush();
            let text = prefixed(&joined(&open.blocks), "> ", "> ");
            parent.blocks.push(Block::other(text));
        }
        Frame::Item(marker) => {
            let marker = marker.clone();
            open.flush();
            let text = prefixed(&joined(&open.blocks), &marker, &" ".repeat(marker.len()));
            parent.blocks.push(Block::other(text));
        }
        Frame::List(_) => {
            let items: Vec<&str> = open.blocks.iter().map(|item| item.text.as_str()).collect();
            parent.blocks.push(Block::other(items.join("\n")));
        }
    }
}

fn joined(blocks: &[Block]) -> String {
    let texts: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
    texts.join("\n\n")
}

fn prefixed(text: &str, first: &str, others: &str) -> String {
    let mut lines = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let prefix = if number == 0 { first } else { others };
        lines.push(format!("{prefix}{line}").trim_end().to_owned());
    }
    lines.join("\n")
}

fn leaf(stack: &mut [Open], event: Event<'_>) {
    let within = |wanted: fn(&Frame) -> bool| stack.iter().any(|open| wanted(&open.frame));
    let in_link = within(|frame| matches!(frame, Frame::Link(_)));
    let in_table = within(|frame| matches!(frame, Frame::Table));
    let Some(open) = stack.last_mut() else { return };
    match event {
        Event::Text(text) if matches!(open.frame, Frame::Code(_) | Frame::Html) => {
            open.inline.push_str(&text);
        }
        Event::Text(text) => open.inline.push_str(&escape::text(&text, in_link)),
        // In a table a bar ends the cell even in code.
        Event::Code(text) if in_table => open.inline.push_str(&code(&text.replace('|', "\\|"))),
        Event::Code(text) => open.inline.push_str(&code(&text)),
        Event::Html(text) => open.inline.push_str(&text),
        Event::InlineHtml(text) => {
            let text = html::without_tags(&text);
            open.inline.push_str(&escape::text(&text, true));
        }
        Event::SoftBreak => open.inline.push('\n'),
        Event::HardBreak => open.inline.push_str("\\\n"),
        _ => {}
    }
}
