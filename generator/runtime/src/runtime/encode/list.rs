//! The types that callers may pass where the API takes a list.

use std::borrow::Cow;
use std::collections::{BTreeSet, BinaryHeap, HashSet, LinkedList, VecDeque};
use std::rc::Rc;
use std::sync::Arc;

use sealed::Sealed;

/// A list of `T`: an array, a slice, a vector, another collection or an iterator, whose items convert into `T`. A slice may be in a `Box`,
/// an `Arc`, an `Rc` or a `Cow`.
///
/// `[]` is the empty list of `T`, without a type annotation. An empty vector needs one, because nothing determines the type of its items:
/// pass `[]` instead of `vec![]` or `Vec::new()`.
///
/// An array may have at most 128 items, and its length must be known: a function with a parameter for the length can't pass the array.
/// In both cases, pass a slice of it, as `&array[..]`.
///
/// The parameter `L` is inferred. It distinguishes the kinds of lists, so that the compiler need not choose between an array of length zero
/// and any other array. A function that passes a list on needs such a parameter too, or takes an iterator.
///
/// This trait is sealed: other crates can't implement it. For any other collection, pass an iterator over its items.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list of `{T}`",
    label = "expected a list of `{T}`",
    note = "a list is an array of at most 128 items, a slice, a vector, another collection or an iterator; its items convert into `{T}`"
)]
pub trait IntoList<T, L>: Sealed<L> {
    /// Converts the items into a vector.
    fn into_list(self) -> Vec<T>;
}

mod sealed {
    /// Only this crate implements it.
    pub trait Sealed<L> {}
}

/// Marks the implementation for an array without items.
#[derive(Debug)]
pub enum Empty {}

/// Marks the implementations for arrays with items.
#[derive(Debug)]
pub enum Array {}

/// Marks the implementations for slices and collections.
#[derive(Debug)]
pub enum Collection {}

/// Marks the implementation for iterators.
#[derive(Debug)]
pub enum Iterated {}

/// The length of an array.
#[derive(Debug)]
pub struct Length<const N: usize>;

/// A length other than zero. `[]` matches only the implementations without this bound, so that the type of its items can be inferred.
pub trait NonZero {}

macro_rules! non_zero {
    ($($length:literal)*) => {
        $(impl NonZero for Length<$length> {})*
    };
}

#[rustfmt::skip]
non_zero! {
    1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16
    17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32
    33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48
    49 50 51 52 53 54 55 56 57 58 59 60 61 62 63 64
    65 66 67 68 69 70 71 72 73 74 75 76 77 78 79 80
    81 82 83 84 85 86 87 88 89 90 91 92 93 94 95 96
    97 98 99 100 101 102 103 104 105 106 107 108 109 110 111 112
    113 114 115 116 117 118 119 120 121 122 123 124 125 126 127 128
}

impl<T> Sealed<Empty> for [T; 0] {}
impl<T> Sealed<Empty> for &[T; 0] {}
impl<U, const N: usize> Sealed<Array> for [U; N] {}
impl<U, const N: usize> Sealed<Array> for &[U; N] {}
impl<I: Iterator> Sealed<Iterated> for I {}

impl<T> IntoList<T, Empty> for [T; 0] {
    fn into_list(self) -> Vec<T> {
        Vec::new()
    }
}

impl<T> IntoList<T, Empty> for &[T; 0] {
    fn into_list(self) -> Vec<T> {
        Vec::new()
    }
}

impl<T, U: Into<T>, const N: usize> IntoList<T, Array> for [U; N]
where
    Length<N>: NonZero,
{
    fn into_list(self) -> Vec<T> {
        self.into_iter().map(Into::into).collect()
    }
}

impl<T, U: Clone + Into<T>, const N: usize> IntoList<T, Array> for &[U; N]
where
    Length<N>: NonZero,
{
    fn into_list(self) -> Vec<T> {
        self.iter().cloned().map(Into::into).collect()
    }
}

impl<T, I> IntoList<T, Iterated> for I
where
    I: Iterator,
    I::Item: Into<T>,
{
    fn into_list(self) -> Vec<T> {
        self.map(Into::into).collect()
    }
}

/// Implements the trait for lists whose items are cloned.
macro_rules! borrowed {
    ($($list:ty),* $(,)?) => {
        $(
            impl<U: Clone> Sealed<Collection> for $list {}

            impl<T, U: Clone + Into<T>> IntoList<T, Collection> for $list {
                fn into_list(self) -> Vec<T> {
                    self.iter().cloned().map(Into::into).collect()
                }
            }
        )*
    };
}

borrowed!(
    &[U],
    &mut [U],
    &mut Vec<U>,
    Arc<[U]>,
    &Arc<[U]>,
    Rc<[U]>,
    &Rc<[U]>,
    &Box<[U]>,
    &Cow<'_, [U]>
);

impl<U> Sealed<Collection> for Box<[U]> {}

impl<T, U: Into<T>> IntoList<T, Collection> for Box<[U]> {
    fn into_list(self) -> Vec<T> {
        self.into_vec().into_list()
    }
}

impl<U: Clone> Sealed<Collection> for Cow<'_, [U]> {}

impl<T, U: Clone + Into<T>> IntoList<T, Collection> for Cow<'_, [U]> {
    fn into_list(self) -> Vec<T> {
        self.into_owned().into_list()
    }
}

macro_rules! collections {
    ($($collection:ident<U $(, $hasher:ident)?>),* $(,)?) => {
        $(
            impl<U $(, $hasher)?> Sealed<Collection> for $collection<U $(, $hasher)?> {}
            impl<U $(, $hasher)?> Sealed<Collection> for &$collection<U $(, $hasher)?> {}

            impl<T, U: Into<T> $(, $hasher)?> IntoList<T, Collection> for $collection<U $(, $hasher)?> {
                fn into_list(self) -> Vec<T> {
                    self.into_iter().map(Into::into).collect()
                }
            }

            impl<T, U: Clone + Into<T> $(, $hasher)?> IntoList<T, Collection> for &$collection<U $(, $hasher)?> {
                fn into_list(self) -> Vec<T> {
                    self.iter().cloned().map(Into::into).collect()
                }
            }
        )*
    };
}

collections!(Vec<U>, VecDeque<U>, LinkedList<U>, BinaryHeap<U>, BTreeSet<U>, HashSet<U, S>);
