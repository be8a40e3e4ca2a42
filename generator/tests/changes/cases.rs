//! Edits of `before.yaml`, each with the version that it asks for. They are compared with the report and with what cargo-semver-checks finds
//! in the emitted crates.

use generator::changes::Verdict;

/// A text of the document and the one that takes its place.
pub(crate) type Edit = (&'static str, &'static str);

pub(crate) const CASES: &[(&str, Verdict, &[Edit])] = &[
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

/// Returns the text after edits.
pub(crate) fn edit(text: &str, edits: &[(&str, &str)]) -> String {
    let mut text = text.to_owned();
    for (before, after) in edits {
        assert!(text.contains(before), "the document lacks {before}");
        text = text.replacen(before, after, 1);
    }
    text
}
