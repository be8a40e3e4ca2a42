//! `mutualTLS`: a certificate of the caller belongs to the connection, and not to a request.

use std::collections::BTreeSet;

use super::{Pass, walk};
use crate::diagnostic::{Pointer, codes};
use crate::openapi::{Holds, Kind, OpenApi};
use crate::source::{Document, Value};

/// Removes the schemes of certificates, and what requires them. A request that needs nothing else needs no credential.
pub(super) fn remove(document: &mut Document, pass: &mut Pass<'_>) {
    let pointer = Pointer::root().key("components").key("securitySchemes");
    let schemes = document.get(&pointer).and_then(Value::as_object);
    let mut certificates = BTreeSet::new();
    for (name, scheme) in schemes.into_iter().flatten() {
        if scheme.get("type").and_then(Value::as_str) == Some("mutualTLS") {
            certificates.insert(name.clone());
            pass.report(
                codes::CREDENTIAL_UNSUPPORTED,
                scheme,
                &pointer.key(name),
                "the certificate of a caller belongs to the connection, not to a request",
                "give the client a transport that has the certificate",
            );
        }
    }
    if !certificates.is_empty() {
        walk::walk(
            document.value_mut(),
            OpenApi::SHAPE,
            &mut Remover { certificates },
        );
    }
}

struct Remover {
    /// The names of the schemes.
    certificates: BTreeSet<String>,
}

impl walk::Visitor for Remover {
    fn enter(&mut self, value: &mut Value, kind: Kind, _pointer: &Pointer) {
        let Some(members) = value.as_object_mut() else {
            return;
        };
        let members = match kind {
            Kind::SecurityRequirement => members,
            Kind::Components => {
                let schemes = members.get_mut("securitySchemes");
                let Some(schemes) = schemes.and_then(Value::as_object_mut) else {
                    return;
                };
                schemes
            }
            _ => return,
        };
        members.retain(|name, _| !self.certificates.contains(name));
    }
}
