//! The first page: every operation, every type, every kind of credential.

use super::table::Page;
use crate::emit::Config;
use crate::emit::operations::http_line;
use crate::emit::text::prose;
use crate::model::{Api, CredentialPlacement, CredentialScheme};

pub(super) fn page(api: &Api, config: &Config) -> String {
    let mut page = Page::new(&format!("`{}`: reference", config.package));
    page.paragraph(&format!(
        "A client for {}, generated from version {} of the API's description.",
        prose(&api.title),
        prose(&api.version)
    ));
    page.docs(&api.docs);
    page.paragraph(&base_url(api));

    page.heading(2, "Operations");
    let rows = api.groups.iter().flat_map(|group| {
        group.operations.iter().map(move |operation| {
            [
                format!("[{}]({}.md)", group.type_name, group.name.file_stem()),
                format!(
                    "[**{0}**]({1}.md#{0})",
                    operation.name,
                    group.name.file_stem()
                ),
                format!("`{}`", http_line(operation)),
                operation.docs.line(),
            ]
        })
    });
    page.table(
        ["Group", "Method", "HTTP request", "Description"],
        rows,
        "The API has no operations.",
    );

    page.heading(2, "Types");
    let rows = api.types.iter().map(|definition| {
        [
            format!("[{0}](types/{0}.md)", definition.name),
            definition.docs.line(),
        ]
    });
    page.table(
        ["Type", "Description"],
        rows,
        "The API has no types of its own.",
    );

    page.heading(2, "Authorization");
    let rows = api.credentials.iter().map(|scheme| {
        [
            format!("`Auth::{}`", scheme.name),
            placement(scheme),
            scheme.docs.line(),
        ]
    });
    let undeclared = [
        "`Auth::bearer_token`".to_owned(),
        "`Authorization: Bearer …`".to_owned(),
        "The API's description declares no credential. `Auth` has constructors for other kinds."
            .to_owned(),
    ];
    let undeclared = api.credentials.is_empty().then_some(undeclared);
    page.table(
        ["Constructor", "Sent as", "Description"],
        rows.chain(undeclared),
        "",
    );
    page.finish()
}

/// Returns the URL that paths begin at.
pub(super) fn base_url(api: &Api) -> String {
    let relative = match &api.default_base_url {
        Some(url) => {
            format!("All paths are relative to <{url}>, unless the client has another base URL.")
        }
        None => "All paths are relative to the client's base URL.".to_owned(),
    };
    match &api.base_path {
        Some(path) => {
            format!("{relative} A base URL may end with `{path}`, which is not added twice.")
        }
        None => relative,
    }
}

fn placement(scheme: &CredentialScheme) -> String {
    match &scheme.placement {
        CredentialPlacement::Header(name) => format!("header `{name}`"),
        CredentialPlacement::Bearer => "`Authorization: Bearer …`".to_owned(),
        CredentialPlacement::Basic => "`Authorization: Basic …`".to_owned(),
        CredentialPlacement::Query(name) => format!("query parameter `{name}`"),
        CredentialPlacement::Cookie(name) => format!("cookie `{name}`"),
    }
}
