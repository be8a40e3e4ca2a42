//! Programs that must not compile, because the types prevent them.

use super::crates::{Crate, text_of};

/// A name, a body of `main`, the compiler's error code and a part of its message.
const REFUSED: &[(&str, &str, &str, &str)] = &[
    (
        "a_known_value_among_the_unknown_ones",
        r#"let _ = TokenScope::Unknown("api".to_owned());"#,
        "E0308",
        "UnknownString",
    ),
    (
        "a_match_that_a_new_value_would_break",
        "match TokenState::Active { TokenState::Active | TokenState::Inactive | TokenState::Unknown(_) => {} }",
        "E0004",
        "not covered",
    ),
    (
        "a_struct_that_a_new_field_would_break",
        "let RotateTokenBody { expires_at: _ } = RotateTokenBody::new();",
        "E0638",
        "non-exhaustive",
    ),
    (
        "a_secret_for_people",
        r#"println!("{}", Secret::new("x"));"#,
        "E0277",
        "Display",
    ),
    (
        "a_secret_compared_with_a_text",
        r#"let _ = Secret::new("x") == "x";"#,
        "E0308",
        "Secret",
    ),
    (
        "an_operation_that_is_forgotten",
        "let client = Client::builder().build().unwrap(); client.personal_access_tokens().revoke(1);",
        "",
        "must be used",
    ),
    (
        "a_list_of_another_crate",
        "struct Mine; struct Kind; impl gitlab_pat::IntoList<String, Kind> for Mine { fn into_list(self) -> Vec<String> { vec![] } }",
        "E0277",
        "Sealed",
    ),
    (
        "a_blocking_client_without_its_feature",
        "let _ = gitlab_pat::blocking::Client::builder();",
        "E0433",
        "blocking",
    ),
];

/// The same names in valid use, which shows that the programs above fail for their stated reason.
const ACCEPTED: &str = r#"
    let _ = TokenScope::from("api");
    match TokenState::Active { TokenState::Active => {} _ => {} }
    let RotateTokenBody { expires_at: _, .. } = RotateTokenBody::new();
    println!("{:?}", Secret::new("x"));
    let _ = Secret::new("x") == Secret::new("x");
    let _ = Client::builder().build().map(|client| client.personal_access_tokens().revoke(1));
"#;

fn program(body: &str) -> String {
    format!(
        "#![deny(unused_must_use)]\n#[allow(unused_imports)]\nuse gitlab_pat::{{Client, Secret, types::*}};\n\nfn main() {{\n{body}\n}}\n"
    )
}

#[test]
fn forbidden_programs_do_not_compile() {
    let options = ", default-features = false";
    let mut outside =
        Crate::new("outside-refused", options, "").program("accepted", &program(ACCEPTED));
    for (name, body, ..) in REFUSED {
        outside = outside.program(name, &program(body));
    }
    outside.succeeds(&["check", "--bin", "accepted"]);
    for (name, _, code, message) in REFUSED {
        let output = outside.cargo(&["check", "--bin", name]);
        let reason = text_of(&output);
        assert!(!output.status.success(), "{name} compiles");
        assert!(reason.contains(code), "{name}: {reason}");
        assert!(reason.contains(message), "{name}: {reason}");
    }
}
