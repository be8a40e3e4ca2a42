//! Errors about the request (400, 404, 422), by operation.

use super::row::{
    Body, CREATE, CREATE_FOR_USER, GET, LIST, REVOKE, REVOKE_SELF, ROTATE, ROTATE_SELF, Row,
};

#[test]
fn list_rejects_parameters() {
    for text in [
        "revoked is invalid",
        "state does not have a valid value",
        "created_before is invalid",
        "page does not have a valid value",
        "per_page has a value not allowed",
        "revoked is invalid, state does not have a valid value, created_before is invalid",
    ] {
        Row::parameter(&[LIST], 400, text).check();
    }
    Row::message(&[LIST], 404, "404 Not Found").check();
}

#[test]
fn a_token_that_does_not_exist_or_is_not_the_callers() {
    Row::message(&[GET, ROTATE], 404, "404 Not Found").check();
    Row::parameter(&[GET], 400, "id is invalid").check();
    Row::message(&[REVOKE], 404, "404 Not found").check();
    Row::message(&[REVOKE, REVOKE_SELF], 400, "400 Bad request").check();
    Row::message(
        &[REVOKE, REVOKE_SELF],
        400,
        "400 Bad request - Not permitted to revoke",
    )
    .check();
}

#[test]
fn rotate_rejects() {
    for text in [
        "400 Bad request - Token already revoked",
        "400 Bad request - token already revoked",
        "400 Bad request - Failed to revoke token",
        "400 Bad request - Not eligible to rotate tokens with permissions not held by the user",
        "400 Bad request - Rotation of legacy personal access tokens is disabled. Use a fine-grained token instead.",
        "400 Bad request - Expiration date must be before 2027-01-01",
        "400 Bad request - Expiration date must be before 2027-01-01, a, and b",
    ] {
        Row::message(&[ROTATE, ROTATE_SELF], 400, text).check();
    }
}

#[test]
fn create_rejects() {
    for text in [
        "name is missing, scopes is missing",
        "scopes does not have a valid value",
    ] {
        Row::parameter(&[CREATE, CREATE_FOR_USER], 400, text).check();
    }
    for text in [
        "Expiration date must be before 2027-01-01",
        "Not permitted to create",
        "422 Unprocessable Entity",
    ] {
        Row::message(&[CREATE, CREATE_FOR_USER], 422, text).check();
    }
    Row::message(&[CREATE_FOR_USER], 404, "404 User Not Found").check();
}

/// The form of validation errors elsewhere in the API.
#[test]
fn messages_by_attribute_are_one_line() {
    for (body, text) in [
        (
            r#"{"message":{"name":["is too long","is taken"],"scopes":["can't be blank"]}}"#,
            "name: is too long, is taken; scopes: can't be blank",
        ),
        (
            r#"{"message":{"base":["Only one token may exist"]}}"#,
            "Only one token may exist",
        ),
        (
            r#"{"message":{"name":"is missing","user":{"email":["is invalid"]}}}"#,
            "name: is missing; user: email: is invalid",
        ),
    ] {
        Row::json(&[CREATE], 400, body, Body::Messages)
            .with_message(text)
            .check();
    }
}
