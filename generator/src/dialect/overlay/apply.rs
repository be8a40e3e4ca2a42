//! Applies actions, and finds out which of them are stale.

use super::action::{Action, Change};
use super::merge::{Origin, merge, put};
use crate::diagnostic::{Code, Diagnostics, Pointer, Severity, codes};
use crate::source::{Document, Value};

/// The remedy for everything that is stale.
const REVIEW: &str = "the published document has changed: review this action, or delete it";

pub(super) fn run(
    document: &mut Document,
    overlay: &Document,
    actions: &[Action<'_>],
    diagnostics: &mut Diagnostics,
) {
    let mut runner = Runner {
        document,
        overlay,
        diagnostics,
        removed: Vec::new(),
    };
    for (position, action) in actions.iter().enumerate() {
        let next = actions.get(position + 1);
        let previous = position
            .checked_sub(1)
            .and_then(|previous| actions.get(previous));
        let is_first_half = next.is_some_and(|next| action.is_replaced_by(next));
        let is_second_half = previous.is_some_and(|previous| previous.is_replaced_by(action));
        if !is_second_half {
            runner.removed.clear();
        }
        runner.action(action, is_first_half, is_second_half);
    }
}

struct Runner<'run> {
    document: &'run mut Document,
    overlay: &'run Document,
    diagnostics: &'run mut Diagnostics,
    /// What the first half of the present correction took out.
    removed: Vec<(Pointer, Value)>,
}

impl Runner<'_> {
    fn action(&mut self, action: &Action<'_>, is_first_half: bool, is_second_half: bool) {
        let targets = action.path.select(self.document.value());
        if targets.is_empty() {
            self.stale(
                codes::OVERLAY_NO_MATCH,
                &action.pointer.key("target"),
                action,
                "matches nothing",
            );
            return;
        }
        let is_out_of_date = self.is_out_of_date(action, &targets);
        let mut changed = Vec::new();
        match action.change {
            Change::Remove => self.remove(action, &targets, is_first_half),
            Change::Update(update) => {
                for target in &targets {
                    self.update(action, target, update, &mut changed);
                }
                let changes_nothing = changed
                    .iter()
                    .all(|pointer| is_second_half && self.is_restored(pointer));
                if changes_nothing && !is_out_of_date && self.can_update(&targets) {
                    self.stale(
                        codes::OVERLAY_NO_EFFECT,
                        &action.pointer.key("update"),
                        action,
                        "changes nothing",
                    );
                }
            }
        }
    }

    fn stale(&mut self, code: Code, pointer: &Pointer, action: &Action<'_>, what: &str) {
        let reason = reason(action);
        let message = format!("the action on `{}` {what}{reason}", action.target);
        self.diagnostics.push_in(
            self.overlay.name(),
            Severity::Warning,
            code,
            pointer,
            message,
            REVIEW,
        );
    }

    /// Whether one of the targets is no longer what the action says was published; reported once, at the first member that differs.
    fn is_out_of_date(&mut self, action: &Action<'_>, targets: &[Pointer]) -> bool {
        let Some(published) = action.published else {
            return false;
        };
        for target in targets {
            let node = self.document.get(target);
            for (key, expected) in published {
                let present = node
                    .and_then(|node| node.get(key))
                    .filter(|value| !value.is_null());
                let expected = Some(expected).filter(|value| !value.is_null());
                if present != expected {
                    let what = format!(
                        "is out of date: {} at {target} is now {}",
                        described(key, expected),
                        short(present)
                    );
                    self.stale(
                        codes::OVERLAY_OUT_OF_DATE,
                        &action.pointer.key("x-published").key(key),
                        action,
                        &what,
                    );
                    return true;
                }
            }
        }
        false
    }

    fn remove(&mut self, action: &Action<'_>, targets: &[Pointer], remember: bool) {
        // From the last to the first, so that the pointers of those still to come hold.
        for target in in_document_order(self.document.value(), targets)
            .iter()
            .rev()
        {
            if target.is_root() {
                let message = "the whole document cannot be removed";
                self.error(
                    codes::OVERLAY_STRUCTURE,
                    &action.pointer.key("target"),
                    message,
                    "target the parts that are to go",
                );
            } else if let Some(value) = self.document.remove(target)
                && remember
            {
                self.removed.push((target.clone(), value));
            }
        }
    }

    fn update(
        &mut self,
        action: &Action<'_>,
        target: &Pointer,
        update: &Value,
        changed: &mut Vec<Pointer>,
    ) {
        let origin = Origin {
            overlay: self.overlay,
            pointer: action.pointer.key("update"),
        };
        match (self.document.get(target), update) {
            (Some(Value::Object(_)), Value::Object(_)) => {
                merge(self.document, target, update, &origin, changed)
            }
            (Some(Value::Object(_)), other) => {
                let message = format!(
                    "the target {target} is an object, so `update` must be one too, found {}",
                    other.kind()
                );
                self.error(
                    codes::OVERLAY_STRUCTURE,
                    &origin.pointer,
                    message,
                    "write the members that are to be merged into it",
                );
            }
            // The specification wants the single entry here; a list of entries is what writers mean when they give one.
            (Some(Value::Array(_)), Value::Array(_)) => {
                merge(self.document, target, update, &origin, changed)
            }
            (Some(Value::Array(elements)), entry) => {
                let end = target.index(elements.len());
                put(
                    self.document,
                    &end,
                    entry,
                    self.overlay,
                    &origin.pointer,
                    changed,
                );
            }
            (Some(primitive), _) => {
                let message = format!(
                    "the target {target} is {}, which cannot be updated",
                    primitive.kind()
                );
                self.error(
                    codes::OVERLAY_PRIMITIVE_TARGET,
                    &action.pointer.key("target"),
                    message,
                    "target the object that contains it, and name the member in `update`",
                );
            }
            (None, _) => {}
        }
    }

    fn error(&mut self, code: Code, pointer: &Pointer, message: impl Into<String>, help: &str) {
        self.diagnostics.push_in(
            self.overlay.name(),
            Severity::Error,
            code,
            pointer,
            message,
            help,
        );
    }

    /// Whether the node is again what the first half of this correction removed.
    fn is_restored(&self, pointer: &Pointer) -> bool {
        self.removed
            .iter()
            .any(|(removed, value)| removed == pointer && self.document.get(pointer) == Some(value))
    }

    fn can_update(&self, targets: &[Pointer]) -> bool {
        targets.iter().all(|target| {
            matches!(
                self.document.get(target),
                Some(Value::Object(_) | Value::Array(_))
            )
        })
    }
}

/// The reason that the action gives for itself.
fn reason(action: &Action<'_>) -> String {
    match (action.correction, action.description) {
        (Some(correction), "") => format!(" (correction `{correction}`)"),
        (Some(correction), description) => format!(" (correction `{correction}`: {description})"),
        (None, "") => String::new(),
        (None, description) => format!(" ({description})"),
    }
}

fn described(key: &str, expected: Option<&Value>) -> String {
    match expected {
        Some(value) => format!("`{key}`, published as {},", short(Some(value))),
        None => format!("`{key}`, which was not published,"),
    }
}

/// A value in a message: as JSON, and no longer than a line bears.
fn short(value: Option<&Value>) -> String {
    const LENGTH: usize = 60;
    let Some(value) = value else {
        return "absent".to_owned();
    };
    let text = value.to_json().to_string();
    match text.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("`{}…`", text.get(..end).unwrap_or_default()),
        None => format!("`{text}`"),
    }
}

/// The pointers in the order in which their nodes stand in the document, ancestors first.
fn in_document_order(root: &Value, pointers: &[Pointer]) -> Vec<Pointer> {
    let position_of = |pointer: &Pointer| {
        let mut node = Some(root);
        let mut positions = Vec::new();
        for segment in pointer.segments() {
            let position = match node {
                Some(Value::Object(members)) => members.get_index_of(&*segment),
                _ => segment.parse().ok(),
            };
            positions.push(position);
            node = node.and_then(|node| node.child(&segment));
        }
        positions
    };
    let mut ordered = pointers.to_vec();
    ordered.sort_by_cached_key(position_of);
    ordered
}
