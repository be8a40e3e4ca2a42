//! Names of groups, operations and types.

use super::{lower, model, schemas};

#[test]
fn operations_are_grouped_by_their_first_tag() {
    insta::assert_snapshot!(model("
        tags:
        - {name: 'Big things', description: All of them., x-rust-name: things, externalDocs: {url: 'https://example.com'}}
        - {name: Unused}
        paths:
          /a: {get: {tags: [Big things, Other], operationId: listThings, responses: {'204': {description: ok}}}}
          /b: {get: {operationId: other, responses: {'204': {description: ok}}}}
          /c: {get: {tags: [request], operationId: x, responses: {'204': {description: ok}}}}
          /d: {get: {tags: [Big things], operationId: list-things, responses: {'204': {description: ok}}}}
        "), @r"
    group things: Things
      list: List GET /a [Optional, Idempotent]
        -> ()
        Code(204): nothing
      list_things: ListThings GET /d [Optional, Idempotent]
        -> ()
        Code(204): nothing
    group general: General
      other: Other GET /b [Optional, Idempotent]
        -> ()
        Code(204): nothing
    group request_: Request
      x: X GET /c [Optional, Idempotent]
        -> ()
        Code(204): nothing
    ");
}

#[test]
fn an_operation_without_an_id_is_named_by_method_and_path() {
    insta::assert_snapshot!(model("
        paths:
          /api/v1/things/{thingId}/parts:
            parameters: [{name: thingId, in: path, required: true, schema: {type: string}}]
            post: {tags: [t], responses: {'204': {description: ok}}}
            get: {tags: [t], operationId: getApiV1ThingsThingIdParts, responses: {'204': {description: ok}}}
          /: {get: {tags: [t], responses: {'204': {description: ok}}}}
        "), @r#"
    group t: T
      create_thing_part: CreateThingPart POST /api/v1/things/{thingId}/parts [Optional, NonIdempotent]
        thing_id: String = "thingId" in Path, Simple
        -> ()
        Code(204): nothing
      get_thing_parts: GetThingParts GET /api/v1/things/{thingId}/parts [Optional, Idempotent]
        thing_id: String = "thingId" in Path, Simple
        -> ()
        Code(204): nothing
      get: Get GET / [Optional, Idempotent]
        -> ()
        Code(204): nothing
    "#);
}

#[test]
fn names_that_are_taken_give_way() {
    insta::assert_snapshot!(model("
        paths:
          /a: {get: {tags: [t], operationId: new, responses: {'204': {description: ok}}}}
          /b: {get: {tags: [t], operationId: t, responses: {'204': {description: ok}}}}
          /c: {get: {tags: [t], operationId: option, responses: {'204': {description: ok}}}}
          /d: {get: {tags: [t], operationId: Get_It, responses: {'204': {description: ok}}}}
          /e: {get: {tags: [t], operationId: getIt, responses: {'204': {description: ok}}}}
          /f: {get: {tags: [t], operationId: zzz, x-rust-name: get_it, x-rust-type-name: Fetch, responses: {'204': {description: ok}}}}
          /g: {get: {tags: [t], operationId: yyy, x-rust-name: Not Good, responses: {'204': {description: ok}}}}
        "), @r"
    group t: T
      new_: New GET /a [Optional, Idempotent]
        -> ()
        Code(204): nothing
      t: T2 GET /b [Optional, Idempotent]
        -> ()
        Code(204): nothing
      option: Option_ GET /c [Optional, Idempotent]
        -> ()
        Code(204): nothing
      get_it_2: GetIt2 GET /d [Optional, Idempotent]
        -> ()
        Code(204): nothing
      get_it_3: GetIt3 GET /e [Optional, Idempotent]
        -> ()
        Code(204): nothing
      get_it: Fetch GET /f [Optional, Idempotent]
        -> ()
        Code(204): nothing
      not_good: NotGood GET /g [Optional, Idempotent]
        -> ()
        Code(204): nothing
    error invalid-name at /paths/~1g/get/x-rust-name: the name `Not Good` is taken or not a valid name here; `not_good` is used
    ");
}

#[test]
fn inline_types_of_builders_that_are_called_alike_have_the_group_in_their_names() {
    insta::assert_snapshot!(model("
        paths:
          /a:
            get:
              tags: [cats]
              x-rust-name: list
              responses: {'200': {description: ok, content: {application/json: {schema: {type: object, properties: {a: {type: integer}}}}}}}
          /b:
            get:
              tags: [dogs]
              x-rust-name: list
              responses: {'200': {description: ok, content: {application/json: {schema: {type: object, properties: {b: {type: integer}}}}}}}
        "), @r#"
    struct CatsListResponse (out)
        a: Integer64? = "a"
    struct DogsListResponse (out)
        b: Integer64? = "b"
    group cats: Cats
      list: List GET /a [Optional, Idempotent]
        -> CatsListResponse as application/json
        Code(200): CatsListResponse as application/json
        accept application/json
    group dogs: Dogs
      list: List GET /b [Optional, Idempotent]
        -> DogsListResponse as application/json
        Code(200): DogsListResponse as application/json
        accept application/json
    "#);
}

#[test]
fn schemas_keep_their_names_as_far_as_rust_lets_them() {
    insta::assert_snapshot!(schemas("
        APIEntitiesPersonalAccessToken: {type: object, properties: {a: {type: integer}}}
        API_Entities_X: {type: object, properties: {a: {type: integer}}}
        api-entities-x: {type: object, properties: {a: {type: integer}}}
        Option: {type: object, properties: {a: {type: integer}}}
        Self: {type: object, properties: {a: {type: integer}}}
        3DModel: {type: object, properties: {a: {type: integer}}}
        Sha256: {type: object, properties: {a: {type: integer}}}
        sha256: {type: object, properties: {a: {type: integer}}}
        Given: {type: object, x-rust-name: ApiEntitiesX, properties: {a: {type: integer}}}
        Fields: {type: object, properties: {type: {type: integer}, Type: {type: integer}, gen: {type: integer}, '1st': {type: integer}, '+1': {type: integer}, '-1': {type: integer}, _links: {type: integer}, '@id': {type: integer}, given: {type: integer, x-rust-field-name: type_}}}
        "), @r#"
    struct ApiEntitiesPersonalAccessToken (unused)
        a: Integer64? = "a"
    struct ApiEntitiesX2 (unused)
        a: Integer64? = "a"
    struct ApiEntitiesX3 (unused)
        a: Integer64? = "a"
    struct Option_ (unused)
        a: Integer64? = "a"
    struct Self_ (unused)
        a: Integer64? = "a"
    struct Type3dModel (unused)
        a: Integer64? = "a"
    struct Sha256 (unused)
        a: Integer64? = "a"
    struct Sha256_2 (unused)
        a: Integer64? = "a"
    struct ApiEntitiesX (unused)
        a: Integer64? = "a"
    struct Fields (unused)
        type_2: Integer64? = "type"
        type_3: Integer64? = "Type"
        gen_: Integer64? = "gen"
        field_1st: Integer64? = "1st"
        plus_1: Integer64? = "+1"
        minus_1: Integer64? = "-1"
        links: Integer64? = "_links"
        at_id: Integer64? = "@id"
        type_: Integer64? = "given"
    "#);
}

/// The names of operations that are written as `METHOD PATH TAG ID`, with `-` for no id; a `[]` behind them means that the result is a list.
fn names(root: &str, operations: &[&str]) -> Vec<String> {
    let (api, diagnostics) = lower(&document(root, operations));
    assert!(diagnostics.is_empty(), "{:?}", diagnostics.iter().next());
    let by_pointer = |index: usize| {
        let mut groups = api.groups.iter().flat_map(|group| {
            let operations = group.operations.iter();
            operations.map(move |one| (one, format!("{}.{}", group.name, one.name)))
        });
        let path = format!("/x-{index}");
        groups
            .find(|(one, _)| one.docs.line().trim_end_matches('.') == path)
            .map(|(_, name)| name)
            .expect("an operation")
    };
    (0..operations.len()).map(by_pointer).collect()
}

fn document(root: &str, operations: &[&str]) -> String {
    let mut paths: indexmap::IndexMap<&str, String> = indexmap::IndexMap::new();
    for (index, operation) in operations.iter().enumerate() {
        let parts: Vec<&str> = operation.split(' ').collect();
        let [method, path, tag, id, rest @ ..] = parts.as_slice() else {
            panic!("{operation}");
        };
        let id = match *id {
            "-" => String::new(),
            id => format!("operationId: {id}, "),
        };
        let schema = match rest {
            [] => {
                "{type: object, properties: {a: {type: object, properties: {b: {type: string}}}}}"
            }
            _ => "{type: array, items: {type: object, properties: {a: {type: string}}}}",
        };
        let parameters: Vec<String> = path
            .split(['{', '}'])
            .skip(1)
            .step_by(2)
            .map(|name| {
                format!("{{name: {name}, in: path, required: true, schema: {{type: string}}}}")
            })
            .collect();
        paths.entry(path).or_default().push_str(&format!(
            "    {}: {{summary: /x-{index}, tags: [{tag}], {id}parameters: [{}], responses: {{'200': {{description: ok, content: {{application/json: {{schema: {schema}}}}}}}}}}}\n",
            method.to_lowercase(),
            parameters.join(", ")
        ));
    }
    let paths: String = paths
        .iter()
        .map(|(path, operations)| format!("  '{path}':\n{operations}"))
        .collect();
    format!("{root}\npaths:\n{paths}")
}

#[test]
fn an_id_that_repeats_its_group_loses_the_repetition() {
    let operations = [
        ("GET /a gists gists/list", "gists.list"),
        ("GET /b gists gists_list_comments", "gists.list_comments"),
        ("GET /c Projects projectsList", "projects.list"),
        ("GET /d pet getPetById", "pet.get_by_id"),
        ("GET /e pet addPet", "pet.add"),
        ("GET /f issues list-issues-for-repo", "issues.list_for_repo"),
        ("GET /g categories get-categories []", "categories.list"),
        // What is left would mean something else, or nothing.
        (
            "GET /h albums remove-albums-user",
            "albums.remove_albums_user",
        ),
        ("GET /i gists gists_for_user", "gists.gists_for_user"),
        ("GET /j users users", "users.users"),
        (
            "GET /k Projects get_user_projects",
            "projects.get_user_projects",
        ),
        // Rust keeps these names for itself.
        ("GET /l gists gists/new", "gists.gists_new"),
        ("GET /m gists gists/move", "gists.gists_move"),
        // Of two that are called alike the later one yields.
        ("GET /n gists list", "gists.list_2"),
        ("GET /o pet pet_add", "pet.pet_add"),
    ];
    let texts = operations.map(|(operation, _)| operation);
    assert_eq!(names("", &texts), operations.map(|(_, name)| name));
}

/// Operations of machine-made ids, and their names.
const MADE: [(&str, &str); 17] = [
    (
        "GET /api/v4/tokens/@me/{id}.txt tokens getApiV4Tokens@meId.txt",
        "tokens.get_me_txt",
    ),
    (
        "GET /api/v4/projects projects getApiV4Projects []",
        "projects.list",
    ),
    (
        "POST /api/v4/projects projects postApiV4Projects",
        "projects.create",
    ),
    (
        "GET /api/v4/projects/{id} projects getApiV4ProjectsId",
        "projects.get",
    ),
    (
        "PUT /api/v4/projects/{id} projects put_projects_id",
        "projects.update",
    ),
    ("DELETE /api/v4/projects/{id} projects -", "projects.delete"),
    (
        "GET /api/v4/projects/{id}/issues projects getApiV4ProjectsIdIssues []",
        "projects.list_issues",
    ),
    (
        "POST /api/v4/projects/{id}/issues projects -",
        "projects.create_issue",
    ),
    (
        "GET /api/v4/projects/{id}/issues/{issue_iid} projects -",
        "projects.get_issue",
    ),
    (
        "GET /api/v4/projects/{id}/statistics projects -",
        "projects.get_statistics",
    ),
    (
        "POST /api/v4/projects/{id}/archive projects projectsIdArchivePost",
        "projects.archive",
    ),
    (
        "POST /api/v4/projects/{id}/issues/{iid}/move projects -",
        "projects.move_issue",
    ),
    (
        "GET /api/v4/projects/{id}/import projects -",
        "projects.get_import",
    ),
    ("GET /api/v4/tokens/self tokens -", "tokens.get_self"),
    (
        "POST /api/v4/tokens/self/rotate tokens -",
        "tokens.rotate_self",
    ),
    (
        "POST /api/v4/users/{user_id}/tokens tokens -",
        "tokens.create_for_user",
    ),
    (
        "GET /api/v4/projects/{id}/files/*path projects -",
        "projects.get_file",
    ),
];

#[test]
fn machine_made_ids_give_names_from_method_path_and_shape() {
    let texts = MADE.map(|(operation, _)| operation);
    assert_eq!(names("", &texts), MADE.map(|(_, name)| name));
}

#[test]
fn groups_are_recognized_as_a_whole() {
    // One id that somebody thought of keeps its name, and changes no other.
    let mut texts = MADE.map(|(operation, _)| operation).to_vec();
    texts.push("GET /api/v4/projects/{id}/b projects findSomething");
    let found = names("", &texts);
    let expected = MADE.map(|(_, name)| name);
    assert_eq!(found[..17], expected);
    assert_eq!(found[17], "projects.find_something");
    // An id that says what its path says is one among others.
    let human = [
        "GET /things things getThings",
        "GET /a things findThem",
        "GET /b things countThem",
    ];
    assert_eq!(
        names("", &human),
        ["things.get_things", "things.find_them", "things.count_them"]
    );
}

#[test]
fn a_document_can_declare_where_names_come_from() {
    let operations = [
        "GET /api/v4/things/{id} things findThing",
        "GET /health things checkHealth",
    ];
    assert_eq!(
        names(
            "x-operation-names: {from: path, prefix: /api/v4}",
            &operations
        ),
        ["things.get", "things.get_health"]
    );
    assert_eq!(
        names("x-operation-names: {from: id}", &["GET /a/{b} t getAB"]),
        ["t.get_ab"]
    );
}

#[test]
fn operations_that_are_added_change_no_name() {
    let texts = MADE.map(|(operation, _)| operation).to_vec();
    let types = |operations: &[&str]| {
        let (api, _) = lower(&document("", operations));
        let names = api
            .types
            .iter()
            .map(|one| (one.pointer.clone(), one.name.to_string()));
        names.collect::<std::collections::BTreeMap<_, _>>()
    };
    let (names_before, types_before) = (names("", &texts), types(&texts));
    for added in [
        "POST /api/v4/projects/{id}/unarchive projects -",
        "GET /api/v4/groups/{id}/projects projects - []",
        "GET /api/v4/groups groups - []",
        "GET /api/v4/groups/{id}/tokens tokens - []",
        "GET /api/v4/projects/{id}/issues/{iid} issues -",
    ] {
        let mut texts = texts.clone();
        texts.push(added);
        assert_eq!(names("", &texts)[..17], names_before, "{added}");
        let after = types(&texts);
        for (pointer, name) in &types_before {
            assert_eq!(after.get(pointer), Some(name), "{added}");
        }
    }
}
