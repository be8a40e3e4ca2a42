//! The diff of a stale file.

use similar::TextDiff;

use crate::replace::Change;

/// A unified diff from the file on disk to what it must hold.
pub(super) fn unified(change: &Change) -> String {
    let before = change
        .before
        .as_deref()
        .map(String::from_utf8_lossy)
        .unwrap_or_default();
    let after = change.after.as_deref().unwrap_or_default();
    let old_name = if change.before.is_some() {
        format!("a/{}", change.path.display())
    } else {
        "/dev/null".to_owned()
    };
    let new_name = if change.after.is_some() {
        format!("b/{}", change.path.display())
    } else {
        "/dev/null".to_owned()
    };
    TextDiff::from_lines(before.as_ref(), after)
        .unified_diff()
        .header(&old_name, &new_name)
        .to_string()
}
