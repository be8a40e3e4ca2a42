//! Names as tables.

use heck::ToSnakeCase as _;

use super::{Namespace, Scope, camel_piece, spelling};

#[track_caller]
fn assert_names(space: Namespace, table: &[(&str, &str)]) {
    for (text, expected) in table {
        let name = Scope::new(space).uniquify(text);
        assert_eq!(name.as_str(), *expected, "{text:?} as {space:?}");
    }
}

#[test]
fn types() {
    assert_names(
        Namespace::Type,
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
        Namespace::Field,
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
        "read_all",
        "lossy",
        "new",
        "request",
        "add",
        "adopt",
        "verify_outcome",
    ] {
        assert_names(Namespace::Input, &[(name, &format!("{name}_"))]);
    }
    assert_names(
        Namespace::Input,
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
        Namespace::Group,
        &[
            ("builder", "builder_"),
            ("Access tokens", "access_tokens"),
            ("mod", "mod_"),
            ("con", "con_"),
            ("größe", "grosse"),
        ],
    );
    assert_names(
        Namespace::Credential,
        &[
            ("header", "header_"),
            ("bearer_token", "bearer_token_"),
            ("petstore_auth", "petstore_auth"),
        ],
    );
    assert_names(
        Namespace::Method,
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
    let mut scope = Scope::new(Namespace::Type);
    let names: Vec<String> = ["Pet", "pet", "PET", "Sha1", "sha1", "Option", "option"]
        .iter()
        .map(|text| scope.uniquify(text).to_string())
        .collect();
    assert_eq!(
        names,
        [
            "Pet", "Pet2", "Pet3", "Sha1", "Sha1_2", "Option_", "Option2"
        ]
    );
    let mut scope = Scope::new(Namespace::Field);
    let names: Vec<String> = ["type", "Type", "type_2", "type"]
        .iter()
        .map(|text| scope.uniquify(text).to_string())
        .collect();
    assert_eq!(names, ["type_", "type_2", "type_2_2", "type_3"]);
}

#[test]
fn given_names_come_before_derived_ones() {
    use super::{Given, NameRequest, assign};
    use crate::diagnostic::Pointer;

    let request = |number: usize, given: Option<&str>, derived: &[&str]| {
        let given = given.map(|name| Given {
            name: name.to_owned(),
            pointer: Pointer::root().index(number),
        });
        NameRequest::any(
            given,
            derived.iter().map(|text| (*text).to_owned()).collect(),
        )
    };
    let requests = [
        request(0, None, &["list"]),
        request(1, Some("list"), &["a"]),
        request(2, Some("list"), &["b"]),
        request(3, Some("Not Valid"), &["c"]),
        request(4, Some("new"), &["d"]),
        request(5, None, &["list 2"]),
        request(6, None, &["list", "clone", "things_list"]),
    ];
    let (names, diagnostics) = crate::lower::tests::with_context(|context| {
        assign(context, &mut Scope::new(Namespace::Method), &requests)
    });
    let names: Vec<&str> = names.iter().map(|name| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "list_3",
            "list",
            "list_2",
            "not_valid",
            "new_",
            "list_2_2",
            "things_list"
        ]
    );
    let rejected: Vec<String> = diagnostics
        .iter()
        .map(|one| format!("{} {}", one.code, one.pointer))
        .collect();
    assert_eq!(
        rejected,
        ["invalid-name /2", "invalid-name /3", "invalid-name /4"]
    );
}

#[test]
fn long_names_lose_their_beginning() {
    let long = "PutApiV4ProjectsIdPackagesConanV1FilesPackageNamePackageVersionRecipeRevision";
    assert_eq!(
        super::shortened(long),
        "IdPackagesConanV1FilesPackageNamePackageVersionRecipeRevision"
            .strip_prefix("Id")
            .expect("a word less")
    );
    let parts = [
        (
            "PutProjectsIdIntegrationsGoogleCloudPlatformWorkload",
            "IdentityFederation",
            "IntegrationsGoogleCloudPlatformWorkloadIdentityFederation",
        ),
        (
            "PostApiV4ProjectsIdMergeRequestsMergeRequestIidDraftNotes",
            "Position",
            "ProjectsIdMergeRequestsMergeRequestIidDraftNotesPosition",
        ),
        (
            "Outer",
            "IdResponseBodyV4ApiIidItemByAndForOfOnOrToWithFromInRequestBodyItem",
            "BodyV4ApiIidItemByAndForOfOnOrToWithFromInRequestBodyItem",
        ),
    ];
    for (outer, piece, name) in parts {
        let joined = super::join(outer, piece);
        assert!(joined.len() <= super::USUAL_LENGTH, "{joined}");
        assert_eq!(joined, name);
    }
    assert_eq!(super::shortened("a_b"), "a_b");
    assert_eq!(super::join("Pets", "List"), "PetsList");
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
        Namespace::Type,
        Namespace::Builder,
        Namespace::Variant,
        Namespace::Field,
        Namespace::Input,
        Namespace::Method,
        Namespace::Group,
        Namespace::Credential,
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
            let name = Scope::new(space).uniquify(text);
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

/// The functions that are below this header in a file of the runtime.
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
        (
            Namespace::Group,
            functions("call/client.rs", "impl Client {"),
        ),
        (
            Namespace::Group,
            functions("call/blocking.rs", "impl Client {"),
        ),
        (
            Namespace::Credential,
            functions("credential/auth.rs", "impl Auth {"),
        ),
        (
            Namespace::Input,
            functions("call/mod.rs", "macro_rules! operation {"),
        ),
        (
            Namespace::Input,
            functions(
                "replacement/settings.rs",
                "macro_rules! replacing_operation {",
            ),
        ),
        (
            Namespace::Input,
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

#[test]
fn texts_in_snake_case_are_what_they_are_spelled_as() {
    for text in ["id", "created_at", "sha256_sum", "a_1_b2", "2fa", "x_1"] {
        assert_eq!(spelling::spell(text).to_snake_case(), text);
        assert_eq!(spelling::snake(text), text);
    }
    for text in ["_", "_id", "a__b", "id_", "Id"] {
        assert_ne!(spelling::snake(text), text);
    }
}
