//! What a caller sees of every fault of a network, what the server sees of the call, and where the credential goes.
//!
//! The tables are data: a row names a fault, the kind of operation that meets it, what its caller sees, and how many
//! requests that took. [`row`] runs them, with the async and the blocking client.

mod clock;
mod connections;
mod deadline;
mod operations;
mod origins;
mod pauses;
mod pool;
mod responses;
mod retries;
mod row;
mod sees;
mod statuses;
mod targets;
mod world;
