//! A request as the API reads it: its path below the API's root and its parameters. Knows encodings, not meanings.

use form_urlencoded::parse;
use serde_json::Value;

use super::multipart;
use crate::request::RecordedRequest;
use crate::response::FakeResponse;

pub(crate) struct Call<'request> {
    pub(crate) request: &'request RecordedRequest,
    /// The decoded segments of the path below `/api/v4`.
    pub(crate) segments: Vec<String>,
    pub(crate) parameters: Parameters,
}

/// The parameters of query and body. Those of the body take precedence.
#[derive(Debug, Default)]
pub(crate) struct Parameters {
    pairs: Vec<(String, Value)>,
}

impl Parameters {
    /// Returns the parameter unless it is absent or null.
    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        let (_, value) = self.pairs.iter().rev().find(|(other, _)| other == name)?;
        Some(value).filter(|value| !value.is_null())
    }

    /// Returns whether the parameter was sent, even as null.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.pairs.iter().any(|(other, _)| other == name)
    }

    /// Returns a scalar parameter as text.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        match self.get(name)? {
            Value::String(text) => Some(text.clone()),
            Value::Array(_) | Value::Object(_) => None,
            other => Some(other.to_string()),
        }
    }

    /// Returns a list: a JSON array, `name[]=a&name[]=b`, or `a,b`.
    pub(crate) fn list(&self, name: &str) -> Option<Vec<String>> {
        let repeated = format!("{name}[]");
        let repeated: Vec<String> = self
            .pairs
            .iter()
            .filter(|(other, _)| *other == repeated)
            .filter_map(|(_, value)| value.as_str().map(str::to_owned))
            .collect();
        if !repeated.is_empty() {
            return Some(repeated);
        }
        match self.get(name)? {
            Value::Array(items) => Some(items.iter().map(text_of).collect()),
            Value::Object(_) => None,
            scalar => Some(
                text_of(scalar)
                    .split(',')
                    .map(|item| item.trim().to_owned())
                    .filter(|item| !item.is_empty())
                    .collect(),
            ),
        }
    }

    fn extend_text(&mut self, pairs: impl IntoIterator<Item = (String, String)>) {
        let pairs = pairs.into_iter();
        self.pairs
            .extend(pairs.map(|(name, value)| (name, Value::String(value))));
    }

    fn extend_encoded(&mut self, encoded: &[u8]) {
        self.extend_text(parse(encoded).into_owned());
    }
}

fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

impl<'request> Call<'request> {
    /// Reads a request whose path below `/api/v4/` is `path`. Returns the error response if its body is invalid.
    pub(crate) fn new(
        request: &'request RecordedRequest,
        path: &str,
    ) -> Result<Self, FakeResponse> {
        let mut parameters = Parameters::default();
        parameters.extend_encoded(request.query().unwrap_or_default().as_bytes());
        read_body(request, &mut parameters)?;
        Ok(Self {
            request,
            segments: path.split('/').map(decode).collect(),
            parameters,
        })
    }

    /// Returns the segment of the path at this index, or an empty text if there is none.
    pub(crate) fn segment(&self, index: usize) -> &str {
        self.segments.get(index).map_or("", String::as_str)
    }
}

fn read_body(request: &RecordedRequest, parameters: &mut Parameters) -> Result<(), FakeResponse> {
    if request.body().is_empty() {
        return Ok(());
    }
    let content_type = request
        .header("content-type")
        .unwrap_or("application/x-www-form-urlencoded");
    let media_type = content_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    match media_type.as_str() {
        "application/json" => match request.body_json() {
            Some(Value::Object(members)) => parameters.pairs.extend(members),
            Some(_) => {}
            None => {
                return Err(FakeResponse::error(
                    400,
                    "message body does not match declared format",
                ));
            }
        },
        "application/x-www-form-urlencoded" => parameters.extend_encoded(request.body()),
        "multipart/form-data" => match multipart::fields(content_type, request.body()) {
            Some(fields) => parameters.extend_text(fields),
            None => {
                let text = format!("empty message body supplied with {content_type} content-type");
                return Err(FakeResponse::error(400, &text));
            }
        },
        _ => {
            let text = format!("The provided content-type '{content_type}' is not supported.");
            return Err(FakeResponse::error(415, &text));
        }
    }
    Ok(())
}

/// Percent-decodes a path segment, in which a plus is not a space.
fn decode(segment: &str) -> String {
    let escaped = segment
        .replace('+', "%2B")
        .replace('&', "%26")
        .replace('=', "%3D");
    parse(escaped.as_bytes())
        .map(|(name, _)| name.into_owned())
        .collect()
}
