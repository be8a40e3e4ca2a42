//! The part of a response before its body: the status and headers, and the values that clients read from them.

use std::sync::OnceLock;

use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};
use url::Url;

use crate::runtime::api::operation::ApiInfo;
use crate::runtime::redact::redactor::{Redactor, one_line};
use crate::runtime::redact::secret::Secret;

/// The maximum length of a request id, in characters.
const REQUEST_ID_LIMIT: usize = 128;

/// A response without its body.
#[derive(Clone)]
pub(crate) struct Head {
    /// The URL of the request, without the credential.
    pub(crate) url: Url,
    pub(crate) status: StatusCode,
    /// The name of the operation.
    pub(crate) operation: &'static str,
    pub(crate) headers: HeaderMap,
    /// Removes the request's credential from texts of the response.
    pub(crate) redactor: Redactor,
    pub(crate) api: &'static ApiInfo,
    /// It is read on demand, since most callers do not need it.
    pub(crate) request_id: OnceLock<Option<String>>,
}

impl Head {
    pub(crate) fn new(
        operation: &'static str,
        status: StatusCode,
        headers: HeaderMap,
        url: Url,
        api: &'static ApiInfo,
        redactor: &Redactor,
    ) -> Self {
        Self {
            url,
            operation,
            status,
            headers,
            redactor: redactor.clone(),
            api,
            request_id: OnceLock::new(),
        }
    }

    /// Returns a copy that removes a new secret from texts of the response too.
    pub(crate) fn hiding(&self, secret: &Secret) -> Self {
        let mut head = self.clone();
        head.redactor.hide(secret.expose_secret());
        head.request_id = OnceLock::new();
        head
    }

    /// Returns the id that the server assigned to the request.
    pub(crate) fn request_id(&self) -> Option<&str> {
        let read = || {
            let names = self.api.request_id_headers.iter();
            names
                .filter_map(|name| text(&self.headers, name))
                .map(|id| one_line(&self.redactor.redact(id), REQUEST_ID_LIMIT))
                .find(|id| !id.is_empty())
        };
        self.request_id.get_or_init(read).as_deref()
    }

    /// Returns the media type without parameters, in lower case.
    pub(crate) fn media_type(&self) -> Option<String> {
        let value = self.headers.get(CONTENT_TYPE)?.to_str().ok()?;
        let essence = value.split(';').next()?.trim();
        Some(essence.to_ascii_lowercase())
    }
}

/// Returns the value of a header if it is text.
pub(crate) fn text<'headers>(headers: &'headers HeaderMap, name: &str) -> Option<&'headers str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}
