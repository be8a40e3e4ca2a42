//! The objects that describe an API as a whole: the document itself, info, servers, components, tags.

use super::extension::{
    CredentialPlaces, CredentialStatus, ErrorBody, OperationNames, ResponseHeaders,
};
use super::holds::{Custom, List, Map, Ref, Text};
use super::operation::{
    Callback, Example, Header, Link, MediaType, Parameter, PathItem, Paths, RequestBody, Response,
};
use super::schema::Schema;
use super::security::{SecurityRequirement, SecurityScheme};
use super::table::object;

object! {
    /// The OpenAPI Object: the document itself.
    OpenApi = "the document" {
        //                                                                              2.0 3.0 3.1 3.2
        "openapi"             openapi              Custom<Text>                        : -   r   r   r;
        "swagger"             swagger              Custom<Text>                        : r   -   -   -;
        "$self"               self_uri             Text                                : -   -   -   o;
        "info"                info                 Info                                : d   d   d   d;
        "jsonSchemaDialect"   json_schema_dialect  Text                                : -   -   o   o;
        "servers"             servers              List<Server>                        : -   o   o   o;
        "host"                host                 Text                                : o   -   -   -;
        "basePath"            base_path            Text                                : o   -   -   -;
        "schemes"             schemes              List<Text>                          : o   -   -   -;
        "consumes"            consumes             List<Text>                          : o   -   -   -;
        "produces"            produces             List<Text>                          : o   -   -   -;
        "paths"               paths                Paths                               : d   d   o   o;
        "webhooks"            webhooks             Map<Ref<PathItem>>                  : -   -   o   o;
        "components"          components           Components                          : -   o   o   o;
        "definitions"         definitions          Map<Ref<Schema>>                    : o   -   -   -;
        "parameters"          parameters           Map<Ref<Parameter>>                 : o   -   -   -;
        "responses"           responses            Map<Ref<Response>>                  : o   -   -   -;
        "securityDefinitions" security_definitions Map<SecurityScheme>                 : o   -   -   -;
        "security"            security             List<SecurityRequirement>           : o   o   o   o;
        "tags"                tags                 List<Tag>                           : o   o   o   o;
        "externalDocs"        external_docs        ExternalDocumentation               : o   o   o   o;
    }
    extensions {
        "x-error-body"          error_body          ErrorBody;
        "x-base-path"           declared_base_path  Text;
        "x-operation-names"     operation_names     OperationNames;
        "x-modules"             modules             List<Text>;
        "x-credential-places"   credential_places   CredentialPlaces;
        "x-credential-status"   credential_status   CredentialStatus;
        "x-response-headers"    response_headers    ResponseHeaders;
    }
}

object! {
    /// An Info Object.
    Info = "the info object" {
        //                                               2.0 3.0 3.1 3.2
        "title"           title             Text        : d   d   d   d;
        "summary"         summary           Text        : -   -   o   o;
        "description"     description       Text        : o   o   o   o;
        "termsOfService"  terms_of_service  Text        : o   o   o   o;
        "contact"         contact           Contact     : o   o   o   o;
        "license"         license           License     : o   o   o   o;
        "version"         version           Text        : d   d   d   d;
    }
}

object! {
    /// A Contact Object.
    Contact = "the contact object" {
        //                         2.0 3.0 3.1 3.2
        "name"    name    Text    : o   o   o   o;
        "url"     url     Text    : o   o   o   o;
        "email"   email   Text    : o   o   o   o;
    }
}

object! {
    /// A License Object.
    License = "the license object" {
        //                                   2.0 3.0 3.1 3.2
        "name"         name         Text    : d   d   d   d;
        "identifier"   identifier   Text    : -   -   o   o;
        "url"          url          Text    : o   o   o   o;
    }
}

object! {
    /// A Server Object.
    Server = "a server" {
        //                                                  2.0 3.0 3.1 3.2
        "url"          url          Text                   : -   r   r   r;
        "name"         name         Text                   : -   -   -   o;
        "description"  description  Text                   : -   o   o   o;
        "variables"    variables    Map<ServerVariable>    : -   o   o   o;
    }
}

object! {
    /// A Server Variable Object.
    ServerVariable = "a server variable" {
        //                                           2.0 3.0 3.1 3.2
        "enum"         enum_values    List<Text>    : -   o   o   o;
        "default"      default_value  Text          : -   r   r   r;
        "description"  description    Text          : -   o   o   o;
    }
}

object! {
    /// A Components Object.
    Components = "the components object" {
        //                                                            2.0 3.0 3.1 3.2
        "schemas"          schemas           Map<Ref<Schema>>        : -   o   o   o;
        "responses"        responses         Map<Ref<Response>>      : -   o   o   o;
        "parameters"       parameters        Map<Ref<Parameter>>     : -   o   o   o;
        "examples"         examples          Map<Ref<Example>>       : -   o   o   o;
        "requestBodies"    request_bodies    Map<Ref<RequestBody>>   : -   o   o   o;
        "headers"          headers           Map<Ref<Header>>        : -   o   o   o;
        "securitySchemes"  security_schemes  Map<Ref<SecurityScheme>>: -   o   o   o;
        "links"            links             Map<Ref<Link>>          : -   o   o   o;
        "callbacks"        callbacks         Custom<Map<Callback>>   : -   o   o   o;
        "pathItems"        path_items        Map<Ref<PathItem>>      : -   -   o   o;
        "mediaTypes"       media_types       Map<Ref<MediaType>>     : -   -   -   o;
    }
}

object! {
    /// A Tag Object.
    Tag = "a tag" {
        //                                                      2.0 3.0 3.1 3.2
        "name"          name           Text                    : r   r   r   r;
        "summary"       summary        Text                    : -   -   -   o;
        "description"   description    Text                    : o   o   o   o;
        "externalDocs"  external_docs  ExternalDocumentation   : o   o   o   o;
        "parent"        parent         Text                    : -   -   -   o;
        "kind"          tag_kind       Text                    : -   -   -   o;
    }
    extensions {
        "x-rust-name"   rust_name      Text;
    }
}

object! {
    /// An External Documentation Object.
    ExternalDocumentation = "a link to documentation" {
        //                                     2.0 3.0 3.1 3.2
        "url"          url          Text      : r   r   r   r;
        "description"  description  Text      : o   o   o   o;
    }
}
