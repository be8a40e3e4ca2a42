//! `securityDefinitions`.

use crate::dialect::make::{object, set, set_absent, text};
use crate::source::{Object, Value};

/// Returns the security scheme of the normal form.
pub(super) fn scheme(scheme: &Value) -> Value {
    let Some(members) = scheme.as_object() else {
        return scheme.clone();
    };
    match members.get("type").and_then(Value::as_str) {
        Some("basic") => basic(scheme, members),
        Some("oauth2") => oauth2(scheme, members),
        _ => scheme.clone(),
    }
}

fn basic(scheme: &Value, members: &Object) -> Value {
    let mut normal = members.clone();
    let origin = members.get("type").unwrap_or(scheme).origin();
    set(&mut normal, "type", text(origin, "http"));
    set_absent(&mut normal, "scheme", text(origin, "basic"));
    object(scheme.origin(), normal)
}

fn oauth2(scheme: &Value, members: &Object) -> Value {
    if members.contains_key("flows") {
        return scheme.clone();
    }
    let Some(flow) = members.get("flow") else {
        let mut normal = members.clone();
        set(
            &mut normal,
            "flows",
            object(scheme.origin(), Object::default()),
        );
        return object(scheme.origin(), normal);
    };
    let name = match flow.as_str() {
        Some("application") => "clientCredentials",
        Some("accessCode") => "authorizationCode",
        Some(other) => other,
        None => return scheme.clone(),
    };
    let mut normal = Object::default();
    let mut of_flow = Object::default();
    for (key, value) in members {
        match key.as_str() {
            "flow" => {}
            "authorizationUrl" | "tokenUrl" | "refreshUrl" | "scopes" => {
                set(&mut of_flow, key, value.clone());
            }
            _ => set(&mut normal, key, value.clone()),
        }
    }
    let needs_scopes = object(flow.origin(), Object::default());
    set_absent(&mut of_flow, "scopes", needs_scopes);
    let of_flow = object(flow.origin(), of_flow);
    set(
        &mut normal,
        "flows",
        object(flow.origin(), [(name, of_flow)]),
    );
    object(scheme.origin(), normal)
}
