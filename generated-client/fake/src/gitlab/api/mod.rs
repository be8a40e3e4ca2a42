//! The API, from a request to its response. Knows the order of the checks and the module of each operation.

mod associations;
mod auth;
mod call;
mod checks;
mod create;
mod dates;
mod entity;
mod errors;
mod family;
mod lifetime;
mod list;
mod metadata;
mod multipart;
mod other_endpoint;
mod page;
mod revoke;
mod rotate;
mod single;
mod sort;
mod throttle;
mod user;

use crate::gitlab::world::World;
use crate::operation::{Operation, without_trailing_slash};
use crate::request::RecordedRequest;
use crate::response::FakeResponse;
use call::Call;
use other_endpoint::OtherEndpoint;

pub(crate) fn respond(world: &mut World, request: &RecordedRequest) -> FakeResponse {
    world.responses += 1;
    // As long as a ULID, which GitLab uses, and countable.
    let request_id = format!("01FAKE{:020}", world.responses);
    let date = dates::write_http(world.now());
    response(world, request)
        .header("X-Request-Id", request_id)
        .header("Date", date)
}

fn response(world: &mut World, request: &RecordedRequest) -> FakeResponse {
    let root = world.settings.relative_url_root.as_str();
    let Some(path) = request.path().strip_prefix(root) else {
        return page_not_found();
    };
    let Some(path) = path.strip_prefix("/api/") else {
        return page_not_found();
    };
    if path == "v3" || path.starts_with("v3/") {
        return FakeResponse::error(410, "API V3 is no longer supported. Use API V4 instead.");
    }
    let Some(path) = path.strip_prefix("v4/").map(str::to_owned) else {
        return FakeResponse::error(404, "404 Not Found");
    };

    // The rate limiter authenticates the request first, which already triggers reuse detection.
    let reuse = family::detect(world, request);
    let rate_limit = throttle::count(world, request);
    let response = match (&rate_limit, reuse) {
        (Some(rate_limit), _) if rate_limit.is_exceeded() => rate_limit.error_response(world.now()),
        (_, Some(response)) => response,
        _ => route(world, request, &path).unwrap_or_else(|error_response| error_response),
    };
    match rate_limit {
        Some(rate_limit) if rate_limit.is_exceeded() || world.settings.rate_limit_headers => {
            rate_limit.headers(response)
        }
        _ => response,
    }
}

fn route(
    world: &mut World,
    request: &RecordedRequest,
    path: &str,
) -> Result<FakeResponse, FakeResponse> {
    let path = without_trailing_slash(path);
    let segments: Vec<&str> = path.split('/').collect();
    if let Some(endpoint) = OtherEndpoint::at(&segments, world.settings.version) {
        return endpoint.respond(world, request, path);
    }
    let version = world.settings.version;
    let mut operations = Operation::at(&segments);
    operations.retain(|operation| version.has_operation(*operation));
    if operations.is_empty() {
        return Err(FakeResponse::error(404, "404 Not Found"));
    }
    let Some(operation) = operations
        .iter()
        .find(|operation| operation.accepts(request.method()))
    else {
        let allowed: Vec<&str> = operations
            .iter()
            .map(|operation| operation.method())
            .collect();
        return Err(FakeResponse::error(405, "405 Not Allowed").header("Allow", allowed.join(", ")));
    };
    let call = Call::new(request, path)?;
    match operation {
        Operation::List => list::respond(world, &call),
        Operation::Get => single::get(world, &call),
        Operation::GetSelf => single::get_self(world, &call),
        Operation::Revoke => revoke::by_id(world, &call),
        Operation::RevokeSelf => revoke::by_bearer(world, &call),
        Operation::Rotate => rotate::by_id(world, &call),
        Operation::RotateSelf => rotate::by_bearer(world, &call),
        Operation::AssociationsSelf => associations::respond(world, &call),
        Operation::CreateForUser => create::for_user(world, &call),
        Operation::CreateForCurrentUser => create::for_caller(world, &call),
    }
}

/// The website's response to a path outside the API.
fn page_not_found() -> FakeResponse {
    FakeResponse::html(
        404,
        "<!DOCTYPE html>\n<html><head><title>Not Found</title></head><body><h1>404</h1></body></html>\n",
    )
}
