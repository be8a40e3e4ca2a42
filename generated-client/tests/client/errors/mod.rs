//! Error responses: every error body of the facts (section 1.5), and bodies of other origin.

mod access;
mod bodies;
mod requests;
mod retry;
mod row;
mod shown;
