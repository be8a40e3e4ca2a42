//! Media types, as far as a client writes or reads them.

/// How a body of a media type is written or read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Json,
    Form,
    Multipart,
    Text,
    /// Anything else, byte by byte.
    Binary,
    /// Any media type at all: what it is depends on the schema.
    Wildcard,
    /// XML, which is passed as a text.
    Xml,
    /// No media type; most likely JSON was meant.
    Invalid,
}

/// The kind of a media type as a document writes it, parameters and all.
pub(super) fn kind(media_type: &str) -> Kind {
    let essence = media_type.split(';').next().unwrap_or_default();
    let essence = essence.trim().to_ascii_lowercase();
    let Some((kind, subtype)) = essence.split_once('/') else {
        return Kind::Invalid;
    };
    match (kind, subtype) {
        ("", _) | (_, "") => Kind::Invalid,
        (_, "json") => Kind::Json,
        (_, subtype) if subtype.ends_with("+json") => Kind::Json,
        ("*", _) | ("application", "*") => Kind::Wildcard,
        ("application", "x-www-form-urlencoded") => Kind::Form,
        ("multipart", "form-data") => Kind::Multipart,
        (_, "xml") => Kind::Xml,
        (_, subtype) if subtype.ends_with("+xml") && kind != "image" => Kind::Xml,
        ("text", _) | ("application", "yaml" | "x-yaml") => Kind::Text,
        _ => Kind::Binary,
    }
}

/// Whether bodies of a media type are JSON.
pub(super) fn is_json(media_type: &str) -> bool {
    kind(media_type) == Kind::Json
}
