//! Samples: values for tests that need no JSON.
#![expect(
    unreachable_pub,
    reason = "the macros are for types that a crate exports"
)]

use std::collections::BTreeMap;

use serde_json::Value;

use crate::runtime::decode::integer_enum::UnknownInteger;
use crate::runtime::decode::sample::Sample;
use crate::runtime::decode::string_enum::UnknownString;
use crate::runtime::decode::union::UnknownValue;
use crate::runtime::page::Page;
use crate::runtime::redact::secret::Secret;

#[derive(Debug, Clone, PartialEq)]
struct Pet {
    id: i64,
    name: String,
    owner: Option<Box<Pet>>,
    active: bool,
    toys: Vec<Pet>,
    kind: Kind,
    key: Secret,
    extra: BTreeMap<String, Value>,
}

crate::record! {
    Pet: read {
        id: "id", required;
        name: "name", required;
        owner: "owner", required_nullable;
        active: "active", defaulted(true);
        toys: "toys", omitted_when_empty;
        kind: "kind", required;
        key: "key", required;
        ..extra;
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Cat,
    Dog,
    Unknown(UnknownString),
}

crate::string_enum! {
    Kind { Cat = "cat", Dog = "dog"; Unknown }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    Low,
    Unknown(UnknownInteger),
}

crate::integer_enum! {
    Level { Low = 10; Unknown }
}

/// The first variant holds another expression, and so on without end.
#[derive(Debug, Clone, PartialEq)]
enum Expression {
    Sum(Box<Sum>),
    Negative(Box<Negative>),
    Number(Number),
    Unknown(UnknownValue),
}

crate::untagged_union! {
    Expression: both { Sum, Negative, Number; Unknown }
}

#[derive(Debug, Clone, PartialEq)]
struct Sum {
    left: Expression,
    right: Expression,
}

crate::record! {
    Sum: both {
        left: "left", required;
        right: "right", required;
    }
}

#[derive(Debug, Clone, PartialEq)]
struct Negative {
    of: Expression,
}

crate::record! {
    Negative: both {
        of: "of", required;
    }
}

#[derive(Debug, Clone, PartialEq)]
struct Number {
    value: f64,
}

crate::record! {
    Number: both {
        value: "value", required;
    }
}

/// No variant but the last one ends.
#[derive(Debug, Clone, PartialEq)]
enum Infinite {
    More(Box<More>),
    Unknown(UnknownValue),
}

crate::tagged_union! {
    Infinite: read by "kind" { More = "more"; Unknown }
}

#[derive(Debug, Clone, PartialEq)]
struct More {
    next: Infinite,
}

crate::record! {
    More: read {
        next: "next", required;
    }
}

/// No JSON can be one.
struct Impossible {
    next: Box<Impossible>,
}

crate::record! {
    Impossible: read {
        next: "next", required;
    }
}

#[test]
fn required_members_have_a_value_and_others_have_none() {
    let pet = Pet::sample();

    assert_eq!((pet.id, pet.name.as_str()), (0, "sample"));
    assert_eq!(pet.owner, None);
    assert!(pet.active);
    assert!(pet.toys.is_empty() && pet.extra.is_empty());
    assert_eq!(pet.kind, Kind::Cat);
    assert_eq!(pet.key.expose_secret(), "sample");
}

#[test]
fn an_enumeration_is_its_first_value() {
    assert_eq!(Kind::sample(), Kind::Cat);
    assert_eq!(Level::sample(), Level::Low);
    let _ = (Kind::Dog, Level::from(7));
}

#[test]
fn a_union_is_its_variant_of_least_depth() {
    let number = Expression::Number(Number { value: 0.0 });
    assert_eq!(Expression::sample(), number);
    assert_eq!(Sum::sample().left, number);
    assert_eq!(Negative::sample().of, number);
}

#[test]
fn a_union_that_never_ends_is_unknown_json() {
    assert!(matches!(
        Infinite::sample(),
        Infinite::More(_) | Infinite::Unknown(_)
    ));
    let mut depth = 0;
    let mut value = Infinite::sample();
    while let Infinite::More(more) = value {
        value = more.next;
        depth += 1;
    }
    assert!(depth < 12, "{depth}");
}

#[test]
#[should_panic(expected = "every object of the type contains another one")]
fn a_type_without_a_value_has_no_sample() {
    let Impossible { next } = Impossible::sample();
    drop(next);
}

#[test]
fn dates_are_the_epoch() {
    assert_eq!(jiff::Timestamp::sample(), jiff::Timestamp::UNIX_EPOCH);
    assert_eq!(jiff::civil::Date::sample().to_string(), "1970-01-01");
}

#[test]
fn a_page_is_the_last_one() {
    let page = Page::from_items(vec![Pet::sample()]);
    assert_eq!(page.next_page().unwrap(), None);
    assert_eq!(page.total(), None);
    assert_eq!(page.request_id(), None);
    assert_eq!(page.into_iter().count(), 1);
}

#[test]
fn a_page_is_what_a_test_of_pagination_needs() {
    let page = Page::from_items(vec![Pet::sample()])
        .with_next_page(2)
        .with_total(45)
        .with_total_pages(3)
        .with_request_id("r1");
    assert_eq!(page.next_page().unwrap().unwrap().number(), 2);
    assert_eq!((page.total(), page.total_pages()), (Some(45), Some(3)));
    assert_eq!(page.request_id(), Some("r1"));
    assert!(!page.is_next_page_guessed());
}
