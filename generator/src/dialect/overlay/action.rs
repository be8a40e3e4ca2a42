//! Reads the actions of an overlay.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostics, Pointer, codes};
use crate::dialect::json_path::JsonPath;
use crate::source::{Data, Document, Object, Value};

/// An action that can be applied.
pub(super) struct Action<'overlay> {
    pub(super) pointer: Pointer,
    pub(super) path: JsonPath,
    pub(super) target: &'overlay str,
    pub(super) description: &'overlay str,
    pub(super) correction: Option<&'overlay str>,
    pub(super) published: Option<&'overlay Object>,
    pub(super) change: Change<'overlay>,
}

/// What an action does to the nodes that it targets.
#[derive(Clone, Copy)]
pub(super) enum Change<'overlay> {
    Remove,
    Update(&'overlay Value),
}

/// The actions that can be applied; what is wrong with the others is reported.
pub(super) fn read<'overlay>(
    overlay: &'overlay Document,
    diagnostics: &mut Diagnostics,
) -> Vec<Action<'overlay>> {
    let mut reader = Reader {
        overlay,
        diagnostics,
    };
    let Some(actions) = reader.actions() else {
        return Vec::new();
    };
    let mut read = Vec::new();
    for (index, action) in actions.iter().enumerate() {
        read.extend(reader.action(&Pointer::root().key("actions").index(index), action));
    }
    reader.report_shared_corrections(&read);
    read
}

struct Reader<'overlay, 'diagnostics> {
    overlay: &'overlay Document,
    diagnostics: &'diagnostics mut Diagnostics,
}

impl<'overlay> Reader<'overlay, '_> {
    fn error(&mut self, code: Code, pointer: &Pointer, message: impl Into<String>, help: &str) {
        self.diagnostics
            .push(code, &self.overlay.place(pointer), message, help);
    }

    fn structure(&mut self, pointer: &Pointer, message: impl Into<String>, help: &str) {
        self.error(codes::OVERLAY_STRUCTURE, pointer, message, help);
    }

    /// The list of actions of an overlay whose version is known.
    fn actions(&mut self) -> Option<&'overlay [Value]> {
        let root = Pointer::root();
        let Some(members) = self.overlay.value().as_object() else {
            self.structure(
                &root,
                self.overlay.value().mismatch("an overlay", "an object"),
                "write `overlay: 1.0.0`, `info` and `actions`",
            );
            return None;
        };
        match members.get("overlay").map(Value::data) {
            Some(Data::String(version)) if version == "1.0.0" || version.starts_with("1.0.") => {}
            Some(Data::String(version)) => {
                let message = format!("version {version} of the Overlay Specification is not read");
                self.error(
                    codes::UNSUPPORTED_VERSION,
                    &root.key("overlay"),
                    message,
                    "write the overlay in version 1.0.0",
                );
                return None;
            }
            Some(other) => {
                self.structure(
                    &root.key("overlay"),
                    other.mismatch("`overlay`", "a string"),
                    "write `overlay: 1.0.0`",
                );
                return None;
            }
            None => {
                let message = "the document does not say that it is an overlay";
                self.error(
                    codes::NO_VERSION,
                    &root,
                    message,
                    "write `overlay: 1.0.0` at its top, or name an overlay document",
                );
                return None;
            }
        }
        let info = members.get("info");
        let is_text = |key: &str| {
            info.and_then(|info| info.get(key))
                .is_some_and(|text| text.as_str().is_some())
        };
        if !is_text("title") || !is_text("version") {
            let pointer = if info.is_some() {
                root.key("info")
            } else {
                root.clone()
            };
            self.structure(
                &pointer,
                "an overlay has an `info` with a `title` and a `version`",
                "add them; both are strings",
            );
        }
        self.unknown_keys(&root, members, &["overlay", "info", "extends", "actions"]);
        match members.get("actions").map(Value::data) {
            Some(Data::Array(actions)) => Some(actions),
            Some(other) => {
                self.structure(
                    &root.key("actions"),
                    other.mismatch("`actions`", "a list"),
                    "write one `- target: …` for each action",
                );
                None
            }
            None => {
                self.structure(
                    &root,
                    "the overlay has no `actions`",
                    "add `actions`, a list",
                );
                None
            }
        }
    }

    fn unknown_keys(&mut self, pointer: &Pointer, members: &Object, known: &[&str]) {
        for key in members
            .keys()
            .filter(|key| !key.starts_with("x-") && !known.contains(&key.as_str()))
        {
            let message = format!("`{key}` has no meaning in an overlay here");
            let help = "remove it, or correct its spelling";
            let pointer = pointer.key(key);
            self.diagnostics.push(
                codes::UNKNOWN_KEYWORD,
                &self.overlay.place(&pointer),
                message,
                help,
            );
        }
    }

    fn action(&mut self, pointer: &Pointer, action: &'overlay Value) -> Option<Action<'overlay>> {
        let Some(members) = action.as_object() else {
            self.structure(
                pointer,
                action.mismatch("an action", "an object"),
                "write `target` and `update` or `remove`",
            );
            return None;
        };
        self.unknown_keys(
            pointer,
            members,
            &["target", "description", "update", "remove"],
        );
        let target = self.text(pointer, members, "target");
        let description = self
            .text(pointer, members, "description")
            .unwrap_or_default();
        let correction = self.text(pointer, members, "x-correction");
        if !members.contains_key("target") {
            self.structure(
                pointer,
                "the action has no `target`",
                "say with a JSONPath which nodes it changes",
            );
        }
        let published = match members.get("x-published").map(Value::data) {
            None => None,
            Some(Data::Object(published)) => Some(published),
            Some(other) => {
                let message = other.mismatch("`x-published`", "an object");
                self.structure(
                    &pointer.key("x-published"),
                    message,
                    "give the members of the target as they were published, null for none",
                );
                None
            }
        };
        let change = self.change(pointer, members)?;
        let target = target?;
        let path = self.path(&pointer.key("target"), target)?;
        Some(Action {
            pointer: pointer.clone(),
            path,
            target,
            description,
            correction,
            published,
            change,
        })
    }

    fn text(
        &mut self,
        pointer: &Pointer,
        members: &'overlay Object,
        key: &str,
    ) -> Option<&'overlay str> {
        match members.get(key).map(Value::data) {
            None => None,
            Some(Data::String(text)) => Some(text),
            Some(other) => {
                self.structure(
                    &pointer.key(key),
                    other.mismatch(format_args!("`{key}`"), "a string"),
                    "write it as a string, in quotes where needed",
                );
                None
            }
        }
    }

    fn change(&mut self, pointer: &Pointer, members: &'overlay Object) -> Option<Change<'overlay>> {
        let remove = match members.get("remove").map(Value::data) {
            None => false,
            Some(Data::Bool(remove)) => *remove,
            Some(other) => {
                let message = other.mismatch("`remove`", "true or false");
                self.structure(&pointer.key("remove"), message, "write `remove: true`");
                return None;
            }
        };
        match (remove, members.get("update")) {
            (true, None) => Some(Change::Remove),
            (false, Some(update)) => Some(Change::Update(update)),
            (true, Some(_)) => {
                let help =
                    "split it in two actions, first the `remove`, then an `update` of the parent";
                self.structure(
                    &pointer.key("update"),
                    "an action that removes its target cannot update it",
                    help,
                );
                Some(Change::Remove)
            }
            (false, None) => {
                self.structure(
                    pointer,
                    "the action does nothing",
                    "add `update` or `remove: true`",
                );
                None
            }
        }
    }

    fn path(&mut self, pointer: &Pointer, target: &str) -> Option<JsonPath> {
        match JsonPath::parse(target) {
            Ok(path) => Some(path),
            Err(unreadable) => {
                let message = format!(
                    "`{target}` is not a JSONPath that overlays can use: {} at character {}",
                    unreadable.message, unreadable.column
                );
                let help = "use `$`, `.name`, `['name']`, `[0]`, `.*`, `..name`, and filters such as `[?@.name=='x']` with `==`, `!=`, `&&`, `||`";
                self.error(codes::INVALID_TARGET, pointer, message, help);
                None
            }
        }
    }

    /// An id belongs to one action, or to a `remove` and the `update` right after it.
    fn report_shared_corrections(&mut self, actions: &[Action<'overlay>]) {
        let mut first_uses: BTreeMap<&str, usize> = BTreeMap::new();
        for (position, action) in actions.iter().enumerate() {
            let Some(correction) = action.correction else {
                continue;
            };
            let Some(first) = first_uses.get(correction).copied() else {
                first_uses.insert(correction, position);
                continue;
            };
            let is_second_half = position == first + 1
                && actions
                    .get(first)
                    .is_some_and(|first| first.is_replaced_by(action));
            if !is_second_half {
                let message = format!("the correction `{correction}` is in this overlay already");
                let help = "give it an id of its own; only a `remove` and the `update` that follows it may share one";
                self.error(
                    codes::DUPLICATE_CORRECTION,
                    &action.pointer.key("x-correction"),
                    message,
                    help,
                );
            }
        }
    }
}

impl Action<'_> {
    /// Whether this action and the next one are one correction: out with the old, in with the new.
    pub(super) fn is_replaced_by(&self, next: &Self) -> bool {
        matches!(
            (self.change, next.change),
            (Change::Remove, Change::Update(_))
        ) && self.correction.is_some()
            && self.correction == next.correction
    }
}
