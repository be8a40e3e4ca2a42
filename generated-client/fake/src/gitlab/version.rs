//! The abilities of each version of GitLab, from its documentation, source code and published API descriptions. If these name a
//! range of versions, one within it is used.

use std::fmt;

use crate::operation::Operation;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Version {
    major: u16,
    minor: u16,
}

impl Version {
    pub(crate) const LATEST: Self = Self::new(19, 6);

    pub(crate) const fn new(major: u16, minor: u16) -> Self {
        Self { major, minor }
    }

    fn since(self, major: u16, minor: u16) -> bool {
        self >= Self::new(major, minor)
    }

    pub(crate) fn has_operation(self, operation: Operation) -> bool {
        match operation {
            Operation::List | Operation::Revoke => true,
            Operation::CreateForUser => self.since(13, 6),
            Operation::RevokeSelf => self.since(15, 0),
            Operation::Get => self.since(15, 1),
            Operation::GetSelf => self.since(15, 5),
            Operation::Rotate => self.since(16, 0),
            Operation::CreateForCurrentUser => self.since(16, 5),
            Operation::RotateSelf => self.since(16, 9),
            Operation::AssociationsSelf => self.since(17, 4),
        }
    }

    /// Returns whether `/metadata` exists and `/version` has the same response.
    pub(crate) fn has_metadata(self) -> bool {
        self.since(15, 2)
    }

    /// Returns whether the list has filters besides `user_id`.
    pub(crate) fn filters_list(self) -> bool {
        self.since(15, 5)
    }

    pub(crate) fn revokes_families(self) -> bool {
        self.since(16, 3)
    }

    pub(crate) fn rotates_to_date(self) -> bool {
        self.since(16, 6)
    }

    pub(crate) fn self_revoke_takes_any_scope(self) -> bool {
        self.since(15, 4)
    }

    pub(crate) fn knows_self_rotate_scope(self) -> bool {
        self.since(17, 9)
    }

    /// Returns whether a path parameter that is not a number is an error, and not the id of a token that does not
    /// exist.
    pub(crate) fn checks_ids(self) -> bool {
        self.since(18, 0)
    }

    pub(crate) fn explains_rejected_revocation(self) -> bool {
        self.since(18, 0)
    }

    pub(crate) fn lets_group_owners_revoke(self) -> bool {
        self.since(19, 0)
    }

    /// Returns whether a token that a user creates without a date gets the maximum lifetime. Before, it expired the
    /// next day.
    pub(crate) fn defaults_to_longest_lifetime(self) -> bool {
        self.since(17, 0)
    }

    pub(crate) fn refreshes_usage_every_ten_minutes(self) -> bool {
        self.since(16, 1)
    }

    pub(crate) fn has_last_used_at(self) -> bool {
        self.since(14, 10)
    }

    pub(crate) fn has_description(self) -> bool {
        self.since(17, 7)
    }

    pub(crate) fn has_ips_of_single_tokens(self) -> bool {
        self.since(17, 0)
    }

    pub(crate) fn has_ips_everywhere(self) -> bool {
        self.since(19, 4)
    }

    pub(crate) fn has_granular_flag(self) -> bool {
        self.since(19, 0)
    }

    pub(crate) fn has_granular_scopes(self) -> bool {
        self.since(19, 5)
    }

    pub(crate) fn users_create_granular_tokens(self) -> bool {
        self.since(19, 2)
    }

    pub(crate) fn admins_create_granular_tokens(self) -> bool {
        self.since(19, 6)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", self.major, self.minor)
    }
}
