//! Pagination (facts, section 3; acceptance case 126).

use gitlab_pat_fake::{FakeGitLab, NewToken, Settings, TokenSpec};

use crate::client::{Reply, TOKENS, get};

fn instance(settings: Settings, tokens: usize) -> (FakeGitLab, NewToken) {
    let gitlab = settings.start().expect("a server");
    let alice = gitlab.add_user("alice");
    let me = gitlab.add_token(TokenSpec::new(&alice, "me"));
    for number in 1..tokens {
        gitlab.add_token(TokenSpec::new(&alice, format!("token {number}")));
    }
    (gitlab, me)
}

#[track_caller]
fn assert_headers(reply: &Reply, expected: &[(&str, Option<&str>)]) {
    for (name, value) in expected {
        assert_eq!(reply.header(name), *value, "{name}");
    }
}

#[test]
fn the_headers_of_a_page_in_the_middle() {
    let settings = FakeGitLab::builder()
        .relative_url_root("gitlab")
        .external_url("https://gitlab.example.com:8443/x/");
    let (gitlab, me) = instance(settings, 5);
    let reply = get(
        &gitlab,
        &me,
        &format!("/gitlab{TOKENS}?state=active&per_page=2&page=2&search="),
    );
    assert_eq!(reply.ids(), [1003, 1004]);
    let base = "https://gitlab.example.com:8443/x/api/v4/personal_access_tokens";
    let link = |page: u32, relation: &str| {
        format!("<{base}?page={page}&per_page=2&search=&state=active>; rel=\"{relation}\"")
    };
    let links = [
        link(1, "prev"),
        link(3, "next"),
        link(1, "first"),
        link(3, "last"),
    ]
    .join(", ");
    assert_headers(
        &reply,
        &[
            ("X-Page", Some("2")),
            ("X-Per-Page", Some("2")),
            ("X-Next-Page", Some("3")),
            ("X-Prev-Page", Some("1")),
            ("X-Total", Some("5")),
            ("X-Total-Pages", Some("3")),
            ("Link", Some(&links)),
        ],
    );
}

#[test]
fn first_and_last_pages_have_empty_neighbours() {
    let (gitlab, me) = instance(FakeGitLab::builder(), 3);
    let first = get(&gitlab, &me, &format!("{TOKENS}?per_page=2"));
    assert_headers(
        &first,
        &[("X-Prev-Page", Some("")), ("X-Next-Page", Some("2"))],
    );
    let last = get(&gitlab, &me, &format!("{TOKENS}?per_page=2&page=2"));
    assert_eq!(last.ids(), [1003]);
    assert_headers(
        &last,
        &[("X-Prev-Page", Some("1")), ("X-Next-Page", Some(""))],
    );
    assert!(!last.header("Link").expect("links").contains("rel=\"next\""));
}

#[test]
fn a_page_beyond_the_end_is_empty_and_an_empty_list_has_one_page() {
    let (gitlab, me) = instance(FakeGitLab::builder(), 3);
    let beyond = get(&gitlab, &me, &format!("{TOKENS}?page=7"));
    beyond.assert(200, "[]");
    assert_headers(
        &beyond,
        &[
            ("X-Page", Some("7")),
            ("X-Next-Page", Some("")),
            ("X-Prev-Page", Some("6")),
        ],
    );
    let empty = get(&gitlab, &me, &format!("{TOKENS}?search=nothing"));
    empty.assert(200, "[]");
    assert_headers(
        &empty,
        &[
            ("X-Total", Some("0")),
            ("X-Total-Pages", Some("1")),
            ("X-Next-Page", Some("")),
        ],
    );
}

#[test]
fn sizes_default_to_twenty_and_are_at_most_a_hundred() {
    let (gitlab, me) = instance(FakeGitLab::builder(), 101);
    assert_eq!(get(&gitlab, &me, TOKENS).ids().len(), 20);
    let clamped = get(&gitlab, &me, &format!("{TOKENS}?per_page=1000"));
    assert_eq!(clamped.ids().len(), 100);
    assert_headers(
        &clamped,
        &[("X-Per-Page", Some("100")), ("X-Total-Pages", Some("2"))],
    );
}

#[test]
fn invalid_pages_and_sizes() {
    let (gitlab, me) = instance(FakeGitLab::builder(), 1);
    let list = |query: &str| get(&gitlab, &me, &format!("{TOKENS}?{query}"));
    list("page=0").assert(400, r#"{"error":"page does not have a valid value"}"#);
    list("page=x").assert(400, r#"{"error":"page is invalid"}"#);
    list("per_page=0").assert(400, r#"{"error":"per_page has a value not allowed"}"#);
    gitlab.configure(|settings| settings.only_positive_pages(false));
    assert_eq!(list("page=0").header("X-Page"), Some("1"));
}

#[test]
fn case_126_a_long_list_has_no_totals() {
    let (gitlab, me) = instance(FakeGitLab::builder().totals_limit(4), 4);
    assert_headers(&get(&gitlab, &me, TOKENS), &[("X-Total", Some("4"))]);
    gitlab.add_token(TokenSpec::new(&gitlab.add_user("bob"), "not alice's"));
    assert_headers(&get(&gitlab, &me, TOKENS), &[("X-Total", Some("4"))]);

    let (gitlab, me) = instance(FakeGitLab::builder().totals_limit(4), 5);
    let reply = get(&gitlab, &me, &format!("{TOKENS}?per_page=2"));
    assert_headers(
        &reply,
        &[
            ("X-Total", None),
            ("X-Total-Pages", None),
            ("X-Next-Page", Some("2")),
        ],
    );
    let links = reply.header("Link").expect("links");
    assert!(links.contains("rel=\"next\"") && links.contains("rel=\"first\""));
    assert!(!links.contains("rel=\"last\""));
}

#[test]
fn the_limit_of_totals_is_ten_thousand() {
    let gitlab = FakeGitLab::start().expect("a server");
    let root = gitlab.add_admin("root");
    let me = gitlab.add_token(TokenSpec::new(&root, "me"));
    for _ in 1..10_000 {
        gitlab.add_token(TokenSpec::new(&root, "one of many"));
    }
    assert_headers(
        &get(&gitlab, &me, TOKENS),
        &[("X-Total", Some("10000")), ("X-Total-Pages", Some("500"))],
    );
    gitlab.add_token(TokenSpec::new(&root, "one too many"));
    assert_headers(
        &get(&gitlab, &me, TOKENS),
        &[("X-Total", None), ("X-Next-Page", Some("2"))],
    );
}

#[test]
fn links_contain_a_token_from_the_query() {
    let (gitlab, me) = instance(FakeGitLab::builder(), 1);
    let reply =
        crate::client::ask("GET", &format!("{TOKENS}?private_token={}", me.secret())).send(&gitlab);
    assert!(reply.header("Link").expect("links").contains(me.secret()));
}

#[test]
fn keyset_parameters_are_ignored() {
    let (gitlab, me) = instance(FakeGitLab::builder(), 3);
    let reply = get(
        &gitlab,
        &me,
        &format!("{TOKENS}?pagination=keyset&order_by=id&per_page=2"),
    );
    assert_eq!(reply.ids(), [1001, 1002]);
    assert_headers(&reply, &[("X-Next-Page", Some("2"))]);
}
