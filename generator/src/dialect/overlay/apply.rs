//! Applies actions, and finds out which of them are stale.

use super::action::{Action, Change};
use super::merge::{merge, put};
use crate::diagnostic::{Code, Diagnostics, Pointer, Severity, codes};
use crate::source::{Data, Document, MAX_DEPTH, Value};

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
                let mut unfit = None;
                for target in &targets {
                    if let Err(reason) = self.update(action, target, update, &mut changed) {
                        unfit.get_or_insert(reason);
                    }
                }
                let changes_nothing = changed
                    .iter()
                    .all(|pointer| is_second_half && self.is_restored(pointer));
                match unfit {
                    Some(unfit) => {
                        self.error(unfit.code, &unfit.pointer, unfit.message, unfit.help)
                    }
                    None if changes_nothing && !is_out_of_date => {
                        let pointer = action.pointer.key("update");
                        self.stale(
                            codes::OVERLAY_NO_EFFECT,
                            &pointer,
                            action,
                            "changes nothing",
                        );
                    }
                    None => {}
                }
            }
        }
    }

    fn stale(&mut self, code: Code, pointer: &Pointer, action: &Action<'_>, what: &str) {
        let reason = reason(action);
        let message = format!("the action on `{}` {what}{reason}", action.target);
        self.diagnostics.push(
            Severity::Warning,
            code,
            &self.overlay.place(pointer),
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
                        "is out of date: `{key}` of {target} {} and is now {}",
                        described(expected),
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
    ) -> Result<(), Unfit> {
        let from = action.pointer.key("update");
        if target.segments().count() + update.depth() > MAX_DEPTH {
            return Err(Unfit {
                code: codes::TOO_DEEP,
                pointer: from,
                message: format!(
                    "with this the document is nested more than {MAX_DEPTH} levels deep"
                ),
                help: "move inner parts into `components` and refer to them with `$ref`",
            });
        }
        match (self.document.get(target).map(Value::data), update.data()) {
            // For a list the specification wants a single entry; several in a list are what writers mean when they give one.
            (Some(Data::Object(_)), Data::Object(_)) | (Some(Data::Array(_)), Data::Array(_)) => {
                merge(self.document, target, update, changed);
            }
            (Some(Data::Array(elements)), _) => {
                let end = target.index(elements.len());
                put(self.document, &end, update, changed);
            }
            (Some(Data::Object(_)), _) => {
                return Err(Unfit {
                    code: codes::OVERLAY_STRUCTURE,
                    pointer: from,
                    message: format!(
                        "the target {target} is an object, so `update` must be one too, found {}",
                        update.kind()
                    ),
                    help: "write the members that are to be merged into it",
                });
            }
            (Some(primitive), _) => {
                return Err(Unfit {
                    code: codes::OVERLAY_PRIMITIVE_TARGET,
                    pointer: action.pointer.key("target"),
                    message: format!(
                        "the target {target} is {}, which cannot be updated",
                        primitive.kind()
                    ),
                    help: "target the object that contains it, and name the member in `update`",
                });
            }
            (None, _) => {}
        }
        Ok(())
    }

    fn error(&mut self, code: Code, pointer: &Pointer, message: impl Into<String>, help: &str) {
        self.diagnostics.push(
            Severity::Error,
            code,
            &self.overlay.place(pointer),
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
}

/// Why a target cannot be updated.
struct Unfit {
    code: Code,
    pointer: Pointer,
    message: String,
    help: &'static str,
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

fn described(expected: Option<&Value>) -> String {
    match expected {
        Some(value) => format!("was published as {}", short(Some(value))),
        None => "was not published".to_owned(),
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

/// The pointers in the order in which their nodes are in the document, ancestors first.
fn in_document_order(root: &Value, pointers: &[Pointer]) -> Vec<Pointer> {
    let position_of = |pointer: &Pointer| {
        let mut node = Some(root);
        let mut positions = Vec::new();
        for segment in pointer.segments() {
            let position = match node.map(Value::data) {
                Some(Data::Object(members)) => members.get_index_of(&*segment),
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
