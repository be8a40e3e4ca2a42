//! The client as emitted code uses it, over a scripted server and a clock that tests move.

mod exchange;
mod support;
