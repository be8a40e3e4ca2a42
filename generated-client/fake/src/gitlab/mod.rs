//! The stand-in for GitLab: the handle that tests hold. Knows the state and the server, and leaves HTTP to `api`.

mod api;
mod membership;
mod people;
mod settings;
mod token;
mod user;
mod version;
mod world;

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};

use crate::faults::Faults;
use crate::late::LateDelivery;
use crate::request::RecordedRequest;
use crate::response::FakeResponse;
use crate::server::{Handler, ListenOptions, Server};
use world::World;

pub use membership::{Group, Project, Visibility};
pub use settings::Settings;
pub use token::{GranularScope, NewToken, TokenSpec, TokenView};
pub use user::{OtherCredential, Session, User};
pub use world::FamilyRevocation;

/// A stand-in for GitLab's personal access tokens API on loopback, with a state of its own.
///
/// It runs on a thread of its own, so it serves async and blocking clients alike, and stops when it is dropped.
pub struct FakeGitLab {
    server: Server,
    world: Arc<SharedWorld>,
}

#[derive(Debug)]
struct SharedWorld(Mutex<World>);

impl SharedWorld {
    fn lock(&self) -> MutexGuard<'_, World> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Handler for SharedWorld {
    fn response(&self, request: &RecordedRequest) -> FakeResponse {
        api::respond(&mut self.lock(), request)
    }
}

impl FakeGitLab {
    /// Starts an instance with the default settings on a free port of `127.0.0.1`.
    ///
    /// # Errors
    ///
    /// The operating system has no port, thread or file descriptor left.
    pub fn start() -> io::Result<Self> {
        Self::builder().start()
    }

    /// Settings, to be changed and started.
    pub fn builder() -> Settings {
        Settings::default()
    }

    fn with_settings(settings: Settings) -> io::Result<Self> {
        let options = ListenOptions {
            ipv6: settings.ipv6,
            keep_alive: settings.keep_alive,
            record_limit: settings.record_limit,
        };
        let root = settings.relative_url_root.clone();
        let world = Arc::new(SharedWorld(Mutex::new(World::new(settings))));
        let handler: Arc<dyn Handler> = Arc::clone(&world) as _;
        let server = Server::start(handler, &options)?;
        world.lock().url = format!("http://{}{root}", server.address());
        Ok(Self { server, world })
    }

    /// The address of the instance with its relative root, without `/api/v4` and without a slash at the end.
    #[must_use]
    pub fn url(&self) -> String {
        self.world.lock().url.clone()
    }

    /// Changes settings while the instance runs. What is settled at the start stays.
    pub fn configure(&self, change: impl FnOnce(Settings) -> Settings) {
        let mut world = self.world.lock();
        let changed = change(world.settings.clone());
        let root = std::mem::replace(&mut world.settings, changed).relative_url_root;
        world.settings.relative_url_root = root;
    }

    /// Forgets people, tokens, recorded requests, requests that wait for late delivery, and faults. Address, settings
    /// and clock stay. A request that is still in flight meets the empty instance.
    pub fn reset(&self) {
        self.faults().clear();
        self.drop_held_requests();
        self.clear_requests();
        let mut world = self.world.lock();
        let url = std::mem::take(&mut world.url);
        *world = World::new(world.settings.clone());
        world.url = url;
    }

    /// What the instance's clock says.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.world.lock().now()
    }

    /// Sets the clock, which then stands still there.
    pub fn set_now(&self, now: Timestamp) {
        self.world.lock().settings.now = Some(now);
    }

    /// Moves the clock, which then stands still there. Backwards is possible; beyond the calendar it stays.
    pub fn advance(&self, duration: SignedDuration) {
        let mut world = self.world.lock();
        let now = world.now();
        world.settings.now = Some(now.checked_add(duration).unwrap_or(now));
    }

    /// Adds a token.
    pub fn add_token(&self, spec: TokenSpec) -> NewToken {
        self.world.lock().add_token(spec)
    }

    /// Revokes a token, as somebody else would. Nothing happens to one that does not exist.
    pub fn revoke_token(&self, id: i64) {
        self.world.lock().revoke(id);
    }

    /// The token with this id.
    #[must_use]
    pub fn token(&self, id: i64) -> Option<TokenView> {
        let world = self.world.lock();
        world.tokens.get(&id).map(|token| token.view(world.today()))
    }

    /// The token with this secret.
    #[must_use]
    pub fn find_token(&self, secret: &str) -> Option<TokenView> {
        let world = self.world.lock();
        let token = world.tokens.get(world.secrets.get(secret)?)?;
        Some(token.view(world.today()))
    }

    /// Every token in the order of their ids.
    #[must_use]
    pub fn tokens(&self) -> Vec<TokenView> {
        let world = self.world.lock();
        world
            .tokens
            .values()
            .map(|token| token.view(world.today()))
            .collect()
    }

    /// The incidents of reuse detection so far: each is a client that rotated with a revoked token.
    #[must_use]
    pub fn family_revocations(&self) -> Vec<FamilyRevocation> {
        self.world.lock().family_revocations.clone()
    }

    /// The requests so far, in the order in which they arrived.
    #[must_use]
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.server.shared.log.snapshot()
    }

    /// Forgets the requests so far.
    pub fn clear_requests(&self) {
        self.server.shared.log.clear();
    }

    /// How many requests arrived since the start, forgotten ones included.
    #[must_use]
    pub fn request_count(&self) -> u64 {
        self.server.shared.log.received().get()
    }

    /// Waits until so many requests have arrived since the start.
    pub async fn requests_received(&self, count: u64) {
        self.server.shared.log.received().wait(count).await;
    }

    /// Blocks until so many requests have arrived since the start; `false` if that does not happen within 30 seconds.
    #[must_use]
    pub fn wait_for_requests(&self, count: u64) -> bool {
        self.server.shared.log.received().wait_blocking(count)
    }

    /// How many connections were accepted so far.
    #[must_use]
    pub fn connections(&self) -> u64 {
        self.server.connections()
    }

    /// The faults in store.
    #[must_use]
    pub fn faults(&self) -> &Faults {
        &self.server.shared.faults
    }

    /// Closes the port: new connections are refused, idle ones closed, and requests in flight end with their
    /// connection's last response.
    ///
    /// # Errors
    ///
    /// The port could not be reserved for [`FakeGitLab::accept_connections`].
    pub fn refuse_connections(&self) -> io::Result<()> {
        self.server.refuse_connections()
    }

    /// Opens the port again.
    ///
    /// # Errors
    ///
    /// The operating system did not give the port back.
    pub fn accept_connections(&self) -> io::Result<()> {
        self.server.accept_connections()
    }

    /// The requests that wait for late delivery, in the order of their arrival.
    #[must_use]
    pub fn held_requests(&self) -> Vec<RecordedRequest> {
        self.server.shared.held.snapshot()
    }

    /// Executes every request that waits for late delivery, in the order of their arrival.
    pub fn deliver_late(&self) -> Vec<LateDelivery> {
        self.server
            .shared
            .held
            .take_all()
            .into_iter()
            .map(|request| self.deliver(request))
            .collect()
    }

    /// Executes the request at this place among those that wait for late delivery.
    pub fn deliver_late_one(&self, index: usize) -> Option<LateDelivery> {
        self.server
            .shared
            .held
            .take(index)
            .map(|request| self.deliver(request))
    }

    /// Forgets the requests that wait for late delivery: they never reach the server. Says how many there were.
    pub fn drop_held_requests(&self) -> usize {
        self.server.shared.held.take_all().len()
    }

    /// Executes a request that did not come over the network, as it is, and says what the server would respond.
    ///
    /// It is recorded like any other, with 0 for its connection; faults do not apply. For simulations, which bring
    /// their own network and their own time: with [`FakeGitLab::reset`] one instance serves thousands of them.
    ///
    /// ```
    /// use gitlab_pat_fake::{FakeGitLab, TokenSpec};
    ///
    /// let gitlab = FakeGitLab::start()?;
    /// let alice = gitlab.add_user("alice");
    /// let token = gitlab.add_token(TokenSpec::new(&alice, "ci").scopes(["api"]));
    ///
    /// let request = http::Request::post("/api/v4/personal_access_tokens/self/rotate")
    ///     .header("PRIVATE-TOKEN", token.secret())
    ///     .body(bytes::Bytes::new())?;
    /// assert_eq!(gitlab.execute(request).status(), 200);
    /// assert!(gitlab.token(token.id()).is_some_and(|token| token.revoked));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn execute(&self, request: http::Request<Bytes>) -> FakeResponse {
        let (head, body) = request.into_parts();
        let target = head
            .uri
            .path_and_query()
            .map_or_else(|| "/".to_owned(), ToString::to_string);
        let mut record = RecordedRequest::parsed(&head, target, 0);
        record.body = body;
        record.complete = true;
        self.server.shared.log.push(record.clone());
        self.world.response(&record)
    }

    fn deliver(&self, request: RecordedRequest) -> LateDelivery {
        let response = self.world.response(&request);
        LateDelivery { request, response }
    }
}

impl std::fmt::Debug for FakeGitLab {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("FakeGitLab")
            .field("url", &self.url())
            .finish_non_exhaustive()
    }
}
