//! Says in words what a schema asks of values beyond their type.

use super::assertions::assertions;
use crate::lower::docs::code;
use crate::openapi::{Any, List, Node, Schema};
use crate::source::Number;

/// Formats that have a type of their own, so that the documentation need not name them.
const TYPED_FORMATS: &[&str] = &[
    "int32",
    "int64",
    "uint64",
    "double",
    "date",
    "date-time",
    "password",
    "binary",
];

/// Reads a bound of a schema.
type ReadBound<'a> = fn(&Node<'a, Schema>) -> Option<&'a Number>;

/// One sentence for each constraint, in a fixed order.
pub(super) fn constraints<'a>(nodes: &[Node<'a, Schema>]) -> Vec<String> {
    let number = |read: ReadBound<'a>| {
        nodes
            .iter()
            .find_map(read)
            .map(|bound| bound.as_str().to_owned())
    };
    let is_set = |read: fn(&Node<'a, Schema>) -> bool| nodes.iter().any(read);
    let mut sentences = Vec::new();
    if let Some(format) = nodes.iter().find_map(|node| node.format().text())
        && !TYPED_FORMATS.contains(&format)
    {
        sentences.push(format!("Format: {}.", code(format)));
    }
    let low = number(|node| node.minimum().number())
        .map(|bound| (bound, is_set(|node| node.exclusive_minimum().is_true())));
    let high = number(|node| node.maximum().number())
        .map(|bound| (bound, is_set(|node| node.exclusive_maximum().is_true())));
    sentences.extend(range("Range", low, high, ""));
    if let Some(step) = number(|node| node.multiple_of().number()) {
        sentences.push(format!("A multiple of {step}."));
    }
    let sizes: [(&str, ReadBound<'a>, ReadBound<'a>, &str); 3] = [
        (
            "Length",
            |node| node.min_length().number(),
            |node| node.max_length().number(),
            " characters",
        ),
        (
            "Length",
            |node| node.min_items().number(),
            |node| node.max_items().number(),
            " items",
        ),
        (
            "Size",
            |node| node.min_properties().number(),
            |node| node.max_properties().number(),
            " members",
        ),
    ];
    for (title, low, high, unit) in sizes {
        let low = number(low).filter(|low| low != "0");
        let low = low.map(|bound| (bound, false));
        let high = number(high).map(|bound| (bound, false));
        sentences.extend(range(title, low, high, unit));
    }
    if is_set(|node| node.unique_items().is_true()) {
        sentences.push("Items are unique.".to_owned());
    }
    if let Some(pattern) = nodes.iter().find_map(|node| node.pattern().text()) {
        sentences.push(format!("Pattern: {}.", code(pattern)));
    }
    if let Some(values) = nodes
        .iter()
        .find_map(|node| node.enum_values().node())
        .filter(is_unnamed)
    {
        let values: Vec<String> = values
            .elements()
            .map(|value| code(&value.value.to_json().to_string()))
            .collect();
        sentences.push(match values.as_slice() {
            [only] => format!("Always {only}."),
            values => format!("One of {}.", values.join(", ")),
        });
    }
    sentences.extend(assertions(nodes));
    sentences
}

/// Whether the values of an `enum` become no variants of a Rust enum.
fn is_unnamed(values: &Node<'_, List<Any>>) -> bool {
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
    let unit = match high.as_ref().or(low.as_ref()) {
        Some((last, _)) if last == "1" => unit.trim_end_matches('s'),
        _ => unit,
    };
    let text = match (low, high) {
        (Some((low, false)), Some((high, false))) if low == high => {
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

#[cfg(test)]
mod tests {
    use super::range;

    #[test]
    fn one_is_not_many() {
        let size = |low: Option<&str>, high: Option<&str>| {
            let bound = |bound: Option<&str>| bound.map(|bound| (bound.to_owned(), false));
            range("Length", bound(low), bound(high), " items").expect("a bound")
        };
        assert_eq!(size(Some("1"), None), "Length: at least 1 item.");
        assert_eq!(size(None, Some("1")), "Length: at most 1 item.");
        assert_eq!(size(Some("1"), Some("1")), "Length: exactly 1 item.");
        assert_eq!(size(Some("1"), Some("3")), "Length: 1 to 3 items.");
        assert_eq!(size(Some("2"), None), "Length: at least 2 items.");
    }
}
