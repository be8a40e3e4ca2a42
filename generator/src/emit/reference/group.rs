//! The page of a group: its operations in a table, then one section for each.

use super::index::base_url;
use super::operation;
use super::table::Page;
use crate::emit::{Config, example};
use crate::model::{Api, Group};

pub(super) fn page(api: &Api, config: &Config, group: &Group) -> String {
    let mut page = Page::new(group.type_name.as_str());
    page.docs(&group.docs);
    page.paragraph(&format!(
        "The methods of `client.{}()`. {}",
        group.name,
        base_url(api)
    ));
    if let Some([call, blocking_call]) = example::of_group(api, config, group) {
        page.paragraph(&format!(
            "```rust\n// With `Client`:\n{call}\n// With `blocking::Client`:\n{blocking_call}\n```"
        ));
    }
    let rows = group.operations.iter().map(|operation| {
        [
            format!("[**{0}**](#{0})", operation.name),
            format!(
                "**{}** {}",
                operation.method.as_str(),
                code(&operation.path)
            ),
            operation.docs.line(),
        ]
    });
    page.table(
        ["Method", "HTTP request", "Description"],
        rows,
        "The group has no operations.",
    );
    for operation in &group.operations {
        operation::section(&mut page, api, group, operation);
    }
    page.finish()
}

fn code(text: &str) -> String {
    format!("`{text}`")
}
