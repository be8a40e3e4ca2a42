//! The macros in a module whose names shadow everything they use.
#![deny(warnings, clippy::all, clippy::pedantic)]
#![expect(unreachable_pub, reason = "the test module of a crate exports nothing")]

/// A module like an emitted one, with names that shadow the prelude.
pub mod types {
    use ::std::string::String as Text;

    use crate::runtime::decode::integer_enum::UnknownInteger;
    use crate::runtime::decode::string_enum::UnknownString;
    use crate::runtime::decode::union::UnknownValue;

    /// Shadows a name of the prelude.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Vec {}

    /// Shadows a name of the prelude.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum String {
        /// The same name.
        Some,
        /// The same name.
        None,
        /// The same name.
        Ok,
        /// The same name.
        Err,
        /// All others.
        Self_(UnknownInteger),
    }

    /// Shadows a name of the prelude.
    #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
    #[non_exhaustive]
    pub enum Result {
        /// The same name.
        Ok,
        /// The same name.
        Err,
        /// All others.
        Unknown(UnknownString),
    }

    /// Shadows a name of the prelude.
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    pub enum Box {
        /// A variant.
        Vec(Vec),
        /// A variant.
        Option(Option),
        /// All others.
        Unknown(UnknownValue),
    }

    /// Shadows a name of the prelude.
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    pub enum Deserialize {
        /// A variant.
        String(String),
        /// A variant.
        Result(Result),
        /// All others.
        Unknown(UnknownValue),
    }

    /// Shadows a name of the prelude, and has every name that the macro uses itself.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Option {
        /// A keyword.
        pub r#type: i64,
        /// A keyword with another spelling.
        pub self_: bool,
        /// A name of the macro.
        pub members: Text,
        /// A name of the macro.
        pub name: Text,
        /// A name of the macro.
        pub value: ::core::option::Option<i64>,
        /// A name of the macro.
        pub serializer: ::core::option::Option<Text>,
        /// A name of the macro.
        pub deserializer: Result,
        /// A name of the macro.
        pub read: String,
        /// A name of the macro.
        pub record: ::std::vec::Vec<Option>,
        /// A name of the macro.
        pub rest: ::std::collections::BTreeMap<Text, i64>,
    }

    /// Names of traits and type parameters that the macros use.
    #[allow(non_camel_case_types)]
    mod names {
        #![expect(dead_code, reason = "they only shadow names")]
        pub(super) struct A;
        pub(super) struct __A;
        pub(super) struct __S;
        pub(super) struct __D;
        pub(super) struct Self_;
        pub(super) trait Serialize {}
        pub(super) trait Serializer {}
        pub(super) trait Deserializer {}
        pub(super) trait MapAccess {}
        pub(super) trait Record {}
        pub(super) fn serde() {}
        pub(super) mod core {}
        pub(super) mod std {}
        pub(super) mod runtime {}
    }
    #[expect(unused_imports, reason = "they only shadow names")]
    use names::*;

    crate::record! { Vec: both {} }

    crate::record! {
        Option: both {
            r#type: "type", required;
            self_: "self", defaulted(true);
            members: "members", required;
            name: "name", defaulted(Text::new());
            value: "value", optional;
            serializer: "serializer", required_nullable;
            deserializer: "deserializer", defaulted(Result::Ok);
            read: "read", defaulted(String::None);
            record: "record", defaulted(::std::vec::Vec::new());
            ..rest;
        }
    }

    crate::string_enum! { Result { Ok = "ok", Err = "err"; Unknown } }
    crate::integer_enum! { String { Some = 1, None = -1, Ok = 0, Err = 50; Self_ } }
    crate::tagged_union! { Box: both by "type" { Vec = "vec" | "list", Option = "option"; Unknown } }
    crate::untagged_union! { Deserialize: both { String, Result; Unknown } }
}

use crate::runtime::decode::json::decode;
use types::{Box, Deserialize, Option, Result, String, Vec};

#[test]
fn everything_still_works() {
    assert_eq!(Result::KNOWN, [Result::Ok, Result::Err]);
    assert_eq!(String::KNOWN.len(), 4);
    let json = r#"{"type":1,"self":false,"members":"m","name":"n","value":2,"serializer":"s","deserializer":"err","read":50,"record":[{"type":3,"members":"","serializer":null}],"more":4}"#;
    let option: Option = decode(json.as_bytes()).unwrap();
    assert_eq!(option.deserializer, Result::Err);
    assert_eq!(option.read, String::Err);
    assert_eq!(option.rest["more"], 4);
    assert_eq!(option.record[0].deserializer, Result::Ok);
    let written = serde_json::to_string(&option).unwrap();
    assert_eq!(decode::<Option>(written.as_bytes()).unwrap(), option);

    assert_eq!(
        decode::<Box>(br#"{"type":"list"}"#).unwrap(),
        Box::Vec(Vec {})
    );
    assert_eq!(
        decode::<Deserialize>(b"-1").unwrap(),
        Deserialize::String(String::None)
    );
    assert_eq!(
        decode::<Deserialize>(br#""ok""#).unwrap(),
        Deserialize::Result(Result::Ok)
    );
}

#[cfg(feature = "test-util")]
#[test]
fn samples_are_made() {
    use crate::runtime::decode::sample::Sample as _;

    assert_eq!(Box::sample(), Box::Vec(Vec::sample()));
    assert_eq!(Deserialize::sample(), Deserialize::String(String::sample()));
    assert_eq!(Option::sample().deserializer, Result::sample());
}
