//! Remedies of faults in the text of a file.

use super::input::{Case, HEAD, Input, case};

pub(crate) fn cases() -> Vec<Case> {
    let latin = format!("{HEAD}paths: {{}}\nx-note: \u{fc}\n");
    let in_latin_1 = latin.chars().map(|c| u32::from(c) as u8);
    vec![
        Case {
            code: "invalid-utf8",
            before: Input::new(in_latin_1.collect::<Vec<u8>>()),
            after: Input::new(latin),
        },
        case(
            "lenient-yaml",
            format!("{HEAD}paths: {{}}\nx-a:\n  b:\n  - {{\n    c: 1\n}}\n"),
            ("\n}", "\n    }"),
        ),
        case(
            "lenient-yaml",
            format!("{HEAD}paths: {{}}\nx-a: {{\n\tb: 1\n  }}\n"),
            ("\t", "  "),
        ),
        case(
            "complex-key",
            format!("{HEAD}paths: {{}}\nx-a: {{[a]: b}}\n"),
            ("[a]", "'[a]'"),
        ),
        case(
            "complex-key",
            format!("{HEAD}paths: {{}}\nx-a:\n  ? b: c\n  : d\n"),
            ("? b: c\n  : d", "b: c"),
        ),
        case(
            "bad-merge-key",
            format!("{HEAD}paths: {{}}\nx-a: &a text\nx-b: &b {{t: 1}}\nx-c: {{<<: *a}}\n"),
            ("*a", "*b"),
        ),
        Case {
            code: "too-deep",
            before: Input::new(nested(&[70])),
            after: Input::new(nested(&[30, 30, 10])),
        },
        Case {
            code: "too-deep",
            before: Input::new(nested(&[58])),
            after: Input::new(nested(&[30, 28])),
        },
        Case {
            code: "too-large",
            before: Input::new(with_key(&"a".repeat(1025))),
            after: Input::new(with_key("a")),
        },
        Case {
            code: "alias-bomb",
            before: Input::new(repeated(|level| format!("*l{level}"))),
            after: Input::new(repeated(|level| {
                format!("{{$ref: '#/components/schemas/L{level}'}}")
            })),
        },
    ]
}

/// A document with a property of this name, in JSON: a key of YAML can't be as long.
fn with_key(key: &str) -> String {
    format!(
        r#"{{"openapi": "3.0.3", "info": {{"title": "a", "version": "1"}}, "paths": {{}}, "components": {{"schemas": {{"A": {{"type": "object", "properties": {{"{key}": {{"type": "string"}}}}}}}}}}}}"#
    )
}

/// A document with a chain of components, each of which nests schemas so deep.
fn nested(depths: &[usize]) -> String {
    let mut text = format!("{HEAD}paths: {{}}\ncomponents:\n  schemas:\n");
    for (number, depth) in depths.iter().enumerate() {
        let next = number + 1;
        let inner = match next < depths.len() {
            true => format!("{{$ref: '#/components/schemas/A{next}'}}"),
            false => "{type: string}".to_owned(),
        };
        let opened = "{type: object, properties: {a: ".repeat(*depth);
        let closed = "}}".repeat(*depth);
        text.push_str(&format!("    A{number}: {opened}{inner}{closed}\n"));
    }
    text
}

/// A document in which each of many schemas has the one before it eight times.
fn repeated(mention: impl Fn(usize) -> String) -> String {
    let mut text =
        format!("{HEAD}paths: {{}}\ncomponents:\n  schemas:\n    L0: &l0 {{type: string}}\n");
    for level in 1..12 {
        let properties: Vec<String> = (0..8)
            .map(|number| format!("p{number}: {}", mention(level - 1)))
            .collect();
        let properties = properties.join(", ");
        text.push_str(&format!(
            "    L{level}: &l{level} {{type: object, properties: {{{properties}}}}}\n"
        ));
    }
    text
}
