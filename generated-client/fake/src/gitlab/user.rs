//! Users, and other credentials than personal access tokens. Plain data.

use jiff::Timestamp;

use super::token::SecretText;

/// A user of a [`FakeGitLab`](super::FakeGitLab).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    pub(crate) id: i64,
    pub(crate) username: String,
}

impl User {
    /// Returns the id.
    #[must_use]
    pub fn id(&self) -> i64 {
        self.id
    }

    /// Returns the username.
    #[must_use]
    pub fn username(&self) -> &str {
        &self.username
    }
}

#[derive(Clone, Debug)]
pub(crate) struct UserRecord {
    pub(crate) user: User,
    pub(crate) admin: bool,
    /// Neither a project's or group's bot nor a service account.
    pub(crate) human: bool,
    /// The reason for which every request of this user is forbidden.
    pub(crate) forbidden: Option<String>,
    /// The group that provisioned this service account.
    pub(crate) provisioned_by: Option<i64>,
    pub(crate) created_at: Timestamp,
}

/// A credential that is not a personal access token: an OAuth, deploy or job token. `Debug` does not show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherCredential {
    pub(crate) secret: SecretText,
}

impl OtherCredential {
    /// Returns the credential.
    #[must_use]
    pub fn secret(&self) -> &str {
        &self.secret.0
    }
}

#[derive(Clone, Debug)]
pub(crate) struct OAuthRecord {
    pub(crate) user_id: i64,
    pub(crate) scopes: Vec<String>,
    pub(crate) expires_at: Option<Timestamp>,
    pub(crate) revoked: bool,
}

/// A browser session. `Debug` does not show its contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub(crate) user_id: i64,
    pub(crate) cookie: SecretText,
    pub(crate) csrf: SecretText,
}

impl Session {
    /// Returns the value of the cookie `_gitlab_session`.
    #[must_use]
    pub fn cookie(&self) -> &str {
        &self.cookie.0
    }

    /// Returns the value of the header `X-CSRF-Token`, which requests other than GET and HEAD need.
    #[must_use]
    pub fn csrf_token(&self) -> &str {
        &self.csrf.0
    }
}
