//! The acceptance cases (facts, section 8), keyed by their numbers, each run through the client against the stand-in.

mod extra;
mod list;
mod list_as_admin;
mod list_as_user;
mod own_token;
mod owned;
mod rotate_self;

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;

use gitlab_pat::types::PersonalAccessToken;
use gitlab_pat::{Client, Error};
use gitlab_pat_fake::{FakeGitLab, NewToken, TokenSpec, User};
use jiff::civil::Date;

use crate::support::{block_on, client};

/// Every number in the section. Its tables have even numbers, and 71 between two of them.
const NUMBERS: &[u32] = &[
    2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34, 36, 38, 40, 42, 44, 46, 48,
    50, // list, administrator
    52, 54, 56, 58, 60, // list, user
    62, 64, 66, 68, 70, // get
    71, 72, 74, 76, // rotate
    78, 80, 82, // revoke
    84, 86, 88, 90, 92, 94, 96, 98, 100, // self
    102, 104, 106, 108, 110, 112, 114, 116, 118, // rotate self
    120, 122, 124, 126, 128, // from the source code
];

/// A case: its number and what it does.
struct Case {
    number: u32,
    run: fn() -> Pin<Box<dyn Future<Output = ()>>>,
}

/// A table of cases: `cases! { 2 => function, … }`. The functions are async and have no arguments.
macro_rules! cases {
    ($($number:literal => $run:expr,)*) => {
        &[$($crate::acceptance::Case { number: $number, run: || Box::pin($run()) }),*]
    };
}
use cases;

const TABLES: &[&[Case]] = &[
    list_as_admin::CASES,
    list_as_user::CASES,
    owned::CASES,
    own_token::CASES,
    rotate_self::CASES,
    extra::CASES,
];

#[test]
fn every_case_exists_once() {
    let present: Vec<u32> = TABLES
        .iter()
        .copied()
        .flatten()
        .map(|case| case.number)
        .collect();
    assert_eq!(present, NUMBERS);
}

/// Runs a table, and names all cases that fail.
#[track_caller]
fn run(cases: &[Case]) {
    let failed: Vec<u32> = cases
        .iter()
        .filter(|case| catch_unwind(AssertUnwindSafe(|| block_on((case.run)()))).is_err())
        .map(|case| case.number)
        .collect();
    assert!(failed.is_empty(), "cases {failed:?} failed, see above");
}

#[test]
fn list_as_administrator() {
    run(list_as_admin::CASES);
}

#[test]
fn list_as_user() {
    run(list_as_user::CASES);
}

#[test]
fn get_rotate_and_revoke_by_id() {
    run(owned::CASES);
}

#[test]
fn the_calling_token() {
    run(own_token::CASES);
}

#[test]
fn rotation_of_the_calling_token() {
    run(rotate_self::CASES);
}

#[test]
fn from_the_source_code() {
    run(extra::CASES);
}

/// An instance with an administrator and two users.
struct World {
    gitlab: FakeGitLab,
    admin: User,
    ann: User,
    bob: User,
}

impl World {
    fn new() -> Self {
        let gitlab = FakeGitLab::start().expect("a server");
        Self {
            admin: gitlab.add_admin("root"),
            ann: gitlab.add_user("ann"),
            bob: gitlab.add_user("bob"),
            gitlab,
        }
    }

    /// A token with the scope `api`, which expires in 30 days.
    fn token(&self, owner: &User, name: &str) -> NewToken {
        self.add(self.spec(owner, name))
    }

    fn spec(&self, owner: &User, name: &str) -> TokenSpec {
        TokenSpec::new(owner, name).expires_at(self.in_days(30))
    }

    fn add(&self, spec: TokenSpec) -> NewToken {
        self.gitlab.add_token(spec)
    }

    fn client(&self, token: &NewToken) -> Client {
        client(&self.gitlab.url(), token.secret())
    }

    fn in_days(&self, days: i64) -> Date {
        let today = jiff::tz::Offset::UTC.to_datetime(self.gitlab.now()).date();
        today.saturating_add(jiff::Span::new().days(days))
    }

    fn is_revoked(&self, id: i64) -> bool {
        self.gitlab.token(id).expect("a token").revoked
    }
}

/// Returns the error's status and message.
fn status_and_message(error: &Error) -> (u16, &str) {
    (
        error.status().expect("a status").as_u16(),
        error.message().unwrap_or_default(),
    )
}

fn ids(tokens: &[PersonalAccessToken]) -> Vec<i64> {
    tokens.iter().map(|token| token.id).collect()
}
