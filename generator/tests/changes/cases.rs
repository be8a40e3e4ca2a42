//! Edits of `before.yaml` and of `kinds.yaml`, each with the version that it asks for. They are compared with the report and with what cargo-semver-checks finds
//! in the emitted crates.

use generator::changes::Verdict;

/// A text of the document and the one that takes its place.
pub(crate) type Edit = (&'static str, &'static str);

/// What the edits are, the version that they ask for, and the edits.
pub(crate) type Case = (&'static str, Verdict, &'static [Edit]);

/// The documents of the cases.
pub(crate) const DOCUMENTS: [(&str, &[Case]); 2] = [("before.yaml", CASES), ("kinds.yaml", KINDS)];

const CASES: &[Case] = &[
    (
        "a description",
        Verdict::Patch,
        &[(
            "{type: string, format: password}",
            "{type: string, format: password, description: The secret.}",
        )],
    ),
    (
        "a status",
        Verdict::Patch,
        &[(
            "'201': {description: Created",
            "'200': {description: Created",
        )],
    ),
    (
        "a path",
        Verdict::Patch,
        &[("/api/v4/user/personal_access_tokens", "/api/v4/user/tokens")],
    ),
    (
        "the name of a path parameter that callers pass",
        Verdict::Patch,
        &[
            (
                "/api/v4/personal_access_tokens/{id}/rotate",
                "/api/v4/personal_access_tokens/{token}/rotate",
            ),
            (
                "x-rust-name: rotate\n      tags: [Access tokens]\n      parameters:\n      - {name: id",
                "x-rust-name: rotate\n      tags: [Access tokens]\n      parameters:\n      - {name: token",
            ),
        ],
    ),
    (
        "an error",
        Verdict::Patch,
        &[(
            "'404': {description: Not Found}",
            "'409': {description: Conflict}",
        )],
    ),
    (
        "an operation id",
        Verdict::Patch,
        &[("operationId: deleteToken", "operationId: removeToken")],
    ),
    (
        "a default",
        Verdict::Patch,
        &[(
            "name: user_id, in: query, schema: {type: integer,",
            "name: user_id, in: query, schema: {type: integer, default: 1,",
        )],
    ),
    (
        "a new value",
        Verdict::Minor,
        &[("inactive, expired]", "inactive, expired, revoked]")],
    ),
    (
        "a new member of a response",
        Verdict::Minor,
        &[(
            "        active: {type: boolean}",
            "        active: {type: boolean}\n        granular: {type: boolean}",
        )],
    ),
    (
        "a new required member of a response",
        Verdict::Minor,
        &[
            ("user_id, active]", "user_id, active, granular]"),
            (
                "        active: {type: boolean}",
                "        active: {type: boolean}\n        granular: {type: boolean}",
            ),
        ],
    ),
    (
        "a new optional member of a body",
        Verdict::Minor,
        &[(
            "        expires_at: {type: string, format: date}\n    Problem",
            "        expires_at: {type: string, format: date}\n        reason: {type: string}\n    Problem",
        )],
    ),
    (
        "a new optional parameter",
        Verdict::Minor,
        &[(
            "      - {name: state,",
            "      - {name: search, in: query, schema: {type: string}}\n      - {name: state,",
        )],
    ),
    (
        "an operation that is discouraged",
        Verdict::Minor,
        &[(
            "x-rust-name: rotate",
            "deprecated: true\n      x-rust-name: rotate",
        )],
    ),
    (
        "a member that is discouraged",
        Verdict::Minor,
        &[(
            "username: {type: string}",
            "username: {type: string, deprecated: true}",
        )],
    ),
    (
        "a new required member of a body",
        Verdict::Major,
        &[
            (
                "required: [name, scopes]",
                "required: [name, scopes, reason]",
            ),
            (
                "        expires_at: {type: string, format: date}\n    Problem",
                "        expires_at: {type: string, format: date}\n        reason: {type: string}\n    Problem",
            ),
        ],
    ),
    (
        "arguments in another order",
        Verdict::Major,
        &[
            (
                "        name: {type: string}\n        description: {type: string}\n        scopes",
                "        description: {type: string}\n        scopes",
            ),
            (
                "        expires_at: {type: string, format: date}\n    Problem",
                "        expires_at: {type: string, format: date}\n        name: {type: string}\n    Problem",
            ),
        ],
    ),
    (
        "a required parameter that was optional",
        Verdict::Major,
        &[(
            "name: user_id, in: query,",
            "name: user_id, in: query, required: true,",
        )],
    ),
    (
        "an optional member that was required",
        Verdict::Major,
        &[("user_id, active]", "user_id]")],
    ),
    (
        "a required member that was optional",
        Verdict::Major,
        &[("user_id, active]", "user_id, active, description]")],
    ),
    (
        "a value that is gone",
        Verdict::Major,
        &[("inactive, expired]", "inactive]")],
    ),
    (
        "a type of another kind",
        Verdict::Major,
        &[(
            "{type: string, enum: [active, inactive, expired]}",
            "{type: integer, enum: [1, 2]}",
        )],
    ),
    (
        "the first optional member of a struct that has no other becomes required",
        Verdict::Major,
        &[(
            "    Problem:\n      type: object",
            "    Problem:\n      type: object\n      required: [message]",
        )],
    ),
    (
        "a response that holds a secret",
        Verdict::Major,
        &[(
            "username: {type: string}",
            "username: {type: string, format: password}",
        )],
    ),
    (
        "a result",
        Verdict::Major,
        &[(
            "'204': {description: No Content}",
            "'200': {description: OK, content: {application/json: {schema: {$ref: '#/components/schemas/Token'}}}}",
        )],
    ),
    (
        "a group",
        Verdict::Major,
        &[("x-rust-name: personal_access_tokens", "x-rust-name: tokens")],
    ),
    (
        "a constructor of a credential",
        Verdict::Major,
        &[("x-rust-name: private_token", "x-rust-name: personal")],
    ),
];

/// Every kind of item that `before.yaml` lacks.
pub(crate) const KINDS: &[Case] = &[
    (
        "values in another order",
        Verdict::Major,
        &[("[small, middle, big]", "[big, middle, small]")],
    ),
    (
        "a new value between others",
        Verdict::Minor,
        &[("[small, middle, big]", "[small, large, middle, big]")],
    ),
    (
        "numbers in another order",
        Verdict::None,
        &[
            ("[10, 20, 50]", "[50, 20, 10]"),
            ("[Guest, Member, Owner]", "[Owner, Member, Guest]"),
        ],
    ),
    (
        "another name of a number",
        Verdict::Major,
        &[("[Guest, Member, Owner]", "[Guest, Reporter, Owner]")],
    ),
    (
        "values that may be null",
        Verdict::Major,
        &[(
            "[small, middle, big]}",
            "[small, middle, big], nullable: true}",
        )],
    ),
    (
        "a type instead of its other name",
        Verdict::None,
        &[(
            "        id: {$ref: '#/components/schemas/Id'}\n        amount",
            "        id: {type: integer, format: int64}\n        amount",
        )],
    ),
    (
        "an argument of a type instead of its other name",
        Verdict::None,
        &[(
            "required: true, schema: {$ref: '#/components/schemas/Id'}",
            "required: true, schema: {type: integer, format: int64}",
        )],
    ),
    (
        "another name of another type",
        Verdict::Major,
        &[("Id: {type: integer, format: int64}", "Id: {type: string}")],
    ),
    (
        "a nullable member",
        Verdict::Major,
        &[(
            "    Range:\n      type: object\n      required: [from]\n      properties:\n        from: {type: integer}",
            "    Range:\n      type: object\n      required: [from]\n      properties:\n        from: {type: integer, nullable: true}",
        )],
    ),
    (
        "types that are tried in another order",
        Verdict::Minor,
        &[(
            "      - {type: string}\n      - {type: integer, format: int64}\n",
            "      - {type: integer, format: int64}\n      - {type: string}\n",
        )],
    ),
    (
        "one more type",
        Verdict::Minor,
        &[(
            "      - {type: string}\n",
            "      - {type: string}\n      - {type: boolean}\n",
        )],
    ),
    (
        "one type less",
        Verdict::Major,
        &[("      - {type: string}\n", "")],
    ),
    (
        "a file in a form",
        Verdict::Major,
        &[(
            "                labels: {type: array",
            "                icon: {type: string, format: binary}\n                labels: {type: array",
        )],
    ),
    (
        "a list that a form requires",
        Verdict::Major,
        &[("required: [name]", "required: [name, labels]")],
    ),
    (
        "a body that is required",
        Verdict::Patch,
        &[(
            "      requestBody:\n        content: {application/json: {schema: {$ref: '#/components/schemas/Update'}}}",
            "      requestBody:\n        required: true\n        content: {application/json: {schema: {$ref: '#/components/schemas/Update'}}}",
        )],
    ),
    (
        "a required member of an optional body",
        Verdict::Major,
        &[(
            "    Update:\n      type: object\n",
            "    Update:\n      type: object\n      required: [note]\n",
        )],
    ),
    (
        "another default",
        Verdict::Patch,
        &[("default: 1}", "default: 2}")],
    ),
    (
        "no default",
        Verdict::Patch,
        &[("size: {type: integer, default: 1}", "size: {type: integer}")],
    ),
    (
        "no second success",
        Verdict::Major,
        &[(
            "        '202': {description: Accepted, content: {application/json: {schema: {$ref: '#/components/schemas/Job'}}}}\n",
            "",
        )],
    ),
    (
        "a third success",
        Verdict::Minor,
        &[(
            "        '202': {description: Accepted,",
            "        '204': {description: No Content}\n        '202': {description: Accepted,",
        )],
    ),
    (
        "pages",
        Verdict::Major,
        &[(
            "      operationId: listThings\n",
            "      operationId: listThings\n      x-pagination: {page-parameter: page, link-header: Link}\n",
        )],
    ),
    (
        "a response that callers build",
        Verdict::Minor,
        &[(
            "        '204': {description: No Content}\n",
            "        '204': {description: No Content}\n    patch:\n      operationId: patchThing\n      tags: [things]\n      parameters:\n      - {name: id, in: path, required: true, schema: {$ref: '#/components/schemas/Id'}}\n      requestBody: {required: true, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Job'}}}}}\n      responses:\n        '204': {description: No Content}\n",
        )],
    ),
    (
        "another credential",
        Verdict::Minor,
        &[(
            "    person: {",
            "    key: {type: apiKey, in: query, name: key}\n    person: {",
        )],
    ),
    (
        "no credential of a user",
        Verdict::Major,
        &[("    person: {type: http, scheme: basic}\n", "")],
    ),
    (
        "an operation of another group",
        Verdict::Major,
        &[(
            "operationId: deleteThing\n      tags: [things]",
            "operationId: deleteThing\n      tags: [jobs]",
        )],
    ),
    (
        "a type that nothing needs",
        Verdict::Minor,
        &[(
            "    Job:\n",
            "    Unused: {type: object, properties: {a: {type: string}}}\n    Job:\n",
        )],
    ),
    (
        "other members",
        Verdict::Minor,
        &[(
            "    Job:\n      type: object\n",
            "    Job:\n      type: object\n      additionalProperties: {type: string}\n",
        )],
    ),
    (
        "a type that holds itself",
        Verdict::Major,
        &[(
            "        parent: {$ref: '#/components/schemas/Id'}",
            "        parent: {$ref: '#/components/schemas/Job'}",
        )],
    ),
];

/// Returns the text after edits.
pub(crate) fn edit(text: &str, edits: &[(&str, &str)]) -> String {
    let mut text = text.to_owned();
    for (before, after) in edits {
        assert!(text.contains(before), "the document lacks {before}");
        text = text.replacen(before, after, 1);
    }
    text
}
