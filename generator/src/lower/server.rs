//! Where the API is.

use super::context::Context;
use super::extension;
use crate::diagnostic::{Severity, codes};

/// What the servers of a document come to.
#[derive(Debug, Default)]
pub(super) struct Server {
    /// The URL of the first server that names a host, without a slash at its end.
    pub(super) base_url: Option<String>,
    /// The path of the first server where none names a host. It is put in front of every path, so that it is not lost.
    pub(super) base_path: String,
}

/// Reads the servers of the document.
pub(super) fn server(context: &mut Context<'_>) -> Server {
    let servers: Vec<_> = context.root().servers().elements().collect();
    let mut base_path: Option<String> = None;
    for (index, node) in servers.iter().enumerate() {
        let Some(server) = node.read() else {
            continue;
        };
        let variables = server.variables.iter().flatten();
        let mut url = server.url.trim().to_owned();
        for (name, variable) in variables {
            url = url.replace(&format!("{{{name}}}"), &variable.default);
        }
        if let Some(start) = url.find('{') {
            let name = url.get(start..).unwrap_or_default();
            context.report(
                codes::SERVERS_IGNORED,
                &node.pointer,
                format!("no variable replaces `{name}` in the URL of the server"),
                "add it to `variables` with a `default`; until then the server is left out",
            );
            continue;
        }
        let url = url.split(['?', '#']).next().unwrap_or_default();
        let url = url.trim_end_matches('/');
        let absolute = match url.strip_prefix("//") {
            Some(host) if !host.is_empty() => Some(format!("https://{host}")),
            _ => ["https://", "http://"]
                .iter()
                .any(|scheme| {
                    url.strip_prefix(scheme)
                        .is_some_and(|host| !host.is_empty())
                })
                .then(|| url.to_owned()),
        };
        if let Some(base_url) = absolute {
            report_others(context, index, servers.len());
            return Server {
                base_url: Some(base_url),
                base_path: String::new(),
            };
        }
        if base_path.is_none() && url.starts_with('/') && !url.starts_with("//") {
            base_path = Some(url.to_owned());
        }
    }
    Server {
        base_url: None,
        base_path: base_path.unwrap_or_default(),
    }
}

/// The path with which every path begins: that of a server without a host, then `x-base-path`, which each path of the document begins
/// with.
pub(super) fn base_path(context: &mut Context<'_>, of_server: &str) -> Option<String> {
    let own = declared_base_path(context).unwrap_or_default();
    let path = format!("{of_server}{own}");
    (!path.is_empty()).then_some(path)
}

fn declared_base_path(context: &mut Context<'_>) -> Option<String> {
    let root = context.root();
    let declared = extension::text(context, &root.declared_base_path())?;
    let declared = declared.trim_end_matches('/');
    let is_segment = |segment: &str| {
        !matches!(segment, "" | "." | "..") && !segment.contains(['{', '}', '?', '#'])
    };
    let fault = match declared.strip_prefix('/') {
        Some(segments) if segments.split('/').all(is_segment) => root
            .paths()
            .node()
            .and_then(|paths| {
                let mut paths = paths.path_items().map(|(path, _)| path);
                paths.find(|path| !begins_with(path, declared))
            })
            .map(|path| format!("the path `{path}` does not begin with `{declared}`")),
        _ => Some(format!("`{declared}` is not a path such as `/api/v1`")),
    };
    let Some(fault) = fault else {
        return Some(declared.to_owned());
    };
    context.report(
        codes::INVALID_EXTENSION,
        &root.declared_base_path().pointer(),
        fault,
        "write the segments with which all paths begin; until then it is ignored",
    );
    None
}

/// Whether the first segments of a path are these.
fn begins_with(path: &str, segments: &str) -> bool {
    path.strip_prefix(segments)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn report_others(context: &mut Context<'_>, used: usize, count: usize) {
    if count > 1 {
        let name = context.root().servers().elements().nth(used);
        let name = name.and_then(|server| server.name().text().map(|name| format!(", `{name}`,")));
        let named = name.unwrap_or_default();
        context.report(
            codes::SERVERS_IGNORED.rated(Severity::Note),
            &context.root().servers().pointer(),
            format!(
                "server {} of {count}{named} is where the client sends its requests by default",
                used + 1
            ),
            "callers name another one with `base_url`",
        );
    }
}
