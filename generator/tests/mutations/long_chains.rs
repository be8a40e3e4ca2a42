//! Chains of 20,000 links through the whole generator, each in a thread with the stack that a thread gets without asking for more.

use std::collections::HashMap;

use generator::source::{LoadError, Loaded};
use generator::{Config, Generated, Source, generate_with_files, read_model};

const LENGTH: usize = 20_000;

/// Generates a crate, and makes sure that there is one.
fn generated(text: &str, files: &HashMap<String, String>) -> Generated {
    let load = |path: &str| match files.get(path) {
        Some(text) => Ok(Loaded {
            name: path.to_owned(),
            bytes: text.clone().into_bytes(),
        }),
        None => Err(LoadError::Missing),
    };
    let spec = Source {
        name: "spec.json",
        bytes: text.as_bytes(),
    };
    let generated = generate_with_files(spec, &load, &[], &Config::default());
    assert!(
        generated.files.is_some(),
        "{}",
        generated.render_diagnostics(false)
    );
    generated
}

/// A document whose only operation takes and returns the first of some schemas.
fn document(schemas: &str) -> String {
    let content =
        r##""content": {"application/json": {"schema": {"$ref": "#/components/schemas/S0"}}}"##;
    format!(
        r#"{{"openapi": "3.2.0", "info": {{"title": "a", "version": "1"}}, "paths": {{"/a": {{"post": {{"requestBody": {{{content}}}, "responses": {{"200": {{"description": "a", {content}}}}}}}}}}}, "components": {{"schemas": {{{schemas}}}}}}}"#
    )
}

/// Generates a crate from schemas that lead from one to the next.
fn chain(link: impl Fn(usize, &str) -> String) -> Generated {
    generated(&chained(link), &HashMap::new())
}

/// Reads such schemas into the model. What is emitted of them takes a test long.
fn read_chain(link: impl Fn(usize, &str) -> String) {
    assert_read(&chained(link));
}

fn assert_read(text: &str) {
    let spec = Source {
        name: "spec.json",
        bytes: text.as_bytes(),
    };
    assert!(read_model(spec, &[]).api.is_some());
}

/// A document of schemas that lead from one to the next.
fn chained(link: impl Fn(usize, &str) -> String) -> String {
    let mut schemas: Vec<String> = (0..LENGTH)
        .map(|number| {
            let next = format!(r##"{{"$ref": "#/components/schemas/S{}"}}"##, number + 1);
            format!(r#""S{number}": {}"#, link(number, &next))
        })
        .collect();
    schemas.push(format!(
        r#""S{LENGTH}": {{"type": "object", "properties": {{"z": {{"type": "string"}}}}}}"#
    ));
    document(&schemas.join(", "))
}

#[test]
fn of_references() {
    chain(|_, next| next.to_owned());
}

#[test]
fn of_all_of() {
    chain(|_, next| format!(r#"{{"description": "a", "allOf": [{next}]}}"#));
}

#[test]
fn of_discriminators() {
    chain(|_, next| {
        format!(
            r#"{{"allOf": [{next}], "type": "object", "discriminator": {{"propertyName": "z"}}}}"#
        )
    });
}

#[test]
fn of_one_of() {
    read_chain(|_, next| format!(r#"{{"oneOf": [{next}, {{"type": "string"}}]}}"#));
}

#[test]
fn of_lists() {
    read_chain(|_, next| format!(r#"{{"type": "array", "items": {next}}}"#));
}

#[test]
fn of_maps() {
    read_chain(|_, next| format!(r#"{{"type": "object", "additionalProperties": {next}}}"#));
}

#[test]
fn of_properties_that_lead_to_secrets() {
    read_chain(|_, next| {
        format!(
            r#"{{"type": "object", "properties": {{"next": {next}, "token": {{"type": "string", "format": "password"}}}}}}"#
        )
    });
    read_chain(|number, next| match number + 1 {
        LENGTH => r#"{"type": "string", "format": "password"}"#.to_owned(),
        _ => format!(
            r#"{{"type": "object", "required": ["next"], "properties": {{"next": {next}}}}}"#
        ),
    });
}

#[test]
fn of_alternatives_in_a_parameter() {
    let schemas: Vec<String> = (0..LENGTH)
        .map(|number| {
            let next = number + 1;
            format!(
                r##""S{number}": {{"oneOf": [{{"$ref": "#/components/schemas/S{next}"}}, {{"type": "array", "items": {{"type": "array", "items": {{"type": "string"}}}}}}]}}"##
            )
        })
        .collect();
    let text = format!(
        r##"{{"openapi": "3.1.1", "info": {{"title": "a", "version": "1"}}, "paths": {{"/a": {{"get": {{"parameters": [{{"name": "q", "in": "query", "schema": {{"$ref": "#/components/schemas/S0"}}}}], "responses": {{"204": {{"description": "a"}}}}}}}}}}, "components": {{"schemas": {{{}, "S{LENGTH}": {{"type": "array", "items": {{"type": "array", "items": {{"type": "integer"}}}}}}}}}}}}"##,
        schemas.join(", ")
    );
    assert_read(&text);
}

#[test]
fn of_callbacks() {
    let callbacks: Vec<String> = (0..LENGTH)
        .map(|number| {
            let next = number + 1;
            format!(
                r##""C{number}": {{"{{$url}}": {{"post": {{"callbacks": {{"next": {{"$ref": "#/components/callbacks/C{next}"}}}}, "responses": {{"204": {{"description": "a"}}}}}}}}}}"##
            )
        })
        .collect();
    let text = format!(
        r##"{{"openapi": "3.1.1", "info": {{"title": "a", "version": "1"}}, "paths": {{"/a": {{"get": {{"callbacks": {{"next": {{"$ref": "#/components/callbacks/C0"}}}}, "responses": {{"204": {{"description": "a"}}}}}}}}}}, "components": {{"callbacks": {{{}, "C{LENGTH}": {{}}}}}}}}"##,
        callbacks.join(", ")
    );
    generated(&text, &HashMap::new());
}

#[test]
fn of_parents_of_tags() {
    let tags: Vec<String> = (0..LENGTH)
        .map(|number| format!(r#"{{"name": "T{number}", "parent": "T{}"}}"#, number + 1))
        .collect();
    let text = format!(
        r#"{{"openapi": "3.2.0", "info": {{"title": "a", "version": "1"}}, "tags": [{}, {{"name": "T{LENGTH}"}}], "paths": {{"/a": {{"get": {{"tags": ["T0"], "responses": {{"204": {{"description": "a"}}}}}}}}}}}}"#,
        tags.join(", ")
    );
    generated(&text, &HashMap::new());
}

#[test]
fn of_files() {
    let files = (0..LENGTH).map(|number| {
        let next = match number + 1 {
            LENGTH => r#"{"type": "string"}"#.to_owned(),
            next => format!(r#"{{"$ref": "f{next}.json"}}"#),
        };
        let text = format!(r#"{{"type": "object", "properties": {{"next": {next}}}}}"#);
        (format!("f{number}.json"), text)
    });
    let text = document(r#""S0": {"$ref": "f0.json"}"#);
    let generated = generated(&text, &files.collect());
    assert_eq!(generated.summary.types_emitted, LENGTH);
}

#[test]
fn of_media_types_in_headers_of_parts() {
    let media_types: Vec<String> = (0..LENGTH)
        .map(|number| {
            let next = number + 1;
            format!(
                r##""M{number}": {{"encoding": {{"a": {{"headers": {{"X-A": {{"content": {{"application/json": {{"$ref": "#/components/mediaTypes/M{next}"}}}}}}}}}}}}}}"##
            )
        })
        .collect();
    for last in ["M0", "M5"] {
        let text = format!(
            r##"{{"openapi": "3.2.0", "info": {{"title": "a", "version": "1"}}, "paths": {{"/a": {{"post": {{"requestBody": {{"content": {{"application/json": {{"$ref": "#/components/mediaTypes/M0"}}}}}}, "responses": {{"204": {{"description": "a"}}}}}}}}}}, "components": {{"mediaTypes": {{{}, "M{LENGTH}": {{"$ref": "#/components/mediaTypes/{last}"}}}}}}}}"##,
            media_types.join(", ")
        );
        generated(&text, &HashMap::new());
    }
    let own = r##"{"openapi": "3.2.0", "info": {"title": "a", "version": "1"}, "paths": {"/a": {"post": {"requestBody": {"content": {"application/json": {"$ref": "#/components/mediaTypes/M"}}}, "responses": {"204": {"description": "a"}}}}}, "components": {"mediaTypes": {"M": {"encoding": {"a": {"headers": {"X": {"content": {"application/json": {"$ref": "#/components/mediaTypes/M"}}}}}}}}}}"##;
    generated(own, &HashMap::new());
}
