//! Names as tables.

use super::{Scope, Space, Wish, assign, camel_piece};

#[track_caller]
fn assert_names(space: Space, table: &[(&str, &str)]) {
    for (text, expected) in table {
        let name = Scope::new(space).claim(text);
        assert_eq!(name.as_str(), *expected, "{text:?} as {space:?}");
    }
}

#[test]
fn types() {
    assert_names(
        Space::Type,
        &[
            ("pet", "Pet"),
            (
                "APIEntitiesPersonalAccessToken",
                "ApiEntitiesPersonalAccessToken",
            ),
            ("API_Entities_X", "ApiEntitiesX"),
            ("RequestBody_8c8c40f4e9bd", "RequestBody8c8c40f4e9bd"),
            ("simple-user", "SimpleUser"),
            ("File--Full", "FileFull"),
            ("IPv4Address", "IPv4Address"),
            ("404", "Type404"),
            ("", "Type"),
            ("???", "QuestionQuestionQuestion"),
            ("Self", "Self_"),
            ("self", "Self_"),
            ("option", "Option_"),
            ("Vec", "Vec_"),
            ("Ünïcode", "Unicode"),
            ("ДВА", "U0414U0412U0410"),
            ("a.b::c<d>", "ABCD"),
        ],
    );
}

#[test]
fn fields() {
    assert_names(
        Space::Field,
        &[
            ("createdAt", "created_at"),
            ("created_at", "created_at"),
            ("CREATED-AT", "created_at"),
            ("userID", "user_id"),
            ("type", "type_"),
            ("async", "async_"),
            ("gen", "gen_"),
            ("crate", "crate_"),
            ("super", "super_"),
            ("self", "self_"),
            ("Self", "self_"),
            ("+1", "plus_1"),
            ("-1", "minus_1"),
            ("1", "field_1"),
            ("", "field"),
            ("_", "underscore"),
            ("__id", "id"),
            ("$ref", "dollar_ref"),
            ("@type", "at_type"),
            ("a/b", "a_b"),
            ("sha256", "sha256"),
            ("\u{0}", "field"),
            ("send", "send"),
        ],
    );
}

#[test]
fn inputs_yield_to_the_methods_of_builders() {
    for name in [
        "send",
        "call",
        "options",
        "clone",
        "into_stream",
        "into_page_stream",
        "into_pages",
        "lossy",
        "new",
        "request",
        "add",
        "adopt",
        "verify_outcome",
    ] {
        assert_names(Space::Input, &[(name, &format!("{name}_"))]);
    }
    assert_names(
        Space::Input,
        &[
            ("scopes[]", "scopes"),
            ("filter[name]", "filter_name"),
            ("X-Trace", "x_trace"),
        ],
    );
}

#[test]
fn groups_and_credentials_yield_to_what_is_there() {
    assert_names(
        Space::Group,
        &[
            ("builder", "builder_"),
            ("Access tokens", "access_tokens"),
            ("mod", "mod_"),
            ("con", "con_"),
            ("größe", "grosse"),
        ],
    );
    assert_names(
        Space::Credential,
        &[
            ("header", "header_"),
            ("bearer_token", "bearer_token_"),
            ("petstore_auth", "petstore_auth"),
        ],
    );
    assert_names(
        Space::Method,
        &[
            ("clone", "clone_"),
            ("get", "get"),
            ("delete", "delete"),
            ("3d", "call_3d"),
        ],
    );
}

#[test]
fn equal_names_get_numbers() {
    let mut scope = Scope::new(Space::Type);
    let names: Vec<String> = ["Pet", "pet", "PET", "Sha1", "sha1", "Option", "option"]
        .iter()
        .map(|text| scope.claim(text).to_string())
        .collect();
    assert_eq!(
        names,
        [
            "Pet", "Pet2", "Pet3", "Sha1", "Sha1_2", "Option_", "Option2"
        ]
    );
    let mut scope = Scope::new(Space::Field);
    let names: Vec<String> = ["type", "Type", "type_2", "type"]
        .iter()
        .map(|text| scope.claim(text).to_string())
        .collect();
    assert_eq!(names, ["type_", "type_2", "type_2_2", "type_3"]);
}

#[test]
fn given_names_come_before_derived_ones() {
    let wish = |given: Option<&str>, derived: &str| Wish {
        given: given.map(str::to_owned),
        derived: derived.to_owned(),
    };
    let wishes = [
        wish(None, "list"),
        wish(Some("list"), "a"),
        wish(Some("list"), "b"),
        wish(Some("Not Valid"), "c"),
        wish(Some("new"), "d"),
        wish(None, "list 2"),
    ];
    let (names, refused) = assign(&mut Scope::new(Space::Method), &wishes);
    let names: Vec<&str> = names.iter().map(|name| name.as_str()).collect();
    assert_eq!(
        names,
        ["list_3", "list", "list_2", "not_valid", "new_", "list_2_2"]
    );
    assert_eq!(refused, [2, 3, 4]);
}

#[test]
fn pieces_are_not_reserved() {
    assert_eq!(camel_piece("self"), "Self");
    assert_eq!(camel_piece("page_size"), "PageSize");
    assert_eq!(camel_piece(""), "");
}

#[test]
fn every_name_is_an_identifier() {
    let spaces = [
        Space::Type,
        Space::Variant,
        Space::Field,
        Space::Input,
        Space::Method,
        Space::Group,
        Space::Credential,
    ];
    let texts: Vec<String> = (0u32..0x3000)
        .filter_map(char::from_u32)
        .flat_map(|character| {
            [
                character.to_string(),
                format!("a{character}b"),
                format!("{character}1"),
            ]
        })
        .collect();
    for space in spaces {
        for text in &texts {
            let name = Scope::new(space).claim(text);
            let name = name.as_str();
            let starts_well = name.starts_with(|first: char| first.is_ascii_alphabetic());
            let is_word = name
                .chars()
                .all(|one| one.is_ascii_alphanumeric() || one == '_');
            assert!(starts_well && is_word, "{text:?} as {space:?} is {name:?}");
            assert!(
                is_no_short_keyword(name),
                "{text:?} as {space:?} is {name:?}"
            );
        }
    }
}

fn is_no_short_keyword(name: &str) -> bool {
    ![
        "fn", "if", "in", "as", "do", "gen", "let", "mod", "mut", "pub", "ref", "use", "self",
        "Self",
    ]
    .contains(&name)
}

/// The functions that stand below this header in a file of the runtime.
fn functions(file: &str, header: &str) -> Vec<String> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime/src/runtime");
    let text = std::fs::read_to_string(folder.join(file)).expect("a file of the runtime");
    let mut is_inside = false;
    let mut found = Vec::new();
    for line in text.lines() {
        if line == header {
            is_inside = true;
        } else if line == "}" {
            is_inside = false;
        }
        let name = line
            .split_once("fn ")
            .and_then(|(_, rest)| rest.split(['(', '<']).next());
        found.extend(name.filter(|_| is_inside).map(str::to_owned));
    }
    assert!(!found.is_empty(), "{file} has no `{header}`");
    found
}

#[test]
fn the_functions_of_the_runtime_are_reserved() {
    let tables = [
        (Space::Group, functions("call/client.rs", "impl Client {")),
        (Space::Group, functions("call/blocking.rs", "impl Client {")),
        (
            Space::Credential,
            functions("credential/auth.rs", "impl Auth {"),
        ),
        (
            Space::Input,
            functions("call/mod.rs", "macro_rules! operation {"),
        ),
        (
            Space::Input,
            functions(
                "replacement/settings.rs",
                "macro_rules! replacing_operation {",
            ),
        ),
        (
            Space::Input,
            functions("page/stream.rs", "macro_rules! paginated_operation {"),
        ),
    ];
    for (space, names) in tables {
        for name in names {
            assert!(
                Scope::new(space).has(&name),
                "`{name}` is not reserved in {space:?}"
            );
        }
    }
}
