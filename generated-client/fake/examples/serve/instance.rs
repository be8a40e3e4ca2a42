//! The instance that the example serves, with its users and tokens, and the text that it prints.

use std::fmt;
use std::io;

use gitlab_pat_fake::{FakeGitLab, NewToken, TokenSpec};
use jiff::tz::Offset;
use jiff::{SignedDuration, ToSpan as _};

/// A running instance with an administrator, a user, and tokens to list, rotate and revoke.
#[derive(Debug)]
pub(crate) struct Instance {
    gitlab: FakeGitLab,
    admin: NewToken,
    user: NewToken,
}

impl Instance {
    /// Starts an instance whose clock is the system's.
    pub(crate) fn start() -> io::Result<Self> {
        let gitlab = FakeGitLab::builder()
            .system_clock()
            // A server that runs for long must not remember everything.
            .record_limit(0)
            .start()?;
        let today = Offset::UTC.to_datetime(gitlab.now()).date();
        let in_days = |days: i32| today.saturating_add(days.days());

        let root = gitlab.add_admin("root");
        let admin = gitlab.add_token(
            TokenSpec::new(&root, "administration")
                .scopes(["api", "sudo", "admin_mode"])
                .expires_at(in_days(365)),
        );
        let alice = gitlab.add_user("alice");
        let token = |name: &str, scope: &str, age: i64, days: i32| {
            let created_at = gitlab.now() - SignedDuration::from_hours(24 * age);
            let token = TokenSpec::new(&alice, name).scopes([scope]);
            gitlab.add_token(token.created_at(created_at).expires_at(in_days(days)))
        };
        let user = token("calling token", "api", 60, 30);
        token("nightly build", "read_api", 85, 5);
        token("deployment", "read_api", 351, 14);
        token("review", "read_api", 10, 4);
        token("dashboard", "read_api", 165, 200);
        Ok(Self {
            gitlab,
            admin,
            user,
        })
    }
}

/// Formats the URL and the tokens as lines that a shell understands, then the tokens by name and a command to try.
impl fmt::Display for Instance {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (url, user) = (self.gitlab.url(), self.user.secret());
        writeln!(formatter, "GITLAB_URL={url}")?;
        writeln!(formatter, "GITLAB_TOKEN={user}")?;
        writeln!(formatter, "GITLAB_ADMIN_TOKEN={}", self.admin.secret())?;
        writeln!(formatter)?;
        for token in self.gitlab.tokens() {
            let expiry = token
                .expires_at
                .map_or("never expires".to_owned(), |date| format!("expires {date}"));
            writeln!(
                formatter,
                "# token {} of user {}: {:?}, {}, {expiry}",
                token.id,
                token.user_id,
                token.name,
                token.scopes.join(" "),
            )?;
        }
        writeln!(
            formatter,
            "\n# curl --header 'PRIVATE-TOKEN: {user}' {url}/api/v4/personal_access_tokens\n# Ctrl-C stops the server."
        )
    }
}
