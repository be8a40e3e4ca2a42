//! The emitted client against a stand-in for GitLab: what it sends, what it makes of every response, what it keeps to itself.

mod acceptance;
mod contract;
mod decode;
mod errors;
mod faults;
mod outside;
mod pagination;
mod secrets;
mod support;
mod wire;
