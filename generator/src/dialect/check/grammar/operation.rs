//! The objects that describe what can be called: paths, operations, parameters, bodies, responses.

use super::description::{EXTERNAL_DOCUMENTATION, SECURITY_REQUIREMENT, SERVER};
use super::schema::SCHEMA;
use super::{Grammar, Object, Others, Presence, Shape, filled, optional, required};

pub(super) static PATHS: Grammar = Grammar {
    object: Object::Paths,
    name: "the paths object",
    members: &[],
    others: Some(Others {
        accepts: |path| path.starts_with('/'),
        shape: Shape::Reference(&PATH_ITEM),
        presence: Presence::Optional,
    }),
};

static PATH_ITEM: Grammar = Grammar {
    object: Object::PathItem,
    name: "a path item",
    members: &[
        optional("summary", Shape::String),
        optional("description", Shape::String),
        optional("get", Shape::Object(&OPERATION)),
        optional("put", Shape::Object(&OPERATION)),
        optional("post", Shape::Object(&OPERATION)),
        optional("delete", Shape::Object(&OPERATION)),
        optional("options", Shape::Object(&OPERATION)),
        optional("head", Shape::Object(&OPERATION)),
        optional("patch", Shape::Object(&OPERATION)),
        optional("trace", Shape::Object(&OPERATION)),
        optional("servers", Shape::List(&Shape::Object(&SERVER))),
        optional("parameters", Shape::List(&Shape::Reference(&PARAMETER))),
    ],
    others: None,
};

static OPERATION: Grammar = Grammar {
    object: Object::Operation,
    name: "an operation",
    members: &[
        optional("tags", Shape::List(&Shape::String)),
        optional("summary", Shape::String),
        optional("description", Shape::String),
        optional("externalDocs", Shape::Object(&EXTERNAL_DOCUMENTATION)),
        optional("operationId", Shape::String),
        optional("parameters", Shape::List(&Shape::Reference(&PARAMETER))),
        optional("requestBody", Shape::Reference(&REQUEST_BODY)),
        filled("responses", Shape::Object(&RESPONSES)),
        optional("callbacks", Shape::Special),
        optional("deprecated", Shape::Boolean),
        optional(
            "security",
            Shape::List(&Shape::Object(&SECURITY_REQUIREMENT)),
        ),
        optional("servers", Shape::List(&Shape::Object(&SERVER))),
    ],
    others: None,
};

pub(super) static PARAMETER: Grammar = Grammar {
    object: Object::Parameter,
    name: "a parameter",
    members: &[
        required("name", Shape::String),
        required("in", Shape::Special),
        optional("description", Shape::String),
        optional("required", Shape::Boolean),
        optional("deprecated", Shape::Boolean),
        optional("allowEmptyValue", Shape::Boolean),
        optional("style", Shape::Special),
        optional("explode", Shape::Boolean),
        optional("allowReserved", Shape::Boolean),
        optional("schema", Shape::Reference(&SCHEMA)),
        optional("example", Shape::Any),
        optional("examples", Shape::Map(&Shape::Reference(&EXAMPLE))),
        optional("content", Shape::Map(&Shape::Object(&MEDIA_TYPE))),
    ],
    others: None,
};

pub(super) static HEADER: Grammar = Grammar {
    object: Object::Header,
    name: "a header",
    members: &[
        optional("description", Shape::String),
        optional("required", Shape::Boolean),
        optional("deprecated", Shape::Boolean),
        optional("allowEmptyValue", Shape::Boolean),
        optional("style", Shape::Special),
        optional("explode", Shape::Boolean),
        optional("allowReserved", Shape::Boolean),
        optional("schema", Shape::Reference(&SCHEMA)),
        optional("example", Shape::Any),
        optional("examples", Shape::Map(&Shape::Reference(&EXAMPLE))),
        optional("content", Shape::Map(&Shape::Object(&MEDIA_TYPE))),
    ],
    others: None,
};

pub(super) static REQUEST_BODY: Grammar = Grammar {
    object: Object::RequestBody,
    name: "a request body",
    members: &[
        optional("description", Shape::String),
        filled("content", Shape::Map(&Shape::Object(&MEDIA_TYPE))),
        optional("required", Shape::Boolean),
    ],
    others: None,
};

static MEDIA_TYPE: Grammar = Grammar {
    object: Object::MediaType,
    name: "a media type",
    members: &[
        optional("schema", Shape::Reference(&SCHEMA)),
        optional("example", Shape::Any),
        optional("examples", Shape::Map(&Shape::Reference(&EXAMPLE))),
        optional("encoding", Shape::Map(&Shape::Object(&ENCODING))),
    ],
    others: None,
};

static ENCODING: Grammar = Grammar {
    object: Object::Encoding,
    name: "an encoding",
    members: &[
        optional("contentType", Shape::String),
        optional("headers", Shape::Map(&Shape::Reference(&HEADER))),
        optional("style", Shape::Special),
        optional("explode", Shape::Boolean),
        optional("allowReserved", Shape::Boolean),
    ],
    others: None,
};

static RESPONSES: Grammar = Grammar {
    object: Object::Responses,
    name: "the responses of an operation",
    members: &[optional("default", Shape::Reference(&RESPONSE))],
    others: Some(Others {
        accepts: is_status,
        shape: Shape::Reference(&RESPONSE),
        presence: Presence::Optional,
    }),
};

/// `200`, or `2XX` for a whole class. The specification wants the X in upper case; the lower case has no other meaning.
fn is_status(key: &str) -> bool {
    matches!(
        key.as_bytes(),
        [b'1'..=b'5', b'0'..=b'9', b'0'..=b'9'] | [b'1'..=b'5', b'X' | b'x', b'X' | b'x']
    )
}

pub(super) static RESPONSE: Grammar = Grammar {
    object: Object::Response,
    name: "a response",
    members: &[
        filled("description", Shape::String),
        optional("headers", Shape::Map(&Shape::Reference(&HEADER))),
        optional("content", Shape::Map(&Shape::Object(&MEDIA_TYPE))),
        optional("links", Shape::Map(&Shape::Reference(&LINK))),
    ],
    others: None,
};

pub(super) static LINK: Grammar = Grammar {
    object: Object::Link,
    name: "a link",
    members: &[
        optional("operationRef", Shape::String),
        optional("operationId", Shape::String),
        optional("parameters", Shape::Map(&Shape::Any)),
        optional("requestBody", Shape::Any),
        optional("description", Shape::String),
        optional("server", Shape::Object(&SERVER)),
    ],
    others: None,
};

pub(super) static EXAMPLE: Grammar = Grammar {
    object: Object::Example,
    name: "an example",
    members: &[
        optional("summary", Shape::String),
        optional("description", Shape::String),
        optional("value", Shape::Any),
        optional("externalValue", Shape::String),
    ],
    others: None,
};
