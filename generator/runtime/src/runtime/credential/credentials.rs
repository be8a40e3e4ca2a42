//! The credential of a client: fixed and replaceable while the client runs, or from a provider.

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use crate::runtime::credential::auth::{Auth, Credential};
use crate::runtime::credential::auth_provider::AuthProvider;
use crate::runtime::error::{Error, ErrorKind};
use crate::runtime::redact::secret::Secret;

/// Where a client's credential comes from. Shared by all clones.
pub(crate) struct Credentials {
    source: RwLock<Source>,
}

#[derive(Clone)]
enum Source {
    Fixed(Arc<Credential>),
    Provider(Arc<dyn AuthProvider>),
}

impl Credentials {
    pub(crate) fn fixed(auth: &Auth) -> Result<Self, Error> {
        Ok(Self::new(Source::Fixed(Arc::new(auth.prepare()?))))
    }

    pub(crate) fn provided(provider: Arc<dyn AuthProvider>) -> Self {
        Self::new(Source::Provider(provider))
    }

    fn new(source: Source) -> Self {
        Self {
            source: RwLock::new(source),
        }
    }

    /// Takes the place of whatever the credential came from.
    pub(crate) fn set(&self, credential: Credential) {
        let new = Source::Fixed(Arc::new(credential));
        let old = {
            let mut source = self.source.write().unwrap_or_else(PoisonError::into_inner);
            std::mem::replace(&mut *source, new)
        };
        // Outside of the lock: what a provider's own `Drop` does is not known.
        drop(old);
    }

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

    /// The credential to use now.
    pub(crate) async fn current(&self) -> Result<Arc<Credential>, Error> {
        match self.source() {
            Source::Fixed(credential) => Ok(credential),
            Source::Provider(provider) => {
                let auth = provider.auth().await.map_err(|error| {
                    Error::credential(format!("the provider has no credential: {error}"))
                        .with_retry_after(error.pause())
                })?;
                let credential = auth
                    .prepare()
                    .map_err(|error| error.of_kind(ErrorKind::Credential))?;
                Ok(Arc::new(credential))
            }
        }
    }

    fn source(&self) -> Source {
        self.source
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// Shows how the credential travels and never the credential.
impl fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.source() {
            Source::Fixed(credential) => credential.fmt(formatter),
            Source::Provider(_) => formatter.write_str("Auth(provider)"),
        }
    }
}
