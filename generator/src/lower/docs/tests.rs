//! Texts as tables: what a document says, and what is in rustdoc.

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::render::{blocks, parsed};
use super::{code, item, summarized};
use crate::model::Docs;

fn text(markdown: &str) -> String {
    let docs = item(None, Some(markdown), None, &[]);
    let parts = [docs.summary, docs.description];
    parts.into_iter().flatten().collect::<Vec<_>>().join("\n\n")
}

#[track_caller]
fn assert_texts(table: &[(&str, &str)]) {
    for (markdown, expected) in table {
        assert_eq!(text(markdown), *expected, "{markdown:?}");
    }
}

#[test]
fn plain_words_stay_as_they_are() {
    assert_texts(&[
        ("The id.", "The id."),
        (
            "snake_case and a.b, (c) 1 < 2 > 0; x = y!",
            "snake_case and a.b, (c) 1 < 2 > 0; x = y!",
        ),
        ("It's \"quoted\" – so…", "It's \"quoted\" – so…"),
        (
            "*emphasis* and **strong** and `code`",
            "*emphasis* and **strong** and `code`",
        ),
        ("", ""),
        ("  \n ", ""),
    ]);
}

#[test]
fn what_looks_like_markup_is_escaped() {
    assert_texts(&[
        ("Use <token> here", "Use \\<token> here"),
        (
            "a list[0] of [x] and [y](z)",
            "a list\\[0\\] of \\[x\\] and y",
        ),
        ("Vec<String>", "Vec\\<String>"),
        ("2 * 3 * 4", "2 \\* 3 \\* 4"),
        ("an ` alone", "an \\` alone"),
        ("_start of a word", "\\_start of a word"),
        ("&amp; and &lt;b&gt;", "& and \\<b>"),
        ("&copy;", "©"),
        ("\\*not emphasis\\*", "\\*not emphasis\\*"),
        ("a | b", "a \\| b"),
        ("~~struck~~", "\\~\\~struck\\~\\~"),
        ("[!NOTE]", "\\[!NOTE\\]"),
        ("\\# no heading", "\\# no heading"),
        ("1986\\. A year", "1986\\. A year"),
        ("a\n\\- b", "a \\- b"),
        ("1.5 is a version", "1.5 is a version"),
    ]);
}

#[test]
fn urls_become_links() {
    assert_texts(&[
        (
            "See https://example.com/a_b_c?d=1&e=2.",
            "See <https://example.com/a_b_c?d=1&e=2>.",
        ),
        ("(http://example.com)", "(<http://example.com>)"),
        (
            "https://en.wikipedia.org/wiki/A_(b)",
            "<https://en.wikipedia.org/wiki/A_(b)>",
        ),
        ("<https://example.com>", "<https://example.com>"),
        (
            "[here](https://example.com/x)",
            "[here](https://example.com/x)",
        ),
        (
            "[https://a.example](https://a.example/b)",
            "[https://a.example](https://a.example/b)",
        ),
        ("[relative](../api/things.md#x)", "relative"),
        (
            "[anchor](#x) and [mail](mailto:a@example.com)",
            "anchor and [mail](mailto:a@example.com)",
        ),
        (
            "[space](<https://example.com/a b(c)>)",
            "[space](https://example.com/a%20b%28c%29)",
        ),
        (
            "![alt](https://example.com/x.png)",
            "[alt](https://example.com/x.png)",
        ),
        ("![](x.png)", ""),
        (
            "[ref][1]\n\n[1]: https://example.com",
            "[ref](https://example.com)",
        ),
        ("https://", "https://"),
        ("`https://example.com`", "`https://example.com`"),
    ]);
}

#[test]
fn html_is_text_or_nothing() {
    assert_texts(&[
        ("a<br>b<br/>c", "a b c"),
        ("<b>bold</b> and <unknown>", "bold and \\<unknown>"),
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("<!-- hidden -->shown", "shown"),
        ("a <!-- hidden --> b", "a  b"),
        ("<div>\n\n**x**\n\n</div>", "**x**"),
        ("<a href=\"https://example.com\">link</a>", "link"),
        ("<details><summary>More</summary>text", "Moretext"),
        ("unclosed <b", "unclosed \\<b"),
        ("<script>alert(1)</script>", "alert(1)"),
    ]);
}

#[test]
fn code_is_never_taken_for_rust() {
    assert_texts(&[
        ("```\nlet x = 1;\n```", "```text\nlet x = 1;\n```"),
        ("```rust\nlet x;\n```", "```text\nlet x;\n```"),
        ("```JSON\n{\"a\":\t1}\n```", "```json\n{\"a\":    1}\n```"),
        ("```json,ignore\n1\n```", "```json\n1\n```"),
        ("~~~\na\n~~~", "```text\na\n```"),
        ("    indented\n    code", "```text\nindented\ncode\n```"),
        (
            "````\n```\ninner\n```\n````",
            "````text\n```\ninner\n```\n````",
        ),
        ("```\nunclosed", "```text\nunclosed\n```"),
        ("`a`` b`", "```a`` b```"),
    ]);
}

#[test]
fn blocks_are_written_in_one_form() {
    assert_texts(&[
        ("# Heading #\ntext", "**Heading**\n\ntext"),
        ("Heading\n===\ntext", "**Heading**\n\ntext"),
        ("# **Bold** heading", "**Bold heading**"),
        (
            "* a\n* b\n  lazy\ncontinued",
            "- a\n- b\n  lazy\n  continued",
        ),
        ("1) a\n2) b", "1. a\n2. b"),
        ("7. a\n\n   b\n8. c", "7. a\n\n   b\n8. c"),
        ("- a\n    - b\n        - c", "- a\n\n  - b\n\n    - c"),
        ("> quoted\nlazy", "> quoted\n> lazy"),
        ("a\n\n---\n\nb", "a\n\nb"),
        (
            "| a | b |\n|---|---|\n| 1 | `x\\|y` |",
            "| a | b |\n| --- | --- |\n| 1 | `x\\|y` |",
        ),
        ("- [ ] task", "- \\[ \\] task"),
        ("line  \nbreak", "line break"),
        ("a\n\nline  \nbreak", "a\n\nline\\\nbreak"),
    ]);
}

#[test]
fn characters_that_no_source_file_may_hold_are_left_out() {
    assert_texts(&[
        ("a\u{202e}b\u{2066}c", "abc"),
        ("a\u{0}b\u{7}c", "abc"),
        ("a\r\nb\rc", "a b c"),
        ("\u{feff}a", "a"),
        ("a\tb", "a    b"),
        ("a */ b", "a \\*/ b"),
    ]);
}

#[test]
fn the_first_paragraph_is_the_summary() {
    let docs = |description: &str| item(None, Some(description), None, &[]);
    let split = |docs: Docs| (docs.summary, docs.description);
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(
        split(docs("One\nline.\n\nMore.\n\n- x")),
        (some("One line."), some("More.\n\n- x"))
    );
    assert_eq!(split(docs("- x")), (None, some("- x")));
    let remarks = ["Range: 1 to 2.".to_owned(), "Pattern: `x`.".to_owned()];
    assert_eq!(
        split(item(Some("Title"), Some(" "), None, &remarks)),
        (some("Title"), some("Range: 1 to 2. Pattern: `x`."))
    );
    assert_eq!(
        split(item(None, None, None, &remarks)),
        (some("Range: 1 to 2. Pattern: `x`."), None)
    );
    assert_eq!(
        split(summarized(Some("Get it"), Some("Get it.\n\nMore."), None)),
        (some("Get it."), some("More."))
    );
    assert_eq!(
        split(summarized(Some("Get it"), Some("Whole."), None)),
        (some("Get it"), some("Whole."))
    );
    assert_eq!(
        split(summarized(None, Some("Whole."), None)),
        (some("Whole."), None)
    );
}

#[test]
fn links_lead_somewhere() {
    let link = |url: &str| item(None, None, Some(url), &[]).link;
    assert_eq!(
        link("https://example.com/a b"),
        Some("https://example.com/a%20b".to_owned())
    );
    assert_eq!(link("docs/a.md"), None);
    assert_eq!(link("javascript:alert(1)"), None);
    assert_eq!(link("https://"), None);
}

#[test]
fn code_spans_hold_backticks() {
    assert_eq!(code("a"), "`a`");
    assert_eq!(code("`a`"), "`` `a` ``");
    assert_eq!(code("a``b"), "```a``b```");
    assert_eq!(code(" "), "");
    assert_eq!(code("a\nb"), "`a b`");
}

/// What a text renders to has no HTML, no code that could be taken for Rust and no reference that rustdoc would look up.
#[test]
fn whatever_is_written_is_fit_for_rustdoc() {
    let pieces = [
        "[x]",
        "<b>",
        "`",
        "``",
        "```\n",
        "*",
        "**",
        "_",
        "\n",
        "\n\n",
        "- ",
        "1. ",
        "> ",
        "# ",
        "|",
        "\n|-|-|\n",
        "https://x.y/",
        "(",
        ")",
        "[a](b)",
        "[a](https://b.c)",
        "![",
        "<!--",
        "-->",
        "&lt;",
        "\\",
        "    ",
        "word",
        "~~",
        "[^1]",
        "</b>",
        "<x y=\"",
    ];
    let mut seed = 12345u64;
    for _ in 0..20_000 {
        let mut markdown = String::new();
        for _ in 0..8 {
            seed = seed
                .wrapping_mul(6364136223846793005)
                .wrapping_add(1442695040888963407);
            let index = (seed >> 33) as usize % pieces.len();
            markdown.push_str(pieces[index]);
        }
        let written = text(&markdown);
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS;
        let mut broken = Vec::new();
        let mut callback = |link: pulldown_cmark::BrokenLink<'_>| {
            broken.push(link.reference.to_string());
            None
        };
        let events: Vec<Event<'_>> =
            Parser::new_with_broken_link_callback(&written, options, Some(&mut callback)).collect();
        for event in &events {
            let is_fit = match event {
                Event::Html(_) | Event::InlineHtml(_) | Event::FootnoteReference(_) => false,
                Event::Start(Tag::Link { dest_url, .. }) => {
                    dest_url.starts_with("http") || dest_url.starts_with("mailto:")
                }
                Event::Start(Tag::CodeBlock(pulldown_cmark::CodeBlockKind::Indented)) => false,
                Event::Start(Tag::CodeBlock(pulldown_cmark::CodeBlockKind::Fenced(language))) => {
                    !language.is_empty()
                }
                _ => true,
            };
            assert!(
                is_fit,
                "{markdown:?} was written {written:?}, which has {event:?}"
            );
        }
        drop(events);
        assert!(
            broken.is_empty(),
            "{markdown:?} was written {written:?}, which refers to {broken:?}"
        );
    }
}

#[test]
fn what_the_parser_is_spared_is_as_it_leaves_it() {
    for text in [
        "The id",
        "The id, as a number (from 1); \"none\" isn't one.",
        "A  b -  c / d - e? Yes!  \n",
        "a. b) 1. c - - - !(d) '",
        "Ends with spaces and a line feed. \n\n",
    ] {
        assert_eq!(blocks(text), parsed(text), "{text:?}");
    }
}
