//! Allocations and peak memory, measured by a counting allocator.

use std::error::Error;

use bench::report;
use bench::server::{self, Server};
use bench::work::{self, CALL, CASES, Case, REQUEST, START, STREAM, Side};
use dhat::{HeapStats, Profiler};

#[global_allocator]
static ALLOCATOR: dhat::Alloc = dhat::Alloc;

fn main() -> Result<(), Box<dyn Error>> {
    if server::run_if_server()? {
        return Ok(());
    }
    let server = Server::start()?;
    let measure = |case, side| measure(case, side, server.url());
    report::head("allocations");
    for case in CASES.into_iter().filter(|case| *case != START) {
        let [client, by_hand] =
            [measure(case, Side::Client)?, measure(case, Side::ByHand)?].map(|heap| heap.blocks);
        report::row(case.title, client, by_hand);
    }
    report::head("bytes allocated");
    for case in [CALL, REQUEST] {
        let [client, by_hand] =
            [measure(case, Side::Client)?, measure(case, Side::ByHand)?].map(|heap| heap.bytes);
        report::row(case.title, client, by_hand);
    }
    report::head("peak of memory in bytes");
    for case in [CALL, STREAM] {
        let [client, by_hand] =
            [measure(case, Side::Client)?, measure(case, Side::ByHand)?].map(|heap| heap.peak);
        report::row(case.title, client, by_hand);
    }
    Ok(())
}

/// The cost of a case that is run once.
#[derive(Default)]
struct Heap {
    blocks: f64,
    bytes: f64,
    /// The maximum in use at once, beyond the memory in use before.
    peak: f64,
}

fn measure(case: Case, side: Side, url: &str) -> Result<Heap, Box<dyn Error>> {
    let mut profiler = None;
    let mut heap = Heap::default();
    let times = case.times as f64;
    work::run(case, side, case.times, url, || match profiler {
        None => profiler = Some(Profiler::builder().testing().build()),
        Some(_) => {
            let stats = HeapStats::get();
            heap = Heap {
                blocks: stats.total_blocks as f64 / times,
                bytes: stats.total_bytes as f64 / times,
                peak: stats.max_bytes as f64,
            };
        }
    })?;
    Ok(heap)
}
