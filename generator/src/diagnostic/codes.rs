//! The codes of diagnostics: short kebab-case names that stay the same from release to release, and what a fault of each usually costs.
//! Where no severity is written, it is an error.

use super::{Code, Severity};

macro_rules! codes {
    ($($(#[$meta:meta])* $name:ident = $text:literal $(, $severity:ident)?;)*) => {
        $($(#[$meta])* pub const $name: Code = Code::new($text)$(.usually(Severity::$severity))?;)*

        /// Every code that this crate defines, in the order of this file.
        pub const ALL: &[Code] = &[$($name),*];
    };
}

codes! {
    /// The text is not valid UTF-8.
    INVALID_UTF8 = "invalid-utf8", Fatal;
    /// The file holds no document.
    EMPTY_DOCUMENT = "empty-document", Fatal;
    /// The text is neither JSON nor YAML.
    SYNTAX = "syntax", Fatal;
    /// A line that YAML 1.2 does not allow and libyaml reads.
    LENIENT_YAML = "lenient-yaml", Warning;
    /// An object has the same key twice.
    DUPLICATE_KEY = "duplicate-key";
    /// A file holds more than one YAML document.
    SEVERAL_DOCUMENTS = "several-documents";
    /// A YAML key is a list or an object.
    COMPLEX_KEY = "complex-key", Fatal;
    /// A YAML merge key has no object to merge.
    BAD_MERGE_KEY = "bad-merge-key";
    /// A document is nested too deep.
    TOO_DEEP = "too-deep";
    /// A key is longer than any real one, or schemas that share others multiply a document beyond all bounds.
    TOO_LARGE = "too-large";
    /// YAML aliases multiply a document beyond all bounds.
    ALIAS_BOMB = "alias-bomb", Fatal;
    /// The generator contradicts itself.
    INTERNAL = "internal";
    /// The document does not say which version of OpenAPI it is written in.
    NO_VERSION = "no-version";
    /// The document is written in a version of OpenAPI that is not read.
    UNSUPPORTED_VERSION = "unsupported-version";
    /// A selector matches no operation, or a selection leaves none.
    SELECTION_NO_MATCH = "selection-no-match", Fatal;

    /// The host of Swagger 2.0 holds more than a host.
    INVALID_HOST = "invalid-host";
    /// A body of Swagger 2.0 has no media type.
    ASSUMED_MEDIA_TYPE = "assumed-media-type", Note;
    /// Parameters of Swagger 2.0 describe more than one body of a request.
    SEVERAL_BODIES = "several-bodies";

    /// A value has another type than its place asks for.
    WRONG_TYPE = "wrong-type";
    /// A number or boolean is where a string is wanted.
    UNQUOTED_STRING = "unquoted-string", Note;
    /// A member is null where it could be left out.
    NULL_VALUE = "null-value", Note;
    /// An object lacks a member that it must have.
    MISSING_MEMBER = "missing-member";
    /// An object has a member that means nothing there.
    UNKNOWN_KEYWORD = "unknown-keyword", Warning;

    /// A `$ref` whose target does not exist.
    DANGLING_REFERENCE = "dangling-reference";
    /// A `$ref` that leads to where nothing is read from.
    EXTERNAL_REFERENCE = "external-reference";
    /// A `$ref` to a file that is not there or cannot be read.
    MISSING_FILE = "missing-file";
    /// Two files give one name to different things.
    RENAMED_COMPONENT = "renamed-component", Note;
    /// A `$ref` whose target is of another kind than its place asks for.
    MISMATCHED_REFERENCE = "mismatched-reference";
    /// References that lead back to where they began without reaching anything.
    REFERENCE_LOOP = "reference-loop";
    /// Keywords beside a `$ref`, which OpenAPI 3.0 ignores.
    IGNORED_BESIDE_REFERENCE = "ignored-beside-reference", Note;

    /// A key of `paths` that is no path, or a path template that cannot be read.
    INVALID_PATH = "invalid-path";
    /// A path has a parameter in its template that is not declared.
    UNDECLARED_PATH_PARAMETER = "undeclared-path-parameter";
    /// A path parameter is declared that its path has no place for.
    UNUSED_PATH_PARAMETER = "unused-path-parameter";
    /// A path parameter does not say that it is required.
    OPTIONAL_PATH_PARAMETER = "optional-path-parameter";
    /// A parameter is declared twice.
    DUPLICATE_PARAMETER = "duplicate-parameter";
    /// Two operations have the same id.
    DUPLICATE_OPERATION_ID = "duplicate-operation-id";
    /// A key of `responses` that is no status.
    INVALID_STATUS = "invalid-status";
    /// A parameter or API key is in a place that there is not.
    UNKNOWN_LOCATION = "unknown-location";
    /// A style of parameters that there is not.
    UNKNOWN_STYLE = "unknown-style";
    /// A style that a parameter in this place cannot have.
    STYLE_NOT_ALLOWED = "style-not-allowed";
    /// A header parameter that OpenAPI ignores because other parts of the document say what it holds.
    IGNORED_HEADER = "ignored-header", Note;
    /// A parameter or header has both a schema and a content.
    SCHEMA_AND_CONTENT = "schema-and-content";
    /// The content of a parameter or header has several media types.
    SEVERAL_CONTENTS = "several-contents";
    /// An operation of an HTTP method that a client can't send.
    UNSUPPORTED_METHOD = "unsupported-method";
    /// Webhooks, which a client has only types for.
    WEBHOOKS_IGNORED = "webhooks-ignored", Note;
    /// Callbacks, which a client has nothing for.
    CALLBACKS_IGNORED = "callbacks-ignored", Note;
    /// A type of security scheme that there is not.
    UNKNOWN_SECURITY_TYPE = "unknown-security-type";
    /// A security requirement names a scheme that is not declared.
    UNKNOWN_SECURITY_SCHEME = "unknown-security-scheme";

    /// A type of schema that there is not.
    UNKNOWN_TYPE = "unknown-type";
    /// A list of types, which is OpenAPI 3.1.
    TYPE_LIST = "type-list";
    /// The type `null`, which is OpenAPI 3.1.
    NULL_TYPE = "null-type";
    /// A keyword of JSON Schema that OpenAPI 3.0 does not have.
    JSON_SCHEMA_KEYWORD = "json-schema-keyword", Warning;
    /// `required` of a schema is not a list of names.
    WRONG_TYPE_FOR_REQUIRED = "wrong-type-for-required";
    /// An array without `items`.
    ARRAY_WITHOUT_ITEMS = "array-without-items", Warning;
    /// A keyword that says nothing about values of the schema's type.
    KEYWORD_NOT_APPLICABLE = "keyword-not-applicable", Warning;
    /// A list that must not be empty is.
    EMPTY_LIST = "empty-list";
    /// A value of an enumeration is not of the schema's type.
    ENUM_VALUE_TYPE = "enum-value-type";
    /// A value occurs in an enumeration twice.
    DUPLICATE_ENUM_VALUE = "duplicate-enum-value";
    /// A number beyond 64 bits.
    NUMBER_OUT_OF_RANGE = "number-out-of-range", Note;

    /// An overlay does not have the structure of one.
    OVERLAY_STRUCTURE = "overlay-structure";
    /// An overlay action's target is not a JSONPath that is understood.
    INVALID_TARGET = "invalid-target";
    /// Two actions of an overlay that are not one correction share an id.
    DUPLICATE_CORRECTION = "duplicate-correction";
    /// An overlay action updates something that is neither an object nor a list.
    OVERLAY_PRIMITIVE_TARGET = "overlay-primitive-target";
    /// An overlay action matches nothing.
    OVERLAY_NO_MATCH = "overlay-no-match", Warning;
    /// An overlay action changes nothing.
    OVERLAY_NO_EFFECT = "overlay-no-effect", Warning;
    /// An overlay action corrects something that is no longer published so.
    OVERLAY_OUT_OF_DATE = "overlay-out-of-date", Warning;

    /// An `x-` member that the generator understands has the wrong shape.
    INVALID_EXTENSION = "invalid-extension";
    /// A name that is given for Rust is taken or not valid.
    INVALID_NAME = "invalid-name";
    /// A list or map that contains itself.
    INFINITELY_SIZED_TYPE = "infinitely-sized-type", Warning;
    /// Parts of an `allOf` that no value satisfies together.
    ALL_OF_CONFLICT = "all-of-conflict", Warning;
    /// The schema of a body that is passed as text or bytes.
    SCHEMA_UNUSED = "schema-unused", Warning;
    /// Parts of the document that are within reach of an operation and that lowering does not read.
    NOT_READ = "not-read", Note;
    /// A schema without a type that describes members or items, so that it is read as one of objects or lists.
    IMPLIED_TYPE = "implied-type", Note;
    /// Alternatives of which a value may satisfy several, and has the members of one.
    OVERLAPPING_ALTERNATIVES = "overlapping-alternatives", Note;
    /// A `not` in a schema without other keywords that describe values.
    NOT_IGNORED = "not-ignored", Note;
    /// An enumeration of values of several types.
    MIXED_ENUM = "mixed-enum", Warning;
    /// Integers that the Rust type does not hold.
    INTEGER_RANGE = "integer-range", Note;
    /// A discriminator, or a part of it, that does not distinguish alternatives.
    DISCRIMINATOR_IGNORED = "discriminator-ignored", Note;
    /// `required` names a property that there is not.
    REQUIRED_WITHOUT_PROPERTY = "required-without-property", Warning;
    /// A media type of a body beside the one that is used.
    MEDIA_TYPE_SKIPPED = "media-type-skipped", Warning;
    /// A media type that is none.
    INVALID_MEDIA_TYPE = "invalid-media-type", Warning;
    /// A body that cannot be described in its media type.
    UNSUPPORTED_BODY = "unsupported-body", Warning;
    /// A parameter whose values nest deeper than any style can write.
    NESTED_PARAMETER = "nested-parameter", Warning;
    /// Servers that are not used.
    SERVERS_IGNORED = "servers-ignored", Warning;
    /// A way to prove who is calling that the client does not have.
    CREDENTIAL_UNSUPPORTED = "credential-unsupported", Note;
}
