//! Endpoints besides the token API that many clients call first: `/user`, `/version` and `/metadata`.

use super::call::Call;
use super::{metadata, user};
use crate::gitlab::version::Version;
use crate::gitlab::world::World;
use crate::request::RecordedRequest;
use crate::response::FakeResponse;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OtherEndpoint {
    User,
    Metadata,
}

impl OtherEndpoint {
    /// Returns the endpoint of a path below `/api/v4`, if it is one of these.
    pub(crate) fn at(segments: &[&str], version: Version) -> Option<Self> {
        match segments {
            ["user"] => Some(Self::User),
            ["version"] => Some(Self::Metadata),
            ["metadata"] if version.has_metadata() => Some(Self::Metadata),
            _ => None,
        }
    }

    pub(crate) fn respond(
        self,
        world: &mut World,
        request: &RecordedRequest,
        path: &str,
    ) -> Result<FakeResponse, FakeResponse> {
        if !matches!(request.method(), "GET" | "HEAD") {
            return Err(FakeResponse::error(405, "405 Not Allowed").header("Allow", "GET"));
        }
        let call = Call::new(request, path)?;
        match self {
            Self::User => user::respond(world, &call),
            Self::Metadata => metadata::respond(world, &call),
        }
    }
}
