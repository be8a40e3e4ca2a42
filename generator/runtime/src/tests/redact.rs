//! Redaction of texts from a server before they are printed.

use crate::runtime::redact::redactor::{Redactor, one_line};

const NEEDLE: &str = "glpat-Qw7/x+z.12";

fn redactor() -> Redactor {
    let mut redactor = Redactor::default();
    redactor.hide(NEEDLE);
    redactor
}

#[test]
fn a_credential_is_removed_at_any_position_and_in_any_case() {
    for (text, shown) in [
        ("", ""),
        ("nothing of it", "nothing of it"),
        ("glpat-Qw7/x+z.12", "[redacted]"),
        ("<GLPAT-QW7/X+Z.12>", "<[redacted]>"),
        (
            "ä glpat-qw7/x+z.12ö glpat-Qw7/x+z.12",
            "ä [redacted]ö [redacted]",
        ),
        ("glpat-Qw7/x+z.1", "glpat-Qw7/x+z.1"),
        ("glglpat-Qw7/x+z.12", "gl[redacted]"),
        // As in a URL, as in a form, and with unnecessary encoding.
        ("?a=glpat-Qw7%2Fx%2Bz.12&b", "?a=[redacted]&b"),
        ("glpat%2dqw7%2fx%2bz%2e12", "[redacted]"),
        (
            "%67%6C%70%61%74%2D%51%77%37%2F%78%2B%7A%2E%31%32",
            "[redacted]",
        ),
        ("%47lpat-Qw7/x+z.1%32%33", "[redacted]%33"),
        ("100% glpat-Qw7%2Fx%2Bz.12", "100% [redacted]"),
        // Encoded twice, like a URL within a URL.
        ("glpat-Qw7%252Fx%252Bz.12", "[redacted]"),
        ("glpat-Qw7%25252fx%2bz.12", "[redacted]"),
        ("glpat-Qw7%2Ex+z.12", "glpat-Qw7%2Ex+z.12"),
        ("%", "%"),
        ("%2", "%2"),
        ("%zz%25%2525", "%zz%25%2525"),
    ] {
        assert_eq!(redactor().redact(text), shown);
    }
}

#[test]
fn parts_of_a_credential_at_a_cut_are_removed() {
    for length in 4..NEEDLE.len() {
        let head = format!("a {}…", &NEEDLE[..length]);
        assert_eq!(redactor().redact(&head), "a [redacted]…");
        let tail = format!("…{} b", &NEEDLE[NEEDLE.len() - length..]);
        assert_eq!(redactor().redact(&tail), "…[redacted] b");
    }
    for head in ["glpat%2DQw7%2", "glpat-Qw7%", "GLPAT-Qw7%252", "%67lpa"] {
        assert_eq!(redactor().redact(&format!("a {head}…")), "a [redacted]…");
    }
    for tail in ["%2Bz.12", "+z%2E12", "%252Bz.12"] {
        assert_eq!(redactor().redact(&format!("…{tail} b")), "…[redacted] b");
    }
    assert_eq!(redactor().redact("glp…"), "glp…");
    assert_eq!(redactor().redact("…"), "…");
}

/// The needles of credentials find a credential of which any single character is encoded.
#[test]
fn any_character_may_be_encoded() {
    let mut redactor = Redactor::default();
    for needle in ["a b%c-d_e", "pä55wörd", "Zm9v+/8="] {
        redactor.hide(needle);
        for index in 0..needle.len() {
            for format in [
                |byte: u8| format!("%{byte:02x}"),
                |byte: u8| format!("%{byte:02X}"),
                |byte: u8| format!("%25{byte:02x}"),
            ] {
                let mut text: Vec<u8> = needle.bytes().collect();
                text.splice(index..=index, format(needle.as_bytes()[index]).bytes());
                // A part of a character is not a text.
                if let Ok(text) = String::from_utf8(text) {
                    assert_eq!(redactor.redact(&format!("<{text}>")), "<[redacted]>");
                }
            }
        }
    }
    assert_eq!(redactor.redact("a+b%c-d_e"), "[redacted]");
    assert_eq!(redactor.redact("p%C3%A455w%C3%B6rd"), "[redacted]");
}

/// Texts can be as long as a body, and most contain no credential.
#[test]
fn a_text_without_the_credential_is_not_copied() {
    let text = "Not found: %41%25 glpat-Qw7".repeat(1000);
    assert!(matches!(
        redactor().redact(&text),
        std::borrow::Cow::Borrowed(_)
    ));
}

#[test]
fn short_needles_are_not_redacted() {
    let mut redactor = Redactor::default();
    redactor.hide("abc");
    assert_eq!(redactor.redact("abc"), "abc");
}

#[test]
fn a_text_is_folded_into_one_line_and_cut() {
    assert_eq!(one_line(" a\r\n\tb\u{202e}c ", 10), "a b c");
    assert_eq!(one_line("abcdef", 3), "abc…");
}

/// A server that knows the credential can send a body that consists of its parts.
#[test]
fn a_text_of_parts_is_read_in_linear_time() {
    let needle: String = ('a'..='z').cycle().take(50_000).collect();
    let mut redactor = Redactor::default();
    redactor.hide(&needle);
    let text = "…abc".repeat(20_000);
    assert_eq!(redactor.redact(&text), text);
    let text = format!("…{}…{}…", &needle[49_990..], &needle[..10]);
    assert_eq!(redactor.redact(&text), "…[redacted]…[redacted]…");
}
