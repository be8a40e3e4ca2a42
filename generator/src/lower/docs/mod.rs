//! Makes the texts of a document fit for rustdoc: Markdown that renders as its author meant it and that neither rustdoc nor clippy has
//! anything to say about. The text is parsed with the parser that rustdoc uses and written anew, so that what is not Markdown on purpose
//! (`<tag>`, `[x]`, bare URLs, code without a language) cannot be taken for it.

mod escape;
mod html;
mod render;
#[cfg(test)]
mod tests;

use crate::model::Docs;
use crate::source::Value;

pub(super) use escape::code;
use render::Block;

/// The documentation of a type, field or parameter. A title is used where there is no description; remarks follow as a paragraph.
pub(super) fn item(
    title: Option<&str>,
    description: Option<&str>,
    link: Option<&str>,
    remarks: &[String],
) -> Docs {
    let text = description
        .filter(|text| !text.trim().is_empty())
        .or(title)
        .unwrap_or_default();
    let mut blocks = render::blocks(text);
    if !remarks.is_empty() {
        blocks.push(Block::paragraph(remarks.join(" ")));
    }
    from_blocks(blocks, link)
}

/// The documentation of what has a summary beside its description, such as an operation.
pub(super) fn summarized(
    summary: Option<&str>,
    description: Option<&str>,
    link: Option<&str>,
) -> Docs {
    let mut blocks = render::blocks(summary.unwrap_or_default());
    let description = render::blocks(description.unwrap_or_default());
    // Many documents say the same in both.
    let repeats = blocks
        .first()
        .zip(description.first())
        .is_some_and(|(summary, description)| {
            let end = ['.', ' '];
            description.text.trim_end_matches(end) == summary.text.trim_end_matches(end)
        });
    if repeats {
        blocks = description;
    } else {
        blocks.extend(description);
    }
    from_blocks(blocks, link)
}

/// Says what is assumed where a value is left out, for defaults that are no literals of their type.
pub(super) fn default_text(value: &Value) -> String {
    format!("Default: {}.", code(&value.to_json().to_string()))
}

fn from_blocks(blocks: Vec<Block>, link: Option<&str>) -> Docs {
    let mut blocks = blocks.into_iter().peekable();
    let summary =
        blocks
            .next_if(|block| block.is_paragraph)
            .map(|block| match block.text.contains('\n') {
                true => block.text.replace("\\\n", " ").replace('\n', " "),
                false => block.text,
            });
    let rest: Vec<String> = blocks.map(|block| block.text).collect();
    Docs {
        summary,
        description: (!rest.is_empty()).then(|| rest.join("\n\n")),
        link: link
            .filter(|link| escape::is_absolute(link))
            .map(escape::url),
    }
}
