//! What fields hold, as types: the tables and the views have them from the same words.

use std::convert::Infallible;
use std::marker::PhantomData;

use super::definition::{ObjectDefinition, Shape};

/// What a field holds.
pub trait Holds {
    /// The same for the check.
    const SHAPE: Shape;
    /// What a view of the field gives: an object without what may replace it.
    type View;
}

/// An object that a table describes.
pub trait SpecObject: Holds {
    /// Its table.
    fn definition() -> &'static ObjectDefinition;
}

macro_rules! plain {
    ($($(#[$doc:meta])* $name:ident = $shape:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub enum $name {}

        impl Holds for $name {
            const SHAPE: Shape = Shape::$shape;
            type View = Self;
        }
    )*};
}

plain! {
    /// Anything.
    Any = Any;
    /// A string.
    Text = String;
    /// `true` or `false`.
    Flag = Boolean;
    /// A number.
    Number = Number;
    /// A whole number that is not negative.
    Size = Size;
}

/// A list.
#[derive(Debug, Clone, Copy)]
pub struct List<T>(PhantomData<T>, Infallible);

/// An object whose members the document names.
#[derive(Debug, Clone, Copy)]
pub struct Map<T>(PhantomData<T>, Infallible);

/// An object, or a `$ref` to one.
#[derive(Debug, Clone, Copy)]
pub struct Ref<T>(PhantomData<T>, Infallible);

/// `true`, `false`, or an object or a `$ref` to one.
#[derive(Debug, Clone, Copy)]
pub struct OrBoolean<T>(PhantomData<T>, Infallible);

/// A value that the rules of its object check.
#[derive(Debug, Clone, Copy)]
pub struct Custom<T>(PhantomData<T>, Infallible);

impl<T: Holds> Holds for List<T> {
    const SHAPE: Shape = Shape::List(&T::SHAPE);
    type View = List<T::View>;
}

impl<T: Holds> Holds for Map<T> {
    const SHAPE: Shape = Shape::Map(&T::SHAPE);
    type View = Map<T::View>;
}

impl<T: SpecObject> Holds for Ref<T> {
    const SHAPE: Shape = Shape::Reference(T::definition);
    type View = T;
}

impl<T: SpecObject> Holds for OrBoolean<T> {
    const SHAPE: Shape = Shape::OrBoolean(T::definition);
    type View = T;
}

impl<T: Holds> Holds for Custom<T> {
    const SHAPE: Shape = Shape::Custom;
    type View = T::View;
}
