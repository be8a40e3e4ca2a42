//! The credential of a client: a fixed one that can be replaced at run time, or one from a provider.

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use crate::runtime::credential::auth::{Auth, Credential};
use crate::runtime::credential::auth_provider::AuthProvider;
use crate::runtime::error::{Error, ErrorKind};

/// The source of a client's credential, shared by all clones.
pub(crate) struct Credentials {
    pub(crate) source: RwLock<Source>,
}

#[derive(Clone)]
pub(crate) enum Source {
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

    /// Replaces the fixed credential or the provider.
    pub(crate) fn set(&self, credential: Credential) {
        let new = Source::Fixed(Arc::new(credential));
        let old = {
            let mut source = self.source.write().unwrap_or_else(PoisonError::into_inner);
            std::mem::replace(&mut *source, new)
        };
        // Dropped outside of the lock, because the `Drop` implementation of a provider is arbitrary code.
        drop(old);
    }

    /// Returns the credential to use now.
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

    pub(crate) fn source(&self) -> Source {
        self.source
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// Prints the form in which the credential is sent, but not the credential.
impl fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.source() {
            Source::Fixed(credential) => credential.fmt(formatter),
            Source::Provider(_) => formatter.write_str("Auth(provider)"),
        }
    }
}
