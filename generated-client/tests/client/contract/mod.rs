//! The rest of the public API's contract: what can be spawned, shared, returned and replaced.

mod configure;
#[cfg(feature = "test-util")]
mod expiry;
mod futures;
#[cfg(feature = "blocking")]
mod nested;
mod options;
mod raw;
#[cfg(feature = "test-util")]
mod samples;
mod seams;
mod types;
