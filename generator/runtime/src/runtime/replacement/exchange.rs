//! The parts of exchanges, requests and credentials that only replacement needs.

use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};

use crate::runtime::call::execute::Exchange;
use crate::runtime::credential::auth::{Auth, Credential, Kind};
use crate::runtime::credential::credentials::{Credentials, Source};
use crate::runtime::encode::request::HttpRequest;
use crate::runtime::redact::secret::Secret;

impl Exchange {
    /// Returns the current credential in place of one that was obtained a moment ago. A client that holds its own credential may have
    /// another one by now. A provider is not asked twice for one attempt.
    pub(crate) fn latest(&self, credential: Arc<Credential>) -> Arc<Credential> {
        match &self.own_credential {
            Some(own) => Arc::clone(own),
            None => self.shared.credentials.held().unwrap_or(credential),
        }
    }

    /// Returns whether the client itself holds the credential and can replace it.
    pub(crate) fn uses_held_credential(&self) -> bool {
        self.own_credential.is_none() && self.shared.credentials.is_fixed()
    }

    /// Returns whether a request of this call may have reached the server or may still reach it.
    pub(crate) fn is_on_its_way(&self) -> bool {
        self.on_its_way.load(Ordering::Relaxed)
    }
}

impl HttpRequest {
    /// Returns whether both requests are equal in every byte.
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
    /// Returns a credential with another secret that is sent in the same form. Returns `None` if there is no credential.
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

    /// Returns whether two credentials have the same secret, in whatever form they are sent.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.auth.secret() == other.auth.secret()
    }
}

impl Credentials {
    /// Replaces the secret of `old` with a new one, unless it has already been replaced. The new secret is sent in the current form of the
    /// client's credential. Returns `false` if the secret cannot be replaced.
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

    /// Returns whether the client itself holds its credential.
    pub(crate) fn is_fixed(&self) -> bool {
        self.held().is_some()
    }

    /// Returns the credential that the client itself holds.
    pub(crate) fn held(&self) -> Option<Arc<Credential>> {
        match self.source() {
            Source::Fixed(credential) => Some(credential),
            Source::Provider(_) => None,
        }
    }
}
