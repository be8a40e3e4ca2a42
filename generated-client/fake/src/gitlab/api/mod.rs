//! The API: from a request to its answer. Knows which check comes before which, and which room answers what.

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
mod neighbour;
mod page;
mod revoke;
mod rotate;
mod single;
mod sort;
mod throttle;
mod user;

use crate::response::Answer;
use crate::gitlab::world::World;
use crate::operation::{Operation, without_trailing_slash};
use crate::request::RecordedRequest;
use call::Call;
use neighbour::Neighbour;

pub(crate) fn respond(world: &mut World, request: &RecordedRequest) -> Answer {
    world.answered += 1;
    // As long as a ULID, which GitLab uses, and countable.
    let request_id = format!("01FAKE{:020}", world.answered);
    let date = dates::write_http(world.now());
    answer(world, request)
        .header("X-Request-Id", request_id)
        .header("Date", date)
}

fn answer(world: &mut World, request: &RecordedRequest) -> Answer {
    let root = world.settings.relative_url_root.as_str();
    let Some(path) = request.path().strip_prefix(root) else {
        return page_not_found();
    };
    let Some(path) = path.strip_prefix("/api/") else {
        return page_not_found();
    };
    if path == "v3" || path.starts_with("v3/") {
        return Answer::error(410, "API V3 is no longer supported. Use API V4 instead.");
    }
    let Some(path) = path.strip_prefix("v4/").map(str::to_owned) else {
        return Answer::error(404, "404 Not Found");
    };

    // The rate limiter looks at the credential first, and that alone can cost a family its life.
    let reuse = family::detect(world, request);
    let standing = throttle::count(world, request);
    let answer = match (&standing, reuse) {
        (Some(standing), _) if standing.is_exceeded() => standing.refusal(world.now()),
        (_, Some(answer)) => answer,
        _ => route(world, request, &path).unwrap_or_else(|refusal| refusal),
    };
    match standing {
        Some(standing) if standing.is_exceeded() || world.settings.rate_limit_headers => {
            standing.headers(answer)
        }
        _ => answer,
    }
}

fn route(world: &mut World, request: &RecordedRequest, path: &str) -> Result<Answer, Answer> {
    let path = without_trailing_slash(path);
    let segments: Vec<&str> = path.split('/').collect();
    if let Some(endpoint) = Neighbour::at(&segments, world.settings.version) {
        return endpoint.respond(world, request, path);
    }
    let version = world.settings.version;
    let mut operations = Operation::at(&segments);
    operations.retain(|operation| version.has_operation(*operation));
    if operations.is_empty() {
        return Err(Answer::error(404, "404 Not Found"));
    }
    let Some(operation) = operations
        .iter()
        .find(|operation| operation.accepts(request.method()))
    else {
        let allowed: Vec<&str> = operations
            .iter()
            .map(|operation| operation.method())
            .collect();
        return Err(Answer::error(405, "405 Not Allowed").header("Allow", allowed.join(", ")));
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

/// What the website says to a path outside the API.
fn page_not_found() -> Answer {
    Answer::html(
        404,
        "<!DOCTYPE html>\n<html><head><title>Not Found</title></head><body><h1>404</h1></body></html>\n",
    )
}
