//! Samples of response types, which users' tests create without JSON.

use std::collections::BTreeSet;

use gitlab_pat::Page;
use gitlab_pat::testing::Sample;
use gitlab_pat::types::*;

use crate::support::model;

/// Returns the debug output of a sample of each type, by name.
macro_rules! samples {
    ($($name:ident),* $(,)?) => {
        &[$((stringify!($name), || format!("{:?}", $name::sample()))),*]
    };
}

type Make = fn() -> String;

const SAMPLES: &[(&str, Make)] = samples![
    AccessError,
    AccessLevel,
    AssociatedGroup,
    AssociatedProject,
    ErrorMessage,
    ErrorText,
    GranularAccess,
    GranularScope,
    ParameterError,
    PersonalAccessToken,
    PersonalAccessTokenWithToken,
    ProjectAccessLevels,
    ProjectNamespace,
    RequestError,
    TokenAssociations,
    TokenError,
    TokenErrorCode,
    TokenScope,
    Visibility,
];

#[test]
fn every_type_of_a_response_has_a_sample() {
    let described: BTreeSet<&str> = model::types()
        .filter(|(_, definition)| definition.usage.response)
        .map(|(name, _)| name)
        .collect();
    let sampled: BTreeSet<&str> = SAMPLES.iter().map(|(name, _)| *name).collect();
    assert_eq!(sampled, described);
    for (name, sample) in SAMPLES {
        assert!(!sample().is_empty(), "{name}");
    }
}

#[test]
fn fields_of_a_sample_can_be_set() {
    let mut token = PersonalAccessToken::sample();
    assert_eq!((token.expires_at, token.scopes.len()), (None, 0));
    token.name = "ci".to_owned();
    token.scopes = vec![TokenScope::Api];

    let page = Page::from_items(vec![token]);
    assert_eq!(page.items[0].name, "ci");
    assert!(page.next_page().is_ok_and(|next| next.is_none()));

    let page = page.with_next_page(2).with_total(45);
    let next = page.next_page().expect("a page that is not contradictory");
    assert_eq!(next.map(|next| next.number()), Some(2));
    assert_eq!(page.total(), Some(45));
}

/// A text can be an object of texts, which are recursive.
#[test]
fn the_sample_of_a_recursive_union_is_its_simplest_variant() {
    assert!(
        matches!(ErrorText::sample(), ErrorText::String(_)),
        "{:?}",
        ErrorText::sample()
    );
}
