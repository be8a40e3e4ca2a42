//! Reading and writing of the members that no field of a record names (OpenAPI's `additionalProperties`).

use std::collections::BTreeMap;
use std::marker::PhantomData;

use serde::Serialize;
use serde::de::{DeserializeOwned, MapAccess};
use serde::ser::SerializeMap;

use crate::runtime::decode::json;
use crate::runtime::decode::member::{Codec, CodecReader, Name, Reader, ValueSeed, Writer};

impl<'de, A: MapAccess<'de>> Reader<A> {
    /// Keeps the value of a member that no field names.
    pub fn keep<T: DeserializeOwned>(
        &mut self,
        name: Name<'de>,
        rest: &mut BTreeMap<String, T>,
    ) -> Result<(), A::Error> {
        json::note_unknown(1);
        rest.insert(name.0.into_owned(), self.0.next_value()?);
        Ok(())
    }
}

impl<'de, A: MapAccess<'de>, C> CodecReader<'_, A, C> {
    /// Keeps the value of a member that no field names.
    pub fn keep<T>(self, name: Name<'de>, rest: &mut BTreeMap<String, T>) -> Result<(), A::Error>
    where
        C: Codec<T>,
    {
        json::note_unknown(1);
        let value = self.0.0.next_value_seed(ValueSeed(self.1, PhantomData))?;
        rest.insert(name.0.into_owned(), value);
        Ok(())
    }
}

impl<S: SerializeMap> Writer<S> {
    /// Writes the members that no field names.
    pub fn rest<T: Serialize>(&mut self, rest: &BTreeMap<String, T>) {
        for (name, value) in rest {
            self.required(name, value);
        }
    }
}
