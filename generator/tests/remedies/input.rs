//! What a run is given, and how the documents of the cases are made.

use generator::selection::Selection;
use generator::source::{LoadError, Loaded};
use generator::{Generated, Source, read_model, read_model_with_files};

/// What a run is given.
#[derive(Debug, Clone, Default)]
pub(crate) struct Input {
    pub(crate) document: Vec<u8>,
    /// The other files; none where only one file is read.
    pub(crate) files: Option<Vec<(String, String)>>,
    pub(crate) overlay: Option<String>,
    /// The selectors of the operations that are included.
    pub(crate) include: Vec<&'static str>,
    /// The selectors of those that are excluded.
    pub(crate) exclude: Vec<&'static str>,
}

/// A diagnostic's code, an input that has it, and the input after what its remedy asks for.
pub(crate) struct Case {
    pub(crate) code: &'static str,
    pub(crate) before: Input,
    pub(crate) after: Input,
}

impl Input {
    pub(crate) fn new(document: impl Into<Vec<u8>>) -> Self {
        Self {
            document: document.into(),
            ..Self::default()
        }
    }

    /// Reads the document.
    pub(crate) fn read(&self) -> Generated {
        let spec = Source {
            name: "api.yaml",
            bytes: &self.document,
        };
        let overlay = self.overlay.as_deref().map(|overlay| Source {
            name: "overlay.yaml",
            bytes: overlay.as_bytes(),
        });
        let overlays = overlay.as_slice();
        let load = |path: &str| self.load(path);
        if self.include.is_empty() && self.exclude.is_empty() && self.files.is_none() {
            return read_model(spec, overlays);
        }
        let parsed = |texts: &[&str]| texts.iter().map(|text| text.parse().unwrap()).collect();
        let selection = Selection {
            include: parsed(&self.include),
            exclude: parsed(&self.exclude),
        };
        read_model_with_files(spec, &load, overlays, &selection)
    }

    fn load(&self, path: &str) -> Result<Loaded, LoadError> {
        match path {
            "folder" => return Err(LoadError::Folder),
            "locked.yaml" => return Err(LoadError::Unreadable("permission denied".to_owned())),
            outside if outside.starts_with("../") => return Err(LoadError::Outside),
            _ => {}
        }
        let mut files = self.files.iter().flatten();
        let file = files.find(|(name, _)| *name == path);
        let (name, text) = file.ok_or(LoadError::Missing)?;
        Ok(Loaded {
            name: name.clone(),
            bytes: text.clone().into_bytes(),
        })
    }

    pub(crate) fn text(&self) -> String {
        let overlay = self.overlay.as_deref().unwrap_or_default();
        format!("{}{overlay}", String::from_utf8_lossy(&self.document))
    }
}

impl Case {
    /// Returns the case with a further edit of the document.
    pub(crate) fn and(mut self, found: &str, instead: &str) -> Self {
        let text = String::from_utf8_lossy(&self.after.document).into_owned();
        self.after.document = edited(&text, (found, instead)).into_bytes();
        self
    }

    /// Returns the case with operations that are excluded before.
    pub(crate) fn excluding(mut self, selector: &'static str) -> Self {
        self.before.exclude = vec![selector];
        self
    }
}

/// Returns a text in which one part is another.
fn edited(text: &str, (found, instead): (&str, &str)) -> String {
    assert!(text.contains(found), "`{found}` is not in\n{text}");
    text.replacen(found, instead, 1)
}

/// A case whose remedy is an edit of the document: a text in it, and what is there afterwards.
pub(crate) fn case(code: &'static str, document: String, edit: (&str, &str)) -> Case {
    Case {
        code,
        after: Input::new(edited(&document, edit)),
        before: Input::new(document),
    }
}

/// A case whose remedy is an overlay that removes a node.
pub(crate) fn removed(code: &'static str, document: String, target: &str) -> Case {
    let before = Input::new(document);
    let actions = format!("- {{target: \"{target}\", remove: true}}\n");
    let overlay = Some(overlay(&actions));
    let after = Input {
        overlay,
        ..before.clone()
    };
    Case {
        code,
        before,
        after,
    }
}

/// A case whose remedy is an edit of an overlay of these actions.
pub(crate) fn overlaid(
    code: &'static str,
    document: &str,
    actions: &str,
    edit: (&str, &str),
) -> Case {
    overlaid_whole(code, document, &overlay(actions), edit)
}

/// A case whose remedy is an edit of this overlay.
pub(crate) fn overlaid_whole(
    code: &'static str,
    document: &str,
    overlay: &str,
    edit: (&str, &str),
) -> Case {
    let with = |overlay: String| Input {
        overlay: Some(overlay),
        ..Input::new(document)
    };
    Case {
        code,
        before: with(overlay.to_owned()),
        after: with(edited(overlay, edit)),
    }
}

/// An overlay of these actions.
fn overlay(actions: &str) -> String {
    format!("overlay: 1.0.0\ninfo: {{title: Corrections, version: '1'}}\nactions:\n{actions}")
}

/// A case whose remedy is an edit of a document that refers to these files.
pub(crate) fn in_files(
    code: &'static str,
    document: &str,
    files: &[(&str, &str)],
    edit: (&str, &str),
) -> Case {
    let files: Vec<_> = files
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .collect();
    let with = |document: String| Input {
        files: Some(files.clone()),
        ..Input::new(document)
    };
    Case {
        code,
        before: with(document.to_owned()),
        after: with(edited(document, edit)),
    }
}

pub(crate) const HEAD: &str = "openapi: 3.0.3\ninfo: {title: Things, version: '1'}\n";

/// A document whose only operation has these members beside its responses.
pub(crate) fn operation(members: &str) -> String {
    format!(
        "{HEAD}paths: {{/a: {{get: {{{members}, responses: {{'204': {{description: ok}}}}}}}}}}\n"
    )
}

pub(crate) fn parameter(parameter: &str) -> String {
    operation(&format!("parameters: [{parameter}]"))
}

pub(crate) fn response(response: &str) -> String {
    format!("{HEAD}paths: {{/a: {{get: {{responses: {response}}}}}}}\n")
}

pub(crate) fn schema(schema: &str) -> String {
    format!("{HEAD}paths: {{}}\ncomponents: {{schemas: {{A: {schema}}}}}\n")
}

pub(crate) fn body(content: &str) -> String {
    format!(
        "{HEAD}paths: {{/a: {{post: {{requestBody: {{content: {content}}}, responses: {{'204': {{description: ok}}}}}}}}}}\n"
    )
}

pub(crate) fn secured(scheme: &str, security: &str) -> String {
    format!(
        "{HEAD}paths: {{/a: {{get: {{{security}responses: {{'204': {{description: ok}}}}}}}}}}\ncomponents: {{securitySchemes: {{key: {scheme}}}}}\n"
    )
}

/// A document whose only response has this JSON schema.
pub(crate) fn json(schema: &str) -> String {
    response(&format!(
        "{{'200': {{description: ok, content: {{application/json: {{schema: {schema}}}}}}}}}"
    ))
}
