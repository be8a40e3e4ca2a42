//! Responses that arrive instead of the expected one.

pub(super) type Headers = &'static [(&'static str, &'static str)];

pub(super) const HTML: Headers = &[("content-type", "text/html; charset=utf-8")];
pub(super) const TEXT: Headers = &[("content-type", "text/plain")];

/// Responses to the check of a token that are inconclusive, whatever their status.
pub(super) const SAY_NOTHING: &[(u16, Headers, &str)] = &[
    (200, HTML, "<html><body>Sign in</body></html>"),
    (200, &[], ""),
    (200, &[], "{}"),
    (200, &[], r#"{"id": 1}"#),
    (200, &[], r#"{"id": 1, "active": false}"#),
    (200, &[], r#"{"id": 1, "active": "true"}"#),
    (200, &[], r#"[{"active": true}]"#),
    (200, &[], r#"{"id": 1, "active": true"#),
    (204, &[], ""),
    (
        400,
        TEXT,
        "400 Bad request - This endpoint requires patience",
    ),
    (
        400,
        &[],
        r#"{"message": "The plain HTTP request was sent to HTTPS port"}"#,
    ),
    (400, &[], r#"["400 Bad request - This endpoint requires"]"#),
    (401, &[], r#"{"message": "401 Unauthorized"}"#),
    (
        401,
        &[],
        r#"{"error": "invalid_token", "error_description": "Token is expired."}"#,
    ),
    (403, &[], "{}"),
    (403, &[], r#"{"error": "forbidden"}"#),
    (403, HTML, "insufficient_scope"),
    (404, &[], r#"{"error": "404 Not Found"}"#),
    (503, &[], "{}"),
];

pub(super) const REVOKED: &str = r#"{"error": "invalid_token", "error_description": "Token was revoked. You have to re-authorize from the user."}"#;

/// The server's own report that it did nothing.
pub(super) const REJECTED: &str = r#"{"message": "400 Bad request - Nothing of that"}"#;

/// Responses to a rotation that may come from any intermediary.
pub(super) const ANYBODYS: &[(u16, Headers, &str)] = &[
    (200, HTML, "<html><body>Sign in</body></html>"),
    (200, HTML, ""),
    (200, &[], ""),
    (200, &[], "[]"),
    (200, &[], "null"),
    (200, &[], r#"{"status": "ok"}"#),
    (200, &[], r#"{"id": 5, "token": null}"#),
    (201, TEXT, "Created"),
    (204, &[], ""),
    (300, &[], ""),
    (304, &[], ""),
    (307, &[("location", "https://elsewhere.example/login")], ""),
    (308, &[("location", "/elsewhere")], REJECTED),
    (399, &[], REJECTED),
    (400, HTML, "<html><body>Bad request</body></html>"),
    (401, HTML, "<html><body>Sign in</body></html>"),
    (403, HTML, "<html><body>Blocked</body></html>"),
    (403, TEXT, "Blocked"),
    (403, &[], ""),
    (403, &[], "{}"),
    (403, &[], "[]"),
    (403, &[], r#""Blocked""#),
    (403, &[], r#"{"blocked": true}"#),
    (403, &[], r#"{"message": "Blo"#),
    (404, HTML, "<html><body>Not found</body></html>"),
    (404, &[], "404 page not found"),
    (413, TEXT, "Too large"),
    (422, &[], ""),
    (499, &[], ""),
];
