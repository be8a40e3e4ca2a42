//! What the fuzz targets do with an input. One gives it to the generator. Each of the others reads responses from it, gives them to a client
//! that has no network, and holds what comes of them against what must always be true: nothing panics, everything ends, no secret shows.

mod documents;
mod executor;
mod operations;
mod patience;
mod pets;
mod replacing;
mod responses;
mod scene;
mod time;
mod watch;

#[cfg(test)]
mod tests;

use crate::responses::{Input, Response};
use crate::scene::Scene;

/// Any document to the generator.
pub fn document(input: &[u8]) {
    documents::generate(input);
}

pub use documents::damaged;

/// Any response to every operation: status, content type and body.
pub fn response(input: &[u8]) {
    every_operation(&Input::read(input), |_| None);
}

/// Any headers on a response to every operation, whose body is the documented one.
pub fn headers(input: &[u8]) {
    every_operation(&Input::read(input), |operation| Some(operation.sample));
}

/// Any `Link` and next-page headers on the pages of a list.
pub fn link(input: &[u8]) {
    pets::walk(&Input::read(input));
}

/// Any sequence of responses to a call that may be repeated, on a clock that jumps.
pub fn retry_after(input: &[u8]) {
    every_operation(&Input::read(input), |operation| Some(operation.sample));
}

/// Runs every operation against these responses, with another body where there is one.
fn every_operation(input: &Input, body: impl Fn(&operations::Operation) -> Option<&'static str>) {
    for operation in operations::ALL {
        let responses: Vec<Response> = input
            .responses
            .iter()
            .map(|response| match body(operation) {
                Some(sample) if response.status < 300 => response.with_body(sample.as_bytes()),
                _ => response.clone(),
            })
            .collect();
        Scene::new(input.clock, responses).play(operation);
    }
}
