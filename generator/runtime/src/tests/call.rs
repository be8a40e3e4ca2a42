//! The options of a call that replaces a credential.
#![expect(unreachable_pub, reason = "the test module of a crate exports nothing")]
#![cfg_attr(
    feature = "blocking",
    expect(dead_code, reason = "the operation is never sent")
)]

use http::Method;

use crate::runtime::api::operation::{OperationInfo, RetryClass, SecurityRequirement};
use crate::runtime::call::options::RequestOptions;
use crate::runtime::call::response::HttpResponse;
use crate::runtime::call::{Call, Operation};
use crate::runtime::encode::request::HttpRequest;
use crate::runtime::error::Error;

struct Renew<C> {
    call: Call<C>,
}

impl<C> Renew<C> {
    fn options(mut self, options: RequestOptions) -> Self {
        self.call.options = options;
        self
    }
}

impl<C> Operation for Renew<C> {
    type Output = ();
    const INFO: &'static OperationInfo = &OperationInfo {
        id: "keys.renew",
        name: "keys.renew",
        method: &Method::POST,
        path: "/keys/renew",
        accept: None,
        security: SecurityRequirement::Required,
        retry: RetryClass::NonIdempotent,
        secret: true,
        new_secret: None,
        error_advice: &[],
    };

    fn request(&self) -> Result<HttpRequest, Error> {
        Ok(HttpRequest::new(Self::INFO))
    }

    fn decode(response: HttpResponse) -> Result<(), Error> {
        response.empty()
    }
}

crate::replacing_operation!(Renew -> ());

fn flags(change: impl FnOnce(Renew<()>) -> Renew<()>) -> (bool, bool) {
    let operation = Renew {
        call: Call::new(()),
    };
    let ((), options) = change(operation).call.into_parts();
    (options.adopts(), options.verifies_outcome())
}

#[test]
fn nothing_is_adopted_or_checked_by_default() {
    assert_eq!(flags(|renew| renew), (false, false));
    assert_eq!(flags(Renew::adopt), (true, false));
    assert_eq!(flags(Renew::verify_outcome), (false, true));
}

#[test]
fn options_keep_the_settings_of_the_operation() {
    let with_options = flags(|renew| {
        renew
            .adopt()
            .verify_outcome()
            .options(RequestOptions::new())
    });
    assert_eq!(with_options, (true, true));
}
