//! The serializer of requests compared with serde_json's, and the values that it rejects.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::ser::{SerializeStructVariant, SerializeTupleStruct, SerializeTupleVariant, Serializer};
use serde_json::json;

use super::json_in_request;
use crate::runtime::api::operation::OperationInfo;
use crate::runtime::encode::request::HttpRequest;
use crate::runtime::encode::{EncodeProblem, Input};

fn json<T: Serialize + ?Sized>(value: &T) -> String {
    json_in_request(value).unwrap()
}

fn problem<T: Serialize + ?Sized>(value: &T) -> String {
    json_in_request(value).unwrap_err().to_string()
}

/// The forms of serde's data model that plain values do not have.
enum Form {
    Unit,
    Newtype,
    Tuple,
    Struct,
    TupleStruct,
    UnitStruct,
    Bytes,
}

impl Serialize for Form {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Unit => serializer.serialize_unit_variant("Form", 0, "Unit"),
            Self::Newtype => serializer.serialize_newtype_variant("Form", 1, "Newtype", &[1, 2]),
            Self::Tuple => {
                let mut items = serializer.serialize_tuple_variant("Form", 2, "Tuple", 2)?;
                items.serialize_field(&1)?;
                items.serialize_field("b")?;
                items.end()
            }
            Self::Struct => {
                let mut members = serializer.serialize_struct_variant("Form", 3, "Struct", 1)?;
                members.serialize_field("a", &1)?;
                members.end()
            }
            Self::TupleStruct => {
                let mut items = serializer.serialize_tuple_struct("Form", 2)?;
                items.serialize_field(&1)?;
                items.serialize_field("b")?;
                items.end()
            }
            Self::UnitStruct => serializer.serialize_unit_struct("Form"),
            Self::Bytes => serializer.serialize_bytes(&[1, 255]),
        }
    }
}

#[test]
fn json_equals_that_of_serde_json() {
    let text = "\"\\/\u{8}\u{c}\n\r\t\u{0}\u{1f}\u{7f} é 日本 🦀";
    let values = [
        json!(null),
        json!([true, false, 0, -1, i64::MIN, u64::MAX]),
        json!([1.5, -0.25, 1e-3, 123456789.125]),
        json!({"text": text, "empty": {}, "none": [], "nested": [{"a": [1, {"b": null}]}]}),
        json!({text: 1}),
        json!([[], [[]], {}, [{}]]),
    ];
    for value in &values {
        assert_eq!(json(value), value.to_string());
    }
    let keys = BTreeMap::from([(1, "a"), (2, "b")]);
    assert_eq!(json(&keys), serde_json::to_string(&keys).unwrap());
    let keys = BTreeMap::from([('x', true)]);
    assert_eq!(json(&keys), serde_json::to_string(&keys).unwrap());
    let mixed = (1_u8, "a", [Some(1), None], ());
    assert_eq!(json(&mixed), serde_json::to_string(&mixed).unwrap());
    for form in [
        Form::Unit,
        Form::Newtype,
        Form::Tuple,
        Form::Struct,
        Form::TupleStruct,
        Form::UnitStruct,
        Form::Bytes,
    ] {
        assert_eq!(json(&form), serde_json::to_string(&form).unwrap());
    }
}

#[test]
fn numbers_round_trip() {
    for number in [
        0.0,
        -0.0,
        0.1,
        1.0 / 3.0,
        42.0,
        1e15,
        1e20,
        1e21,
        1e300,
        5e-324,
        1e-6,
        1e-7,
        f64::MAX,
        f64::MIN,
        f64::EPSILON,
    ] {
        let text = json(&number);
        assert_eq!(
            serde_json::from_str::<f64>(&text).unwrap().to_bits(),
            number.to_bits(),
            "{text}"
        );
    }
    assert_eq!(
        json(&[42.0, 1e20, 1e21, 1e-6, 1e-7, -1.5e-9]),
        "[42,100000000000000000000,1e21,0.000001,1e-7,-1.5e-9]"
    );
    assert_eq!(
        json(&[0.1_f32, 16_777_216.0, f32::MAX]),
        "[0.1,16777216,3.4028235e38]"
    );
}

#[test]
fn members_keep_their_order() {
    struct Three;
    impl Serialize for Three {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_map([("z", 1), ("a", 2), ("m", 3)])
        }
    }
    assert_eq!(json(&Three), r#"{"z":1,"a":2,"m":3}"#);
}

/// Numbers and raw text as serde_json serializes them with its features for these, which any crate of a program may enable.
struct Private(&'static str, &'static str);

impl Serialize for Private {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_struct(self.0, 1)?;
        serde::ser::SerializeStruct::serialize_field(&mut members, self.0, self.1)?;
        serde::ser::SerializeStruct::end(members)
    }
}

#[test]
fn numbers_of_any_precision_and_raw_text_are_unchanged() {
    let number = Private(
        "$serde_json::private::Number",
        "1.00000000000000000000000001",
    );
    assert_eq!(json(&[number]), "[1.00000000000000000000000001]");
    let raw = Private("$serde_json::private::RawValue", r#"{"a": [ 1 ]}"#);
    assert_eq!(json(&[raw]), r#"[{"a": [ 1 ]}]"#);
    let renamed = Private("$another_name", "1e400");
    assert_eq!(json(&[renamed]), "[1e400]");
    let not_json = Private("$another_name", "1 2");
    assert_eq!(json(&[not_json]), r#"[{"$another_name":"1 2"}]"#);
}

#[test]
fn numbers_that_json_lacks_are_rejected() {
    for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert_eq!(problem(&number), "body is not a finite number");
        let nested = BTreeMap::from([("a", vec![vec![1.0], vec![2.0, number]])]);
        assert_eq!(problem(&nested), "body at `a[1][1]` is not a finite number");
    }
    assert_eq!(problem(&f32::NAN), "body is not a finite number");
}

#[test]
fn errors_have_the_path_of_the_problem() {
    struct Pet {
        toys: Vec<Option<f64>>,
        owner: Option<Box<Pet>>,
    }
    crate::record! { Pet: write { toys: "toys", required; owner: "owner", optional; } }
    let owner = Pet {
        toys: vec![None, Some(f64::NAN)],
        owner: None,
    };
    let pet = Pet {
        toys: Vec::new(),
        owner: Some(Box::new(owner)),
    };
    assert_eq!(
        problem(&pet),
        "body at `owner.toys[1]` is not a finite number"
    );
    static INFO: OperationInfo = super::OPERATION;
    let error = HttpRequest::new(&INFO)
        .query_parameter("pet", &pet)
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "query parameter `pet` at `owner.toys[1]` is not a finite number"
    );
    assert_eq!(
        (error.path(), error.problem()),
        ("owner.toys[1]", EncodeProblem::NotFinite)
    );
    assert_eq!(error.input(), &Input::QueryParameter("pet"));
}

#[test]
fn keys_that_are_not_strings_are_rejected() {
    let map = BTreeMap::from([(vec![1], 1)]);
    assert_eq!(
        problem(&map),
        "body has a key that is not a string, number or boolean"
    );
}

#[test]
fn values_nested_too_deeply_are_rejected() {
    let mut value = json!(1);
    for _ in 0..128 {
        value = json!([value]);
    }
    assert_eq!(json(&value), value.to_string());
    let deeper = json!({"a": value});
    let error = json_in_request(&deeper).unwrap_err();
    assert_eq!(error.problem(), EncodeProblem::TooDeep);
}

#[test]
fn an_error_of_the_value_itself_is_reported_without_its_text() {
    struct Fails;
    impl Serialize for Fails {
        fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(serde::ser::Error::custom("s3cr3t"))
        }
    }
    let error = json_in_request(&[Fails]).unwrap_err();
    assert_eq!(error.to_string(), "body at `[0]` cannot be serialized");
    assert!(!format!("{error:?}").contains("s3cr3t"));
}
