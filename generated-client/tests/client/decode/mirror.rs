//! Plain structs with the fields of the responses, so that an expectation must have every field with its type.

use gitlab_pat::Secret;
use gitlab_pat::types::{
    self, AccessLevel, GranularAccess, PersonalAccessTokenWithToken, TokenScope, Visibility,
};
use jiff::Timestamp;
use jiff::civil::Date;

/// Declares a struct with these fields and its conversion from the type of the same name.
macro_rules! mirror {
    ($name:ident { $($field:ident: $type:ty $(= $convert:expr)?,)* }) => {
        #[derive(Clone, Debug, PartialEq)]
        pub(super) struct $name {
            $(pub(super) $field: $type,)*
        }

        impl $name {
            /// The names of the fields.
            pub(super) const FIELDS: &'static [&'static str] = &[$(stringify!($field)),*];
        }

        impl From<types::$name> for $name {
            fn from(value: types::$name) -> Self {
                Self { $($field: mirror!(@convert value.$field $(, $convert)?),)* }
            }
        }
    };
    (@convert $value:expr) => { $value };
    (@convert $value:expr, $convert:expr) => { $convert($value) };
}

/// Returns the mirrors of a list.
fn all<T, M: From<T>>(values: Vec<T>) -> Vec<M> {
    values.into_iter().map(M::from).collect()
}

mirror!(PersonalAccessToken {
    id: i64,
    name: String,
    revoked: bool,
    created_at: Timestamp,
    description: Option<String>,
    scopes: Vec<TokenScope>,
    user_id: i64,
    last_used_at: Option<Timestamp>,
    last_used_ips: Option<Vec<String>>,
    granular_scopes: Option<Vec<GranularScope>> = |scopes: Option<Vec<_>>| scopes.map(all),
    active: bool,
    granular: Option<bool>,
    expires_at: Option<Date>,
});

mirror!(GranularScope {
    access: GranularAccess,
    permissions: Vec<String>,
    project_id: Option<i64>,
    group_id: Option<i64>,
});

mirror!(TokenAssociations {
    groups: Vec<AssociatedGroup> = all,
    projects: Vec<AssociatedProject> = all,
});

mirror!(AssociatedGroup {
    id: i64,
    web_url: String,
    name: String,
    parent_id: Option<i64>,
    organization_id: i64,
    access_levels: Option<AccessLevel>,
    visibility: Visibility,
});

mirror!(AssociatedProject {
    id: i64,
    description: Option<String>,
    name: String,
    name_with_namespace: String,
    path: String,
    path_with_namespace: String,
    created_at: Timestamp,
    access_levels: ProjectAccessLevels = ProjectAccessLevels::from,
    visibility: Visibility,
    web_url: String,
    namespace: ProjectNamespace = ProjectNamespace::from,
});

mirror!(ProjectAccessLevels {
    project_access_level: Option<AccessLevel>,
    group_access_level: Option<AccessLevel>,
});

mirror!(ProjectNamespace {
    id: i64,
    name: String,
    path: String,
    kind: String,
    full_path: String,
    parent_id: Option<i64>,
    avatar_url: Option<String>,
    web_url: String,
});

impl PersonalAccessToken {
    /// Creates a token with only those members that every server sends.
    pub(super) fn core() -> Self {
        Self {
            id: 71,
            name: "nightly".to_owned(),
            revoked: false,
            created_at: "2024-03-05T09:12:44.318Z".parse().expect("a timestamp"),
            description: None,
            scopes: vec![TokenScope::ReadApi],
            user_id: 12,
            last_used_at: None,
            last_used_ips: None,
            granular_scopes: None,
            active: true,
            granular: None,
            expires_at: None,
        }
    }
}

/// Returns a new token without its secret. It has the fields of a token.
pub(super) fn split(new: PersonalAccessTokenWithToken) -> (PersonalAccessToken, Secret) {
    let token = PersonalAccessToken {
        id: new.id,
        name: new.name,
        revoked: new.revoked,
        created_at: new.created_at,
        description: new.description,
        scopes: new.scopes,
        user_id: new.user_id,
        last_used_at: new.last_used_at,
        last_used_ips: new.last_used_ips,
        granular_scopes: new.granular_scopes.map(all),
        active: new.active,
        granular: new.granular,
        expires_at: new.expires_at,
    };
    (token, new.token)
}
