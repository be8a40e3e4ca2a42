//! The objects that describe credentials.

use super::holds::{Custom, Flag, List, Map, Text};
use super::table::object;

object! {
    /// A Security Requirement Object: the names of schemes, with their scopes or roles.
    SecurityRequirement = "a security requirement" {}
    patterned {
        //                                          2.0 3.0 3.1 3.2
        is_scheme    =>    schemes    List<Text>   : r   r   r   r;
    }
}

object! {
    /// A Security Scheme Object. Which fields one must have depends on its type.
    SecurityScheme = "a security scheme" {
        //                                                                  2.0 3.0 3.1 3.2
        "type"               scheme_type           Custom<Text>            : r   r   r   r;
        "description"        description           Text                    : o   o   o   o;
        "name"               name                  Text                    : o   o   o   o;
        "in"                 location              Custom<Text>            : o   o   o   o;
        "scheme"             scheme                Text                    : -   o   o   o;
        "bearerFormat"       bearer_format         Text                    : -   o   o   o;
        "flows"              flows                 OAuthFlows              : -   o   o   o;
        "openIdConnectUrl"   open_id_connect_url   Text                    : -   o   o   o;
        "oauth2MetadataUrl"  oauth2_metadata_url   Text                    : -   -   -   o;
        "deprecated"         deprecated            Flag                    : -   -   -   o;
        "flow"               flow                  Custom<Text>            : o   -   -   -;
        "authorizationUrl"   authorization_url     Text                    : o   -   -   -;
        "tokenUrl"           token_url             Text                    : o   -   -   -;
        "scopes"             scopes                Map<Text>               : o   -   -   -;
    }
    extensions {
        "x-rust-name"        rust_name             Text;
    }
}

object! {
    /// An OAuth Flows Object.
    OAuthFlows = "the flows of an OAuth scheme" {
        //                                                                   2.0 3.0 3.1 3.2
        "implicit"             implicit              ImplicitFlow           : -   o   o   o;
        "password"             password              TokenFlow              : -   o   o   o;
        "clientCredentials"    client_credentials    TokenFlow              : -   o   o   o;
        "authorizationCode"    authorization_code    AuthorizationCodeFlow  : -   o   o   o;
        "deviceAuthorization"  device_authorization  DeviceFlow             : -   -   -   o;
    }
}

object! {
    /// The OAuth Flow Object of the implicit flow.
    ImplicitFlow = "an OAuth flow" {
        //                                                  2.0 3.0 3.1 3.2
        "authorizationUrl"  authorization_url  Text        : -   r   r   r;
        "tokenUrl"          token_url          Text        : -   o   o   o;
        "refreshUrl"        refresh_url        Text        : -   o   o   o;
        "scopes"            scopes             Map<Text>   : -   d   d   d;
    }
}

object! {
    /// The OAuth Flow Object of the password and client credentials flows.
    TokenFlow = "an OAuth flow" {
        //                                                  2.0 3.0 3.1 3.2
        "authorizationUrl"  authorization_url  Text        : -   o   o   o;
        "tokenUrl"          token_url          Text        : -   r   r   r;
        "refreshUrl"        refresh_url        Text        : -   o   o   o;
        "scopes"            scopes             Map<Text>   : -   d   d   d;
    }
}

object! {
    /// The OAuth Flow Object of the authorization code flow.
    AuthorizationCodeFlow = "an OAuth flow" {
        //                                                  2.0 3.0 3.1 3.2
        "authorizationUrl"  authorization_url  Text        : -   r   r   r;
        "tokenUrl"          token_url          Text        : -   r   r   r;
        "refreshUrl"        refresh_url        Text        : -   o   o   o;
        "scopes"            scopes             Map<Text>   : -   d   d   d;
    }
}

object! {
    /// The OAuth Flow Object of the device authorization flow.
    DeviceFlow = "an OAuth flow" {
        //                                                              2.0 3.0 3.1 3.2
        "deviceAuthorizationUrl"  device_authorization_url  Text       : -   -   -   r;
        "tokenUrl"                token_url                 Text       : -   -   -   r;
        "refreshUrl"              refresh_url               Text       : -   -   -   o;
        "scopes"                  scopes                    Map<Text>  : -   -   -   d;
    }
}

fn is_scheme(_name: &str) -> bool {
    true
}
