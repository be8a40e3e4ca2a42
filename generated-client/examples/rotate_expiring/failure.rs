//! The program's errors and their messages.

use std::fmt;
use std::io;
use std::path::PathBuf;

use gitlab_pat::http::StatusCode;
use gitlab_pat::{Error, ReplacementOutcome};

use super::store::NotWritten;

/// The reason why a token was not rotated, or why its new secret was not kept.
#[derive(Debug)]
pub enum Failure {
    /// The call failed. [`Error::is_outcome_unknown`] returns whether the token may have been rotated nevertheless.
    Api(Error),
    /// The file can't be created or written. The token was not rotated.
    File(io::Error),
    /// The token was rotated. Its secret is in this file, which could not be given its name.
    Misplaced(PathBuf, io::Error),
    /// The token may have been rotated, but no secret was found in the response, which may come from a proxy. This file holds the response
    /// as received.
    Undecoded(PathBuf, Error),
    /// The same, and the response could not be written. No file holds it.
    NotKept(Box<(NotWritten, Error)>),
    /// The status is a success, but the response is empty. No file remains.
    Empty(Error),
    /// Only the secret of the response could be decoded. It is kept in a file, and may be invalid.
    Unverified(Box<UnverifiedSecret>),
    /// The token was rotated, and no file holds the new secret.
    Orphaned(Box<OrphanedToken>),
    /// The new tokens would be rotated again by the next run.
    ShortLifetime {
        /// Tokens that expire within this many days are rotated.
        days: i32,
        /// The lifetime of a new token in days.
        lifetime: i32,
    },
    /// The date is beyond the calendar.
    TooManyDays(i32),
    /// The program was interrupted. The remaining tokens are not rotated.
    Interrupted,
}

/// A new token whose secret could not be written.
#[derive(Debug)]
pub struct OrphanedToken {
    /// The id of the token that was rotated and thereby revoked.
    pub old: i64,
    /// The id of the new token, if the response could be decoded.
    pub new: Option<i64>,
    /// The failure of writing its secret.
    pub failed: NotWritten,
    /// The state of the new token.
    pub fate: Fate,
}

/// A secret from a response that can't be decoded. It may be invalid.
#[derive(Debug)]
pub struct UnverifiedSecret {
    /// The id of the token that was to be rotated.
    pub old: i64,
    /// The file that holds the secret.
    pub path: PathBuf,
    /// The error of decoding the response.
    pub error: Error,
    /// What a request with the secret showed.
    pub check: Check,
}

/// Why a secret is not verified.
#[derive(Debug)]
pub enum Check {
    /// The request with the secret failed.
    Failed(Error),
    /// The secret is that of the token with this id, which existed before the rotation.
    Earlier(i64),
}

/// The state of a new token whose secret could not be written.
#[derive(Debug)]
pub enum Fate {
    /// The token was revoked.
    Revoked,
    /// The token is active, because `--keep-orphaned` was given.
    Kept,
    /// The token may be active, because the revocation failed.
    NotRevoked(Error),
    /// The token may be active, because the response to the revocation has another status than GitLab's.
    NotConfirmed(StatusCode),
    /// The token may be active. The secret in the response is that of the token with this id, which existed before the rotation, so it
    /// was not used for a revocation.
    Earlier(i64),
}

/// What to do without the new secret.
const LOOK_UP: &str = "look the token up before you rotate it again; if it was rotated and the secret is lost, revoke the new token and \
                       create another one";

/// Returns how certain it is that the token was rotated.
fn was(error: &Error) -> &'static str {
    match error.replacement_outcome() {
        Some(ReplacementOutcome::Replaced) => "was",
        _ => "may have been",
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api(error) if error.is_outcome_unknown() => write!(
                formatter,
                "{error}\nit is unknown whether the token was rotated: look it up before you rotate it again"
            ),
            Self::Api(error) => error.fmt(formatter),
            Self::File(error) => error.fmt(formatter),
            Self::Misplaced(path, error) => write!(
                formatter,
                "the token was rotated and its new secret is in {}; completing the file failed: {error}",
                path.display()
            ),
            Self::Undecoded(path, error) => write!(
                formatter,
                "the token {} rotated, but no secret was found in the response, which is in {}: {error}\n{LOOK_UP}",
                was(error),
                path.display()
            ),
            Self::NotKept(failed) => {
                let (failed, error) = &**failed;
                write!(
                    formatter,
                    "the token {} rotated, but no secret was found in the response, which could not be written to {} ({}): \
                     {error}\n{LOOK_UP}",
                    was(error),
                    failed.part.display(),
                    failed.error
                )
            }
            Self::Empty(error) => write!(
                formatter,
                "the token {} rotated, but the response is empty: {error}\n{LOOK_UP}",
                was(error)
            ),
            Self::Unverified(unverified) => unverified.fmt(formatter),
            Self::Orphaned(orphan) => orphan.fmt(formatter),
            Self::ShortLifetime { days, lifetime } => write!(
                formatter,
                "a lifetime of {lifetime} days must be longer than the {days} days within which tokens are rotated, \
                 or every run rotates them again"
            ),
            Self::TooManyDays(days) => {
                write!(formatter, "{days} days from now is beyond the calendar")
            }
            Self::Interrupted => {
                formatter.write_str("interrupted; the remaining tokens are not rotated")
            }
        }
    }
}

impl fmt::Display for UnverifiedSecret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            old,
            path,
            error,
            check,
        } = self;
        let path = path.display();
        match check {
            Check::Failed(check) => write!(
                formatter,
                "a new secret for token {old} is kept in {path}, but the response can't be decoded ({error}), and a request with the \
                 secret failed ({check})"
            ),
            Check::Earlier(id) => write!(
                formatter,
                "the secret in the response to the rotation of token {old} is kept in {path}, but the response can't be decoded ({error}), \
                 and the secret is not new: it is that of token {id}"
            ),
        }?;
        formatter.write_str(
            "\nkeep the file, and look up whether the token was rotated before you rotate it again",
        )
    }
}

impl fmt::Display for OrphanedToken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            old, failed, fate, ..
        } = self;
        let new = match self.new {
            Some(id) => format!("token {id}"),
            None => "a token of the same name".to_owned(),
        };
        write!(
            formatter,
            "token {old} was rotated, but the secret of the new token, {new}, could not be written to {} ({}): \
             {new} is orphaned",
            failed.part.display(),
            failed.error
        )?;
        match fate {
            Fate::Revoked => formatter.write_str(" and was revoked; create another one"),
            Fate::Kept => write!(
                formatter,
                " and stays active; the file may hold a part of its secret, so revoke it when you are done"
            ),
            Fate::NotRevoked(error) => write!(
                formatter,
                " and could not be revoked ({error}); revoke it by hand, then create another one"
            ),
            Fate::NotConfirmed(status) => write!(
                formatter,
                " and may still be active, since the response to its revocation was {status} instead of 204; check it by hand, then \
                 create another one"
            ),
            Fate::Earlier(id) => write!(
                formatter,
                " and may still be active, since the secret in the response is that of token {id}; look the new token up and revoke it by \
                 hand, then create another one"
            ),
        }
    }
}

impl std::error::Error for Failure {}
