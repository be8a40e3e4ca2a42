//! Texts from a server, made fit to be printed.

use crate::runtime::redact::redactor::{Scrubber, one_line};

const NEEDLE: &str = "glpat-Qw7/x+z.12";

fn scrubber() -> Scrubber {
    let mut scrubber = Scrubber::default();
    scrubber.hide(NEEDLE);
    scrubber
}

#[test]
fn a_credential_goes_wherever_it_stands_and_however_it_is_written() {
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
        assert_eq!(scrubber().scrub(text), shown);
    }
}

#[test]
fn what_is_left_of_a_credential_at_a_cut_goes_as_well() {
    for length in 4..NEEDLE.len() {
        let head = format!("a {}…", &NEEDLE[..length]);
        assert_eq!(scrubber().scrub(&head), "a [redacted]…");
        let tail = format!("…{} b", &NEEDLE[NEEDLE.len() - length..]);
        assert_eq!(scrubber().scrub(&tail), "…[redacted] b");
    }
    assert_eq!(scrubber().scrub("glp…"), "glp…");
    assert_eq!(scrubber().scrub("…"), "…");
}

#[test]
fn short_needles_hide_nothing() {
    let mut scrubber = Scrubber::default();
    scrubber.hide("abc");
    assert_eq!(scrubber.scrub("abc"), "abc");
}

#[test]
fn a_text_is_folded_into_one_line_and_cut() {
    assert_eq!(one_line(" a\r\n\tb\u{202e}c ", 10), "a b c");
    assert_eq!(one_line("abcdef", 3), "abc…");
}
