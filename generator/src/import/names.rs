//! The names that an earlier description had for the parts of a later one.

use super::compare::{Finding, Part};
use crate::diagnostic::Pointer;
use crate::source::{Data, Document, Object, Value};

/// Returns a document in which paths, parameters, members and schemas have the names again that they had in the earlier one. References stay
/// as they are. Returns `None` if nothing has another name.
pub(super) fn earlier(document: &Document, findings: &[Finding]) -> Option<Document> {
    let mut renamed: Vec<(&Finding, &str)> = findings
        .iter()
        .filter_map(|finding| Some((finding, finding.names.as_ref()?.old.as_str())))
        .collect();
    if renamed.is_empty() {
        return None;
    }
    // What is inside of others comes first, so that the pointers hold.
    renamed.sort_by_key(|(finding, _)| std::cmp::Reverse(finding.pointer.segments().count()));
    let mut document = document.clone();
    for (finding, name) in renamed {
        match finding.part {
            Part::Parameter => {
                let text = Data::String(name.to_owned());
                let _ = document.set(&finding.pointer.key("name"), text);
            }
            Part::Operation => {
                if let Some(item) = finding.pointer.parent() {
                    rename(&mut document, &item, name);
                }
            }
            _ => rename(&mut document, &finding.pointer, name),
        }
    }
    Some(document)
}

/// Gives a member of an object another name, unless one has it.
fn rename(document: &mut Document, pointer: &Pointer, name: &str) {
    let (Some(parent), Some(old)) = (pointer.parent(), pointer.last()) else {
        return;
    };
    let Some(node) = document.get(&parent) else {
        return;
    };
    let Some(members) = node.as_object() else {
        return;
    };
    if members.contains_key(name) || !members.contains_key(&*old) {
        return;
    }
    let members: Object = members
        .iter()
        .map(|(key, value)| {
            let key = if *key == old { name } else { key };
            (key.to_owned(), value.clone())
        })
        .collect();
    let node = Value::new(node.origin(), Data::Object(members));
    document.set(&parent, node);
}
