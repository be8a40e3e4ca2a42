//! What the fake says on the wire, asked by a socket.

mod acceptance_list;
mod acceptance_single;
mod associations;
mod client;
mod creation;
mod credentials;
mod entities;
mod errors;
mod pages;
mod revocation;
mod rotation;
mod throttle;
