//! A user without the client's HTTP stack, with a transport and a timer of their own and without a runtime.

#![deny(warnings)]

use std::future::{Future, ready};
use std::marker::PhantomData;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use gitlab_pat::types::{PersonalAccessToken, PersonalAccessTokenWithToken};
use gitlab_pat::{Auth, Client};
use gitlab_pat::transport::{RequestBody, ResponseBody, Timer, Transport, TransportFuture};

struct Canned;

impl Transport for Canned {
    fn send(&self, request: http::Request<RequestBody>) -> TransportFuture {
        println!("{} {}", request.method(), request.uri());
        let body = r#"{"id":1,"name":"one","revoked":null,"created_at":"2024-03-05T09:12:44.318Z",
            "scopes":[],"user_id":2,"active":true,"token":"glpat-secret"}"#;
        Box::pin(ready(Ok(http::Response::new(ResponseBody::from(body)))))
    }
}

struct Never;

impl Timer for Never {
    fn sleep(&self, _: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(std::future::pending())
    }
}

/// Whether a type can be serialized. The inherent constant, where it exists, hides the trait's.
struct Probe<T>(PhantomData<T>);

trait Otherwise {
    const SERIALIZES: bool = false;
}

impl<T> Otherwise for Probe<T> {}

impl<T: serde::Serialize> Probe<T> {
    const SERIALIZES: bool = true;
}

fn main() -> Result<(), gitlab_pat::Error> {
    // Without a transport, `build` returns an error that names it.
    let missing = Client::builder().build().expect_err("no transport");
    println!("{missing}");

    let client = Client::builder()
        .auth(Auth::private_token("glpat-caller"))
        .transport(Canned)
        .timer(Never)
        .build()?;
    let call = pin!(client.personal_access_tokens().rotate(1).send());
    let Poll::Ready(response) = call.poll(&mut Context::from_waker(Waker::noop())) else {
        panic!("nothing here has to wait");
    };
    let token = response?.into_inner();
    println!("{} {:?}", token.name, token.token);

    println!("a token: {}", Probe::<PersonalAccessToken>::SERIALIZES);
    println!("a new token: {}", Probe::<PersonalAccessTokenWithToken>::SERIALIZES);
    println!("a page of new tokens: {}", Probe::<Vec<PersonalAccessTokenWithToken>>::SERIALIZES);
    Ok(())
}
