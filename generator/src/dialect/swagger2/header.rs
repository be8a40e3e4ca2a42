//! The headers of responses.

use super::Pass;
use super::parameter::Location;
use crate::dialect::make::object;
use crate::source::Value;

impl Pass<'_> {
    /// Returns a header of the normal form.
    pub(super) fn header(&self, header: &Value) -> Value {
        match header.as_object() {
            Some(members) if !members.contains_key("$ref") => {
                let mut normal = self.described(header, members, Location::Header);
                // The header of a response has one style, and is given as text.
                normal.shift_remove("style");
                object(header.origin(), normal)
            }
            _ => header.clone(),
        }
    }
}
