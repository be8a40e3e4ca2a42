//! The sources of a client's credential: a fixed one that is replaced while the client runs, or a provider.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use generator_runtime::runtime::api::operation::{OperationInfo, RetryClass, SecurityRequirement};
use generator_runtime::runtime::call::builder::ClientBuilder;
use generator_runtime::runtime::call::client::Client;
use generator_runtime::runtime::call::options::RequestOptions;
use generator_runtime::runtime::call::response::HttpResponse;
use generator_runtime::runtime::call::retry::RetryPolicy;
use generator_runtime::runtime::call::{Call, Operation};
use generator_runtime::runtime::credential::auth::Auth;
use generator_runtime::runtime::credential::auth_provider::{AuthError, AuthFuture, AuthProvider};
use generator_runtime::runtime::encode::request::HttpRequest;
use generator_runtime::runtime::error::{Error, ErrorKind};
use generator_runtime::runtime::transport::timer::Timer;
use generator_runtime::runtime::transport::{ResponseBody, TransportError};
use http::Method;

use crate::support::{
    Act, CreatePet, GetPet, Script, TOKEN, VirtualTime, builder, client, json, operation,
};

const REX: &str = r#"{"name": "Rex"}"#;

fn key(secret: impl Into<String>) -> Auth {
    Auth::header("X-Pet-Key", secret.into())
}

/// The keys of all requests, in their order.
fn keys(script: &Script) -> Vec<Option<String>> {
    let seen = script.seen();
    let key = |name| seen.iter().map(move |seen| seen.header(name));
    key("x-pet-key").map(|key| key.map(str::to_owned)).collect()
}

fn some(keys: &[&str]) -> Vec<Option<String>> {
    keys.iter().map(|key| Some((*key).to_owned())).collect()
}

/// `GET /status`: needs no credential.
#[derive(Clone, Debug)]
struct GetStatus<C> {
    call: Call<C>,
}

static GET_STATUS: OperationInfo = OperationInfo {
    security: SecurityRequirement::Anonymous,
    ..operation(
        "status.get",
        &Method::GET,
        "/status",
        RetryClass::Idempotent,
    )
};

impl<C> Operation for GetStatus<C> {
    type Output = ();
    const INFO: &'static OperationInfo = &GET_STATUS;

    fn request(&self) -> Result<HttpRequest, Error> {
        Ok(HttpRequest::new(Self::INFO))
    }

    fn decode(response: HttpResponse) -> Result<(), Error> {
        response.empty()
    }
}

generator_runtime::operation!(GetStatus -> ());

#[test]
fn all_clones_use_the_new_credential() {
    let script = Script::new((0..4).map(|_| json(200, REX)));
    let time = VirtualTime::new();
    let first = client(&script, &time);
    let second = first.clone();
    let get = |client: &Client| {
        time.run(GetPet::new(client.clone(), 7).send()).unwrap();
    };
    get(&first);
    first.set_auth(key("new")).unwrap();
    get(&second);
    // A credential in another place, and none.
    second.set_auth(Auth::bearer_token("other")).unwrap();
    get(&first);
    first.set_auth(Auth::none()).unwrap();
    get(&second);
    let new = Some("new".to_owned());
    assert_eq!(keys(&script), [Some(TOKEN.to_owned()), new, None, None]);
    let seen = script.seen();
    assert_eq!(seen[2].header("authorization"), Some("Bearer other"));
    assert_eq!(seen[3].header("authorization"), None);
}

#[test]
fn a_credential_that_cannot_be_sent_is_rejected_and_changes_nothing() {
    let unfit = [
        key("b4d-t0ken\n"),
        key(" b4d-t0ken"),
        key("b4d\u{0}t0ken"),
        key("b4d-t0kén"),
        key(""),
        Auth::header("bad name", "b4d-t0ken"),
        Auth::bearer_token("b4d-t0ken\r\nx: y"),
        Auth::basic("a:b", "b4d-t0ken"),
        Auth::cookie("session", "b4d;t0ken"),
        Auth::query("pet_key", "\tb4d-t0ken"),
    ];
    let script = Script::new([json(200, REX)]);
    let time = VirtualTime::new();
    let client = client(&script, &time);
    for auth in unfit {
        let error = client.set_auth(auth.clone()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration, "{auth:?}");
        assert!(!format!("{error} {error:?} {client:?}").contains("b4d"));
    }
    time.run(GetPet::new(client, 7).send()).unwrap();
    assert_eq!(keys(&script), some(&[TOKEN]));
}

#[test]
fn the_next_attempt_of_a_call_in_flight_uses_the_new_credential() {
    let (script, time) = (Script::new([json(200, REX)]), VirtualTime::new());
    let client = Arc::new(OnceLock::<Client>::new());
    // The credential is replaced while the first request is in flight. The pause begins after that.
    let (inner, known) = (script.clone(), Arc::clone(&client));
    let transport = move |request: http::Request<_>| {
        let is_first = request.headers()["x-pet-key"] == TOKEN;
        if is_first {
            known.get().unwrap().set_auth(key("new")).unwrap();
            inner.push(json(200, REX));
        }
        let sent = generator_runtime::runtime::transport::Transport::send(&inner, request);
        async move {
            let response = sent.await?;
            let mut failure = http::Response::new(ResponseBody::empty());
            *failure.status_mut() = http::StatusCode::SERVICE_UNAVAILABLE;
            Ok::<_, TransportError>(if is_first { failure } else { response })
        }
    };
    let built = builder(&script, &time)
        .transport(transport)
        .retry(RetryPolicy::new())
        .build()
        .unwrap();
    let _ = client.set(built.clone());
    time.run(GetPet::new(built, 7).send()).unwrap();
    assert_eq!(keys(&script), some(&[TOKEN, "new"]));
}

/// A provider that counts its calls and returns another credential each time.
#[derive(Clone, Default)]
struct Vault {
    asked: Arc<AtomicU32>,
}

impl Vault {
    fn asked(&self) -> u32 {
        self.asked.load(Ordering::SeqCst)
    }
}

impl AuthProvider for Vault {
    fn auth(&self) -> AuthFuture {
        let number = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
        Box::pin(async move { Ok(key(format!("key-{number}"))) })
    }
}

fn provided(script: &Script, time: &VirtualTime, provider: impl AuthProvider) -> ClientBuilder {
    builder(script, time).auth_provider(provider)
}

#[test]
fn a_provider_is_called_once_for_each_attempt() {
    let script = Script::new([json(503, ""), json(503, ""), json(200, REX), json(200, REX)]);
    let (time, vault) = (VirtualTime::new(), Vault::default());
    let client = provided(&script, &time, vault.clone())
        .retry(RetryPolicy::new())
        .build()
        .unwrap();
    assert_eq!(vault.asked(), 0);
    let call = GetPet::new(client.clone(), 7).send();
    assert_eq!(vault.asked(), 0);
    time.run(call).unwrap();
    assert_eq!(vault.asked(), 3);
    time.run(GetPet::new(client.clone(), 7).send()).unwrap();
    assert_eq!(keys(&script), some(&["key-1", "key-2", "key-3", "key-4"]));
    // A redirect is part of its attempt.
    let redirect = crate::support::response(302, &[("location", "/moved")], "");
    script.push(redirect);
    script.push(json(200, REX));
    time.run(GetPet::new(client, 7).send()).unwrap();
    assert_eq!(keys(&script)[4..], some(&["key-5", "key-5"]));
}

#[test]
fn a_provider_is_not_called_if_its_credential_is_not_needed() {
    let script = Script::new([json(200, ""), json(200, REX)]);
    let (time, vault) = (VirtualTime::new(), Vault::default());
    let client = provided(&script, &time, vault.clone()).build().unwrap();
    let status = GetStatus {
        call: Call::new(client.clone()),
    };
    time.run(status.send()).unwrap();
    let own = RequestOptions::new().auth(key("own"));
    time.run(GetPet::new(client, 7).options(own).send())
        .unwrap();
    assert_eq!(vault.asked(), 0);
    assert_eq!(keys(&script), [None, Some("own".to_owned())]);
}

#[test]
fn the_last_setting_of_the_credential_applies() {
    let (time, vault) = (VirtualTime::new(), Vault::default());
    let script = Script::new((0..3).map(|_| json(200, REX)));
    let fixed = provided(&script, &time, vault.clone())
        .auth(key("fixed"))
        .build()
        .unwrap();
    time.run(GetPet::new(fixed, 7).send()).unwrap();
    let client = provided(&script, &time, vault.clone()).build().unwrap();
    time.run(GetPet::new(client.clone(), 7).send()).unwrap();
    client.set_auth(key("set")).unwrap();
    time.run(GetPet::new(client, 7).send()).unwrap();
    assert_eq!(keys(&script), some(&["fixed", "key-1", "set"]));
    assert_eq!(vault.asked(), 1);
}

/// Returns the errors of calls without a credential, one of an operation that may be retried and one of another.
fn without_credential(provider: impl AuthProvider + Clone) -> Error {
    let (script, time) = (Script::new([]), VirtualTime::new());
    let client = provided(&script, &time, provider)
        .retry(RetryPolicy::new())
        .build()
        .unwrap();
    let create = time.run(CreatePet::new(client.clone(), "Rex").send());
    let error = create.unwrap_err();
    assert!(!error.is_outcome_unknown());
    assert_eq!(error.operation(), Some("pets.create"));
    let again = time.run(GetPet::new(client, 7).send()).unwrap_err();
    assert_eq!(again.kind(), error.kind());
    assert_eq!(script.count(), 0);
    again
}

#[test]
fn a_provider_that_fails_ends_the_call_before_anything_is_sent() {
    let error = without_credential(|| async { Err(AuthError::new("the vault is sealed")) });
    assert_eq!(error.kind(), ErrorKind::Credential);
    assert!(!error.is_retryable());
    assert_eq!(error.retry_after(), None);
    assert_eq!(
        error.to_string(),
        "pets.get: the provider has no credential: the vault is sealed"
    );
}

#[test]
fn a_provider_declares_whether_its_failure_is_temporary() {
    for pause in [Duration::ZERO, Duration::from_secs(7)] {
        let asked = Arc::new(AtomicU32::new(0));
        let count = Arc::clone(&asked);
        let error = without_credential(move || {
            count.fetch_add(1, Ordering::SeqCst);
            async move { Err(AuthError::new("the vault is busy").with_retry_after(pause)) }
        });
        assert_eq!(error.kind(), ErrorKind::Credential);
        assert!(error.is_retryable());
        assert_eq!(error.retry_after(), Some(pause));
        // Once for each of two calls.
        assert_eq!(asked.load(Ordering::SeqCst), 2);
    }
}

#[test]
fn a_provider_whose_credential_is_invalid_ends_the_call_before_anything_is_sent() {
    let error = without_credential(|| async { Ok(key("b4d-t0ken\n")) });
    assert_eq!(error.kind(), ErrorKind::Credential);
    assert!(!error.is_retryable());
    assert!(!format!("{error} {error:?}").contains("b4d"));
    assert_eq!(
        error.to_string(),
        "pets.get: the credential begins or ends with white space or a line break"
    );
}

#[test]
fn the_deadline_of_the_call_applies_to_the_provider() {
    let error = without_credential(std::future::pending);
    assert_eq!(error.kind(), ErrorKind::Timeout);

    // The attempt has the time that the provider leaves.
    let (script, time) = (Script::new([Act::Hang]), VirtualTime::new());
    let clock = time.clone();
    let slow = move || {
        let pause = clock.sleep(Duration::from_secs(4));
        async move {
            pause.await;
            Ok(key("slow"))
        }
    };
    let client = provided(&script, &time, slow)
        .timeout(Duration::from_secs(5))
        .build()
        .unwrap();
    let error = time.run(GetPet::new(client, 7).send()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert_eq!(script.count(), 1);
    assert_eq!(time.elapsed(), Duration::from_secs(5));
}

#[test]
fn a_provider_that_fails_between_attempts_ends_the_call_with_the_error_of_the_last_one() {
    let asked = AtomicU32::new(0);
    let once = move || {
        let is_first = asked.fetch_add(1, Ordering::SeqCst) == 0;
        async move {
            match is_first {
                true => Ok(key("first")),
                false => Err(AuthError::new("the lease has ended")),
            }
        }
    };
    let (script, time) = (Script::new([json(503, "")]), VirtualTime::new());
    let client = provided(&script, &time, once)
        .retry(RetryPolicy::new())
        .build()
        .unwrap();
    let error = time.run(GetPet::new(client, 7).send()).unwrap_err();
    assert_eq!(error.status().unwrap(), 503);
    assert_eq!(script.count(), 1);
}

#[test]
fn an_echo_of_a_provided_credential_is_redacted() {
    let echo = format!(r#"{{"message": "no {TOKEN}"}}"#);
    let (script, time) = (Script::new([json(401, &echo)]), VirtualTime::new());
    let client = provided(&script, &time, || async { Ok(key(TOKEN)) })
        .build()
        .unwrap();
    let error = time.run(GetPet::new(client, 7).send()).unwrap_err();
    assert_eq!(error.message(), Some("no [redacted]"));
}

#[test]
fn debug_output_names_the_provider_and_no_credential() {
    let (script, time) = (Script::new([]), VirtualTime::new());
    let token = TOKEN.to_owned();
    let builder = provided(&script, &time, move || {
        let auth = key(token.clone());
        async move { Ok(auth) }
    });
    let shown = format!("{builder:?}");
    assert!(shown.contains("has_provider: true"), "{shown}");
    assert!(!shown.contains(TOKEN));
    let shown = format!("{:?}", builder.build().unwrap());
    assert!(shown.contains("Auth(provider)"), "{shown}");
    assert!(!shown.contains(TOKEN));
}
