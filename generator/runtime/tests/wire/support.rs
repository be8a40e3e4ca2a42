//! A small API in the form of emitted code, and a scripted server, for the tests of the client.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant, SystemTime};

use bytes::Bytes;
use generator_runtime::runtime::api::operation::{
    ApiInfo, CredentialPlace, ErrorAdvice, ErrorBodyInfo, OperationInfo, RateLimitHeaders,
    RetryClass, SecurityRequirement,
};
use generator_runtime::runtime::call::builder::ClientBuilder;
use generator_runtime::runtime::call::client::Client;
use generator_runtime::runtime::call::options::RequestOptions;
use generator_runtime::runtime::call::response::HttpResponse;
use generator_runtime::runtime::call::retry::RetryPolicy;
use generator_runtime::runtime::call::{Call, Operation};
use generator_runtime::runtime::credential::auth::Auth;
use generator_runtime::runtime::encode::request::HttpRequest;
use generator_runtime::runtime::error::Error;
use generator_runtime::runtime::page::{Page, PageToken, Paginated, PaginationInfo};
use generator_runtime::runtime::transport::timer::{Sleep, Timer};
use generator_runtime::runtime::transport::{
    RequestBody, ResponseBody, Transport, TransportError, TransportErrorKind, TransportFuture,
};
use http::Method;

/// The credential of every test. No output may contain it.
pub(crate) const TOKEN: &str = "s3cr3t-t0ken";

pub(crate) static API: ApiInfo = ApiInfo {
    name: "Pets",
    version: "1",
    package: "pets",
    package_version: "0.1.0",
    default_base_url: Some("https://pets.example"),
    base_path: None,
    error_body: ErrorBodyInfo {
        message: &["/error_description", "/message", "/error"],
        code: &["/error"],
        required_scopes: &["/scope"],
    },
    request_id_headers: &["X-Request-Id"],
    rate_limit_headers: RateLimitHeaders {
        limit: Some("Quota-Limit"),
        remaining: Some("Quota-Remaining"),
        observed: Some("Quota-Observed"),
        name: Some("Quota-Name"),
        reset: Some("Quota-Reset"),
    },
    credential_places: &[
        CredentialPlace::Header("X-Pet-Key"),
        CredentialPlace::Query("pet_key"),
        CredentialPlace::Cookie("pet_session"),
    ],
};

pub(crate) const fn operation(
    id: &'static str,
    method: &'static Method,
    path: &'static str,
    retry: RetryClass,
) -> OperationInfo {
    OperationInfo {
        id,
        name: id,
        method,
        path,
        accept: Some("application/json"),
        security: SecurityRequirement::Required,
        retry,
        secret: false,
        new_secret: None,
        error_advice: &[],
    }
}

/// `GET /pets/{id}`: an object with a name.
#[derive(Clone, Debug)]
pub(crate) struct GetPet<C> {
    pub(crate) call: Call<C>,
    pub(crate) id: i64,
}

impl<C> GetPet<C> {
    pub(crate) fn new(client: C, id: i64) -> Self {
        Self {
            call: Call::new(client),
            id,
        }
    }

    pub(crate) fn options(mut self, options: RequestOptions) -> Self {
        self.call.options = options;
        self
    }
}

#[derive(Clone, Debug, PartialEq, serde::Deserialize)]
pub(crate) struct Pet {
    pub(crate) name: String,
}

pub(crate) static GET_PET: OperationInfo = operation(
    "pets.get",
    &Method::GET,
    "/pets/{id}",
    RetryClass::Idempotent,
);

impl<C> Operation for GetPet<C> {
    type Output = Pet;
    const INFO: &'static OperationInfo = &GET_PET;

    fn request(&self) -> Result<HttpRequest, Error> {
        let mut request = HttpRequest::new(Self::INFO);
        request.path_parameter("id", &self.id)?;
        Ok(request)
    }

    fn decode(response: HttpResponse) -> Result<Pet, Error> {
        response.json()
    }
}

generator_runtime::operation!(GetPet -> Pet);

/// The place of an input.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Location {
    Header,
    Query,
    Cookie,
}

impl Location {
    pub(crate) const ALL: [Self; 3] = [Self::Header, Self::Query, Self::Cookie];
}

/// `GET /pets/ask`: one input with any name in any place.
#[derive(Clone, Debug)]
pub(crate) struct AskPet<C> {
    pub(crate) call: Call<C>,
    place: Location,
    name: &'static str,
}

pub(crate) static ASK_PET: OperationInfo = OperationInfo {
    error_advice: &[ErrorAdvice {
        status: 401,
        text: "it may belong to another user",
    }],
    ..operation(
        "pets.ask",
        &Method::GET,
        "/pets/ask",
        RetryClass::Idempotent,
    )
};

impl<C> AskPet<C> {
    pub(crate) fn new(client: C, place: Location, name: &'static str) -> Self {
        Self {
            call: Call::new(client),
            place,
            name,
        }
    }
}

impl<C> Operation for AskPet<C> {
    type Output = Pet;
    const INFO: &'static OperationInfo = &ASK_PET;

    fn request(&self) -> Result<HttpRequest, Error> {
        let mut request = HttpRequest::new(Self::INFO);
        match self.place {
            Location::Header => request.header_parameter(self.name, "x")?,
            Location::Query => {
                request.query_parameter(self.name, "x")?;
            }
            Location::Cookie => request.cookie_parameter(self.name, "x")?,
        }
        Ok(request)
    }

    fn decode(response: HttpResponse) -> Result<Pet, Error> {
        response.json()
    }
}

generator_runtime::operation!(AskPet -> Pet);

/// `POST /pets`, which must not be sent twice.
#[derive(Clone, Debug)]
pub(crate) struct CreatePet<C> {
    pub(crate) call: Call<C>,
    pub(crate) name: String,
}

pub(crate) static CREATE_PET: OperationInfo = operation(
    "pets.create",
    &Method::POST,
    "/pets",
    RetryClass::NonIdempotent,
);

impl<C> CreatePet<C> {
    pub(crate) fn new(client: C, name: &str) -> Self {
        Self {
            call: Call::new(client),
            name: name.to_owned(),
        }
    }
}

impl<C> Operation for CreatePet<C> {
    type Output = Pet;
    const INFO: &'static OperationInfo = &CREATE_PET;

    fn request(&self) -> Result<HttpRequest, Error> {
        let mut request = HttpRequest::new(Self::INFO);
        request.json_body("application/json", &serde_json::json!({"name": self.name}))?;
        Ok(request)
    }

    fn decode(response: HttpResponse) -> Result<Pet, Error> {
        response.json()
    }
}

generator_runtime::operation!(CreatePet -> Pet);

/// `GET /pets`: names, page by page.
#[derive(Clone, Debug)]
pub(crate) struct ListPets<C> {
    pub(crate) call: Call<C>,
    pub(crate) page: Option<i64>,
}

pub(crate) static LIST_PETS: OperationInfo =
    operation("pets.list", &Method::GET, "/pets", RetryClass::Idempotent);

impl<C> ListPets<C> {
    pub(crate) fn new(client: C) -> Self {
        Self {
            call: Call::new(client),
            page: None,
        }
    }
}

impl<C> Operation for ListPets<C> {
    type Output = Page<String>;
    const INFO: &'static OperationInfo = &LIST_PETS;

    fn request(&self) -> Result<HttpRequest, Error> {
        let mut request = HttpRequest::new(Self::INFO);
        request.query_parameter("page", &self.page)?;
        Ok(request)
    }

    fn decode(response: HttpResponse) -> Result<Page<String>, Error> {
        response.page(Self::PAGINATION)
    }
}

impl<C> Paginated for ListPets<C> {
    type Item = String;
    const PAGINATION: &'static PaginationInfo = &PaginationInfo {
        page_parameter: "page",
        first_page: 1,
        next_page_header: Some("X-Next"),
        page_header: Some("X-Page"),
        page_size_header: Some("X-Size"),
        total_header: Some("X-Count"),
        total_pages_header: Some("X-Pages"),
        link_header: Some("Link"),
        may_guess: true,
        past_end_status: None,
    };

    fn set_page(&mut self, page: PageToken) {
        self.page = Some(page.into());
    }
}

generator_runtime::paginated_operation!(ListPets -> String);

/// A request as the server saw it.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) method: Method,
    pub(crate) uri: String,
    pub(crate) headers: http::HeaderMap,
    pub(crate) body: Bytes,
}

impl Seen {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The request line and the headers, sorted, for comparison with an exact expectation.
    pub(crate) fn lines(&self) -> String {
        let mut headers: Vec<String> = self
            .headers
            .iter()
            .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
            .collect();
        headers.sort();
        format!("{} {}\n{}", self.method, self.uri, headers.join("\n"))
    }
}

/// The server's action on a request.
pub(crate) enum Act {
    Response(http::Response<ResponseBody>),
    Fail(TransportErrorKind),
    /// Never sends a response.
    Hang,
}

/// A server with scripted responses.
#[derive(Clone, Default)]
pub(crate) struct Script {
    state: Arc<Mutex<ScriptState>>,
}

#[derive(Default)]
struct ScriptState {
    acts: VecDeque<Act>,
    seen: Vec<Seen>,
}

impl Script {
    pub(crate) fn new(acts: impl IntoIterator<Item = Act>) -> Self {
        let script = Self::default();
        script.state.lock().unwrap().acts.extend(acts);
        script
    }

    pub(crate) fn push(&self, act: Act) {
        self.state.lock().unwrap().acts.push_back(act);
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.state.lock().unwrap().seen.clone()
    }

    pub(crate) fn count(&self) -> usize {
        self.state.lock().unwrap().seen.len()
    }
}

impl Transport for Script {
    fn send(&self, request: http::Request<RequestBody>) -> TransportFuture {
        let state = Arc::clone(&self.state);
        Box::pin(async move {
            let act = {
                let mut state = state.lock().unwrap();
                let (parts, body) = request.into_parts();
                state.seen.push(Seen {
                    method: parts.method,
                    uri: parts.uri.to_string(),
                    headers: parts.headers,
                    body: body.into_bytes(),
                });
                state
                    .acts
                    .pop_front()
                    .expect("the script has an act for each request")
            };
            match act {
                Act::Response(response) => Ok(response),
                Act::Fail(kind) => Err(TransportError::new(kind)),
                Act::Hang => std::future::pending().await,
            }
        })
    }
}

/// A response with these headers and this body.
pub(crate) fn response(status: u16, headers: &[(&str, &str)], body: &str) -> Act {
    let mut response = http::Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    Act::Response(
        response
            .body(ResponseBody::from(body.as_bytes().to_vec()))
            .unwrap(),
    )
}

pub(crate) fn json(status: u16, body: &str) -> Act {
    response(status, &[("content-type", "application/json")], body)
}

/// A clock that advances when a call sleeps and no other work remains.
#[derive(Clone)]
pub(crate) struct VirtualTime {
    state: Arc<Mutex<TimeState>>,
    start: Instant,
}

#[derive(Default)]
struct TimeState {
    now: Duration,
    next: u64,
    sleeping: Vec<Sleeper>,
}

struct Sleeper {
    id: u64,
    until: Duration,
    waker: Option<Waker>,
}

/// The wall clock when a test begins.
pub(crate) const EPOCH: u64 = 1_800_000_000;

impl VirtualTime {
    pub(crate) fn new() -> Self {
        Self {
            state: Arc::default(),
            start: Instant::now(),
        }
    }

    /// Returns the time that has passed.
    pub(crate) fn elapsed(&self) -> Duration {
        self.state.lock().unwrap().now
    }

    /// Wakes the sleeper with the earliest deadline. Returns `false` if there is none. Sleepers whose deadline has passed are skipped.
    fn advance(&self) -> bool {
        let mut state = self.state.lock().unwrap();
        // A sleeper that was woken but not polled is not waited for.
        let reached = state.now;
        let ahead = state.sleeping.iter().map(|sleeper| sleeper.until);
        let Some(now) = ahead.filter(|until| *until > reached).min() else {
            return false;
        };
        state.now = now;
        let wakers: Vec<Waker> = state
            .sleeping
            .iter_mut()
            .filter(|sleeper| sleeper.until <= now)
            .filter_map(|sleeper| sleeper.waker.take())
            .collect();
        drop(state);
        wakers.into_iter().for_each(Waker::wake);
        true
    }

    /// Runs a future to its end. Time passes only when no task can proceed.
    pub(crate) fn run<F: Future>(&self, future: F) -> F::Output {
        let mut future = std::pin::pin!(future);
        let woken = Arc::new(Flag::default());
        let waker = Waker::from(Arc::clone(&woken));
        let mut context = Context::from_waker(&waker);
        loop {
            if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
                return output;
            }
            if !woken.take() {
                assert!(self.advance(), "the future waits for nothing");
            }
        }
    }
}

#[derive(Default)]
struct Flag(std::sync::atomic::AtomicBool);

impl Flag {
    fn take(&self) -> bool {
        self.0.swap(false, std::sync::atomic::Ordering::SeqCst)
    }
}

impl std::task::Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.0.store(true, std::sync::atomic::Ordering::SeqCst);
    }
}

impl Timer for VirtualTime {
    fn sleep(&self, duration: Duration) -> Sleep {
        let mut state = self.state.lock().unwrap();
        let id = state.next;
        state.next += 1;
        let until = state.now + duration;
        state.sleeping.push(Sleeper {
            id,
            until,
            waker: None,
        });
        Box::pin(VirtualSleep {
            state: Arc::clone(&self.state),
            id,
        })
    }

    fn now(&self) -> Instant {
        self.start + self.elapsed()
    }

    fn system_time(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(EPOCH) + self.elapsed()
    }
}

struct VirtualSleep {
    state: Arc<Mutex<TimeState>>,
    id: u64,
}

impl Future for VirtualSleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut state = self.state.lock().unwrap();
        let now = state.now;
        let done = match state
            .sleeping
            .iter_mut()
            .find(|sleeper| sleeper.id == self.id)
        {
            Some(sleeper) if sleeper.until > now => {
                sleeper.waker = Some(context.waker().clone());
                false
            }
            _ => true,
        };
        if !done {
            return Poll::Pending;
        }
        Poll::Ready(())
    }
}

impl Drop for VirtualSleep {
    fn drop(&mut self) {
        let mut state = self.state.lock().unwrap();
        state.sleeping.retain(|sleeper| sleeper.id != self.id);
    }
}

/// A client of the scripted server, with a credential.
pub(crate) fn client(script: &Script, time: &VirtualTime) -> Client {
    builder(script, time).build().unwrap()
}

/// The client does not retry by default, since most tests look at a single attempt.
pub(crate) fn builder(script: &Script, time: &VirtualTime) -> ClientBuilder {
    ClientBuilder::new(&API)
        .with_credential_registry()
        .auth(Auth::header("X-Pet-Key", TOKEN))
        .transport(script.clone())
        .timer(time.clone())
        .retry(RetryPolicy::none())
}
