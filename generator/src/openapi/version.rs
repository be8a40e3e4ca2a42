//! The versions of OpenAPI.

use std::fmt;

/// A version of OpenAPI. A patch version changes no meaning, so `3.0.0` and `3.0.4` are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// Swagger 2.0.
    Swagger2,
    /// OpenAPI 3.0.
    OpenApi30,
    /// OpenAPI 3.1.
    OpenApi31,
    /// OpenAPI 3.2.
    OpenApi32,
}

impl Version {
    /// Every version, the oldest first.
    pub const ALL: &'static [Self] = &[
        Self::Swagger2,
        Self::OpenApi30,
        Self::OpenApi31,
        Self::OpenApi32,
    ];

    /// Returns the name for messages: `Swagger 2.0`, `OpenAPI 3.1`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Swagger2 => "Swagger 2.0",
            Self::OpenApi30 => "OpenAPI 3.0",
            Self::OpenApi31 => "OpenAPI 3.1",
            Self::OpenApi32 => "OpenAPI 3.2",
        }
    }

    /// Returns the member of the root that declares the version.
    #[must_use]
    pub const fn keyword(self) -> &'static str {
        match self {
            Self::Swagger2 => "swagger",
            Self::OpenApi30 | Self::OpenApi31 | Self::OpenApi32 => "openapi",
        }
    }

    /// Returns the member, below those before the dots, that has the schemas with names.
    #[must_use]
    pub const fn schemas(self) -> &'static str {
        match self {
            Self::Swagger2 => "definitions",
            Self::OpenApi30 | Self::OpenApi31 | Self::OpenApi32 => "components.schemas",
        }
    }

    /// Returns the member, below those before the dots, that has the security schemes.
    #[must_use]
    pub const fn security_schemes(self) -> &'static str {
        match self {
            Self::Swagger2 => "securityDefinitions",
            Self::OpenApi30 | Self::OpenApi31 | Self::OpenApi32 => "components.securitySchemes",
        }
    }

    /// Returns the keyword by which a value may be null. In later versions null is a type.
    #[must_use]
    pub const fn nullable(self) -> &'static str {
        match self {
            Self::Swagger2 => "x-nullable",
            Self::OpenApi30 | Self::OpenApi31 | Self::OpenApi32 => "nullable",
        }
    }

    /// Returns whether schemas are those of JSON Schema 2020-12.
    #[must_use]
    pub const fn has_json_schema(self) -> bool {
        matches!(self, Self::OpenApi31 | Self::OpenApi32)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}
