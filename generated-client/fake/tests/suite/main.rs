//! The stand-in over a socket, byte for byte.

mod acceptance_list;
mod acceptance_self;
mod acceptance_single;
mod associations;
mod client;
mod creation;
mod credentials;
mod deliveries;
mod direct;
mod entities;
mod errors;
mod faults;
mod late;
mod other_endpoints;
mod pages;
mod record;
mod responses;
mod revocation;
mod rotation;
mod throttle;
