//! Personal access tokens: the specification by a test, the stored record, the view for a test. Plain data.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;

use super::user::User;

/// A token to add to a [`FakeGitLab`](super::FakeGitLab).
///
/// By default, it has the scope `api` and no expiry date, was created at the current time of the instance's clock,
/// and was never used.
#[derive(Clone, Debug)]
#[must_use = "a token is made by `FakeGitLab::add_token`"]
pub struct TokenSpec {
    pub(crate) user_id: i64,
    pub(crate) name: String,
    pub(crate) id: Option<i64>,
    pub(crate) secret: Option<SecretText>,
    pub(crate) description: Option<String>,
    pub(crate) scopes: Vec<String>,
    pub(crate) granular_scopes: Vec<GranularScope>,
    pub(crate) created_at: Option<Timestamp>,
    pub(crate) expires_at: Option<Date>,
    pub(crate) last_used_at: Option<Timestamp>,
    pub(crate) last_used_ips: Vec<String>,
    pub(crate) revoked: bool,
    pub(crate) impersonation: bool,
    pub(crate) parent: Option<i64>,
    pub(crate) overrides: Vec<(String, Option<Value>)>,
}

impl TokenSpec {
    /// Creates the specification of a token of this user with this name.
    pub fn new(owner: &User, name: impl Into<String>) -> Self {
        Self {
            user_id: owner.id(),
            name: name.into(),
            id: None,
            secret: None,
            description: None,
            scopes: vec!["api".to_owned()],
            granular_scopes: Vec::new(),
            created_at: None,
            expires_at: None,
            last_used_at: None,
            last_used_ips: Vec::new(),
            revoked: false,
            impersonation: false,
            parent: None,
            overrides: Vec::new(),
        }
    }

    /// Sets the id, instead of the next free one. A token that has this id is replaced.
    pub fn id(mut self, id: i64) -> Self {
        self.id = Some(id);
        self
    }

    /// Sets the secret, instead of a generated one.
    pub fn secret(mut self, secret: impl Into<String>) -> Self {
        self.secret = Some(SecretText(secret.into()));
        self
    }

    /// Sets the description.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Sets the scopes. Any text is accepted, even scopes that GitLab does not have.
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes = scopes.into_iter().map(Into::into).collect();
        self
    }

    /// Makes it a fine-grained token, whose only scope is `granular`, and adds permissions.
    pub fn granular(mut self, scope: GranularScope) -> Self {
        self.scopes = vec!["granular".to_owned()];
        self.granular_scopes.push(scope);
        self
    }

    /// Sets the time of creation.
    pub fn created_at(mut self, at: Timestamp) -> Self {
        self.created_at = Some(at);
        self
    }

    /// Sets the day on which the token expires, at 00:00 UTC.
    pub fn expires_at(mut self, date: Date) -> Self {
        self.expires_at = Some(date);
        self
    }

    /// Sets the time of the last use.
    pub fn last_used_at(mut self, at: Timestamp) -> Self {
        self.last_used_at = Some(at);
        self
    }

    /// Sets the addresses of the last uses.
    pub fn last_used_ips<S: Into<String>>(
        mut self,
        addresses: impl IntoIterator<Item = S>,
    ) -> Self {
        self.last_used_ips = addresses.into_iter().map(Into::into).collect();
        self
    }

    /// Sets whether the token is revoked.
    pub fn revoked(mut self, revoked: bool) -> Self {
        self.revoked = revoked;
        self
    }

    /// Sets whether it is an impersonation token.
    pub fn impersonation(mut self, impersonation: bool) -> Self {
        self.impersonation = impersonation;
        self
    }

    /// Sets the token from which this one was rotated.
    pub fn rotated_from(mut self, parent: &NewToken) -> Self {
        self.parent = Some(parent.id());
        self
    }

    /// Sets a member of the token's JSON independently of the state. For example `revoked: null` or a field of a future
    /// version.
    pub fn json_override(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.overrides.push((name.into(), Some(value.into())));
        self
    }

    /// Removes a member from the token's JSON.
    pub fn json_without(mut self, name: impl Into<String>) -> Self {
        self.overrides.push((name.into(), None));
        self
    }
}

/// Permissions of a fine-grained token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GranularScope {
    pub(crate) access: String,
    pub(crate) permissions: Vec<String>,
    pub(crate) project_id: Option<i64>,
    pub(crate) group_id: Option<i64>,
}

impl GranularScope {
    /// Creates these permissions at this level of access: `user`, `personal_projects`, `selected_memberships`, and
    /// others.
    #[must_use]
    pub fn new<S: Into<String>>(
        access: impl Into<String>,
        permissions: impl IntoIterator<Item = S>,
    ) -> Self {
        Self {
            access: access.into(),
            permissions: permissions.into_iter().map(Into::into).collect(),
            project_id: None,
            group_id: None,
        }
    }

    /// Restricts the permissions to this project.
    #[must_use]
    pub fn project(mut self, id: i64) -> Self {
        self.project_id = Some(id);
        self
    }

    /// Restricts the permissions to this group.
    #[must_use]
    pub fn group(mut self, id: i64) -> Self {
        self.group_id = Some(id);
        self
    }
}

/// A secret whose `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct SecretText(pub(crate) String);

impl fmt::Debug for SecretText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("[redacted]")
    }
}

/// A token that was added: its id and its secret. `Debug` does not show the secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewToken {
    pub(crate) id: i64,
    pub(crate) secret: SecretText,
}

impl NewToken {
    /// Returns the id.
    #[must_use]
    pub fn id(&self) -> i64 {
        self.id
    }

    /// Returns the secret.
    #[must_use]
    pub fn secret(&self) -> &str {
        &self.secret.0
    }
}

/// The state of a token.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TokenView {
    /// The id.
    pub id: i64,
    /// The id of the owner.
    pub user_id: i64,
    /// The name.
    pub name: String,
    /// The description.
    pub description: Option<String>,
    /// The scopes.
    pub scopes: Vec<String>,
    /// The permissions of a fine-grained token.
    pub granular_scopes: Vec<GranularScope>,
    /// The time of creation.
    pub created_at: Timestamp,
    /// The day on which it expires, at 00:00 UTC.
    pub expires_at: Option<Date>,
    /// The time of the last use, as the instance recorded it.
    pub last_used_at: Option<Timestamp>,
    /// The addresses of the last uses.
    pub last_used_ips: Vec<String>,
    /// Whether it is revoked.
    pub revoked: bool,
    /// Whether it is neither revoked nor expired now.
    pub active: bool,
    /// Whether it is an impersonation token.
    pub impersonation: bool,
    /// The id of the token from which it was rotated.
    pub parent: Option<i64>,
}

/// A token in the instance's store.
#[derive(Clone, Debug)]
pub(crate) struct TokenRecord {
    pub(crate) id: i64,
    pub(crate) user_id: i64,
    pub(crate) name: String,
    pub(crate) secret: SecretText,
    pub(crate) description: Option<String>,
    pub(crate) scopes: Vec<String>,
    pub(crate) granular_scopes: Vec<GranularScope>,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
    pub(crate) expires_at: Option<Date>,
    pub(crate) last_used_at: Option<Timestamp>,
    pub(crate) last_used_ips: Vec<String>,
    pub(crate) ips_noted_at: Option<Timestamp>,
    pub(crate) revoked: bool,
    pub(crate) impersonation: bool,
    pub(crate) parent: Option<i64>,
    pub(crate) overrides: Vec<(String, Option<Value>)>,
}

impl TokenRecord {
    /// Returns whether the token is expired. It expires at 00:00 UTC of its expiry date.
    pub(crate) fn is_expired(&self, today: Date) -> bool {
        self.expires_at.is_some_and(|date| date <= today)
    }

    pub(crate) fn is_active(&self, today: Date) -> bool {
        !self.revoked && !self.is_expired(today)
    }

    /// Returns whether `state=inactive` lists the token. On its expiry date, a token is neither active nor inactive.
    pub(crate) fn is_listed_as_inactive(&self, today: Date) -> bool {
        self.revoked || self.expires_at.is_some_and(|date| date < today)
    }

    pub(crate) fn is_granular(&self) -> bool {
        self.scopes.iter().any(|scope| scope == "granular")
    }

    pub(crate) fn view(&self, today: Date) -> TokenView {
        TokenView {
            id: self.id,
            user_id: self.user_id,
            name: self.name.clone(),
            description: self.description.clone(),
            scopes: self.scopes.clone(),
            granular_scopes: self.granular_scopes.clone(),
            created_at: self.created_at,
            expires_at: self.expires_at,
            last_used_at: self.last_used_at,
            last_used_ips: self.last_used_ips.clone(),
            revoked: self.revoked,
            active: self.is_active(today),
            impersonation: self.impersonation,
            parent: self.parent,
        }
    }
}
