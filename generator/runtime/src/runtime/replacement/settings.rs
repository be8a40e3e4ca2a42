//! The settings of operations that replace a credential, on the client's builder and on the operation.

use std::sync::Arc;
use std::time::Duration;

use crate::runtime::call::builder::ClientBuilder;
use crate::runtime::call::options::RequestOptions;
use crate::runtime::replacement::registry::CredentialRegistry;

/// Whether the client adopts the credential in the result.
pub const ADOPT: u8 = 1;

/// Whether the client checks the status of the credential after a replacement with an unknown outcome.
pub const VERIFY_OUTCOME: u8 = 2;

impl RequestOptions {
    pub(crate) fn adopts(&self) -> bool {
        self.guard_flags & ADOPT != 0
    }

    pub(crate) fn verifies_outcome(&self) -> bool {
        self.guard_flags & VERIFY_OUTCOME != 0
    }
}

impl<C> ClientBuilder<C> {
    /// Creates the credential registry, which operations that change a credential need. The client's own `builder` function calls this.
    #[doc(hidden)]
    pub fn with_credential_registry(mut self) -> Self {
        self.watch = Some(Arc::new(CredentialRegistry::default()));
        self
    }

    /// Sets how long a request that replaces a credential may still be executed after its call ended without a result. The default is five
    /// minutes. During this time, the client sends no other such request with the same credential.
    pub fn replacement_cooldown(mut self, time: Duration) -> Self {
        self.watch = Some(Arc::new(CredentialRegistry::with_cooldown(time)));
        self
    }
}

/// Implements the methods that run an emitted operation that replaces the caller's own credential.
#[macro_export]
#[doc(hidden)]
macro_rules! replacing_operation {
    ($name:ident -> $output:ty) => {
        $crate::operation!($name -> $output);

        impl<C> $name<C> {
            /// Makes the client and all its clones use the new credential as soon as the server has responded. Calls that wait for the
            /// replacement then use it. An idempotent request that the server rejects because it arrived after the replacement is sent again
            /// with the new credential. The result still contains the new secret: store it before doing anything else.
            ///
            /// The call fails without sending a request if it has a credential of its own (`RequestOptions::auth`), or if the client
            /// obtains its credential from a provider.
            #[inline]
            pub fn adopt(mut self) -> Self {
                self.call
                    .set_guard_flag($crate::runtime::replacement::settings::ADOPT);
                self
            }

            /// Checks whether the old credential was replaced if the response does not determine it.
            ///
            /// The client checks with the server whether the old credential is still active, waits for the replacement cooldown and checks
            /// again. The call then returns an error with the outcome (`replacement_outcome()`). The client does not wait if the first
            /// check is final. An error response is verified with one check.
            ///
            /// The call may exceed its timeout by the replacement cooldown (five minutes by default) and by the duration of the checks.
            /// Each check has the call's timeout.
            #[inline]
            pub fn verify_outcome(mut self) -> Self {
                self.call
                    .set_guard_flag($crate::runtime::replacement::settings::VERIFY_OUTCOME);
                self
            }
        }
    };
}
