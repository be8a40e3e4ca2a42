//! The codes of diagnostics: short kebab-case names that stay the same from release to release.

use super::Code;

macro_rules! codes {
    ($($(#[$meta:meta])* $name:ident = $text:literal;)*) => {
        $($(#[$meta])* pub const $name: Code = Code::new($text);)*

        /// Every code that this crate defines, in the order of this file.
        pub const ALL: &[Code] = &[$($name),*];
    };
}

codes! {
    /// The text is not valid UTF-8.
    INVALID_UTF8 = "invalid-utf8";
    /// The file holds no document.
    EMPTY_DOCUMENT = "empty-document";
    /// The text is neither JSON nor YAML.
    SYNTAX = "syntax";
    /// An object has the same key twice.
    DUPLICATE_KEY = "duplicate-key";
    /// A file holds more than one YAML document.
    SEVERAL_DOCUMENTS = "several-documents";
    /// A YAML key is a list or an object.
    COMPLEX_KEY = "complex-key";
    /// A YAML merge key has no object to merge.
    BAD_MERGE_KEY = "bad-merge-key";
    /// A document is nested too deep.
    TOO_DEEP = "too-deep";
    /// YAML aliases multiply a document beyond all bounds.
    ALIAS_BOMB = "alias-bomb";
    /// A `$ref` whose target does not exist.
    DANGLING_REFERENCE = "dangling-reference";
    /// The generator contradicts itself.
    INTERNAL = "internal";
    /// The document does not say which version of OpenAPI it is written in.
    NO_VERSION = "no-version";
    /// The document is written in a version of OpenAPI that is not read.
    UNSUPPORTED_VERSION = "unsupported-version";
    /// An object has a member that means nothing there.
    UNKNOWN_KEYWORD = "unknown-keyword";

    /// An overlay does not have the structure of one.
    OVERLAY_STRUCTURE = "overlay-structure";
    /// An overlay action's target is not a JSONPath that is understood.
    INVALID_TARGET = "invalid-target";
    /// Two actions of an overlay that are not one correction share an id.
    DUPLICATE_CORRECTION = "duplicate-correction";
    /// An overlay action updates something that is neither an object nor a list.
    OVERLAY_PRIMITIVE_TARGET = "overlay-primitive-target";
    /// An overlay action matches nothing.
    OVERLAY_NO_MATCH = "overlay-no-match";
    /// An overlay action changes nothing.
    OVERLAY_NO_EFFECT = "overlay-no-effect";
    /// An overlay action corrects something that is no longer published so.
    OVERLAY_OUT_OF_DATE = "overlay-out-of-date";
}
