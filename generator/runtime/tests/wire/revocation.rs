//! An operation that revokes the caller's own credential: when its second attempt proves the first, and which credential it revokes.

use generator_runtime::runtime::api::operation::{OperationInfo, RetryClass};
use generator_runtime::runtime::call::client::Client;
use generator_runtime::runtime::call::guard::Guard;
use generator_runtime::runtime::call::response::HttpResponse;
use generator_runtime::runtime::call::retry::RetryPolicy;
use generator_runtime::runtime::call::{Call, Operation};
use generator_runtime::runtime::credential::auth::Auth;
use generator_runtime::runtime::encode::request::HttpRequest;
use generator_runtime::runtime::error::Error;
use generator_runtime::runtime::replacement::info::{
    CredentialEffect, CredentialStatusInfo, CredentialTarget, ResponsePattern,
};
use generator_runtime::runtime::replacement::revocation::Revokes;
use generator_runtime::runtime::transport::TransportErrorKind as Kind;
use http::Method;

use crate::support::{Act, Script, TOKEN, VirtualTime, builder, json, operation, response};

/// `DELETE /keys/self`, or that of another key.
#[derive(Clone, Debug)]
struct Revoke<C, const SELF: bool> {
    call: Call<C>,
}

static REVOKE_SELF: OperationInfo = operation(
    "keys.revoke_self",
    &Method::DELETE,
    "/keys/self",
    RetryClass::Idempotent,
);

static REVOKE_OTHER: OperationInfo = operation(
    "keys.revoke",
    &Method::DELETE,
    "/keys/7",
    RetryClass::Idempotent,
);

static REVOKES: Revokes = Revokes(CredentialEffect {
    target: CredentialTarget::Caller,
    secret: None,
    status: &STATUS,
});

static REVOKES_NAMED: Revokes = Revokes(CredentialEffect {
    target: CredentialTarget::Parameter("id"),
    secret: None,
    status: &STATUS,
});

static STATUS: CredentialStatusInfo = CredentialStatusInfo {
    check_path: None,
    identity: None,
    ended: Some(ResponsePattern {
        status: 401,
        code: Some("invalid_token"),
        message: Some("Token was revoked"),
    }),
    active_member: None,
    active_error_responses: &[],
};

impl<C, const SELF: bool> Operation for Revoke<C, SELF> {
    type Output = ();
    const INFO: &'static OperationInfo = if SELF { &REVOKE_SELF } else { &REVOKE_OTHER };
    const GUARD: Option<&'static dyn Guard> = if SELF {
        Some(&REVOKES)
    } else {
        Some(&REVOKES_NAMED)
    };

    fn request(&self) -> Result<HttpRequest, Error> {
        Ok(HttpRequest::new(Self::INFO))
    }

    fn decode(response: HttpResponse) -> Result<(), Error> {
        response.empty()
    }
}

impl<const SELF: bool> Revoke<Client, SELF> {
    fn send(self) -> impl Future<Output = Result<(), Error>> {
        let request = self.request();
        let (client, options) = self.call.into_parts();
        let sent = client.run(Self::INFO, Self::GUARD, request, options, Self::decode);
        async move { sent.await.map(|response| response.into_inner()) }
    }
}

const REVOKED: &str =
    r#"{"error": "invalid_token", "error_description": "Token was revoked. Ask again."}"#;
const EXPIRED: &str = r#"{"error": "invalid_token", "error_description": "Token is expired."}"#;

fn revoke<const SELF: bool>(acts: impl IntoIterator<Item = Act>) -> (Result<(), Error>, Script) {
    let (script, time) = (Script::new(acts), VirtualTime::new());
    let client = builder(&script, &time)
        .retry(RetryPolicy::new())
        .build()
        .unwrap();
    let call = Revoke::<_, SELF> {
        call: Call::new(client),
    };
    let result = time.run(call.send());
    (result, script)
}

#[test]
fn the_proof_that_the_credential_is_revoked_replaces_a_lost_response() {
    let losses: [fn() -> Act; 5] = [
        || Act::Fail(Kind::ConnectionLost),
        || Act::Fail(Kind::ReadTimeout),
        || json(408, "{}"),
        || json(502, "{}"),
        || json(504, "{}"),
    ];
    for lost in losses {
        let (result, script) = revoke::<true>([lost(), json(401, REVOKED)]);
        result.unwrap();
        assert_eq!(script.count(), 2);
        // A failure between the two attempts changes nothing.
        let later = [lost(), Act::Fail(Kind::Connect), json(401, REVOKED)];
        let (result, script) = revoke::<true>(later);
        result.unwrap();
        assert_eq!(script.count(), 3);
    }
}

#[test]
fn no_other_error_response_is_a_proof() {
    for (status, body) in [
        (401, EXPIRED),
        (401, r#"{"message": "401 Unauthorized"}"#),
        (401, r#"{"message": "Token was revoked."}"#),
        (401, ""),
        (403, REVOKED),
        (404, REVOKED),
    ] {
        let (result, script) = revoke::<true>([json(502, "{}"), json(status, body)]);
        let error = result.unwrap_err();
        assert_eq!(error.status().unwrap(), status, "{body}");
        assert_eq!(script.count(), 2, "{body}");
    }
}

#[test]
fn an_error_response_proves_nothing_if_no_attempt_can_have_arrived() {
    let (result, _) = revoke::<true>([json(401, REVOKED)]);
    assert!(result.unwrap_err().is_credential_rejected());
    for not_sent in [Act::Fail(Kind::Connect), json(429, "{}")] {
        let (result, script) = revoke::<true>([not_sent, json(401, REVOKED)]);
        assert!(result.unwrap_err().is_credential_rejected());
        assert_eq!(script.count(), 2);
    }
}

/// The credential that the call names may be its own. The client does not know.
#[test]
fn after_a_lost_response_the_end_of_the_calling_credential_leaves_the_outcome_unknown() {
    let (result, _) = revoke::<false>([json(502, "{}"), json(401, REVOKED)]);
    let error = result.unwrap_err();
    assert!(error.is_credential_rejected() && error.is_outcome_unknown());
    let shown = error.to_string();
    assert!(
        shown.contains("if the call names that credential"),
        "{shown}"
    );

    for acts in [
        vec![json(401, REVOKED)],
        vec![Act::Fail(Kind::Connect), json(401, REVOKED)],
        vec![json(502, "{}"), json(401, EXPIRED)],
    ] {
        let (result, _) = revoke::<false>(acts);
        let error = result.unwrap_err();
        assert!(!error.is_outcome_unknown(), "{error}");
    }
}

#[test]
fn a_retry_revokes_the_same_credential_as_the_first_attempt() {
    let retry_after = || response(503, &[("retry-after", "1")], "");
    let next = || async {
        static ASKED: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
        let number = ASKED.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        Ok(Auth::header("X-Pet-Key", format!("key-{number}")))
    };
    let (script, time) = (
        Script::new([retry_after(), json(401, REVOKED)]),
        VirtualTime::new(),
    );
    let provided = builder(&script, &time)
        .retry(RetryPolicy::new())
        .auth_provider(next)
        .build()
        .unwrap();
    let call = Revoke::<_, true> {
        call: Call::new(provided),
    };
    time.run(call.send()).unwrap();
    for seen in script.seen() {
        assert_eq!(seen.header("x-pet-key"), Some("key-0"));
    }

    let (script, time) = (
        Script::new([retry_after(), json(204, "")]),
        VirtualTime::new(),
    );
    let client = builder(&script, &time)
        .retry(RetryPolicy::new())
        .build()
        .unwrap();
    let call = Revoke::<_, true> {
        call: Call::new(client.clone()),
    };
    let mut call = std::pin::pin!(call.send());
    // Up to the pause.
    let first = futures_util::future::select(call.as_mut(), std::future::ready(()));
    drop(time.run(first));
    client
        .set_auth(Auth::header("X-Pet-Key", "its-successor"))
        .unwrap();
    time.run(call).unwrap();
    let seen = script.seen();
    assert_eq!(seen.len(), 2);
    assert_eq!(seen[1].header("x-pet-key"), Some(TOKEN));
}
