//! The Schema Object and what belongs to it.

use super::description::EXTERNAL_DOCUMENTATION;
use super::{Grammar, Object, Shape, optional, required};

/// The members stand in the order in which documents use them most, since they are searched from the front.
pub(in super::super) static SCHEMA: Grammar = Grammar {
    object: Object::Schema,
    name: "a schema",
    members: &[
        optional("type", Shape::Special),
        optional("description", Shape::String),
        optional("example", Shape::Any),
        optional("properties", Shape::Map(&Shape::Reference(&SCHEMA))),
        optional("items", Shape::Reference(&SCHEMA)),
        optional("format", Shape::String),
        optional("required", Shape::Special),
        optional("enum", Shape::Special),
        optional("nullable", Shape::Boolean),
        optional("default", Shape::Any),
        optional("title", Shape::String),
        optional("allOf", Shape::List(&Shape::Reference(&SCHEMA))),
        optional("oneOf", Shape::List(&Shape::Reference(&SCHEMA))),
        optional("anyOf", Shape::List(&Shape::Reference(&SCHEMA))),
        optional("not", Shape::Reference(&SCHEMA)),
        optional("additionalProperties", Shape::BooleanOrSchema),
        optional("minimum", Shape::Special),
        optional("maximum", Shape::Special),
        optional("exclusiveMinimum", Shape::Special),
        optional("exclusiveMaximum", Shape::Special),
        optional("multipleOf", Shape::Special),
        optional("minLength", Shape::Size),
        optional("maxLength", Shape::Size),
        optional("pattern", Shape::String),
        optional("minItems", Shape::Size),
        optional("maxItems", Shape::Size),
        optional("uniqueItems", Shape::Boolean),
        optional("minProperties", Shape::Size),
        optional("maxProperties", Shape::Size),
        optional("readOnly", Shape::Boolean),
        optional("writeOnly", Shape::Boolean),
        optional("deprecated", Shape::Boolean),
        optional("discriminator", Shape::Object(&DISCRIMINATOR)),
        optional("xml", Shape::Object(&XML)),
        optional("externalDocs", Shape::Object(&EXTERNAL_DOCUMENTATION)),
    ],
    others: None,
};

static DISCRIMINATOR: Grammar = Grammar {
    object: Object::Discriminator,
    name: "a discriminator",
    members: &[
        required("propertyName", Shape::String),
        optional("mapping", Shape::Map(&Shape::String)),
    ],
    others: None,
};

static XML: Grammar = Grammar {
    object: Object::Other,
    name: "the XML object of a schema",
    members: &[
        optional("name", Shape::String),
        optional("namespace", Shape::String),
        optional("prefix", Shape::String),
        optional("attribute", Shape::Boolean),
        optional("wrapped", Shape::Boolean),
    ],
    others: None,
};
