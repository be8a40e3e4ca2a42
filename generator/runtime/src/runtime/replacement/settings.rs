//! What callers set for operations that replace a credential: on the client's builder and on the operation's.

use std::sync::Arc;
use std::time::Duration;

use crate::runtime::call::builder::ClientBuilder;
use crate::runtime::call::options::RequestOptions;
use crate::runtime::replacement::registry::CredentialRegistry;

/// The client takes the credential that the call brings.
pub const ADOPT: u8 = 1;

/// Where the outcome of a replacement is unknown, the server is asked.
pub const VERIFY_OUTCOME: u8 = 2;

impl RequestOptions {
    pub(crate) fn adopts(&self) -> bool {
        self.guard_flags & ADOPT != 0
    }

    pub(crate) fn verifies_outcome(&self) -> bool {
        self.guard_flags & VERIFY_OUTCOME != 0
    }
}

impl ClientBuilder {
    /// Lets the client remember its credentials, which operations that change one need. The client's own `builder` has done so.
    #[doc(hidden)]
    pub fn with_credential_registry(mut self) -> Self {
        self.watch = Some(Arc::new(CredentialRegistry::default()));
        self
    }

    /// Sets how long a request that replaces a credential may still be on its way after its call has ended without a result; five minutes
    /// unless set. For so long no other such request leaves with the same credential.
    pub fn replacement_cooldown(mut self, time: Duration) -> Self {
        self.watch = Some(Arc::new(CredentialRegistry::with_cooldown(time)));
        self
    }
}

#[cfg(feature = "blocking")]
impl crate::runtime::call::blocking::ClientBuilder {
    /// The same as the async builder's.
    #[doc(hidden)]
    pub fn with_credential_registry(self) -> Self {
        self.map(ClientBuilder::with_credential_registry)
    }

    /// Sets how long a request that replaces a credential may still be on its way after its call has ended without a result; five minutes
    /// unless set. For so long no other such request leaves with the same credential.
    pub fn replacement_cooldown(self, time: Duration) -> Self {
        self.map(|builder| builder.replacement_cooldown(time))
    }
}

/// Gives an emitted operation that replaces the caller's own credential the methods that run it.
#[macro_export]
#[doc(hidden)]
macro_rules! replacing_operation {
    ($name:ident -> $output:ty) => {
        $crate::operation!($name -> $output);

        impl<C> $name<C> {
            /// Hands the new credential to the client, its clones included, as soon as the server has responded; calls that wait for
            /// the replacement then use it. The result still holds the new secret: store it before anything else.
            ///
            /// The call is refused, unsent, where it has a credential of its own (`RequestOptions::auth`) or the client gets its
            /// credential from a provider.
            #[inline]
            pub fn adopt(mut self) -> Self {
                self.call
                    .set_guard_flag($crate::runtime::replacement::settings::ADOPT);
                self
            }

            /// Finds out what became of the old credential where the response does not tell: asks the server with it whether it is still
            /// active, waits the client's replacement cooldown, asks again, and only then ends with an error whose `replacement_outcome()` tells.
            /// It does not wait where the first question is answered by something that would say the same later. An error response is
            /// verified with one question.
            ///
            /// The call may take longer than its timeout by the replacement cooldown (five minutes unless set) and by the time of the
            /// questions, of which each has the call's timeout.
            #[inline]
            pub fn verify_outcome(mut self) -> Self {
                self.call
                    .set_guard_flag($crate::runtime::replacement::settings::VERIFY_OUTCOME);
                self
            }
        }
    };
}
