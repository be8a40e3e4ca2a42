//! Faults of the text itself.

use super::{one_fault, run};

#[test]
fn bad_yaml() {
    let outcome = one_fault(
        "bad_yaml",
        "syntax",
        "openapi: 3.0.3\ninfo:\n  title: Pets\n ▸version: '1'\npaths: {}\n",
    );
    assert!(outcome.diagnostics.has_fatal());
    assert!(outcome.api.is_none());
}

#[test]
fn bad_json() {
    one_fault(
        "bad_json",
        "syntax",
        "{\n  \"openapi\": \"3.0.3\",\n  \"info\": {\"title\": \"Pets\" ▸\"version\": \"1\"},\n  \"paths\": {}\n}\n",
    );
}

#[test]
fn empty_file() {
    one_fault("empty_file", "empty-document", "▸# nothing but a comment\n");
}

#[test]
fn duplicate_key_in_yaml() {
    let outcome = one_fault(
        "duplicate_key_in_yaml",
        "duplicate-key",
        "openapi: 3.0.3\ninfo:\n  title: Pets\n  version: '1'\n  ▸title: Cats\npaths: {}\n",
    );
    assert_eq!(outcome.api().info.title, "Pets");
}

#[test]
fn duplicate_key_in_json() {
    let outcome = one_fault(
        "duplicate_key_in_json",
        "duplicate-key",
        "{\"openapi\": \"3.0.3\",\n \"info\": {\"title\": \"Pets\", \"version\": \"1\",\n  ▸\"title\": \"Cats\"},\n \"paths\": {}}\n",
    );
    assert_eq!(outcome.api().info.title, "Pets");
}

#[test]
fn second_yaml_document() {
    let outcome = one_fault(
        "second_yaml_document",
        "several-documents",
        "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\npaths: {}\n▸---\nopenapi: 3.0.3\n",
    );
    assert_eq!(outcome.api().info.title, "Pets");
}

#[test]
fn key_that_is_a_list() {
    one_fault(
        "key_that_is_a_list",
        "complex-key",
        "openapi: 3.0.3\n▸[a, b]: c\n",
    );
}

#[test]
fn alias_bomb() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        text.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
    }
    let outcome = run(&text, None);
    assert_eq!(outcome.codes(), ["alias-bomb"]);
}

#[test]
fn alias_to_itself() {
    one_fault(
        "alias_to_itself",
        "alias-bomb",
        "openapi: 3.0.3\na: &a\n  b: ▸*a\n",
    );
}

#[test]
fn unknown_alias() {
    one_fault("unknown_alias", "syntax", "openapi: 3.0.3\na: ▸*nobody\n");
}

#[test]
fn merge_key_without_an_object() {
    let outcome = one_fault(
        "merge_key_without_an_object",
        "bad-merge-key",
        "openapi: 3.0.3\ninfo:\n  title: Pets\n  ▸<<: [{version: '1'}, text]\n  version: '2'\npaths: {}\n",
    );
    assert_eq!(outcome.api().info.version, "2");
}

#[test]
fn nesting_too_deep() {
    for text in [
        format!("{{\"a\": {}1{}}}", "[".repeat(100_000), "]".repeat(100_000)),
        format!("a: {}1{}", "[".repeat(100_000), "]".repeat(100_000)),
        format!("a: {}", "{a: ".repeat(100_000)),
        (0..2000)
            .map(|depth| format!("{}a:\n", " ".repeat(depth)))
            .collect(),
        format!("[{}", "[".repeat(100_000)),
    ] {
        let outcome = run(&text, None);
        assert_eq!(outcome.diagnostics.len(), 1);
        assert!(outcome.diagnostics.has_fatal());
    }
}

/// A schema in as many others.
fn nested(levels: usize, open: &str, close: &str) -> String {
    format!(
        "    Deep: {}{{type: string}}{}\n",
        open.repeat(levels),
        close.repeat(levels)
    )
}

#[test]
fn deep_schemas_within_the_limit_are_read() {
    for (open, close) in [
        ("{type: object, properties: {a: ", "}}"),
        ("{type: array, items: ", "}"),
        ("{allOf: [", "]}"),
        ("{additionalProperties: ", "}"),
        ("{not: ", "}"),
    ] {
        let outcome = run(&super::with_schemas(&nested(31, open, close)), None);
        assert_eq!(outcome.codes(), Vec::<&str>::new());
        let components = outcome.api().components.as_ref();
        assert_eq!(
            components.map(|components| components.schemas.len()),
            Some(1)
        );
    }
}

#[test]
fn schemas_too_deep_in_one_another_are_cut_off() {
    let outcome = run(
        &super::with_schemas(&nested(40, "{type: array, items: ", "}")),
        None,
    );
    assert_eq!(outcome.codes(), ["too-deep"]);
    assert!(!outcome.diagnostics.has_fatal());
}

#[test]
fn deep_examples_are_read() {
    let example = format!("{}1{}", "[".repeat(110), "]".repeat(110));
    let outcome = run(
        &super::with_schemas(&format!(
            "    Deep: {{type: string, example: {example}, x-deep: {example}}}\n"
        )),
        None,
    );
    assert_eq!(outcome.codes(), Vec::<&str>::new());
}
