//! The rest of what is promised about the public API: what can be spawned, shared, returned and replaced.

mod configure;
mod futures;
#[cfg(feature = "blocking")]
mod nested;
mod options;
mod raw;
mod seams;
mod types;
