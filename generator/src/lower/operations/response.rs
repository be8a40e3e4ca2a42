//! Responses: which of the documented bodies are read, and what a call returns.

use super::media_type::{self, Kind};
use super::parameter::component_key;
use super::{Lowering, RawOperation, body};
use crate::diagnostic::codes;
use crate::lower::context::{Context, shared};
use crate::lower::docs;
use crate::lower::extension;
use crate::lower::names::{Namespace, Scope, camel_piece};
use crate::lower::types::{NameContext, Roots, without_binary};
use crate::model::{
    Content, ContentKind, ErrorResponse, HttpMethod, Output, StatusPattern, StatusVariant,
    SuccessResponse, TypeRef,
};
use crate::openapi::{self, MediaType, Node, class_phrase, reason_phrase};
use crate::source::Value;

/// What an operation's responses come to.
pub(super) struct Responses {
    pub(super) accept: Option<String>,
    pub(super) output: Output,
    pub(super) successes: Vec<SuccessResponse>,
    pub(super) errors: Vec<ErrorResponse>,
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl<'a> Lowering<'_, 'a> {
    pub(super) fn responses(
        &mut self,
        context: &mut Context<'a>,
        raw: &RawOperation<'a>,
        type_name: &str,
    ) -> Responses {
        let responses = raw.node.responses().node();
        let documented: Vec<(StatusPattern, Node<'a, openapi::Response>)> = responses
            .iter()
            .flat_map(Node::by_status)
            .filter_map(|(status, node)| Some((pattern(status)?, node)))
            .collect();
        let has = |class: u16| {
            documented
                .iter()
                .any(|(status, _)| class_of(*status) == class)
        };
        let default_is_success = !has(2) && !has(3);
        let is_success = |status: StatusPattern| match status {
            StatusPattern::Default => default_is_success,
            other => class_of(other) == 2,
        };
        let several = documented
            .iter()
            .filter(|(status, _)| is_success(*status))
            .count()
            > 1;
        let mut successes = Vec::new();
        let mut errors = Vec::new();
        for (status, node) in &documented {
            let Some(response) = context.resolve(node) else {
                continue;
            };
            let piece = match (is_success(*status), several) {
                (true, false) => "Response".to_owned(),
                (true, true) => format!("{} Response", reason(*status)),
                (false, _) => format!("{} Error", reason(*status).trim_end_matches("Error")),
            };
            let is_result = is_success(*status);
            let shared_key = component_key(&response);
            let name_context = match &shared_key {
                Some(key) => {
                    NameContext::new(body::suffixed(&camel_piece(key), &["Response", "Error"]))
                }
                None => self.name_context(&piece),
            };
            let content = match raw.method {
                // What is documented is the body that GET would have (RFC 9110, section 9.3.2).
                HttpMethod::Head => {
                    let content = response.content();
                    content.value().into_iter().for_each(Value::mark_all_read);
                    None
                }
                _ if shared_key.is_none() => {
                    self.content(context, &response, &name_context, is_result)
                }
                _ => {
                    let key = (response.pointer.clone(), is_result);
                    match self.contents.get(&key) {
                        Some(known) => known.clone(),
                        None => {
                            let content =
                                self.content(context, &response, &name_context, is_result);
                            self.contents.insert(key, content.clone());
                            content
                        }
                    }
                }
            };
            let description = match node.description().text() {
                Some(own) if node.is_reference() => Some(own),
                _ => shared(context, &response.description()),
            };
            let docs = docs::summarized(
                node.summary().text().or(response.summary().text()),
                description,
                None,
            );
            let pointer = response.pointer.clone();
            if is_success(*status) {
                successes.push(SuccessResponse {
                    pointer,
                    status: *status,
                    content,
                    docs,
                });
            } else {
                errors.push(ErrorResponse {
                    pointer,
                    status: *status,
                    advice: extension::text(context, &response.error_advice())
                        .map(|advice| one_line(&advice)),
                    content,
                    docs,
                });
            }
        }
        Responses {
            accept: accept(&successes, &errors),
            output: self.output(&successes, type_name),
            successes,
            errors,
        }
    }

    /// The body of a response in the media type that says most.
    fn content(
        &mut self,
        context: &mut Context<'a>,
        response: &Node<'a, openapi::Response>,
        name_context: &NameContext,
        is_result: bool,
    ) -> Option<Content> {
        let mut offered: Vec<_> = response.content().entries().collect();
        offered.sort_by_key(|(media_type, _)| media_type::kind(media_type));
        let mut offered = offered.into_iter();
        let (media_type, content) = offered.next()?;
        let kind = media_type::kind(media_type);
        body::report_odd(context, kind, media_type, &content);
        for (other, skipped) in offered {
            let same_schema = skipped.schema().value() == content.schema().value();
            // The text of an error is read as its message, whatever was documented.
            let is_message = !is_result && media_type::kind(other) == Kind::Text;
            // The content of the one is that of the other.
            if is_message || same_schema && media_type::kind(other) != Kind::Xml {
                skipped.value.mark_all_read();
                continue;
            }
            skipped.value.clear_marks();
            context.report(
                codes::MEDIA_TYPE_SKIPPED,
                &skipped.pointer,
                format!("the response is requested as `{media_type}`, never as `{other}`"),
                "remove one of the two with an overlay; until then this one is not used",
            );
        }
        let kind = match kind {
            Kind::Xml => ContentKind::Text,
            Kind::Text | Kind::Form => {
                body::report_unused_schema(context, media_type, &content, "text");
                ContentKind::Text
            }
            Kind::Binary | Kind::Multipart => {
                body::report_unused_schema(context, media_type, &content, "bytes");
                ContentKind::Binary
            }
            Kind::Json | Kind::Wildcard | Kind::Invalid => {
                self.read(context, kind, &content, name_context)
            }
        };
        let media_type = match media_type::kind(media_type) {
            Kind::Invalid => "application/json",
            _ => media_type,
        };
        Some(Content {
            media_type: media_type.to_owned(),
            kind,
        })
    }

    fn read(
        &mut self,
        context: &mut Context<'a>,
        kind: Kind,
        content: &Node<'a, MediaType>,
        name_context: &NameContext,
    ) -> ContentKind {
        let Some(schema) = content.schema().node() else {
            return match kind {
                Kind::Wildcard => ContentKind::Binary,
                _ => ContentKind::Json(TypeRef::Any),
            };
        };
        let ty = self.types.type_of(context, &schema, name_context.clone());
        if ty.type_ref == TypeRef::Binary {
            return ContentKind::Binary;
        }
        let mut type_ref = ty.into_ref();
        without_binary(&mut type_ref);
        Roots::add(&mut self.roots.response, &type_ref);
        ContentKind::Json(type_ref)
    }

    fn output(&mut self, successes: &[SuccessResponse], type_name: &str) -> Output {
        let mut kinds: Vec<&Content> = Vec::new();
        for content in successes
            .iter()
            .filter_map(|success| success.content.as_ref())
        {
            if kinds.iter().all(|known| known.kind != content.kind) {
                kinds.push(content);
            }
        }
        let has_empty = successes.iter().any(|success| success.content.is_none());
        match kinds.as_slice() {
            [] => Output::Empty,
            [content] if has_empty => Output::Optional((*content).clone()),
            [content] => Output::Content((*content).clone()),
            _ => self.by_status(successes, type_name),
        }
    }

    fn by_status(&mut self, successes: &[SuccessResponse], type_name: &str) -> Output {
        let mut names = Scope::new(Namespace::Variant);
        let mut successes: Vec<&SuccessResponse> = successes.iter().collect();
        successes.sort_by_key(|success| success.status);
        let variants = successes
            .into_iter()
            .map(|success| StatusVariant {
                name: names.uniquify(&reason(success.status)),
                status: success.status,
                content: success.content.clone(),
                docs: success.docs.clone(),
            })
            .collect();
        Output::ByStatus {
            type_name: self.scope.uniquify(&format!("{type_name}Output")),
            variants,
        }
    }
}

/// The media types of everything that is read, each once; those of successful responses first.
fn accept(successes: &[SuccessResponse], errors: &[ErrorResponse]) -> Option<String> {
    let successes = successes
        .iter()
        .filter_map(|response| response.content.as_ref());
    let errors = errors
        .iter()
        .filter_map(|response| response.content.as_ref());
    let mut media_types: Vec<&str> = Vec::new();
    for content in successes.chain(errors) {
        if !media_types.contains(&content.media_type.as_str()) {
            media_types.push(&content.media_type);
        }
    }
    (!media_types.is_empty()).then(|| media_types.join(", "))
}

fn pattern(status: &str) -> Option<StatusPattern> {
    if status == "default" {
        return Some(StatusPattern::Default);
    }
    if let Some(class) = status.strip_suffix("XX").or(status.strip_suffix("xx")) {
        return class.parse().ok().map(StatusPattern::Class);
    }
    status.parse().ok().map(StatusPattern::Code)
}

/// The first digit; 0 for all others.
fn class_of(status: StatusPattern) -> u16 {
    match status {
        StatusPattern::Code(code) => code / 100,
        StatusPattern::Class(class) => u16::from(class),
        StatusPattern::Default => 0,
    }
}

/// Returns the name of a status: its reason phrase, where it has one.
fn reason(status: StatusPattern) -> String {
    let phrase = match status {
        StatusPattern::Default => Some("Default"),
        StatusPattern::Class(class) => class_phrase(class).or(Some("Server Error")),
        StatusPattern::Code(code) => reason_phrase(code),
    };
    match (phrase, status) {
        (None, StatusPattern::Code(code)) => format!("Status{code}"),
        (phrase, _) => camel_piece(phrase.unwrap_or_default()),
    }
}
