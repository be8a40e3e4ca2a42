//! Compile-time properties: which types can be shared, sent, cloned and compared.

use std::error::Error as StdError;
use std::fmt::{Debug, Display};
use std::str::FromStr;

use gitlab_pat::types::{
    AccessLevel, CreateTokenForCurrentUserBody, CreateTokenForUserBody, GranularAccess,
    GranularScopeRequest, PersonalAccessToken, PersonalAccessTokenWithToken, RotateTokenBody,
    TokenAssociations, TokenErrorCode, TokenScope, TokenSort, TokenState, Visibility,
};
use gitlab_pat::{
    Auth, Client, ClientBuilder, Error, ErrorKind, Page, RateLimit, RawBody, RawRequest,
    RequestOptions, Response, Secret,
};

fn shared<T: Clone + Debug + Send + Sync + 'static>() {}
fn value<T: Clone + Debug + PartialEq + Send + Sync + Unpin + 'static>() {}
fn open_enum<T>()
where
    T: Clone
        + Debug
        + Display
        + Eq
        + Ord
        + std::hash::Hash
        + FromStr
        + From<String>
        + for<'a> From<&'a str>,
{
}

#[test]
fn clients_and_their_parts_can_be_shared() {
    shared::<Client>();
    shared::<Auth>();
    shared::<RequestOptions>();
    shared::<Secret>();
    shared::<Response<PersonalAccessToken>>();
    shared::<Page<PersonalAccessToken>>();
    shared::<RateLimit>();
    fn sent<T: Debug + Send + Sync + 'static>() {}
    sent::<ClientBuilder>();
    sent::<RawRequest<Client>>();
    value::<RawBody>();
    #[cfg(feature = "blocking")]
    {
        shared::<gitlab_pat::blocking::Client>();
        sent::<gitlab_pat::blocking::ClientBuilder>();
    }
}

#[test]
fn an_error_converts_to_other_error_types() {
    fn error<T: StdError + Clone + Send + Sync + Unpin + 'static>() {}
    error::<Error>();
    fn boxed() -> Result<(), Box<dyn StdError + Send + Sync>> {
        let _ = Client::builder().base_url("no url")?;
        Ok(())
    }
    let error = boxed().expect_err("an error");
    let error = error.downcast_ref::<Error>().expect("the client's error");
    assert_eq!(error.kind(), ErrorKind::Configuration);
    // The size of a pointer, so that results stay small.
    assert_eq!(size_of::<Error>(), size_of::<usize>());
}

#[test]
fn documents_are_plain_values() {
    value::<PersonalAccessToken>();
    value::<PersonalAccessTokenWithToken>();
    value::<TokenAssociations>();
    value::<GranularScopeRequest>();
    value::<RotateTokenBody>();
    value::<CreateTokenForCurrentUserBody>();
    value::<CreateTokenForUserBody>();
}

#[test]
fn enumerations_are_open() {
    open_enum::<TokenScope>();
    open_enum::<TokenState>();
    open_enum::<TokenSort>();
    open_enum::<Visibility>();
    open_enum::<GranularAccess>();
    open_enum::<TokenErrorCode>();
    fn open_integer<T: Clone + Debug + Display + Eq + Ord + std::hash::Hash + From<i64>>() {}
    open_integer::<AccessLevel>();
    assert_eq!(AccessLevel::from(30), AccessLevel::Developer);
    let levels: Vec<i64> = AccessLevel::KNOWN
        .iter()
        .map(|level| level.as_i64())
        .collect();
    assert_eq!(levels, [5, 10, 15, 20, 25, 30, 40, 50]);
}

/// Types that users construct have `new` with the required values, and public fields for the others.
#[test]
fn request_types_can_be_constructed() {
    let mut body = RotateTokenBody::new();
    assert_eq!(body.expires_at, None);
    body.expires_at = Some(jiff::civil::date(2027, 1, 31));
    assert_eq!(
        serde_json::to_string(&body).expect("JSON"),
        r#"{"expires_at":"2027-01-31"}"#
    );

    let body = CreateTokenForUserBody::new("nightly", [TokenScope::Api]);
    assert_eq!(
        serde_json::to_string(&body).expect("JSON"),
        r#"{"name":"nightly","scopes":["api"]}"#
    );
}

/// Responses can be serialized, for example for caches and logs.
#[test]
fn a_token_without_its_secret_round_trips() {
    for document in [
        crate::support::sample::LIST_ITEM,
        crate::support::sample::SINGLE,
        crate::support::sample::GRANULAR,
    ] {
        let token: PersonalAccessToken = serde_json::from_str(document).expect("a token");
        let written = serde_json::to_string(&token).expect("JSON");
        assert_eq!(
            serde_json::from_str::<PersonalAccessToken>(&written).expect("a token"),
            token
        );
    }
    let document = crate::support::sample::ASSOCIATIONS;
    let associations: TokenAssociations = serde_json::from_str(document).expect("associations");
    let written = serde_json::to_string(&associations).expect("JSON");
    assert_eq!(
        serde_json::from_str::<TokenAssociations>(&written).expect("associations"),
        associations
    );
}
