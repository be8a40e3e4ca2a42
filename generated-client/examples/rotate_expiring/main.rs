//! Rotates my tokens that expire within some days, and keeps every new secret.
//!
//! ```sh
//! cargo run -p gitlab-pat --example rotate_expiring -- --days 30 --directory ./secrets            # says what it would do
//! cargo run -p gitlab-pat --example rotate_expiring -- --days 30 --directory ./secrets --execute  # does it
//! ```
//!
//! Asks the server in `GITLAB_URL` with the token in `GITLAB_TOKEN`; without `GITLAB_URL` it runs against a stand-in on this machine.

mod rotation;

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use gitlab_pat::{Auth, Client};
use gitlab_pat_fake::{FakeGitLab, TokenSpec};
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan as _};

use rotation::{plan, rotate};

/// Rotates my tokens that expire soon. Says what it would do unless --execute is given.
#[derive(Parser)]
struct Arguments {
    /// Rotate the tokens that expire within this many days.
    #[arg(long, default_value_t = 14, value_parser = clap::value_parser!(i32).range(0..))]
    days: i32,
    /// An existing folder; each new secret goes into a file of its own there, which only you can read.
    #[arg(long, default_value = ".")]
    directory: PathBuf,
    /// Rotate the token that this program calls with as well, last of all.
    #[arg(long)]
    include_self: bool,
    /// Do it.
    #[arg(long)]
    execute: bool,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), Box<dyn Error>> {
    let server = Server::from_environment()?;
    let client = Client::builder()
        .base_url(&server.url)?
        .auth(Auth::private_token(server.token))
        .build()?;
    let today = Offset::UTC.to_datetime(Timestamp::now()).date();

    let plan = plan(&client, today, arguments.days, arguments.include_self).await?;
    println!(
        "calling with token {} ({:?})",
        plan.caller.id, plan.caller.name
    );
    if plan.caller_left_alone {
        println!("it expires in time as well and stays as it is: --include-self rotates it, too");
    }
    if plan.rotate.is_empty() {
        println!("nothing to rotate");
    }
    for token in &plan.rotate {
        let expiry = token
            .expires_at
            .map(|date| date.to_string())
            .unwrap_or_default();
        if !arguments.execute {
            println!(
                "would rotate token {} ({:?}), which expires on {expiry}",
                token.id, token.name
            );
            continue;
        }
        match rotate(&client, &plan, token, today, &arguments.directory).await {
            Ok(path) => println!(
                "rotated token {} ({:?}): {}",
                token.id,
                token.name,
                path.display()
            ),
            Err(failure) => {
                // The rest is not touched before somebody has looked at this.
                return Err(failure.into());
            }
        }
    }
    Ok(())
}

/// Where to ask, and with what.
struct Server {
    url: String,
    token: String,
    /// Lives as long as the run.
    _stand_in: Option<FakeGitLab>,
}

impl Server {
    fn from_environment() -> Result<Self, Box<dyn Error>> {
        if let Ok(url) = std::env::var("GITLAB_URL") {
            let token = std::env::var("GITLAB_TOKEN").map_err(|_| "GITLAB_TOKEN is not set")?;
            return Ok(Self {
                url,
                token,
                _stand_in: None,
            });
        }
        println!("GITLAB_URL is not set: this is a stand-in for GitLab on this machine");
        let gitlab = FakeGitLab::builder().system_clock().start()?;
        let user = gitlab.add_user("me");
        let in_days = |days: i64| {
            Offset::UTC
                .to_datetime(Timestamp::now())
                .date()
                .saturating_add(days.days())
        };
        let calling = gitlab.add_token(
            TokenSpec::new(&user, "this program")
                .scopes(["api"])
                .expires_at(in_days(3)),
        );
        for (name, days) in [("nightly build", 5), ("deployment", 10), ("dashboard", 200)] {
            gitlab.add_token(
                TokenSpec::new(&user, name)
                    .scopes(["read_api"])
                    .expires_at(in_days(days)),
            );
        }
        let token = calling.secret().to_owned();
        Ok(Self {
            url: gitlab.url(),
            token,
            _stand_in: Some(gitlab),
        })
    }
}
