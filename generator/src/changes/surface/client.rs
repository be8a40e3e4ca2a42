//! The crate's root, its credentials, and facts of the API as a whole.

use super::{Item, Kind};
use crate::diagnostic::Pointer;
use crate::emit;
use crate::model::{Api, CredentialPlacement, CredentialScheme, ResponsePattern, RuntimeFeature};

pub(super) fn items(api: &Api) -> Vec<Item> {
    let mut items = vec![whole(api)];
    items.extend(api.modules.iter().map(|module| exported(module.as_str())));
    items.extend(emit::exports(api).iter().map(|path| exported(path)));
    let methods = METHODS
        .iter()
        .filter(|(features, _)| features.iter().all(|feature| api.needs(*feature)));
    items.extend(methods.map(|(_, path)| exported(path)));
    items.extend(api.credentials.iter().map(credential));
    items
}

/// The methods that only some clients have, of types that every client has. A test holds the list against emitted crates.
const METHODS: [(&[RuntimeFeature], &str); 4] = [
    (&[RuntimeFeature::RateLimit], "Response::rate_limit"),
    (
        &[RuntimeFeature::RateLimit, RuntimeFeature::Pagination],
        "Page::rate_limit",
    ),
    (
        &[RuntimeFeature::Replacement],
        "ClientBuilder::replacement_cooldown",
    ),
    (&[RuntimeFeature::Replacement], "Error::replacement_outcome"),
];

fn exported(path: &str) -> Item {
    Item::new(Kind::Export, path, path)
}

fn credential(scheme: &CredentialScheme) -> Item {
    let path = format!("Auth::{}", scheme.name);
    let arguments = if scheme.placement.takes_secret_only() {
        "(secret: Secret)"
    } else {
        "(user: String, secret: Secret)"
    };
    let mut item = Item::new(Kind::Credential, path, scheme.name.as_str())
        .http("place", placement(&scheme.placement))
        .documented(&scheme.docs);
    item.key.clone_from(&scheme.key);
    item.signature = arguments.to_owned();
    item.pointer.clone_from(&scheme.pointer);
    item
}

fn placement(placement: &CredentialPlacement) -> String {
    match placement {
        CredentialPlacement::Header(name) => format!("the header {name}"),
        CredentialPlacement::Bearer => "Authorization: Bearer".to_owned(),
        CredentialPlacement::Basic => "Authorization: Basic".to_owned(),
        CredentialPlacement::Query(name) => format!("the query parameter {name}"),
        CredentialPlacement::Cookie(name) => format!("the cookie {name}"),
    }
}

fn whole(api: &Api) -> Item {
    let texts = |values: &[String]| values.join(", ");
    let pointers = |pointers: &[Pointer]| {
        let texts: Vec<&str> = pointers.iter().map(Pointer::as_str).collect();
        texts.join(", ")
    };
    let places = api.other_credential_places.iter().map(placement);
    let headers = &api.response_headers;
    let limits = &headers.rate_limit;
    let rate_limit: Vec<&str> = [
        &limits.limit,
        &limits.remaining,
        &limits.observed,
        &limits.name,
        &limits.reset,
    ]
    .into_iter()
    .flatten()
    .map(String::as_str)
    .collect();
    Item::new(Kind::Api, "Client", "")
        .http(
            "default base URL",
            api.default_base_url.as_deref().unwrap_or_default(),
        )
        .http(
            "prefix of all paths",
            api.base_path.as_deref().unwrap_or_default(),
        )
        .http(
            "places of an error's message",
            pointers(&api.error_body.message),
        )
        .http("places of an error's code", pointers(&api.error_body.code))
        .http(
            "places of required scopes",
            pointers(&api.error_body.required_scopes),
        )
        .http("headers with the request's id", texts(&headers.request_id))
        .http("headers with the rate limit", rate_limit.join(", "))
        .http(
            "other places of credentials",
            places.collect::<Vec<_>>().join(", "),
        )
        .http("status of a credential", status(api))
        .documented(&api.docs)
}

/// Where the status of a credential is asked for, and what proves it, where a client asks.
fn status(api: &Api) -> String {
    if !api.needs(RuntimeFeature::Replacement) {
        return String::new();
    }
    let status = &api.credential_status;
    let text = |text: Option<&str>| text.unwrap_or("none").to_owned();
    let ended = status.ended.iter().map(pattern);
    let active = status.active_error_responses.iter().map(pattern);
    format!(
        "GET {}, identity {}, ended {}, active {} or {}",
        text(status.check_path.as_deref()),
        text(status.identity.as_ref().map(Pointer::as_str)),
        ended.collect::<String>(),
        text(status.active_member.as_ref().map(Pointer::as_str)),
        active.collect::<Vec<_>>().join(" or "),
    )
}

fn pattern(pattern: &ResponsePattern) -> String {
    let words = [
        Some(pattern.status.to_string()),
        pattern.code.clone(),
        pattern.message.clone(),
    ];
    words.into_iter().flatten().collect::<Vec<_>>().join(" ")
}
