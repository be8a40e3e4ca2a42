//! Credentials and servers.

use super::{lower, model};

const SCHEMES: &str = "
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key, description: A key., x-rust-name: api_key}
    header: {type: apiKey, in: query, name: key}
    jar: {type: apiKey, in: cookie, name: session}
    http: {type: http, scheme: bearer}
    login: {type: http, scheme: Basic}
    odd: {type: http, scheme: digest}
    oauth: {type: oauth2, flows: {}}
";

#[test]
fn each_way_to_carry_a_credential_has_one_constructor() {
    insta::assert_snapshot!(model(SCHEMES), @r#"
    credential api_key: Header("X-Key")
    credential header_: Query("key")
    credential jar: Cookie("session")
    credential http: Bearer
    credential login: Basic
    credential odd: Header("Authorization")
    note credential-unsupported at /components/securitySchemes/odd: there is nothing of its own for the HTTP scheme `digest`
    "#);
}

#[test]
fn operations_need_what_they_or_the_document_say() {
    let with = |security: &str, of_operations: [&str; 5]| {
        let mut text = format!("{SCHEMES}{security}\npaths:\n");
        for (index, security) in of_operations.iter().enumerate() {
            let operation = format!(
                "{{get: {{tags: [t], operationId: o{index}, {security} responses: {{'204': {{description: ok}}}}}}}}"
            );
            text.push_str(&format!("  /{index}: {operation}\n"));
        }
        let (api, _) = lower(&text);
        let operations = api.operations();
        operations
            .map(|one| format!("{:?}", one.security))
            .collect::<Vec<_>>()
    };
    let said = [
        "",
        "security: [],",
        "security: [{}],",
        "security: [{}, {key: []}],",
        "security: [{key: []}, {http: []}],",
    ];
    assert_eq!(
        with("security: [{key: []}]", said),
        ["Required", "Anonymous", "Anonymous", "Optional", "Required"]
    );
    assert_eq!(
        with("security: []", said),
        [
            "Anonymous",
            "Anonymous",
            "Anonymous",
            "Optional",
            "Required"
        ]
    );
    // What no requirement speaks of is not an empty requirement.
    assert_eq!(
        with("", said),
        ["Optional", "Anonymous", "Anonymous", "Optional", "Required"]
    );
    // A requirement that cannot be met is reported, and says nothing.
    assert_eq!(
        with("security: [{none: []}]", said),
        ["Optional", "Anonymous", "Anonymous", "Optional", "Required"]
    );
}

#[test]
fn a_document_without_security_leaves_the_credential_to_the_caller() {
    let security = |text: &str| {
        let (api, diagnostics) = lower(text);
        assert!(diagnostics.is_empty());
        let operations = api.operations();
        operations
            .map(|one| format!("{:?}", one.security))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        security(
            "paths: {/a: {get: {responses: {'204': {description: ok}}}, put: {security: [], responses: {'204': {description: ok}}}}}"
        ),
        ["Optional", "Anonymous"]
    );
    // The credential that an operation takes as a parameter is not sent twice.
    assert_eq!(
        security(
            "
            paths:
              /a:
                get: {parameters: [{name: x-KEY, in: header, schema: {type: string}}], responses: {'204': {description: ok}}}
                put: {parameters: [{name: X-Key, in: query, schema: {type: string}}], responses: {'204': {description: ok}}}
            components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}
            "
        ),
        ["Anonymous", "Optional"]
    );
}

#[test]
fn the_first_server_with_a_host_is_the_default() {
    let base_url = |servers: &str| {
        let (api, diagnostics) = lower(&format!("servers: {servers}"));
        let codes: Vec<String> = diagnostics
            .iter()
            .map(|item| format!("{:?} {}", item.severity, item.code))
            .collect();
        (api.default_base_url, codes.join(", "))
    };
    let url = |text: &str| Some(text.to_owned());
    assert_eq!(
        base_url("[{url: 'https://example.com/api/v3/'}]"),
        (url("https://example.com/api/v3"), String::new())
    );
    assert_eq!(
        base_url("[{url: //example.com}]"),
        (url("https://example.com"), String::new())
    );
    assert_eq!(
        base_url(
            "[{url: 'http://{host}.example.com:{port}', variables: {host: {default: a}, port: {default: '80'}}}]"
        ),
        (url("http://a.example.com:80"), String::new())
    );
    assert_eq!(
        base_url("[{url: /api}, {url: 'https://b.example.com'}]"),
        (
            url("https://b.example.com"),
            "Note servers-ignored".to_owned()
        )
    );
    assert_eq!(
        base_url("[{url: 'https://{host}'}]"),
        (None, "Warning servers-ignored".to_owned())
    );
    assert_eq!(base_url("[]"), (None, String::new()));
}

/// The base path, and the diagnostics.
fn base_path(document: &str) -> (Option<String>, Vec<String>) {
    let (api, diagnostics) = lower(document);
    let said = diagnostics
        .iter()
        .map(|item| format!("{} {}: {}", item.code, item.pointer, item.message))
        .collect();
    (api.base_path, said)
}

#[test]
fn the_base_path_is_declared_and_never_guessed() {
    let paths = concat!(
        "paths:\n",
        "  /api/v1/a: {get: {responses: {'204': {description: ok}}}}\n",
        "  /api/v1: {get: {responses: {'204': {description: ok}}}}\n",
    );
    let of = |root: &str| base_path(&format!("{root}\n{paths}"));
    let is = |text: &str| (Some(text.to_owned()), Vec::<String>::new());
    assert_eq!(of(""), (None, Vec::new()));
    assert_eq!(
        of("servers: [{url: 'https://a.example/v1'}]"),
        (None, Vec::new())
    );
    assert_eq!(of("x-base-path: /api/v1"), is("/api/v1"));
    assert_eq!(of("x-base-path: /api/"), is("/api"));
    assert_eq!(of("servers: [{url: /base}]"), is("/base"));
    assert_eq!(
        of("servers: [{url: /base}]\nx-base-path: /api"),
        is("/base/api")
    );
}

#[test]
fn a_base_path_that_is_none_is_reported() {
    let document = |declared: &str| {
        format!(
            "x-base-path: {declared}\npaths:\n  /api/v10/a: {{get: {{responses: {{'204': {{description: ok}}}}}}}}\n"
        )
    };
    for (declared, message) in [
        (
            "/api/v1",
            "the path `/api/v10/a` does not begin with `/api/v1`",
        ),
        ("/", "`` is not a path such as `/api/v1`"),
        ("api", "`api` is not a path such as `/api/v1`"),
        ("/api/../b", "`/api/../b` is not a path such as `/api/v1`"),
        ("'/{api}'", "`/{api}` is not a path such as `/api/v1`"),
        (
            "5",
            "`x-base-path` must be a text that is not empty, found a number",
        ),
    ] {
        let (path, said) = base_path(&document(declared));
        assert_eq!(path, None, "{declared}");
        assert_eq!(said, [format!("invalid-extension /x-base-path: {message}")]);
    }
}

#[test]
fn servers_of_a_part_are_reported() {
    let (_, diagnostics) = lower("
        paths:
          /a: {servers: [{url: 'https://a.example'}], get: {responses: {'204': {description: ok}}}, put: {responses: {'204': {description: ok}}}}
          /b: {get: {servers: [{url: 'https://b.example'}], responses: {'204': {description: ok}}}}
        ");
    let said: Vec<String> = diagnostics
        .iter()
        .map(|item| format!("{} {}", item.code, item.pointer))
        .collect();
    assert_eq!(
        said,
        [
            "servers-ignored /paths/~1a/servers",
            "servers-ignored /paths/~1b/get/servers"
        ]
    );
}

#[test]
fn the_path_of_a_server_without_a_host_is_kept() {
    insta::assert_snapshot!(model("
        servers: [{url: /api/v3/}]
        paths:
          /things: {get: {tags: [t], operationId: a, responses: {'204': {description: ok}}}}
        "), @r"
    group t: T
      a: A GET /api/v3/things [Optional, Idempotent]
        -> ()
        Code(204): nothing
    ");
}

#[test]
fn a_credential_beside_the_clients_may_be_a_parameter() {
    let read = |parameters: &str, more: &str| {
        let (api, diagnostics) = lower(&format!(
            "
            paths:
              /a: {{get: {{security: [{{key: [], app: []}}], parameters: [{parameters}], responses: {{'204': {{description: ok}}}}}}}}
              {more}
            components:
              securitySchemes:
                app: {{type: apiKey, in: query, name: app}}
                key: {{type: apiKey, in: header, name: X-Key}}
            "
        ));
        let companions: Vec<String> = api
            .credentials
            .iter()
            .filter(|scheme| scheme.is_companion)
            .map(|scheme| scheme.key.clone())
            .collect();
        let said: Vec<String> = diagnostics
            .iter()
            .map(|one| one.pointer.to_string())
            .collect();
        (companions, said)
    };
    let app = vec!["app".to_owned()];
    let place = vec!["/paths/~1a/get/security/0".to_owned()];
    assert_eq!(read("", ""), (app.clone(), place.clone()));
    assert_eq!(
        read("{name: app, in: query, schema: {type: string}}", ""),
        (app, Vec::new())
    );
    // What is a credential of its own elsewhere is set in one way only.
    assert_eq!(
        read(
            "",
            "/b: {get: {security: [{app: []}], responses: {'204': {description: ok}}}}"
        ),
        (Vec::new(), place)
    );
}
