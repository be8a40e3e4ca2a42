//! What references lead to in the author's document.

use crate::diagnostic::Pointer;
use crate::source::{Value, follow, hops, reference_target};

/// Returns the node that a reference leads to, with its pointer, or `None` where the node is no reference or leads nowhere.
pub(super) fn target<'tree>(root: &'tree Value, node: &Value) -> Option<(Pointer, &'tree Value)> {
    let pointer = reference_target(node.get("$ref")?.as_str()?)?;
    let node = root.pointer(&pointer)?;
    Some((pointer, node))
}

/// Follows references to their end. A node that is no reference, or that leads nowhere, is its own end.
pub(super) fn resolve<'tree>(root: &'tree Value, node: &'tree Value) -> &'tree Value {
    follow(root, node).node().unwrap_or(node)
}

/// Returns the names of the members of a root object, such as `responses`, that a node leads to.
pub(super) fn names<'tree>(
    root: &'tree Value,
    node: &'tree Value,
    map: &'static str,
) -> impl Iterator<Item = &'tree str> {
    hops(root, node).filter_map(move |(pointer, _)| {
        let name = name_of(&pointer, map)?;
        let members = root.get(map)?.as_object()?;
        members
            .get_key_value(name.as_str())
            .map(|(name, _)| name.as_str())
    })
}

/// Returns the name of the member of a root object that a pointer leads to.
pub(super) fn name_of(pointer: &Pointer, map: &str) -> Option<String> {
    let mut segments = pointer.segments();
    let is_of_map = segments.next()? == map;
    let name = segments.next()?.into_owned();
    (is_of_map && segments.next().is_none()).then_some(name)
}

/// Returns the text of a reference to a pointer.
pub(super) fn to(pointer: &Pointer) -> String {
    let escaped = pointer.as_str().replace('%', "%25");
    format!("#{escaped}")
}
