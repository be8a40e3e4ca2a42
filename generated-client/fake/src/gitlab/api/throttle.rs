//! Rate limits: windows of the instance's clock, the throttled response, the headers. Knows users by their credential.

use jiff::{SignedDuration, Timestamp};

use super::auth::{Presented, presented};
use super::dates::write_http;
use crate::gitlab::settings::Throttle;
use crate::gitlab::world::World;
use crate::request::RecordedRequest;
use crate::response::FakeResponse;

/// The rate limit that the headers of an instance without one describe.
const UNTHROTTLED: Throttle = Throttle {
    limit: 2_000,
    period: SignedDuration::from_secs(60),
};

/// The use of a rate limit by one subject in the current window.
#[derive(Clone, Debug)]
pub(crate) struct RateLimit {
    name: &'static str,
    throttle: Throttle,
    observed: u64,
    reset: Timestamp,
}

/// Counts the request. Returns `None` if the instance has neither a rate limit nor headers for one.
pub(crate) fn count(world: &mut World, request: &RecordedRequest) -> Option<RateLimit> {
    if world.settings.throttle.is_none() && !world.settings.rate_limit_headers {
        return None;
    }
    let throttle = world.settings.throttle.unwrap_or(UNTHROTTLED);
    let user = match presented(world, request) {
        Presented::Token(id) => world.tokens.get(&id).map(|token| token.user_id),
        Presented::OAuth(secret) => world.oauth_tokens.get(&secret).map(|token| token.user_id),
        Presented::Session(user_id) => Some(user_id),
        Presented::Unknown | Presented::Nothing => None,
    };
    let (name, subject) = match user {
        Some(id) => ("throttle_authenticated_api", format!("user {id}")),
        None => (
            "throttle_unauthenticated_api",
            world.settings.client_ip.clone(),
        ),
    };
    let period = throttle.period.as_secs().max(1);
    let number = world.now().as_second().div_euclid(period);
    let window = world.windows.entry(subject).or_insert((number, 0));
    if window.0 != number {
        *window = (number, 0);
    }
    window.1 += 1;
    let reset =
        Timestamp::from_second((number + 1).saturating_mul(period)).unwrap_or(Timestamp::MAX);
    Some(RateLimit {
        name,
        throttle,
        observed: window.1,
        reset,
    })
}

impl RateLimit {
    pub(crate) fn is_exceeded(&self) -> bool {
        self.observed > self.throttle.limit
    }

    /// Returns the response to a throttled request, without the headers that every response has.
    pub(crate) fn error_response(&self, now: Timestamp) -> FakeResponse {
        let wait = self.reset.duration_since(now).as_secs().max(0);
        FakeResponse::too_many_requests()
            .header("RateLimit-ResetTime", write_http(self.reset))
            .header("Retry-After", wait.to_string())
    }

    /// Adds the headers. The limit is scaled to a minute and rounded up, the remaining requests are those of the real
    /// window.
    pub(crate) fn headers(&self, response: FakeResponse) -> FakeResponse {
        let period = u64::try_from(self.throttle.period.as_secs())
            .unwrap_or(60)
            .max(1);
        let limit = self.throttle.limit.saturating_mul(60).div_ceil(period);
        response
            .header("RateLimit-Limit", limit.to_string())
            .header("RateLimit-Name", self.name)
            .header("RateLimit-Observed", self.observed.to_string())
            .header(
                "RateLimit-Remaining",
                self.throttle
                    .limit
                    .saturating_sub(self.observed)
                    .to_string(),
            )
            .header("RateLimit-Reset", self.reset.as_second().to_string())
    }
}
