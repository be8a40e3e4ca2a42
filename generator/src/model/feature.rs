//! What a client needs of the runtime.

/// A part of the runtime that only some clients need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RuntimeFeature {
    /// Pages and streams.
    Pagination,
    /// Operations that replace or revoke a credential.
    Replacement,
    /// Lists that callers pass.
    List,
    /// Dates and timestamps.
    Time,
    /// Members that distinguish absent from null.
    Nullable,
    /// Open enumerations of strings.
    StringEnum,
    /// Open enumerations of integers.
    IntegerEnum,
    /// Members of an object that no field of a record names.
    AdditionalMembers,
    /// Headers that describe a rate limit.
    RateLimit,
    /// New secrets in responses that cannot be decoded.
    NewSecret,
    /// Cookies, and parameters in other formats than OpenAPI's default. Forms are written with them.
    ParameterFormat,
    /// Unions.
    Union,
    /// `application/x-www-form-urlencoded` bodies.
    Form,
    /// `multipart/form-data` bodies.
    Multipart,
}

impl RuntimeFeature {
    /// Every feature, in canonical order.
    pub const ALL: [Self; 14] = [
        Self::Pagination,
        Self::Replacement,
        Self::List,
        Self::Time,
        Self::Nullable,
        Self::StringEnum,
        Self::IntegerEnum,
        Self::AdditionalMembers,
        Self::RateLimit,
        Self::NewSecret,
        Self::ParameterFormat,
        Self::Union,
        Self::Form,
        Self::Multipart,
    ];
}
