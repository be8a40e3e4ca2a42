//! Documents that a server sends (facts, section 2.7; values of our own).

/// An item of a list, without expiry.
pub(crate) const LIST_ITEM: &str = r#"{"id":71,"name":"nightly","revoked":false,"created_at":"2024-03-05T09:12:44.318Z","description":"CI nightly job",
 "scopes":["read_api"],"user_id":12,"last_used_at":"2024-06-01T02:00:11.904Z","active":true,"expires_at":null}"#;

/// A token by its id, never used and without a description.
pub(crate) const SINGLE: &str = r#"{"id":71,"name":"nightly","revoked":false,"created_at":"2024-03-05T09:12:44.318Z","description":null,"scopes":["api","read_repository"],
 "user_id":12,"last_used_at":null,"active":true,"expires_at":"2025-03-05","last_used_ips":["192.0.2.10","2001:db8::7"]}"#;

/// The secret in [`ROTATED`].
pub(crate) const NEW_SECRET: &str = "glpat-brand.new-secret_0";

/// The response to a rotation or creation.
pub(crate) const ROTATED: &str = r#"{"id":108,"name":"nightly","revoked":false,"created_at":"2024-06-02T08:00:00.000Z","description":"CI nightly job","scopes":["api"],
 "user_id":12,"last_used_at":null,"active":true,"expires_at":"2024-06-09","token":"glpat-brand.new-secret_0"}"#;

/// A fine-grained token.
pub(crate) const GRANULAR: &str = r#"{"id":210,"name":"fg","revoked":false,"created_at":"2026-09-01T10:00:00.000Z","description":"","scopes":["granular"],"user_id":12,
 "last_used_at":null,"last_used_ips":[],"active":true,"granular":true,"expires_at":"2027-08-31",
 "granular_scopes":[{"access":"user","permissions":["read_personal_access_token"],"project_id":null,"group_id":null},
                    {"access":"selected_memberships","permissions":["read_job"],"project_id":3,"group_id":null}]}"#;

/// A subgroup and a project in a group.
pub(crate) const ASSOCIATIONS: &str = r#"{
  "groups":[
    {"id":3000000001,"web_url":"https://gitlab.example.com/groups/test/private","name":"Private","parent_id":3000000000,
     "organization_id":1,"access_levels":20,"visibility":"private"}],
  "projects":[
    {"id":1337,"description":"Leet.","name":"Test Project","name_with_namespace":"Test / Test Project","path":"test-project",
     "path_with_namespace":"Test/test-project","created_at":"2020-07-02T06:54:05.405Z",
     "access_levels":{"project_access_level":null,"group_access_level":25},"visibility":"internal",
     "web_url":"https://gitlab.example.com/test/test_project",
     "namespace":{"id":3,"name":"Test","path":"Test","kind":"group","full_path":"Test","parent_id":null,
                  "avatar_url":"/uploads/-/system/group/avatar/3/logo.png","web_url":"https://gitlab.example.com/groups/test"}},
    {"id":1338,"description":null,"name":"Own","name_with_namespace":"ann / Own","path":"own",
     "path_with_namespace":"ann/own","created_at":"2020-07-02T06:54:05.405Z",
     "access_levels":{"project_access_level":50,"group_access_level":null},"visibility":"public",
     "web_url":"https://gitlab.example.com/ann/own",
     "namespace":{"id":4,"name":"ann","path":"ann","kind":"user","full_path":"ann","parent_id":3,
                  "avatar_url":null,"web_url":"https://gitlab.example.com/ann"}}]}"#;

/// No group and no project.
pub(crate) const NO_ASSOCIATIONS: &str = r#"{"groups":[],"projects":[]}"#;
