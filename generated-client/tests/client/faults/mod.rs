//! Network faults: what the caller sees, what the server sees, and where the credential is sent.
//!
//! The tables are data. A row has a fault, the kinds of operations, the caller's result, and the number of requests. [`row`] runs
//! them with the async and the blocking client.

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
