//! The kinds of parts that the account counts.

/// A kind of part that the account counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// A path with its operations.
    PathItem,
    /// An operation.
    Operation,
    /// A parameter of an operation or of all operations of a path.
    Parameter,
    /// A request body, or the body parameter of Swagger 2.0.
    RequestBody,
    /// A response.
    Response,
    /// A header of a response.
    ResponseHeader,
    /// A schema.
    Schema,
    /// A property of a schema, or a form parameter of Swagger 2.0.
    Property,
}

impl Part {
    /// Every kind, in the order of the summary.
    pub const ALL: &'static [Self] = &[
        Self::PathItem,
        Self::Operation,
        Self::Parameter,
        Self::RequestBody,
        Self::Response,
        Self::ResponseHeader,
        Self::Schema,
        Self::Property,
    ];

    /// Returns the name of one.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::PathItem => "path",
            Self::Operation => "operation",
            Self::Parameter => "parameter",
            Self::RequestBody => "request body",
            Self::Response => "response",
            Self::ResponseHeader => "response header",
            Self::Schema => "schema",
            Self::Property => "property",
        }
    }

    /// Returns the name of several.
    #[must_use]
    pub const fn plural(self) -> &'static str {
        match self {
            Self::PathItem => "paths",
            Self::Operation => "operations",
            Self::Parameter => "parameters",
            Self::RequestBody => "request bodies",
            Self::Response => "responses",
            Self::ResponseHeader => "response headers",
            Self::Schema => "schemas",
            Self::Property => "properties",
        }
    }

    /// Returns what a maintainer can do about one that is not read.
    pub(super) const fn remedy(self) -> &'static str {
        match self {
            Self::ResponseHeader => {
                "read it by its name from the `headers` of the response that `send` returns"
            }
            _ => {
                "please report this with the document; each part should be emitted or have a diagnostic"
            }
        }
    }
}
