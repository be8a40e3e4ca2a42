//! The groups and projects that a token can access. Knows memberships.

use serde_json::Value;

use super::auth::{Requirement, authenticate};
use super::call::Call;
use super::checks::Checks;
use super::dates::write_moment;
use super::errors;
use super::page::Page;
use crate::gitlab::membership::{GroupRecord, Membership, Namespace, ProjectRecord};
use crate::gitlab::world::World;
use crate::json::{Json, Object};
use crate::response::FakeResponse;

const READ: Requirement = Requirement {
    scopes: &[],
    registered: "",
    permission: "read_personal_access_token",
};

/// The access levels that a request can have.
const LEVELS: [i64; 7] = [10, 15, 20, 25, 30, 40, 50];

/// The only organization of an instance.
const ORGANIZATION: i64 = 1;

pub(crate) fn respond(world: &mut World, call: &Call<'_>) -> Result<FakeResponse, FakeResponse> {
    let caller = authenticate(world, call, &READ)?;
    if caller.token_id.is_none() {
        return Err(errors::not_a_personal_access_token());
    }
    let mut checks = Checks::new(&call.parameters);
    let minimum = checks.integer("min_access_level");
    if minimum.is_some_and(|level| !LEVELS.contains(&level)) {
        checks.problem("min_access_level", "does not have a valid value");
    }
    let page = Page::read(&mut checks, world.settings.only_positive_pages);
    checks.finish()?;
    let enough = |level: Option<u32>| {
        level.is_some_and(|level| minimum.is_none_or(|minimum| i64::from(level) >= minimum))
    };

    let user = caller.user_id;
    let memberships = &world.memberships;
    let groups = memberships.groups.values().filter_map(|record| {
        let level = memberships.inherited_level(record.group.id, user);
        enough(level).then(|| group(world, record, level))
    });
    let projects = memberships.projects.values().filter_map(|record| {
        let own = memberships.level(Membership::Project(record.id), user);
        let through_group = match record.namespace {
            Namespace::Group(id) => memberships.inherited_level(id, user),
            Namespace::Personal(_) => None,
        };
        enough(own.max(through_group)).then(|| project(world, record, own, through_group))
    });
    let groups: Vec<Object> = groups.collect();
    let projects: Vec<Object> = projects.collect();
    let body = Object::new()
        .with_objects("groups", page.of(&groups).to_vec())
        .with_objects("projects", page.of(&projects).to_vec());
    // Both lists set the headers, the projects last.
    Ok(page.headers(FakeResponse::json(200, &body), world, call, projects.len()))
}

fn base(world: &World) -> &str {
    world.settings.external_url.as_deref().unwrap_or(&world.url)
}

fn optional(value: Option<impl Into<Value>>) -> Value {
    value.map_or(Value::Null, Into::into)
}

fn group(world: &World, record: &GroupRecord, level: Option<u32>) -> Object {
    Object::new()
        .with("id", record.group.id)
        .with(
            "web_url",
            format!("{}/groups/{}", base(world), record.group.path),
        )
        .with("name", record.name.as_str())
        .with("parent_id", optional(record.parent))
        .with("organization_id", ORGANIZATION)
        .with("access_levels", optional(level))
        .with("visibility", record.visibility.as_str())
}

fn project(
    world: &World,
    record: &ProjectRecord,
    own: Option<u32>,
    through_group: Option<u32>,
) -> Object {
    let namespace = Namespaced::of(world, &record.namespace);
    let path = record.name.to_lowercase().replace(' ', "-");
    let full_path = format!("{}/{path}", namespace.full_path);
    let access = Object::new()
        .with("project_access_level", optional(own))
        .with("group_access_level", optional(through_group));
    Object::new()
        .with("id", record.id)
        .with("description", record.description.clone())
        .with("name", record.name.as_str())
        .with(
            "name_with_namespace",
            format!("{} / {}", namespace.name, record.name),
        )
        .with("path", path)
        .with("path_with_namespace", full_path.as_str())
        .with("created_at", write_moment(record.created_at))
        .with("access_levels", access)
        .with("visibility", record.visibility.as_str())
        .with("web_url", format!("{}/{full_path}", base(world)))
        .with("namespace", namespace.json(world))
}

/// The namespace of a project.
struct Namespaced {
    id: i64,
    name: String,
    full_path: String,
    parent: Option<i64>,
    personal: bool,
}

impl Namespaced {
    fn of(world: &World, namespace: &Namespace) -> Self {
        let (id, personal) = match namespace {
            Namespace::Group(id) => (*id, false),
            Namespace::Personal(id) => (*id, true),
        };
        let group = world.memberships.groups.get(&id).filter(|_| !personal);
        let user = world
            .users
            .get(&id)
            .map(|record| record.user.username.clone())
            .unwrap_or_default();
        Self {
            id,
            name: group.map_or_else(|| user.clone(), |record| record.name.clone()),
            full_path: group.map_or(user, |record| record.group.path.clone()),
            parent: group.and_then(|record| record.parent),
            personal,
        }
    }

    fn json(&self, world: &World) -> Json {
        let path = self.full_path.rsplit('/').next().unwrap_or_default();
        let above = if self.personal { "" } else { "groups/" };
        let object = Object::new()
            .with("id", self.id)
            .with("name", self.name.as_str())
            .with("path", path)
            .with("kind", if self.personal { "user" } else { "group" })
            .with("full_path", self.full_path.as_str())
            .with("parent_id", optional(self.parent))
            .with("avatar_url", Value::Null)
            .with(
                "web_url",
                format!("{}/{above}{}", base(world), self.full_path),
            );
        object.into()
    }
}
