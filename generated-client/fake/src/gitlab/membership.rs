//! Groups, projects and their members. Plain data.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::user::User;

/// The visibility of a group or project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Visibility {
    /// Members.
    Private,
    /// Signed-in users.
    Internal,
    /// All users.
    Public,
}

impl Visibility {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Private => "private",
            Self::Internal => "internal",
            Self::Public => "public",
        }
    }
}

/// A group, or a subgroup, of a [`FakeGitLab`](super::FakeGitLab).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub(crate) id: i64,
    pub(crate) path: String,
}

impl Group {
    /// Returns the id.
    #[must_use]
    pub fn id(&self) -> i64 {
        self.id
    }

    /// Returns the path with the paths of its parents.
    #[must_use]
    pub fn full_path(&self) -> &str {
        &self.path
    }
}

/// A project of a [`FakeGitLab`](super::FakeGitLab).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Project {
    pub(crate) id: i64,
}

impl Project {
    /// Returns the id.
    #[must_use]
    pub fn id(&self) -> i64 {
        self.id
    }
}

/// The namespace of a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Namespace {
    Group(i64),
    Personal(i64),
}

/// The group or project of a membership.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Membership {
    Group(i64),
    Project(i64),
}

#[derive(Clone, Debug)]
pub(crate) struct GroupRecord {
    pub(crate) group: Group,
    pub(crate) name: String,
    pub(crate) parent: Option<i64>,
    pub(crate) visibility: Visibility,
}

#[derive(Clone, Debug)]
pub(crate) struct ProjectRecord {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) namespace: Namespace,
    pub(crate) visibility: Visibility,
    pub(crate) created_at: Timestamp,
}

#[derive(Debug, Default)]
pub(crate) struct Memberships {
    pub(crate) groups: BTreeMap<i64, GroupRecord>,
    pub(crate) projects: BTreeMap<i64, ProjectRecord>,
    levels: BTreeMap<(Membership, i64), u32>,
}

impl Memberships {
    pub(crate) fn set_level(&mut self, membership: Membership, user: &User, level: u32) {
        self.levels.insert((membership, user.id), level);
    }

    pub(crate) fn level(&self, membership: Membership, user_id: i64) -> Option<u32> {
        self.levels.get(&(membership, user_id)).copied()
    }

    /// Returns the highest level of the memberships in a group and its parents.
    pub(crate) fn inherited_level(&self, group_id: i64, user_id: i64) -> Option<u32> {
        let mut highest = None;
        let mut next = Some(group_id);
        // Parents are older than their children, so this ends.
        while let Some(id) = next {
            highest = highest.max(self.level(Membership::Group(id), user_id));
            next = self
                .groups
                .get(&id)
                .and_then(|record| record.parent)
                .filter(|parent| *parent < id);
        }
        highest
    }
}
