//! The example `rotate_expiring` against the stand-in: which tokens it rotates, in which order, and that it loses no new secret.

#[path = "../../examples/rotate_expiring/failure.rs"]
mod failure;
#[cfg(unix)]
mod interrupted;
#[cfg(unix)]
#[path = "../../examples/rotate_expiring/interruption.rs"]
mod interruption;
#[cfg(unix)]
#[path = "../../examples/rotate_expiring/program.rs"]
mod program;
#[path = "../../examples/rotate_expiring/rotation.rs"]
mod rotation;
#[path = "../../examples/rotate_expiring/store.rs"]
mod store;

use std::cell::Cell;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use gitlab_pat::{Auth, Client};
use gitlab_pat_fake::{
    FakeGitLab, FakeResponse, Fault, NewToken, Operation, TokenSpec, TokenView, User,
};
use jiff::civil::{Date, date};
use tempfile::TempDir;

use failure::{Failure, Fate, OrphanedToken};
use rotation::{Orphan, Plan, Rotation, Selection};
use store::{SecretStore, Storage, create_private};

const TODAY: Date = date(2026, 3, 1);

const SELECTION: Selection = Selection {
    days: 14,
    lifetime: None,
    include_self: false,
};

struct Case {
    gitlab: FakeGitLab,
    user: User,
    calling: NewToken,
    others: Vec<NewToken>,
    client: Client,
    directory: TempDir,
}

impl Case {
    /// The calling token is the first of the list. It and two others expire within the period.
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
        let client = client(&gitlab, calling.secret());
        Self {
            gitlab,
            user,
            calling,
            others,
            client,
            directory: TempDir::new().unwrap(),
        }
    }

    /// Adds a token of the caller with these dates of creation and expiry.
    fn add(&self, name: &str, created: Date, expiry: Date) -> NewToken {
        self.gitlab.add_token(
            TokenSpec::new(&self.user, name)
                .created_at(created.in_tz("UTC").unwrap().timestamp())
                .expires_at(expiry),
        )
    }

    async fn plan(&self, include_self: bool) -> Plan {
        let selection = Selection {
            include_self,
            ..SELECTION
        };
        self.plan_for(&selection).await
    }

    async fn plan_for(&self, selection: &Selection) -> Plan {
        rotation::plan(&self.client, TODAY, selection)
            .await
            .unwrap()
    }

    fn store(&self) -> SecretStore {
        SecretStore::open(self.directory.path()).unwrap()
    }

    /// Opens a directory whose disk is full after a token has been rotated.
    fn full_store(&self) -> SecretStore {
        SecretStore::with_storage(self.directory.path(), |path| {
            Ok(Box::new(FullAfter {
                file: create_private(path)?,
                left: 1,
            }))
        })
        .unwrap()
    }

    async fn rotate(&self, rotation: &Rotation) -> Result<PathBuf, Failure> {
        self.rotate_in(&self.store(), rotation, Orphan::Revoke)
            .await
    }

    async fn rotate_in(
        &self,
        store: &SecretStore,
        rotation: &Rotation,
        orphan: Orphan,
    ) -> Result<PathBuf, Failure> {
        rotation::rotate(&self.client, rotation, store, orphan).await
    }

    /// Runs `act` when the server has rotated a token and before the client gets the response.
    fn while_rotating(&self, act: impl Fn() + Send + Sync + 'static) {
        self.gitlab
            .faults()
            .on(Operation::Rotate)
            .next(Fault::change(move |response: FakeResponse| {
                act();
                response
            }));
    }

    fn view(&self, token: &NewToken) -> TokenView {
        self.gitlab.token(token.id()).unwrap()
    }

    fn newest(&self) -> TokenView {
        let tokens = self.gitlab.tokens().into_iter();
        tokens.max_by_key(|token| token.id).unwrap()
    }

    fn path_of(&self, token: &NewToken) -> PathBuf {
        self.directory.path().join(format!("{}.token", token.id()))
    }

    fn file_of(&self, token: &NewToken) -> String {
        fs::read_to_string(self.path_of(token)).unwrap()
    }

    fn files(&self) -> usize {
        fs::read_dir(self.directory.path()).unwrap().count()
    }
}

fn client(gitlab: &FakeGitLab, secret: &str) -> Client {
    Client::builder()
        .base_url(&gitlab.url())
        .unwrap()
        .auth(Auth::private_token(secret))
        .build()
        .unwrap()
}

/// A file on a disk that is full after some writes.
struct FullAfter {
    file: Box<dyn Storage>,
    left: usize,
}

impl Storage for FullAfter {
    fn replace(&mut self, contents: &[u8]) -> io::Result<()> {
        let Some(left) = self.left.checked_sub(1) else {
            return Err(io::ErrorKind::StorageFull.into());
        };
        self.left = left;
        self.file.replace(contents)
    }
}

fn ids(plan: &Plan) -> Vec<i64> {
    plan.rotate
        .iter()
        .map(|rotation| rotation.token.id)
        .collect()
}

fn orphan(failure: &Failure) -> &OrphanedToken {
    match failure {
        Failure::Orphaned(orphan) => orphan,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_calling_token_is_read_first_and_left_alone() {
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

    for rotation in &plan.rotate {
        let path = case.rotate(rotation).await.unwrap();
        assert_eq!(
            path,
            case.directory
                .path()
                .join(format!("{}.token", rotation.token.id))
        );
    }

    assert_eq!(case.files(), 3);
    for token in [&case.others[0], &case.others[1], &case.calling] {
        assert!(case.view(token).revoked);
        let fresh = client(&case.gitlab, &case.file_of(token));
        assert!(
            fresh
                .personal_access_tokens()
                .get_self()
                .await
                .unwrap()
                .active
        );
    }
    assert!(!case.view(&case.others[2]).revoked);
    assert!(case.gitlab.family_revocations().is_empty());
}

#[tokio::test]
async fn a_new_token_lives_as_long_as_the_old_one_was_meant_to() {
    let case = Case::new();
    let plan = case.plan(false).await;

    case.rotate(&plan.rotate[0]).await.unwrap();

    // 2026-02-01 to 2026-03-08 are 35 days.
    assert_eq!(case.newest().expires_at, Some(date(2026, 4, 5)));
}

#[tokio::test]
async fn a_requested_lifetime_is_that_of_the_new_token() {
    let case = Case::new();
    let plan = case
        .plan_for(&Selection {
            lifetime: Some(90),
            include_self: true,
            ..SELECTION
        })
        .await;

    for rotation in &plan.rotate {
        case.rotate(rotation).await.unwrap();
        assert_eq!(case.newest().expires_at, Some(date(2026, 5, 30)));
    }
    assert_eq!(plan.rotate.len(), 3);
}

#[tokio::test]
async fn a_token_that_every_run_would_rotate_is_skipped() {
    let case = Case::new();
    let created = date(2026, 2, 25);
    let week = case.add("week", created, date(2026, 3, 4));
    let same = case.add("same", created, date(2026, 3, 11));
    let longer = case.add("longer", created, date(2026, 3, 12));

    let plan = case.plan(false).await;

    let skipped: Vec<(i64, i32)> = plan
        .skipped
        .iter()
        .map(|skipped| (skipped.token.id, skipped.lifetime))
        .collect();
    assert_eq!(skipped, [(week.id(), 7), (same.id(), 14)]);
    assert!(ids(&plan).contains(&longer.id()));
    for rotation in &plan.rotate {
        case.rotate(rotation).await.unwrap();
    }
    // A second run does not rotate the tokens of the first one.
    assert_eq!(ids(&case.plan(false).await), [] as [i64; 0]);

    let selection = Selection {
        lifetime: Some(15),
        ..SELECTION
    };
    let plan = case.plan_for(&selection).await;
    assert_eq!(ids(&plan), [week.id(), same.id()]);
    assert!(plan.skipped.is_empty());
}

#[tokio::test]
async fn a_lifetime_that_is_too_short_and_dates_beyond_the_calendar_are_rejected() {
    let case = Case::new();
    for (days, lifetime) in [(14, Some(14)), (14, Some(1)), (14, Some(-3)), (0, Some(0))] {
        let selection = Selection {
            days,
            lifetime,
            ..SELECTION
        };
        let failure = rotation::plan(&case.client, TODAY, &selection)
            .await
            .unwrap_err();
        assert!(
            matches!(failure, Failure::ShortLifetime { .. }),
            "{failure}"
        );
    }
    for (days, lifetime) in [(i32::MAX, None), (3_000_000, None), (14, Some(i32::MAX))] {
        let selection = Selection {
            days,
            lifetime,
            ..SELECTION
        };
        let failure = rotation::plan(&case.client, TODAY, &selection)
            .await
            .unwrap_err();
        assert!(matches!(failure, Failure::TooManyDays(_)), "{failure}");
    }
    assert_eq!(case.gitlab.request_count(), 0);
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_can_read_a_secret_file() {
    use std::os::unix::fs::PermissionsExt as _;
    let case = Case::new();
    let plan = case.plan(false).await;
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let id = plan.rotate[0].token.id.to_string();

    let file = case.store().reserve(&id).unwrap();
    let part = case.directory.path().join(format!("{id}.token.part"));
    assert_eq!(mode(&part), 0o600);
    file.discard().unwrap();

    let path = case.rotate(&plan.rotate[0]).await.unwrap();
    assert_eq!(mode(&path), 0o600);
}

#[tokio::test]
async fn without_a_place_for_the_secret_nothing_is_rotated() {
    let case = Case::new();
    let plan = case.plan(false).await;
    let requests = case.gitlab.request_count();

    // The probe detects a directory that does not exist, is a file, or is on a full disk. It leaves no file.
    let file = case.directory.path().join("file");
    fs::write(&file, "").unwrap();
    let absent = SecretStore::open(Path::new("/absent")).unwrap_err();
    assert!(
        absent.to_string().contains("create the directory first"),
        "{absent}"
    );
    SecretStore::open(&file).unwrap_err();
    fs::remove_file(file).unwrap();
    let full = SecretStore::with_storage(case.directory.path(), |path| {
        let file = create_private(path)?;
        Ok(Box::new(FullAfter { file, left: 0 }))
    });
    assert_eq!(full.unwrap_err().kind(), io::ErrorKind::StorageFull);
    assert_eq!(case.files(), 0);

    // A directory that is removed after the probe, a secret of an earlier run, an interrupted run.
    let gone = TempDir::new().unwrap();
    let store = SecretStore::open(gone.path()).unwrap();
    gone.close().unwrap();
    let absent = case
        .rotate_in(&store, &plan.rotate[0], Orphan::Revoke)
        .await;
    assert!(matches!(absent.unwrap_err(), Failure::File(_)));
    fs::write(case.path_of(&case.others[0]), "kept").unwrap();
    let taken = case.rotate(&plan.rotate[0]).await.unwrap_err();
    assert!(taken.to_string().contains("may hold a secret"), "{taken}");
    let part = case.path_of(&case.others[1]).with_extension("token.part");
    fs::write(&part, "interrupted").unwrap();
    let interrupted = case.rotate(&plan.rotate[1]).await.unwrap_err();
    assert!(
        interrupted.to_string().contains("interrupted"),
        "{interrupted}"
    );

    assert_eq!(case.gitlab.request_count(), requests);
    assert_eq!(case.file_of(&case.others[0]), "kept");
    assert_eq!(fs::read_to_string(part).unwrap(), "interrupted");
    assert_eq!(case.files(), 2);
}

/// A crash at any time loses nothing: the space is allocated before the request is sent, and the file keeps its first name until the
/// secret is on the disk.
#[tokio::test]
async fn the_file_is_on_the_disk_before_the_token_is_rotated() {
    let case = Case::new();
    let plan = case.plan(false).await;
    let part = case.path_of(&case.others[0]).with_extension("token.part");
    let (sender, seen) = std::sync::mpsc::channel();
    case.while_rotating(move || sender.send(fs::read(&part)).unwrap());

    case.rotate(&plan.rotate[0]).await.unwrap();

    let reserved = seen.recv().unwrap().unwrap();
    assert_eq!(reserved, vec![b'\n'; 4096]);
    assert_eq!(case.files(), 1);
}

#[tokio::test]
async fn a_rejected_rotation_leaves_no_file() {
    let case = Case::new();
    let plan = case.plan(false).await;
    case.gitlab.revoke_token(plan.rotate[0].token.id);

    let failure = case.rotate(&plan.rotate[0]).await.unwrap_err();

    assert!(
        matches!(&failure, Failure::Api(error) if error.status().is_some_and(|status| status == 400))
    );
    assert_eq!(case.files(), 0);
}

#[tokio::test]
async fn an_unknown_outcome_is_reported_and_leaves_no_file() {
    let case = Case::new();
    let plan = case.plan(false).await;
    case.gitlab
        .faults()
        .on(Operation::Rotate)
        .always(Fault::reset().executed());

    let failure = case.rotate(&plan.rotate[0]).await.unwrap_err();

    assert!(failure.to_string().contains("unknown whether"), "{failure}");
    assert_eq!(case.files(), 0);
}

fn without_owner(response: FakeResponse) -> FakeResponse {
    let text = String::from_utf8_lossy(response.body_bytes()).replace("\"user_id\"", "\"owner\"");
    response.body(text)
}

/// Moves the secret to a member that the client does not know.
fn with_secret_elsewhere(response: FakeResponse) -> FakeResponse {
    let text = String::from_utf8_lossy(response.body_bytes()).replace("\"token\"", "\"value\"");
    response.body(text)
}

#[tokio::test]
async fn the_secret_of_a_response_that_cannot_be_decoded_is_kept() {
    let case = Case::new();
    let plan = case.plan(false).await;
    case.gitlab
        .faults()
        .on(Operation::Rotate)
        .next(Fault::change(without_owner));

    let path = case.rotate(&plan.rotate[0]).await.unwrap();

    let secret = fs::read_to_string(path).unwrap();
    assert_eq!(case.gitlab.find_token(&secret).unwrap(), case.newest());
    assert!(case.newest().active);
}

/// Cuts off the end of the response.
fn cut_off(response: FakeResponse) -> FakeResponse {
    let length = response.body_bytes().len() + 1;
    response.set_header("Content-Length", length.to_string())
}

fn with_another_secret(response: FakeResponse) -> FakeResponse {
    let mut body: serde_json::Value = serde_json::from_slice(response.body_bytes()).unwrap();
    body["token"] = "glpat-of-no-token".into();
    response.body(body.to_string())
}

#[tokio::test]
async fn the_secret_of_a_response_that_is_cut_off_is_kept_and_verified() {
    let case = Case::new();
    for rotation in &case.plan(true).await.rotate {
        let operation = if rotation.is_caller {
            Operation::RotateSelf
        } else {
            Operation::Rotate
        };
        case.gitlab
            .faults()
            .on(operation)
            .next(Fault::change(cut_off));
        let path = case.rotate(rotation).await.unwrap();
        let secret = fs::read_to_string(path).unwrap();
        assert_eq!(case.gitlab.find_token(&secret).unwrap(), case.newest());
    }
}

#[tokio::test]
async fn a_secret_that_cannot_be_verified_is_kept_and_ends_the_run() {
    type Change = fn(FakeResponse) -> FakeResponse;
    let changes: [Change; 2] = [cut_off, |response| cut_off(with_another_secret(response))];
    for (change, check_fails) in changes.into_iter().zip([true, false]) {
        let case = Case::new();
        let plan = case.plan(false).await;
        let faults = case.gitlab.faults();
        faults.on(Operation::Rotate).next(Fault::change(change));
        if check_fails {
            let forbidden = FakeResponse::message(403, "403 Forbidden");
            faults
                .on(Operation::GetSelf)
                .next(Fault::response(forbidden));
        }

        let failure = case.rotate(&plan.rotate[0]).await.unwrap_err();

        let text = failure.to_string();
        assert!(matches!(failure, Failure::Unverified(_)), "{failure:?}");
        let path = case.path_of(&case.others[0]);
        assert!(
            text.contains(&format!("is kept in {}", path.display())),
            "{text}"
        );
        assert!(text.contains("before you rotate it again"), "{text}");
        let secret = case.file_of(&case.others[0]);
        assert_eq!(case.gitlab.find_token(&secret).is_some(), check_fails);
        assert!(!format!("{text} {failure:?}").contains(&secret));
        assert_eq!(case.files(), 1);
    }
}

/// Rotates a token, and the response has the secret of the calling token.
async fn rotate_with_a_repeated_secret(
    case: &Case,
    is_caller: bool,
    store: &SecretStore,
) -> (Rotation, Failure) {
    let (operation, mut rotations) = match is_caller {
        true => (Operation::RotateSelf, case.plan(true).await.rotate),
        false => (Operation::Rotate, case.plan(false).await.rotate),
    };
    let rotation = match is_caller {
        true => rotations.pop().unwrap(),
        false => rotations.remove(0),
    };
    let body = format!(r#"{{"token": "{}", "id": 1"#, case.calling.secret());
    case.gitlab
        .faults()
        .on(operation)
        .next(Fault::response(FakeResponse::raw_json(200, body)));
    let failure = case
        .rotate_in(store, &rotation, Orphan::Revoke)
        .await
        .unwrap_err();
    (rotation, failure)
}

/// A gateway may repeat the request that it received, with the secret of the calling token.
#[tokio::test]
async fn the_secret_of_an_earlier_token_is_no_new_one() {
    for is_caller in [false, true] {
        let case = Case::new();
        let (rotation, failure) =
            rotate_with_a_repeated_secret(&case, is_caller, &case.store()).await;

        let text = failure.to_string();
        assert!(matches!(failure, Failure::Unverified(_)), "{failure:?}");
        let earlier = format!("not new: it is that of token {}", case.calling.id());
        assert!(text.contains(&earlier), "{text}");
        let secret = case.calling.secret();
        assert!(!format!("{text} {failure:?}").contains(secret));
        let name = format!("{}.token", rotation.token.id);
        let kept = fs::read_to_string(case.directory.path().join(name));
        assert_eq!(kept.unwrap(), secret);
    }
}

#[tokio::test]
async fn the_secret_of_an_earlier_token_revokes_nothing() {
    for is_caller in [false, true] {
        let case = Case::new();
        let (_, failure) =
            rotate_with_a_repeated_secret(&case, is_caller, &case.full_store()).await;

        let fate = &orphan(&failure).fate;
        assert!(matches!(fate, Fate::Earlier(id) if *id == case.calling.id()));
        let text = failure.to_string();
        assert!(text.contains("may still be active"), "{text}");
        let secret = case.calling.secret();
        assert!(!format!("{text} {failure:?}").contains(secret));
        assert!(case.gitlab.find_token(secret).unwrap().active);
    }
}

#[tokio::test]
async fn a_response_without_content_leaves_no_file() {
    let case = Case::new();
    let plan = case.plan(false).await;
    case.gitlab
        .faults()
        .on(Operation::Rotate)
        .next(Fault::response(FakeResponse::new(204)).executed());

    let failure = case.rotate(&plan.rotate[0]).await.unwrap_err();

    let text = failure.to_string();
    assert!(matches!(failure, Failure::Empty(_)), "{failure:?}");
    assert!(text.contains("the response is empty"), "{text}");
    assert_eq!(case.files(), 0);
}

#[tokio::test]
async fn a_response_in_which_no_secret_is_found_is_kept_unchanged() {
    let case = Case::new();
    let plan = case.plan(false).await;
    case.gitlab
        .faults()
        .on(Operation::Rotate)
        .next(Fault::change(with_secret_elsewhere));

    let failure = case.rotate(&plan.rotate[0]).await.unwrap_err();

    let response = case.path_of(&case.others[0]).with_extension("response");
    let kept = fs::read_to_string(&response).unwrap();
    let body: serde_json::Value = serde_json::from_str(&kept).unwrap();
    let secret = body["value"].as_str().unwrap();
    assert_eq!(case.gitlab.find_token(secret).unwrap(), case.newest());
    assert!(matches!(&failure, Failure::Undecoded(..)));
    assert!(!format!("{failure} {failure:?}").contains(secret));
    assert!(case.newest().active);
    // The next run does not overwrite it.
    let again = case.store().reserve(&case.others[0].id().to_string());
    let text = again.err().unwrap().to_string();
    assert!(text.contains(".response exists"), "{text}");
    assert_eq!(case.files(), 1);
}

#[tokio::test]
async fn a_page_of_a_proxy_is_not_taken_for_a_secret_nor_for_a_rotation() {
    let case = Case::new();
    let plan = case.plan(false).await;
    let page = "<html>Sign in</html>";
    case.gitlab
        .faults()
        .on(Operation::Rotate)
        .next(Fault::response(FakeResponse::html(200, page)));

    let failure = case.rotate(&plan.rotate[0]).await.unwrap_err();

    let text = failure.to_string();
    assert!(text.contains("may have been rotated"), "{text}");
    assert!(!text.contains("was rotated, but"), "{text}");
    let response = case.path_of(&case.others[0]).with_extension("response");
    assert_eq!(fs::read_to_string(response).unwrap(), page);
    assert!(!case.path_of(&case.others[0]).exists());
    assert_eq!(case.files(), 1);

    // The same if the disk is full.
    case.gitlab
        .faults()
        .on(Operation::Rotate)
        .next(Fault::response(FakeResponse::html(200, page)));
    let failure = case
        .rotate_in(&case.full_store(), &plan.rotate[1], Orphan::Revoke)
        .await
        .unwrap_err();
    assert!(matches!(failure, Failure::NotKept(_)), "{failure:?}");
    let text = failure.to_string();
    assert!(text.contains("may have been rotated"), "{text}");
}

/// A gateway that wraps the response in its own holds the secret in a place that the client does not know.
#[tokio::test]
async fn an_error_response_is_kept_and_prevents_no_further_rotation() {
    fn wrapped(response: FakeResponse) -> FakeResponse {
        let text = String::from_utf8_lossy(response.body_bytes()).into_owned();
        FakeResponse::html(502, format!("<html>Bad response: {text}</html>"))
    }
    let case = Case::new();
    let plan = case.plan(false).await;
    let rejected = || Fault::response(FakeResponse::html(403, "<html>Blocked</html>"));
    let faults = [rejected(), Fault::change(wrapped)];
    case.gitlab.faults().on(Operation::Rotate).script(faults);
    let kept = |number: u32| {
        let path = case.path_of(&case.others[0]);
        fs::read_to_string(path.with_extension(format!("error-{number}.response"))).unwrap()
    };

    let failure = case.rotate(&plan.rotate[0]).await.unwrap_err();
    let text = failure.to_string();
    assert!(text.contains("may have been rotated"), "{text}");
    assert!(text.contains(".error-1.response: "), "{text}");
    assert_eq!(kept(1), "<html>Blocked</html>");

    // A program that runs later does not know of the first rotation.
    let later = client(&case.gitlab, case.calling.secret());
    let failure = rotation::rotate(&later, &plan.rotate[0], &case.store(), Orphan::Revoke)
        .await
        .unwrap_err();
    let secret = kept(2);
    let (_, secret) = secret.split_once("\"token\":\"").unwrap();
    let (secret, _) = secret.split_once('"').unwrap();
    assert_eq!(case.gitlab.find_token(secret).unwrap(), case.newest());
    assert!(!format!("{failure} {failure:?}").contains(secret));
    assert_eq!(kept(1), "<html>Blocked</html>");
    assert_eq!(case.files(), 2);
}

/// Each run during an outage gets the same response.
#[tokio::test]
async fn an_error_response_is_kept_once() {
    let case = Case::new();
    let plan = case.plan(false).await;
    let mut files = Vec::new();
    for page in ["one", "one", "two", "two", "one"] {
        let response = FakeResponse::html(403, page);
        case.gitlab
            .faults()
            .on(Operation::Rotate)
            .next(Fault::response(response));
        let later = client(&case.gitlab, case.calling.secret());
        let result = rotation::rotate(&later, &plan.rotate[0], &case.store(), Orphan::Revoke).await;
        let Err(Failure::Undecoded(path, _)) = result else {
            panic!("{result:?}");
        };
        assert_eq!(fs::read_to_string(&path).unwrap(), page);
        files.push(path);
    }
    let path = case.path_of(&case.others[0]);
    let expected =
        [1, 1, 2, 2, 3].map(|number: u32| path.with_extension(format!("error-{number}.response")));
    assert_eq!(files, expected);
    assert_eq!(case.files(), 3);
}

/// A name that can't be looked up may be that of a response.
#[cfg(unix)]
#[tokio::test]
async fn an_error_response_replaces_no_file() {
    let case = Case::new();
    let plan = case.plan(false).await;
    let taken = case
        .path_of(&case.others[0])
        .with_extension("error-1.response");
    std::os::unix::fs::symlink(&taken, &taken).unwrap();
    case.gitlab
        .faults()
        .on(Operation::Rotate)
        .next(Fault::response(FakeResponse::html(403, "<html>")));

    let failure = case.rotate(&plan.rotate[0]).await.unwrap_err();

    let Failure::Undecoded(path, _) = failure else {
        panic!("{failure:?}");
    };
    let name = case.path_of(&case.others[0]);
    assert_eq!(path, name.with_extension("error-2.response"));
    assert!(fs::symlink_metadata(&taken).unwrap().is_symlink());
}

/// A gateway may respond in the form of GitLab's own errors, so those are kept, too.
#[tokio::test]
async fn an_error_response_is_kept_whatever_its_form() {
    fn wrapped(response: FakeResponse) -> FakeResponse {
        let text = String::from_utf8_lossy(response.body_bytes()).into_owned();
        FakeResponse::raw_json(502, format!(r#"{{"error":"bad_gateway","body":{text}}}"#))
    }
    let case = Case::new();
    let plan = case.plan(false).await;
    case.gitlab
        .faults()
        .on(Operation::Rotate)
        .next(Fault::change(wrapped));

    let failure = case.rotate(&plan.rotate[0]).await.unwrap_err();

    let path = case.path_of(&case.others[0]);
    let kept = fs::read_to_string(path.with_extension("error-1.response")).unwrap();
    let body: serde_json::Value = serde_json::from_str(&kept).unwrap();
    let secret = body["body"]["token"].as_str().unwrap();
    assert_eq!(case.gitlab.find_token(secret).unwrap(), case.newest());
    assert!(!format!("{failure} {failure:?}").contains(secret));
    assert_eq!(case.files(), 1);
}

#[tokio::test]
async fn a_revocation_whose_response_is_lost_is_no_fault() {
    let case = Case::new();
    let plan = case.plan(false).await;
    case.gitlab
        .faults()
        .on(Operation::RevokeSelf)
        .next(Fault::reset().executed());

    let failure = case
        .rotate_in(&case.full_store(), &plan.rotate[0], Orphan::Revoke)
        .await
        .unwrap_err();

    let fate = &orphan(&failure).fate;
    assert!(matches!(fate, Fate::Revoked), "{fate:?}");
    assert!(!case.newest().active);
}

#[tokio::test]
async fn a_revocation_that_a_proxy_confirms_is_reported() {
    let case = Case::new();
    let plan = case.plan(false).await;
    case.gitlab
        .faults()
        .on(Operation::RevokeSelf)
        .next(Fault::response(FakeResponse::html(
            200,
            "<html>Sign in</html>",
        )));

    let failure = case
        .rotate_in(&case.full_store(), &plan.rotate[0], Orphan::Revoke)
        .await
        .unwrap_err();

    assert!(matches!(orphan(&failure).fate, Fate::NotConfirmed(_)));
    let text = failure.to_string();
    assert!(text.contains("may still be active"), "{text}");
    assert!(case.newest().active);
}

#[tokio::test]
async fn a_new_token_whose_secret_cannot_be_written_is_revoked() {
    let case = Case::new();
    let plan = case.plan(true).await;

    for rotation in &plan.rotate {
        let failure = case
            .rotate_in(&case.full_store(), rotation, Orphan::Revoke)
            .await
            .unwrap_err();

        let new = case.newest();
        assert_eq!(new.parent, Some(rotation.token.id));
        assert!(new.revoked);
        let report = orphan(&failure);
        assert_eq!((report.old, report.new), (rotation.token.id, Some(new.id)));
        assert!(matches!(report.fate, Fate::Revoked), "{:?}", report.fate);
        let text = failure.to_string();
        assert!(
            text.contains(&format!("token {} is orphaned and was revoked", new.id)),
            "{text}"
        );
        assert_eq!(case.files(), 0);
    }
    assert!(plan.rotate.last().unwrap().is_caller);
    assert!(case.gitlab.family_revocations().is_empty());
}

#[tokio::test]
async fn an_orphaned_token_is_kept_on_request() {
    let case = Case::new();
    let plan = case.plan(false).await;

    let failure = case
        .rotate_in(&case.full_store(), &plan.rotate[0], Orphan::Keep)
        .await
        .unwrap_err();

    assert!(matches!(orphan(&failure).fate, Fate::Kept));
    assert!(!case.newest().revoked);
    let text = failure.to_string();
    assert!(text.contains("is orphaned and stays active"), "{text}");
    assert!(text.contains(".token.part"), "{text}");
    assert_eq!(case.files(), 1);
}

#[tokio::test]
async fn a_failed_revocation_is_reported() {
    let case = Case::new();
    let plan = case.plan(true).await;
    let forbidden = FakeResponse::message(403, "403 Forbidden");
    case.gitlab
        .faults()
        .on(Operation::RevokeSelf)
        .always(Fault::response(forbidden));

    for rotation in [&plan.rotate[0], plan.rotate.last().unwrap()] {
        let failure = case
            .rotate_in(&case.full_store(), rotation, Orphan::Revoke)
            .await
            .unwrap_err();

        let new = case.newest();
        assert!(!new.revoked);
        assert!(matches!(orphan(&failure).fate, Fate::NotRevoked(_)));
        let text = failure.to_string();
        assert!(text.contains("could not be revoked"), "{text}");
        assert!(text.contains("403 Forbidden"), "{text}");
        assert!(text.contains("revoke it by hand"), "{text}");
        assert!(!format!("{failure} {failure:?}").contains("glpat-"));
    }
}

#[tokio::test]
async fn the_new_token_of_a_response_that_can_neither_be_decoded_nor_written_is_revoked_by_its_secret()
 {
    type Change = fn(FakeResponse) -> FakeResponse;
    fn cut_off(response: FakeResponse) -> FakeResponse {
        response.body(r#"{"id":"#)
    }
    // A token is revoked by its secret, never by an id that may be another token's.
    let changes: [(Change, bool); 3] = [
        (without_owner, true),
        (with_secret_elsewhere, false),
        (cut_off, false),
    ];
    for (change, revoked) in changes {
        let case = Case::new();
        let plan = case.plan(false).await;
        case.gitlab
            .faults()
            .on(Operation::Rotate)
            .next(Fault::change(change));

        let failure = case
            .rotate_in(&case.full_store(), &plan.rotate[0], Orphan::Revoke)
            .await
            .unwrap_err();

        assert_eq!(case.newest().revoked, revoked, "{failure}");
        match &failure {
            Failure::NotKept(_) => assert!(!revoked),
            failure => {
                assert!(revoked);
                let fate = &orphan(failure).fate;
                assert!(matches!(fate, Fate::Revoked), "{fate:?}");
            }
        }
        assert!(!format!("{failure} {failure:?}").contains("glpat-"));
    }
}

#[tokio::test]
async fn an_interruption_ends_the_run_before_the_next_rotation() {
    let case = Case::new();
    let plan = case.plan(true).await;
    let rotated = Cell::new(0);

    let failure = rotation::rotate_all(
        &case.client,
        &plan,
        &case.store(),
        Orphan::Revoke,
        || rotated.get() == 1,
        |_, _| rotated.set(rotated.get() + 1),
    )
    .await
    .unwrap_err();

    assert!(matches!(failure, Failure::Interrupted), "{failure:?}");
    assert!(case.view(&case.others[0]).revoked);
    assert!(!case.view(&case.others[1]).revoked);
    assert!(!case.view(&case.calling).revoked);
    assert_eq!(case.files(), 1);
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_that_cannot_be_renamed_keeps_the_secret_under_its_first_name() {
    let case = Case::new();
    let plan = case.plan(false).await;
    let path = case.path_of(&case.others[0]);
    case.while_rotating(move || fs::create_dir_all(path.join("in the way")).unwrap());

    let failure = case.rotate(&plan.rotate[0]).await.unwrap_err();

    let Failure::Misplaced(path, _) = &failure else {
        panic!("{failure:?}");
    };
    let secret = fs::read_to_string(path).unwrap();
    assert_eq!(case.gitlab.find_token(&secret).unwrap(), case.newest());
    assert!(case.newest().active);
    assert!(!format!("{failure} {failure:?}").contains(&secret));
}

#[cfg(unix)]
#[tokio::test]
async fn a_directory_that_is_removed_during_the_rotation_orphans_the_new_token() {
    let case = Case::new();
    let plan = case.plan(false).await;
    let store = case.store();
    let path = case.directory.path().to_owned();
    case.while_rotating(move || fs::remove_dir_all(&path).unwrap());

    let failure = case
        .rotate_in(&store, &plan.rotate[0], Orphan::Revoke)
        .await
        .unwrap_err();

    assert!(matches!(orphan(&failure).fate, Fate::Revoked));
    assert!(case.newest().revoked);
}
