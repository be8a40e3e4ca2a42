//! The files of a description, and where references between them lead.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use super::fault::{Fault, FaultKind};
use crate::diagnostic::{Diagnostic, Diagnostics, Pointer, Severity};
use crate::source::{Data, Document, Load, LoadError, Target, Value};

/// How many references may follow one another.
const MAX_HOPS: usize = 64;

/// A node: the position of its file, and its pointer there. The entry document has the position 0.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct At {
    pub(super) file: usize,
    pub(super) pointer: Pointer,
}

/// A file that has been read.
struct File {
    /// Relative to the folder of the entry document.
    path: String,
    document: Rc<Document>,
}

/// All files that have been read.
pub(super) struct Files<'run> {
    load: &'run dyn Load,
    /// The number of the next file's origins.
    next: u32,
    open: Vec<File>,
    by_path: BTreeMap<String, Result<usize, FaultKind>>,
    by_name: HashMap<String, usize>,
}

impl<'run> Files<'run> {
    pub(super) fn new(entry: &Document, load: &'run dyn Load, next: u32) -> Self {
        let name = entry.name();
        let path = name.rsplit(['/', '\\']).next().unwrap_or(name).to_owned();
        Self {
            load,
            next,
            by_path: BTreeMap::from([(path.clone(), Ok(0))]),
            by_name: HashMap::from([(name.to_owned(), 0)]),
            open: vec![File {
                path,
                document: Rc::new(entry.clone()),
            }],
        }
    }

    pub(super) fn documents(&self) -> impl Iterator<Item = &Document> {
        self.open.iter().map(|file| &*file.document)
    }

    pub(super) fn document(&self, file: usize) -> Option<Rc<Document>> {
        self.open.get(file).map(|file| Rc::clone(&file.document))
    }

    /// Returns the path of a file, relative to the folder of the entry document.
    pub(super) fn path(&self, file: usize) -> &str {
        self.open.get(file).map_or("", |file| &file.path)
    }

    pub(super) fn get(&self, at: &At) -> Option<&Value> {
        self.open.get(at.file)?.document.get(&at.pointer)
    }

    /// Follows a reference that is in a file to the end of its chain: a node that is more than a reference. `None` means that it leads
    /// to a URL or that it can't be read, which the check reports.
    pub(super) fn follow(
        &mut self,
        file: usize,
        reference: &Value,
        diagnostics: &mut Diagnostics,
    ) -> Result<Option<At>, Fault> {
        let (mut file, mut reference) = (file, reference.clone());
        for _ in 0..MAX_HOPS {
            let fault = |kind| Fault::new(&reference, kind);
            let Some(at) = self.target(file, &reference, diagnostics)? else {
                return Ok(None);
            };
            let Some(at) = self.find(at, MAX_HOPS, diagnostics) else {
                return Err(fault(FaultKind::NoNode));
            };
            match self.get(&at).and_then(alias) {
                Some(next) => (file, reference) = (at.file, next.clone()),
                None => return Ok(Some(at)),
            }
        }
        Err(Fault::new(&reference, FaultKind::Loop))
    }

    /// Returns the node that a reference names, whether it exists or not.
    fn target(
        &mut self,
        file: usize,
        reference: &Value,
        diagnostics: &mut Diagnostics,
    ) -> Result<Option<At>, Fault> {
        match Target::parse(reference.as_str().unwrap_or_default()) {
            Target::Local(pointer) => Ok(Some(At { file, pointer })),
            Target::File { path, fragment } => {
                let opened = self.open(file, &path, diagnostics);
                // A name without more was meant as the name of a component.
                if matches!(opened, Err(FaultKind::Missing)) && !path.contains(['.', '/']) {
                    return Ok(None);
                }
                let file = opened.map_err(|kind| Fault::new(reference, kind))?;
                match fragment.or_else(|| self.anchor(file, reference)) {
                    Some(pointer) => Ok(Some(At { file, pointer })),
                    None => Err(Fault::new(reference, FaultKind::NoPointer)),
                }
            }
            // In the entry document, names are resolved with those of `$id`s.
            Target::Unreadable if file != 0 => {
                let pointer = self.anchor(file, reference);
                Ok(pointer.map(|pointer| At { file, pointer }))
            }
            Target::Url | Target::Unreadable => Ok(None),
        }
    }

    /// Whether a file is a schema that others may name by a URI.
    pub(super) fn has_id(&self, file: usize) -> bool {
        let document = self.open.get(file).map(|file| &file.document);
        document.is_some_and(|document| document.value().get("$id").is_some())
    }

    /// Returns the schema of a file that has the name after the `#` of a reference as its `$anchor`.
    fn anchor(&self, file: usize, reference: &Value) -> Option<Pointer> {
        let (_, name) = reference.as_str()?.split_once('#')?;
        let root = self.open.get(file)?.document.value();
        anchored(root, name, &mut Pointer::root())
    }

    /// Returns where a node is once the references on the way to it are followed.
    pub(super) fn find(
        &mut self,
        at: At,
        hops: usize,
        diagnostics: &mut Diagnostics,
    ) -> Option<At> {
        let document = self.document(at.file)?;
        if document.get(&at.pointer).is_some() {
            return Some(at);
        }
        let segments: Vec<String> = at.pointer.segments().map(String::from).collect();
        let mut node = document.value();
        for (position, segment) in segments.iter().enumerate() {
            if let Some(child) = node.child(segment) {
                node = child;
                continue;
            }
            let reference = node.get("$ref").filter(|text| text.as_str().is_some())?;
            let mut next = self.target(at.file, reference, diagnostics).ok()??;
            for segment in segments.get(position..).unwrap_or_default() {
                next.pointer.push(segment);
            }
            return self.find(next, hops.checked_sub(1)?, diagnostics);
        }
        None
    }

    /// Reads a file that another one names, unless it has been read.
    fn open(
        &mut self,
        from: usize,
        path: &str,
        diagnostics: &mut Diagnostics,
    ) -> Result<usize, FaultKind> {
        if is_absolute(path) {
            return Err(FaultKind::Absolute);
        }
        let path = joined(self.path(from), path);
        if let Some(known) = self.by_path.get(&path) {
            return known.clone();
        }
        let opened = self.read(&path, diagnostics);
        self.by_path.insert(path, opened.clone());
        opened
    }

    fn read(&mut self, path: &str, diagnostics: &mut Diagnostics) -> Result<usize, FaultKind> {
        let loaded = self.load.load(path).map_err(|error| match error {
            LoadError::Missing => FaultKind::Missing,
            LoadError::Folder => FaultKind::Folder,
            LoadError::Outside => FaultKind::Outside,
            LoadError::Unreadable(reason) => FaultKind::Unreadable(reason),
        })?;
        if let Some(known) = self.by_name.get(&loaded.name) {
            return Ok(*known);
        }
        let mut faults = Diagnostics::new();
        let document = Document::parse_file(self.next, &loaded.name, &loaded.bytes, &mut faults);
        self.next += 1;
        // A file that can't be read costs the references to it.
        diagnostics.extend(faults.iter().cloned().map(|fault| Diagnostic {
            severity: fault.severity.max(Severity::Error),
            ..fault
        }));
        let document = Rc::new(document.ok_or(FaultKind::Invalid)?);
        let number = self.open.len();
        self.open.push(File {
            path: path.to_owned(),
            document,
        });
        self.by_name.insert(loaded.name, number);
        Ok(number)
    }
}

/// Finds the schema of a name. One in a schema with an `$id` has its name there alone.
fn anchored(node: &Value, name: &str, at: &mut Pointer) -> Option<Pointer> {
    let is_named = ["$anchor", "$dynamicAnchor"]
        .iter()
        .any(|keyword| node.get(keyword).and_then(Value::as_str) == Some(name));
    if is_named {
        return Some(at.clone());
    }
    let mut inner = |key: &str, child: &Value| {
        let has_id = child.get("$id").is_some_and(|id| id.as_str().is_some());
        at.push(key);
        let found = if has_id {
            None
        } else {
            anchored(child, name, at)
        };
        at.pop();
        found
    };
    match node.data() {
        Data::Object(members) => members.iter().find_map(|(key, child)| inner(key, child)),
        Data::Array(elements) => elements
            .iter()
            .enumerate()
            .find_map(|(index, child)| inner(&index.to_string(), child)),
        _ => None,
    }
}

/// Returns the reference that a node is and nothing else.
fn alias(node: &Value) -> Option<&Value> {
    let members = node.as_object().filter(|members| members.len() == 1)?;
    members.get("$ref").filter(|text| text.as_str().is_some())
}

fn is_absolute(path: &str) -> bool {
    path.starts_with(['/', '\\']) || path.as_bytes().get(1) == Some(&b':')
}

/// Returns a path relative to a file as one relative to the folder of the entry document, without `.` and with `..` at its beginning alone.
fn joined(from: &str, path: &str) -> String {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn paths_are_relative_to_the_file_that_names_them() {
        for (from, path, expected) in [
            ("api.yaml", "a.yaml", "a.yaml"),
            ("api.yaml", "./a/./b.yaml", "a/b.yaml"),
            ("a/b/c.yaml", "../d.yaml", "a/d.yaml"),
            ("a/b.yaml", "../../d.yaml", "../d.yaml"),
            ("../a/b.yaml", "../../d.yaml", "../../d.yaml"),
            ("../a/b.yaml", "c.yaml", "../a/c.yaml"),
            ("a.yaml", "b//c.yaml", "b/c.yaml"),
        ] {
            assert_eq!(joined(from, path), expected, "{from} {path}");
        }
    }
}
