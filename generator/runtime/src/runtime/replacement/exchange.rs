//! What replacing a credential asks of an exchange, of its request and of the credentials.

use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};

use crate::runtime::call::execute::Exchange;
use crate::runtime::credential::auth::{Auth, Credential, Kind};
use crate::runtime::credential::credentials::{Credentials, Source};
use crate::runtime::encode::request::HttpRequest;
use crate::runtime::redact::secret::Secret;

impl Exchange {
    /// The credential to use in place of one that was had a moment ago: a client that holds its own may hold another by now, and a
    /// provider is not asked twice for one attempt.
    pub(crate) fn latest(&self, credential: Arc<Credential>) -> Arc<Credential> {
        match &self.own_credential {
            Some(own) => Arc::clone(own),
            None => self.shared.credentials.held().unwrap_or(credential),
        }
    }

    /// Whether the credential is one that the client holds and can replace.
    pub(crate) fn uses_held_credential(&self) -> bool {
        self.own_credential.is_none() && self.shared.credentials.is_fixed()
    }

    /// Whether a request of this call may have reached the server, or may still.
    pub(crate) fn is_on_its_way(&self) -> bool {
        self.on_its_way.load(Ordering::Relaxed)
    }
}

impl HttpRequest {
    /// Whether the other request is the same to the last byte.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        std::ptr::eq(self.info(), other.info())
            && self.path() == other.path()
            && self.query() == other.query()
            && self.headers() == other.headers()
            && self.cookies() == other.cookies()
            && self.body() == other.body()
    }
}

impl Auth {
    /// The same way to travel with another secret; `None` where there is no credential.
    pub(crate) fn with_secret(&self, secret: Secret) -> Option<Self> {
        let mut auth = self.clone();
        match &mut auth.kind {
            Kind::None => return None,
            Kind::Basic { user, password } if password.expose_secret().is_empty() => *user = secret,
            Kind::Header { value, .. }
            | Kind::Bearer(value)
            | Kind::Basic {
                password: value, ..
            }
            | Kind::Query { value, .. }
            | Kind::Cookie { value, .. } => *value = secret,
        }
        Some(auth)
    }
}

impl Credential {
    pub(crate) fn auth(&self) -> &Auth {
        &self.auth
    }

    /// Whether it is the same secret, in whatever way it travels.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.auth.secret() == other.auth.secret()
    }
}

impl Credentials {
    /// Puts a new secret in the place of the one of `old`, unless somebody has put another there meanwhile. It travels as the client's
    /// credential travels now. False where it cannot.
    pub(crate) fn replace(&self, old: &Credential, secret: &Secret) -> bool {
        let mut source = self.source.write().unwrap_or_else(PoisonError::into_inner);
        let current = match &*source {
            Source::Fixed(current) if current.is_same(old) => Arc::clone(current),
            _ => return true,
        };
        let new = current
            .auth()
            .with_secret(secret.clone())
            .and_then(|auth| auth.prepare().ok());
        match new {
            Some(new) => {
                *source = Source::Fixed(Arc::new(new));
                true
            }
            None => false,
        }
    }

    /// Whether the client itself holds its credential.
    pub(crate) fn is_fixed(&self) -> bool {
        self.held().is_some()
    }

    /// The credential that the client itself holds.
    pub(crate) fn held(&self) -> Option<Arc<Credential>> {
        match self.source() {
            Source::Fixed(credential) => Some(credential),
            Source::Provider(_) => None,
        }
    }
}
