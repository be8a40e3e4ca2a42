//! Instructions, counted by Valgrind's Callgrind. The count is the same on every machine with the same compiler.
//!
//! Each case runs in two processes, the second of which repeats it more often. The difference is the cost of the case. The profiles are kept
//! in the target directory, for `callgrind_annotate`.

use std::error::Error;
use std::path::Path;
use std::process::{Command, Stdio};
use std::{env, fs};

use bench::report;
use bench::server::{self, Server};
use bench::work::{self, CASES, Case, Side};

/// The first argument of a process that does the work.
const ROLE: &str = "work";

fn main() -> Result<(), Box<dyn Error>> {
    if server::run_if_server()? {
        return Ok(());
    }
    let arguments: Vec<String> = env::args().skip(1).collect();
    if let [role, case, side, times, url] = arguments.as_slice()
        && role == ROLE
    {
        return do_work(case, side, times.parse()?, url);
    }
    let valgrind = Command::new("valgrind")
        .arg("--version")
        .stdout(Stdio::null())
        .status();
    if !valgrind.is_ok_and(|status| status.success()) {
        println!("\nInstructions are not counted: there is no valgrind here.");
        return Ok(());
    }
    let server = Server::start()?;
    report::head("instructions");
    for case in CASES {
        let client = instructions(case, Side::Client, server.url())?;
        let by_hand = instructions(case, Side::ByHand, server.url())?;
        report::row(case.title, client, by_hand);
    }
    Ok(())
}

fn do_work(case: &str, side: &str, times: usize, url: &str) -> Result<(), Box<dyn Error>> {
    let case = CASES.into_iter().find(|known| known.name == case);
    let side = [Side::Client, Side::ByHand]
        .into_iter()
        .find(|known| known.name() == side);
    match (case, side) {
        (Some(case), Some(side)) => work::run(case, side, times, url, || {}),
        _ => Err("there is no such case".into()),
    }
}

fn instructions(case: Case, side: Side, url: &str) -> Result<f64, Box<dyn Error>> {
    let few = count(case, side, 0, url)?;
    let many = count(case, side, case.times, url)?;
    Ok((many - few) / case.times as f64)
}

/// Returns the instructions of a process that runs the case once and then this many times.
fn count(case: Case, side: Side, times: usize, url: &str) -> Result<f64, Box<dyn Error>> {
    let profiles = Path::new(env!("CARGO_TARGET_TMPDIR")).join("callgrind");
    fs::create_dir_all(&profiles)?;
    let profile = profiles.join(format!("{}.{}.{times}", case.name, side.name()));
    let output = Command::new("valgrind")
        .args(["--quiet", "--tool=callgrind"])
        .arg(format!("--callgrind-out-file={}", profile.display()))
        .arg(env::current_exe()?)
        .args([ROLE, case.name, side.name(), &times.to_string(), url])
        .output()?;
    if !output.status.success() {
        let reason = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{} of {}: {reason}", case.name, side.name()).into());
    }
    let totals = fs::read_to_string(&profile)?
        .lines()
        .find_map(|line| line.strip_prefix("totals:")?.trim().parse().ok());
    totals.ok_or_else(|| format!("{} holds no totals", profile.display()).into())
}
