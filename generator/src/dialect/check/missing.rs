//! Members that an object must have and lacks.

use super::walk::Walker;
use super::words::definite;
use crate::diagnostic::{Code, codes, nearest};
use crate::openapi::{ObjectDefinition, Presence};
use crate::source::Object as Members;

/// A member that an object lacks.
pub(super) struct Missing<'tree> {
    pub(super) name: &'static str,
    pub(super) presence: Presence,
    /// The member that was most likely meant.
    pub(super) misspelt: Option<&'tree str>,
}

impl<'tree> Walker<'tree, '_> {
    /// Returns the members that an object lacks, of those that it must have.
    pub(super) fn missing(
        &self,
        members: &'tree Members,
        definition: &'static ObjectDefinition,
    ) -> Vec<Missing<'tree>> {
        definition
            .fields(self.version)
            .filter(|(field, presence)| {
                *presence != Presence::Optional && !members.contains_key(field.name)
            })
            .map(|(field, presence)| Missing {
                name: field.name,
                presence,
                misspelt: self.meant(field.name, members, definition),
            })
            .collect()
    }

    /// Returns the member of an object that was most likely meant to be one that it lacks.
    fn meant(
        &self,
        name: &str,
        members: &'tree Members,
        definition: &ObjectDefinition,
    ) -> Option<&'tree str> {
        let is_unknown = |key: &&str| {
            !key.starts_with("x-")
                && *key != "$ref"
                && definition.field(key, self.version).is_none()
                && definition.patterned_field(key, self.version).is_none()
        };
        let unknown = members.keys().map(String::as_str).filter(is_unknown);
        let may_suggest = self.diagnostics.may_suggest();
        may_suggest.then(|| nearest(name, unknown)).flatten()
    }

    /// Reports that an object has none of some members, one of which a rule requires: at the one that was most likely meant, if there is one.
    pub(super) fn missing_by_rule(
        &mut self,
        names: &[&str],
        members: &'tree Members,
        definition: &ObjectDefinition,
        code: Code,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let mut names = names.iter();
        let meant = names.find_map(|name| Some((name, self.meant(name, members, definition)?)));
        let Some((name, key)) = meant else {
            return self.report(code, message, help);
        };
        self.misspelt.push(key);
        let message = format!("{}, but `{key}`", message.into());
        self.report_at(key, code, message, format!("did you mean `{name}`?"));
    }

    pub(super) fn missing_member(&mut self, missing: &Missing<'_>, definition: &ObjectDefinition) {
        let (owner, name) = (definition.name, missing.name);
        let consequence = match missing.presence {
            Presence::Required => format!("until then {} is skipped", definite(owner)),
            _ => "until then it is read as empty".to_owned(),
        };
        if let Some(key) = missing.misspelt {
            let message = format!("{owner} has no `{name}`, but `{key}`");
            let help = format!("did you mean `{name}`? {consequence}");
            return self.report_at(key, codes::MISSING_MEMBER, message, help);
        }
        let message = format!("{owner} has no `{name}`");
        let help = format!(
            "add `{name}`, which {} requires; {consequence}",
            self.version
        );
        self.report(codes::MISSING_MEMBER, message, help);
    }
}
