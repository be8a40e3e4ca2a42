//! An operation with its inputs, for the async and the blocking client. A table that runs with both shows that they do the same.

use std::future::Future;
use std::pin::Pin;

use gitlab_pat::{Client, Error};

type Sent = Pin<Box<dyn Future<Output = Result<(), Error>> + Send>>;

/// An operation with its inputs.
#[derive(Clone, Copy)]
pub(crate) struct Exchange {
    /// The operation and its inputs, for the message of a failed test.
    pub(crate) name: &'static str,
    pub(crate) send: fn(&Client) -> Sent,
    #[cfg(feature = "blocking")]
    pub(crate) send_blocking: fn(&gitlab_pat::blocking::Client) -> Result<(), Error>,
}

/// `exchange!("a name", |tokens| tokens.get(42))` creates an [`Exchange`] from an expression, which must not capture anything.
macro_rules! exchange {
    ($name:expr, |$tokens:ident| $operation:expr) => {
        $crate::support::Exchange {
            name: $name,
            send: |client| {
                let $tokens = client.personal_access_tokens();
                let sent = $operation.send();
                Box::pin(async move { sent.await.map(drop) })
            },
            #[cfg(feature = "blocking")]
            send_blocking: |client| {
                let $tokens = client.personal_access_tokens();
                $operation.send().map(drop)
            },
        }
    };
}
pub(crate) use exchange;
