//! A small API of tokens in the form of emitted code.

use generator_runtime::runtime::api::operation::{
    ApiInfo, CredentialPlace, ErrorAdvice, ErrorBodyInfo, OperationInfo, RetryClass,
};
use generator_runtime::runtime::call::guard::Guard;
use generator_runtime::runtime::call::options::RequestOptions;
use generator_runtime::runtime::call::response::HttpResponse;
use generator_runtime::runtime::call::{Call, Operation};
use generator_runtime::runtime::decode::secret_member::at;
use generator_runtime::runtime::encode::request::HttpRequest;
use generator_runtime::runtime::error::Error;
use generator_runtime::runtime::replacement::Replaces;
use generator_runtime::runtime::replacement::info::{
    CredentialEffect, CredentialStatusInfo, CredentialTarget, ResponsePattern,
};
use generator_runtime::runtime::replacement::revocation::Revokes;
use http::Method;

use crate::support::operation;

pub(super) static API: ApiInfo = ApiInfo {
    credential_places: &[
        CredentialPlace::Header("X-Key"),
        CredentialPlace::Header("Authorization"),
        CredentialPlace::Query("key"),
        CredentialPlace::Cookie("key"),
    ],
    ..crate::support::API
};

/// The same API, whose description says nothing about error bodies.
pub(super) static UNDECLARED: ApiInfo = ApiInfo {
    error_body: ErrorBodyInfo {
        message: &[],
        code: &[],
        required_scopes: &[],
    },
    ..API
};

/// The token that a rotation creates.
#[derive(Clone, Debug, PartialEq, serde::Deserialize)]
pub(super) struct NewToken {
    pub(super) id: i64,
    pub(super) token: String,
}

#[derive(Clone, Debug, PartialEq, serde::Deserialize)]
pub(super) struct Token {
    pub(super) id: i64,
}

static STATUS: CredentialStatusInfo = CredentialStatusInfo {
    check_path: Some("/self"),
    identity: Some("/id"),
    ended: Some(ResponsePattern {
        status: 401,
        code: Some("invalid_token"),
        message: Some("Token was revoked"),
    }),
    active_member: Some("/active"),
    active_error_responses: &[
        ResponsePattern {
            status: 400,
            code: None,
            message: Some("400 Bad request - This endpoint requires"),
        },
        ResponsePattern {
            status: 403,
            code: Some("insufficient_scope"),
            message: None,
        },
    ],
};

const fn effect(target: CredentialTarget) -> CredentialEffect {
    CredentialEffect {
        target,
        secret: Some("/token"),
        status: &STATUS,
    }
}

static REPLACES_SELF: Replaces = Replaces(effect(CredentialTarget::Caller));

static REPLACES: Replaces = Replaces(effect(CredentialTarget::Parameter("id")));

static REVOKES_SELF: Revokes = Revokes(effect(CredentialTarget::Caller));

static REVOKES: Revokes = Revokes(effect(CredentialTarget::Parameter("id")));

static ROTATE_SELF: OperationInfo = OperationInfo {
    error_advice: &[ErrorAdvice {
        status: 401,
        text: "the server may not know it",
    }],
    secret: true,
    new_secret: Some(at("/token")),
    ..operation(
        "rotate_self",
        &Method::POST,
        "/self/rotate",
        RetryClass::NonIdempotent,
    )
};

static ROTATE: OperationInfo = OperationInfo {
    secret: true,
    new_secret: Some(at("/token")),
    ..operation(
        "rotate",
        &Method::POST,
        "/{id}/rotate",
        RetryClass::NonIdempotent,
    )
};

/// The same with a method that HTTP defines as idempotent, which a replacement is not.
static RENEW_SELF: OperationInfo = OperationInfo {
    secret: true,
    new_secret: Some(at("/token")),
    ..operation(
        "renew_self",
        &Method::PUT,
        "/self/rotate",
        RetryClass::Idempotent,
    )
};

static GET_SELF: OperationInfo =
    operation("get_self", &Method::GET, "/self", RetryClass::Idempotent);

static LIST: OperationInfo = operation("list", &Method::GET, "/list", RetryClass::Idempotent);

static REVOKE_SELF: OperationInfo = OperationInfo {
    ..operation(
        "revoke_self",
        &Method::DELETE,
        "/self",
        RetryClass::Idempotent,
    )
};

macro_rules! plain_operation {
    ($name:ident, $info:ident, $output:ty, $decode:expr, $guard:expr, $run:ident) => {
        #[derive(Clone, Debug)]
        pub(super) struct $name<C> {
            call: Call<C>,
        }

        impl<C> $name<C> {
            pub(super) fn new(client: C) -> Self {
                Self {
                    call: Call::new(client),
                }
            }
        }

        impl<C> Operation for $name<C> {
            type Output = $output;
            const INFO: &'static OperationInfo = &$info;
            const GUARD: Option<&'static dyn Guard> = $guard;

            fn request(&self) -> Result<HttpRequest, Error> {
                Ok(HttpRequest::new(Self::INFO))
            }

            fn decode(response: HttpResponse) -> Result<$output, Error> {
                $decode(&response)
            }
        }

        generator_runtime::$run!($name -> $output);
    };
}

plain_operation!(
    GetSelf,
    GET_SELF,
    Token,
    HttpResponse::json,
    None,
    operation
);

impl<C> GetSelf<C> {
    pub(super) fn options(mut self, options: RequestOptions) -> Self {
        self.call.options = options;
        self
    }
}

plain_operation!(List, LIST, Vec<Token>, HttpResponse::json, None, operation);
plain_operation!(
    RevokeSelf,
    REVOKE_SELF,
    (),
    |_: &_| Ok(()),
    Some(&REVOKES_SELF),
    operation
);
plain_operation!(
    RenewSelf,
    RENEW_SELF,
    NewToken,
    HttpResponse::json,
    Some(&REPLACES_SELF),
    replacing_operation
);

static CREATE: OperationInfo = OperationInfo {
    secret: true,
    new_secret: Some(at("/token")),
    ..operation(
        "create",
        &Method::POST,
        "/tokens",
        RetryClass::NonIdempotent,
    )
};

plain_operation!(
    Create,
    CREATE,
    NewToken,
    HttpResponse::json,
    None,
    operation
);

static REVOKE: OperationInfo =
    operation("revoke", &Method::DELETE, "/{id}", RetryClass::Idempotent);

/// `DELETE /{id}`
#[derive(Clone, Debug)]
pub(super) struct Revoke<C> {
    call: Call<C>,
    id: i64,
}

impl<C> Revoke<C> {
    pub(super) fn new(client: C, id: i64) -> Self {
        Self {
            call: Call::new(client),
            id,
        }
    }
}

impl<C> Operation for Revoke<C> {
    type Output = ();
    const INFO: &'static OperationInfo = &REVOKE;
    const GUARD: Option<&'static dyn Guard> = Some(&REVOKES);

    fn request(&self) -> Result<HttpRequest, Error> {
        let mut request = HttpRequest::new(Self::INFO);
        request.path_parameter("id", &self.id)?;
        Ok(request)
    }

    fn decode(response: HttpResponse) -> Result<(), Error> {
        response.empty()
    }
}

generator_runtime::operation!(Revoke -> ());

/// `POST /self/rotate`
#[derive(Clone, Debug)]
pub(super) struct RotateSelf<C> {
    call: Call<C>,
    name: Option<&'static str>,
}

impl<C> RotateSelf<C> {
    pub(super) fn new(client: C) -> Self {
        Self {
            call: Call::new(client),
            name: None,
        }
    }

    /// Makes the call unequal to others.
    pub(super) fn name(mut self, name: &'static str) -> Self {
        self.name = Some(name);
        self
    }

    pub(super) fn options(mut self, options: RequestOptions) -> Self {
        self.call.options = options;
        self
    }
}

impl<C> Operation for RotateSelf<C> {
    type Output = NewToken;
    const INFO: &'static OperationInfo = &ROTATE_SELF;
    const GUARD: Option<&'static dyn Guard> = Some(&REPLACES_SELF);

    fn request(&self) -> Result<HttpRequest, Error> {
        let mut request = HttpRequest::new(Self::INFO);
        if let Some(name) = self.name {
            request.json_body("application/json", &serde_json::json!({"name": name}))?;
        }
        Ok(request)
    }

    fn decode(response: HttpResponse) -> Result<NewToken, Error> {
        response.json()
    }
}

generator_runtime::replacing_operation!(RotateSelf -> NewToken);

/// `POST /{id}/rotate`
#[derive(Clone, Debug)]
pub(super) struct Rotate<C> {
    call: Call<C>,
    id: i64,
}

impl<C> Rotate<C> {
    pub(super) fn new(client: C, id: i64) -> Self {
        Self {
            call: Call::new(client),
            id,
        }
    }

    pub(super) fn options(mut self, options: RequestOptions) -> Self {
        self.call.options = options;
        self
    }
}

impl<C> Operation for Rotate<C> {
    type Output = NewToken;
    const INFO: &'static OperationInfo = &ROTATE;
    const GUARD: Option<&'static dyn Guard> = Some(&REPLACES);

    fn request(&self) -> Result<HttpRequest, Error> {
        let mut request = HttpRequest::new(Self::INFO);
        request.path_parameter("id", &self.id)?;
        Ok(request)
    }

    fn decode(response: HttpResponse) -> Result<NewToken, Error> {
        response.json()
    }
}

generator_runtime::operation!(Rotate -> NewToken);
