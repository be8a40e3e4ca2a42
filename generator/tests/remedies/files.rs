//! Remedies of references to other files.

use super::input::{Case, HEAD, Input, case, in_files, json, parameter};

pub(crate) fn cases() -> Vec<Case> {
    let files = [("part.yaml", "A: {type: string}\n")];
    let to = |reference: &str| json(&format!("{{$ref: '{reference}'}}"));
    let mended = |code, reference: &'static str| {
        in_files(code, &to(reference), &files, (reference, "part.yaml#/A"))
    };
    let two_of_a_name = format!(
        "{HEAD}paths: {{/a: {{get: {{responses: {{'200': {{description: ok, content: {{application/json: {{schema: {{$ref: 'part.yaml#/A'}}}}}}}}}}}}}}}}\ncomponents: {{schemas: {{A: {{type: integer}}}}}}\n"
    );
    vec![
        mended("external-reference", "/part.yaml#/A"),
        mended("external-reference", "../part.yaml#/A"),
        mended("external-reference", "part.yaml#A"),
        mended("external-reference", "https://example.com/part.yaml#/A"),
        mended("missing-file", "prat.yaml#/A"),
        mended("missing-file", "folder"),
        mended("missing-file", "locked.yaml"),
        mended("dangling-reference", "part.yaml#/B"),
        in_files(
            "renamed-component",
            &two_of_a_name,
            &files,
            ("{schemas: {A:", "{schemas: {B:"),
        ),
        in_files(
            "missing-file",
            &parameter("{$ref: 'prat.yaml#/P'}"),
            &[(
                "part.yaml",
                "P: {name: a, in: query, schema: {type: string}}\n",
            )],
            ("prat", "part"),
        ),
        in_files(
            "reference-loop",
            &to("one.yaml"),
            &[
                ("one.yaml", "{$ref: two.yaml}\n"),
                ("two.yaml", "{$ref: one.yaml}\n"),
            ],
            ("{$ref: 'one.yaml'}", "{type: string}"),
        ),
        Case {
            code: "too-deep",
            before: growing(
                "{properties: {$ref: '0.yaml'}}",
                "{a: {properties: {$ref: 'NEXT'}}}",
                "{a: {type: string}}",
            ),
            after: growing(
                "{$ref: '0.yaml'}",
                "{type: object, properties: {a: {$ref: 'NEXT'}}}",
                "{type: string}",
            ),
        },
        // Only one file is read.
        case(
            "external-reference",
            format!(
                "{HEAD}paths: {{}}\ncomponents: {{schemas: {{A: {{$ref: 'B.yaml#/B'}}, B: {{type: string}}}}}}\n"
            ),
            ("B.yaml#/B", "#/components/schemas/B"),
        ),
        Case {
            code: "external-reference",
            before: Input::new(to("part.yaml#/A")),
            after: in_files("", &to("part.yaml#/A"), &files, ("", "")).after,
        },
    ]
}

/// A document with this schema, and many files of which each has this text. `NEXT` is the name of the next file.
fn growing(schema: &str, text: &str, last: &str) -> Input {
    const COUNT: usize = 140;
    let files = (0..COUNT).map(|number| {
        let next = format!("{}.yaml", number + 1);
        (format!("{number}.yaml"), text.replace("NEXT", &next))
    });
    let last = (format!("{COUNT}.yaml"), last.to_owned());
    Input {
        files: Some(files.chain([last]).collect()),
        ..Input::new(json(schema))
    }
}
