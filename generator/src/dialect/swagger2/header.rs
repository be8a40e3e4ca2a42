//! The headers of responses.

use super::Pass;
use super::parameter::Location;
use crate::dialect::make::object;
use crate::source::Value;

impl Pass<'_, '_> {
    /// Returns a header of the normal form.
    pub(super) fn header(&self, header: &Value) -> Value {
        match header.as_object() {
            Some(members) if !members.contains_key("$ref") => object(
                header.origin(),
                self.described(header, members, Location::Header),
            ),
            _ => header.clone(),
        }
    }
}
