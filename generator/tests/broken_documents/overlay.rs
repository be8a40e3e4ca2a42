//! Faults of overlays, and stale actions.

use super::{one_overlay_fault, run};

const SPEC: &str = "openapi: 3.0.3
info: {title: Pets, version: '1'}
paths: {}
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: {type: string}
        born: {type: string, format: date-time}
";

fn overlay(actions: &str) -> String {
    format!("overlay: 1.0.0\ninfo: {{title: Corrections, version: '1'}}\nactions:\n{actions}")
}

#[test]
fn action_that_matches_nothing() {
    let outcome = one_overlay_fault(
        "action_that_matches_nothing",
        "overlay-no-match",
        SPEC,
        &overlay(
            "- ▸target: $.components.schemas.Pet.properties.died\n  description: The server sends no time.\n  x-correction: died-is-a-date\n  update: {format: date}\n",
        ),
    );
    assert!(outcome.diagnostics.stops(true) && !outcome.diagnostics.stops(false));
}

#[test]
fn action_that_changes_nothing() {
    one_overlay_fault(
        "action_that_changes_nothing",
        "overlay-no-effect",
        SPEC,
        &overlay(
            "- target: $.components.schemas.Pet.properties.born\n  description: The server sends a time.\n  ▸update: {format: date-time}\n",
        ),
    );
}

#[test]
fn action_that_is_out_of_date() {
    let outcome = one_overlay_fault(
        "action_that_is_out_of_date",
        "overlay-out-of-date",
        SPEC,
        &overlay(
            "- target: $.components.schemas.Pet.properties.born\n  description: The server sends no time.\n  x-correction: born-is-a-date\n  x-published:\n    type: string\n    ▸format: datetime\n    nullable: null\n  update: {format: date}\n",
        ),
    );
    // Without strictness the action is applied as far as it goes.
    let pet = serde_json::to_string(&outcome.api().components).expect("JSON");
    assert!(pet.contains("\"format\":\"date\""), "{pet}");
}

#[test]
fn action_that_the_publisher_has_overtaken() {
    // The document says now what the action would make it say, which is one fault and not two.
    one_overlay_fault(
        "action_that_the_publisher_has_overtaken",
        "overlay-out-of-date",
        SPEC,
        &overlay(
            "- target: $.components.schemas.Pet.properties.born\n  x-published:\n    ▸format: null\n  update: {format: date-time}\n",
        ),
    );
}

#[test]
fn replacement_that_changes_nothing() {
    one_overlay_fault(
        "replacement_that_changes_nothing",
        "overlay-no-effect",
        SPEC,
        &overlay(
            "- target: $.components.schemas.Pet.properties.name\n  x-correction: name\n  remove: true\n- target: $.components.schemas.Pet.properties\n  x-correction: name\n  ▸update: {name: {type: string}}\n",
        ),
    );
}

#[test]
fn remove_and_update_may_share_an_id() {
    let outcome = run(
        SPEC,
        Some(&overlay(
            "- target: $.components.schemas.Pet.properties.name\n  x-correction: name\n  remove: true\n- target: $.components.schemas.Pet.properties\n  x-correction: name\n  update: {name: {type: integer}}\n",
        )),
    );
    assert_eq!(outcome.codes(), Vec::<&str>::new());
}

#[test]
fn duplicate_correction() {
    one_overlay_fault(
        "duplicate_correction",
        "duplicate-correction",
        SPEC,
        &overlay(
            "- target: $.components.schemas.Pet.properties.name\n  x-correction: name\n  update: {format: a}\n- target: $.components.schemas.Pet.properties.born\n  ▸x-correction: name\n  update: {format: b}\n",
        ),
    );
}

#[test]
fn unreadable_target() {
    one_overlay_fault(
        "unreadable_target",
        "invalid-target",
        SPEC,
        &overlay("- ▸target: $.components.schemas[?@.type=~'x']\n  update: {}\n"),
    );
}

#[test]
fn target_that_is_a_primitive() {
    one_overlay_fault(
        "target_that_is_a_primitive",
        "overlay-primitive-target",
        SPEC,
        &overlay("- ▸target: $.info.title\n  update: Cats\n"),
    );
}

#[test]
fn action_that_is_no_object() {
    one_overlay_fault(
        "action_that_is_no_object",
        "overlay-structure",
        SPEC,
        &overlay("- ▸$.info\n"),
    );
}

#[test]
fn action_without_a_target() {
    one_overlay_fault(
        "action_without_a_target",
        "overlay-structure",
        SPEC,
        &overlay("- ▸update: {a: 1}\n"),
    );
}

#[test]
fn action_without_a_change() {
    one_overlay_fault(
        "action_without_a_change",
        "overlay-structure",
        SPEC,
        &overlay("- ▸target: $.info\n"),
    );
}

#[test]
fn update_of_another_kind() {
    one_overlay_fault(
        "update_of_another_kind",
        "overlay-structure",
        SPEC,
        &overlay("- target: $.info\n  ▸update: [a]\n"),
    );
}

#[test]
fn removal_of_everything() {
    one_overlay_fault(
        "removal_of_everything",
        "overlay-structure",
        SPEC,
        &overlay("- ▸target: $\n  remove: true\n"),
    );
}

#[test]
fn overlay_without_a_version() {
    one_overlay_fault(
        "overlay_without_a_version",
        "no-version",
        SPEC,
        "▸info: {title: a, version: '1'}\nactions: []\n",
    );
}

#[test]
fn overlay_of_another_version() {
    one_overlay_fault(
        "overlay_of_another_version",
        "unsupported-version",
        SPEC,
        "▸overlay: 2.0.0\ninfo: {title: a, version: '1'}\nactions: []\n",
    );
}

#[test]
fn unknown_keyword_of_an_action() {
    one_overlay_fault(
        "unknown_keyword_of_an_action",
        "unknown-keyword",
        SPEC,
        &overlay("- target: $.info\n  ▸updates: {}\n  update: {title: Cats}\n"),
    );
}

#[test]
fn fault_that_the_overlay_brings_in_is_located_in_the_overlay() {
    one_overlay_fault(
        "fault_that_the_overlay_brings_in",
        "dangling-reference",
        SPEC,
        &overlay(
            "- target: $.components.schemas\n  update:\n    Owner:\n      type: object\n      properties:\n        pet:\n          ▸$ref: '#/components/schemas/Pets'\n",
        ),
    );
}

#[test]
fn faults_behind_a_removed_element_keep_their_place() {
    let spec = "openapi: 3.0.3
info: {title: Pets, version: '1'}
paths:
  /pets:
    get:
      parameters:
      - {name: a, in: query, schema: {type: string}}
      - {name: b, in: query, schema: {type: string}}
      - {name: c, in: query, schema: {type: strin}}
      responses: {}
";
    let outcome = run(
        spec,
        Some(&overlay(
            "- target: $.paths.*.get.parameters[?@.name=='a']\n  remove: true\n",
        )),
    );
    let locations: Vec<_> = outcome
        .diagnostics
        .iter()
        .filter_map(|diagnostic| diagnostic.location.clone())
        .map(|location| (location.file, location.line))
        .collect();
    assert_eq!(locations, [("spec/api.yaml".to_owned(), 9)]);
}
