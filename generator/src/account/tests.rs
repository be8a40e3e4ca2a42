use std::fmt::Write as _;
use std::thread;

use super::{Account, Part, reachable};
use crate::diagnostic::Diagnostics;
use crate::source::Document;

/// Much less than a program gives its threads.
const STACK: usize = 256 * 1024;
const LENGTH: usize = 20_000;

/// A document whose schemas form one chain, each the next's owner in this form.
fn chain(link: impl Fn(&str) -> String) -> String {
    let mut text = String::from(
        r##"{"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": {"/a": {"get": {"responses": {"200": {
            "description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/S0"}}}
        }}}}}, "components": {"schemas": {"##,
    );
    for number in 0..LENGTH {
        let next = format!(r##"{{"$ref": "#/components/schemas/S{}"}}"##, number + 1);
        write!(text, r#""S{number}": {}, "#, link(&next)).expect("a string takes all");
    }
    write!(text, r#""S{LENGTH}": {{"type": "string"}}}}}}}}"#).expect("a string takes all");
    text
}

fn schemas_read(text: &str) -> usize {
    let account = || {
        let mut diagnostics = Diagnostics::new();
        let document = Document::parse("a.json", text.as_bytes(), &mut diagnostics);
        let document = document.expect("a document");
        let reachable = reachable(document.value());
        Account::balance(&reachable, document.value(), &mut diagnostics)
            .of(Part::Schema)
            .read
    };
    thread::scope(|scope| {
        let builder = thread::Builder::new().stack_size(STACK);
        let thread = builder.spawn_scoped(scope, account).expect("a thread");
        thread.join().expect("no panic")
    })
}

#[test]
fn chains_of_schemas_may_be_long() {
    let links: [fn(&str) -> String; 5] = [
        |next| format!(r#"{{"properties": {{"next": {next}}}}}"#),
        |next| format!(r#"{{"allOf": [{next}]}}"#),
        |next| format!(r#"{{"type": "array", "items": {next}}}"#),
        |next| format!(r#"{{"type": "object", "additionalProperties": {next}}}"#),
        |next| format!(r#"{{"patternProperties": {{"^a": {next}}}}}"#),
    ];
    for link in links {
        assert_eq!(schemas_read(&chain(link)), LENGTH + 1);
    }
}

#[test]
fn a_long_chain_that_nothing_reads_is_reported_once() {
    let text = chain(|next| format!(r#"{{"properties": {{"next": {next}}}}}"#));
    let mut diagnostics = Diagnostics::new();
    let document = Document::parse("a.json", text.as_bytes(), &mut diagnostics);
    let document = document.expect("a document");
    let reachable = reachable(document.value());
    document.value().clear_marks();
    let account = Account::balance(&reachable, document.value(), &mut diagnostics);
    assert_eq!(account.of(Part::Schema).reported, LENGTH + 1);
    let kinds = [
        Part::PathItem,
        Part::Operation,
        Part::Response,
        Part::Schema,
    ];
    assert_eq!(diagnostics.len(), kinds.len() + 1, "{diagnostics:?}");
}
