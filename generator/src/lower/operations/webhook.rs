//! Webhooks: requests that the API sends. Programs that receive them have the types of their bodies.

use super::media_type;
use crate::diagnostic::codes;
use crate::lower::context::Context;
use crate::lower::names::camel_piece;
use crate::lower::types::{NameContext, Roots, Types};

/// Lowers the bodies of all webhooks into types.
pub(super) fn types<'a>(context: &mut Context<'a>, types: &mut Types<'a>, roots: &mut Roots) {
    let webhooks: Vec<_> = context.root().webhooks().entries().collect();
    if webhooks.is_empty() {
        return;
    }
    let message = "webhooks are requests that the API sends; a client has the types of their bodies, and no operations for them";
    let help = "read the bodies that you receive as these types";
    context.report(
        codes::WEBHOOKS_IGNORED,
        &context.root().webhooks().pointer(),
        message,
        help,
    );
    for (name, item) in webhooks {
        let Some(item) = context.resolve(&item) else {
            continue;
        };
        for (_, operation) in item.operations() {
            let Some(body) = operation.request_body().node() else {
                continue;
            };
            let Some(body) = context.resolve(&body) else {
                continue;
            };
            let content = body
                .content()
                .entries()
                .find(|(media_type, _)| media_type::is_json(media_type));
            if let Some(schema) = content.and_then(|(_, content)| content.schema().node()) {
                let name_context = NameContext::new(format!("{}Webhook", camel_piece(name)));
                let ty = types.type_of(context, &schema, name_context);
                Roots::add(&mut roots.response, &ty.type_ref);
            }
        }
    }
}
