//! Each valid value of each kind is decoded, and encoded as it was.

use emitted_values::blocking::Client;
use emitted_values::testing::{ScriptedResponse, ScriptedTransport};
use serde_json::Value;

fn client(responses: impl IntoIterator<Item = ScriptedResponse>) -> (Client, ScriptedTransport) {
    let script = ScriptedTransport::new(responses);
    let client = Client::builder()
        .transport(script.clone())
        .build()
        .unwrap();
    (client, script)
}

#[test]
fn valid_values_are_decoded_and_encoded() {
    let values: Vec<(String, String, String)> =
        serde_json::from_str(include_str!("values.json")).unwrap();
    let mut faults = Vec::new();
    for (member, received, sent) in &values {
        let body = format!("{{\"{member}\":{received}}}");
        let responses = [
            ScriptedResponse::raw_json(200, &body),
            ScriptedResponse::new(204),
        ];
        let (client, script) = client(responses);
        let all = match client.values().read().call() {
            Ok(all) => all,
            Err(error) => {
                faults.push(format!("{body}: {error}"));
                continue;
            }
        };
        client.values().write([all]).call().unwrap();
        let request = script.requests().pop().unwrap();
        let encoded: Value = serde_json::from_slice(request.body()).unwrap();
        let expected: Value = serde_json::from_str(sent).unwrap();
        if !is_same(&encoded[0][member], &expected) {
            faults.push(format!("{body}: {}", encoded[0]));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(values.len() > 1000, "{}", values.len());
}

/// Returns whether values are the same, however their numbers are written. A member that is null may be absent.
fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            one == other || (one.as_f64() == other.as_f64() && !(one.is_u64() && other.is_u64()))
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => one
            .keys()
            .chain(other.keys())
            .all(|key| is_same(one.get(key).unwrap_or(&Value::Null), other.get(key).unwrap_or(&Value::Null))),
        _ => one == other,
    }
}

#[test]
fn times_that_are_a_response_are_decoded_as_those_in_records() {
    const NEVER: &str = "\"9999-12-31T23:59:59Z\"";
    let list = format!("[{NEVER},\"2024-02-29\"]");
    let (client, _) = client([
        ScriptedResponse::raw_json(200, &list),
        ScriptedResponse::raw_json(200, NEVER),
        ScriptedResponse::raw_json(200, &list),
        ScriptedResponse::raw_json(202, NEVER),
        ScriptedResponse::raw_json(200, &list),
    ]);
    let last = emitted_values::jiff::Timestamp::MAX;
    assert_eq!(client.values().times().call().unwrap()[0], last);
    assert_eq!(client.values().time().call().unwrap(), Some(last));
    client.values().either().call().unwrap();
    client.values().either().call().unwrap();
    assert_eq!(client.values().pages().call().unwrap().items[0], last);
}

#[test]
fn large_integers_keep_their_digits_in_a_union() {
    let json = r#"{"large_or_text":9007199254740993.0,"number":-0.0,"integer":1.0}"#;
    let (client, script) = client([
        ScriptedResponse::raw_json(200, json),
        ScriptedResponse::new(204),
    ]);
    let all = client.values().read().call().unwrap();
    assert!(all.number.unwrap().is_sign_negative());
    client.values().write([all]).call().unwrap();
    let request = script.requests().pop().unwrap();
    let sent: Value = serde_json::from_slice(request.body()).unwrap();
    assert_eq!(sent[0]["large_or_text"], 9_007_199_254_740_993_i64);
}
