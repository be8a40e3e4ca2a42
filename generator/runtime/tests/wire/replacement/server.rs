//! An in-process server of tokens with families. The test decides the fate of each request, before it arrives or later.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::sync::{Arc, Mutex};
use std::task::Poll;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use generator_runtime::runtime::transport::{
    RequestBody, ResponseBody, Transport, TransportError, TransportErrorKind, TransportFuture,
};

use super::responses::{Headers, REVOKED};

/// The secret of the token 1. Token 2, 3 and so on are `token-2`, `token-3`.
pub(super) const FIRST: &str = "token-1";

/// The number of tokens at the start. Rotations create further ones.
const TOKENS: usize = 4;

/// The fate of a request.
#[derive(Clone, Debug)]
pub(super) enum Fate {
    /// It is executed, and the response is returned.
    Done,
    /// It does not arrive.
    Fails(TransportErrorKind),
    /// It is not executed, and this response is returned.
    Rejected(u16, Headers, &'static str),
    /// It is executed, and the caller gets this error.
    ResponseLost(TransportErrorKind),
    /// It is executed, and this response is returned.
    DoneBut(u16, Headers, &'static str),
    /// It is executed, and the response ends after this number of bytes.
    CutOff(usize),
    /// The caller gets this error, and the request arrives when the test delivers it.
    Late(TransportErrorKind),
    /// It is held until the test releases it.
    Held,
}

#[derive(Clone, Default)]
pub(super) struct Server {
    state: Arc<Mutex<State>>,
}

struct State {
    tokens: Vec<Token>,
    fates: VecDeque<Fate>,
    seen: Vec<String>,
    headers: Vec<http::HeaderMap>,
    on_its_way: Vec<Request>,
    families_ended: usize,
}

#[derive(Clone)]
struct Token {
    secret: String,
    parent: Option<usize>,
    is_revoked: bool,
}

#[derive(Clone)]
struct Request {
    number: usize,
    method: http::Method,
    path: String,
    secret: String,
    fate: Option<Fate>,
}

impl Default for State {
    fn default() -> Self {
        let token = |number| Token {
            secret: format!("token-{number}"),
            parent: None,
            is_revoked: false,
        };
        Self {
            tokens: (1..=TOKENS).map(token).collect(),
            fates: VecDeque::new(),
            seen: Vec::new(),
            headers: Vec::new(),
            on_its_way: Vec::new(),
            families_ended: 0,
        }
    }
}

impl Server {
    pub(super) fn new(fates: impl IntoIterator<Item = Fate>) -> Self {
        let server = Self::default();
        server.then(fates);
        server
    }

    /// Sets the fates of the next requests. Later requests are executed.
    pub(super) fn then(&self, fates: impl IntoIterator<Item = Fate>) {
        self.state.lock().unwrap().fates.extend(fates);
    }

    /// The requests of the client: method, path and secret.
    pub(super) fn seen(&self) -> Vec<String> {
        self.state.lock().unwrap().seen.clone()
    }

    /// The requests that no cache may respond to.
    pub(super) fn past_caches(&self) -> Vec<String> {
        self.with_header("cache-control", "no-cache")
    }

    /// The requests with this header.
    pub(super) fn with_header(&self, name: &str, value: &str) -> Vec<String> {
        let state = self.state.lock().unwrap();
        let both = state.seen.iter().zip(&state.headers);
        both.filter(|(_, headers)| headers.get(name).is_some_and(|it| it == value))
            .map(|(line, _)| line.clone())
            .collect()
    }

    #[track_caller]
    pub(super) fn assert_seen(&self, expected: &[&str]) {
        assert_eq!(self.seen(), expected);
        assert_eq!(self.families_ended(), 0);
    }

    /// The number of requests to replace with a revoked token.
    pub(super) fn families_ended(&self) -> usize {
        self.state.lock().unwrap().families_ended
    }

    pub(super) fn is_alive(&self, secret: &str) -> bool {
        let state = self.state.lock().unwrap();
        let mut tokens = state.tokens.iter();
        tokens.any(|token| token.secret == secret && !token.is_revoked)
    }

    /// The secret of the newest token.
    pub(super) fn newest(&self) -> String {
        self.state
            .lock()
            .unwrap()
            .tokens
            .last()
            .unwrap()
            .secret
            .clone()
    }

    /// Executes all later requests.
    pub(super) fn forget_fates(&self) {
        self.state.lock().unwrap().fates.clear();
    }

    /// Replaces a token, as another process does.
    pub(super) fn rotate_elsewhere(&self, secret: &str) -> String {
        let mut state = self.state.lock().unwrap();
        let caller = state.find(secret).unwrap();
        state.rotate(caller);
        state.tokens.last().unwrap().secret.clone()
    }

    /// Gives the oldest of the requests that are held its fate.
    pub(super) fn release(&self, fate: Fate) {
        let mut state = self.state.lock().unwrap();
        let held = state.on_its_way.iter_mut();
        held.into_iter()
            .find(|request| request.fate.is_none())
            .expect("a request is held")
            .fate = Some(fate);
    }

    /// Delivers everything that is still in flight. No caller waits for the responses.
    pub(super) fn deliver(&self) -> usize {
        let mut state = self.state.lock().unwrap();
        let late = std::mem::take(&mut state.on_its_way);
        for request in &late {
            state.carry_out(request);
        }
        late.len()
    }
}

type Response = (u16, String);

impl State {
    fn find(&self, secret: &str) -> Option<usize> {
        self.tokens.iter().position(|token| token.secret == secret)
    }

    fn rotate(&mut self, index: usize) -> Response {
        self.tokens[index].is_revoked = true;
        let id = self.tokens.len() + 1;
        let secret = format!("token-{id}");
        self.tokens.push(Token {
            secret: secret.clone(),
            parent: Some(index),
            is_revoked: false,
        });
        (200, format!(r#"{{"id": {id}, "token": "{secret}"}}"#))
    }

    fn end_family(&mut self, of: usize) {
        self.families_ended += 1;
        let mut family = vec![of];
        while let Some(parent) = family.pop() {
            for (index, token) in self.tokens.iter_mut().enumerate() {
                if token.parent == Some(parent) {
                    token.is_revoked = true;
                    family.push(index);
                }
            }
        }
    }

    fn carry_out(&mut self, request: &Request) -> Response {
        let unknown = || (401, r#"{"message": "401 Unauthorized"}"#.to_owned());
        let Some(caller) = self.find(&request.secret) else {
            return unknown();
        };
        if self.tokens[caller].is_revoked {
            if request.path.ends_with("/rotate") {
                self.end_family(caller);
            }
            return (401, REVOKED.to_owned());
        }
        let named = request.path.trim_start_matches('/');
        match (request.method.as_str(), named.trim_end_matches("/rotate")) {
            ("GET", "list") => (200, "[]".to_owned()),
            ("GET", "self") => (200, format!(r#"{{"id": {}, "active": true}}"#, caller + 1)),
            ("DELETE", "self") => {
                self.tokens[caller].is_revoked = true;
                (204, String::new())
            }
            ("DELETE", id) => match id.parse::<usize>().ok().and_then(|id| id.checked_sub(1)) {
                Some(index) if index < self.tokens.len() => {
                    self.tokens[index].is_revoked = true;
                    (204, String::new())
                }
                _ => unknown(),
            },
            (_, "self") => self.rotate(caller),
            (_, id) => match id.parse::<usize>().ok().and_then(|id| id.checked_sub(1)) {
                Some(index) if index < self.tokens.len() => {
                    if self.tokens[index].is_revoked {
                        let body = r#"{"message": "400 Bad request - Token already revoked"}"#;
                        return (400, body.to_owned());
                    }
                    self.rotate(index)
                }
                _ => unknown(),
            },
        }
    }

    fn take(&mut self, number: usize) -> Option<Request> {
        let position = self
            .on_its_way
            .iter()
            .position(|request| request.number == number && request.fate.is_some())?;
        Some(self.on_its_way.remove(position))
    }

    /// The result for the caller.
    fn meet(&mut self, request: &Request, fate: Fate) -> Result<Reply, TransportError> {
        match fate {
            Fate::Done => {
                let (status, body) = self.carry_out(request);
                Ok(reply(status, &[], body.into_bytes(), None))
            }
            Fate::Fails(kind) => Err(TransportError::new(kind)),
            Fate::Rejected(status, headers, body) => Ok(reply(status, headers, body.into(), None)),
            Fate::ResponseLost(kind) => {
                self.carry_out(request);
                Err(TransportError::new(kind))
            }
            Fate::DoneBut(status, headers, body) => {
                self.carry_out(request);
                Ok(reply(status, headers, body.into(), None))
            }
            Fate::CutOff(length) => {
                let (status, body) = self.carry_out(request);
                Ok(reply(status, &[], body.into_bytes(), Some(length)))
            }
            Fate::Late(kind) => {
                self.on_its_way.push(request.clone());
                Err(TransportError::new(kind))
            }
            Fate::Held => unreachable!("a request is held until it has another fate"),
        }
    }
}

type Reply = http::Response<ResponseBody>;

fn reply(
    status: u16,
    headers: &[(&'static str, &'static str)],
    body: Vec<u8>,
    cut_off: Option<usize>,
) -> Reply {
    let body = match cut_off {
        None => ResponseBody::from(body),
        Some(length) => {
            let lost = TransportError::new(TransportErrorKind::ConnectionLost);
            let beginning = body[..length].to_vec();
            ResponseBody::from_stream(futures_util::stream::iter([
                Ok(beginning.into()),
                Err(lost),
            ]))
        }
    };
    let mut response = http::Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    if !headers.iter().any(|(name, _)| *name == "content-type") {
        response = response.header("content-type", "application/json");
    }
    response.body(body).unwrap()
}

impl Transport for Server {
    fn send(&self, request: http::Request<RequestBody>) -> TransportFuture {
        let state = Arc::clone(&self.state);
        Box::pin(async move {
            let number = {
                let mut state = state.lock().unwrap();
                let number = state.seen.len();
                let fate = match state.fates.pop_front() {
                    Some(Fate::Held) => None,
                    fate => Some(fate.unwrap_or(Fate::Done)),
                };
                let request_headers = request.headers().clone();
                let request = Request {
                    number,
                    method: request.method().clone(),
                    path: request.uri().path().to_owned(),
                    secret: secret(&request),
                    fate,
                };
                let line = format!("{} {} {}", request.method, request.path, request.secret);
                state.headers.push(request_headers);
                state.seen.push(line);
                state.on_its_way.push(request);
                number
            };
            // If the future is dropped, a held request remains in flight.
            let request = poll_fn(|_| match state.lock().unwrap().take(number) {
                Some(request) => Poll::Ready(request),
                None => Poll::Pending,
            })
            .await;
            let fate = request.fate.clone().unwrap_or(Fate::Done);
            state.lock().unwrap().meet(&request, fate)
        })
    }
}

/// The secret, in whatever form it is sent. A request has exactly one.
fn secret(request: &http::Request<RequestBody>) -> String {
    let header = |name| request.headers().get(name)?.to_str().ok();
    let query = request.uri().query().unwrap_or_default();
    let basic = |value: &str| {
        let decoded = STANDARD.decode(value.strip_prefix("Basic ")?).ok()?;
        let text = String::from_utf8(decoded).ok()?;
        Some(text.split_once(':')?.1.to_owned())
    };
    let authorization = header("authorization").map(|value| match value.strip_prefix("Bearer ") {
        Some(token) => token.to_owned(),
        None => basic(value).unwrap(),
    });
    let found: Vec<String> = [
        header("x-key").map(str::to_owned),
        authorization,
        header("cookie").map(|value| value.trim_start_matches("key=").to_owned()),
        query.strip_prefix("key=").map(str::to_owned),
    ]
    .into_iter()
    .flatten()
    .collect();
    assert_eq!(found.len(), 1, "a request has one credential");
    found[0].clone()
}
