//! The whole example `load`: every call ends with a result or an error, and no operation that must not be retried is sent twice.

#[path = "../examples/load/run.rs"]
mod run;

use run::{Load, run};

#[test]
fn nothing_is_lost_under_load() {
    let load = Load {
        calls: 10_000,
        concurrency: 64,
        faults: 5,
        reads_only: false,
        watches_memory: false,
    };
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let report = runtime.block_on(run(load)).expect("a report");
    assert!(report.violations.is_empty(), "{report}");
    assert_eq!(report.calls, 10_000, "{report}");
    assert_eq!(
        report.succeeded + report.failed.values().sum::<usize>(),
        10_000,
        "{report}"
    );
    // Faults were injected, and most calls succeeded.
    assert!(report.faults > 300, "{report}");
    assert!(report.succeeded > 9_000, "{report}");
    assert!(report.retries > 100, "{report}");
}
