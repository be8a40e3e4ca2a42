//! The lists that callers may pass. That they compile is part of the test.

use std::borrow::Cow;
use std::collections::{BTreeSet, BinaryHeap, HashSet, LinkedList, VecDeque};
use std::rc::Rc;
use std::sync::Arc;

use crate::runtime::encode::list::IntoList;

/// An item like an emitted enumeration, with conversions from itself and from strings.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Scope(String);

impl From<&str> for Scope {
    fn from(name: &str) -> Self {
        Self(name.to_owned())
    }
}

impl From<String> for Scope {
    fn from(name: String) -> Self {
        Self(name)
    }
}

/// The argument as emitted functions declare it.
fn scopes<L>(scopes: impl IntoList<Scope, L>) -> Vec<String> {
    let scopes: Vec<Scope> = scopes.into_list();
    scopes.into_iter().map(|scope| scope.0).collect()
}

fn names<L>(names: impl IntoList<String, L>) -> Vec<String> {
    names.into_list()
}

#[test]
fn an_array_without_items_needs_no_annotation() {
    assert!(scopes([]).is_empty());
    assert!(scopes(&[]).is_empty());
    assert!(names([]).is_empty());
}

#[test]
fn arrays_and_slices_of_items_and_of_convertible_values() {
    let api = || Scope::from("api");
    assert_eq!(scopes(["api"]), ["api"]);
    assert_eq!(scopes(["api", "sudo"]), ["api", "sudo"]);
    assert_eq!(scopes(["api".to_owned()]), ["api"]);
    assert_eq!(scopes([api()]), ["api"]);
    let texts = &["api"];
    assert_eq!(scopes(texts), ["api"]);
    assert_eq!(scopes(&[api()]), ["api"]);
    assert_eq!(scopes(&[api(), api()][..1]), ["api"]);
    assert_eq!(scopes(["api"; 128]).len(), 128);
    assert_eq!(scopes(&["api"; 129][..]).len(), 129);
    assert_eq!(names(["a", "b"]), ["a", "b"]);
}

#[test]
fn vectors_and_other_collections() {
    let kept = vec![Scope::from("api")];
    assert_eq!(scopes(&kept), ["api"]);
    assert_eq!(scopes(kept.as_slice()), ["api"]);
    assert_eq!(scopes(kept), ["api"]);
    assert_eq!(scopes(vec!["api"]), ["api"]);
    assert_eq!(scopes(vec!["api".to_owned()]), ["api"]);
    assert_eq!(scopes(Vec::<Scope>::new()), [""; 0]);
    assert_eq!(scopes(VecDeque::from(["api"])), ["api"]);
    assert_eq!(scopes(LinkedList::from(["api"])), ["api"]);
    assert_eq!(scopes(BTreeSet::from(["sudo", "api"])), ["api", "sudo"]);
    assert_eq!(scopes(HashSet::from(["api"])), ["api"]);
    assert_eq!(scopes(BinaryHeap::from(["api"])), ["api"]);
    let heap = BinaryHeap::from(["api"]);
    assert_eq!(scopes(&heap), ["api"]);
    assert_eq!(heap.len(), 1);
    let sorted = BTreeSet::from(["api"]);
    assert_eq!(scopes(&sorted), ["api"]);
    assert!(sorted.contains("api"));
}

#[test]
fn slices_in_pointers() {
    let shared: Arc<[&str]> = Arc::new(["api", "sudo"]);
    assert_eq!(scopes(&shared), ["api", "sudo"]);
    assert_eq!(scopes(shared), ["api", "sudo"]);
    let shared: Rc<[&str]> = Rc::new(["api"]);
    assert_eq!(scopes(&shared), ["api"]);
    assert_eq!(scopes(shared), ["api"]);
    let boxed: Box<[String]> = Box::new(["api".to_owned()]);
    assert_eq!(scopes(&boxed), ["api"]);
    assert_eq!(scopes(boxed), ["api"]);
    let either = Cow::Borrowed(&["api"][..]);
    assert_eq!(scopes(&either), ["api"]);
    assert_eq!(scopes(either), ["api"]);
    let mut changing = vec!["api"];
    assert_eq!(scopes(&mut changing), ["api"]);
    assert_eq!(scopes(changing.as_mut_slice()), ["api"]);
    changing.push("sudo");
    assert_eq!(scopes(changing), ["api", "sudo"]);
}

/// A length that is a parameter.
#[test]
fn an_array_of_any_length_is_passed_as_a_slice() {
    fn of_any_length<const N: usize>(items: [&str; N]) -> Vec<String> {
        scopes(&items[..])
    }
    assert_eq!(of_any_length(["api"]), ["api"]);
    assert!(of_any_length([]).is_empty());
}

#[test]
fn iterators() {
    assert_eq!(scopes("api sudo".split(' ')), ["api", "sudo"]);
    assert_eq!(scopes(std::iter::once(Scope::from("api"))), ["api"]);
    assert_eq!(scopes((0..2).map(|number| number.to_string())), ["0", "1"]);
    assert_eq!(scopes(Some("api").into_iter()), ["api"]);
    assert_eq!(passed_on(["api"].map(Scope::from)), ["api"]);
}

/// A user's function that forwards a list.
fn passed_on(items: impl IntoIterator<Item = Scope>) -> Vec<String> {
    scopes(items.into_iter())
}
