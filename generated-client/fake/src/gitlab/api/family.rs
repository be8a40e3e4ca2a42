//! Reuse detection: a rotation sent with a revoked token revokes the descendants of the token. Knows tokens and paths. It runs before
//! everything else, as GitLab's rate limiter does.

use super::auth::{Presented, presented};
use super::errors;
use crate::gitlab::world::World;
use crate::request::RecordedRequest;
use crate::response::FakeResponse;

/// Revokes the descendants and returns the response, if this request has a revoked but not expired token and its path ends in
/// `access_tokens/<digits or self>/rotate`. Method and target do not matter.
pub(crate) fn detect(world: &mut World, request: &RecordedRequest) -> Option<FakeResponse> {
    if !world.settings.version.revokes_families() || !is_rotation(request.path()) {
        return None;
    }
    let Presented::Token(id) = presented(world, request) else {
        return None;
    };
    let token = world.tokens.get(&id)?;
    if !token.revoked || token.is_expired(world.today()) {
        return None;
    }
    world.revoke_family(id);
    Some(errors::revoked())
}

fn is_rotation(path: &str) -> bool {
    let Some(rest) = path.strip_suffix("/rotate") else {
        return false;
    };
    let Some((before, target)) = rest.rsplit_once('/') else {
        return false;
    };
    let digits = !target.is_empty() && target.bytes().all(|byte| byte.is_ascii_digit());
    before.ends_with("access_tokens") && (digits || target == "self")
}

#[cfg(test)]
mod tests {
    use super::is_rotation;

    #[test]
    fn rotation_paths_are_recognised_at_any_position() {
        for path in [
            "/api/v4/personal_access_tokens/12/rotate",
            "/gitlab/api/v4/projects/3/access_tokens/self/rotate",
        ] {
            assert!(is_rotation(path), "{path}");
        }
        for path in [
            "/api/v4/personal_access_tokens/self",
            "/api/v4/personal_access_tokens/12/rotate/",
            "/api/v4/personal_access_tokens/abc/rotate",
            "/api/v4/personal_access_tokens//rotate",
            "/rotate",
        ] {
            assert!(!is_rotation(path), "{path}");
        }
    }
}
