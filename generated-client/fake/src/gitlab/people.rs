//! The rest of the handle: users, other credentials than personal access tokens, groups, projects. Knows the state.

use jiff::Timestamp;

use super::FakeGitLab;
use super::membership::{
    Group, GroupRecord, Membership, Namespace, Project, ProjectRecord, Visibility,
};
use super::token::SecretText;
use super::user::{OAuthRecord, OtherCredential, Session, User};

impl FakeGitLab {
    /// Adds a user.
    pub fn add_user(&self, username: &str) -> User {
        self.world.lock().add_user(username, false, true, None)
    }

    /// Adds an administrator.
    pub fn add_admin(&self, username: &str) -> User {
        self.world.lock().add_user(username, true, true, None)
    }

    /// Adds the bot user of a project or group.
    pub fn add_bot(&self, username: &str) -> User {
        self.world.lock().add_user(username, false, false, None)
    }

    /// Adds a service account that was provisioned by a group. Owners of the group may revoke its tokens.
    pub fn add_service_account(&self, username: &str, group: &Group) -> User {
        self.world
            .lock()
            .add_user(username, false, false, Some(group.id))
    }

    /// Responds to all requests of this user with 403 and this reason, as GitLab does if the user is blocked or has
    /// not accepted its terms.
    pub fn forbid(&self, user: &User, reason: &str) {
        self.set_forbidden(user, Some(reason.to_owned()));
    }

    /// Reverts [`FakeGitLab::forbid`].
    pub fn allow(&self, user: &User) {
        self.set_forbidden(user, None);
    }

    fn set_forbidden(&self, user: &User, reason: Option<String>) {
        if let Some(record) = self.world.lock().users.get_mut(&user.id) {
            record.forbidden = reason;
        }
    }

    /// Adds an OAuth access token with these scopes.
    pub fn add_oauth_token<S: Into<String>>(
        &self,
        user: &User,
        scopes: impl IntoIterator<Item = S>,
    ) -> OtherCredential {
        let scopes = scopes.into_iter().map(Into::into).collect();
        let mut world = self.world.lock();
        let secret = world.new_secret("oauth-");
        let record = OAuthRecord {
            user_id: user.id,
            scopes,
            expires_at: None,
            revoked: false,
        };
        world.oauth_tokens.insert(secret.clone(), record);
        OtherCredential {
            secret: SecretText(secret),
        }
    }

    /// Sets the time at which an OAuth access token expires.
    pub fn expire_oauth_token(&self, token: &OtherCredential, at: Timestamp) {
        if let Some(record) = self.world.lock().oauth_tokens.get_mut(token.secret()) {
            record.expires_at = Some(at);
        }
    }

    /// Revokes an OAuth access token.
    pub fn revoke_oauth_token(&self, token: &OtherCredential) {
        if let Some(record) = self.world.lock().oauth_tokens.get_mut(token.secret()) {
            record.revoked = true;
        }
    }

    /// Adds a deploy token, which the API does not accept.
    pub fn add_deploy_token(&self) -> OtherCredential {
        OtherCredential {
            secret: SecretText(self.world.lock().new_secret("gldt-")),
        }
    }

    /// Adds the token of a CI job, which the API does not accept.
    pub fn add_job_token(&self) -> OtherCredential {
        OtherCredential {
            secret: SecretText(self.world.lock().new_secret("glcbt-")),
        }
    }

    /// Adds a browser session of this user.
    pub fn add_session(&self, user: &User) -> Session {
        let mut world = self.world.lock();
        let session = Session {
            user_id: user.id,
            cookie: SecretText(world.new_secret("session-")),
            csrf: SecretText(world.new_secret("csrf-")),
        };
        world
            .sessions
            .insert(session.cookie().to_owned(), session.clone());
        session
    }

    /// Adds a group, or a subgroup of `parent`.
    pub fn add_group(&self, name: &str, parent: Option<&Group>, visibility: Visibility) -> Group {
        let mut world = self.world.lock();
        let id = world.next_namespace();
        let own = name.to_lowercase().replace(' ', "-");
        let path = parent.map_or(own.clone(), |parent| format!("{}/{own}", parent.path));
        let group = Group { id, path };
        let record = GroupRecord {
            group: group.clone(),
            name: name.to_owned(),
            parent: parent.map(Group::id),
            visibility,
        };
        world.memberships.groups.insert(id, record);
        group
    }

    /// Adds a project to a group.
    pub fn add_project(&self, name: &str, group: &Group, visibility: Visibility) -> Project {
        self.insert_project(name, Namespace::Group(group.id), visibility)
    }

    /// Adds a project to a user's own namespace. The user becomes its owner.
    pub fn add_personal_project(
        &self,
        name: &str,
        owner: &User,
        visibility: Visibility,
    ) -> Project {
        let project = self.insert_project(name, Namespace::Personal(owner.id), visibility);
        self.add_project_member(&project, owner, 50);
        project
    }

    fn insert_project(&self, name: &str, namespace: Namespace, visibility: Visibility) -> Project {
        let mut world = self.world.lock();
        let id = world.next_namespace();
        let created_at = world.now();
        let record = ProjectRecord {
            id,
            name: name.to_owned(),
            description: None,
            namespace,
            visibility,
            created_at,
        };
        world.memberships.projects.insert(id, record);
        Project { id }
    }

    /// Makes a user a member of a group and of its subgroups and projects.
    ///
    /// The level is 10 for a guest, 15 for a planner, 20 for a reporter, 25 for a security manager, 30 for a
    /// developer, 40 for a maintainer, 50 for an owner.
    pub fn add_group_member(&self, group: &Group, user: &User, level: u32) {
        self.world
            .lock()
            .memberships
            .set_level(Membership::Group(group.id), user, level);
    }

    /// Makes a user a member of a project. The levels are those of [`FakeGitLab::add_group_member`].
    pub fn add_project_member(&self, project: &Project, user: &User, level: u32) {
        self.world
            .lock()
            .memberships
            .set_level(Membership::Project(project.id), user, level);
    }
}
