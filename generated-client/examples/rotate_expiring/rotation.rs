//! Plans and performs rotations without losing a new secret. This module is independent of the command line.

use std::path::{Path, PathBuf};

use futures_util::TryStreamExt as _;
use gitlab_pat::http::StatusCode;
use gitlab_pat::types::{PersonalAccessToken, PersonalAccessTokenWithToken, TokenState};
use gitlab_pat::{Auth, Client, Error, ReplacementOutcome, RequestOptions, Secret};
use jiff::Span;
use jiff::civil::Date;
use jiff::tz::Offset;

use super::failure::{Check, Failure, Fate, OrphanedToken, UnverifiedSecret};
use super::store::{KeepError, NotWritten, SecretFile, SecretStore};

/// The choice of tokens to rotate, and the lifetime of the new tokens.
#[derive(Debug, Clone)]
pub struct Selection {
    /// Tokens that expire within this many days are rotated.
    pub days: i32,
    /// The lifetime of a new token in days. By default, it is that of the old token.
    pub lifetime: Option<i32>,
    /// Whether the calling token may be rotated, too.
    pub include_self: bool,
}

/// The planned rotations.
#[derive(Debug)]
pub struct Plan {
    /// The token that the client calls with.
    pub caller: PersonalAccessToken,
    /// The rotations, in order. That of the calling token, if there is one, comes last.
    pub rotate: Vec<Rotation>,
    /// Tokens that expire soon but are not rotated, because every run would rotate them again.
    pub skipped: Vec<Skipped>,
    /// Whether the calling token expires soon but is not rotated.
    pub caller_left_alone: bool,
}

/// A token to rotate.
#[derive(Debug)]
pub struct Rotation {
    /// The token.
    pub token: PersonalAccessToken,
    /// The expiry date of the new token.
    pub expires_at: Date,
    /// The id of the calling token.
    pub caller: i64,
    /// Whether this is the calling token.
    pub is_caller: bool,
}

impl Rotation {
    /// Returns whether an id is that of a token which existed before the rotation: a gateway may repeat the secret that it received.
    fn is_earlier(&self, id: i64) -> bool {
        id == self.token.id || id == self.caller
    }
}

/// A token whose new token would expire within `Selection::days` days.
#[derive(Debug)]
pub struct Skipped {
    /// The token.
    pub token: PersonalAccessToken,
    /// The lifetime of the new token in days.
    pub lifetime: i32,
}

/// Finds the caller's tokens that expire within `selection.days` days.
pub async fn plan(client: &Client, today: Date, selection: &Selection) -> Result<Plan, Failure> {
    let &Selection { days, lifetime, .. } = selection;
    let last_day = in_days(today, days)?;
    if let Some(lifetime) = lifetime {
        in_days(today, lifetime)?;
        if lifetime <= days {
            return Err(Failure::ShortLifetime { days, lifetime });
        }
    }
    let tokens = client.personal_access_tokens();
    // The calling token must be known before any token is touched.
    let caller = tokens.get_self().await.map_err(Failure::Api)?;
    let mut expiring: Vec<PersonalAccessToken> = tokens
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
    let found = expiring.len();
    expiring.retain(|token| token.id != caller.id);
    let caller_expires = expiring.len() < found;
    if caller_expires && selection.include_self {
        // A rotation sent with a token that was rotated already would revoke the new one.
        expiring.push(caller.clone());
    }

    let mut rotate = Vec::new();
    let mut skipped = Vec::new();
    for token in expiring {
        let lifetime = lifetime.unwrap_or_else(|| intended_lifetime(&token));
        if lifetime > days {
            rotate.push(Rotation {
                caller: caller.id,
                is_caller: token.id == caller.id,
                expires_at: in_days(today, lifetime)?,
                token,
            });
        } else {
            skipped.push(Skipped { token, lifetime });
        }
    }
    Ok(Plan {
        caller,
        rotate,
        skipped,
        caller_left_alone: caller_expires && !selection.include_self,
    })
}

fn in_days(today: Date, days: i32) -> Result<Date, Failure> {
    Span::new()
        .try_days(days)
        .and_then(|span| today.checked_add(span))
        .map_err(|_| Failure::TooManyDays(days))
}

/// Returns the lifetime of a token in days, from its creation to its expiry date.
fn intended_lifetime(token: &PersonalAccessToken) -> i32 {
    let created = Offset::UTC.to_datetime(token.created_at).date();
    token
        .expires_at
        .and_then(|expiry| expiry.since(created).ok())
        .map_or(0, |span| span.get_days())
}

/// The treatment of a new token whose secret can't be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Orphan {
    /// The token is revoked.
    Revoke,
    /// The token stays active.
    Keep,
}

/// Rotates the tokens of a plan in order, and passes the file of each new secret to `report`.
///
/// The first failure ends the run, so that it can be examined before another token is rotated. So does `is_interrupted`, between
/// two rotations.
pub async fn rotate_all(
    client: &Client,
    plan: &Plan,
    store: &SecretStore,
    orphan: Orphan,
    is_interrupted: impl Fn() -> bool,
    mut report: impl FnMut(&Rotation, &Path),
) -> Result<(), Failure> {
    for rotation in &plan.rotate {
        if is_interrupted() {
            return Err(Failure::Interrupted);
        }
        let path = rotate(client, rotation, store, orphan).await?;
        report(rotation, &path);
    }
    Ok(())
}

/// Rotates one token of the plan and returns the file that holds the new secret. The file is on the disk by then.
pub async fn rotate(
    client: &Client,
    rotation: &Rotation,
    store: &SecretStore,
    orphan: Orphan,
) -> Result<PathBuf, Failure> {
    let token = &rotation.token;
    // The file must be writable before the old token is revoked.
    let file = store
        .reserve(&token.id.to_string())
        .map_err(Failure::File)?;
    let (id, secret, undecoded) = match request(client, rotation).await {
        Ok(fresh) => (Some(fresh.id), fresh.token, None),
        Err(error) => match error.new_secret() {
            // The response as a whole can't be decoded, but its secret can.
            Some(secret) => (None, secret.clone(), Some(error)),
            None => return Err(without_secret(file, error)),
        },
    };
    match file.keep(secret.expose_secret().as_bytes()) {
        Ok(path) => match undecoded {
            None => Ok(path),
            Some(error) => verified(client, rotation, secret, path, error).await,
        },
        Err(KeepError::Misplaced { path, error }) => Err(Failure::Misplaced(path, error)),
        Err(KeepError::NotWritten(failed)) => {
            let new = NewToken { id, secret };
            Err(orphaned(client, rotation, new, orphan, failed).await)
        }
    }
}

/// Returns the file of a secret from a response that can't be decoded, if a request with it succeeds and shows that it is a new one.
async fn verified(
    client: &Client,
    rotation: &Rotation,
    secret: Secret,
    path: PathBuf,
    error: Error,
) -> Result<PathBuf, Failure> {
    let check = match owner(client, &secret).await {
        Ok(id) if rotation.is_earlier(id) => Check::Earlier(id),
        Ok(_) => return Ok(path),
        Err(error) => Check::Failed(error),
    };
    Err(Failure::Unverified(Box::new(UnverifiedSecret {
        old: rotation.token.id,
        path,
        error,
        check,
    })))
}

/// Returns the id of the token that a secret belongs to.
async fn owner(client: &Client, secret: &Secret) -> Result<i64, Error> {
    let options = RequestOptions::new().auth(Auth::private_token(secret.clone()));
    let request = client.personal_access_tokens().get_self();
    Ok(request.options(options).await?.id)
}

/// Handles an error of a rotation that contains no secret.
fn without_secret(file: SecretFile, error: Error) -> Failure {
    let may_be_rotated = matches!(
        error.replacement_outcome(),
        Some(ReplacementOutcome::Replaced | ReplacementOutcome::Unknown)
    );
    if !may_be_rotated || error.status().is_none() {
        // There is no secret to keep. The next run reports a file that can't be removed.
        let _ = file.discard();
        return Failure::Api(error);
    }
    let is_success = error.status().is_some_and(|status| status.is_success());
    if error.body().is_empty() {
        let _ = file.discard();
        return if is_success {
            Failure::Empty(error)
        } else {
            Failure::Api(error)
        };
    }
    // The response is a proxy's, or it contains the secret in a place that the client does not know.
    let kept = if is_success {
        file.keep_response(error.body())
    } else {
        file.keep_error_response(error.body())
    };
    match kept {
        Ok(path) | Err(KeepError::Misplaced { path, .. }) => Failure::Undecoded(path, error),
        Err(KeepError::NotWritten(failed)) => Failure::NotKept(Box::new((failed, error))),
    }
}

async fn request(
    client: &Client,
    rotation: &Rotation,
) -> Result<PersonalAccessTokenWithToken, Error> {
    let tokens = client.personal_access_tokens();
    if rotation.is_caller {
        tokens.rotate_self().expires_at(rotation.expires_at).await
    } else {
        tokens
            .rotate(rotation.token.id)
            .expires_at(rotation.expires_at)
            .await
    }
}

/// The new token, as far as the response could be decoded.
struct NewToken {
    id: Option<i64>,
    secret: Secret,
}

/// Revokes a new token whose secret can't be written, unless `orphan` keeps it, and returns the failure.
async fn orphaned(
    client: &Client,
    rotation: &Rotation,
    new: NewToken,
    orphan: Orphan,
    failed: NotWritten,
) -> Failure {
    let fate = match orphan {
        Orphan::Keep => Fate::Kept,
        Orphan::Revoke => revoke(client, rotation, &new).await,
    };
    if matches!(fate, Fate::Revoked) {
        failed.clean_up();
    }
    Failure::Orphaned(Box::new(OrphanedToken {
        old: rotation.token.id,
        new: new.id,
        failed,
        fate,
    }))
}

/// Revokes a token by its own secret. That works whatever its scopes are and even if the calling token was rotated and is revoked.
///
/// A token is never revoked by the id in a response that can't be decoded: it may be the id of another token. The secret in it may be
/// another token's too, so it is looked up first.
async fn revoke(client: &Client, rotation: &Rotation, new: &NewToken) -> Fate {
    if new.id.is_none() {
        match owner(client, &new.secret).await {
            Ok(id) if rotation.is_earlier(id) => return Fate::Earlier(id),
            Ok(_) => {}
            Err(error) => return Fate::NotRevoked(error),
        }
    }
    let options = RequestOptions::new().auth(Auth::private_token(new.secret.clone()));
    let revocation = client.personal_access_tokens().revoke_self();
    match revocation.options(options).send().await {
        // Any 2xx is a success for the client, also a proxy's login page. A success with an error status is the server's response to a retry:
        // the token has ended, so the first attempt revoked it.
        Ok(response) => match response.status() {
            status if status.is_success() && status != StatusCode::NO_CONTENT => {
                Fate::NotConfirmed(status)
            }
            _ => Fate::Revoked,
        },
        Err(error) => Fate::NotRevoked(error),
    }
}
