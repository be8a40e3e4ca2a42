//! Which tokens to rotate, in which order, and how no new secret is lost. Knows nothing of the command line.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use futures_util::TryStreamExt as _;
use gitlab_pat::types::{PersonalAccessToken, PersonalAccessTokenWithToken, TokenState};
use gitlab_pat::{Client, Error};
use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{Span, ToSpan as _};

/// What is going to be done.
#[derive(Debug)]
pub struct Plan {
    /// The token that the client calls with.
    pub caller: PersonalAccessToken,
    /// What to rotate, in this order; the caller's own token, if it is among them, comes last.
    pub rotate: Vec<PersonalAccessToken>,
    /// Whether the caller's own token expires in time but stays as it is.
    pub caller_left_alone: bool,
}

/// Finds the caller's tokens that expire on one of the next `days` days.
pub async fn plan(
    client: &Client,
    today: Date,
    days: i32,
    include_self: bool,
) -> Result<Plan, Failure> {
    let tokens = client.personal_access_tokens();
    // Who is asking comes first: the calling token must be known before any token is touched.
    let caller = tokens.get_self().await.map_err(Failure::Api)?;
    let last_day = today
        .checked_add(days.days())
        .map_err(|_| Failure::TooManyDays(days))?;
    let mut rotate: Vec<PersonalAccessToken> = tokens
        .list()
        .user_id(caller.user_id)
        .state(TokenState::Active)
        .into_stream()
        .try_filter(|token| {
            std::future::ready(token.expires_at.is_some_and(|expiry| expiry <= last_day))
        })
        .try_collect()
        .await
        .map_err(Failure::Api)?;
    let found = rotate.len();
    rotate.retain(|token| token.id != caller.id);
    let caller_expires = rotate.len() < found;
    if caller_expires && include_self {
        // Once it is rotated, the client's credential is dead, and a rotation sent with it would revoke the new one.
        rotate.push(caller.clone());
    }
    Ok(Plan {
        caller,
        rotate,
        caller_left_alone: caller_expires && !include_self,
    })
}

/// Rotates one token of the plan and returns the file that holds the new secret, which is on the disk by then.
pub async fn rotate(
    client: &Client,
    plan: &Plan,
    token: &PersonalAccessToken,
    today: Date,
    directory: &Path,
) -> Result<PathBuf, Failure> {
    let path = directory.join(format!("{}.token", token.id));
    // A file that can't be written must be known before the old token ends.
    let mut file = create_private(&path).map_err(|error| Failure::File(path.clone(), error))?;
    match request(client, plan, token, today).await {
        Ok(fresh) => {
            let secret = fresh.token.expose_secret().as_bytes();
            match write_durably(&mut file, &path, secret) {
                Ok(()) => {}
                Err(error) => return Err(rescue(path, fresh, error)),
            }
            Ok(path)
        }
        Err(error) if error.status().is_some_and(|status| status.is_success()) => {
            // The server rotated, but its answer can't be read: the new secret is somewhere in it.
            write_durably(&mut file, &path, error.body())
                .map_err(|error| Failure::File(path.clone(), error))?;
            Err(Failure::Unreadable(path, error))
        }
        Err(error) => {
            // Nothing to keep; an empty file would only mislead.
            drop(file);
            fs::remove_file(&path).map_err(|error| Failure::File(path.clone(), error))?;
            Err(Failure::Api(error))
        }
    }
}

async fn request(
    client: &Client,
    plan: &Plan,
    token: &PersonalAccessToken,
    today: Date,
) -> Result<PersonalAccessTokenWithToken, Error> {
    let tokens = client.personal_access_tokens();
    let expires_at = same_lifetime(token, today);
    if token.id == plan.caller.id {
        let mut operation = tokens.rotate_self();
        if let Some(date) = expires_at {
            operation = operation.expires_at(date);
        }
        operation.await
    } else {
        let mut operation = tokens.rotate(token.id);
        if let Some(date) = expires_at {
            operation = operation.expires_at(date);
        }
        operation.await
    }
}

/// The new token lives as long as the old one was meant to. The server's own default is a week.
fn same_lifetime(token: &PersonalAccessToken, today: Date) -> Option<Date> {
    let created = Offset::UTC.to_datetime(token.created_at).date();
    let lifetime: Span = token.expires_at?.since(created).ok()?;
    today
        .checked_add(lifetime)
        .ok()
        .filter(|date| *date > today)
}

/// A new secret that its file can't take goes into another one.
fn rescue(path: PathBuf, fresh: PersonalAccessTokenWithToken, error: io::Error) -> Failure {
    let elsewhere = std::env::temp_dir().join(format!("{}.token", fresh.id));
    match keep(&elsewhere, fresh.token.expose_secret().as_bytes()) {
        Ok(()) => Failure::KeptElsewhere {
            path,
            elsewhere,
            error,
        },
        Err(_) => Failure::SecretNotWritten {
            path,
            fresh: Box::new(fresh),
            error,
        },
    }
}

/// Puts a secret into a new file that only its owner can read, and waits until it is on the disk.
pub fn keep(path: &Path, secret: &[u8]) -> io::Result<()> {
    let mut file = create_private(path)?;
    write_durably(&mut file, path, secret)
}

/// Creates a file that only its owner can read; one that exists already is an error.
fn create_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Writes and waits until the text and the file's name are on the disk.
fn write_durably(file: &mut File, path: &Path, text: &[u8]) -> io::Result<()> {
    file.write_all(text)?;
    file.sync_all()?;
    #[cfg(unix)]
    if let Some(directory) = path.parent() {
        let directory = if directory.as_os_str().is_empty() {
            Path::new(".")
        } else {
            directory
        };
        File::open(directory)?.sync_all()?;
    }
    Ok(())
}

/// Why a token was not rotated, or its new secret not kept.
#[derive(Debug)]
pub enum Failure {
    /// The call failed. [`Error::is_outcome_unknown`] tells whether the token may have been rotated all the same.
    Api(Error),
    /// The file can't be created or written; the token was not rotated.
    File(PathBuf, io::Error),
    /// The token was rotated and the file can't be written; the secret is in `fresh`.
    SecretNotWritten {
        /// Where it should be.
        path: PathBuf,
        /// The new token.
        fresh: Box<PersonalAccessTokenWithToken>,
        /// What went wrong.
        error: io::Error,
    },
    /// The token was rotated and its file can't be written; the secret is in another one.
    KeptElsewhere {
        /// Where it should be.
        path: PathBuf,
        /// Where it is.
        elsewhere: PathBuf,
        /// What went wrong.
        error: io::Error,
    },
    /// The token was rotated and the answer can't be read; it is in this file as the server sent it.
    Unreadable(PathBuf, Error),
    /// The date lies beyond the calendar.
    TooManyDays(i32),
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api(error) if error.is_outcome_unknown() => write!(
                formatter,
                "{error}\nwhether the token was rotated is unknown: do not rotate it again before you have looked it up"
            ),
            Self::Api(error) => error.fmt(formatter),
            Self::File(path, error) => write!(formatter, "{}: {error}", path.display()),
            Self::SecretNotWritten { path, fresh, error } => write!(
                formatter,
                "token {} was rotated, but {} can't be written: {error}",
                fresh.id,
                path.display()
            ),
            Self::KeptElsewhere {
                path,
                elsewhere,
                error,
            } => write!(
                formatter,
                "the token was rotated, but {} can't be written: {error}; the new secret is in {}",
                path.display(),
                elsewhere.display()
            ),
            Self::Unreadable(path, error) => write!(
                formatter,
                "the token was rotated, but the answer can't be read; it is in {}: {error}",
                path.display()
            ),
            Self::TooManyDays(days) => {
                write!(formatter, "{days} days from now is beyond the calendar")
            }
        }
    }
}

impl std::error::Error for Failure {}
