//! Texts from a server, made fit to be printed.

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
    assert_eq!(redactor().redact("glp…"), "glp…");
    assert_eq!(redactor().redact("…"), "…");
}

#[test]
fn short_needles_hide_nothing() {
    let mut redactor = Redactor::default();
    redactor.hide("abc");
    assert_eq!(redactor.redact("abc"), "abc");
}

#[test]
fn a_text_is_folded_into_one_line_and_cut() {
    assert_eq!(one_line(" a\r\n\tb\u{202e}c ", 10), "a b c");
    assert_eq!(one_line("abcdef", 3), "abc…");
}
