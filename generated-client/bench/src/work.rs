//! The cases. Each is run a number of times by one side.

use std::error::Error;

use futures_util::FutureExt;

use crate::by_hand::{Filters, State};
use crate::server::{PAGES, PER_PAGE};
use crate::{by_client, by_hand, server};

const TOKEN: &str = "glpat-abcdefghijklmnopqrst";

/// The number of tokens that are decoded at once.
const MANY: usize = 10_000;

/// The code that runs a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The client.
    Client,
    /// Code written by hand.
    ByHand,
}

impl Side {
    /// Returns its name on a command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::ByHand => "by-hand",
        }
    }
}

/// A case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Case {
    /// Returns its name on a command line.
    pub name: &'static str,
    /// Returns its description.
    pub title: &'static str,
    /// Returns how often it is repeated between two measurements.
    pub times: usize,
}

/// `get_self` over an open connection.
pub const CALL: Case = Case {
    name: "call",
    title: "one call over loopback",
    times: 100,
};

/// A list request until it is passed to the transport.
pub const REQUEST: Case = Case {
    name: "request",
    title: "a list request with five filters",
    times: 100,
};

/// Decoding a page.
pub const DECODE: Case = Case {
    name: "decode",
    title: "decoding 10,000 tokens",
    times: 1,
};

/// All pages of a list.
pub const STREAM: Case = Case {
    name: "stream",
    title: "a stream of 200 pages",
    times: 1,
};

/// Creating a client.
pub const START: Case = Case {
    name: "start",
    title: "start of a client",
    times: 2,
};

/// All cases.
pub const CASES: [Case; 5] = [CALL, REQUEST, DECODE, STREAM, START];

/// The filters of [`REQUEST`].
const FILTERS: Filters<'static> = Filters {
    user_id: Some(1066),
    revoked: Some(false),
    state: Some(State::Active),
    search: Some("deploy of"),
    per_page: Some(100),
    ..Filters::NONE
};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Runs a case once and then this many times. Calls `mark` between the two, when connections are open and caches are filled, and at the
/// end.
///
/// # Errors
///
/// Returns an error if a case fails.
pub fn run(case: Case, side: Side, times: usize, url: &str, mark: impl FnMut()) -> Result<()> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(async {
            match side {
                Side::Client => run_client(case, times, url, mark).await,
                Side::ByHand => run_by_hand(case, times, url, mark).await,
            }
        })
}

async fn run_client(case: Case, times: usize, url: &str, mark: impl FnMut()) -> Result<()> {
    match case {
        CALL => {
            let client = by_client::client(url, TOKEN)?;
            repeat(times, mark, async || {
                by_client::get_self(&client).await?;
                Ok(())
            })
            .await
        }
        REQUEST => {
            let client = by_client::silent_client(TOKEN)?;
            repeat(times, mark, async || {
                let response = by_client::list(&client).now_or_never();
                assert!(response.is_none(), "the transport does not respond");
                Ok(())
            })
            .await
        }
        DECODE => {
            let client = by_client::responding_client(TOKEN, server::tokens(MANY).leak())?;
            repeat(times, mark, async || {
                assert_eq!(by_client::page(&client).await?.len(), MANY);
                Ok(())
            })
            .await
        }
        STREAM => {
            let client = by_client::client(url, TOKEN)?;
            repeat(times, mark, async || {
                let mut count = 0;
                by_client::for_each(&client, |_| count += 1).await?;
                assert_eq!(count, PAGES * PER_PAGE);
                Ok(())
            })
            .await
        }
        _ => {
            repeat(times, mark, async || {
                by_client::client("https://gitlab.com", TOKEN)?;
                Ok(())
            })
            .await
        }
    }
}

async fn run_by_hand(case: Case, times: usize, url: &str, mark: impl FnMut()) -> Result<()> {
    match case {
        CALL => {
            let client = by_hand::Client::new(url, TOKEN)?;
            repeat(times, mark, async || {
                client.get_self().await?;
                Ok(())
            })
            .await
        }
        REQUEST => {
            let client = by_hand::Client::new("https://gitlab.com", TOKEN)?;
            repeat(times, mark, async || {
                client.list(&FILTERS).build()?;
                Ok(())
            })
            .await
        }
        DECODE => {
            let body = server::tokens(MANY);
            repeat(times, mark, async || {
                assert_eq!(by_hand::decode(body.as_bytes())?.len(), MANY);
                Ok(())
            })
            .await
        }
        STREAM => {
            let client = by_hand::Client::new(url, TOKEN)?;
            repeat(times, mark, async || {
                let mut count = 0;
                client.for_each(|_| count += 1).await?;
                assert_eq!(count, PAGES * PER_PAGE);
                Ok(())
            })
            .await
        }
        _ => {
            repeat(times, mark, async || {
                by_hand::Client::new("https://gitlab.com", TOKEN)?;
                Ok(())
            })
            .await
        }
    }
}

async fn repeat(
    times: usize,
    mut mark: impl FnMut(),
    mut work: impl AsyncFnMut() -> Result<()>,
) -> Result<()> {
    work().await?;
    mark();
    for _ in 0..times {
        work().await?;
    }
    mark();
    Ok(())
}
