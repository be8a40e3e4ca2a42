//! Settings of an instance: its version and its administrator's choices. Plain data with setters.

use std::io;

use jiff::{SignedDuration, Timestamp};

use super::FakeGitLab;
use super::version::Version;

/// The settings of a [`FakeGitLab`].
///
/// [`FakeGitLab::builder`] creates them, [`FakeGitLab::configure`] changes them later. By default, the instance has a
/// current version, every token needs an expiry date, impersonation is allowed, there is no rate limit, and the clock
/// is fixed at [`FakeGitLab::DEFAULT_NOW`].
#[derive(Clone, Debug)]
#[must_use = "settings do nothing before `start`"]
pub struct Settings {
    pub(crate) version: Version,
    pub(crate) require_expiry: bool,
    pub(crate) max_lifetime_days: i32,
    pub(crate) impersonation: bool,
    pub(crate) admin_mode: bool,
    pub(crate) legacy_rotation: bool,
    pub(crate) only_positive_pages: bool,
    pub(crate) totals_limit: usize,
    pub(crate) relative_url_root: String,
    pub(crate) external_url: Option<String>,
    pub(crate) now: Option<Timestamp>,
    pub(crate) token_prefix: String,
    pub(crate) client_ip: String,
    pub(crate) usage_tracking: bool,
    pub(crate) throttle: Option<Throttle>,
    pub(crate) rate_limit_headers: bool,
    pub(crate) ipv6: bool,
    pub(crate) keep_alive: bool,
    pub(crate) record_limit: usize,
}

/// A number of requests of one user, or of one address without a user, in a number of seconds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Throttle {
    pub(crate) limit: u64,
    pub(crate) period: SignedDuration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            version: Version::LATEST,
            require_expiry: true,
            max_lifetime_days: 365,
            impersonation: true,
            admin_mode: false,
            legacy_rotation: true,
            only_positive_pages: true,
            totals_limit: 10_000,
            relative_url_root: String::new(),
            external_url: None,
            now: Some(FakeGitLab::DEFAULT_NOW),
            token_prefix: "glpat-".to_owned(),
            client_ip: "127.0.0.1".to_owned(),
            usage_tracking: true,
            throttle: None,
            rate_limit_headers: false,
            ipv6: false,
            keep_alive: true,
            record_limit: usize::MAX,
        }
    }
}

impl Settings {
    /// Sets the version of GitLab to behave like, from 13.0. Older versions lack operations, parameters and fields.
    pub fn version(mut self, major: u16, minor: u16) -> Self {
        self.version = Version::new(major, minor);
        self
    }

    /// Sets whether a token needs an expiry date (default `true`). If not, a rotated token never expires.
    pub fn require_expiry(mut self, required: bool) -> Self {
        self.require_expiry = required;
        self
    }

    /// Sets the maximum lifetime of a token in days (default 365; some instances have 400). It applies if expiry is
    /// required.
    pub fn max_lifetime_days(mut self, days: u16) -> Self {
        self.max_lifetime_days = i32::from(days);
        self
    }

    /// Sets whether impersonation tokens are accepted (default `true`).
    pub fn impersonation_enabled(mut self, enabled: bool) -> Self {
        self.impersonation = enabled;
        self
    }

    /// Sets whether an administrator's token needs the scope `admin_mode` to act as an administrator (default
    /// `false`).
    pub fn admin_mode(mut self, required: bool) -> Self {
        self.admin_mode = required;
        self
    }

    /// Sets whether classic tokens of humans may be rotated (default `true`). Instances of version 19 may forbid it.
    pub fn legacy_rotation(mut self, allowed: bool) -> Self {
        self.legacy_rotation = allowed;
        self
    }

    /// Sets whether a page below 1 is an error (default `true`) or means page 1.
    pub fn only_positive_pages(mut self, enforced: bool) -> Self {
        self.only_positive_pages = enforced;
        self
    }

    /// Sets the number of rows above which a list has neither totals nor a last page (default 10,000).
    pub fn totals_limit(mut self, rows: usize) -> Self {
        self.totals_limit = rows;
        self
    }

    /// Sets the path of the instance, for example `/gitlab` (default none).
    pub fn relative_url_root(mut self, root: &str) -> Self {
        let root = root.trim_matches('/');
        self.relative_url_root = if root.is_empty() {
            String::new()
        } else {
            format!("/{root}")
        };
        self
    }

    /// Sets the URL from which the instance builds links (default: its real URL).
    pub fn external_url(mut self, url: &str) -> Self {
        self.external_url = Some(url.trim_end_matches('/').to_owned());
        self
    }

    /// Sets the time at which the clock is fixed (default [`FakeGitLab::DEFAULT_NOW`]).
    pub fn now(mut self, now: Timestamp) -> Self {
        self.now = Some(now);
        self
    }

    /// Uses the system's clock.
    pub fn system_clock(mut self) -> Self {
        self.now = None;
        self
    }

    /// Sets the prefix of token secrets (default `glpat-`).
    pub fn token_prefix(mut self, prefix: &str) -> Self {
        self.token_prefix = prefix.to_owned();
        self
    }

    /// Sets the address from which requests seem to come (default `127.0.0.1`). It is added to `last_used_ips`.
    pub fn client_ip(mut self, address: &str) -> Self {
        self.client_ip = address.to_owned();
        self
    }

    /// Sets whether the use of a token updates its `last_used_at` and `last_used_ips` (default `true`).
    pub fn usage_tracking(mut self, tracked: bool) -> Self {
        self.usage_tracking = tracked;
        self
    }

    /// Limits each user to `limit` requests in `period_seconds` of the instance's clock.
    pub fn throttle(mut self, limit: u64, period_seconds: u32) -> Self {
        let period = SignedDuration::from_secs(i64::from(period_seconds.max(1)));
        self.throttle = Some(Throttle { limit, period });
        self
    }

    /// Removes the rate limit.
    pub fn no_throttle(mut self) -> Self {
        self.throttle = None;
        self
    }

    /// Sets whether every response has the `RateLimit-*` headers (default `false`). Without a rate limit, they
    /// describe one of 2,000 requests per minute.
    pub fn rate_limit_headers(mut self, sent: bool) -> Self {
        self.rate_limit_headers = sent;
        self
    }

    /// Sets whether the instance listens on `::1` instead of `127.0.0.1`. Only applies at the start.
    pub fn ipv6(mut self, ipv6: bool) -> Self {
        self.ipv6 = ipv6;
        self
    }

    /// Sets whether connections are kept open between requests (default `true`). Only applies at the start.
    pub fn keep_alive(mut self, keep_alive: bool) -> Self {
        self.keep_alive = keep_alive;
        self
    }

    /// Sets how many requests are kept in the record, the newest (default: all). Only applies at the start.
    pub fn record_limit(mut self, requests: usize) -> Self {
        self.record_limit = requests;
        self
    }

    /// Starts an instance with these settings.
    ///
    /// # Errors
    ///
    /// Returns an error if the operating system has no port, thread or file descriptor left.
    pub fn start(self) -> io::Result<FakeGitLab> {
        FakeGitLab::with_settings(self)
    }
}
