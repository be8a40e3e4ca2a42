//! Every operation of the client, and a body that it reads.

use std::future::Future;
use std::pin::Pin;

use futures_util::StreamExt;
use gitlab_pat::Client;

use crate::patience::Patience;
use crate::watch::Watch;

type Run<'a> = Pin<Box<dyn Future<Output = usize> + 'a>>;

/// An operation.
pub(crate) struct Operation {
    /// A body as the server documents it.
    pub(crate) sample: &'static str,
    /// Runs it to its end and returns the number of calls, of which each has its own time.
    pub(crate) run: for<'a> fn(&'a Client, &'a Watch) -> Run<'a>,
}

const TOKEN: &str = r#"{"id":71,"name":"nightly","revoked":false,"created_at":"2024-03-05T09:12:44.318Z","description":null,
"scopes":["api"],"user_id":12,"last_used_at":null,"active":true,"expires_at":"2025-03-05"}"#;

const TOKENS: &str = r#"[{"id":71,"name":"nightly","revoked":false,"created_at":"2024-03-05T09:12:44.318Z","description":null,
"scopes":["api"],"user_id":12,"last_used_at":null,"active":true,"expires_at":"2025-03-05"}]"#;

const MADE: &str = r#"{"id":108,"name":"nightly","revoked":false,"created_at":"2024-06-02T08:00:00.000Z","description":null,
"scopes":["api"],"user_id":12,"last_used_at":null,"active":true,"expires_at":"2024-06-09","token":"glpat-the.fresh.token"}"#;

const ASSOCIATIONS: &str = r#"{"groups":[],"projects":[]}"#;

/// One call, its outcome watched by `$watch`.
macro_rules! call {
    ($sample:expr, $watch:ident, |$tokens:ident| $operation:expr) => {
        Operation {
            sample: $sample,
            run: |client, watch| {
                let $tokens = client.personal_access_tokens();
                Box::pin(async move {
                    watch.$watch($operation.send().await);
                    1
                })
            },
        }
    };
}

/// A stream, each of its items watched. `$calls` makes of the number of items the number of calls at most.
macro_rules! stream {
    ($calls:expr, |$tokens:ident| $stream:expr) => {
        Operation {
            sample: TOKENS,
            run: |client, watch| {
                let $tokens = client.personal_access_tokens();
                Box::pin(async move {
                    let mut stream = $stream;
                    let mut items = 0;
                    let mut patience = Patience::default();
                    while patience.is_left()
                        && let Some(item) = stream.next().await
                    {
                        patience.after(&item, gitlab_pat::Error::is_retryable);
                        watch.outcome(item);
                        items += 1;
                    }
                    watch.printed(&format!("{stream:?}"));
                    $calls(items)
                })
            },
        }
    };
}

pub(crate) const ALL: &[Operation] = &[
    call!(MADE, made, |tokens| tokens.create_for_user(
        3,
        "ci",
        ["api"]
    )),
    call!(MADE, made, |tokens| tokens
        .create_for_current_user("ci", ["k8s_proxy"])),
    call!(MADE, made, |tokens| tokens.rotate_self()),
    call!(MADE, made, |tokens| tokens.rotate(71)),
    call!(TOKEN, sent, |tokens| tokens.get_self()),
    call!(TOKEN, sent, |tokens| tokens.get(71)),
    call!("", sent, |tokens| tokens.revoke_self()),
    call!("", sent, |tokens| tokens.revoke(71)),
    call!(ASSOCIATIONS, sent, |tokens| tokens.associations_self()),
    call!(TOKENS, sent, |tokens| tokens.list()),
    stream!(|pages| pages, |tokens| tokens.list().into_page_stream()),
    // A page may be empty.
    stream!(|_| usize::MAX, |tokens| tokens.list().into_stream()),
];
