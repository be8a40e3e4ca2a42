//! What the client makes of error responses: every error body of the facts (section 1.5), and what is no error body at all.

mod access;
mod bodies;
mod requests;
mod retry;
mod row;
mod shown;
