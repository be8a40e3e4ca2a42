//! Says in words what a schema asks of values beyond their type.

use crate::lower::docs::code;
use crate::lower::node::Node;

/// Formats that have a type of their own, so that nothing needs to be said of them.
const TYPED_FORMATS: &[&str] = &[
    "int32",
    "int64",
    "float",
    "double",
    "date",
    "date-time",
    "password",
    "binary",
];

/// One sentence for each constraint, in a fixed order.
pub(super) fn constraints(nodes: &[Node<'_>]) -> Vec<String> {
    let find = |key: &str| nodes.iter().find_map(|node| node.get(key));
    let number = |key: &str| {
        let node = find(key)?;
        Some(node.value.as_number()?.as_str().to_owned())
    };
    let is_set = |key: &str| nodes.iter().any(|node| node.flag(key));
    let mut sentences = Vec::new();
    if let Some(format) = nodes.iter().find_map(|node| node.text("format"))
        && !TYPED_FORMATS.contains(&format)
    {
        sentences.push(format!("Format: {}.", code(format)));
    }
    let low = number("minimum").map(|bound| (bound, is_set("exclusiveMinimum")));
    let high = number("maximum").map(|bound| (bound, is_set("exclusiveMaximum")));
    sentences.extend(range("Range", low, high, ""));
    if let Some(step) = number("multipleOf") {
        sentences.push(format!("A multiple of {step}."));
    }
    for (title, low, high, unit) in [
        ("Length", "minLength", "maxLength", " characters"),
        ("Length", "minItems", "maxItems", " items"),
        ("Size", "minProperties", "maxProperties", " members"),
    ] {
        let low = number(low).filter(|low| low != "0");
        let low = low.map(|bound| (bound, false));
        let high = number(high).map(|bound| (bound, false));
        sentences.extend(range(title, low, high, unit));
    }
    if is_set("uniqueItems") {
        sentences.push("Items are unique.".to_owned());
    }
    if let Some(pattern) = find("pattern").and_then(|node| node.value.as_str().map(code)) {
        sentences.push(format!("Pattern: {pattern}."));
    }
    if let Some(values) = find("enum").filter(is_unnamed) {
        let values: Vec<String> = values
            .value
            .as_array()
            .unwrap_or_default()
            .iter()
            .map(|value| code(&value.to_json().to_string()))
            .collect();
        sentences.push(format!("One of {}.", values.join(", ")));
    }
    sentences
}

/// Whether the values of an `enum` become no variants of a Rust enum.
fn is_unnamed(values: &Node<'_>) -> bool {
    let mut values = values.value.as_array().unwrap_or_default().iter();
    let mut rest = values.clone().filter(|value| !value.is_null());
    let all_strings = rest.clone().all(|value| value.as_str().is_some());
    let all_integers = rest.all(|value| {
        value
            .as_number()
            .is_some_and(|number| number.is_integer() && number.as_i64().is_some())
    });
    values.any(|value| !value.is_null()) && !all_strings && !all_integers
}

/// A bound, and whether it is excluded.
type Bound = (String, bool);

fn range(title: &str, low: Option<Bound>, high: Option<Bound>, unit: &str) -> Option<String> {
    let text = match (low, high) {
        (Some((low, false)), Some((high, false))) if low == high => {
            let unit = if low == "1" {
                unit.trim_end_matches('s')
            } else {
                unit
            };
            return Some(format!("{title}: exactly {low}{unit}."));
        }
        (Some((low, false)), Some((high, false))) => format!("{low} to {high}"),
        (low, high) => {
            let low = low.map(|(bound, excluded)| match excluded {
                true => format!("more than {bound}"),
                false => format!("at least {bound}"),
            });
            let high = high.map(|(bound, excluded)| match excluded {
                true => format!("less than {bound}"),
                false => format!("at most {bound}"),
            });
            let bounds: Vec<String> = low.into_iter().chain(high).collect();
            if bounds.is_empty() {
                return None;
            }
            bounds.join(", ")
        }
    };
    Some(format!("{title}: {text}{unit}."))
}
