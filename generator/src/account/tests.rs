use std::fmt::Write as _;
use std::thread;

use super::{Account, Part, reachable};
use crate::diagnostic::{Code, Diagnostics, Pointer, codes};
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

/// Returns the places of the notes of a document of which nothing below a schema is read, when it has a fault of a code.
fn notes_with_fault(code: Code, at: &str) -> Vec<String> {
    let text = r##"{"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": {"/a": {"get": {"responses": {"200": {
        "description": "", "content": {"application/json": {"schema": {"type": "object", "properties": {"a": {
            "type": "object", "description": "", "properties": {"b": {"description": "", "type": "string"}}
        }}}}}
    }}}}}}"##;
    let mut diagnostics = Diagnostics::new();
    let document = Document::parse("a.json", text.as_bytes(), &mut diagnostics);
    let document = document.expect("a document");
    let reachable = reachable(document.value());
    let schema = "/paths/~1a/get/responses/200/content/application~1json/schema";
    let schema = Pointer::parse(schema).expect("a pointer");
    document.value().mark_all_read();
    let inner = document.get(&schema.key("properties").key("a"));
    inner.expect("a property").clear_marks();
    let place = Pointer::parse(at).expect("a pointer");
    let place = document.value().place(&schema.join(&place));
    diagnostics.push(code, &place, "", "");
    _ = Account::balance(&reachable, document.value(), &mut diagnostics);
    let notes = diagnostics.iter().filter(|one| one.code == codes::NOT_READ);
    notes
        .map(|note| note.pointer.as_str().replace(schema.as_str(), ""))
        .collect()
}

#[test]
fn a_fault_counts_as_the_report_of_what_it_leaves_out_alone() {
    let a = "/properties/a";
    let b = "/properties/a/properties/b";
    let silent: [&str; 0] = [];
    let code = codes::INVALID_EXTENSION;
    // A schema that stays.
    assert_eq!(notes_with_fault(code, ""), [a, a]);
    assert_eq!(notes_with_fault(codes::ALL_OF_CONFLICT, ""), silent);
    // A list of properties, which is no part itself.
    assert_eq!(notes_with_fault(code, "/properties"), silent);
    // The part, and one of its keywords.
    assert_eq!(notes_with_fault(code, a), silent);
    assert_eq!(notes_with_fault(code, &format!("{a}/description")), silent);
    // A part in it.
    assert_eq!(notes_with_fault(code, b), [a, a]);
    assert_eq!(notes_with_fault(code, &format!("{b}/description")), [a, a]);
}
