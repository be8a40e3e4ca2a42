//! What `openapiv3` reads: the objects that hold neither schemas nor references, for which its types are exact.
//!
//! It drops the fields that are newer than OpenAPI 3.0 (`info.summary`, the name of a server, the device flow); views read those. A
//! security scheme of a type that 3.0 lacks is none for it.

use super::{
    Contact, Discriminator, ExternalDocumentation, Info, License, Node, OAuthFlows, SecurityScheme,
    Server, ServerVariable, SpecObject, Tag,
};
use crate::source::from_value;

/// An object that `openapiv3` has an exact type for.
pub trait Typed: SpecObject {
    /// The type.
    type Type: serde::de::DeserializeOwned;
}

macro_rules! typed {
    ($($Object:ident => $Type:ident;)*) => {$(
        impl Typed for $Object {
            type Type = openapiv3::$Type;
        }
    )*};
}

typed! {
    Info => Info;
    Contact => Contact;
    License => License;
    Server => Server;
    ServerVariable => ServerVariable;
    Tag => Tag;
    ExternalDocumentation => ExternalDocumentation;
    Discriminator => Discriminator;
    SecurityScheme => SecurityScheme;
    OAuthFlows => OAuth2Flows;
}

impl<T: Typed> Node<'_, T> {
    /// Reads the whole object; `None` where it is not what OpenAPI 3.0 has here.
    #[must_use]
    pub fn read(&self) -> Option<T::Type> {
        from_value(self.value).ok()
    }
}
