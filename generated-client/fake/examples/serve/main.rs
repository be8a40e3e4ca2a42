//! Serves a stand-in for GitLab until it is stopped, for curl and for clients in any language.
//!
//! ```sh
//! cargo run -p gitlab-pat-fake --example serve
//! ```
//!
//! Prints the URL, the tokens and a command to try. Ctrl-C stops it.

mod instance;

use std::error::Error;
use std::io::{self, Write as _};

use instance::Instance;

fn main() -> Result<(), Box<dyn Error>> {
    let instance = Instance::start()?;
    let mut output = io::stdout().lock();
    write!(output, "{instance}")?;
    output.flush()?;
    drop(output);
    loop {
        // The server has a thread of its own.
        std::thread::park();
    }
}
