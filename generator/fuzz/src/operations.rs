//! Every operation of the client, and a body that it reads.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use futures_util::StreamExt;

use crate::executor::abandon;
use crate::patience::Patience;
use crate::scene::Scene;
use crate::time::{REPLACEMENT_COOLDOWN, TIMEOUT};

type Run<'a> = Pin<Box<dyn Future<Output = Cost> + 'a>>;

/// An operation, or some in a row with one client.
pub(crate) struct Operation {
    /// A body as the server documents it.
    pub(crate) sample: &'static str,
    /// Runs it to its end.
    pub(crate) run: for<'a> fn(&'a Scene) -> Run<'a>,
}

/// What a run may take.
pub(crate) struct Cost {
    /// The number of calls, of which each sends its own requests.
    pub(crate) calls: usize,
    /// How long it takes on the clock.
    pub(crate) time: Duration,
}

impl Cost {
    const CALL: Self = Self {
        calls: 1,
        time: TIMEOUT,
    };

    /// A replacement of which the server is asked twice what became of it, the second time after the replacement cooldown.
    const CHECKED: Self = Self {
        calls: 3,
        time: TIMEOUT
            .saturating_add(REPLACEMENT_COOLDOWN)
            .saturating_add(TIMEOUT),
    };

    /// So many calls, each with its own time.
    fn calls(calls: usize) -> Self {
        let factor = u32::try_from(calls.max(1)).unwrap_or(u32::MAX);
        Self {
            calls,
            time: TIMEOUT * factor,
        }
    }
}

/// As many pages as a stream of items asks for at most before it gives something out.
const MOST_EMPTY_PAGES: usize = 100;

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
        call!($sample, $watch, Cost::CALL, |$tokens| $operation)
    };
    ($sample:expr, $watch:ident, $cost:expr, |$tokens:ident| $operation:expr) => {
        Operation {
            sample: $sample,
            run: |scene| {
                let $tokens = scene.client.personal_access_tokens();
                Box::pin(async move {
                    scene.watch.$watch($operation.send().await);
                    $cost
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
            run: |scene| {
                let $tokens = scene.client.personal_access_tokens();
                Box::pin(async move {
                    let mut stream = $stream;
                    let mut items = 0;
                    let mut patience = Patience::default();
                    while patience.is_left()
                        && let Some(item) = stream.next().await
                    {
                        patience.after(&item, gitlab_pat::Error::is_retryable);
                        scene.watch.outcome(item);
                        items += 1;
                    }
                    scene.watch.printed(&format!("{stream:?}"));
                    Cost::calls($calls(items))
                })
            },
        }
    };
}

/// Each with a client of its own: a credential that has ended would keep the next from being sent.
pub(crate) const ALL: &[Operation] = &[
    call!(MADE, made, |tokens| tokens.create_for_user(
        3,
        "ci",
        ["api"]
    )),
    call!(MADE, made, |tokens| tokens
        .create_for_current_user("ci", ["k8s_proxy"])),
    call!(MADE, replaced, |tokens| tokens.rotate_self()),
    call!(MADE, replaced, Cost::CHECKED, |tokens| tokens
        .rotate_self()
        .verify_outcome()),
    call!(MADE, replaced, |tokens| tokens.rotate(71)),
    call!(TOKEN, sent, |tokens| tokens.get_self()),
    call!(TOKEN, sent, |tokens| tokens.get(71)),
    call!("", sent, |tokens| tokens.revoke_self()),
    call!("", sent, |tokens| tokens.revoke(71)),
    call!(ASSOCIATIONS, sent, |tokens| tokens.associations_self()),
    call!(TOKENS, sent, |tokens| tokens.list()),
    stream!(|pages| pages, |tokens| tokens.list().into_page_stream()),
    // The pages in front of an item, or of the end, may be empty.
    stream!(|items: usize| (items + 1) * MOST_EMPTY_PAGES, |tokens| {
        tokens.list().into_stream()
    }),
    Operation {
        sample: MADE,
        run: |scene| Box::pin(adopted(scene)),
    },
    Operation {
        sample: MADE,
        run: |scene| Box::pin(in_a_row(scene)),
    },
    Operation {
        sample: MADE,
        run: |scene| Box::pin(abandoned(scene)),
    },
];

/// The client goes on with the new credential, if there is one.
async fn adopted(scene: &Scene) -> Cost {
    let tokens = scene.client.personal_access_tokens();
    scene
        .watch
        .replaced(tokens.rotate_self().adopt().verify_outcome().send().await);
    let result = tokens.get_self().send().await;
    scene.look_at_the_credential();
    scene.watch.sent(result);
    Cost {
        calls: Cost::CHECKED.calls + 1,
        time: Cost::CHECKED.time + TIMEOUT,
    }
}

/// One replacement after the other, without and with the time for the earlier ones to settle.
async fn in_a_row(scene: &Scene) -> Cost {
    let tokens = scene.client.personal_access_tokens();
    scene.watch.replaced(tokens.rotate(71).send().await);
    scene.watch.replaced(tokens.rotate_self().send().await);
    scene.settle().await;
    let result = tokens.rotate_self().adopt().send().await;
    scene.look_at_the_credential();
    scene.watch.replaced(result);
    let result = tokens.rotate(108).send().await;
    scene.look_at_the_credential();
    scene.watch.replaced(result);
    // Each but the first may ask beforehand, which takes requests and no time of its own.
    Cost {
        calls: 7,
        time: TIMEOUT * 4 + REPLACEMENT_COOLDOWN,
    }
}

/// No caller waits for the first any more.
async fn abandoned(scene: &Scene) -> Cost {
    let tokens = scene.client.personal_access_tokens();
    abandon(tokens.rotate_self().send());
    scene.watch.replaced(tokens.rotate_self().send().await);
    scene.settle().await;
    scene.watch.replaced(tokens.rotate_self().send().await);
    Cost {
        calls: 5,
        time: TIMEOUT * 2 + REPLACEMENT_COOLDOWN,
    }
}
