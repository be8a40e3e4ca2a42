//! What the fake says on the wire, asked by a socket.

mod client;
mod rotation;
