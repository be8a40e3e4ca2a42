//! What is done to documents.

use serde_json::{Value, json};

/// Marsaglia's xorshift: enough to choose what to damage.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    /// A number below a limit.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit.max(1) as u64).expect("below a usize")
    }

    /// An element of a list.
    pub(crate) fn one_of<'list, T>(&mut self, list: &'list [T]) -> &'list T {
        &list[self.below(list.len())]
    }
}

/// Words that mean something somewhere.
const WORDS: &[&str] = &[
    "type",
    "properties",
    "items",
    "required",
    "enum",
    "allOf",
    "oneOf",
    "anyOf",
    "not",
    "$ref",
    "default",
    "nullable",
    "additionalProperties",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "minLength",
    "maxItems",
    "multipleOf",
    "format",
    "pattern",
    "discriminator",
    "mapping",
    "xml",
    "example",
    "examples",
    "const",
    "in",
    "name",
    "style",
    "explode",
    "schema",
    "content",
    "parameters",
    "responses",
    "requestBody",
    "callbacks",
    "security",
    "servers",
    "tags",
    "externalDocs",
    "operationId",
    "links",
    "headers",
    "encoding",
    "200",
    "2XX",
    "2xz",
    "/pets",
    "/pets/{id}",
    "/x/{y}/{z}",
    "get",
    "components",
    "schemas",
    "x-extra",
    "0",
    "1",
    "flows",
    "scopes",
    "url",
    "description",
    "",
];

const TEXTS: &[&str] = &[
    "string",
    "integer",
    "number",
    "boolean",
    "array",
    "object",
    "null",
    "text",
    "true",
    "false",
    "1",
    "1.5",
    "query",
    "path",
    "header",
    "cookie",
    "body",
    "form",
    "simple",
    "deepObject",
    "matrix",
    "apiKey",
    "http",
    "oauth2",
    "date-time",
    "int64",
    "",
    "id",
    "name",
    "#/components/schemas/Pet",
    "#/components/schemas/Error",
    "#/components/parameters/Limit",
    "#/components/responses/NotFound",
    "#/components/schemas/Pet/properties/id",
    "#/paths/~1pets/get",
    "#",
    "#/",
    "other.yaml#/A",
    "#/components/schemas/Loop",
    "#/components/schemas/Union/oneOf/0",
    "Cat",
    "{",
    "/pets/{id}",
];

fn random_value(random: &mut Random) -> Value {
    match random.below(16) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(false),
        3 => json!(0),
        4 => json!(-1),
        5 => json!(1.5),
        6 => json!(1e300),
        7 => json!(u64::MAX),
        8 => json!([]),
        9 => json!({}),
        10 => json!([random_value(random), random_value(random)]),
        11 => json!({ *random.one_of(WORDS): random_value(random) }),
        12 => json!({ "$ref": random.one_of(TEXTS) }),
        _ => json!(random.one_of(TEXTS)),
    }
}

/// The pointers of all nodes below the root.
pub(crate) fn pointers(value: &Value) -> Vec<String> {
    let mut all = Vec::new();
    let mut pending = vec![(String::new(), value)];
    while let Some((pointer, value)) = pending.pop() {
        match value {
            Value::Array(elements) => {
                pending.extend(
                    elements
                        .iter()
                        .enumerate()
                        .map(|(index, child)| (format!("{pointer}/{index}"), child)),
                );
            }
            Value::Object(members) => {
                pending.extend(members.iter().map(|(key, child)| {
                    (
                        format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1")),
                        child,
                    )
                }));
            }
            _ => {}
        }
        if !pointer.is_empty() {
            all.push(pointer);
        }
    }
    all.sort();
    all
}

/// Deletes, replaces, renames, copies or doubles one node.
pub(crate) fn damage(document: &mut Value, random: &mut Random) {
    let all = pointers(document);
    if all.is_empty() {
        return;
    }
    let pointer = random.one_of(&all).clone();
    let replacement = match random.below(3) {
        0 => document
            .pointer(random.one_of(&all).as_str())
            .cloned()
            .unwrap_or_default(),
        _ => random_value(random),
    };
    let (parent, key) = pointer.rsplit_once('/').expect("not the root");
    let key = key.replace("~1", "/").replace("~0", "~");
    let action = random.below(4);
    let word = (*random.one_of(WORDS)).to_owned();
    match document.pointer_mut(parent) {
        Some(Value::Object(members)) => match action {
            0 => {
                members.remove(&key);
            }
            1 => {
                members.insert(word, replacement);
            }
            2 => {
                let value = members.remove(&key).unwrap_or_default();
                members.insert(word, value);
            }
            _ => {
                members.insert(key, replacement);
            }
        },
        Some(Value::Array(elements)) => {
            let index: usize = key.parse().expect("an index");
            match action {
                0 => {
                    elements.remove(index);
                }
                1 => elements.push(replacement),
                2 => elements.push(elements[index].clone()),
                _ => elements[index] = replacement,
            }
        }
        _ => {}
    }
}
