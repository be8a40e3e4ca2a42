//! The emitted client against a stand-in for GitLab: the requests that it sends, its results for every response, and its secrets.

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
