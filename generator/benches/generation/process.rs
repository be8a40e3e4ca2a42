//! Whole processes: from the start of a program that reads a document to its end, when the crate is written.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};
use std::{env, fs, mem};

use generator::{Config, Files, Source, generate, parallel};
use tempfile::TempDir;

use crate::clock::{milliseconds, peak_memory, process_time};
use crate::document::Input;

/// The argument of a program that is measured.
pub(crate) const COMMAND: &str = "process";

const RUNS: usize = 10;

/// Prints how long it takes to generate a crate from each document, and how much memory.
pub(crate) fn print(inputs: &[Input]) {
    println!(
        "\n| whole process | shortest, ms | median, ms | processor, ms | peak of memory, MB |\n|---|---:|---:|---:|---:|"
    );
    for input in inputs {
        let mut runs: Vec<Run> = (0..RUNS).map(|_| measure(&input.name)).collect();
        runs.sort_by_key(|run| run.passed);
        let (Some(shortest), Some(median)) = (runs.first(), runs.get(RUNS / 2)) else {
            continue;
        };
        let memory = runs.iter().map(|run| run.memory).max().unwrap_or(0);
        let used = runs.iter().map(|run| run.used).min().unwrap_or_default();
        println!(
            "| {} | {} | {} | {} | {:.1} |",
            input.name,
            milliseconds(shortest.passed),
            milliseconds(median.passed),
            milliseconds(used),
            memory as f64 / 1024.0
        );
    }
}

/// What one process took.
struct Run {
    passed: Duration,
    used: Duration,
    /// In kilobytes.
    memory: u64,
}

fn measure(name: &str) -> Run {
    // On a disk, making what was deleted shortly before takes longer than generation.
    let memory = Path::new("/dev/shm");
    let out = match memory.is_dir() {
        true => TempDir::new_in(memory),
        false => TempDir::new(),
    };
    let out = out.expect("a temporary folder can be made");
    let program = env::current_exe().expect("this program has a path");
    let start = Instant::now();
    let output = Command::new(program)
        .args([COMMAND, name])
        .arg(out.path())
        .output()
        .expect("this program can be started");
    let passed = start.elapsed();
    assert!(output.status.success(), "{name} can't be generated");
    let text = String::from_utf8_lossy(&output.stdout);
    let mut numbers = text.split_whitespace().filter_map(|word| word.parse().ok());
    Run {
        passed,
        used: Duration::from_micros(numbers.next().unwrap_or(0)),
        memory: numbers.next().unwrap_or(0),
    }
}

/// Generates a crate and prints the microseconds of processor time and the kilobytes that it took.
pub(crate) fn run(name: &str, out: &Path) -> ExitCode {
    let Some(input) = Input::read(name) else {
        return ExitCode::FAILURE;
    };
    let overlay = input.overlay.as_deref().map(|bytes| Source {
        name: "overlay.yaml",
        bytes,
    });
    let source = Source {
        name: &input.name,
        bytes: &input.spec,
    };
    let generated = generate(source, overlay.as_slice(), &Config::default());
    let Some(files) = &generated.files else {
        return ExitCode::FAILURE;
    };
    write(files, out);
    println!(
        "{} {}",
        process_time().as_micros(),
        peak_memory().unwrap_or(0)
    );
    // As in the command, the system frees the memory.
    mem::forget(generated);
    ExitCode::SUCCESS
}

/// Writes the files as the command does: each folder is made once, and the files are written by as many threads as there are processors.
fn write(files: &Files, out: &Path) {
    let files: Vec<(PathBuf, [&str; 2])> = files
        .iter()
        .map(|(path, file)| (out.join(path), file.parts()))
        .collect();
    let folders: BTreeSet<&Path> = files.iter().filter_map(|(path, _)| path.parent()).collect();
    for folder in folders {
        fs::create_dir_all(folder).expect("the folder can be made");
    }
    let write = |(path, parts): &(PathBuf, [&str; 2])| {
        let mut file = File::create(path).expect("the file can be made");
        for part in parts.iter().filter(|part| !part.is_empty()) {
            let written = file.write_all(part.as_bytes());
            written.expect("the file can be written");
        }
    };
    let _: Vec<()> = parallel::map(&files, write);
}
