//! What is written is read as the same tree.

use super::document;
use crate::source::{Data, Origin, Value, to_yaml};

fn text(value: &Value) -> String {
    to_yaml(value).expect("it can be written")
}

/// Reads a text, writes it, and reads that.
fn again(written: &str) -> String {
    let value = document(written);
    let text = text(value.value());
    let read = document(&text);
    assert_eq!(read.value(), value.value(), "{text}");
    assert_eq!(super::super::to_yaml(read.value()).as_deref(), Some(&*text));
    text
}

#[test]
fn numbers_keep_their_texts() {
    for number in [
        "1",
        "-1",
        "0",
        "1.10",
        "1.0",
        "1e3",
        "1E+3",
        ".5",
        "-0",
        "-0.0",
        "0x1f",
        "0o17",
        ".inf",
        "-.inf",
        ".nan",
        "+1",
        "007",
        "123456789012345678901234567890",
        "0.1000000000000000055511151231257827",
        "9223372036854775807",
        "18446744073709551615",
    ] {
        assert_eq!(again(&format!("a: {number}\n")), format!("a: {number}\n"));
        assert_eq!(again(&format!("- {number}\n")), format!("- {number}\n"));
    }
}

#[test]
fn strings_stay_strings() {
    for string in [
        "",
        " ",
        "no",
        "No",
        "yes",
        "y",
        "n",
        "on",
        "off",
        "null",
        "Null",
        "~",
        "true",
        "FALSE",
        "1",
        "1.10",
        "1e3",
        ".5",
        "0x1f",
        "0o17",
        "0b1",
        "007",
        "1_000",
        "12:30:45",
        "2020-01-31",
        "2020-08-31T15:53:00.073Z",
        ".inf",
        ".nan",
        "+1",
        "-",
        "- a",
        "a: b",
        "a #b",
        "#a",
        "&a",
        "*a",
        "!a",
        "|",
        ">",
        "%a",
        "@a",
        "`a",
        "{a}",
        "[a]",
        "a,b",
        "'",
        "\"",
        "it's",
        "\\",
        "<<",
        "=",
        "---",
        "...",
        "? a",
        ": a",
        "a:",
        "a\nb",
        "a\n",
        "\na",
        " a\n b",
        "a\n\n",
        "a\tb",
        "\ta",
        "a ",
        "a\r\nb",
        "é",
        "日本",
        "\u{7f}",
        "\u{1b}",
        "\u{feff}",
        "\u{2028}",
        "\u{2029}",
        "\u{85}",
        "a: \u{2028} \\ \"b\" # é\n",
        "<",
        "<<<",
        "\0",
        "\u{fffe}",
        "\u{e000}",
        "\u{1f600}",
        "number0x",
        "number0x1number0x",
        "number",
    ] {
        let value = Value::new(Origin::NONE, Data::String(string.to_owned()));
        let list = Value::new(Origin::NONE, Data::Array(vec![value.clone()]));
        let key = Value::new(
            Origin::NONE,
            Data::Object([(string.to_owned(), value.clone())].into_iter().collect()),
        );
        for value in [value, list, key] {
            assert_eq!(document(&text(&value)).value(), &value, "{string:?}");
        }
    }
}

#[test]
fn a_number_is_not_mistaken_for_a_text_that_looks_like_its_mark() {
    let written = again("a: number0x1.10number0x\nnumber1x: 1.10\n");
    assert_eq!(written, "a: number0x1.10number0x\nnumber1x: 1.10\n");
}

#[test]
fn structure_and_order_stay() {
    let written = "\
b: 1
a:
- x: null
  y: []
- {}
- - 1
  - true
'200':
  'null': false
";
    assert_eq!(again(written), written);
}

#[test]
fn nested_and_long_texts_are_written_on_one_line() {
    let long = "word ".repeat(200);
    assert_eq!(
        again(&format!("a: {}\n", long.trim_end())).lines().count(),
        1
    );
    let key = "k".repeat(300);
    again(&format!("? {key}\n: 1\n"));
}
