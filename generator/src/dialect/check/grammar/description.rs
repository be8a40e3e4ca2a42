//! The objects that describe an API as a whole: document, info, servers, components, security, tags.

use super::operation::{EXAMPLE, HEADER, LINK, PARAMETER, PATHS, REQUEST_BODY, RESPONSE};
use super::schema::SCHEMA;
use super::{Grammar, Object, Others, Presence, Shape, any_name, filled, optional, required};

pub(in super::super) static DOCUMENT: Grammar = Grammar {
    object: Object::Document,
    name: "the document",
    members: &[
        required("openapi", Shape::Special),
        filled("info", Shape::Object(&INFO)),
        optional("servers", Shape::List(&Shape::Object(&SERVER))),
        filled("paths", Shape::Object(&PATHS)),
        optional("components", Shape::Object(&COMPONENTS)),
        optional(
            "security",
            Shape::List(&Shape::Object(&SECURITY_REQUIREMENT)),
        ),
        optional("tags", Shape::List(&Shape::Object(&TAG))),
        optional("externalDocs", Shape::Object(&EXTERNAL_DOCUMENTATION)),
    ],
    others: None,
};

static INFO: Grammar = Grammar {
    object: Object::Other,
    name: "the info object",
    members: &[
        filled("title", Shape::String),
        optional("description", Shape::String),
        optional("termsOfService", Shape::String),
        optional("contact", Shape::Object(&CONTACT)),
        optional("license", Shape::Object(&LICENSE)),
        filled("version", Shape::String),
    ],
    others: None,
};

static CONTACT: Grammar = Grammar {
    object: Object::Other,
    name: "the contact object",
    members: &[
        optional("name", Shape::String),
        optional("url", Shape::String),
        optional("email", Shape::String),
    ],
    others: None,
};

static LICENSE: Grammar = Grammar {
    object: Object::Other,
    name: "the license object",
    members: &[
        filled("name", Shape::String),
        optional("url", Shape::String),
    ],
    others: None,
};

pub(super) static SERVER: Grammar = Grammar {
    object: Object::Other,
    name: "a server",
    members: &[
        required("url", Shape::String),
        optional("description", Shape::String),
        optional("variables", Shape::Map(&Shape::Object(&SERVER_VARIABLE))),
    ],
    others: None,
};

static SERVER_VARIABLE: Grammar = Grammar {
    object: Object::Other,
    name: "a server variable",
    members: &[
        optional("enum", Shape::List(&Shape::String)),
        required("default", Shape::String),
        optional("description", Shape::String),
    ],
    others: None,
};

static COMPONENTS: Grammar = Grammar {
    object: Object::Components,
    name: "the components object",
    members: &[
        optional("schemas", Shape::Map(&Shape::Reference(&SCHEMA))),
        optional("responses", Shape::Map(&Shape::Reference(&RESPONSE))),
        optional("parameters", Shape::Map(&Shape::Reference(&PARAMETER))),
        optional("examples", Shape::Map(&Shape::Reference(&EXAMPLE))),
        optional(
            "requestBodies",
            Shape::Map(&Shape::Reference(&REQUEST_BODY)),
        ),
        optional("headers", Shape::Map(&Shape::Reference(&HEADER))),
        optional(
            "securitySchemes",
            Shape::Map(&Shape::Reference(&SECURITY_SCHEME)),
        ),
        optional("links", Shape::Map(&Shape::Reference(&LINK))),
        optional("callbacks", Shape::Special),
    ],
    others: None,
};

pub(super) static TAG: Grammar = Grammar {
    object: Object::Other,
    name: "a tag",
    members: &[
        required("name", Shape::String),
        optional("description", Shape::String),
        optional("externalDocs", Shape::Object(&EXTERNAL_DOCUMENTATION)),
    ],
    others: None,
};

pub(super) static EXTERNAL_DOCUMENTATION: Grammar = Grammar {
    object: Object::Other,
    name: "a link to documentation",
    members: &[
        required("url", Shape::String),
        optional("description", Shape::String),
    ],
    others: None,
};

pub(super) static SECURITY_REQUIREMENT: Grammar = Grammar {
    object: Object::SecurityRequirement,
    name: "a security requirement",
    members: &[],
    others: Some(Others {
        accepts: any_name,
        shape: Shape::List(&Shape::String),
        presence: Presence::Required,
    }),
};

/// Every member that a security scheme of any type may have; [`security_scheme`] tells which it must have.
static SECURITY_SCHEME: Grammar = Grammar {
    object: Object::SecurityScheme,
    name: "a security scheme",
    members: &[
        required("type", Shape::Special),
        optional("description", Shape::String),
        optional("name", Shape::String),
        optional("in", Shape::Special),
        optional("scheme", Shape::String),
        optional("bearerFormat", Shape::String),
        optional("flows", Shape::Object(&OAUTH_FLOWS)),
        optional("openIdConnectUrl", Shape::String),
    ],
    others: None,
};

/// The members that a security scheme of this type must have, or `None` for a type that there is not.
pub(in super::super) fn security_scheme(kind: &str) -> Option<&'static [&'static str]> {
    match kind {
        "apiKey" => Some(&["name", "in"]),
        "http" => Some(&["scheme"]),
        "oauth2" => Some(&["flows"]),
        "openIdConnect" => Some(&["openIdConnectUrl"]),
        _ => None,
    }
}

static OAUTH_FLOWS: Grammar = Grammar {
    object: Object::Other,
    name: "the flows of an OAuth scheme",
    members: &[
        optional("implicit", Shape::Object(&IMPLICIT_FLOW)),
        optional("password", Shape::Object(&TOKEN_FLOW)),
        optional("clientCredentials", Shape::Object(&TOKEN_FLOW)),
        optional("authorizationCode", Shape::Object(&AUTHORIZATION_CODE_FLOW)),
    ],
    others: None,
};

static IMPLICIT_FLOW: Grammar = Grammar {
    object: Object::Other,
    name: "an OAuth flow",
    members: &[
        required("authorizationUrl", Shape::String),
        optional("tokenUrl", Shape::String),
        optional("refreshUrl", Shape::String),
        filled("scopes", Shape::Map(&Shape::String)),
    ],
    others: None,
};

static TOKEN_FLOW: Grammar = Grammar {
    object: Object::Other,
    name: "an OAuth flow",
    members: &[
        optional("authorizationUrl", Shape::String),
        required("tokenUrl", Shape::String),
        optional("refreshUrl", Shape::String),
        filled("scopes", Shape::Map(&Shape::String)),
    ],
    others: None,
};

static AUTHORIZATION_CODE_FLOW: Grammar = Grammar {
    object: Object::Other,
    name: "an OAuth flow",
    members: &[
        required("authorizationUrl", Shape::String),
        required("tokenUrl", Shape::String),
        optional("refreshUrl", Shape::String),
        filled("scopes", Shape::Map(&Shape::String)),
    ],
    others: None,
};
