//! What a diagnostic advises is done: then it is gone, and nothing is left out.

mod callers;
mod documents;
mod files;
mod help;
mod input;
mod lowering;
mod overlays;
mod texts;
mod versions;

use std::collections::BTreeSet;
use std::path::Path;

use generator::Generated;

use input::{Case, Input};

/// The codes whose remedies change no input, and why.
const OTHERS: &[(&str, &str)] = &[(
    "internal",
    "no input leads to it; the tests of mutations and the fuzz target hold that",
)];

fn cases() -> Vec<Case> {
    [
        documents::cases(),
        files::cases(),
        lowering::cases(),
        overlays::cases(),
        texts::cases(),
        versions::cases(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn codes(generated: &Generated) -> Vec<&'static str> {
    generated
        .diagnostics
        .iter()
        .map(|one| one.code.as_str())
        .collect()
}

#[test]
fn a_remedy_that_is_followed_removes_the_diagnostic() {
    let mut failures = Vec::new();
    for case in cases() {
        let before = case.before.read();
        if !codes(&before).contains(&case.code) {
            failures.push(format!(
                "{}: {:?}\n{}",
                case.code,
                codes(&before),
                case.before.text()
            ));
            continue;
        }
        let after = case.after.read();
        let summary = after.summary;
        let is_whole = summary.operations_skipped() == 0;
        if !codes(&after).is_empty() || !is_whole {
            failures.push(format!(
                "{} after its remedy: {summary}\n{}{}\n{}",
                case.code,
                case.after.text(),
                after.render_diagnostics(false),
                before.render_diagnostics(false),
            ));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n---\n"));
}

#[test]
fn a_nested_value_of_a_deep_object_has_no_diagnostic() {
    let document = input::parameter(
        "{name: a, in: query, style: deepObject, schema: {type: object, properties: {a: {type: object, properties: {b: {type: array, items: {type: string}}}}}}}",
    );
    assert_eq!(codes(&Input::new(document).read()), Vec::<&str>::new());
}

#[test]
fn every_code_has_a_remedy_that_is_tested() {
    let edits = cases();
    let calls = callers::calls();
    for code in generator::diagnostic::codes::ALL {
        let code = code.as_str();
        let is_tested = edits.iter().any(|case| case.code == code)
            || calls.iter().any(|call| call.code == code);
        let is_other = OTHERS.iter().any(|(other, _)| *other == code);
        assert!(
            is_tested != is_other,
            "`{code}` is to have a case, or a reason for none in `OTHERS`"
        );
    }
}

#[test]
fn every_text_of_help_is_followed_in_a_case() {
    let mut seen = BTreeSet::new();
    let helps = |generated: &Generated| -> Vec<String> {
        let diagnostics = generated.diagnostics.iter();
        diagnostics.map(|one| one.help.clone()).collect()
    };
    for case in cases() {
        seen.extend(helps(&case.before.read()));
    }
    for call in callers::calls() {
        let read = Input::new(call.document).read();
        let of_code = read.diagnostics.iter();
        let of_code = of_code.filter(|one| one.code.as_str() == call.code);
        seen.extend(of_code.map(|one| one.help.clone()));
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let untested: Vec<String> = help::texts(&folder)
        .into_iter()
        .filter(|text| !seen.iter().any(|seen| help::is_made_of(seen, text)))
        .collect();
    assert_eq!(untested, UNTESTED, "{untested:#?}");
}

/// The texts of help that no case has yet.
const UNTESTED: &[&str] = &[
    "a parameter is written `{name}`; until then the path is skipped",
    "add `default`; until then null is read as none",
    "add `schema`; until then the body may be anything",
    "add `type`; until then its value may be anything",
    "add `{name: …, in: path, required: true, type: …}` to its `parameters`; until then it is read as a string",
    "add `…`, which … requires; until then it is read as empty",
    "add `…`, which … requires; until then the flow is ignored",
    "add `…`, which … requires; until then the scheme is skipped",
    "add `…`, which … requires; until then … is skipped",
    "begin it with `…`",
    "begin its name with `x-`",
    "correct `in`; until then the scheme is skipped",
    "correct it",
    "correct it; until then it proves nothing of a credential",
    "correct it; until then the operation is taken for one that leaves credentials alone",
    "correct its type; until then the operation returns one list",
    "correct one of the lists; until then one of them is read",
    "correct the name, or add a property of this name to the schema",
    "declare `openapi: 3.0.4` and write the rest so, or remove it",
    "declare `openapi: 3.1.1`, or write what … has for it",
    "declare it in `…`; until then this alternative is ignored",
    "describe the `Cookie` header; it is read as in OpenAPI 3.0",
    "describe the query so, or write a parameter in `query` for each of its members; until then the parameter is skipped",
    "describe the response as an array; until then the operation returns what it describes",
    "describe what it means in `description`",
    "did you mean `#…`?……",
    "did you mean `…`? until then the parameter is skipped",
    "exclude less, or include more",
    "give one name for each value of `enum`, in their order",
    "give one of the schemas on the way a name of its own among the components",
    "if `…` is a property, move it into `properties`; otherwise remove it",
    "list selectors, or leave `include` out to select every operation",
    "list the property's name in `required` of the object that has it; until then it is ignored",
    "list the types, or remove it; until then it is ignored",
    "list the values that there are; until then it is ignored",
    "move the schema into `components.schemas` and refer to it; then the documentation names the type to decode",
    "move the schemas into `…`",
    "move what is in it into `definitions`, `parameters`, `responses` and `securityDefinitions`",
    "name one that it has",
    "name the operation that it leads to; until then the link is skipped",
    "name the parameter that takes the page's number",
    "please report this with the document",
    "put the number into `…` and write `…: true`; until then it is ignored",
    "refer to components instead of parts of objects; …",
    "remove it, or begin its name with `x-`",
    "remove it, or declare the version that has it",
    "remove it, or describe the `Cookie` header; it is read as in OpenAPI 3.0",
    "remove it, or describe the value in a body's `schema`",
    "remove it, or list the values that there are; until then it is ignored",
    "remove it, since it restricts nothing",
    "remove it, since there is an `enum`; until then it is ignored",
    "remove it; `consumes`, `produces` and `securityDefinitions` say what these headers hold",
    "remove it; until then it is ignored",
    "remove the quotes; it is read so",
    "remove them where the server accepts that; to send something else, describe the member as a string",
    "send it in a body; it is read as in a schema",
    "shorten the chain of `allOf`",
    "take the selector that excludes them out of the selection",
    "that is Swagger 2.0; media types are the keys of `content`",
    "that is Swagger 2.0; move `…` into `components`",
    "that is Swagger 2.0; move it into `content`, below its media type",
    "that is Swagger 2.0; write `requestBody` with a form's media type. Until then the parameter is skipped",
    "that is Swagger 2.0; write `requestBody`. Until then the parameter is skipped",
    "that is Swagger 2.0; write `servers`",
    "that is Swagger 2.0; write `style` and `explode`",
    "that is …; remove it",
    "write `apiKey`, `http`, `oauth2` or `openIdConnect`; until then the scheme is skipped",
    "write `basic`, `apiKey` or `oauth2`; until then it is read as in OpenAPI 3.0",
    "write `basic`, `apiKey` or `oauth2`; until then the scheme is skipped",
    "write `collectionFormat`",
    "write `csv`, `ssv`, `tsv` or `pipes`; until then it is read as `csv`",
    "write `enum` with one value of the schema's type; until then it is ignored",
    "write `flow: …`; it is read so",
    "write `host`, `basePath` and `schemes` at the top of the document",
    "write `implicit`, `password`, `application` or `accessCode`; until then the flow is ignored",
    "write `include:` and a list",
    "write `include`, `exclude` or `keep-prose`",
    "write `oneOf` with a `discriminator`, which says the same",
    "write `oneOf` with one schema for each kind of object",
    "write `overlay: 1.0.0`, `info` and `actions`",
    "write `path`, `query`, `header`, `formData` or `body`; until then the parameter is skipped",
    "write `schema: {type: …}` in place of the `type` beside; it is read so",
    "write `schema`, and its media types in `produces`",
    "write `string`, `number`, `integer`, `boolean`, `array` or `object`; until then the value may be anything",
    "write `string`, `number`, `integer`, `boolean`, `array`, `object` or `null`; until then it is left out of the list",
    "write `style: deepObject` where the server reads that, or describe the member as a string that holds JSON",
    "write `style: form`, if the server decodes that; until then it is read so",
    "write `type: [string, 'null']`, with the type in place of `string`; it is read so",
    "write `type: string` with `format: binary`; it is read so",
    "write `x-nullable`",
    "write `…` with the number of `…`; it is read so",
    "write a `$ref`, or one schema for each use",
    "write a code from 100 to 599, or `default`; until then this response is skipped",
    "write a list of property names; until then it is ignored",
    "write a parameter with `in: body` and a `schema`",
    "write a parameter with `in: body`, and its media types in `consumes`",
    "write a pointer such as `'#/…/Name'`, in quotes",
    "write an `anyOf` of schemas with one type each; it is read so",
    "write another name in snake case; until then the module is left out",
    "write it as `#/components/…/Name`……",
    "write it as `#/definitions/Name`……",
    "write it as a number; until then it is ignored",
    "write it as …; until then … is skipped",
    "write it once, as `…` of `…` at the root of the document",
    "write its keywords beside …; it is read so",
    "write its only flow as `flow`; until then it is read as in OpenAPI 3.0",
    "write one of them; until then each of them is read",
    "write one of …; until then it is ignored",
    "write one selector a line, such as `- tag:pets`",
    "write out one of the nodes on the way; …",
    "write out one of the objects on the way; until then this reference is ignored",
    "write out the combinations that occur in one `oneOf`",
    "write the keywords of the schema beside the header's `description`",
    "write the name as it is sent in requests; until then it is left out",
    "write the property's name; until then it is ignored",
    "write the schemas in `https://json-schema.org/draft/2020-12/schema`, and name that or none",
    "write their type out; it is read as in a schema",
    "write them as the type says, or correct the type; they are read as `…` (`…`)",
    "write true or false",
    "…; until then it is left out",
    "……until then the reference is ignored",
    "……until then this entry is ignored",
    "……until then this schema is left out of the list",
];
