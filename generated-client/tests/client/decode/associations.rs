//! The groups and projects that a token can access.

use gitlab_pat::types::{AccessLevel, Visibility};

use super::mirror::{
    AssociatedGroup, AssociatedProject, ProjectAccessLevels, ProjectNamespace, TokenAssociations,
};
use crate::support::{block_on, json, sample, server_with};

#[track_caller]
fn associations(document: &str) -> TokenAssociations {
    let (_server, client) = server_with(json(document));
    block_on(client.personal_access_tokens().associations_self())
        .expect("associations")
        .into()
}

#[test]
fn empty_lists() {
    let expected = TokenAssociations {
        groups: Vec::new(),
        projects: Vec::new(),
    };
    assert_eq!(associations(sample::NO_ASSOCIATIONS), expected);
}

#[test]
fn groups_and_projects_with_every_member() {
    let created_at = "2020-07-02T06:54:05.405Z".parse().expect("a timestamp");
    let text = str::to_owned;
    let group = AssociatedGroup {
        id: 3_000_000_001,
        web_url: text("https://gitlab.example.com/groups/test/private"),
        name: text("Private"),
        parent_id: Some(3_000_000_000),
        organization_id: 1,
        access_levels: Some(AccessLevel::Reporter),
        visibility: Visibility::Private,
    };
    let in_group = AssociatedProject {
        id: 1337,
        description: Some(text("Leet.")),
        name: text("Test Project"),
        name_with_namespace: text("Test / Test Project"),
        path: text("test-project"),
        path_with_namespace: text("Test/test-project"),
        created_at,
        access_levels: ProjectAccessLevels {
            project_access_level: None,
            group_access_level: Some(AccessLevel::SecurityManager),
        },
        visibility: Visibility::Internal,
        web_url: text("https://gitlab.example.com/test/test_project"),
        namespace: ProjectNamespace {
            id: 3,
            name: text("Test"),
            path: text("Test"),
            kind: text("group"),
            full_path: text("Test"),
            parent_id: None,
            avatar_url: Some(text("/uploads/-/system/group/avatar/3/logo.png")),
            web_url: text("https://gitlab.example.com/groups/test"),
        },
    };
    let personal = AssociatedProject {
        id: 1338,
        description: None,
        name: text("Own"),
        name_with_namespace: text("ann / Own"),
        path: text("own"),
        path_with_namespace: text("ann/own"),
        created_at,
        access_levels: ProjectAccessLevels {
            project_access_level: Some(AccessLevel::Owner),
            group_access_level: None,
        },
        visibility: Visibility::Public,
        web_url: text("https://gitlab.example.com/ann/own"),
        namespace: ProjectNamespace {
            id: 4,
            name: text("ann"),
            path: text("ann"),
            kind: text("user"),
            full_path: text("ann"),
            parent_id: Some(3),
            avatar_url: None,
            web_url: text("https://gitlab.example.com/ann"),
        },
    };
    let expected = TokenAssociations {
        groups: vec![group],
        projects: vec![in_group, personal],
    };
    assert_eq!(associations(sample::ASSOCIATIONS), expected);
}

/// An example in GitLab's documentation has an unknown visibility, and GitLab has added levels before.
#[test]
fn unknown_levels_and_visibilities_are_kept() {
    let document = sample::ASSOCIATIONS
        .replace(r#""access_levels":20"#, r#""access_levels":35"#)
        .replace(
            r#""visibility":"private""#,
            r#""visibility":"test_private""#,
        );
    let group = associations(&document).groups.remove(0);
    let level = group.access_levels.expect("a level");
    assert_eq!(level.as_i64(), 35);
    assert_eq!(level.to_string(), "35");
    assert_eq!(group.visibility.as_str(), "test_private");
}

/// The user is not a member of the group itself.
#[test]
fn a_group_without_a_level() {
    let document = sample::ASSOCIATIONS.replace(r#""access_levels":20"#, r#""access_levels":null"#);
    assert_eq!(associations(&document).groups[0].access_levels, None);
}
