//! Faults of the description as a whole: versions, required members, security.

use super::{one_fault, run};

#[test]
fn no_version() {
    let outcome = one_fault(
        "no_version",
        "no-version",
        "▸info: {title: Pets, version: '1'}\npaths: {}\n",
    );
    assert!(outcome.diagnostics.has_fatal() && outcome.api.is_none());
}

#[test]
fn openapi_4() {
    one_fault(
        "openapi_4",
        "unsupported-version",
        "▸openapi: 4.0.0\npaths: {}\n",
    );
}

#[test]
fn version_that_is_a_number() {
    let outcome = one_fault(
        "version_that_is_a_number",
        "unquoted-string",
        "▸openapi: 3.0\ninfo: {title: Pets, version: '1'}\npaths: {}\n",
    );
    assert_eq!(outcome.api().openapi, "3.0");
}

#[test]
fn document_that_is_a_list() {
    one_fault(
        "document_that_is_a_list",
        "wrong-type",
        "▸- openapi: 3.0.3\n",
    );
}

#[test]
fn no_paths() {
    one_fault(
        "no_paths",
        "missing-member",
        "▸openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\n",
    );
}

#[test]
fn unquoted_api_version_keeps_its_last_zero() {
    let outcome = one_fault(
        "unquoted_api_version",
        "unquoted-string",
        "openapi: 3.0.3\ninfo:\n  title: Pets\n  ▸version: 1.10\npaths: {}\n",
    );
    assert_eq!(outcome.api().info.version, "1.10");
    assert!(!outcome.diagnostics.stops(true));
}

#[test]
fn info_that_is_no_object() {
    let outcome = one_fault(
        "info_that_is_no_object",
        "wrong-type",
        "openapi: 3.0.3\n▸info: Pets\npaths: {}\n",
    );
    assert_eq!(outcome.api().info.title, "");
}

#[test]
fn unknown_keyword() {
    let outcome = one_fault(
        "unknown_keyword",
        "unknown-keyword",
        "openapi: 3.0.3\ninfo:\n  title: Pets\n  version: '1'\n  ▸desciption: All about pets\n  x-ours: fine\npaths: {}\n",
    );
    assert!(outcome.diagnostics.stops(true) && !outcome.diagnostics.stops(false));
}

#[test]
fn unknown_security_type() {
    // The requirement that needs the scheme goes with it, and without a second diagnostic.
    let outcome = one_fault(
        "unknown_security_type",
        "unknown-security-type",
        "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\nsecurity:\n- {user: []}\n- {token: []}\npaths: {}\ncomponents:\n  securitySchemes:\n    user:\n      ▸type: basic\n    token: {type: http, scheme: bearer}\n",
    );
    let security = outcome
        .api()
        .security
        .as_ref()
        .expect("the other alternative");
    assert_eq!(
        security
            .iter()
            .flat_map(|names| names.keys())
            .collect::<Vec<_>>(),
        ["token"]
    );
}

#[test]
fn unknown_security_scheme() {
    let outcome = one_fault(
        "unknown_security_scheme",
        "unknown-security-scheme",
        "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\nsecurity:\n- ▸tokn: []\npaths: {}\ncomponents:\n  securitySchemes:\n    token: {type: http, scheme: bearer}\n",
    );
    // An empty list would say that no credential is needed.
    assert_eq!(outcome.api().security, None);
}

#[test]
fn relative_server_urls_are_fine() {
    let spec = "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\nservers: [{url: /api}, {url: v2}, {url: ''}]\npaths: {}\nexternalDocs: {url: docs/index.html}\n";
    assert!(run(spec, None).diagnostics.is_empty());
}
