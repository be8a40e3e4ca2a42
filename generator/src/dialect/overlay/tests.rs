use crate::diagnostic::Diagnostics;
use crate::source::Document;

const SPEC: &str = "a: {b: {c: 1, d: [1, 2]}, e: [{n: x}, {n: y}, {n: z}]}\nf: text\n";

/// The document after the actions, which give no diagnostic.
fn applied(actions: &str) -> String {
    let (json, codes) = outcome(actions);
    assert_eq!(codes, Vec::<&str>::new(), "{actions}");
    json
}

fn outcome(actions: &str) -> (String, Vec<&'static str>) {
    let mut diagnostics = Diagnostics::new();
    let mut document =
        Document::parse("a.yaml", SPEC.as_bytes(), &mut diagnostics).expect("a document");
    let text = format!("overlay: 1.0.0\ninfo: {{title: t, version: '1'}}\nactions:\n{actions}");
    let overlay =
        Document::parse_file(1, "o.yaml", text.as_bytes(), &mut diagnostics).expect("an overlay");
    super::apply(&mut document, &overlay, &mut diagnostics);
    (
        document.value().to_json().to_string(),
        diagnostics
            .iter()
            .map(|diagnostic| diagnostic.code.as_str())
            .collect(),
    )
}

#[test]
fn members_are_merged_and_elements_appended() {
    assert_eq!(
        applied("- {target: $.a.b, update: {c: 2, d: [3], g: {h: 1}}}\n"),
        r#"{"a":{"b":{"c":2,"d":[1,2,3],"g":{"h":1}},"e":[{"n":"x"},{"n":"y"},{"n":"z"}]},"f":"text"}"#
    );
}

#[test]
fn what_is_of_another_kind_is_replaced() {
    assert_eq!(
        applied("- {target: $, update: {f: [1], a: 5}}\n"),
        r#"{"a":5,"f":[1]}"#
    );
}

#[test]
fn lists_take_an_entry_or_several() {
    let expected =
        r#"{"a":{"b":{"c":1,"d":[1,2,{"x":1}]},"e":[{"n":"x"},{"n":"y"},{"n":"z"}]},"f":"text"}"#;
    assert_eq!(applied("- {target: $.a.b.d, update: {x: 1}}\n"), expected);
    assert_eq!(applied("- {target: $.a.b.d, update: [{x: 1}]}\n"), expected);
}

#[test]
fn several_elements_are_removed_at_once() {
    assert_eq!(
        applied("- {target: \"$.a.e[?@.n!='y']\", remove: true}\n- {target: $.f, remove: true}\n"),
        r#"{"a":{"b":{"c":1,"d":[1,2]},"e":[{"n":"y"}]}}"#
    );
}

#[test]
fn nested_matches_are_removed_once() {
    assert_eq!(
        applied("- {target: '$.a..*', remove: true}\n"),
        r#"{"a":{},"f":"text"}"#
    );
}

#[test]
fn actions_see_what_those_before_them_did() {
    assert_eq!(
        applied(
            "- {target: $, update: {new: {x: 1}}}\n- {target: $.new, x-published: {x: 1, y: null}, update: {y: 2}}\n- {target: $.new.x, remove: true}\n"
        ),
        r#"{"a":{"b":{"c":1,"d":[1,2]},"e":[{"n":"x"},{"n":"y"},{"n":"z"}]},"f":"text","new":{"y":2}}"#
    );
}

#[test]
fn published_members_are_compared_deeply_at_each_target() {
    let update = "update: {g: 1}";
    assert_eq!(
        outcome(&format!(
            "- {{target: $.a.b, x-published: {{d: [1, 2.0], c: 1}}, {update}}}\n"
        ))
        .1,
        Vec::<&str>::new()
    );
    for published in ["{d: [1]}", "{d: [2, 1]}", "{c: '1'}", "{c: null}", "{z: 1}"] {
        let (_, codes) = outcome(&format!(
            "- {{target: $.a.b, x-published: {published}, {update}}}\n"
        ));
        assert_eq!(codes, ["overlay-out-of-date"], "{published}");
    }
    let (_, codes) = outcome(&format!(
        "- {{target: '$.a.e[*]', x-published: {{n: x}}, {update}}}\n"
    ));
    assert_eq!(codes, ["overlay-out-of-date"]);
}

#[test]
fn an_action_that_changes_one_of_its_targets_is_not_stale() {
    assert_eq!(
        outcome("- {target: '$.a.e[*]', update: {n: x}}\n").1,
        Vec::<&str>::new()
    );
    assert_eq!(
        outcome("- {target: '$.a.e[0]', update: {n: x}}\n").1,
        ["overlay-no-effect"]
    );
    assert_eq!(
        outcome("- {target: '$.a.e[0]', update: {}}\n").1,
        ["overlay-no-effect"]
    );
}

#[test]
fn a_target_that_cannot_be_updated_is_reported_once() {
    assert_eq!(
        outcome("- {target: '$.a.b.d[*]', update: {x: 1}}\n").1,
        ["overlay-primitive-target"]
    );
}

#[test]
fn an_id_may_be_shared_only_by_neighbours() {
    let remove = "- {target: $.a.b.c, x-correction: id, remove: true}\n";
    let update = "- {target: $.a.b, x-correction: id, update: {c: 2}}\n";
    let other = "- {target: $.a.b, update: {z: 2}}\n";
    assert_eq!(outcome(&format!("{remove}{update}")).1, Vec::<&str>::new());
    assert_eq!(
        outcome(&format!("{remove}{other}{update}")).1,
        ["duplicate-correction"]
    );
    assert_eq!(
        outcome(&format!("{update}{remove}")).1,
        ["duplicate-correction"]
    );
    assert_eq!(
        outcome(&format!(
            "{remove}{update}{other}- {{target: $.f, x-correction: id, remove: true}}\n"
        ))
        .1,
        ["duplicate-correction"]
    );
}

#[test]
fn overlays_cannot_nest_a_document_without_end() {
    let deep = format!("{}{{}}{}", "{a: ".repeat(60), "}".repeat(60));
    let actions: String = (0..3)
        .map(|round| {
            format!(
                "- {{target: $.f{}, update: {deep}}}\n",
                ".a".repeat(round * 60)
            )
        })
        .collect();
    assert_eq!(
        outcome(&format!("- {{target: $, update: {{f: {{}}}}}}\n{actions}")).1,
        ["too-deep"]
    );
}
