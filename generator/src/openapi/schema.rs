//! The Schema Object and its parts.

use super::description::ExternalDocumentation;
use super::holds::{Any, Custom, Flag, List, Map, Number, OrBoolean, Ref, Size, Text};
use super::table::object;

object! {
    /// A Schema Object. The rows are in the order in which documents use the keywords most, since they are searched from the front.
    Schema = "a schema" {
        //                                                                      2.0 3.0 3.1 3.2
        "type"                  schema_type           Custom<Text>             : o   o   o   o;
        "description"           description           Text                     : o   o   o   o;
        "example"               example               Any                      : o   o   o   o;
        "properties"            properties            Map<Ref<Schema>>         : o   o   o   o;
        "items"                 items                 Ref<Schema>              : o   o   o   o;
        "format"                format                Text                     : o   o   o   o;
        "required"              required              Custom<List<Text>>       : o   o   o   o;
        "enum"                  enum_values           Custom<List<Any>>        : o   o   o   o;
        "nullable"              nullable              Flag                     : -   o   -   -;
        "default"               default_value         Any                      : o   o   o   o;
        "title"                 title                 Text                     : o   o   o   o;
        "allOf"                 all_of                List<Ref<Schema>>        : o   o   o   o;
        "oneOf"                 one_of                List<Ref<Schema>>        : -   o   o   o;
        "anyOf"                 any_of                List<Ref<Schema>>        : -   o   o   o;
        "not"                   not                   Ref<Schema>              : -   o   o   o;
        "additionalProperties"  additional_properties OrBoolean<Schema>        : o   o   o   o;
        "minimum"               minimum               Custom<Number>           : o   o   o   o;
        "maximum"               maximum               Custom<Number>           : o   o   o   o;
        "exclusiveMinimum"      exclusive_minimum     Custom<Flag>             : o   o   o   o;
        "exclusiveMaximum"      exclusive_maximum     Custom<Flag>             : o   o   o   o;
        "multipleOf"            multiple_of           Custom<Number>           : o   o   o   o;
        "minLength"             min_length            Size                     : o   o   o   o;
        "maxLength"             max_length            Size                     : o   o   o   o;
        "pattern"               pattern               Text                     : o   o   o   o;
        "minItems"              min_items             Size                     : o   o   o   o;
        "maxItems"              max_items             Size                     : o   o   o   o;
        "uniqueItems"           unique_items          Flag                     : o   o   o   o;
        "minProperties"         min_properties        Size                     : o   o   o   o;
        "maxProperties"         max_properties        Size                     : o   o   o   o;
        "readOnly"              read_only             Flag                     : o   o   o   o;
        "writeOnly"             write_only            Flag                     : -   o   o   o;
        "deprecated"            deprecated            Flag                     : -   o   o   o;
        "discriminator"         discriminator         Discriminator            : -   o   o   o;
        "xml"                   xml                   Xml                      : o   o   o   o;
        "externalDocs"          external_docs         ExternalDocumentation    : o   o   o   o;
        // JSON Schema 2020-12, which 3.0 has no words for.
        "const"                 constant              Any                      : -   -   o   o;
        "examples"              examples              List<Any>                : -   -   o   o;
        "prefixItems"           prefix_items          List<Ref<Schema>>        : -   -   o   o;
        "patternProperties"     pattern_properties    Map<Ref<Schema>>         : -   -   o   o;
        "contentEncoding"       content_encoding      Text                     : -   -   o   o;
        "contentMediaType"      content_media_type    Text                     : -   -   o   o;
        "contentSchema"         content_schema        Ref<Schema>              : -   -   o   o;
        "contains"              contains              Ref<Schema>              : -   -   o   o;
        "minContains"           min_contains          Size                     : -   -   o   o;
        "maxContains"           max_contains          Size                     : -   -   o   o;
        "propertyNames"         property_names        Ref<Schema>              : -   -   o   o;
        "dependentRequired"     dependent_required    Map<List<Text>>          : -   -   o   o;
        "dependentSchemas"      dependent_schemas     Map<Ref<Schema>>         : -   -   o   o;
        "if"                    if_schema             Ref<Schema>              : -   -   o   o;
        "then"                  then_schema           Ref<Schema>              : -   -   o   o;
        "else"                  else_schema           Ref<Schema>              : -   -   o   o;
        "unevaluatedItems"      unevaluated_items     OrBoolean<Schema>        : -   -   o   o;
        "unevaluatedProperties" unevaluated_properties OrBoolean<Schema>       : -   -   o   o;
        "$defs"                 defs                  Map<Ref<Schema>>         : -   -   o   o;
        "$id"                   id                    Text                     : -   -   o   o;
        "$schema"               schema_dialect        Text                     : -   -   o   o;
        "$anchor"               anchor                Text                     : -   -   o   o;
        "$dynamicRef"           dynamic_ref           Text                     : -   -   o   o;
        "$dynamicAnchor"        dynamic_anchor        Text                     : -   -   o   o;
        "$comment"              comment               Text                     : -   -   o   o;
        "$vocabulary"           vocabulary            Map<Flag>                : -   -   o   o;
    }
    also {
        "discriminator"         Custom<Text>                                   : o   -   -   -;
    }
    extensions {
        "x-rust-name"           rust_name             Text;
        "x-rust-field-name"     rust_field_name       Text;
        "x-enum-varnames"       enum_varnames         List<Text>;
        "x-enumNames"           enum_names            List<Text>;
        "x-enum-descriptions"   enum_descriptions     List<Text>;
        "x-omit-when-empty"     omit_when_empty       Flag;
        "x-null-as-default"     null_as_default       Flag;
    }
}

object! {
    /// A Discriminator Object.
    Discriminator = "a discriminator" {
        //                                                      2.0 3.0 3.1 3.2
        "propertyName"          property_name    Text          : -   r   r   r;
        "mapping"               mapping          Map<Text>     : -   o   o   o;
        "defaultMapping"        default_mapping  Text          : -   -   -   o;
    }
}

object! {
    /// An XML Object.
    Xml = "the XML object of a schema" {
        //                                       2.0 3.0 3.1 3.2
        "name"           name           Text    : o   o   o   o;
        "namespace"      namespace      Text    : o   o   o   o;
        "prefix"         prefix         Text    : o   o   o   o;
        "attribute"      attribute      Flag    : o   o   o   o;
        "wrapped"        wrapped        Flag    : o   o   o   o;
        "nodeType"       node_type      Text    : -   -   -   o;
    }
}
