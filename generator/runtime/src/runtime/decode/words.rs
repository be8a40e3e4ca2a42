//! Reads details for the text of an error from serde's messages: the expected type, and the missing member of a type of another crate.
//!
//! The details are used in the text of an error only, and nothing is decided by them. A message with an unknown wording adds no details.

/// The expectations in messages of serde and of this runtime's types, and their descriptions. Names of Rust types become JSON's.
const EXPECTED: &[(&str, &str)] = &[
    ("i64", "an integer of 64 bits"),
    ("i32", "an integer of 32 bits"),
    ("i16", "an integer of 16 bits"),
    ("i8", "an integer of 8 bits"),
    ("u64", "an integer of 64 bits without a sign"),
    ("u32", "an integer of 32 bits without a sign"),
    ("u16", "an integer of 16 bits without a sign"),
    ("u8", "an integer of 8 bits without a sign"),
    ("f64", "a number"),
    ("f32", "a number"),
    ("a sequence", "an array"),
    ("a map", "an object"),
    ("a boolean", "a boolean"),
    ("a string", "a string"),
    ("an integer", "an integer"),
    ("an object", "an object"),
    ("any JSON", "any JSON"),
    ("a value or null", "a value or null"),
    ("a timestamp (RFC 3339)", "a timestamp (RFC 3339)"),
    ("a date (RFC 3339)", "a date (RFC 3339)"),
];

/// Returns what was expected according to a message, or an empty text.
///
/// The message may contain values. None of it is returned but a number of items: the words come from a list.
pub(crate) fn expected(message: &str) -> String {
    let message = without_position(message);
    let Some((_, expected)) = message.rsplit_once("expected ") else {
        return String::new();
    };
    if let Some((_, words)) = EXPECTED.iter().find(|(name, _)| *name == expected) {
        return (*words).to_owned();
    }
    ["a tuple of size ", "an array of length "]
        .iter()
        .find_map(|form| {
            let size: u16 = expected.strip_prefix(form)?.parse().ok()?;
            Some(format!("{form}{size}"))
        })
        .unwrap_or_default()
}

/// Returns the name of the member that is missing according to a message.
pub(crate) fn missing(message: &str) -> Option<&str> {
    without_position(message)
        .strip_prefix("missing field `")?
        .strip_suffix('`')
}

/// Returns the message without serde_json's position.
fn without_position(message: &str) -> &str {
    message
        .rsplit_once(" at line ")
        .map_or(message, |(text, _)| text)
}
