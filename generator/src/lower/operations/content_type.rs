//! The content types of the members of forms.

use super::media_type::{self, Kind};
use super::member::{Member, ValueKind};
use crate::diagnostic::codes;
use crate::lower::context::Context;
use crate::model::{BodyMediaType, MemberSerialization};
use crate::openapi::{Encoding, Node};

/// Reads how the `contentType` of an encoding asks for the values of a member to be written. `None` where that is OpenAPI's default.
pub(super) fn read<'a>(
    context: &mut Context<'a>,
    encoding: &Node<'a, Encoding>,
    member: &Member<'_>,
    body: BodyMediaType,
) -> Option<MemberSerialization> {
    let list = encoding.content_type().text()?;
    let offered: Vec<&str> = list
        .split(',')
        .map(str::trim)
        .filter(|one| !one.is_empty())
        .collect();
    if let Some(invalid) = offered.iter().find(|one| !is_valid(one)) {
        context.report(
            codes::INVALID_MEDIA_TYPE,
            &encoding.content_type().pointer(),
            format!(
                "`{}` is no media type; it has no effect",
                invalid.escape_debug()
            ),
            "write the media type of the member, such as `text/csv`",
        );
        return None;
    }
    let concrete = |one: &&&str| !one.contains('*');
    let json = offered.iter().find(|one| media_type::is_json(one));
    match (member.values.kind, body) {
        // Of several content types, the caller names that of each file.
        (ValueKind::File, _) => match offered.as_slice() {
            [one] if !one.contains('*') => Some(MemberSerialization::ContentType(own(one))),
            _ => None,
        },
        (ValueKind::Plain, BodyMediaType::Multipart) => {
            let first = offered.iter().find(concrete)?;
            match media_type::kind(first) {
                Kind::Json => Some(MemberSerialization::Json(own(first))),
                _ if first.eq_ignore_ascii_case("text/plain") => None,
                _ => Some(MemberSerialization::ContentType(own(first))),
            }
        }
        (ValueKind::Plain, _) => offered
            .iter()
            .find(concrete)
            .filter(|first| media_type::is_json(first))
            .map(|first| MemberSerialization::Json(own(first))),
        (kind, body) => {
            let Some(json) = json else {
                let is_open = |one: &&str| media_type::kind(one) == Kind::Wildcard;
                if !offered.is_empty() && !offered.iter().any(is_open) {
                    report(context, encoding, member, list);
                }
                return None;
            };
            let is_default = json.eq_ignore_ascii_case("application/json");
            let is_written =
                kind == ValueKind::Unknown || (body == BodyMediaType::Multipart && !is_default);
            is_written.then(|| MemberSerialization::Json(own(json)))
        }
    }
}

/// Whether a text can be the content type of a part.
fn is_valid(content_type: &str) -> bool {
    media_type::kind(content_type) != Kind::Invalid
        && content_type.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

fn own(content_type: &str) -> String {
    content_type.to_owned()
}

fn report<'a>(
    context: &mut Context<'a>,
    encoding: &Node<'a, Encoding>,
    member: &Member<'_>,
    content_type: &str,
) {
    context.report(
        codes::UNSUPPORTED_BODY,
        &encoding.content_type().pointer(),
        format!(
            "values of the member `{}` are objects or lists, which are written as JSON and not as `{content_type}`",
            member.name
        ),
        "write `application/json` where the server accepts that, or describe the member as a string that holds such a text",
    );
}
