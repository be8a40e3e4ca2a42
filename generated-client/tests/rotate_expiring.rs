//! The example `rotate_expiring` against the stand-in: the order in which it rotates, and that no new secret is lost.

#[path = "../examples/rotate_expiring/rotation.rs"]
mod rotation;

use std::fs;
use std::path::Path;

use gitlab_pat::{Auth, Client};
use gitlab_pat_fake::{Answer, FakeGitLab, Fault, NewToken, Operation, TokenSpec, TokenView};
use jiff::civil::{Date, date};
use tempfile::TempDir;

use rotation::{Failure, keep, plan, rotate};

const TODAY: Date = date(2026, 3, 1);

struct Case {
    gitlab: FakeGitLab,
    calling: NewToken,
    others: Vec<NewToken>,
    client: Client,
    directory: TempDir,
}

impl Case {
    /// The calling token is the first of the list, and expires in time like two others.
    fn new() -> Self {
        let gitlab = FakeGitLab::builder()
            .now("2026-03-01T12:00:00Z".parse().unwrap())
            .start()
            .unwrap();
        let user = gitlab.add_user("alice");
        let spec = |name: &str, expiry: Date| {
            TokenSpec::new(&user, name)
                .scopes(["api"])
                .created_at("2026-02-01T08:00:00Z".parse().unwrap())
                .expires_at(expiry)
        };
        let calling = gitlab.add_token(spec("calling", date(2026, 3, 3)));
        let others = [
            ("a", date(2026, 3, 8)),
            ("b", date(2026, 3, 15)),
            ("late", date(2026, 3, 16)),
        ]
        .map(|(name, expiry)| gitlab.add_token(spec(name, expiry)))
        .into();
        gitlab.add_token(TokenSpec::new(&user, "never").scopes(["api"]));
        let client = Client::builder()
            .base_url(&gitlab.url())
            .unwrap()
            .auth(Auth::private_token(calling.secret()))
            .build()
            .unwrap();
        Self {
            gitlab,
            calling,
            others,
            client,
            directory: TempDir::new().unwrap(),
        }
    }

    async fn plan(&self, include_self: bool) -> rotation::Plan {
        plan(&self.client, TODAY, 14, include_self).await.unwrap()
    }

    fn view(&self, token: &NewToken) -> TokenView {
        self.gitlab.token(token.id()).unwrap()
    }

    fn file_of(&self, token: &NewToken) -> String {
        fs::read_to_string(self.directory.path().join(format!("{}.token", token.id()))).unwrap()
    }

    fn files(&self) -> usize {
        fs::read_dir(self.directory.path()).unwrap().count()
    }
}

fn ids(plan: &rotation::Plan) -> Vec<i64> {
    plan.rotate.iter().map(|token| token.id).collect()
}

#[tokio::test]
async fn the_calling_token_is_asked_for_first_and_left_alone() {
    let case = Case::new();

    let plan = case.plan(false).await;

    assert_eq!(
        Operation::of("GET", case.gitlab.requests()[0].path()),
        Some(Operation::GetSelf)
    );
    assert_eq!(ids(&plan), [case.others[0].id(), case.others[1].id()]);
    assert!(plan.caller_left_alone);
    assert_eq!(plan.caller.id, case.calling.id());
}

#[tokio::test]
async fn every_token_is_rotated_the_calling_one_last_and_every_secret_is_kept() {
    let case = Case::new();
    let plan = case.plan(true).await;
    assert_eq!(
        ids(&plan),
        [case.others[0].id(), case.others[1].id(), case.calling.id()]
    );

    for token in &plan.rotate {
        let path = rotate(&case.client, &plan, token, TODAY, case.directory.path())
            .await
            .unwrap();
        assert_eq!(
            path,
            case.directory.path().join(format!("{}.token", token.id))
        );
    }

    for token in [&case.others[0], &case.others[1], &case.calling] {
        assert!(case.view(token).revoked);
        let secret = case.file_of(token);
        let fresh = Client::builder()
            .base_url(&case.gitlab.url())
            .unwrap()
            .auth(Auth::private_token(secret))
            .build()
            .unwrap()
            .personal_access_tokens()
            .get_self()
            .await
            .unwrap();
        assert!(fresh.active);
    }
    assert!(!case.view(&case.others[2]).revoked);
    assert!(case.gitlab.family_revocations().is_empty());
}

#[tokio::test]
async fn a_new_token_lives_as_long_as_the_old_one_was_meant_to() {
    let case = Case::new();
    let plan = case.plan(false).await;

    rotate(
        &case.client,
        &plan,
        &plan.rotate[0],
        TODAY,
        case.directory.path(),
    )
    .await
    .unwrap();

    let newest = case
        .gitlab
        .tokens()
        .into_iter()
        .max_by_key(|token| token.id)
        .unwrap();
    // 2026-02-01 to 2026-03-08 are 35 days.
    assert_eq!(newest.expires_at, Some(date(2026, 4, 5)));
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_can_read_a_secret_file() {
    use std::os::unix::fs::PermissionsExt as _;
    let case = Case::new();
    let plan = case.plan(false).await;

    let path = rotate(
        &case.client,
        &plan,
        &plan.rotate[0],
        TODAY,
        case.directory.path(),
    )
    .await
    .unwrap();

    assert_eq!(
        fs::metadata(path).unwrap().permissions().mode() & 0o777,
        0o600
    );
}

#[tokio::test]
async fn without_a_place_for_the_secret_nothing_is_rotated() {
    let case = Case::new();
    let plan = case.plan(false).await;
    let requests = case.gitlab.request_count();

    let absent = rotate(
        &case.client,
        &plan,
        &plan.rotate[0],
        TODAY,
        Path::new("/absent"),
    )
    .await
    .unwrap_err();
    keep(
        &case
            .directory
            .path()
            .join(format!("{}.token", plan.rotate[1].id)),
        b"kept",
    )
    .unwrap();
    let taken = rotate(
        &case.client,
        &plan,
        &plan.rotate[1],
        TODAY,
        case.directory.path(),
    )
    .await
    .unwrap_err();

    assert!(matches!(absent, Failure::File(..)));
    assert!(matches!(taken, Failure::File(..)));
    assert_eq!(case.gitlab.request_count(), requests);
    assert_eq!(case.file_of(&case.others[1]), "kept");
}

#[tokio::test]
async fn a_refused_rotation_leaves_no_file() {
    let case = Case::new();
    let plan = case.plan(false).await;
    case.gitlab.revoke_token(plan.rotate[0].id);

    let failure = rotate(
        &case.client,
        &plan,
        &plan.rotate[0],
        TODAY,
        case.directory.path(),
    )
    .await
    .unwrap_err();

    assert!(
        matches!(&failure, Failure::Api(error) if error.status().is_some_and(|status| status == 400))
    );
    assert_eq!(case.files(), 0);
}

#[tokio::test]
async fn an_answer_that_cannot_be_read_is_kept_as_it_came() {
    let case = Case::new();
    let plan = case.plan(false).await;
    case.gitlab
        .faults()
        .on(Operation::Rotate)
        .next(Fault::change(|answer: Answer| {
            let text =
                String::from_utf8_lossy(answer.body_bytes()).replace("\"user_id\"", "\"owner\"");
            answer.body(text)
        }));

    let failure = rotate(
        &case.client,
        &plan,
        &plan.rotate[0],
        TODAY,
        case.directory.path(),
    )
    .await
    .unwrap_err();

    let kept = case.file_of(&case.others[0]);
    let body: serde_json::Value = serde_json::from_str(&kept).unwrap();
    let secret = body["token"].as_str().unwrap();
    assert!(matches!(&failure, Failure::Unreadable(..)));
    assert!(!format!("{failure} {failure:?}").contains(secret));
}
