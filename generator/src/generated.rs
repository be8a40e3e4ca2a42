//! What a run takes and returns.

use std::fmt;

use crate::account::{Account, Reachable};
use crate::changes::Surface;
use crate::diagnostic::{Diagnostics, Locate, Pointer, counted, render};
use crate::emit::{self, Config, Files};
use crate::model::Api;
use crate::openapi::METHODS;
use crate::source::{Document, Value, resolve};

/// A document in memory.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// What diagnostics and emitted files call it; usually its path.
    pub name: &'a str,
    /// YAML or JSON.
    pub bytes: &'a [u8],
}

/// What a run returns.
#[derive(Debug)]
pub struct Generated {
    /// The crate's files; none when the run was stopped.
    pub files: Option<Files>,
    /// What went wrong and where.
    pub diagnostics: Diagnostics,
    /// What was read, emitted and skipped.
    pub summary: Summary,
    /// The parts of the document within reach of an operation: read, emitted, reported.
    pub account: Account,
    /// The model that the files were emitted from; none when nothing was left to work with.
    pub api: Option<Api>,
    /// The document as lowering read it, for places.
    document: Option<Document>,
    overlays: Vec<Document>,
}

impl Generated {
    /// Returns the public API of the client in a crate of this package, with the places of its items; nothing where there is no model.
    #[must_use]
    pub fn surface(&self, package: &str) -> Option<Surface> {
        let mut surface = Surface::of(self.api.as_ref()?, &package.replace('-', "_"));
        surface.locate(self.document.as_ref()?, &self.overlays);
        Some(surface)
    }

    /// The diagnostics as a person reads them. Under `strict`, warnings are errors.
    #[must_use]
    pub fn render_diagnostics(&self, strict: bool) -> String {
        render(&self.diagnostics, strict)
    }

    /// Returns the counts and the diagnostics as a JSON object.
    ///
    /// `generated` says whether there are files. `parts` has an object of the counts `read`, `emitted` and `reported` for
    /// each kind of part. `diagnostics` is a list of objects with the members `code`, `severity` (`fatal`, `error`, `warning` or
    /// `note`), `file`, `line` and `column` (from 1; null where there is no place), `pointer`, `message` and `remedy`.
    #[must_use]
    pub fn report(&self) -> String {
        crate::report::report(self)
    }

    /// Each dependency, feature and `[lib]` line that emitted code needs and this manifest lacks.
    #[must_use]
    pub fn missing_in_manifest(&self, manifest: &str) -> Vec<String> {
        self.api
            .as_ref()
            .map(|api| emit::manifest::missing(api, manifest))
            .unwrap_or_default()
    }
}

/// A run before anything is emitted, whose diagnostics have no places yet.
pub(crate) struct Run {
    pub(crate) document: Option<Document>,
    pub(crate) overlays: Vec<Document>,
    pub(crate) diagnostics: Diagnostics,
    pub(crate) api: Option<Api>,
    pub(crate) published: Summary,
    /// The parts that an operation of the document can reach, as its author wrote it.
    pub(crate) reachable: Reachable,
}

impl Run {
    /// Emits the crate, unless there is no configuration for one or the run stops. Meanwhile, it balances the account and looks up the
    /// places of the diagnostics.
    pub(crate) fn finish(self, config: Option<&Config>) -> Generated {
        let Self {
            document,
            overlays,
            mut diagnostics,
            api,
            published: mut summary,
            reachable,
        } = self;
        let config = config.filter(|config| !diagnostics.stops(config.strict));
        let mut balance = || {
            let normal = document.as_ref().filter(|_| api.is_some());
            let account = normal
                .map(|document| Account::balance(&reachable, document.value(), &mut diagnostics));
            let documents: Vec<&dyn Locate> = document
                .iter()
                .chain(&overlays)
                .map(|document| document as &dyn Locate)
                .collect();
            diagnostics.locate(&documents);
            account.unwrap_or_default()
        };
        let (account, files) = match api.as_ref().zip(config) {
            Some((api, config)) => {
                let (account, files) = emit::emit_beside(balance, api, config);
                (account.unwrap_or_default(), Some(files))
            }
            None => (balance(), None),
        };
        if let Some(api) = &api {
            summary.operations_emitted = api.operations().count();
            summary.types_emitted = api.types.len();
        }
        Generated {
            files,
            diagnostics,
            summary,
            account,
            api,
            document,
            overlays,
        }
    }
}

/// What was read, emitted and skipped.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Operations in the document, overlays applied.
    pub operations_read: usize,
    /// Operations in the crate.
    pub operations_emitted: usize,
    /// Schemas under `components`, or the `definitions` of Swagger 2.0, overlays applied.
    pub schemas_read: usize,
    /// Types in the crate; more than schemas where inline schemas have names of their own.
    pub types_emitted: usize,
}

impl Summary {
    /// Counts what a document holds before anything is cut out of it.
    pub(crate) fn of_document(document: &Document) -> Self {
        let members = |value: Option<&Value>| {
            value
                .and_then(Value::as_object)
                .map_or(0, |object| object.len())
        };
        let root = document.value();
        let paths = Pointer::root().key("paths");
        let operations = root
            .get("paths")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
            .map(|(path, item)| count_operations(root, &paths.key(path), item))
            .sum();
        Self {
            operations_read: operations,
            schemas_read: members(
                root.get("components")
                    .and_then(|components| components.get("schemas")),
            ) + members(root.get("definitions")),
            ..Self::default()
        }
    }

    /// Operations of the document that the crate lacks.
    #[must_use]
    pub fn operations_skipped(&self) -> usize {
        self.operations_read.saturating_sub(self.operations_emitted)
    }
}

/// Counts the operations of a path, those of its `$ref` and those of further methods included.
fn count_operations(root: &Value, pointer: &Pointer, item: &Value) -> usize {
    let target = resolve(root, pointer).map_or(item, |(_, target)| target);
    let by_field = METHODS
        .iter()
        .filter(|method| item.get(method).is_some() || target.get(method).is_some())
        .count();
    let mut further: Vec<&str> = Vec::new();
    for item in [item, target] {
        let operations = item.get("additionalOperations").and_then(Value::as_object);
        further.extend(
            operations
                .into_iter()
                .flatten()
                .map(|(name, _)| name.as_str()),
        );
    }
    further.sort_unstable();
    further.dedup();
    by_field + further.len()
}

impl fmt::Display for Summary {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{} and {} read, {} and {} emitted, {} skipped",
            counted(self.operations_read, "operation"),
            counted(self.schemas_read, "schema"),
            counted(self.operations_emitted, "operation"),
            counted(self.types_emitted, "type"),
            counted(self.operations_skipped(), "operation"),
        )
    }
}
