//! What the fake says on the wire, asked by a socket.

mod acceptance_list;
mod acceptance_single;
mod client;
mod pages;
mod rotation;
