//! Creation (facts, sections 1.3 to 1.5).

use gitlab_pat_fake::{FakeGitLab, NewToken, Settings, TokenSpec, User};
use serde_json::{Value, json};

use crate::client::{Reply, ask};

const OWN: &str = "/api/v4/user/personal_access_tokens";

struct Case {
    gitlab: FakeGitLab,
    alice: User,
    alices: NewToken,
    admins: NewToken,
}

fn case(settings: Settings) -> Case {
    let gitlab = settings.start().expect("a server");
    let alice = gitlab.add_user("alice");
    let alices = gitlab.add_token(TokenSpec::new(&alice, "alices"));
    let admins = gitlab.add_token(TokenSpec::new(&gitlab.add_admin("root"), "admins"));
    Case {
        gitlab,
        alice,
        alices,
        admins,
    }
}

impl Case {
    fn for_alice(&self, body: &Value) -> Reply {
        self.for_user(&self.alice.id().to_string(), body)
    }

    fn for_user(&self, user: &str, body: &Value) -> Reply {
        let path = format!("/api/v4/users/{user}/personal_access_tokens");
        ask("POST", &path)
            .token(&self.admins)
            .json(body)
            .send(&self.gitlab)
    }

    fn own(&self, body: &Value) -> Reply {
        ask("POST", OWN)
            .token(&self.alices)
            .json(body)
            .send(&self.gitlab)
    }
}

#[test]
fn an_administrator_creates_for_a_user() {
    let case = case(FakeGitLab::builder());
    let body = json!({"name": "new", "scopes": ["api", "sudo"], "description": "d", "expires_at": "2027-01-02"});
    let reply = case.for_alice(&body);
    let made = reply.json();
    let secret = made["token"].as_str().expect("a secret");
    reply.assert(
        201,
        &format!(
            "{{\"id\":1003,\"name\":\"new\",\"revoked\":false,\"created_at\":\"2026-12-01T09:00:00.000Z\",\
             \"description\":\"d\",\"scopes\":[\"api\",\"sudo\"],\"user_id\":11,\"last_used_at\":null,\
             \"last_used_ips\":[],\"active\":true,\"granular\":false,\"expires_at\":\"2027-01-02\",\
             \"token\":\"{secret}\"}}"
        ),
    );
    let own = ask("GET", "/api/v4/personal_access_tokens/self")
        .header("PRIVATE-TOKEN", secret)
        .send(&case.gitlab);
    assert_eq!(own.json()["id"], 1003);
}

#[test]
fn a_user_creates_with_few_scopes() {
    let case = case(FakeGitLab::builder());
    let reply = case.own(&json!({"name": "agent", "scopes": ["k8s_proxy", "self_rotate"]}));
    assert_eq!(
        (reply.status, &reply.json()["user_id"]),
        (201, &json!(case.alice.id()))
    );
    let rejected = r#"{"error":"scopes does not have a valid value"}"#;
    case.own(&json!({"name": "agent", "scopes": ["api"]}))
        .assert(400, rejected);
    case.gitlab.configure(|settings| settings.version(17, 8));
    case.own(&json!({"name": "agent", "scopes": ["self_rotate"]}))
        .assert(400, rejected);
}

#[test]
fn only_an_administrator_creates_for_others_even_for_oneself() {
    let case = case(FakeGitLab::builder());
    let path = format!("/api/v4/users/{}/personal_access_tokens", case.alice.id());
    let body = json!({"name": "new", "scopes": ["api"]});
    let reply = ask("POST", &path)
        .token(&case.alices)
        .json(&body)
        .send(&case.gitlab);
    reply.assert(403, r#"{"message":"403 Forbidden"}"#);
    case.for_user("424242", &body)
        .assert(404, r#"{"message":"404 User Not Found"}"#);
}

#[test]
fn parameters_that_are_missing_or_wrong() {
    let case = case(FakeGitLab::builder());
    case.for_alice(&json!({}))
        .assert(400, r#"{"error":"name is missing, scopes is missing"}"#);
    case.own(&json!({"name": "x"}))
        .assert(400, r#"{"error":"scopes is missing"}"#);
    case.for_alice(&json!({"name": "x", "scopes": ["nonsense"], "expires_at": "soon"}))
        .assert(
            400,
            r#"{"error":"scopes does not have a valid value, expires_at is invalid"}"#,
        );
    case.for_user("abc", &json!({"name": "x", "scopes": ["api"]}))
        .assert(400, r#"{"error":"user_id is invalid"}"#);
    assert_eq!(case.gitlab.tokens().len(), 2);
}

#[test]
fn requests_that_the_model_rejects() {
    let case = case(FakeGitLab::builder());
    let scopes = json!(["api"]);
    case.for_alice(&json!({"name": "x", "scopes": scopes, "expires_at": "2027-12-02"}))
        .assert(
            422,
            r#"{"message":"Expiration date must be before 2027-12-01"}"#,
        );
    let long = "x".repeat(256);
    case.for_alice(&json!({"name": "x", "scopes": scopes, "expires_at": "2027-12-02", "description": long})).assert(
        422,
        "{\"message\":\"Description is too long (maximum is 255 characters) and Expiration date must be before \
         2027-12-01\"}",
    );
    let fits = "x".repeat(255);
    assert_eq!(
        case.for_alice(&json!({"name": "x", "scopes": scopes, "description": fits}))
            .status,
        201
    );
}

#[test]
fn a_blank_name_and_no_scopes_are_rejected_by_the_model() {
    let case = case(FakeGitLab::builder());
    let name = r#"{"message":"Name can't be blank"}"#;
    let scopes = r#"{"message":"Scopes can't be blank"}"#;
    for blank in [json!(""), json!(" \t"), json!(null)] {
        case.own(&json!({"name": blank, "scopes": ["k8s_proxy"]}))
            .assert(422, name);
        case.for_alice(&json!({"name": blank, "scopes": ["api"]}))
            .assert(422, name);
    }
    for none in [json!([]), json!(""), json!(" , ")] {
        case.own(&json!({"name": "x", "scopes": none}))
            .assert(422, scopes);
        case.for_alice(&json!({"name": "x", "scopes": none}))
            .assert(422, scopes);
    }
    case.own(&json!({"name": "", "scopes": []})).assert(
        422,
        r#"{"message":"Name can't be blank and Scopes can't be blank"}"#,
    );
    case.own(&json!({"name": "", "scopes": [], "expires_at": "2027-12-02"})).assert(
        422,
        r#"{"message":"Name can't be blank, Scopes can't be blank, and Expiration date must be before 2027-12-01"}"#,
    );
    assert_eq!(case.gitlab.tokens().len(), 2);
}

#[test]
fn the_default_expiry_date() {
    let body = json!({"name": "x", "scopes": ["k8s_proxy"]});
    let with = case(FakeGitLab::builder());
    assert_eq!(with.for_alice(&body).json()["expires_at"], "2027-12-01");
    assert_eq!(with.own(&body).json()["expires_at"], "2027-12-01");
    let without = case(FakeGitLab::builder().require_expiry(false));
    assert_eq!(without.for_alice(&body).json()["expires_at"], json!(null));
    let old = case(FakeGitLab::builder().version(16, 11));
    assert_eq!(old.own(&body).json()["expires_at"], "2026-12-02");
}

#[test]
fn scopes_can_be_a_list_a_form_or_a_text_with_commas() {
    let case = case(FakeGitLab::builder());
    let scopes = json!(["k8s_proxy", "self_rotate"]);
    for (content_type, body) in [
        (
            "application/json",
            r#"{"name":"x","scopes":"k8s_proxy,self_rotate"}"#,
        ),
        (
            "application/x-www-form-urlencoded",
            "name=x&scopes[]=k8s_proxy&scopes[]=self_rotate",
        ),
        (
            "application/x-www-form-urlencoded; charset=utf-8",
            "name=x&scopes=k8s_proxy,%20self_rotate",
        ),
        (
            "multipart/form-data; boundary=------------------------d74496d66958873e",
            "--------------------------d74496d66958873e\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nx\r\n\
             --------------------------d74496d66958873e\r\nContent-Disposition: form-data; name=\"scopes[]\"\r\n\r\n\
             k8s_proxy\r\n\
             --------------------------d74496d66958873e\r\nContent-Disposition: form-data; name=\"scopes[]\"\r\n\r\n\
             self_rotate\r\n\
             --------------------------d74496d66958873e--\r\n",
        ),
    ] {
        let reply = ask("POST", OWN)
            .token(&case.alices)
            .body(content_type, body)
            .send(&case.gitlab);
        assert_eq!(
            (reply.status, &reply.json()["scopes"]),
            (201, &scopes),
            "{body}"
        );
    }
}

#[test]
fn a_truncated_multipart_form_is_rejected() {
    let case = case(FakeGitLab::builder());
    let content_type = "multipart/form-data; boundary=b";
    let body = "--b\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nx";
    ask("POST", OWN)
        .token(&case.alices)
        .body(content_type, body)
        .send(&case.gitlab)
        .assert(
            400,
            r#"{"error":"empty message body supplied with multipart/form-data; boundary=b content-type"}"#,
        );
}

#[test]
fn fine_grained_tokens() {
    let case = case(FakeGitLab::builder());
    let granular = json!([
        {"access": "user", "permissions": ["read_personal_access_token"]},
        {"access": "selected_memberships", "permissions": ["read_job"], "project_ids": [3, 4], "group_ids": "7"},
    ]);
    for reply in [
        case.own(&json!({"name": "fine", "granular_scopes": granular})),
        case.for_alice(&json!({"name": "fine", "granular_scopes": granular})),
    ] {
        let made = reply.json();
        assert_eq!(
            (reply.status, &made["granular"], &made["scopes"]),
            (201, &json!(true), &json!(["granular"]))
        );
        let entry = |access: &str, permission: &str, project: Value, group: Value| json!({"access": access, "permissions": [permission], "project_id": project, "group_id": group});
        assert_eq!(
            made["granular_scopes"],
            json!([
                entry(
                    "user",
                    "read_personal_access_token",
                    json!(null),
                    json!(null)
                ),
                entry("selected_memberships", "read_job", json!(3), json!(null)),
                entry("selected_memberships", "read_job", json!(4), json!(null)),
                entry("selected_memberships", "read_job", json!(null), json!(7)),
            ])
        );
    }
    let both = json!({"name": "x", "scopes": ["k8s_proxy"], "granular_scopes": granular});
    case.own(&both).assert(
        400,
        r#"{"error":"scopes, granular_scopes are mutually exclusive"}"#,
    );
    let wrong = json!({"name": "x", "granular_scopes": [{"permissions": []}]});
    case.own(&wrong)
        .assert(400, r#"{"error":"granular_scopes[0][access] is missing"}"#);

    case.gitlab.configure(|settings| settings.version(19, 5));
    let fine = json!({"name": "fine", "granular_scopes": granular});
    case.for_alice(&fine)
        .assert(400, r#"{"error":"scopes is missing"}"#);
    assert_eq!(case.own(&fine).status, 201);
}

#[test]
fn old_servers_do_not_create() {
    let case = case(FakeGitLab::builder().version(16, 4));
    let body = json!({"name": "x", "scopes": ["k8s_proxy"]});
    assert_eq!(case.own(&body).status, 404);
    case.gitlab.configure(|settings| settings.version(13, 5));
    assert_eq!(case.for_alice(&body).status, 404);
}

#[test]
fn secrets_have_the_instances_prefix() {
    let case = case(FakeGitLab::builder().token_prefix("acme-"));
    let reply = case.own(&json!({"name": "x", "scopes": ["k8s_proxy"]}));
    assert!(
        reply.json()["token"]
            .as_str()
            .expect("a secret")
            .starts_with("acme-")
    );
    assert!(case.alices.secret().starts_with("acme-"));
}
