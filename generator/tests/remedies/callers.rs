//! Remedies that are followed by the users of a crate: it has what they need.

use generator::{Config, Source, generate};

use super::input::{HEAD, operation, response, secured};

/// A diagnostic's code, a document that has it, and lines of the crate's code that its remedy leads to.
pub(crate) struct Call {
    pub(crate) code: &'static str,
    pub(crate) document: String,
    has: &'static [&'static str],
}

pub(crate) fn calls() -> Vec<Call> {
    let call = |code, document: String, has| Call {
        code,
        document,
        has,
    };
    let version = |number: &str, document: String| document.replacen("3.0.3", number, 1);
    let done = "{'204': {description: ok}}";
    vec![
        call(
            "webhooks-ignored",
            version(
                "3.1.0",
                format!(
                    "{HEAD}paths: {{}}\nwebhooks: {{made: {{post: {{requestBody: {{content: {{application/json: {{schema: {{type: object, properties: {{a: {{type: string}}}}}}}}}}}}, responses: {done}}}}}}}\n"
                ),
            ),
            &["pub struct MadeWebhook"],
        ),
        call(
            "servers-ignored",
            operation("servers: [{url: 'https://example.com'}]"),
            &["pub fn base_url("],
        ),
        call(
            "servers-ignored",
            format!(
                "{HEAD}servers: [{{url: 'https://a.example'}}, {{url: 'https://b.example'}}]\npaths: {{}}\n"
            ),
            &["pub fn base_url("],
        ),
        call(
            "not-read",
            response("{'204': {description: ok, headers: {X-Total: {schema: {type: integer}}}}}"),
            &["pub fn headers(&self)", "pub fn send("],
        ),
        call(
            "credential-unsupported",
            secured("{type: http, scheme: digest}", "security: [{key: []}], "),
            &["pub fn key(", "`Authorization`"],
        ),
        call(
            "credential-unsupported",
            version(
                "3.1.0",
                secured("{type: mutualTLS}", "security: [{key: []}], "),
            ),
            &["pub fn transport("],
        ),
        call(
            "unsupported-body",
            version(
                "3.2.0",
                response(
                    "{'200': {description: ok, content: {application/jsonl: {itemSchema: {type: object}}}}}",
                ),
            ),
            &["-> Bytes);"],
        ),
    ]
}

#[test]
fn a_crate_has_what_its_remedies_name() {
    let mut failures = Vec::new();
    for call in calls() {
        let spec = Source {
            name: "api.yaml",
            bytes: call.document.as_bytes(),
        };
        let generated = generate(spec, &[], &Config::default());
        let mut codes = generated.diagnostics.iter().map(|one| one.code.as_str());
        if !codes.any(|code| code == call.code) {
            failures.push(format!("{}: not in\n{}", call.code, call.document));
        }
        let files = generated.files.as_ref().expect("files");
        for text in call.has {
            if !files.iter().any(|(_, file)| file.text().contains(text)) {
                failures.push(format!(
                    "{}: no `{text}` in the crate; {}",
                    call.code,
                    generated.render_diagnostics(false)
                ));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n---\n"));
}
