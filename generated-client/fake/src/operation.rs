//! The operations of the token API and their paths. Knows only routing.

/// An operation of GitLab's personal access tokens API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Operation {
    /// `GET /personal_access_tokens`
    List,
    /// `GET /personal_access_tokens/{id}`
    Get,
    /// `DELETE /personal_access_tokens/{id}`
    Revoke,
    /// `POST /personal_access_tokens/{id}/rotate`
    Rotate,
    /// `GET /personal_access_tokens/self`
    GetSelf,
    /// `DELETE /personal_access_tokens/self`
    RevokeSelf,
    /// `POST /personal_access_tokens/self/rotate`
    RotateSelf,
    /// `GET /personal_access_tokens/self/associations`
    AssociationsSelf,
    /// `POST /users/{user_id}/personal_access_tokens`
    CreateForUser,
    /// `POST /user/personal_access_tokens`
    CreateForCurrentUser,
}

impl Operation {
    /// All operations.
    pub const ALL: [Self; 10] = [
        Self::List,
        Self::Get,
        Self::Revoke,
        Self::Rotate,
        Self::GetSelf,
        Self::RevokeSelf,
        Self::RotateSelf,
        Self::AssociationsSelf,
        Self::CreateForUser,
        Self::CreateForCurrentUser,
    ];

    /// Returns the operation of a request with this method and path. Anything before `/api/v4` is ignored.
    #[must_use]
    pub fn of(method: &str, path: &str) -> Option<Self> {
        let (_, path) = path.split_once("/api/v4/")?;
        let segments: Vec<&str> = without_trailing_slash(path).split('/').collect();
        Self::at(&segments)
            .into_iter()
            .find(|operation| operation.accepts(method))
    }

    /// Returns the operations of a path below `/api/v4`, one for each method.
    pub(crate) fn at(segments: &[&str]) -> Vec<Self> {
        match segments {
            ["personal_access_tokens"] => vec![Self::List],
            ["personal_access_tokens", "self"] => vec![Self::GetSelf, Self::RevokeSelf],
            ["personal_access_tokens", "self", "rotate"] => vec![Self::RotateSelf],
            ["personal_access_tokens", "self", "associations"] => vec![Self::AssociationsSelf],
            ["personal_access_tokens", _] => vec![Self::Get, Self::Revoke],
            ["personal_access_tokens", _, "rotate"] => vec![Self::Rotate],
            ["users", _, "personal_access_tokens"] => vec![Self::CreateForUser],
            ["user", "personal_access_tokens"] => vec![Self::CreateForCurrentUser],
            _ => Vec::new(),
        }
    }

    /// Returns the HTTP method.
    #[must_use]
    pub fn method(self) -> &'static str {
        match self {
            Self::List | Self::Get | Self::GetSelf | Self::AssociationsSelf => "GET",
            Self::Revoke | Self::RevokeSelf => "DELETE",
            Self::Rotate | Self::RotateSelf | Self::CreateForUser | Self::CreateForCurrentUser => {
                "POST"
            }
        }
    }

    /// Returns whether this method calls the operation. HEAD is handled like GET.
    pub(crate) fn accepts(self, method: &str) -> bool {
        self.method() == method || (method == "HEAD" && self.method() == "GET")
    }
}

/// Removes a trailing slash, which GitLab ignores.
pub(crate) fn without_trailing_slash(path: &str) -> &str {
    path.strip_suffix('/').unwrap_or(path)
}
