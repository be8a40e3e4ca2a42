//! The program: its arguments, and what it prints.

use std::error::Error;
use std::fmt;
use std::io::{self, Write as _};
use std::path::PathBuf;

use clap::Parser;
use gitlab_pat::{Auth, Client};
use jiff::Timestamp;
use jiff::tz::Offset;

use super::interruption::Interruption;
use super::rotation::{Orphan, Plan, Rotation, Selection, plan, rotate_all};
use super::store::SecretStore;

/// Rotates the caller's tokens that expire soon. Only prints them unless --execute is given.
#[derive(Parser)]
pub struct Arguments {
    /// Rotate the tokens that expire within this many days.
    #[arg(long, default_value_t = 14, value_parser = clap::value_parser!(i32).range(0..))]
    days: i32,
    /// The lifetime of a new token in days. It must be longer than --days. By default, it is that of the old token, and a
    /// token with a lifetime of --days or less is skipped.
    #[arg(long, value_parser = clap::value_parser!(i32).range(1..))]
    lifetime: Option<i32>,
    /// The existing directory for the new secrets. Each is written to a file of its own, which only you can read.
    #[arg(long, default_value = ".")]
    directory: PathBuf,
    /// Also rotate the calling token, after all others.
    #[arg(long)]
    include_self: bool,
    /// Leave a new token active if its secret can't be written. By default it is revoked.
    #[arg(long)]
    keep_orphaned: bool,
    /// Rotate the tokens.
    #[arg(long)]
    execute: bool,
}

/// Runs the program.
pub async fn run(arguments: Arguments) -> Result<(), Box<dyn Error>> {
    let server = Server::from_environment()?;
    let client = Client::builder()
        .base_url(&server.url)?
        .auth(Auth::private_token(server.token))
        .build()?;
    let today = Offset::UTC.to_datetime(Timestamp::now()).date();
    let selection = Selection {
        days: arguments.days,
        lifetime: arguments.lifetime,
        include_self: arguments.include_self,
    };

    let plan = plan(&client, today, &selection).await?;
    describe(&plan, &selection);
    if !arguments.execute {
        for rotation in &plan.rotate {
            println!("would rotate {}", Line(rotation));
        }
        return Ok(());
    }
    // Nothing is rotated unless secrets can be written.
    let store = SecretStore::open(&arguments.directory)?;
    let orphan = if arguments.keep_orphaned {
        Orphan::Keep
    } else {
        Orphan::Revoke
    };
    let interruption = Interruption::listen()?;
    rotate_all(
        &client,
        &plan,
        &store,
        orphan,
        || interruption.is_requested(),
        |rotation, path| {
            // The secret is on the disk, whether or not there is still a terminal.
            let _ = writeln!(
                io::stdout(),
                "rotated {}: {}",
                Line(rotation),
                path.display()
            );
        },
    )
    .await?;
    Ok(())
}

fn describe(plan: &Plan, selection: &Selection) {
    let caller = &plan.caller;
    println!("calling with token {} ({:?})", caller.id, caller.name);
    if plan.caller_left_alone {
        println!(
            "it expires within {} days, too, and is not rotated without --include-self",
            selection.days
        );
    }
    for skipped in &plan.skipped {
        println!(
            "skipping token {} ({:?}): the new token would live {} days, no longer than --days {}, so every run would rotate \
             it again; use --lifetime to set a longer lifetime",
            skipped.token.id, skipped.token.name, skipped.lifetime, selection.days
        );
    }
    if plan.rotate.is_empty() {
        println!("nothing to rotate");
    }
}

/// A rotation as it is printed.
struct Line<'plan>(&'plan Rotation);

impl fmt::Display for Line<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Rotation {
            token, expires_at, ..
        } = self.0;
        let expiry = token
            .expires_at
            .map_or_else(|| "never".to_owned(), |date| date.to_string());
        write!(
            formatter,
            "token {} ({:?}) from {expiry} to {expires_at}",
            token.id, token.name
        )
    }
}

/// The server to call, and the token to call it with.
struct Server {
    url: String,
    token: String,
}

impl Server {
    fn from_environment() -> Result<Self, Box<dyn Error>> {
        let url = std::env::var("GITLAB_URL").map_err(|_| {
            "GITLAB_URL is not set; `cargo run -p gitlab-pat-fake --example serve` in the repository starts a stand-in for GitLab"
        })?;
        let token = std::env::var("GITLAB_TOKEN").map_err(|_| "GITLAB_TOKEN is not set")?;
        Ok(Self { url, token })
    }
}
