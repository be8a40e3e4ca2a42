//! Redirects: their targets, the credential that is sent there, and the error for a redirect that is not followed.

use gitlab_pat::{Auth, Client, Error, ErrorKind};
use gitlab_pat_fake::{FakeResponse, Fault, RecordedRequest, RecordingServer};
use http::Method;

use super::clock::Clock;
use super::targets::{self, Leads, Target};
use crate::support::{TOKEN, block_on, failure, json, sample};

/// The requested path. Targets are relative to it.
const ASKED: &str = "/api/v4/personal_access_tokens/self";

/// The statuses that are redirects.
const REDIRECTS: [u16; 5] = [301, 302, 303, 307, 308];

/// A credential, and the text that identifies it in a request.
#[derive(Clone, Copy)]
struct Carried {
    auth: fn() -> Auth,
    text: &'static str,
    /// The form of the credential in a query, if it has one.
    query: Option<&'static str>,
}

const fn carried(auth: fn() -> Auth, text: &'static str) -> Carried {
    Carried {
        auth,
        text,
        query: None,
    }
}

/// Both servers, and a client of the first.
struct Origins {
    here: RecordingServer,
    there: RecordingServer,
    carried: Carried,
    /// One runtime for all calls, because connections belong to it.
    runtime: tokio::runtime::Runtime,
}

/// The observations of a call.
struct Seen {
    result: Result<(), Error>,
    requests: Vec<RecordedRequest>,
}

impl Origins {
    fn new(carried: Carried) -> Self {
        let well = || RecordingServer::start(json(sample::SINGLE)).expect("a server");
        Self {
            here: well(),
            there: well(),
            carried,
            runtime: tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("a runtime"),
        }
    }

    fn client(&self) -> Client {
        Client::builder()
            .base_url(&self.here.url())
            .expect("a base URL")
            .auth((self.carried.auth)())
            .timeout(None)
            .timer(Clock::new(|_| ()))
            .build()
            .expect("a client")
    }

    /// Sends a request, which these responses redirect in turn.
    fn ask(&self, client: &Client, method: &Method, redirects: Vec<FakeResponse>) -> Seen {
        let before = self.here.requests().len();
        let faults = redirects.into_iter().map(Fault::response);
        self.here.faults().script(faults);
        let call = client.request(method.clone(), ASKED).send();
        let result = self.runtime.block_on(call).map(drop);
        self.here.faults().clear();
        let requests = self.here.requests().split_off(before);
        for request in &requests {
            assert_eq!(
                self.occurrences(request),
                1,
                "one credential: {}",
                request.target()
            );
        }
        assert_eq!(self.there.connections(), 0, "nothing is sent there");
        Seen { result, requests }
    }

    fn occurrences(&self, request: &RecordedRequest) -> usize {
        let headers = request.headers().iter();
        let texts = headers.map(|(_, value)| String::from_utf8_lossy(value).into_owned());
        texts
            .chain([request.target().to_owned()])
            .map(|text| text.matches(self.carried.text).count())
            .sum()
    }

    /// Runs every target and method with this status.
    fn check_all(&self, status: u16) {
        let client = self.client();
        let port = |url: String| url.rsplit(':').next().expect("a port").to_owned();
        let all = targets::all(&port(self.here.url()), &port(self.there.url()));
        for method in [Method::GET, Method::HEAD, Method::POST, Method::DELETE] {
            for target in &all {
                self.check(&client, status, &method, target);
            }
        }
    }

    fn check(&self, client: &Client, status: u16, method: &Method, target: &Target) {
        let case = format!("{status} {method} {:?}", target.location_text());
        let seen = self.ask(client, method, vec![target.response(status)]);
        let follows = [Method::GET, Method::HEAD].contains(method);
        match &target.leads {
            Leads::Within(path) if follows => {
                assert!(seen.result.is_ok(), "{case}: {:?}", seen.result);
                let [first, second] = seen.requests.as_slice() else {
                    panic!("{case}: two requests were expected: {:?}", seen.requests);
                };
                assert_eq!(second.method(), first.method(), "{case}");
                assert_eq!(second.target(), self.with_query(path), "{case}");
                let without_target = |request: &RecordedRequest| request.headers().to_vec();
                assert_eq!(without_target(second), without_target(first), "{case}");
            }
            leads => {
                let error = failure(seen.result);
                assert_eq!(seen.requests.len(), 1, "{case}");
                let kind = match leads {
                    Leads::Nowhere => ErrorKind::Status,
                    _ => ErrorKind::Redirect,
                };
                assert_eq!(error.kind(), kind, "{case}: {error}");
                assert_eq!(error.status().map(|s| s.as_u16()), Some(status), "{case}");
                self.check_text(&error, leads, &case);
            }
        }
    }

    /// Returns the target as it is sent, with the credential if it is sent in the query.
    fn with_query(&self, path: &str) -> String {
        match self.carried.query {
            None => path.to_owned(),
            Some(query) if path.contains('?') => format!("{path}&{query}"),
            Some(query) => format!("{path}?{query}"),
        }
    }

    /// Asserts that the error names the target without the parts that may be secret.
    fn check_text(&self, error: &Error, leads: &Leads, case: &str) {
        if let Leads::Elsewhere(shown) = leads {
            assert!(
                error.to_string().contains(shown.as_str()),
                "{case}: {error}"
            );
        }
        for text in [format!("{error}"), format!("{error:?}")] {
            for hidden in [TOKEN, self.carried.text, targets::QUERY, targets::FRAGMENT] {
                assert!(!text.contains(hidden), "{case}: {text}");
            }
            assert!(!text.contains(targets::USER), "{case}: {text}");
        }
    }
}

/// Runs every redirect status, target and method with this credential.
fn check_all(carried: Carried) {
    for status in REDIRECTS {
        Origins::new(carried).check_all(status);
    }
}

#[test]
fn a_credential_in_the_header_of_the_api() {
    check_all(carried(|| Auth::private_token(TOKEN), TOKEN));
}

#[test]
fn a_credential_in_a_header_of_any_name() {
    check_all(carried(|| Auth::header("X-Key", TOKEN), TOKEN));
}

#[test]
fn a_bearer_token() {
    check_all(carried(
        || Auth::bearer(TOKEN),
        "Bearer glpat-the.calling.token",
    ));
}

#[test]
fn a_user_name_and_a_password() {
    let auth = || Auth::basic("ann", TOKEN);
    check_all(carried(auth, "Basic YW5uOmdscGF0LXRoZS5jYWxsaW5nLnRva2Vu"));
}

#[test]
fn a_credential_in_the_query() {
    let carried = Carried {
        query: Some("private_token=glpat-the.calling.token"),
        ..carried(|| Auth::query("private_token", TOKEN), TOKEN)
    };
    check_all(carried);
}

#[test]
fn a_credential_in_a_cookie() {
    check_all(carried(|| Auth::cookie("session", TOKEN), TOKEN));
}

/// A parameter of the credential's name in the target, in any spelling, would be a second credential.
#[test]
fn a_target_that_contains_a_credential() {
    let own = "private_token=glpat-the.calling.token";
    let carried = Carried {
        query: Some(own),
        ..carried(|| Auth::query("private_token", TOKEN), TOKEN)
    };
    let origins = Origins::new(carried);
    for (location, sent) in [
        ("/other?private_token=evil".to_owned(), "/other?"),
        (format!("/other?{own}"), "/other?"),
        (
            "/other?private_token=evil&private_token".to_owned(),
            "/other?",
        ),
        (
            "/other?private%5Ftoken=evil&b=%20".to_owned(),
            "/other?b=%20&",
        ),
        (
            "/other?a=1&private_token=evil&b=2".to_owned(),
            "/other?a=1&b=2&",
        ),
        (
            "/other?a=private_token".to_owned(),
            "/other?a=private_token&",
        ),
    ] {
        let redirect = FakeResponse::redirect(302, &location);
        let seen = origins.ask(&origins.client(), &Method::GET, vec![redirect]);
        assert!(seen.result.is_ok(), "{location}: {:?}", seen.result);
        assert_eq!(
            seen.requests[1].target(),
            format!("{sent}{own}"),
            "{location}"
        );
    }
}

fn origins() -> Origins {
    Origins::new(carried(|| Auth::private_token(TOKEN), TOKEN))
}

/// The number of redirects that are followed.
const LIMIT: usize = 5;

#[test]
fn too_many_redirects() {
    let chain = |length: usize| -> Vec<FakeResponse> {
        let step = |number| FakeResponse::redirect(302, format!("/{number}"));
        (1..=length).map(step).collect()
    };
    let origins = origins();
    for method in [Method::GET, Method::HEAD] {
        let seen = origins.ask(&origins.client(), &method, chain(LIMIT));
        assert!(seen.result.is_ok(), "{:?}", seen.result);
        assert_eq!(seen.requests.len(), LIMIT + 1);

        let seen = origins.ask(&origins.client(), &method, chain(LIMIT + 1));
        let error = failure(seen.result);
        assert_eq!(error.kind(), ErrorKind::Redirect, "{error}");
        assert_eq!(seen.requests.len(), LIMIT + 1);
    }
}

#[test]
fn redirects_in_a_cycle() {
    let origins = origins();
    let cycle = vec![FakeResponse::redirect(307, ASKED); 20];
    let seen = origins.ask(&origins.client(), &Method::GET, cycle);
    let error = failure(seen.result);
    assert_eq!(error.kind(), ErrorKind::Redirect, "{error}");
    assert_eq!(seen.requests.len(), LIMIT + 1);
}

/// Each redirect is checked, not only the first. A relative target is resolved against the previous one.
#[test]
fn redirects_that_leave_the_origin_after_the_first() {
    let origins = origins();
    let away = FakeResponse::redirect(302, format!("{}/x", origins.there.url()));
    let steps = vec![
        FakeResponse::redirect(301, "/a/b"),
        FakeResponse::redirect(302, "c"),
        away,
    ];
    let seen = origins.ask(&origins.client(), &Method::GET, steps);
    let error = failure(seen.result);
    assert_eq!(error.kind(), ErrorKind::Redirect, "{error}");
    let targets: Vec<&str> = seen.requests.iter().map(RecordedRequest::target).collect();
    assert_eq!(targets, [ASKED, "/a/b", "/a/c"]);
}

/// Only the options of a call replace the credential or send none.
#[test]
fn a_call_with_its_own_credential() {
    let origins = origins();
    let client = origins.client();
    origins
        .here
        .faults()
        .next(Fault::response(FakeResponse::redirect(302, "/other")));
    let options = gitlab_pat::RequestOptions::new().auth(Auth::header("X-Key", "own"));
    let call = client.personal_access_tokens().get_self().options(options);
    assert!(block_on(call).is_ok());
    for request in origins.here.requests() {
        assert_eq!(request.header_values("x-key"), ["own"]);
        assert!(!request.carries(TOKEN));
    }
}

/// Only some statuses are redirects, and only `Location` names the target.
#[test]
fn responses_with_a_location_that_are_not_redirects() {
    let origins = origins();
    let client = origins.client();
    let there = format!("{}/x", origins.there.url());
    for status in [200, 201, 202, 300, 304, 305, 306, 401, 403, 503] {
        for header in ["Location", "Content-Location", "Refresh", "Link"] {
            let response = json("{}").status_code(status).header(header, &there);
            let seen = origins.ask(&client, &Method::POST, vec![response]);
            assert_eq!(
                seen.result.is_ok(),
                status < 300,
                "{status}: {:?}",
                seen.result
            );
        }
    }
}

/// Operations behave as raw requests do: a request with an effect is not redirected.
#[test]
fn operations_with_an_effect() {
    use crate::support::{Exchange, exchange};
    const ACTING: [Exchange; 4] = [
        exchange!("revoke_self", |tokens| tokens.revoke_self()),
        exchange!("rotate_self", |tokens| tokens.rotate_self()),
        exchange!("rotate", |tokens| tokens.rotate(7)),
        exchange!("create", |tokens| tokens
            .create_for_current_user("new", ["k8s_proxy"])),
    ];
    for exchange in ACTING {
        for status in REDIRECTS {
            let origins = origins();
            let response = FakeResponse::redirect(status, "/api/v4/personal_access_tokens/8");
            origins.here.faults().always(Fault::response(response));
            let error = failure(block_on((exchange.send)(&origins.client())));
            assert_eq!(
                error.kind(),
                ErrorKind::Redirect,
                "{}: {error}",
                exchange.name
            );
            assert_eq!(origins.here.requests().len(), 1);
        }
    }
}
