//! The instance's state and its consistent changes, without HTTP.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::membership::Memberships;
use super::settings::Settings;
use super::token::{NewToken, SecretText, TokenRecord, TokenSpec};
use super::user::{OAuthRecord, Session, User, UserRecord};

/// An incident of reuse detection: a client sent a rotation with a revoked token.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FamilyRevocation {
    /// The id of the token that was sent.
    pub presented: i64,
    /// The ids of its descendants that were active until then.
    pub revoked: Vec<i64>,
}

#[derive(Debug)]
pub(crate) struct World {
    pub(crate) settings: Settings,
    /// The real address of the instance, with its relative root.
    pub(crate) url: String,
    pub(crate) users: BTreeMap<i64, UserRecord>,
    pub(crate) tokens: BTreeMap<i64, TokenRecord>,
    pub(crate) secrets: BTreeMap<String, i64>,
    pub(crate) oauth_tokens: BTreeMap<String, OAuthRecord>,
    pub(crate) sessions: BTreeMap<String, Session>,
    pub(crate) memberships: Memberships,
    pub(crate) family_revocations: Vec<FamilyRevocation>,
    /// The number of the current window and of its requests, for each throttled subject.
    pub(crate) windows: BTreeMap<String, (i64, u64)>,
    pub(crate) responses: u64,
    next_user: i64,
    next_token: i64,
    next_namespace: i64,
    next_secret: u64,
}

impl World {
    pub(crate) fn new(settings: Settings) -> Self {
        Self {
            settings,
            url: String::new(),
            users: BTreeMap::new(),
            tokens: BTreeMap::new(),
            secrets: BTreeMap::new(),
            oauth_tokens: BTreeMap::new(),
            sessions: BTreeMap::new(),
            memberships: Memberships::default(),
            family_revocations: Vec::new(),
            windows: BTreeMap::new(),
            responses: 0,
            // Ids of different kinds differ, so that a test that mixes them up fails.
            next_user: 11,
            next_token: 1_001,
            next_namespace: 501,
            next_secret: 0,
        }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.settings.now.unwrap_or_else(Timestamp::now)
    }

    pub(crate) fn today(&self) -> Date {
        Offset::UTC.to_datetime(self.now()).date()
    }

    /// Returns the date in this many days.
    pub(crate) fn in_days(&self, days: i32) -> Date {
        self.today().checked_add(days.days()).unwrap_or(Date::MAX)
    }

    pub(crate) fn add_user(
        &mut self,
        username: &str,
        admin: bool,
        human: bool,
        provisioned_by: Option<i64>,
    ) -> User {
        let user = User {
            id: self.next_user,
            username: username.to_owned(),
        };
        self.next_user += 1;
        let record = UserRecord {
            user: user.clone(),
            admin,
            human,
            forbidden: None,
            provisioned_by,
            created_at: self.now(),
        };
        self.users.insert(user.id, record);
        user
    }

    pub(crate) fn next_namespace(&mut self) -> i64 {
        let id = self.next_namespace;
        self.next_namespace += 1;
        id
    }

    pub(crate) fn add_token(&mut self, spec: TokenSpec) -> NewToken {
        let now = self.now();
        let id = spec.id.unwrap_or(self.next_token);
        self.next_token = self.next_token.max(id.saturating_add(1));
        let secret = spec
            .secret
            .unwrap_or_else(|| SecretText(self.new_secret("")));
        let record = TokenRecord {
            id,
            user_id: spec.user_id,
            name: spec.name,
            secret: secret.clone(),
            description: spec.description,
            scopes: spec.scopes,
            granular_scopes: spec.granular_scopes,
            created_at: spec.created_at.unwrap_or(now),
            updated_at: spec.created_at.unwrap_or(now),
            expires_at: spec.expires_at,
            last_used_at: spec.last_used_at,
            last_used_ips: spec.last_used_ips,
            ips_noted_at: None,
            revoked: spec.revoked,
            impersonation: spec.impersonation,
            parent: spec.parent,
            overrides: spec.overrides,
        };
        if let Some(replaced) = self.tokens.insert(id, record) {
            self.secrets.remove(&replaced.secret.0);
        }
        self.secrets.insert(secret.0.clone(), id);
        NewToken { id, secret }
    }

    /// Returns a new secret that looks like a real one. Every run gives the same secrets, so that failing tests can
    /// be repeated.
    pub(crate) fn new_secret(&mut self, kind: &str) -> String {
        const ALPHABET: &[u8; 64] =
            b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        self.next_secret += 1;
        let mut secret = if kind.is_empty() {
            self.settings.token_prefix.clone()
        } else {
            kind.to_owned()
        };
        let mut state = self.next_secret;
        for _ in 0..20 {
            // SplitMix64.
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut mixed = state;
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            let index = ((mixed ^ (mixed >> 31)) & 63) as usize;
            secret.push(ALPHABET.get(index).map_or('A', |byte| char::from(*byte)));
        }
        secret
    }

    pub(crate) fn revoke(&mut self, id: i64) {
        let now = self.now();
        if let Some(token) = self.tokens.get_mut(&id)
            && !token.revoked
        {
            token.revoked = true;
            token.updated_at = now;
        }
    }

    /// Revokes the active descendants of a token and records the incident.
    pub(crate) fn revoke_family(&mut self, presented: i64) {
        let today = self.today();
        let mut revoked = Vec::new();
        let mut parents = vec![presented];
        let mut visited = vec![presented];
        while let Some(parent) = parents.pop() {
            let children = self
                .tokens
                .values()
                .filter(|token| token.parent == Some(parent));
            for child in children
                .map(|token| (token.id, token.is_active(today)))
                .collect::<Vec<_>>()
            {
                if visited.contains(&child.0) {
                    continue;
                }
                visited.push(child.0);
                parents.push(child.0);
                if child.1 {
                    self.revoke(child.0);
                    revoked.push(child.0);
                }
            }
        }
        revoked.sort_unstable();
        self.family_revocations
            .push(FamilyRevocation { presented, revoked });
    }

    /// Records the use of a token. The time is updated at most every ten minutes (every day before 16.1), the
    /// addresses at most every minute.
    pub(crate) fn note_use(&mut self, id: i64) {
        if !self.settings.usage_tracking {
            return;
        }
        let now = self.now();
        let minutes = if self.settings.version.refreshes_usage_every_ten_minutes() {
            10
        } else {
            24 * 60
        };
        let address = self.settings.client_ip.clone();
        let Some(token) = self.tokens.get_mut(&id) else {
            return;
        };
        if token
            .last_used_at
            .is_none_or(|at| now.duration_since(at) >= SignedDuration::from_mins(minutes))
        {
            token.last_used_at = Some(now);
        }
        let due = token
            .ips_noted_at
            .is_none_or(|at| now.duration_since(at) >= SignedDuration::from_mins(1));
        if due && !token.last_used_ips.contains(&address) {
            token.last_used_ips.push(address);
            let surplus = token.last_used_ips.len().saturating_sub(5);
            token.last_used_ips.drain(..surplus);
            token.ips_noted_at = Some(now);
        }
    }
}
