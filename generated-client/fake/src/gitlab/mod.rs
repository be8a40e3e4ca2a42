//! The stand-in for GitLab: the handle for tests. Knows the state and the server. HTTP is in `api`.

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

/// A stateful stand-in for GitLab's personal access tokens API on loopback.
///
/// It runs on a thread of its own, so it serves async and blocking clients alike. It stops when it is dropped.
///
/// Its clock is fixed at [`FakeGitLab::DEFAULT_NOW`] until a test moves it.
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
    /// The default time of the clock, `2026-12-01T09:00:00Z`, a Tuesday.
    pub const DEFAULT_NOW: Timestamp = Timestamp::constant(1_796_115_600, 0);

    /// Starts an instance with the default settings on a free port of `127.0.0.1`.
    ///
    /// # Errors
    ///
    /// Returns an error if the operating system has no port, thread or file descriptor left.
    pub fn start() -> io::Result<Self> {
        Self::builder().start()
    }

    /// Returns the default settings, to be changed and started.
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

    /// Returns the instance's URL with its relative root, without `/api/v4` and without a trailing slash.
    #[must_use]
    pub fn url(&self) -> String {
        self.world.lock().url.clone()
    }

    /// Changes settings while the instance runs. Settings that only apply at the start have no effect.
    pub fn configure(&self, change: impl FnOnce(Settings) -> Settings) {
        let mut world = self.world.lock();
        let changed = change(world.settings.clone());
        let root = std::mem::replace(&mut world.settings, changed).relative_url_root;
        world.settings.relative_url_root = root;
    }

    /// Removes users, tokens, recorded requests, held requests and faults. Address, settings and clock are kept. A
    /// request in flight meets the empty instance.
    pub fn reset(&self) {
        self.faults().clear();
        self.drop_held_requests();
        self.clear_requests();
        let mut world = self.world.lock();
        let url = std::mem::take(&mut world.url);
        *world = World::new(world.settings.clone());
        world.url = url;
    }

    /// Returns the time of the instance's clock.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.world.lock().now()
    }

    /// Sets the clock, which is fixed from then on.
    pub fn set_now(&self, now: Timestamp) {
        self.world.lock().settings.now = Some(now);
    }

    /// Moves the clock, which is fixed from then on. A negative duration moves it back. Nothing happens if the new time
    /// would be out of range.
    pub fn advance(&self, duration: SignedDuration) {
        let mut world = self.world.lock();
        let now = world.now();
        world.settings.now = Some(now.checked_add(duration).unwrap_or(now));
    }

    /// Adds a token.
    pub fn add_token(&self, spec: TokenSpec) -> NewToken {
        self.world.lock().add_token(spec)
    }

    /// Revokes a token, as another client would. Nothing happens if it does not exist.
    pub fn revoke_token(&self, id: i64) {
        self.world.lock().revoke(id);
    }

    /// Returns the token with this id.
    #[must_use]
    pub fn token(&self, id: i64) -> Option<TokenView> {
        let world = self.world.lock();
        world.tokens.get(&id).map(|token| token.view(world.today()))
    }

    /// Returns the token with this secret.
    #[must_use]
    pub fn find_token(&self, secret: &str) -> Option<TokenView> {
        let world = self.world.lock();
        let token = world.tokens.get(world.secrets.get(secret)?)?;
        Some(token.view(world.today()))
    }

    /// Returns all tokens in the order of their ids.
    #[must_use]
    pub fn tokens(&self) -> Vec<TokenView> {
        let world = self.world.lock();
        world
            .tokens
            .values()
            .map(|token| token.view(world.today()))
            .collect()
    }

    /// Returns the incidents of reuse detection so far. Each is a client that rotated with a revoked token.
    #[must_use]
    pub fn family_revocations(&self) -> Vec<FamilyRevocation> {
        self.world.lock().family_revocations.clone()
    }

    /// Returns the requests so far, in the order in which they arrived.
    #[must_use]
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.server.shared.log.snapshot()
    }

    /// Removes the requests so far from the record.
    pub fn clear_requests(&self) {
        self.server.shared.log.clear();
    }

    /// Returns how many requests have arrived since the start, removed ones included.
    #[must_use]
    pub fn request_count(&self) -> u64 {
        self.server.shared.log.received().get()
    }

    /// Waits until this many requests have arrived since the start.
    pub async fn requests_received(&self, count: u64) {
        self.server.shared.log.received().wait(count).await;
    }

    /// Blocks until this many requests have arrived since the start, and returns `false` if that takes longer than 30
    /// seconds.
    #[must_use]
    pub fn wait_for_requests(&self, count: u64) -> bool {
        self.server.shared.log.received().wait_blocking(count)
    }

    /// Returns how many connections have been accepted so far.
    #[must_use]
    pub fn connections(&self) -> u64 {
        self.server.connections()
    }

    /// Returns the faults that are going to be injected.
    #[must_use]
    pub fn faults(&self) -> &Faults {
        &self.server.shared.faults
    }

    /// Closes the port. New connections are refused and idle ones closed. A request in flight still gets its
    /// response, the last one of its connection.
    ///
    /// # Errors
    ///
    /// Returns an error if the port can't be reserved for [`FakeGitLab::accept_connections`].
    pub fn refuse_connections(&self) -> io::Result<()> {
        self.server.refuse_connections()
    }

    /// Opens the port again.
    ///
    /// # Errors
    ///
    /// Returns an error if the operating system does not give the port back.
    pub fn accept_connections(&self) -> io::Result<()> {
        self.server.accept_connections()
    }

    /// Returns the requests that are held for late delivery, in the order in which they arrived.
    #[must_use]
    pub fn held_requests(&self) -> Vec<RecordedRequest> {
        self.server.shared.held.snapshot()
    }

    /// Executes all held requests, in the order in which they arrived.
    pub fn deliver_late(&self) -> Vec<LateDelivery> {
        self.server
            .shared
            .held
            .take_all()
            .into_iter()
            .map(|request| self.deliver(request))
            .collect()
    }

    /// Executes one held request. Returns `None` if there is none with this index.
    pub fn deliver_late_one(&self, index: usize) -> Option<LateDelivery> {
        self.server
            .shared
            .held
            .take(index)
            .map(|request| self.deliver(request))
    }

    /// Drops all held requests, which are then never executed, and returns how many there were.
    pub fn drop_held_requests(&self) -> usize {
        self.server.shared.held.take_all().len()
    }

    /// Executes a request that did not come over the network, and returns the response.
    ///
    /// The request is recorded like any other, with 0 as its connection. Faults do not apply. For simulations that
    /// bring a network and a clock of their own: with [`FakeGitLab::reset`], one instance serves thousands of them.
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
