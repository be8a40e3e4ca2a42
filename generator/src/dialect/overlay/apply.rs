//! Applies actions, and finds out which of them are stale.

use super::action::{Action, Change};
use super::merge::{append, merge};
use super::review::{self, Difference, Outcome, Review};
use crate::diagnostic::{Code, Diagnostics, Pointer, codes};
use crate::source::{Data, Document, MAX_DEPTH, Value};

/// The remedy for everything that is stale.
const REVIEW: &str = "the published document has changed: review this action, or delete it";

/// Applies the actions in their order. Reviews are made where they are wanted.
pub(super) fn run(
    document: &mut Document,
    overlay: &Document,
    actions: &[Action<'_>],
    diagnostics: &mut Diagnostics,
    mut reviews: Option<&mut Vec<Review>>,
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
        let targets = action.path.select(runner.document.value());
        let differences = runner.differences(action, &targets);
        let before = reviews
            .is_some()
            .then(|| (runner.has_owner(action), runner.is_met(action, &targets)));
        let outcome = runner.action(
            action,
            &targets,
            &differences,
            is_first_half,
            is_second_half,
        );
        let (Some(reviews), Some((has_owner, is_met))) = (&mut reviews, before) else {
            continue;
        };
        reviews.push(Review {
            place: overlay.place(&action.pointer),
            correction: action.correction.map(str::to_owned),
            target: action.target.to_owned(),
            description: action.description.to_owned(),
            removes: matches!(action.change, Change::Remove),
            is_second_half,
            published: review::published(action),
            targets,
            has_owner,
            is_met,
            differences,
            outcome,
        });
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
    fn action(
        &mut self,
        action: &Action<'_>,
        targets: &[Pointer],
        differences: &[Difference],
        is_first_half: bool,
        is_second_half: bool,
    ) -> Outcome {
        if targets.is_empty() {
            self.stale(
                codes::OVERLAY_NO_MATCH,
                &action.pointer.key("target"),
                action,
                "matches nothing",
            );
            return Outcome::NoMatch;
        }
        if let Some(difference) = differences.first() {
            self.report_out_of_date(action, difference);
        }
        let mut changed = Vec::new();
        let mut outcome = match differences {
            [] => Outcome::Applied,
            _ => Outcome::OutOfDate,
        };
        match action.change {
            Change::Remove => self.remove(action, targets, is_first_half),
            Change::Update(update) => {
                let mut unfit = None;
                for target in targets {
                    if let Err(reason) = self.update(action, target, update, &mut changed) {
                        unfit.get_or_insert(reason);
                    }
                }
                let changes_nothing = changed
                    .iter()
                    .all(|pointer| is_second_half && self.is_restored(pointer));
                match unfit {
                    Some(unfit) => {
                        outcome = Outcome::Unfit;
                        self.error(unfit.code, &unfit.pointer, unfit.message, unfit.help);
                    }
                    None if changes_nothing => {
                        outcome = Outcome::NoEffect;
                        if differences.is_empty() {
                            let pointer = action.pointer.key("update");
                            self.stale(
                                codes::OVERLAY_NO_EFFECT,
                                &pointer,
                                action,
                                "changes nothing",
                            );
                        }
                    }
                    None => {}
                }
            }
        }
        outcome
    }

    fn stale(&mut self, code: Code, pointer: &Pointer, action: &Action<'_>, what: &str) {
        let reason = reason(action);
        let message = format!("the action on `{}` {what}{reason}", action.target);
        self.diagnostics
            .push(code, &self.overlay.place(pointer), message, REVIEW);
    }

    /// Returns the members of the targets that are no longer what the action says was published.
    fn differences(&self, action: &Action<'_>, targets: &[Pointer]) -> Vec<Difference> {
        let mut differences = Vec::new();
        for target in targets {
            let node = self.document.get(target);
            for (key, expected) in action.published.into_iter().flatten() {
                let present = node
                    .and_then(|node| node.get(key))
                    .filter(|value| !value.is_null());
                let expected = Some(expected).filter(|value| !value.is_null());
                if present != expected {
                    differences.push(Difference {
                        target: target.clone(),
                        key: key.clone(),
                        published: expected.cloned(),
                        present: present.cloned(),
                    });
                }
            }
        }
        differences
    }

    /// Returns whether there is anything that a target could be a member or an element of.
    fn has_owner(&self, action: &Action<'_>) -> bool {
        let owner = action.path.owner();
        owner.is_some_and(|owner| !owner.select(self.document.value()).is_empty())
    }

    /// Whether every target has each member that the action gives it. An update of a list would add its elements again.
    fn is_met(&self, action: &Action<'_>, targets: &[Pointer]) -> bool {
        let Change::Update(update) = action.change else {
            return false;
        };
        let Some(members) = update.as_object() else {
            return false;
        };
        !targets.is_empty()
            && targets.iter().all(|target| {
                let node = self.document.get(target);
                let mut members = members.iter();
                members.all(|(key, value)| node.and_then(|node| node.get(key)) == Some(value))
            })
    }

    fn report_out_of_date(&mut self, action: &Action<'_>, difference: &Difference) {
        let Difference { target, key, .. } = difference;
        let what = format!(
            "is out of date: `{key}` of {target} {} and is now {}",
            described(difference.published.as_ref()),
            short(difference.present.as_ref())
        );
        let pointer = action.pointer.key("x-published").key(key);
        self.stale(codes::OVERLAY_OUT_OF_DATE, &pointer, action, &what);
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
                help: "give inner parts names of their own, and refer to them with `$ref`",
            });
        }
        let Some(node) = self.document.value_mut().pointer_mut(target) else {
            return Ok(());
        };
        match (node.data_mut(), update.data()) {
            // For a list the specification wants a single entry; several in a list are what writers mean when they give one.
            (Data::Object(_), Data::Object(_)) | (Data::Array(_), Data::Array(_)) => {
                merge(node, &mut target.clone(), update, changed);
            }
            (Data::Array(elements), _) => append(elements, target, update, changed),
            (Data::Object(_), _) => {
                return Err(Unfit {
                    code: codes::OVERLAY_STRUCTURE,
                    pointer: from,
                    message: update.mismatch(
                        format_args!("the target {target} is an object, so `update`"),
                        "one too",
                    ),
                    help: "write the members that are to be merged into it",
                });
            }
            (primitive, _) => {
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
        }
        Ok(())
    }

    fn error(&mut self, code: Code, pointer: &Pointer, message: impl Into<String>, help: &str) {
        self.diagnostics
            .push(code, &self.overlay.place(pointer), message, help);
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
