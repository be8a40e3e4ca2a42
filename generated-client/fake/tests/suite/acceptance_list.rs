//! The acceptance cases of the list (facts, sections 8.1 and 8.2). The name of each test has the number of its case.

use gitlab_pat_fake::{FakeGitLab, NewToken, TokenSpec, User};
use jiff::Timestamp;
use jiff::civil::date;
use jiff::tz::Offset;

use crate::client::{Reply, TOKENS, get};

const NOT_FOUND: &str = r#"{"message":"404 Not Found"}"#;
const UNAUTHORIZED: &str = r#"{"message":"401 Unauthorized"}"#;

fn moment(text: &str) -> Timestamp {
    text.parse().expect("a moment")
}

/// An instance with a caller, whose token `me` was created at the current time.
struct Case {
    gitlab: FakeGitLab,
    caller: User,
    me: NewToken,
}

impl Case {
    fn admin() -> Self {
        let gitlab = FakeGitLab::start().expect("a server");
        let caller = gitlab.add_admin("root");
        Self::with(gitlab, caller)
    }

    fn user() -> Self {
        let gitlab = FakeGitLab::start().expect("a server");
        let caller = gitlab.add_user("alice");
        Self::with(gitlab, caller)
    }

    fn with(gitlab: FakeGitLab, caller: User) -> Self {
        // The greatest id makes the token the last one. It expires after every date of the cases.
        let me = gitlab.add_token(
            TokenSpec::new(&caller, "me")
                .id(9_000)
                .expires_at(date(2027, 11, 30)),
        );
        Self { gitlab, caller, me }
    }

    fn add(&self, id: i64, change: impl FnOnce(TokenSpec) -> TokenSpec) -> i64 {
        self.gitlab
            .add_token(change(TokenSpec::new(&self.caller, "other").id(id)))
            .id()
    }

    fn list(&self, query: &str) -> Reply {
        get(&self.gitlab, &self.me, &format!("{TOKENS}{query}"))
    }

    #[track_caller]
    fn expect(&self, query: &str, ids: &[i64]) {
        assert_eq!(self.list(query).ids(), ids, "{query}");
    }

    /// T1: created and last used at 2022-01-01T12:30:25Z.
    fn with_t1(self) -> Self {
        let at = moment("2022-01-01T12:30:25Z");
        self.add(1, |spec| spec.created_at(at).last_used_at(at));
        self
    }
}

#[test]
fn case_2_an_administrator_sees_a_users_impersonation_tokens() {
    let case = Case::admin();
    let user = case.gitlab.add_user("u");
    case.gitlab.add_token(TokenSpec::new(&user, "plain").id(1));
    case.gitlab.add_token(
        TokenSpec::new(&user, "impersonation")
            .id(2)
            .impersonation(true),
    );
    let reply = case.list(&format!("?user_id={}", user.id()));
    assert_eq!(reply.ids(), [1, 2]);
    for item in reply.json().as_array().expect("an array") {
        assert_eq!(item["user_id"], user.id());
    }
}

#[test]
fn case_4_a_blank_user_is_not_found() {
    Case::admin().list("?user_id=").assert(404, NOT_FOUND);
}

#[test]
fn an_unknown_user_is_not_found() {
    Case::admin().list("?user_id=12345").assert(404, NOT_FOUND);
}

#[test]
fn case_6_the_tokens_that_are_not_revoked_include_the_callers() {
    let case = Case::admin();
    case.add(1, |spec| spec);
    case.add(2, |spec| spec.impersonation(true));
    case.add(3, |spec| spec.revoked(true));
    case.expect("?revoked=false", &[1, 2, 9_000]);
    case.expect("?revoked=true", &[3]);
}

#[test]
fn cases_8_and_10_inactive_is_revoked_or_expired() {
    let case = Case::admin();
    case.add(1, |spec| spec.revoked(true));
    case.add(2, |spec| spec.expires_at(date(2022, 1, 1)));
    case.add(3, |spec| spec);
    case.expect("?state=inactive", &[1, 2]);
    case.expect("?state=active", &[3, 9_000]);
    case.list("?state=asdf")
        .assert(400, r#"{"error":"state does not have a valid value"}"#);
}

#[test]
fn a_token_that_expires_today_is_neither_active_nor_inactive() {
    let case = Case::admin();
    let today = Offset::UTC.to_datetime(case.gitlab.now()).date();
    let yesterday = today.yesterday().expect("a date");
    let tomorrow = today.tomorrow().expect("a date");
    case.add(1, |spec| spec.expires_at(yesterday));
    case.add(2, |spec| spec.expires_at(today));
    case.add(3, |spec| spec.expires_at(tomorrow));
    case.add(4, |spec| spec.expires_at(today).revoked(true));
    case.expect("?state=inactive", &[1, 4]);
    case.expect("?state=active", &[3, 9_000]);
    let shown = case.list("").json();
    assert_eq!(
        (&shown[1]["id"], &shown[1]["active"]),
        (&2.into(), &false.into())
    );
}

#[test]
fn cases_12_and_14_created_before_is_inclusive() {
    let case = Case::admin().with_t1();
    case.expect("?created_before=2022-01-01", &[]);
    case.expect("?created_before=2022-01-01T12:30:25", &[1]);
    case.expect("?created_before=2022-01-01T12:30:24", &[]);
}

#[test]
fn cases_18_and_20_created_after_is_inclusive() {
    let case = Case::admin().with_t1();
    case.expect("?created_after=2022-01-01", &[1, 9_000]);
    case.expect("?created_after=2022-01-01T12:30:25", &[1, 9_000]);
    case.expect("?created_after=2022-01-01T12:30:26", &[9_000]);
    // Malformed, but accepted by the real server.
    case.expect("?created_after=2022-01-01T:12:30:26", &[9_000]);
}

#[test]
fn cases_24_and_26_last_used_before_is_inclusive() {
    let case = Case::admin().with_t1();
    case.add(2, |spec| spec);
    case.expect("?last_used_before=2022-01-01", &[]);
    case.expect("?last_used_before=2022-01-01T12:30:25", &[1]);
    // Token 2 was never used and never matches.
    case.expect("?last_used_before=2030-01-01", &[1, 9_000]);
}

#[test]
fn cases_30_and_32_last_used_after_is_inclusive() {
    let case = Case::admin().with_t1();
    case.add(2, |spec| spec);
    case.expect("?last_used_after=2022-01-01", &[1, 9_000]);
    case.expect("?last_used_after=2022-01-01T12:30:25", &[1, 9_000]);
    case.expect("?last_used_after=2022-01-01T12:30:26", &[9_000]);
}

#[test]
fn cases_16_22_28_34_and_38_a_value_that_is_not_a_date_is_invalid() {
    let case = Case::admin();
    for name in [
        "created_before",
        "created_after",
        "last_used_before",
        "last_used_after",
        "expires_before",
        "expires_after",
    ] {
        case.list(&format!("?{name}=asdf"))
            .assert(400, &format!(r#"{{"error":"{name} is invalid"}}"#));
    }
}

#[test]
fn cases_36_40_and_42_expires_before_is_exclusive_and_expires_after_inclusive() {
    let case = Case::admin();
    case.add(1, |spec| spec.expires_at(date(2022, 1, 1)));
    case.add(2, |spec| spec);
    case.expect("?expires_before=2022-01-01", &[]);
    case.expect("?expires_before=2022-01-02", &[1]);
    case.expect("?expires_after=2022-01-01", &[1, 9_000]);
    case.expect("?expires_after=2026-12-02", &[9_000]);
    // The time part is ignored.
    case.expect("?expires_after=2022-01-01T12:30:25", &[1, 9_000]);
    case.expect("?expires_before=2022-01-01T12:30:25", &[]);
}

#[test]
fn cases_44_and_46_search_compares_names() {
    let case = Case::admin();
    case.add(1, |spec| spec);
    case.gitlab
        .add_token(TokenSpec::new(&case.caller, "test_1").id(2));
    case.gitlab.add_token(
        TokenSpec::new(&case.caller, "test_2")
            .id(3)
            .description("test_1"),
    );
    case.expect("?search=test", &[2, 3]);
    case.expect("?search=TEST", &[2, 3]);
    case.expect("?search=test_1", &[2]);
    case.expect("?search=", &[1, 2, 3, 9_000]);
    // A query of fewer than three characters matches only the whole name.
    case.expect("?search=te", &[]);
    case.expect("?search=me", &[9_000]);
}

#[test]
fn cases_48_and_50_both_ends_of_a_range_are_included() {
    let case = Case::admin();
    let at = moment("2022-01-02T00:00:00Z");
    case.add(1, |spec| spec.created_at(at).last_used_at(at));
    for what in ["created", "last_used"] {
        case.expect(
            &format!("?{what}_before=2022-01-03&{what}_after=2022-01-01"),
            &[1],
        );
        case.expect(
            &format!("?{what}_before=2022-01-02&{what}_after=2022-01-02"),
            &[1],
        );
        // Newer servers accept an empty range.
        case.expect(
            &format!("?{what}_before=2022-01-01&{what}_after=2022-01-03"),
            &[],
        );
    }
}

/// A user with a token from 2022-01-02 beside `me`, and another user with a token of the same time and name.
fn two_owners() -> Case {
    let case = Case::user();
    let at = moment("2022-01-02T00:00:00Z");
    let other = case.gitlab.add_user("bob");
    case.gitlab
        .add_token(TokenSpec::new(&case.caller, "test_1").id(1).created_at(at));
    case.gitlab
        .add_token(TokenSpec::new(&other, "test_1").id(2).created_at(at));
    case
}

#[test]
fn case_52_a_user_sees_the_own_tokens_without_impersonation() {
    let case = two_owners();
    case.add(3, |spec| spec.impersonation(true));
    case.expect("", &[1, 9_000]);
    case.expect(&format!("?user_id={}", case.caller.id()), &[1, 9_000]);
}

#[test]
fn case_54_a_user_may_not_filter_by_another_user() {
    let case = two_owners();
    let other = case.gitlab.add_user("carol");
    for user in [
        other.id().to_string(),
        "12345".to_owned(),
        "alice".to_owned(),
        String::new(),
    ] {
        case.list(&format!("?user_id={user}"))
            .assert(401, UNAUTHORIZED);
    }
}

#[test]
fn case_56_a_user_sees_the_own_tokens_that_are_not_revoked() {
    let case = two_owners();
    case.add(3, |spec| spec.revoked(true));
    case.expect("?revoked=false", &[1, 9_000]);
}

#[test]
fn cases_58_and_60_filters_stay_within_the_own_tokens() {
    let case = two_owners();
    case.expect("?created_before=2022-01-03", &[1]);
    case.expect("?created_after=2022-01-01", &[1, 9_000]);
    case.expect("?search=test", &[1]);
    case.expect("?search=test_1", &[1]);
    case.expect("?search=", &[1, 9_000]);
}

#[test]
fn several_problems_are_one_message_in_the_order_of_the_parameters() {
    let case = Case::admin();
    case.list("?per_page=0&page=0&state=x&revoked=maybe&user_id=abc&created_after=-").assert(
        400,
        "{\"error\":\"user_id is invalid, revoked is invalid, state does not have a valid value, created_after is \
         invalid, page does not have a valid value, per_page has a value not allowed\"}",
    );
}

#[test]
fn moments_are_read_with_zones_and_fractions() {
    let case = Case::admin().with_t1();
    for query in [
        "?created_before=2022-01-01T12:30:25Z",
        "?created_before=2022-01-01T14:30:25%2B02:00",
        "?created_before=2022-01-01T07:30:25-0500",
        "?created_before=2022-01-01T12:30:25.000Z",
        "?created_before=2022-01-01%2012:30:25",
        "?created_before=2022-01-01T12:31",
        // The plus that was not encoded is a space, and the offset is lost.
        "?created_before=2022-01-01T12:30:25+02:00",
    ] {
        case.expect(query, &[1]);
    }
    for query in [
        "?created_before=2022-01-01T14:30:24%2B02:00",
        "?created_before=2022-01-01T12:30:24.999Z",
    ] {
        case.expect(query, &[]);
    }
    for wrong in [
        "2022-13-01",
        "2022-01-01T25:00:00",
        "20",
        "2022-01-01Tnoon",
        "2022-01-01T12:30:25EST5",
    ] {
        case.list(&format!("?created_before={wrong}"))
            .assert(400, r#"{"error":"created_before is invalid"}"#);
    }
}

#[test]
fn case_124_documented_and_generic_orders_and_unknown_ones() {
    let case = Case::user();
    let day = |text: &str| moment(&format!("{text}T00:00:00Z"));
    case.add(1, |spec| {
        spec.created_at(day("2022-01-03"))
            .expires_at(date(2027, 1, 5))
            .last_used_at(day("2022-02-01"))
    });
    case.add(2, |spec| {
        spec.created_at(day("2022-01-01"))
            .last_used_at(day("2022-02-03"))
    });
    case.add(3, |spec| {
        spec.created_at(day("2022-01-02"))
            .expires_at(date(2027, 1, 4))
    });
    case.add(4, |spec| {
        spec.created_at(day("2022-01-02"))
            .expires_at(date(2027, 1, 4))
    });
    for (sort, ids) in [
        ("", [1, 2, 3, 4, 9_000]),
        ("bogus", [1, 2, 3, 4, 9_000]),
        ("created_at_desc", [1, 2, 3, 4, 9_000]),
        ("id_asc", [1, 2, 3, 4, 9_000]),
        ("id_desc", [9_000, 4, 3, 2, 1]),
        ("created_asc", [2, 3, 4, 1, 9_000]),
        ("created_desc", [9_000, 1, 4, 3, 2]),
        ("created_date", [9_000, 1, 4, 3, 2]),
        ("updated_asc", [2, 3, 4, 1, 9_000]),
        ("expires_asc", [3, 4, 1, 9_000, 2]),
        ("expires_desc", [2, 9_000, 1, 4, 3]),
        ("expires_at_asc_id_desc", [4, 3, 1, 9_000, 2]),
        ("last_used_asc", [1, 2, 9_000, 3, 4]),
        ("last_used_desc", [4, 3, 9_000, 2, 1]),
        ("name_asc", [9_000, 1, 2, 3, 4]),
        ("name_desc", [4, 3, 2, 1, 9_000]),
    ] {
        case.expect(&format!("?sort={sort}"), &ids);
    }
}

#[test]
fn filters_are_combined_with_and() {
    let case = Case::user();
    case.add(1, |spec| spec.revoked(true));
    case.gitlab
        .add_token(TokenSpec::new(&case.caller, "nightly").id(2).revoked(true));
    case.expect("?revoked=true&search=nightly&state=inactive", &[2]);
    case.expect("?revoked=false&search=nightly", &[]);
}
