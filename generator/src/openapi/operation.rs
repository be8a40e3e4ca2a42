//! The objects that describe calls: paths, operations, parameters, bodies, responses.

use super::description::{ExternalDocumentation, Server};
use super::extension::{Credential, Pagination};
use super::holds::{Any, Custom, Flag, List, Map, Number, Ref, Size, Text};
use super::method::METHODS;
use super::node::Node;
use super::schema::Schema;
use super::security::SecurityRequirement;
use super::table::object;

object! {
    /// A Paths Object.
    Paths = "the paths object" {}
    patterned {
        //                                              2.0 3.0 3.1 3.2
        is_path     =>    path_items    Ref<PathItem>  : o   o   o   o;
    }
}

object! {
    /// A Path Item Object.
    PathItem = "a path item" {
        //                                                                            2.0 3.0 3.1 3.2
        "summary"               summary                Text                          : -   o   o   o;
        "description"           description            Text                          : -   o   o   o;
        "get"                   get                    Operation                     : o   o   o   o;
        "put"                   put                    Operation                     : o   o   o   o;
        "post"                  post                   Operation                     : o   o   o   o;
        "delete"                delete                 Operation                     : o   o   o   o;
        "options"               options                Operation                     : o   o   o   o;
        "head"                  head                   Operation                     : o   o   o   o;
        "patch"                 patch                  Operation                     : o   o   o   o;
        "trace"                 trace                  Operation                     : -   o   o   o;
        "query"                 query                  Operation                     : -   -   -   o;
        "additionalOperations"  additional_operations  AdditionalOperations          : -   -   -   o;
        "servers"               servers                List<Server>                  : -   o   o   o;
        "parameters"            parameters             List<Ref<Parameter>>          : o   o   o   o;
    }
}

object! {
    /// The operations of a path item by methods that have no field of their own.
    AdditionalOperations = "the additional operations of a path item" {}
    patterned {
        //                                           2.0 3.0 3.1 3.2
        is_any     =>    operations    Operation    : -   -   -   o;
    }
}

object! {
    /// An Operation Object.
    Operation = "an operation" {
        //                                                                    2.0 3.0 3.1 3.2
        "tags"          tags          List<Text>                             : o   o   o   o;
        "summary"       summary       Text                                   : o   o   o   o;
        "description"   description   Text                                   : o   o   o   o;
        "externalDocs"  external_docs ExternalDocumentation                  : o   o   o   o;
        "operationId"   operation_id  Text                                   : o   o   o   o;
        "consumes"      consumes      List<Text>                             : o   -   -   -;
        "produces"      produces      List<Text>                             : o   -   -   -;
        "schemes"       schemes       List<Text>                             : o   -   -   -;
        "parameters"    parameters    List<Ref<Parameter>>                   : o   o   o   o;
        "requestBody"   request_body  Ref<RequestBody>                       : -   o   o   o;
        "responses"     responses     Responses                              : d   d   o   o;
        "callbacks"     callbacks     Custom<Map<Callback>>                  : -   o   o   o;
        "deprecated"    deprecated    Flag                                   : o   o   o   o;
        "security"      security      List<SecurityRequirement>              : o   o   o   o;
        "servers"       servers       List<Server>                           : -   o   o   o;
    }
    extensions {
        "x-rust-name"       rust_name       Text;
        "x-rust-type-name"  rust_type_name  Text;
        "x-pagination"      pagination      Pagination;
        "x-retry"           retry           Text;
        "x-credential"      credential      Credential;
    }
}

/// Describes an object that has the keywords of a schema beside its own fields in Swagger 2.0.
macro_rules! object_with_schema_keywords {
    (
        $(#[$doc:meta])*
        $Object:ident = $name:literal { $($rows:tt)* }
        $($rest:tt)*
    ) => {
        object! {
            $(#[$doc])*
            $Object = $name {
                $($rows)*
                //                                                                 2.0 3.0 3.1 3.2
                "format"            format              Text                      : o   -   -   -;
                "items"             items               Items                     : o   -   -   -;
                "collectionFormat"  collection_format   Custom<Text>              : o   -   -   -;
                "default"           default_value       Any                       : o   -   -   -;
                "maximum"           maximum             Custom<Number>            : o   -   -   -;
                "exclusiveMaximum"  exclusive_maximum   Custom<Flag>              : o   -   -   -;
                "minimum"           minimum             Custom<Number>            : o   -   -   -;
                "exclusiveMinimum"  exclusive_minimum   Custom<Flag>              : o   -   -   -;
                "maxLength"         max_length          Size                      : o   -   -   -;
                "minLength"         min_length          Size                      : o   -   -   -;
                "pattern"           pattern             Text                      : o   -   -   -;
                "maxItems"          max_items           Size                      : o   -   -   -;
                "minItems"          min_items           Size                      : o   -   -   -;
                "uniqueItems"       unique_items        Flag                      : o   -   -   -;
                "enum"              enum_values         Custom<List<Any>>         : o   -   -   -;
                "multipleOf"        multiple_of         Custom<Number>            : o   -   -   -;
            }
            $($rest)*
        }
    };
}

object_with_schema_keywords! {
    /// A Parameter Object. In 2.0 the keywords of a schema are its own.
    Parameter = "a parameter" {
        //                                                                 2.0 3.0 3.1 3.2
        "name"              name                Text                      : r   r   r   r;
        "in"                location            Custom<Text>              : r   r   r   r;
        "description"       description         Text                      : o   o   o   o;
        "required"          required            Flag                      : o   o   o   o;
        "deprecated"        deprecated          Flag                      : -   o   o   o;
        "allowEmptyValue"   allow_empty_value   Flag                      : o   o   o   o;
        "style"             style               Custom<Text>              : -   o   o   o;
        "explode"           explode             Flag                      : -   o   o   o;
        "allowReserved"     allow_reserved      Flag                      : -   o   o   o;
        "schema"            schema              Ref<Schema>               : o   o   o   o;
        "example"           example             Any                       : -   o   o   o;
        "examples"          examples            Map<Ref<Example>>         : -   o   o   o;
        "content"           content             Map<MediaType>            : -   o   o   -;
        "type"              schema_type         Custom<Text>              : o   -   -   -;
    }
    also {
        "content"           Map<Ref<MediaType>>                           : -   -   -   o;
    }
    extensions {
        "x-rust-name"       rust_name           Text;
    }
}

object_with_schema_keywords! {
    /// An Items Object of Swagger 2.0: the elements of a parameter or header that is a list.
    Items = "the items of a parameter" {
        //                                                                 2.0 3.0 3.1 3.2
        "type"              schema_type         Custom<Text>              : o   -   -   -;
    }
}

object_with_schema_keywords! {
    /// A Header Object. In 2.0 the keywords of a schema are its own.
    Header = "a header" {
        //                                                                 2.0 3.0 3.1 3.2
        "description"       description         Text                      : o   o   o   o;
        "required"          required            Flag                      : -   o   o   o;
        "deprecated"        deprecated          Flag                      : -   o   o   o;
        "allowEmptyValue"   allow_empty_value   Flag                      : -   o   o   o;
        "style"             style               Custom<Text>              : -   o   o   o;
        "explode"           explode             Flag                      : -   o   o   o;
        "allowReserved"     allow_reserved      Flag                      : -   o   o   o;
        "schema"            schema              Ref<Schema>               : -   o   o   o;
        "example"           example             Any                       : -   o   o   o;
        "examples"          examples            Map<Ref<Example>>         : -   o   o   o;
        "content"           content             Map<MediaType>            : -   o   o   -;
        "type"              schema_type         Custom<Text>              : o   -   -   -;
    }
    also {
        "content"           Map<Ref<MediaType>>                           : -   -   -   o;
    }
}

object! {
    /// A Request Body Object.
    RequestBody = "a request body" {
        //                                                       2.0 3.0 3.1 3.2
        "description"  description  Text                        : -   o   o   o;
        "content"      content      Map<MediaType>              : -   d   d   -;
        "required"     required     Flag                        : -   o   o   o;
    }
    also {
        "content"      Map<Ref<MediaType>>                      : -   -   -   d;
    }
}

object! {
    /// A Media Type Object.
    MediaType = "a media type" {
        //                                                           2.0 3.0 3.1 3.2
        "schema"          schema           Ref<Schema>              : -   o   o   o;
        "itemSchema"      item_schema      Ref<Schema>              : -   -   -   o;
        "example"         example          Any                      : -   o   o   o;
        "examples"        examples         Map<Ref<Example>>        : -   o   o   o;
        "encoding"        encoding         Map<Encoding>            : -   o   o   o;
        "prefixEncoding"  prefix_encoding  List<Encoding>           : -   -   -   o;
        "itemEncoding"    item_encoding    Encoding                 : -   -   -   o;
    }
}

object! {
    /// An Encoding Object.
    Encoding = "an encoding" {
        //                                                           2.0 3.0 3.1 3.2
        "contentType"     content_type     Text                     : -   o   o   o;
        "headers"         headers          Map<Ref<Header>>         : -   o   o   o;
        "style"           style            Custom<Text>             : -   o   o   o;
        "explode"         explode          Flag                     : -   o   o   o;
        "allowReserved"   allow_reserved   Flag                     : -   o   o   o;
        "encoding"        encoding         Map<Encoding>            : -   -   -   o;
        "prefixEncoding"  prefix_encoding  List<Encoding>           : -   -   -   o;
        "itemEncoding"    item_encoding    Encoding                 : -   -   -   o;
    }
}

object! {
    /// A Responses Object.
    Responses = "the responses of an operation" {}
    patterned {
        //                                                2.0 3.0 3.1 3.2
        is_status    =>    by_status    Ref<Response>    : o   o   o   o;
    }
}

object! {
    /// A Response Object.
    Response = "a response" {
        //                                                   2.0 3.0 3.1 3.2
        "summary"      summary      Text                    : -   -   -   o;
        "description"  description  Text                    : d   d   d   o;
        "headers"      headers      Map<Ref<Header>>        : o   o   o   o;
        "content"      content      Map<MediaType>          : -   o   o   -;
        "links"        links        Map<Ref<Link>>          : -   o   o   o;
        "schema"       schema       Ref<Schema>             : o   -   -   -;
        "examples"     examples     Map<Any>                : o   -   -   -;
    }
    also {
        "content"      Map<Ref<MediaType>>                  : -   -   -   o;
    }
    extensions {
        "x-error-advice"  error_advice  Text;
    }
}

object! {
    /// A Callback Object.
    Callback = "a callback" {}
    patterned {
        //                                             2.0 3.0 3.1 3.2
        is_any     =>    path_items    Ref<PathItem>  : -   o   o   o;
    }
}

object! {
    /// An Example Object.
    Example = "an example" {
        //                                            2.0 3.0 3.1 3.2
        "summary"          summary           Text    : -   o   o   o;
        "description"      description       Text    : -   o   o   o;
        "value"            example_value     Any     : -   o   o   o;
        "externalValue"    external_value    Text    : -   o   o   o;
        "dataValue"        data_value        Any     : -   -   -   o;
        "serializedValue"  serialized_value  Text    : -   -   -   o;
    }
}

object! {
    /// A Link Object.
    Link = "a link" {
        //                                             2.0 3.0 3.1 3.2
        "operationRef"  operation_ref  Text           : -   o   o   o;
        "operationId"   operation_id   Text           : -   o   o   o;
        "parameters"    parameters     Map<Any>       : -   o   o   o;
        "requestBody"   request_body   Any            : -   o   o   o;
        "description"   description    Text           : -   o   o   o;
        "server"        server         Server         : -   o   o   o;
    }
}

fn is_path(name: &str) -> bool {
    name.starts_with('/')
}

fn is_any(name: &str) -> bool {
    !name.starts_with("x-")
}

/// `default`, `200`, or `2XX` for a whole class. The specification wants the X in upper case; the lower case has no other meaning.
fn is_status(name: &str) -> bool {
    matches!(
        name.as_bytes(),
        b"default"
            | [b'1'..=b'5', b'0'..=b'9', b'0'..=b'9']
            | [b'1'..=b'5', b'X' | b'x', b'X' | b'x']
    )
}

impl<'a> Node<'a, PathItem> {
    /// Returns the operations under the fields that methods have, in the document's order, then the additional ones.
    pub fn operations(&self) -> impl Iterator<Item = (&'a str, Node<'a, Operation>)> {
        let additional = self.additional_operations().node();
        let additional = additional.into_iter().flat_map(|node| {
            let operations: Vec<_> = node.operations().collect();
            operations
        });
        self.members()
            .filter(|(name, _)| METHODS.contains(name))
            .chain(additional)
    }
}
