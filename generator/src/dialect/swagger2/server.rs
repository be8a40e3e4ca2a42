//! `host`, `basePath` and `schemes`.

use super::Pass;
use crate::dialect::make::{list, object, set, text};
use crate::source::{Object, Origin, Value};

impl Pass<'_> {
    /// Returns the servers that an owner of `schemes` has: the document or an operation.
    pub(super) fn servers(&self, owner: &Value) -> Option<Value> {
        let host = self.root.get("host");
        let base_path = self.root.get("basePath");
        let schemes = owner.get("schemes");
        let origin = [host, base_path, schemes]
            .into_iter()
            .flatten()
            .next()?
            .origin();
        let path = base_path.and_then(Value::as_str).unwrap_or_default();
        let path = path.trim_end_matches('/');
        let path = match path {
            "" => String::new(),
            path if path.starts_with('/') => path.to_owned(),
            path => format!("/{path}"),
        };
        let Some(name) = host.and_then(Value::as_str).map(str::trim) else {
            base_path?;
            let url = if path.is_empty() { "/" } else { &path };
            return Some(list(origin, vec![server(origin, url)]));
        };
        let name = name.trim_end_matches('/');
        if Self::split_host(name).is_some() {
            return Some(list(origin, vec![server(origin, &format!("{name}{path}"))]));
        }
        let mut servers: Vec<Value> = Vec::new();
        for (scheme, origin) in preferred(schemes, origin) {
            servers.push(server(origin, &format!("{scheme}://{name}{path}")));
        }
        Some(list(origin, servers))
    }

    /// Splits a host that has a scheme in it.
    pub(super) fn split_host(host: &str) -> Option<(&str, &str)> {
        host.trim().trim_end_matches('/').split_once("://")
    }
}

/// Returns the schemes that a client can use, the safest first. A document without schemes means the one by which it was fetched.
fn preferred(schemes: Option<&Value>, origin: Origin) -> Vec<(String, Origin)> {
    let declared = schemes.and_then(Value::as_array).unwrap_or_default();
    let mut schemes: Vec<(String, Origin)> = Vec::new();
    for scheme in ["https", "http"] {
        let found = declared.iter().find(|value| {
            value
                .as_str()
                .is_some_and(|text| text.eq_ignore_ascii_case(scheme))
        });
        schemes.extend(found.map(|value| (scheme.to_owned(), value.origin())));
    }
    // What is neither is not lost: the server is listed as it is.
    let others = declared.iter().filter_map(|value| {
        let text = value.as_str()?;
        let is_http = ["https", "http"]
            .iter()
            .any(|known| text.eq_ignore_ascii_case(known));
        (!is_http).then(|| (text.to_owned(), value.origin()))
    });
    schemes.extend(others);
    if schemes.is_empty() {
        schemes.push(("https".to_owned(), origin));
    }
    schemes
}

fn server(origin: Origin, url: &str) -> Value {
    let mut members = Object::default();
    set(&mut members, "url", text(origin, url));
    object(origin, members)
}
